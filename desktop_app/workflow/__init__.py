"""What a user can do, as plain functions from document to document."""
