//! Legalisation records (SPEC section 17) and the lists that they are judged by.

use crate::case::Side;
use crate::cbor::{Bytes, Fields, array, bytes, text, uint, uints};
use crate::cose::{Envelope, LEGALISATION, header};
use crate::documents::{SERIAL, example};
use crate::pack::Pack;
use crate::sign::{Signer, sha256};
use crate::status::{STATES, StatusList};
use crate::text::base45;
use crate::trust::{Authority, Trust, document_key, key_entry};
use crate::world::{
    LAST_TIME, NOW, WINDOW_FIRST, WINDOW_LAST, dictionary, pack_of, session_key, small_trust, status_list,
};

/// Time of sealing in every record: 2026-07-14 08:00:00 UTC.
pub const RECORD_AT: u64 = 1_784_016_000;
/// Serial of every record.
pub const RECORD_SERIAL: [u8; 8] = [0x1e, 0x9a, 0, 0x20, 0x26, 0, 0, 1];
/// Id of the ministry.
pub const MINISTRY: &str = "MA-MINISTERE-EXEMPLE";

/// A record over the example in one language, with status reference 1, 4.
pub fn record() -> Fields {
    record_of(&example(), &SERIAL)
}

/// A record over any document.
pub fn record_of(cose: &[u8], serial: &[u8]) -> Fields {
    Fields::new()
        .with(1, bytes(&sha256(cose)))
        .with(2, bytes(serial))
        .with(3, text("Chef de service"))
        .with(4, text("LEG-2026-0417"))
        .with(5, text("Rabat"))
        .with(6, uint(20_260_714))
        .with(8, uints(&[1, 4]))
}

/// The claims around a record.
pub fn claims(record: Fields) -> Fields {
    Fields::new().with(6, uint(RECORD_AT)).with(7, bytes(&RECORD_SERIAL)).with(-65538, record.encoded())
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
    Signer::named("legalisation")
}

/// A board and a ministry with keys of every condition.
pub fn trust() -> Trust {
    let mut trust = small_trust();
    let keys = &mut trust.authorities[0].keys;
    keys.push(key_entry(&Signer::named("board legalisation").public, 5, 0, LAST_TIME));
    keys.push(document_key(&Signer::named("specimen").public, 0, LAST_TIME).with(8, uint(1)).with(11, vec![0xf5]));
    let any = |name: &str| key_entry(&Signer::named(name).public, 5, 0, LAST_TIME);
    let mut ministry = Authority::board(
        MINISTRY,
        "Ministère de l'Exemple",
        vec![
            key_entry(&legalisation_key().public, 5, WINDOW_FIRST, WINDOW_LAST),
            any("legalisation closed").with(9, uint(RECORD_AT)),
            any("legalisation stolen").with(10, uint(LAST_TIME)),
            any("legalisation test").with(11, vec![0xf5]),
            document_key(&Signer::named("ministry").public, 0, LAST_TIME).with(8, uint(1)),
            key_entry(&Signer::named("ministry status").public, 2, 0, LAST_TIME),
        ],
    );
    ministry.fields = ministry.fields.with(4, uint(2)).with(6, array(&[bytes(&sha256(&dictionary()))]));
    trust.authorities.push(ministry);
    trust
}

/// The pack around this list: list 1 of the board, lists 1, 2 (old) and 3 (all withdrawn) of the ministry.
pub fn pack() -> Pack {
    let list = |number: u64, states: &[u8]| {
        StatusList::new(&format!("sceau:{MINISTRY}/{number}"), states, Signer::named("ministry status"))
    };
    let mut old = list(2, &STATES);
    old.claims = old.claims.with(4, uint(NOW));
    let status = vec![status_list().encoded(), list(1, &STATES).encoded(), old.encoded(), list(3, &[1; 8]).encoded()];
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
