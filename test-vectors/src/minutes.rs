//! Minutes of a jury (SPEC section 16): what is published, and the lines behind it.

use crate::case::Side;
use crate::cbor::{Bytes, Fields, array, bytes, text, uint, uints};
use crate::cose::{Envelope, MINUTES, header};
use crate::documents::{mean_alone, results, yes};
use crate::merkle::{self, Hash};
use crate::sign::{Signer, sha256};
use crate::trust::{Authority, Trust, key_entry};
use crate::world::{LAST_TIME, OTHER_BOARD, WINDOW_FIRST, WINDOW_LAST, pack_of, small_trust};

/// Time of all minutes: 2026-06-30 18:00:00 UTC.
pub const MINUTES_AT: u64 = 1_782_842_400;
/// The salt of all minutes.
pub const SALT: [u8; 32] = [0x5a; 32];

/// The items of one canonical line, in order.
#[derive(Clone, Debug)]
pub struct Line(pub Vec<Bytes>);

impl Line {
    /// A candidate who was admitted with honours and three marks.
    pub fn new(number: u64) -> Self {
        Self(vec![
            uint(number),
            text(&format!("E13002600{number}")),
            text("Salma EL MITALI"),
            uint(20_080_314),
            text("Sciences physiques"),
            array(&[uint(1), text("Admis")]),
            text("Bien"),
            results().encoded(),
        ])
    }

    /// The line with another item at a position.
    pub fn with(mut self, at: usize, item: Bytes) -> Self {
        self.0[at] = item;
        self
    }

    /// The encoding of the line.
    pub fn encoded(&self) -> Bytes {
        array(&self.0)
    }
}

/// Three lines: one admitted, one not, and one of whom neither is said.
pub fn lines() -> Vec<Line> {
    let refused = Line::new(2).with(5, uints(&[0])).with(6, uint(0)).with(7, uint(0));
    let postponed = Line::new(3).with(5, array(&[uint(2), text("Ajourné")])).with(6, uint(0));
    vec![Line::new(1), refused, postponed.with(7, mean_alone().encoded())]
}

/// The root over lines (MIN-4), whatever they hold.
pub fn root(lines: &[Bytes], salt: &[u8]) -> Hash {
    let leaf = |(line, number): (&Bytes, u64)| sha256(&[&line_salt(salt, number)[..], line].concat());
    merkle::root(&lines.iter().zip(1..).map(leaf).collect::<Vec<_>>())
}

/// The salt of one line.
pub fn line_salt(salt: &[u8], number: u64) -> Hash {
    sha256(&[salt, &number.to_be_bytes()].concat())
}

/// The claims over the three lines.
pub fn claims() -> Fields {
    let encoded: Vec<_> = lines().iter().map(Line::encoded).collect();
    Fields::new()
        .with(1, uint(3))
        .with(2, uint(MINUTES_AT))
        .with(3, text("Juin 2026"))
        .with(4, uint(3))
        .with(5, bytes(&root(&encoded, &SALT)))
        .with(6, Fields::new().with_key(text("Sciences physiques"), uints(&[1, 1, 1])).encoded())
}

/// Minutes with these claims, signed by anybody.
pub fn signed(signer: &Signer, payload: &[u8]) -> Envelope {
    Envelope::signed(signer, &header(signer.kid()).encoded(), MINUTES, payload)
}

/// The jury's key.
pub fn minutes_key() -> Signer {
    Signer::named("minutes")
}

/// A board and a ministry with keys for minutes of every condition.
pub fn trust() -> Trust {
    let any = |name: &str| key_entry(&Signer::named(name).public, 4, 0, LAST_TIME);
    let mut trust = small_trust();
    trust.authorities[0].keys.extend([
        key_entry(&minutes_key().public, 4, WINDOW_FIRST, WINDOW_LAST),
        any("minutes closed").with(9, uint(MINUTES_AT)),
        any("minutes stolen").with(10, uint(LAST_TIME)),
        any("minutes test").with(11, yes()),
        key_entry(&Signer::named("register").public, 3, 0, LAST_TIME),
    ]);
    trust.authorities.push(Authority::board(OTHER_BOARD, "Autre académie", vec![any("their minutes")]));
    trust
}

/// The pack around this list.
pub fn side() -> Side {
    Side::new("minutes", pack_of(&trust()).encoded())
}
