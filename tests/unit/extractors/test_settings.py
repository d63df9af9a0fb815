"""What the environment says."""

import pytest

from extractors import settings
from extractors.catalog import catalog
from extractors.errors import Refused


def test_without_a_list_every_vendor_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAPPORT_VENDORS", raising=False)
    assert settings.sources() == catalog()
    monkeypatch.setenv("RAPPORT_VENDORS", "")
    assert settings.sources() == catalog()


def test_only_the_vendors_named_are_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_VENDORS", "matomo, hubspot")
    assert sorted(settings.sources()) == ["hubspot", "matomo"]


def test_a_vendor_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_VENDORS", "hubspot,postbox")
    with pytest.raises(Refused, match="names postbox; there is "):
        settings.sources()
