//! Side data of a whole country's session, for sizes and times.

use super::office::REGISTER;
use super::*;

/// Documents of one session.
pub const DOCUMENTS: u64 = 451_117;
/// Keys in a trust list of many countries.
pub const KEYS: u64 = 5_000;

/// Where a number lands in a shuffled list: the same for all, and as good as random.
fn scattered(number: u64) -> u64 {
    let digest = sha256(&number.to_be_bytes());
    u64::from_be_bytes(std::array::from_fn(|at| digest[at]))
}

/// The register of documents 0 to 451,116.
pub fn register() -> RegisterTree {
    let mut tree = RegisterTree::new("XX-EXAM", REGISTER);
    (0..DOCUMENTS).for_each(|number| tree.push(&serial(number), &sha256(&number.to_be_bytes())));
    tree
}

/// Statuses of the session, of which one in a thousand, at shuffled places, is withdrawn.
pub fn statuses() -> Vec<StatusValue> {
    let mut statuses = vec![StatusValue::InForce; DOCUMENTS as usize];
    (0..DOCUMENTS / 1_000)
        .for_each(|number| statuses[(scattered(number) % DOCUMENTS) as usize] = StatusValue::Withdrawn);
    statuses
}

/// A list of ten authorities with 500 session keys each, all closed and with the heads of their registers.
pub fn list_of_many_keys() -> TrustClaims {
    let mut trust = World::new().trust;
    let authority = trust.authorities.remove(0);
    let key = |number: u64| KeyEntry {
        public: SealingKey::from_seed(&sha256(&number.to_be_bytes())).public(),
        closed_at: Some(SEALED_AT),
        register: Some(RegisterReference { number: number as u32 % 500 + 1, head: Some(sha256(&[number as u8])) }),
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
