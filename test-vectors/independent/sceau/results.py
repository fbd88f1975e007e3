"""Results and lines of a document, labels 14 and 22 of SPEC section 6; also the results of a line of minutes."""
from __future__ import annotations

from typing import Any, Optional, Union

from . import shape
from .refusal import Breach, NewerChoice

MAX_VALUE = 2**40 - 1
ROW_KINDS = (1, 2, 3, 4, 9)
OTHER, RESULT = 0, 4  # roles
Languages = Union[int, "SameCount"]


class SameCount:
    """The languages of an object that does not list them: the first array says how many there are, [MIN-3]."""

    def __init__(self) -> None:
        self.count: Optional[int] = None

    def of(self, found: int) -> int:
        self.count = found if self.count is None else self.count
        return self.count


def words(value: Any, languages: Languages) -> None:
    """A text, or an array of texts and `true`, as many as there are languages, [CLM-12]."""
    if type(value) is not list:
        shape.text(value)
        return
    shape.array(value, 2, 4)
    if len(value) != (languages.of(len(value)) if isinstance(languages, SameCount) else languages):
        raise Breach("not one entry for each language [CLM-12]")
    for entry in value:
        if entry is not True:
            shape.text(entry)
    if all(entry is True for entry in value):
        raise Breach("words without a text [CLM-12]")


def _value(value: Any) -> int:
    return shape.uint(value, -MAX_VALUE, MAX_VALUE)


def _number(value: Any) -> None:
    entries = shape.array(value, 2, 3)
    _value(entries[0])
    shape.uint(entries[1], 0, 6)
    if len(entries) > 2:
        shape.uint(entries[2], 0, MAX_VALUE)


def check_line(value: Any, languages: Languages) -> None:
    """`line`: a name, and words or a number."""
    name, content = shape.array(value, 2, 2)
    words(name, languages)
    if type(content) is list and content and type(content[0]) is int:
        _number(content)
    else:
        words(content, languages)


def check_results(value: Any, languages: Languages) -> None:
    """`results`, with the rules about the whole map: [CLM-9], [CLM-10] and the first half of [CLM-16]."""
    results = shape.mapping(value, (), range(1, 6))
    if 1 in results:
        _number(results[1])
    for name in shape.array(results[2], 1, 256) if 2 in results else ():
        words(name, languages)
    if 3 in results:
        _check_row_kinds(results[3])
    for column in shape.array(results[4], 1, 20) if 4 in results else ():
        _check_column(column, languages)
    for line in shape.array(results[5], 1, 16) if 5 in results else ():
        check_line(line, languages)
    _check_whole(results)


def _check_row_kinds(value: Any) -> None:
    if type(value) is not dict or not 1 <= len(value) <= 64:
        raise Breach("rows that are no subject [CLM-4]")
    for row, kind in value.items():
        shape.uint(row)
        if shape.uint(kind) not in ROW_KINDS:
            raise NewerChoice("a kind of row [CLM-3]")


def _check_column(value: Any, languages: Languages) -> None:
    entries = shape.array(value, 4, 5)
    role, heading, decimals, cells = entries[:4]
    shape.choice(role, 0, 5)
    if heading is not True:
        words(heading, languages)
    shape.uint(decimals, 0, 6)
    for cell in shape.array(cells, 1, 256):
        if type(cell) is int:
            _value(cell)
        elif cell is not True:
            words(cell, languages)
    if len(entries) > 4:
        shape.uint(entries[4], 0, MAX_VALUE)


def _check_whole(results: dict) -> None:
    rows, columns = len(results.get(2, ())), results.get(4, ())
    if any(len(column[3]) != rows for column in columns) or any(row >= rows for row in results.get(3, ())):
        raise Breach("cells, or rows, that do not fit the rows [CLM-9]")
    single = [column[0] for column in columns if column[0] not in (OTHER, RESULT)]
    if len(set(single)) != len(single):
        raise Breach("two columns of one role [CLM-10]")
    if any(column[0] == OTHER and column[1] is True for column in columns):
        raise Breach("a column of role 0 without words above it [CLM-10]")
    if not results:
        raise Breach("results that hold nothing [CLM-16]")
