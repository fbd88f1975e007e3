"""Trust packs, SPEC section 9: reading one, [PCK-1] to [PCK-3]."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from . import cbor, shape
from .refusal import Breach, Refusal
from .register import Head, load_registers
from .status import StatusList, load_status_list
from .trust import MIB, TrustList, load_trust_list


@dataclass(frozen=True)
class Pack:
    """A trust pack that was accepted whole: its objects are well made by its own lists."""

    trust_list: TrustList
    links: list[TrustList]
    status_lists: list[StatusList]
    dictionaries: list[bytes]
    heads: list[Head]
    files: dict[bytes, bytes]

    @property
    def lists(self) -> list[TrustList]:
        return [self.trust_list, *self.links]


@dataclass(frozen=True)
class _Parts:
    """The byte strings that a pack is made of, [PCK-1]."""

    trust_list: bytes
    status_lists: list[bytes]
    dictionaries: list[bytes]
    heads: list[bytes]
    files: list[bytes]
    links: list[bytes]


def load_pack(data: bytes) -> Pack:
    """[PCK-3]: every object in order; one that is refused refuses the pack."""
    try:
        parts = _read_pack(data)
    except Breach as breach:
        raise Refusal("pack-malformed", str(breach)) from None
    trust_list = load_trust_list(parts.trust_list)
    links = [load_trust_list(link) for link in parts.links]
    lists = [trust_list, *links]
    try:
        _check_dictionaries(parts.dictionaries, lists)
    except Breach as breach:
        raise Refusal("pack-malformed", str(breach)) from None
    status_lists = [load_status_list(one, lists) for one in parts.status_lists]
    heads, files = load_registers(parts.heads, parts.files, lists)
    return Pack(trust_list, links, status_lists, parts.dictionaries, heads, files)


def _read_pack(data: bytes) -> _Parts:
    """[PCK-1]."""
    if len(data) > 32 * MIB:
        raise Breach("more than 32 MiB [PCK-1]")
    pack = shape.roomy(cbor.read(data), (0, 1, 2, 3), (4, 5, 6))
    if pack[0] != "sceau/1/pack":
        raise Breach("not a pack [PCK-1]")

    def byte_strings(label: int, low: int, high: int) -> list[bytes]:
        value: Any = pack.get(label, [])
        if label in pack:
            shape.array(value, low, high)
        return [shape.bstr(entry, 0, len(data)) for entry in value]

    return _Parts(
        trust_list=shape.bstr(pack[1], 0, len(data)),
        status_lists=byte_strings(2, 0, 1000),
        dictionaries=byte_strings(3, 0, 4096),
        heads=byte_strings(4, 1, 1000),
        files=byte_strings(5, 1, 1000),
        links=byte_strings(6, 1, 64),
    )


def _check_dictionaries(dictionaries: list[bytes], lists: list[TrustList]) -> None:
    """[PCK-2]."""
    named = {digest for one in lists for digest in one.dictionaries}
    for dictionary in dictionaries:
        shape.bstr(dictionary, 1, 32768)
        if hashlib.sha256(dictionary).digest() not in named:
            raise Breach("a dictionary that no authority names [PCK-2]")
    if len(set(dictionaries)) < len(dictionaries):
        raise Breach("a dictionary twice [PCK-2]")
