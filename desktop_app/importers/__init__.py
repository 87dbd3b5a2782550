"""Reads what plan websites let people download into statements."""
