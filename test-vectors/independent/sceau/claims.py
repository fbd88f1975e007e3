"""Claims of a sealed document, SPEC section 6."""
from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import Any, Optional

from . import cbor, shape
from .refusal import Breach, Refusal, UnlistedKey

MAX_ITEMS = 1024  # [CBR-7]
DIPLOMA, TRANSCRIPT = 1, 2


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
        """The session's first text, [VER-1]."""
        words = self.document[10]
        return words if type(words) is str else words[0]

    @property
    def status_reference(self) -> Optional[list]:
        return self.document.get(15)


def read_claims(payload: bytes) -> Claims:
    """The claims of a payload whose signature held, [CLM-1] to [CLM-12]."""
    try:
        value = cbor.read(payload, max_items=MAX_ITEMS)
        claims = shape.mapping(value, (6, 7, -65537))
        # Key order is that of the encodings: 6, 7, then the negative label.
        sealed_at = shape.time(claims[6])
        serial = shape.bstr(claims[7], 8, 16)
        return Claims(sealed_at, serial, _document(claims[-65537]))
    except (UnlistedKey, _NewerKind) as newer:
        raise Refusal("newer-format", str(newer)) from None
    except Breach as breach:
        raise Refusal("breaks-rules", str(breach)) from None


class _NewerKind(Breach):
    """[CLM-3]."""


def _document(value: Any) -> dict:
    optional = (4, 5, 6, 7, 9, 11, 13, 14, 15, 16, 17, 18)
    document = shape.mapping(value, (1, 2, 3, 8, 10, 12), optional)
    kind = shape.uint(document[1], low=1)
    if kind > 3:
        raise _NewerKind("a kind above 3 [CLM-3]")
    languages = language_list(document[2])

    for label in sorted(set(document) - {1, 2}):
        entry = document[label]
        if label in (3, 5, 8, 9, 10, 11, 12, 13):
            words(entry, len(languages))
        elif label == 4:
            partial_date(entry)
        elif label == 6:
            _identity(entry)
        elif label == 7:
            shape.text(entry)
        elif label == 14:
            _results(entry, kind, len(languages))
        elif label in (15, 16):
            for number in shape.array(entry, 2, 2):
                shape.uint(number)
        elif label == 17:
            _edition(entry)
        elif label == 18:
            year, grade = shape.array(entry, 2, 2)
            shape.uint(year, 1900, 2200)
            shape.uint(grade, 1, 3)
    if kind == TRANSCRIPT and 14 not in document:
        raise Breach("a transcript without results [CLM-11]")
    return document


def language_list(value: Any) -> list[str]:
    """[CLM-7]."""
    languages = [shape.language(entry) for entry in shape.array(value, 1, 3)]
    if len(set(languages)) != len(languages):
        raise Breach("a language occurs twice [CLM-7]")
    return languages


def words(value: Any, languages: Optional[int] = None) -> None:
    """A text or an array of texts, as many as there are languages if that is known."""
    if type(value) is not list:
        shape.text(value)
        return
    for entry in shape.array(value, 2, 3):
        shape.text(entry)
    if languages is not None and len(value) != languages:
        raise Breach("not one text for each language [CLM-12]")


def partial_date(value: Any) -> None:
    """[CLM-8]."""
    year, rest = divmod(shape.uint(value), 10000)
    month, day = divmod(rest, 100)
    if not 1800 <= year <= 2200 or month > 12:
        raise Breach("year or month [CLM-8]")
    last_day = calendar.monthrange(year, month)[1] if month else 0
    if day > last_day:
        raise Breach("day [CLM-8]")


def _identity(value: Any) -> None:
    entries = shape.array(value, 2, 3)
    if shape.uint(entries[0], 1, 2) == 1:
        shape.text(shape.array(entries, 2, 2)[1], high=4)
        return
    _, work, digest = shape.array(entries, 3, 3)
    shape.uint(work, 10, 16)
    shape.bstr(digest, 16, 16)


def _edition(value: Any) -> None:
    entries = shape.array(value, 2, 4)
    if shape.uint(entries[0], 1, 2) == 1:
        shape.array(entries, 2, 3)
    else:
        shape.array(entries, 3, 4)
    shape.uint(entries[1], 2, 99)
    if len(entries) > 2:
        shape.bstr(entries[2], 8, 16)
    if len(entries) > 3:
        shape.text(entries[3])


def _results(value: Any, kind: int, languages: int) -> None:
    results = shape.mapping(value, (1,), (2, 3, 4, 5, 6, 7))
    decimals, maximum = shape.array(results[1], 2, 2)
    shape.uint(decimals, 0, 3)
    shape.uint(maximum, 1, 100000)
    if 2 in results:
        shape.uint(results[2], 0, maximum)  # [CLM-10]
    columns = [label for label in range(3, 8) if label in results]
    for label in columns:
        for entry in shape.array(results[label], 1, 64):
            if label == 3:
                words(entry, languages)
            elif label == 4:
                shape.text(entry)
            elif label == 7 and type(entry) is str:
                shape.text(entry, high=8)
            else:
                shape.uint(entry, 0, {5: 1000, 6: 10000, 7: maximum}[label])
    if columns and (3 not in results or len({len(results[label]) for label in columns}) > 1):
        raise Breach("columns of subjects [CLM-9]")
    if kind == TRANSCRIPT and not {3, 7} <= set(results):
        raise Breach("a transcript without subjects or marks [CLM-11]")
    if kind == DIPLOMA and columns:
        raise Breach("a diploma with subjects [CLM-11]")
