//! The verifier as a WebAssembly module without imports: it reaches nothing, everything comes in as an argument.
//!
//! An instance keeps the packs that it was given. Its exports, all numbers being 32 bits wide unless said otherwise:
//!
//! | Export | What it does |
//! |---|---|
//! | `alloc(len) -> ptr` | takes memory for an argument |
//! | `dealloc(ptr, len)` | gives back an argument or a result |
//! | `load_pack(ptr, len, root) -> result` | adds a trust pack; `root` points to the 32 bytes of the fingerprint held, or is 0 |
//! | `clear_packs()` | forgets all packs |
//! | `verify(ptr, len, now: u64) -> result` | judges a text at `now`, in seconds |
//!
//! A result is a u64, `ptr << 32 | len`, of JSON in UTF-8 that the caller gives back with `dealloc`. Arguments stay the
//! caller's. `now` is an integer (a `BigInt` in JavaScript) so that a clock that is not a number cannot pass for 1970.
//!
//! `verify` answers with the report that every Sceau program gives. `load_pack` answers with `loaded`, and with what the list
//! says of itself or the reason of the refusal. After a refusal `verify` gives that reason until `clear_packs` is called:
//! a damaged pack may be the one that says that a document was withdrawn.
//!
//! The module does not unwind: after a trap throw the instance away.

mod abi;

use std::cell::RefCell;

use credential_core::{Anchor, Pack, Reason, Report, TrustList, TrustStore, report_json, rfc3339, verify};
use serde_json::{Value, json};

thread_local! {
    /// The packs of this instance, or the reason of the first that was refused.
    static PACKS: RefCell<Result<TrustStore, Reason>> = RefCell::new(Ok(TrustStore::new()));
}

fn load_pack(bytes: &[u8], root: Option<[u8; 32]>) -> Value {
    let opened = Pack::open(bytes, root.map_or(Anchor::AsCarried, Anchor::Fingerprint));
    let answer = match &opened {
        Ok(pack) => loaded(pack.trust()),
        Err(reason) => json!({"loaded": false, "reason": reason.code(), "words": reason.words()}),
    };
    PACKS.with_borrow_mut(|packs| match (packs.as_mut(), opened) {
        (Ok(store), Ok(pack)) => store.add(pack),
        (Ok(_), Err(reason)) => *packs = Err(reason),
        (Err(_), _) => {}
    });
    answer
}

fn loaded(list: &TrustList) -> Value {
    let claims = list.claims();
    json!({
        "loaded": true,
        "root": list.root().map(|byte| format!("{byte:02x}")).concat(),
        "list_owner": claims.owner.as_str(),
        "list_version": claims.version,
        "list_issued": rfc3339(claims.issued),
        "next_update": rfc3339(claims.next_update),
    })
}

fn clear_packs() {
    PACKS.set(Ok(TrustStore::new()));
}

/// Bytes that are not UTF-8 are no text of ours; replacing them lets the rules of the text form say so.
fn verify_text(text: &[u8], now: u64) -> Value {
    let text = String::from_utf8_lossy(text);
    PACKS.with_borrow(|packs| match packs {
        Ok(store) => report_json(&verify(&text, store, now)),
        Err(reason) => report_json(&Report::refused(*reason)),
    })
}

/// 1 the signature holds, 0 it does not, 2 the key is not admissible.
#[cfg(feature = "conformance")]
fn signature_holds(key: &[u8; 32], message: &[u8], signature: &[u8]) -> u32 {
    let Ok(key) = credential_core::PublicKey::new(key) else { return 2 };
    signature.try_into().is_ok_and(|signature| key.signed(message, signature)).into()
}
