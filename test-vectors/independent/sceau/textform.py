"""Text form and compaction, SPEC sections 2 and 3: from the text of a code to COSE bytes."""
from __future__ import annotations

import re
import zlib
from typing import Callable, Mapping, Optional, Sequence

from .refusal import Breach, Refusal

MAX_TEXT = 7089
MAX_COSE = 16384
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
DIGITS = (0, 3, 5, 8, 10, 13, 15, 17)  # that so many bytes take, [TXT-6]


def read_text(text: str, prefix: str = "SC") -> bytes:
    """The bytes a text carries, [TXT-1] to [TXT-7]; for legalisations `prefix` is SL, [LEG-1]."""
    if not 1 <= len(text) <= MAX_TEXT:
        raise Refusal("text-malformed", f"{len(text)} characters [TXT-1]")
    body, decode = _body(text)
    if not body.startswith(prefix + "1:"):
        # [0-9], not \d: \d would take the digits of every script.
        if re.match(prefix + "[0-9]{1,3}:", body):
            raise Refusal("newer-format", "[TXT-3]")
        raise Refusal("foreign-code", "[TXT-4]")
    try:
        data = decode(body[4:])
    except Breach as breach:
        raise Refusal("text-malformed", str(breach)) from None
    if not data or data[0] not in (0xD2, 0x78):
        raise Refusal("text-malformed", "neither COSE_Sign1 nor zlib [TXT-7]")
    return data


def is_record(text: str) -> bool:
    """Whether it is read by section 13, and not by section 11, [LEG-1]."""
    return re.match("SL[0-9]{1,3}:", _body(text)[0]) is not None


def _body(text: str) -> tuple[str, Callable[[str], bytes]]:
    """What follows the `#` of a link, or the whole text, and how bytes are read from it, [TXT-2]."""
    if text.startswith("https://") and "#" in text:
        return text.split("#", 1)[1], _from_digits
    return text, _from_base45


def _values(text: str, alphabet: str) -> list[int]:
    values = [alphabet.find(character) for character in text]
    if -1 in values:
        raise Breach("a character outside the alphabet [TXT-5]")
    return values


def _from_base45(text: str) -> bytes:
    """[TXT-5], RFC 9285."""
    values = _values(text, BASE45)
    result = bytearray()
    for start in range(0, len(values), 3):
        group = values[start:start + 3]
        if len(group) == 1:
            raise Breach("a single character is left over [TXT-5]")
        number = sum(value * 45**place for place, value in enumerate(group))
        size = len(group) - 1
        if number >= 256**size:
            raise Breach("a group is too large [TXT-5]")
        result += number.to_bytes(size, "big")
    return bytes(result)


def _from_digits(text: str) -> bytes:
    """[TXT-6]."""
    if not all(character in "0123456789" for character in text):
        raise Breach("a character that is no digit [TXT-6]")
    result = bytearray()
    for start in range(0, len(text), DIGITS[7]):
        group = text[start:start + DIGITS[7]]
        if len(group) not in DIGITS:
            raise Breach("a count of digits that no bytes have [TXT-6]")
        size = DIGITS.index(len(group))
        if int(group) >= 256**size:
            raise Breach("a group is too large [TXT-6]")
        result += int(group).to_bytes(size, "big")
    return bytes(result)


def _without_crc(data: bytes) -> bytes:
    """The stream in front of a CRC-32 that agrees, [ZIP-6]; that nothing else follows it is [ZIP-3]."""
    stream, crc = data[:-4], data[-4:]
    if len(crc) < 4 or zlib.crc32(stream) != int.from_bytes(crc, "big"):
        raise Breach("the CRC-32 does not agree [ZIP-6]")
    return stream


def inflate(stream: bytes, limit: int, dictionary: Optional[bytes] = None) -> bytes:
    """The output of exactly one zlib stream, [ZIP-1] to [ZIP-3]; raises Breach."""
    if stream[:1] != b"\x78":
        raise Breach("not method 8 with a window of 32 KiB [ZIP-1]")
    options = {} if dictionary is None else {"zdict": dictionary}
    inflater = zlib.decompressobj(15, **options)
    try:
        output = inflater.decompress(stream, limit + 1)
    except zlib.error as error:
        raise Breach(f"{error} [ZIP-1]") from None
    if len(output) > limit:
        raise Breach(f"more than {limit} bytes [ZIP-2]")
    if not inflater.eof:
        raise Breach("the stream does not end [ZIP-1]")
    if inflater.unused_data:
        raise Breach("bytes after the stream [ZIP-3]")
    return output


def dictionary_id(stream: bytes) -> Optional[int]:
    """DICTID if the header of a zlib stream sets FDICT (RFC 1950 section 2.2); raises Breach."""
    if len(stream) < 2 or int.from_bytes(stream[:2], "big") % 31:
        raise Breach("header check [ZIP-1]")
    if not stream[1] & 0x20:
        return None
    if len(stream) < 6:
        raise Breach("the stream ends before DICTID [ZIP-1]")
    return int.from_bytes(stream[2:6], "big")


def wanted_dictionaries(data: bytes, dictionaries: Mapping[int, Sequence[bytes]]) -> Sequence[Optional[bytes]]:
    """The dictionaries to try, in order, [ZIP-5] and [ZIP-6]; only None if the bytes take none."""
    if data[0] != 0x78:
        return [None]
    try:
        wanted = dictionary_id(_without_crc(data))
    except Breach as breach:
        raise Refusal("compression-malformed", str(breach)) from None
    if wanted is None:
        return [None]
    if wanted not in dictionaries:
        raise Refusal("dictionary-unknown", f"{wanted:08x} [ZIP-5]")
    return dictionaries[wanted]


def cose_bytes(data: bytes, dictionary: Optional[bytes] = None) -> bytes:
    """The COSE bytes, inflated if need be, [ZIP-1] to [ZIP-4] and [ZIP-6]."""
    if data[0] != 0x78:
        return data
    try:
        output = inflate(_without_crc(data), MAX_COSE, dictionary)
    except Breach as breach:
        raise Refusal("compression-malformed", str(breach)) from None
    if output[:1] != b"\xd2":
        raise Refusal("compression-malformed", "the output is no COSE_Sign1 [ZIP-4]")
    return output
