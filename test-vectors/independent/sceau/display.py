"""What the command line prints of an outcome, SPEC section 10: typed fields first, then the text of the paper.

The time of sealing is never among it: it proves nothing (section 6).
"""
from __future__ import annotations

from typing import Any

RESULTS, DECISION, LINES = 14, 21, 22  # labels of a document that hold text of the paper
DECISIONS = ("not-admitted", "admitted", "otherwise")
IN_FRONT = ("reason", "verdict", "status", "status_as_of", "register", "notes", "detail")


def printed(outcome: Any, is_record: bool = False) -> dict:
    """An outcome as the dict of a line of JSON, in the order in which it is to be read."""
    line = {name: plain(getattr(outcome, name)) for name in IN_FRONT}
    if outcome.document is None:
        return line
    content = outcome.document
    line["authority"] = {"id": outcome.authority, "names": outcome.names, "country": outcome.country}
    line.update({name: plain(getattr(outcome, name)) for name in ("root", "serial", "digest")})
    if is_record:
        return {**line, "record": plain(content)}
    of_the_paper = {label: content[label] for label in (RESULTS, LINES) if label in content}
    if DECISION in content:
        line = {"decision": DECISIONS[content[DECISION][0]], **line}
        if len(content[DECISION]) > 1:
            of_the_paper[DECISION] = content[DECISION][1]
    typed = {label: entry for label, entry in content.items() if label not in (RESULTS, DECISION, LINES)}
    line["document"] = plain(typed)
    line["text of the paper"] = plain({label: of_the_paper[label] for label in sorted(of_the_paper)})
    return line


def plain(value: Any) -> Any:
    """A value as JSON has it: byte strings in hex."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    return value
