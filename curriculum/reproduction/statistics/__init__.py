"""Distributions, intervals and summaries of samples, without a dependency."""
