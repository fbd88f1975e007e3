//! Minutes of a jury: SPEC section 16. What was decided, fixed before anything is sealed.
//!
//! ```
//! use credential_core::document::{Decision, Outcome, Text, Words, World};
//! use credential_core::minutes::{MinutesClaims, MinutesLine, MinutesSalt};
//! use credential_core::sealing::{Sealer, SealingKey};
//!
//! let line = MinutesLine {
//!     line: 1,
//!     number: Text::new("R000000001")?,
//!     holder: Words::one("Salma EL IDRISSI")?,
//!     birth: None,
//!     series: Some(Text::new("Sciences physiques")?),
//!     decision: Decision { outcome: Outcome::Admitted, words: None },
//!     honours: None,
//!     results: None,
//! };
//! let salt = MinutesSalt::new([5; 32]); // secret random bytes: they stay with the office
//! let claims = MinutesClaims::over(&[line], &salt, 4, Text::new("Juin 2026")?, 1_782_000_000)?;
//! let key = SealingKey::from_seed(&[6; 32]);
//! let signed = claims.sign(&Sealer { authority: "XX-EXAM", world: World::Live, key: &key });
//! assert_eq!((claims.lines, claims.counts[0].admitted), (1, 1));
//! # assert!(!signed.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod line;

pub use line::{MinutesLine, MinutesSalt};

use std::collections::{BTreeMap, BTreeSet};

use crate::cbor::{self, Fields, Item, Writer};
use crate::claims::Outcome;
use crate::envelope::{self, Envelope, Object};
use crate::issue::Sealer;
use crate::limits;
use crate::merkle::MerkleTree;
use crate::outcome::Reason;
use crate::time::UnixTime;
use crate::trust::{Authority, KeyEntry, KeyUse, TrustClaims};
use crate::words::Text;

/// What minutes state in public: no names, only counts and the root over the lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinutesClaims {
    /// Number of the minutes within the authority.
    pub number: u64,
    /// Time of signing.
    pub time: UnixTime,
    /// The session, as documents name it in their first language.
    pub session: Text,
    /// How many lines they have.
    pub lines: u64,
    /// Root of the tree over the salted lines.
    pub root: [u8; 32],
    /// Decisions by series, in the order of their encodings (no series, then shorter names first).
    pub counts: Vec<SeriesCount>,
}

/// Decisions of one series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesCount {
    /// The series; `None` where the examination has none.
    pub series: Option<Text>,
    /// How many were not admitted.
    pub not_admitted: u64,
    /// How many were.
    pub admitted: u64,
    /// Of how many something else was decided.
    pub otherwise: u64,
}

/// Why lines do not make minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MinutesFault {
    /// There is none, or more than any minutes hold.
    #[error("minutes have {found} lines, 1 to {} are allowed", MOST_LINES)]
    Lines {
        /// Lines found.
        found: usize,
    },
    /// Numbers do not run from 1.
    #[error("line {expected} has the number {found}")]
    Order {
        /// The number that the line should have.
        expected: u64,
        /// The number that it has.
        found: u64,
    },
    /// A candidate stands there twice.
    #[error("the candidate of line {line} stands on an earlier line too")]
    Twice {
        /// The second line.
        line: u64,
    },
    /// More series than minutes name.
    #[error("there are {found} series, at most {MOST_SERIES} are allowed")]
    Series {
        /// Series found.
        found: usize,
    },
}

/// Minutes whose signature holds.
#[derive(Clone, Debug)]
pub struct Minutes {
    authority: String,
    test: bool,
    claims: MinutesClaims,
}

impl MinutesClaims {
    /// The claims over lines that run from 1 and name nobody twice.
    pub fn over(
        lines: &[MinutesLine],
        salt: &MinutesSalt,
        number: u64,
        session: Text,
        time: UnixTime,
    ) -> Result<Self, MinutesFault> {
        check_lines(lines)?;
        let root = MerkleTree::new(lines.iter().map(|line| salt.leaf(line))).root();
        Ok(Self { number, time, session, lines: lines.len() as u64, root, counts: counts(lines)? })
    }

    /// Signs the minutes with a jury's key.
    pub fn sign(&self, sealer: &Sealer<'_>) -> Vec<u8> {
        let mut out = Writer::with_capacity(512);
        out.map(6).uint(1).uint(self.number).uint(2).uint(self.time).uint(3).text(self.session.as_str());
        out.uint(4).uint(self.lines).uint(5).bytes(&self.root).uint(6).map(self.counts.len());
        for count in &self.counts {
            line::write_series(&mut out, count.series.as_ref());
            out.array(3).uint(count.not_admitted).uint(count.admitted).uint(count.otherwise);
        }
        envelope::sign(&out.into_bytes(), sealer.key, &Object::Minutes.of(sealer.authority))
    }
}

impl Minutes {
    /// Reads minutes and checks that a minutes key of `trust` signed them within its window (MIN-1, MIN-2).
    pub fn open(bytes: &[u8], trust: &TrustClaims) -> Result<Self, Reason> {
        let envelope = Envelope::read(bytes).ok().filter(|_| bytes.len() <= limits::MINUTES_BYTES);
        let envelope = envelope.ok_or(Reason::EnvelopeMalformed)?;
        let (authority, signer, payload) = signer(&envelope, trust)?;
        let claims = read(payload).ok_or(Reason::BreaksRules)?;
        if !signer.may_sign_at(claims.time) {
            return Err(Reason::OutsideSigningWindow);
        }
        if signer.compromised_at.is_some() {
            return Err(Reason::KeyCompromised);
        }
        Ok(Self { authority: authority.id.clone(), test: signer.test, claims })
    }

    /// The authority whose jury signed.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Whether they belong to the test world.
    pub fn is_test(&self) -> bool {
        self.test
    }

    /// What they state.
    pub fn claims(&self) -> &MinutesClaims {
        &self.claims
    }

    /// Whether a line with its own salt, see [`MinutesSalt::of_line`], stands in the minutes.
    pub fn proves(&self, line: &MinutesLine, line_salt: &[u8; 32], path: &[[u8; 32]]) -> bool {
        let MinutesClaims { lines, root, .. } = &self.claims;
        let index = line.line.checked_sub(1);
        index.is_some_and(|index| MerkleTree::path_holds(&line.leaf(line_salt), index, path, *lines, root))
    }
}

fn signer<'t, 'b>(
    envelope: &Envelope<'b>,
    trust: &'t TrustClaims,
) -> Result<(&'t Authority, &'t KeyEntry, &'b [u8]), Reason> {
    let named = |entry: &KeyEntry| entry.usage == KeyUse::Minutes && entry.public.id() == envelope.kid;
    let mut candidates = trust.entries().filter(|(_, entry)| named(entry)).peekable();
    if candidates.peek().is_none() {
        return Err(Reason::UnknownIssuer);
    }
    let opened = candidates.find_map(|(authority, entry)| {
        let payload = envelope.opened_by(&entry.public, &Object::Minutes.of(&authority.id));
        payload.map(|payload| (authority, entry, payload))
    });
    opened.ok_or(Reason::SignatureInvalid)
}

fn read(payload: &[u8]) -> Option<MinutesClaims> {
    let mut fields = Fields::open(cbor::read(payload, limits::MINUTES_ITEMS).ok()?, &[1, 2, 3, 4, 5, 6], &[]).ok()?;
    let claims = MinutesClaims {
        number: fields.take(1)?.uint()?,
        time: fields.take(2)?.time()?,
        session: Text::new(fields.take(3)?.text()?).ok()?,
        lines: fields.take(4)?.uint().filter(|lines| (1..=MOST_LINES as u64).contains(lines))?,
        root: fields.take(5)?.bytes_of()?,
        counts: fields.take(6)?.map()?.into_iter().map(series_count).collect::<Option<_>>()?,
    };
    let counts = claims.counts.iter().flat_map(|count| [count.not_admitted, count.admitted, count.otherwise]);
    let sum = counts.into_iter().try_fold(0_u64, u64::checked_add);
    let some = (1..=MOST_SERIES).contains(&claims.counts.len());
    (some && sum == Some(claims.lines)).then_some(claims)
}

fn series_count((series, count): (Item<'_>, Item<'_>)) -> Option<SeriesCount> {
    let series = match series {
        Item::Uint(0) => None,
        series => Some(Text::new(series.text()?).ok()?),
    };
    let [not_admitted, admitted, otherwise] = count.tuple()?;
    let (not_admitted, admitted, otherwise) = (not_admitted.uint()?, admitted.uint()?, otherwise.uint()?);
    Some(SeriesCount { series, not_admitted, admitted, otherwise })
}

fn check_lines(lines: &[MinutesLine]) -> Result<(), MinutesFault> {
    if !(1..=MOST_LINES).contains(&lines.len()) {
        return Err(MinutesFault::Lines { found: lines.len() });
    }
    let mut candidates = BTreeSet::new();
    for (line, expected) in lines.iter().zip(1..) {
        if line.line != expected {
            return Err(MinutesFault::Order { expected, found: line.line });
        }
        if !candidates.insert(line.number.as_str()) {
            return Err(MinutesFault::Twice { line: expected });
        }
    }
    Ok(())
}

fn counts(lines: &[MinutesLine]) -> Result<Vec<SeriesCount>, MinutesFault> {
    let mut by_series = BTreeMap::new();
    for line in lines {
        // the order of deterministic CBOR: no series (0), then shorter texts first
        let key = line.series.as_ref().map(|series| (series.as_str().len(), series.as_str()));
        let new = || SeriesCount { series: line.series.clone(), not_admitted: 0, admitted: 0, otherwise: 0 };
        let count = by_series.entry(key).or_insert_with(new);
        match line.decision.outcome {
            Outcome::NotAdmitted => count.not_admitted += 1,
            Outcome::Admitted => count.admitted += 1,
            Outcome::Otherwise => count.otherwise += 1,
        }
    }
    let found = by_series.len();
    if found > MOST_SERIES { Err(MinutesFault::Series { found }) } else { Ok(by_series.into_values().collect()) }
}

const MOST_LINES: usize = 1 << 24;
const MOST_SERIES: usize = 64;

#[cfg(test)]
mod tests;
