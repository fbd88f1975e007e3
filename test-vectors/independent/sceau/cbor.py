"""Strict CBOR, SPEC section 4.

The reader builds the values itself instead of handing the bytes to a library: common libraries
accept long heads, doubled keys and trailing bytes, and in a Python dict `true` and 1 are one key.
Texts are str, byte strings bytes, arrays list, maps dict in the order received.
"""
from __future__ import annotations

from typing import Any, Optional

from .refusal import Breach

MAX_DEPTH = 8  # [CBR-6]


class OtherKey:
    """A map key that is no integer and no string. It equals nothing, so it is never a listed key."""

    def __init__(self, encoded: bytes):
        self.encoded = encoded


class _Reader:
    def __init__(self, data: bytes, max_items: Optional[int]):
        self.data = data
        self.position = 0
        self.items_left = max_items

    def take(self, count: int) -> bytes:
        end = self.position + count
        if end > len(self.data):
            raise Breach("the bytes end inside an item")
        taken = self.data[self.position:end]
        self.position = end
        return taken

    def head(self) -> tuple[int, int]:
        """The major type and the argument; [CBR-1], [CBR-2] and the simple values of [CBR-5]."""
        first = self.take(1)[0]
        major, info = first >> 5, first & 31
        if major == 7:
            if info != 21:
                raise Breach(f"simple value or float 0x{first:02x} [CBR-5]")
            return major, info
        if info < 24:
            return major, info
        if info > 27:
            raise Breach("indefinite length or reserved head [CBR-1]")
        size = 1 << (info - 24)
        argument = int.from_bytes(self.take(size), "big")
        smallest = 24 if size == 1 else 1 << (4 * size)
        if argument < smallest:
            raise Breach("head is not the shortest [CBR-2]")
        return major, argument

    def item(self, depth: int = 0) -> Any:
        if self.items_left is not None:
            self.items_left -= 1
            if self.items_left < 0:
                raise Breach("too many items [CBR-7] [TRU-1]")
        major, argument = self.head()
        if major == 0:
            return argument
        if major == 1:
            return -1 - argument
        if major == 2:
            return self.take(argument)
        if major == 3:
            try:
                return self.take(argument).decode("utf-8")  # Python's decoder is as strict as RFC 3629
            except UnicodeDecodeError:
                raise Breach("text is not UTF-8 [CBR-4]") from None
        if major == 6:
            raise Breach("tag inside an object [CBR-5]")
        if major == 7:
            return True
        if depth >= MAX_DEPTH:
            raise Breach("nested too deep [CBR-6]")
        if major == 4:
            return [self.item(depth + 1) for _ in range(argument)]
        return self.map(argument, depth + 1)

    def map(self, pairs: int, depth: int) -> dict:
        result: dict = {}
        previous: Optional[bytes] = None
        for _ in range(pairs):
            start = self.position
            key = self.item(depth)
            encoded = self.data[start:self.position]
            if previous is not None and encoded <= previous:
                raise Breach("map keys are not strictly rising [CBR-3]")
            previous = encoded
            if type(key) not in (int, str, bytes):
                key = OtherKey(encoded)
            result[key] = self.item(depth)
        return result


def size(value: Any) -> int:
    """How many bytes a value took that this reader has read."""
    if isinstance(value, OtherKey):
        return len(value.encoded)
    if value is True:
        return 1
    if type(value) is int:
        return _head_size(value if value >= 0 else -1 - value)
    if type(value) is dict:
        return _head_size(len(value)) + sum(size(key) + size(entry) for key, entry in value.items())
    if type(value) is list:
        return _head_size(len(value)) + sum(map(size, value))
    content = value.encode("utf-8") if type(value) is str else value
    return _head_size(len(content)) + len(content)


def _head_size(argument: int) -> int:
    return 1 if argument < 24 else next(1 + count for count in (1, 2, 4, 8) if argument < 256**count)


def read(data: bytes, tag: Optional[int] = None, max_items: Optional[int] = None) -> Any:
    """The one item that `data` holds; `tag` is the tag a signed object starts with, if it is one."""
    reader = _Reader(data, max_items)
    if tag is not None and reader.head() != (6, tag):
        raise Breach(f"does not start with tag {tag}")
    value = reader.item()
    if reader.position != len(data):
        raise Breach("bytes after the item [CBR-8]")
    return value
