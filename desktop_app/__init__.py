"""Even Keel: keeps a 401(k) on its intended mix."""

__version__ = "0.1.0"
