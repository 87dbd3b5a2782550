"""What history says about a mix."""
