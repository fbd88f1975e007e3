"""What a document is: its digest and its tag, SPEC section 6."""
from __future__ import annotations

import hashlib

import cbor2

DOCUMENT, RECORD = "digest", "record"


def digest_of(what: str, authority: str, is_test: bool, serial: bytes, content: dict) -> bytes:
    """The digest of a document, or of a record ([LEG-7]). Maps are in the order received, which is deterministic."""
    domain = f"sceau/1/{what}" + ("-test" if is_test else "")
    return hashlib.sha256(cbor2.dumps([domain, authority, serial, content])).digest()


def tag_of(digest: bytes) -> bytes:
    return hashlib.sha256(b"sceau/1/status" + digest).digest()[:8]
