"""Distributions, intervals and summaries of samples."""
