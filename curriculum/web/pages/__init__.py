"""What is shown: a module for each view, each asks the services that its command asks."""
