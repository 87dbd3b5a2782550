"""Patterns compiled when they are first asked something.

The readers know some four hundred patterns, and one statement needs a few dozen: compiling all of them while
the modules load was half of what a first preview took.
"""

import re
from typing import Any, AnyStr, cast

__all__ = ["late_regex"]


class _LatePattern:
    """Stands in for a compiled pattern; what was asked once, the pattern itself answers from then on."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Reached only for what the instance lacks: the bound method goes there, and hot loops pay nothing.
        compiled = self.__dict__.get("_compiled")
        if compiled is None:
            compiled = self.__dict__["_compiled"] = re.compile(self.pattern, self._flags)
        answer = self.__dict__[name] = getattr(compiled, name)
        return answer


def late_regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` would give, compiled at the first use; a wrong pattern is told then.

    It has the methods and attributes of a pattern but is none itself: `re.sub(it, …)` does not take it.
    """
    return cast("re.Pattern[AnyStr]", _LatePattern(pattern, flags))
