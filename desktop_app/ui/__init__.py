"""Everything that needs Qt."""

from .singletons import hold_singletons

hold_singletons()
