"""The pages of the window, one screen each."""
