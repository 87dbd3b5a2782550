"""What reports do to the files around them: nobody's household is replaced, nothing is laid open."""

import os
import stat
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import pytest

from desktop_app.domain.marks import is_household
from desktop_app.reports import HouseholdInTheWayError, write_csv, write_xlsx
from desktop_app.reports.files import write_whole
from desktop_app.storage import SealKey, save_document
from desktop_app.storage.sealing import Cost
from tests.storage.household_v1_0 import HOUSEHOLD

from .examples import birch

ROOT = Path(__file__).resolve().parents[2]
CHEAP = SealKey("four quiet words", b"0123456789abcdef", Cost(64, 1, 1))


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("name", ["household.keel", "renamed.csv"])
def test_a_household_is_known_by_its_content_and_never_replaced(
    tmp_path: Path, name: str, sealed: bool
) -> None:
    path = tmp_path / name
    save_document(HOUSEHOLD, path, CHEAP if sealed else None)
    before = path.read_bytes()
    with pytest.raises(HouseholdInTheWayError, match="is a household"):
        write_whole(path, b"a,b")
    assert path.read_bytes() == before
    assert is_household(before[:100])
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("left", [None, b"", b"damaged beyond knowing"])
def test_no_report_takes_the_name_of_a_household(tmp_path: Path, left: bytes | None) -> None:
    """It may be damaged, or a window may hold the name and not have written yet."""
    path = tmp_path / "Household.KEEL"
    if left is not None:
        path.write_bytes(left)
    with pytest.raises(HouseholdInTheWayError):
        write_whole(path, b"a,b")
    assert (path.read_bytes() if path.exists() else None) == left


def test_a_household_behind_a_link_is_not_replaced(tmp_path: Path) -> None:
    save_document(HOUSEHOLD, tmp_path / "household.keel")
    link = tmp_path / "out.csv"
    link.symlink_to(tmp_path / "household.keel")
    with pytest.raises(HouseholdInTheWayError):
        write_whole(link, b"a,b")
    assert link.is_symlink()


@pytest.mark.parametrize(("before", "after"), [(None, 0o600), (0o644, 0o644)])
def test_a_new_report_is_for_its_owner_alone_and_an_old_one_keeps_its_rights(
    tmp_path: Path, before: int | None, after: int
) -> None:
    path = tmp_path / "out.csv"
    if before is not None:
        path.write_bytes(b"old")
        path.chmod(before)
    write_csv(birch(), path)
    windows = os.name == "nt"  # knows no permissions of this kind
    assert stat.S_IMODE(path.stat().st_mode) == (0o666 if windows else after)


def test_a_workbook_leaves_nothing_in_the_folder_for_temporary_files(tmp_path: Path, monkeypatch) -> None:
    """The rows would stand there in clear text while it is written, and stay when the program is killed."""
    made = []

    def never(*arguments: object, **more: object) -> None:
        made.append((arguments, more))
        raise AssertionError("a temporary file was asked for")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", never)
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", never)
    write_xlsx(birch(), "Birch", tmp_path / "out.xlsx")
    assert made == []
    assert [file.name for file in tmp_path.iterdir()] == ["out.xlsx"]


KILLED = """
import os, signal, sys
from pathlib import Path
from desktop_app.reports import files
os.fsync = lambda _file: os.kill(os.getpid(), signal.SIGKILL)
files.write_whole(Path(sys.argv[1]), b"half" * 9000)
"""


def temporaries(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if file.name.endswith(".tmp")]


def test_what_a_killed_export_left_is_gone_after_the_next_one_to_that_place(tmp_path: Path) -> None:
    path, other = tmp_path / ("plan" * 60 + ".csv"), tmp_path / "other.csv"
    for target in (path, other):
        subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False, cwd=ROOT)
    if os.name != "nt":  # there is no such kill
        assert len(temporaries(tmp_path)) == 2
    write_whole(path, b"a,b")
    assert len(temporaries(tmp_path)) <= 1, "that of another target is not ours to judge"
    write_whole(other, b"a,b")
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted((path.name, other.name))


def test_the_temporary_file_of_an_export_under_way_is_left(tmp_path: Path) -> None:
    """Another process of ours is writing the same report; only an hour later is it left for good."""
    path = tmp_path / "plan.csv"
    theirs = tmp_path / f".even-keel-{zlib.crc32(b'plan.csv'):08x}-{os.getppid()}-0badcafe.tmp"
    theirs.write_bytes(b"half")
    write_whole(path, b"a,b")
    assert theirs.exists() or os.name == "nt"
    theirs.write_bytes(b"half")
    os.utime(theirs, (1, 1))
    write_whole(path, b"a,b")
    assert [file.name for file in tmp_path.iterdir()] == ["plan.csv"]
