"""Opens saved households hurt in thousands of ways and counts what came of each.

Started by `python3 packaging/dev.py fuzz-documents [COUNT] [SEED]`. Whatever is done to the bytes by
accident, plain or sealed, must end in a sentence or in the very same household, and is never called the work
of a newer program. A forgery with its checksum put right must end in a sentence, or in some household that
can be saved and read again. Neither may take two seconds, raise anything else, or change the file.
"""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from environment import ROOT
from tally import Tally

sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from storage.document_mutations import ACCIDENTS, FORGERIES, Mutation  # noqa: E402 - lives beside the tests
from storage.killing import CHEAP, PASSPHRASE  # noqa: E402 - as above

from desktop_app.domain.errors import UserError  # noqa: E402 - after the path is known
from desktop_app.domain.household import Household  # noqa: E402
from desktop_app.storage import KeyRing, NewerDocumentError, SealKey, save_document  # noqa: E402
from desktop_app.storage.image import from_image, to_image  # noqa: E402
from desktop_app.workflow.sample import sample_household  # noqa: E402

LONGEST = 2.0
"""Seconds opening may take."""
COUNT = 20_000


def main(arguments: list[str]) -> int:
    """Run `COUNT` openings over all cores, print the tally; returns 1 when anything was wrong."""
    count = int(arguments[0]) if arguments else COUNT
    seed = int(arguments[1]) if len(arguments) > 1 else 20261130
    began = time.perf_counter()
    cores = os.cpu_count() or 1
    whole = Tally()
    with ProcessPoolExecutor(cores) as pool:
        for tally in pool.map(run_share, range(seed, seed + cores), [count // cores] * cores):
            whole.add(tally)
    for name, times in sorted(whole.counts.items()):
        print(f"{times:8,}  {name}")
    print(f"{len(whole.faults):8,}  faults")
    print(f"slowest {whole.slowest:.2f} s, all in {time.perf_counter() - began:.0f} s, seed {seed}")
    print("\n".join(whole.faults[:20]))
    return 1 if whole.faults else 0


def run_share(seed: int, count: int) -> Tally:
    """Open `count` hurt documents drawn with `seed`."""
    chance, tally = Random(seed), Tally()
    household = sample_household(date(2026, 11, 22))
    ring = KeyRing(PASSPHRASE)
    with TemporaryDirectory() as folder:
        plain, sealed = Path(folder) / "plain.keel", Path(folder) / "sealed.keel"
        save_document(household, plain)
        save_document(household, sealed, SealKey(PASSPHRASE, bytes(16), CHEAP))
        kinds = [("plain", plain.read_bytes(), each) for each in (*ACCIDENTS, *FORGERIES)]
        kinds += [("sealed", sealed.read_bytes(), each) for each in ACCIDENTS]
        for _ in range(count):
            kind, whole, mutation = chance.choice(kinds)
            _open(Path(folder) / "hurt.keel", kind, mutation, mutation(whole, chance), household, ring, tally)
    return tally


def _open(
    path: Path, kind: str, mutation: Mutation, data: bytes, household: Household, ring: KeyRing, tally: Tally
) -> None:
    name = f"{kind}, {mutation.__name__.replace('_', ' ')}"
    path.write_bytes(data)
    began = time.perf_counter()
    try:
        found, extras = ring.load_whole(path)
        outcome = "the same" if found == household else "another household"
        if mutation in FORGERIES and from_image(to_image(found, extras), path) != found:
            tally.faults.append(f"{name}: saved as another household")
    except UserError as error:
        if mutation in ACCIDENTS and isinstance(error, NewerDocumentError):
            tally.faults.append(f"{name}: called the file of a newer program")
        outcome = "a sentence"
    except BaseException as error:  # noqa: BLE001 - anything else is the fault that is looked for
        outcome = "a crash"
        tally.faults.append(f"{name}: {type(error).__name__}: {error}")
    took = time.perf_counter() - began
    tally.slowest = max(tally.slowest, took)
    tally.counts[f"{name}: {outcome}"] += 1
    if outcome == "another household" and mutation in ACCIDENTS:
        tally.faults.append(f"{name}: opened as another household")
    if took > LONGEST:
        tally.faults.append(f"{name}: {took:.1f} s")
    if path.read_bytes() != data:
        tally.faults.append(f"{name}: the file was changed")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
