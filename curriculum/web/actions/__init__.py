"""What is changed: each action calls the service that its command calls."""
