"""Measures drift and finds the smallest legal plan."""
