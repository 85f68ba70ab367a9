"""Views of the reminders, one module per subject."""
