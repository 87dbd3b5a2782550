"""PySide6's modules for signatures and help texts, loaded when they are first wanted."""

from __future__ import annotations

import subprocess
import sys

from desktop_app.ui.binding import RARELY

STATE = """
def unloaded():
    return sorted(name for name, module in sys.modules.items() if "_waiting_for" in vars(module))
"""


def _tell(code: str) -> list[str]:
    result = subprocess.run(
        [sys.executable, "-c", f"import sys\n{STATE}\n{code}"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def test_all_of_them_wait_after_qt_is_loaded() -> None:
    lines = _tell(
        "import builtins\nfinders, plain = sys.meta_path, builtins.__import__\n"
        "before = list(finders)\n"
        "import desktop_app.ui, PySide6.QtWidgets\nprint(*unloaded())\n"
        "print(sys.meta_path is finders and finders == before, builtins.__import__ is plain)"
    )
    assert set(lines[0].split()) >= RARELY
    assert lines[1] == "True True"


MISTAKE = """
from PySide6.QtCore import QPoint, QRect
try:
    QRect(QPoint(1, 2), "wide")
except TypeError as mistake:
    print(mistake)
"""


def test_a_mistaken_call_says_what_plain_pyside_says() -> None:
    ours = _tell(f"import desktop_app.ui\n{MISTAKE}")
    assert ours == _tell(MISTAKE)
    assert any("(topleft: PySide6.QtCore.QPoint, size: PySide6.QtCore.QSize" in line for line in ours)


def test_signatures_and_help_texts_are_those_of_plain_pyside() -> None:
    code = (
        "from PySide6.QtCore import QRect\nfrom PySide6.support.signature import get_signature, parser\n"
        "print(get_signature(QRect.translated))\nprint(parser.__name__, QRect.translated.__doc__)"
    )
    ours = _tell(f"import desktop_app.ui\n{code}")
    assert ours == _tell(code)
    assert "dx: int, dy: int" in "".join(ours)
