"""What personal values become."""

import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.privacy import NORMAL, digest, digests, normal_email, normal_handle, normal_phone
from extractors.scalars import text
from extractors.spec import Personal
from tests.unit.extractors.shop import KEY

import pyarrow as pa  # isort: skip


@pytest.mark.parametrize(
    ("sent", "normal"),
    [
        ("  Ada.Lovelace@Example.ORG ", "ada.lovelace@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
        ('"a@b"@example.org', '"a@b"@example.org'),
        ("no address", ""),
        ("@example.org", ""),
        ("ada@", ""),
        ("", ""),
    ],
)
def test_an_email_has_one_normal_form(sent: str, normal: str) -> None:
    assert normal_email(sent) == normal


@pytest.mark.parametrize(
    "sent", ["+44 20 7946 0123", "0044 (20) 7946-0123", "442079460123", "+44.20.7946.0123 ext. 5", " +442079460123"]
)
def test_a_phone_number_has_one_normal_form(sent: str) -> None:
    assert normal_phone(sent) == "442079460123"


@pytest.mark.parametrize("sent", ["", "n/a", "123", "+1 23", "ext 5"])
def test_what_is_no_phone_number_has_no_digest(sent: str) -> None:
    assert digest(sent, "phone", KEY) is None


def test_a_handle_has_one_normal_form() -> None:
    assert normal_handle(" @Ada.Example ") == "ada.example"


def test_a_digest_is_the_keyed_hash_of_the_normal_form() -> None:
    expected = hmac.new(KEY, b"ada@example.org", "sha256").hexdigest()
    assert digest(" ADA@example.org", "email", KEY) == expected


@settings(deadline=None, max_examples=50)
@given(key=st.binary(min_size=1, max_size=200), value=st.text(min_size=1))
def test_the_quick_hash_is_hmac_for_any_key(key: bytes, value: str) -> None:
    normal = NORMAL["ip"](value)
    expected = hmac.new(key, normal.encode(), "sha256").hexdigest() if normal else None
    assert digest(value, "ip", key) == expected


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(alphabet="aB@. é1", max_size=8)), max_size=20))
def test_a_column_of_digests_is_the_digest_of_every_value(values: list[str | None]) -> None:
    found = digests(pa.array(values, pa.string()), "email", KEY)
    assert found.to_pylist() == [None if v is None else digest(v, "email", KEY) for v in values]


@pytest.mark.parametrize("personal", ["email", "email_hash", "phone", "handle", "ip"])
def test_no_letter_is_treated_otherwise_in_a_column_than_alone(personal: Personal) -> None:
    values = [f"0{chr(code)}{chr(code).upper()}12345678@x.example" for code in range(1, 0x250)]
    values += ["", None, "@Ada", "00441234567", "+0012345678", "0012345", "123456"]
    found = digests(pa.array(values).slice(3), personal, KEY)
    assert found.to_pylist() == [None if v is None else digest(v, personal, KEY) for v in values[3:]]


def test_another_key_gives_another_digest() -> None:
    assert digest("ada@example.org", "email", b"one") != digest("ada@example.org", "email", b"two")


def test_a_text_scalar_is_its_text() -> None:
    assert text("bücher").as_py() == "bücher"
