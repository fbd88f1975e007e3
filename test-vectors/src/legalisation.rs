//! Legalisation records (SPEC section 13) and the lists that they are judged by.

use crate::case::Side;
use crate::cbor::{Bytes, Fields, array, bytes, text, uint};
use crate::cose::{Envelope, LEGALISATION, header};
use crate::digest::{self, Digest, RECORD};
use crate::documents::{SERIAL, STATES, attestation, example_digest, yes};
use crate::pack::Pack;
use crate::sign::{Signer, sha256};
use crate::status::{Statements, StatusList, one_of_each, only};
use crate::text::base45;
use crate::trust::{Authority, Trust, document_key, key_entry};
use crate::world::{
    LAST_TIME, NOW, WINDOW_FIRST, WINDOW_LAST, dictionary, ministry_key, pack_of, session_key, small_trust, status_list,
};

/// Time of sealing in every record: 2026-07-14 08:00:00 UTC.
pub const RECORD_AT: u64 = 1_784_016_000;
/// Serial of records of which no list speaks. Those of `STATES` are withdrawn, suspended, replaced and reinstated.
pub const RECORD_SERIAL: [u8; 8] = [0x1e, 0x9a, 0, 0x20, 0x26, 0, 0, 1];
/// Id of the ministry.
pub const MINISTRY: &str = "MA-MINISTERE-EXEMPLE";

/// A record over the example in one language.
pub fn record() -> Fields {
    record_of(&example_digest(), &SERIAL)
}

/// A record over any document.
pub fn record_of(digest: &Digest, serial: &[u8]) -> Fields {
    Fields::new()
        .with(1, bytes(digest))
        .with(2, bytes(serial))
        .with(3, text("Chef de service"))
        .with(4, text("LEG-2026-0417"))
        .with(5, text("Rabat"))
        .with(6, uint(20_260_714))
}

/// The claims around a record.
pub fn claims(record: Fields) -> Fields {
    claims_of(&RECORD_SERIAL, record)
}

/// The claims around a record with any serial.
pub fn claims_of(serial: &[u8], record: Fields) -> Fields {
    Fields::new().with(6, uint(RECORD_AT)).with(7, bytes(serial)).with(-65538, record.encoded())
}

/// The digest of a record of the ministry.
pub fn record_digest(domain: &str, serial: &[u8], record: &Fields) -> Digest {
    digest::digest(domain, MINISTRY, serial, record)
}

/// What the ministry has decided about records.
pub fn decided(domain: &str) -> Statements {
    one_of_each(STATES.map(|serial| record_digest(domain, &serial, &record())))
}

/// What the ministry has decided about documents: its attestation is withdrawn.
pub fn decided_of_documents() -> Statements {
    only(0, &digest::digest(digest::DOCUMENT, MINISTRY, &SERIAL, &attestation()))
}

/// The envelope of a payload under a key.
pub fn envelope(signer: &Signer, payload: &[u8]) -> Envelope {
    Envelope::signed(signer, &header(signer.kid()).encoded(), LEGALISATION, payload)
}

/// The COSE bytes of a record under the ministry's key.
pub fn sealed(record: Fields) -> Bytes {
    envelope(&legalisation_key(), &claims(record).encoded()).encoded()
}

/// The text of a QR code around some bytes.
pub fn symbol(bytes: &[u8]) -> String {
    format!("SL1:{}", base45(bytes))
}

/// The ministry's key of the season.
pub fn legalisation_key() -> Signer {
    ministry_key("legalisation")
}

/// A board and a ministry with keys of every condition.
pub fn trust() -> Trust {
    let mut trust = small_trust();
    let keys = &mut trust.authorities[0].keys;
    keys.push(key_entry(&Signer::named("board legalisation").public, 5, 0, LAST_TIME));
    keys.push(document_key(&Signer::named("specimen").public, 0, LAST_TIME).with(8, uint(1)).with(11, yes()));
    let bare = |name: &str| key_entry(&Signer::named(name).public, 5, 0, LAST_TIME);
    let any = |name: &str| bare(name).with(8, uint(1));
    let mut ministry = Authority::board(
        MINISTRY,
        "Ministère de l'Exemple",
        vec![
            key_entry(&legalisation_key().public, 5, WINDOW_FIRST, WINDOW_LAST).with(8, uint(1)),
            any("legalisation closed").with(9, uint(RECORD_AT)),
            any("legalisation stolen").with(10, uint(LAST_TIME)),
            any("legalisation test").with(11, yes()),
            bare("legalisation list 2").with(8, uint(2)),
            bare("legalisation list 9").with(8, uint(9)),
            bare("legalisation no list"),
            document_key(&Signer::named("ministry").public, 0, LAST_TIME).with(8, uint(1)),
            key_entry(&Signer::named("ministry test status").public, 2, 0, LAST_TIME).with(11, yes()),
            key_entry(&Signer::named("ministry status").public, 2, 0, LAST_TIME),
        ],
    );
    ministry.fields = ministry.fields.with(4, uint(2)).with(6, array(&[bytes(&sha256(&dictionary()))]));
    trust.authorities.push(ministry);
    trust
}

/// List 1 of the ministry.
pub fn ministry_list() -> StatusList {
    StatusList::new(1, &decided(RECORD), ministry_key("ministry status"))
}

/// The pack around this list: list 1 of the board, lists 1, 2 (old) and 1 of the test world of the ministry.
pub fn pack() -> Pack {
    let old = StatusList::new(2, &decided(RECORD), ministry_key("ministry status")).with(5, uint(NOW));
    let tests = StatusList::new(1, &decided(digest::TEST_RECORD), ministry_key("ministry test status"));
    let status = vec![status_list().encoded(), ministry_list().encoded(), old.encoded(), tests.encoded()];
    Pack { status, dictionaries: vec![dictionary()], ..pack_of(&trust()) }
}

/// The pack as a file.
pub fn side() -> Side {
    Side::new("legalisation", pack().encoded())
}

/// The same document under the session's key, sealed a second time with another signature.
pub fn resealed() -> Bytes {
    let payload = crate::documents::claims(crate::documents::diploma()).encoded();
    let envelope = Envelope::sealed(&session_key(), &payload);
    let signature = session_key().sign_with_other_nonce(&envelope.message());
    envelope.with_signature(&signature).encoded()
}
