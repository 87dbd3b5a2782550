"""What is saved comes back equal, whatever the household holds."""

import pytest
from hypothesis import HealthCheck, given, settings

from desktop_app.storage import load_document, save_document

from .strategies import households


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("documents")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(household=households)
def test_every_household_comes_back_equal(folder, household):
    path = folder / "household.keel"
    save_document(household, path)
    assert load_document(path) == household
