//! Side data of a whole country's session, for sizes and times.

use super::office::REGISTER;
use super::*;

/// Documents of one session.
pub const DOCUMENTS: u64 = 451_117;
/// Keys in a trust list of many countries.
pub const KEYS: u64 = 5_000;

/// The register of documents 0 to 451,116.
pub fn register() -> RegisterTree {
    let mut tree = RegisterTree::new("XX-EXAM", REGISTER);
    (0..DOCUMENTS).for_each(|number| tree.push(&serial(number), &sha256(&number.to_be_bytes())));
    tree
}

/// The session's status list, with this many statements.
pub fn status_list(statements: u64, statement: Statement) -> Vec<u8> {
    let tagged = |number: u64| (tag(&sha256(&number.to_be_bytes())), statement);
    StatusClaims {
        authority: "XX-EXAM".into(),
        number: 1,
        seq: statements,
        as_of: SEALED_AT,
        expires: NOW + 1,
        statements: (0..statements).map(tagged).collect(),
    }
    .sign(&Setting::new().list_key)
}

/// A list of ten authorities with 500 session keys each, all closed and with the heads of their registers.
pub fn list_of_many_keys() -> TrustClaims {
    let mut trust = Setting::new().trust;
    let authority = trust.authorities.remove(0);
    let key = |number: u64| KeyEntry {
        public: SealingKey::from_seed(&sha256(&number.to_be_bytes())).public(),
        closed_at: Some(SEALED_AT),
        register: Some(RegisterReference {
            number: number as u32 % 500 + 1,
            head: Some(sha256(&[number as u8])),
            without_look_up: false,
        }),
        ..authority.keys[0].clone()
    };
    trust.authorities = (0..10)
        .map(|at| Authority {
            id: format!("XX-EXAM-{at}"),
            keys: (at * KEYS / 10..(at + 1) * KEYS / 10).map(key).collect(),
            ..authority.clone()
        })
        .collect();
    trust
}
