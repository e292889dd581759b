"""When the goals will be finished, at the person's own pace."""
