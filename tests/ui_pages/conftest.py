"""What tests of single pages share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop_app.ui.tasks import TaskRunner


@pytest.fixture
def runner(qtbot) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.wait()
