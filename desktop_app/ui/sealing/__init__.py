"""The passphrase in the window: asking for it, setting it, and locking after a while."""
