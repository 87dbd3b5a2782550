"""The rules of an account on the screen: their list, the dialog that changes one, past exchanges."""
