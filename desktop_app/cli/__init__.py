"""The headless front end: `read`, `plan` and friends, as the headless contract fixes them."""

from .main import Toolkit, headless_parser, run_headless

__all__ = ["Toolkit", "headless_parser", "run_headless"]
