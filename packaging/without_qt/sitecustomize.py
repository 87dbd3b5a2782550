"""Makes Qt look as if it were not installed; put this folder on PYTHONPATH."""

import sys


class _NoQt:
    """Stands before all other finders; the interpreter calls `find_spec` for every first import."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ModuleNotFoundError(f"No module named {name!r} (kept away on purpose)", name=name)


sys.meta_path.insert(0, _NoQt)
