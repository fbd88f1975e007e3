"""Claims of a legalisation record, SPEC section 13. `sceau_verify.py` has the steps of [LEG-1] to [LEG-8]."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import cbor, shape
from .claims import check_twice, language_list, partial_date
from .refusal import Breach, Refusal, UnlistedKey
from .results import words

KIND = "sceau/1/legalisation"


@dataclass(frozen=True)
class Record:
    """Claims of a record that follow every rule of section 13."""

    sealed_at: int
    serial: bytes
    legalisation: dict


def read_record(payload: bytes) -> Record:
    """The claims of a payload whose signature held, [LEG-4] and [LEG-5]."""
    try:
        claims = shape.mapping(cbor.read(payload), (6, 7, -65538))
        # Key order is that of the encodings: 6, 7, then the negative label.
        sealed_at = shape.time(claims[6])
        serial = shape.bstr(claims[7], 8, 16)
        return Record(sealed_at, serial, _legalisation(claims[-65538]))
    except UnlistedKey as newer:
        raise Refusal("newer-format", str(newer)) from None
    except Breach as breach:
        raise Refusal("breaks-rules", str(breach)) from None


def _legalisation(value: Any) -> dict:
    record = shape.mapping(value, range(1, 7), (0, 7))
    # Without label 0 there are no languages, and then no array has as many texts, [LEG-5].
    languages = len(language_list(record[0])) if 0 in record else 0
    shape.bstr(record[1], 32, 32)
    shape.bstr(record[2], 8, 16)
    words(record[3], languages)
    shape.text(record[4])
    words(record[5], languages)
    partial_date(record[6])
    if 7 in record:
        words(record[7], languages)
    check_twice(record.get(0, []))
    return record
