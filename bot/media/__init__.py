"""What must be done to files before a backend takes them and before a chat gets them, in processes that may die."""
