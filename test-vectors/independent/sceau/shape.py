"""Types, ranges and texts as CDDL and SPEC section 6 state them. Every function raises Breach."""
from __future__ import annotations

import re
from typing import Any, Collection

from .refusal import Breach, NewerChoice, UnlistedKey

MAX_UINT = 2**64 - 1
MAX_TIME = 2**40 - 1


def _ranges(listed: str) -> list[tuple[int, int]]:
    pairs = (part.split("-") for part in listed.split())
    return [(int(pair[0], 16), int(pair[-1], 16)) for pair in pairs]


FORBIDDEN = _ranges(
    "0-1F 7F-9F AD 34F 61C 115F-1160 17B4-17B5 180F 200B 200E-200F 2028-202E 2060-206F 3164"
    " E000-F8FF FDD0-FDEF FE00-FE0F FEFF FFA0 FFF0-FFFF 1D173-1D17A E0000-E0FFF F0000-10FFFF"
) + [(plane * 0x10000 + 0xFFFE, plane * 0x10000 + 0xFFFF) for plane in range(17)]
COMBINING = _ranges(
    "300-36F 483-489 591-5BD 610-61A 64B-65F 670 6D6-6DC 6DF-6E4 6E7-6E8 6EA-6ED"
    " 1AB0-1AFF 1DC0-1DFF 20D0-20FF FE20-FE2F"
)
JOINERS = (0x200C, 0x200D)
MONGOLIAN = (0x180B, 0x180C, 0x180D, 0x180E)


def _in(ranges: list[tuple[int, int]], code_point: int) -> bool:
    return any(low <= code_point <= high for low, high in ranges)


def uint(value: Any, low: int = 0, high: int = MAX_UINT) -> int:
    if type(value) is not int or not low <= value <= high:  # bool is a subclass of int
        raise Breach(f"not an integer from {low} to {high} [CLM-4]")
    return value


def choice(value: Any, low: int, high: int) -> int:
    """One of the choices `low` to `high`; a higher number is one that is not known, [CLM-3]."""
    if uint(value) > high:
        raise NewerChoice("a choice that is not known [CLM-3]")
    return uint(value, low, high)


def time(value: Any) -> int:
    return uint(value, 0, MAX_TIME)


def bstr(value: Any, low: int, high: int) -> bytes:
    if type(value) is not bytes or not low <= len(value) <= high:
        raise Breach(f"not a byte string of {low} to {high} [CLM-4]")
    return value


def array(value: Any, low: int, high: int) -> list:
    if type(value) is not list or not low <= len(value) <= high:
        raise Breach(f"not an array of {low} to {high} [CLM-4]")
    return value


def mapping(value: Any, required: Collection, optional: Collection = ()) -> dict:
    """A map with all keys of `required` and none outside the two lists; the order is that of [CLM-2]."""
    if type(value) is not dict:
        raise Breach("not a map [CLM-4]")
    if not set(value) <= {*required, *optional}:
        raise UnlistedKey("a key that is not listed [CLM-2]")
    if not set(required) <= set(value):
        raise Breach("a key is missing [CLM-2]")
    return value


def roomy(value: Any, required: Collection, optional: Collection = ()) -> dict:
    """The same for a map with room to grow: without the labels 64 to 127, [GRO-1]."""
    if type(value) is not dict:
        raise Breach("not a map [CLM-4]")
    room = {label for label in value if type(label) is int and 64 <= label <= 127}
    for label in room:
        bstr(value[label], 0, 65536)
    mapping({label: entry for label, entry in value.items() if label not in room}, required, optional)
    return value


def pattern(value: Any, expression: str) -> str:
    """A text of another alphabet: `expression` is matched against all of it."""
    if type(value) is not str or not re.fullmatch(expression, value):
        raise Breach(f"not a text of {expression} [CLM-4]")
    return value


def language(value: Any) -> str:
    """[CLM-5] and [CLM-7], one language."""
    return pattern(value, "[a-z0-9-]{2,12}")


def text(value: Any, high: int = 240) -> str:
    """[CLM-5] and [CLM-6]."""
    if type(value) is not str or not 1 <= len(value) <= high:
        raise Breach(f"not a text of 1 to {high} [CLM-5]")
    if value[0] in " \u00a0" or value[-1] in " \u00a0":
        raise Breach("a space at an end [CLM-5]")
    previous, marks = 0, 0
    for code_point in map(ord, value):
        marks = marks + 1 if _in(COMBINING, code_point) else 0
        if marks > 3:
            raise Breach("more than three combining marks in a row [CLM-6]")
        joins = code_point in JOINERS and not 0x600 <= previous <= 0xDFF
        varies = code_point in MONGOLIAN and not 0x1820 <= previous <= 0x18AA
        if joins or varies or _in(FORBIDDEN, code_point):
            raise Breach(f"forbidden code point U+{code_point:04X} [CLM-6]")
        previous = code_point
    return value
