"""An authority, its keys, its packs and its documents."""
from __future__ import annotations

import hashlib
import zlib

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sceau import seal, textform

NOW = 1_800_000_000
SEALED = NOW - 1000
DICTIONARY = b"Baccalaureat General, Republique"
DOCUMENT_LABEL = -65537


def private(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


def public(name: str) -> bytes:
    return private(name).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def dumps(value) -> bytes:
    """Deterministic as long as the maps of this file are written in key order."""
    return cbor2.dumps(value)


def protected(name: str) -> bytes:
    return dumps({1: -19, 4: seal.kid_of(public(name))})


def sign1(name: str, kind: str, payload: bytes, header: bytes | None = None, authority: str = "BJ-OFFICE") -> bytes:
    header = protected(name) if header is None else header
    signature = private(name).sign(seal.sign1_message(header, f"{kind}\0{authority}".encode(), payload))
    return dumps(cbor2.CBORTag(18, [header, {}, payload, signature]))


def base45(data: bytes) -> str:
    text = ""
    for start in range(0, len(data), 2):
        group = data[start:start + 2]
        number = int.from_bytes(group, "big")
        for _ in range(len(group) + 1):
            text += textform.BASE45[number % 45]
            number //= 45
    return text


def digits(data: bytes) -> str:
    lengths = (0, 3, 5, 8, 10, 13, 15, 17)
    groups = [data[start:start + 7] for start in range(0, len(data), 7)]
    return "".join(str(int.from_bytes(group, "big")).zfill(lengths[len(group)]) for group in groups)


def packed(stream: bytes) -> str:
    return "SC1:" + base45(stream + zlib.crc32(stream).to_bytes(4, "big"))


def document(**changes) -> dict:
    labels = {1: 1, 2: ["fr"], 3: "Awa Exemple", 8: "Diplome", 10: "2026", 12: "Office"}
    labels.update({int(name[1:]): value for name, value in changes.items()})
    return {label: labels[label] for label in sorted(labels) if labels[label] is not None}


def claims(labels: dict, sealed_at: int = SEALED) -> bytes:
    return dumps({6: sealed_at, 7: b"12345678", DOCUMENT_LABEL: labels})


def digest(labels: dict, what: str = "digest", serial: bytes = b"12345678") -> bytes:
    return hashlib.sha256(dumps(["sceau/1/" + what, "BJ-OFFICE", serial, labels])).digest()


def tag(digest_: bytes) -> bytes:
    return hashlib.sha256(b"sceau/1/status" + digest_).digest()[:8]


def key_entry(**changes) -> dict:
    entry = {1: public("key"), 2: 1, 3: SEALED - 10, 4: SEALED + 10, 5: [1], 6: ["2026"], 7: 99, 8: 7}
    entry.update({int(name[1:]): value for name, value in changes.items()})
    return {label: entry[label] for label in sorted(entry) if entry[label] is not None}


def status_list(statement: int = 0, name: str = "status", tags=None, **changes) -> bytes:
    """List 7; `statement` says withdrawn (1), suspended, replaced or reinstated (4) of the document, or nothing."""
    tags = [tag(digest(document()))] if tags is None else tags
    labels = {1: "BJ-OFFICE", 2: 7, 3: 1, 4: SEALED, 5: NOW + 100, 6: stated(statement, tags, decision=changes.get("_3", 1))}
    labels.update({int(label[1:]): value for label, value in changes.items()})
    return sign1(name, "sceau/1/status-list", dumps({label: labels[label] for label in sorted(labels)}))


def stated(statement: int, tags, decision: int) -> list[bytes]:
    """Four strings; what is reinstated (4) is so by the last decision."""
    behind = decision.to_bytes(8, "big") if statement == 4 else b""
    return [b"".join(tag + behind for tag in sorted(tags)) if statement == place else b"" for place in range(1, 5)]


def other_key(name: str, use: int, **changes) -> dict:
    entry = {1: public(name), 2: use, 3: 0, 4: NOW}
    entry.update({int(label[1:]): value for label, value in changes.items()})
    return entry


def authority(*keys: dict, **changes) -> dict:
    labels = {1: "BJ-OFFICE", 2: {"fr": "Office"}, 3: "BJ", 4: 1, 5: list(keys)}
    labels.update({int(name[1:]): value for name, value in changes.items()})
    return {label: labels[label] for label in sorted(labels) if labels[label] is not None}


def root_set(roots, threshold: int = 1) -> list:
    return [threshold, [public(root) for root in roots]]


def fingerprint(*roots: str, threshold: int = 1) -> bytes:
    return hashlib.sha256(dumps(root_set(roots, threshold))).digest()


def list_id(data: bytes) -> bytes:
    return hashlib.sha256(cbor2.loads(data).value[2]).digest()[:16]


def signed_list(
    *authorities: dict, version: int = 1, roots=("root",), signers=None, issued: int = 0, threshold: int = 1,
    next_update: int = NOW + 1000, earlier=(), disowned=(), takes_over=None,
) -> bytes:
    """A trust list. `earlier` and `disowned` are lists (their ids are taken); `takes_over` is a root set."""
    labels = {1: version, 2: issued, 3: next_update, 4: root_set(roots, threshold), 5: "List", 6: list(authorities),
              7: b"".join(map(list_id, earlier)), 8: b"".join(map(list_id, disowned)), 9: takes_over}
    payload = dumps({label: value for label, value in labels.items() if value not in (b"", None)})
    signatures = []
    for name in roots if signers is None else signers:
        message = seal.sign_message(protected(name), b"sceau/1/trust-list", payload)
        signatures.append([protected(name), {}, private(name).sign(message)])
    return dumps(cbor2.CBORTag(98, [b"", {}, payload, signatures]))


def trust_list(
    entry: dict, status_more=None, keys=(), role: int = 1, dictionary: bytes = DICTIONARY, authority_more=None, **trust
) -> bytes:
    """A list of one authority with a key for documents and one for status lists."""
    status_key = {1: public("status"), 2: 2, 3: 0, 4: NOW, **(status_more or {})}
    digests = [hashlib.sha256(dictionary).digest()]
    more = {"_4": role, "_6": digests, **(authority_more or {})}
    return signed_list(authority(entry, status_key, *keys, **more), **trust)


def pack(entry: dict | None = None, status: int = 0, lists=None, dictionaries=None, more=None, **trust):
    lists = [status_list(status)] if lists is None else lists
    trusted = trust_list(entry or key_entry(), **trust)
    dictionaries = [trust.get("dictionary", DICTIONARY)] if dictionaries is None else list(dictionaries)
    return dumps({0: "sceau/1/pack", 1: trusted, 2: lists, 3: dictionaries, **(more or {})})


def pack_of(trusted: bytes, *links: bytes, lists=(), dictionaries=(), more=None) -> bytes:
    """A pack of given trust lists."""
    carried = {0: "sceau/1/pack", 1: trusted, 2: list(lists), 3: list(dictionaries), **(more or {})}
    return dumps({**carried, 6: list(links)} if links else carried)


def sealed(payload: bytes) -> bytes:
    return sign1("key", "sceau/1/document", payload)


TEXT = "SC1:" + base45(sealed(claims(document())))
