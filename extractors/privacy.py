"""What personal means: identifiers brought into one form and digested with a key; the only user of that key."""

import re
from array import array
from collections.abc import Callable
from hashlib import sha256
from itertools import accumulate

import pyarrow as pa
import pyarrow.compute as pc

from extractors.scalars import EMPTY, NOTHING
from extractors.spec import Personal

NO_DIGIT, EXTENSION = re.compile(r"\D"), re.compile(r"(?i)\s*(?:ext|x|;|#)")
NEITHER_DIGIT_NOR_NUL = bytes(set(range(256)) - {0, *b"0123456789"})
LEAST_DIGITS = 7  # the shortest subscriber numbers in use; anything below is an extension or a placeholder


def normal_email(text: str) -> str:
    """Trimmed, lower case, the domain in IDNA; "" for what is no address."""
    plain = text.strip().lower()
    at = plain.rfind("@")
    if at < 1 or at == len(plain) - 1:
        return ""
    if plain[at:].isascii():
        return plain
    try:
        return f"{plain[:at]}@{plain[at + 1 :].encode('idna').decode()}"
    except UnicodeError:
        return plain


def normal_phone(text: str) -> str:
    """The digits of the E.164 number, without + or 00; "" for fewer digits than a number has."""
    digits = text.strip().removeprefix("+")
    if not digits.isdecimal():
        digits = NO_DIGIT.sub("", EXTENSION.split(digits, maxsplit=1)[0])
    digits = digits.removeprefix("00")
    return digits if len(digits) >= LEAST_DIGITS else ""


def normal_handle(text: str) -> str:
    """Trimmed, lower case, without @ before it."""
    return text.strip().lower().removeprefix("@")


def normal_code(text: str) -> str:
    """Trimmed, lower case."""
    return text.strip().lower()


NORMAL: dict[Personal, Callable[[str], str]] = {
    "email": normal_email,
    "email_hash": normal_code,  # a vendor's own hash of an address, without a key: whoever has the address can make it
    "phone": normal_phone,
    "handle": normal_handle,
    "ip": normal_code,
}
USUAL: dict[Personal, str] = {  # how nearly all look: lower case and no blanks are then all that the form takes
    "email": "^[!-~À-įı-ž]+@[!-?A-~]+$",  # with Latin letters but İ, whose lower case is two letters
    "email_hash": "^[!-~]+$",
    "phone": r"^\+?[0-9 ()./-]+$",
    "handle": "^[!-~]+$",
    "ip": "^[!-~]+$",
}


def digest(value: str, personal: Personal, key: bytes) -> str | None:
    """HMAC-SHA-256 of one identifier in its normal form, 64 hex digits; None where there is nothing to digest."""
    normal = NORMAL[personal](value)
    return _keyed([normal], key)[0].hex() if normal else None


def digests(values: pa.Array, personal: Personal, key: bytes) -> pa.Array:
    """The digest of every text, made once for each distinct one; null where there is nothing to digest."""
    coded = pc.dictionary_encode(values)
    known = _normal(coded.dictionary, personal)
    made = b"".join(_keyed([text for text in known if text], key)).hex()
    return _texts(made, [64 if text else 0 for text in known]).take(coded.indices)


def _normal(texts: pa.Array, personal: Personal) -> list[str]:
    """Each text in its normal form: those that look as usual all at once in C++, the others one by one."""
    found: list[str] = pc.utf8_lower(texts).to_pylist()
    if personal == "phone":
        found = [digits if len(digits) >= LEAST_DIGITS else "" for digits in _digits(found)]
    elif personal == "handle":
        found = [handle.removeprefix("@") for handle in found]
    odd = pc.invert(pc.match_substring_regex(texts, USUAL[personal]))
    for place, text in zip(pc.indices_nonzero(odd).to_pylist(), texts.filter(odd).to_pylist(), strict=True):
        found[place] = NORMAL[personal](text)
    return found


def _digits(texts: list[str]) -> list[str]:
    """The ASCII digits of each text, without 00 before them; all texts at once, parted by NUL, which none has in it."""
    if not texts:
        return []
    digits = "\0".join(texts).encode().translate(None, NEITHER_DIGIT_NOR_NUL).decode().split("\0")
    return [number.removeprefix("00") for number, _ in zip(digits, texts, strict=True)]


def _keyed(texts: list[str], key: bytes) -> list[bytes]:
    """HMAC-SHA-256 with the key's two blocks hashed once: the same as hmac.digest in half its time (RFC 2104)."""
    block = (key if len(key) <= 64 else sha256(key).digest()).ljust(64, b"\0")
    inner, outer = (sha256(bytes(byte ^ pad for byte in block)).copy for pad in (0x36, 0x5C))
    made = []
    for text in texts:
        inside, outside = inner(), outer()
        inside.update(text.encode())
        outside.update(inside.digest())
        made.append(outside.digest())
    return made


def _texts(joined: str, lengths: list[int]) -> pa.Array:
    """Texts cut from one, empty ones null; by buffers, because pa.array of a list imports pandas (0.4 s)."""
    ends = array("i", accumulate(lengths, initial=0))
    found = pa.Array.from_buffers(pa.string(), len(lengths), [None, pa.py_buffer(ends), pa.py_buffer(joined.encode())])
    return pc.if_else(pc.equal(found, EMPTY), NOTHING, found)
