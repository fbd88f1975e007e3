"""Claims of a sealed document, SPEC section 6."""
from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import Any, Callable, Optional

from . import cbor, shape
from .refusal import Breach, NewerChoice, Refusal, UnlistedKey
from .results import Languages, check_line, check_results, words

MAX_ITEMS = 4096  # [CBR-7]
DIPLOMA, TRANSCRIPT, ATTESTATION = 1, 2, 3
NOT_ADMITTED, ADMITTED, OTHERWISE = 0, 1, 2


@dataclass(frozen=True)
class Claims:
    """Claims that follow every rule of section 6."""

    sealed_at: int
    serial: bytes
    document: dict

    @property
    def kind(self) -> int:
        return self.document[1]

    @property
    def session(self) -> str:
        """The session's first text that is printed, [VER-1]."""
        return first_text(self.document[10])

    @property
    def last_day(self) -> Optional[int]:
        """The partial date of label 19, [VER-7]."""
        date = self.document.get(19)
        return date[0] if type(date) is list else date

    @property
    def outcome(self) -> Optional[int]:
        return self.document[21][0] if 21 in self.document else None


def first_text(value: Any) -> str:
    return value if type(value) is str else next(text for text in value if type(text) is str)


def read_claims(payload: bytes) -> Claims:
    """The claims of a payload whose signature held, [CLM-1] to [CLM-16]."""
    try:
        value = cbor.read(payload, max_items=MAX_ITEMS)
        claims = shape.mapping(value, (6, 7, -65537))
        # Key order is that of the encodings: 6, 7, then the negative label.
        sealed_at = shape.time(claims[6])
        serial = shape.bstr(claims[7], 8, 16)
        return Claims(sealed_at, serial, _document(claims[-65537]))
    except (UnlistedKey, NewerChoice) as newer:
        raise Refusal("newer-format", str(newer)) from None
    except Breach as breach:
        raise Refusal("breaks-rules", str(breach)) from None


def _document(value: Any) -> dict:
    document = shape.mapping(value, (1, 2, 3, 8, 10, 12), (4, 5, 6, 7, 9, 11, 13, 14, *range(16, 24)))
    shape.choice(document[1], 1, 3)
    languages = language_list(document[2])
    for label in sorted(set(document) - {1, 2}):
        _CHECKS[label](document[label], len(languages))
    _check_whole(document)
    return document


def _check_whole(document: dict) -> None:
    """The rules about several fields, in the order of their numbers, [CLM-2]."""
    check_twice(document[2])
    columns = document.get(14, {}).get(4, [])
    if document[1] == TRANSCRIPT and not any(column[0] == 4 for column in columns):
        raise Breach("a transcript without a column of results [CLM-11]")
    if 19 in document:
        date = document[19]
        if document[1] == DIPLOMA or (type(date) is list and date[0] == 0):
            raise Breach("label 19 [CLM-13]")
    if document[1] == DIPLOMA and 21 in document and document[21][0] == NOT_ADMITTED:
        raise Breach("a diploma of somebody not admitted [CLM-14]")
    if 23 in document and document[23][0] > document[23][1]:
        raise Breach("a sheet above the count of sheets [CLM-15]")
    if 22 in document and not any(document[22]):
        raise Breach("label 22 without a line [CLM-16]")


def language_list(value: Any) -> list[str]:
    """The languages, without the rule of [CLM-7] that none occurs twice."""
    return [shape.language(entry) for entry in shape.array(value, 1, 4)]


def check_twice(languages: list[str]) -> None:
    """[CLM-7]."""
    if len(set(languages)) != len(languages):
        raise Breach("a language occurs twice [CLM-7]")


def partial_date(value: Any) -> None:
    """[CLM-8]."""
    year, rest = divmod(shape.uint(value), 10000)
    month, day = divmod(rest, 100)
    if not 1800 <= year <= 2200 or month > 12:
        raise Breach("year or month [CLM-8]")
    last_day = calendar.monthrange(year, month)[1] if month else 0
    if day > last_day:
        raise Breach("day [CLM-8]")


def date(value: Any, languages: Languages) -> None:
    """`date`: a partial date, or one or 0 with the words of the paper."""
    if type(value) is not list:
        partial_date(value)
        return
    known, printed = shape.array(value, 2, 2)
    if type(known) is not int or known != 0:
        partial_date(known)
    words(printed, languages)


def decision(value: Any, languages: Languages) -> None:
    entries = shape.array(value, 1, 2)
    shape.choice(entries[0], 0, 2)
    if len(entries) > 1:
        words(entries[1], languages)


def _identity(value: Any, languages: int) -> None:
    entries = shape.array(value, 1, len(value) if type(value) is list else 1)
    if shape.choice(entries[0], 1, 2) == 1:
        shape.array(entries, 2, 3)
        shape.text(entries[1], high=4)
    else:
        shape.array(entries, 3, 4)
        shape.uint(entries[1], 10, 16)
        shape.bstr(entries[2], 16, 16)
    name = entries[2:] if entries[0] == 1 else entries[3:]
    for entry in name:
        words(entry, languages)


def _edition(value: Any, languages: int) -> None:
    entries = shape.array(value, 1, len(value) if type(value) is list else 1)
    if shape.choice(entries[0], 1, 2) == 1:
        shape.array(entries, 2, 3)
    else:
        shape.array(entries, 3, 4)
    shape.uint(entries[1], 2, 99)
    if len(entries) > 2:
        shape.bstr(entries[2], 8, 16)
    if len(entries) > 3:
        shape.text(entries[3])


def _archive(value: Any, languages: int) -> None:
    year, grade = shape.array(value, 2, 2)
    shape.uint(year, 1900, 2200)
    shape.choice(grade, 1, 3)


def _minutes(value: Any, languages: int) -> None:
    for number in shape.array(value, 2, 2):
        shape.uint(number)


def _lines(value: Any, languages: int) -> None:
    for side in shape.array(value, 2, 2):
        for line in shape.array(side, 0, 32):
            check_line(line, languages)


def _sheet(value: Any, languages: int) -> None:
    sheet, of = shape.array(value, 2, 2)
    shape.uint(sheet, 1, 16)
    shape.uint(of, 2, 16)


_CHECKS: dict[int, Callable[[Any, int], Any]] = {
    **dict.fromkeys((3, 5, 8, 9, 10, 11, 12, 13), words),
    **dict.fromkeys((4, 19, 20), date),
    6: _identity,
    7: lambda value, languages: shape.text(value),
    14: check_results,
    16: _minutes,
    17: _edition,
    18: _archive,
    21: decision,
    22: _lines,
    23: _sheet,
}
