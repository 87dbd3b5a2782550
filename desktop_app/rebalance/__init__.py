"""Measures drift and finds the smallest legal plan."""

from .drift import measure_drift

__all__ = ["measure_drift"]
