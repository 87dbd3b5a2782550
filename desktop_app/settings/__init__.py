"""The user's preferences, declared once."""
