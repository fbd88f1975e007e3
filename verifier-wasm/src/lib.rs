//! The verifier as two WebAssembly modules without imports: they reach nothing, everything comes in as an argument.
//!
//! Feature `text` makes the module that judges, feature `picture` the one that reads pictures. They are kept apart: a
//! picture that kills its reader touches neither the packs nor a verdict.
//!
//! | Export | What it does |
//! |---|---|
//! | `alloc(len) -> ptr` | takes memory for an argument |
//! | `dealloc(ptr, len)` | gives back an argument or a result |
//!
//! All numbers are 32 bits wide unless said otherwise. A result is a u64, `ptr << 32 | len`, that the caller gives back with
//! `dealloc`. Arguments stay the caller's. The modules do not unwind: after a trap throw the instance away.
//!
//! # Module `text`
//!
//! | Export | What it does |
//! |---|---|
//! | `load_pack(ptr, len, root, now: u64) -> result` | adds a trust pack; `root` points to the 32 bytes of the fingerprint held, or is 0 |
//! | `update_pack(ptr, len, held_ptr, held_len, root, now: u64) -> result` | adds a trust pack to the one held, which stands under `root` |
//! | `kept_pack() -> result` | the bytes to keep since the last update, once: both packs in one |
//! | `clear_packs()` | forgets all packs, and a refusal |
//! | `verify(ptr, len, now: u64) -> result` | judges a text at `now`, in seconds |
//! | `story(ptr, len, now: u64) -> result` | judges several texts, each behind its length as 4 bytes, little-endian |
//! | `longest_pack() -> len`, `longest_text() -> len` | what an argument has at most; cut a longer one there, it is refused all the same |
//!
//! Results are JSON in UTF-8, but that of `kept_pack`, which is a pack file. `now` is an integer (a `BigInt` in JavaScript) so that a clock that is not a number cannot
//! pass for 1970; for `load_pack` all ones stand for a time that is not known. `verify` answers with the report that every
//! Sceau program gives, of a document or of a legalisation record. `load_pack` answers with `loaded`, and with what is
//! held now or the fault of the pack. After a refusal `verify` gives that fault until `clear_packs` is called:
//! a damaged pack may be the one that says that a document was withdrawn. `update_pack` answers likewise; a refused update
//! changes nothing: the pack held is still good.
//!
//! # Module `picture`
//!
//! | Export | What it does |
//! |---|---|
//! | `check_picture(len, width, height) -> u32` | 0 if `read_codes` takes it, 1 if it is empty, 2 too large, 3 of another length |
//! | `read_codes(ptr, len, width, height, effort) -> result` | the codes of a grey or RGBA picture, told apart by `len` |
//!
//! `effort` is 0 for the frame of a camera, 1 for a picture that is all there is. The result holds each code's bytes
//! behind their length as 4 bytes, little-endian.

mod abi;
#[cfg(feature = "picture")]
mod picture;
#[cfg(feature = "text")]
mod text;
