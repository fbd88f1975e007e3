//! Keeping packs (SPEC section 9): in a pack that takes the place of another nothing is older and no statement is lost.

use super::{Pack, PackContents};
use crate::fault::{FaultCode, PackFault};
use crate::status::StatusList;
use crate::time::UnixTime;
use crate::trust::{Authority, TrustClaims};

/// Why a pack does not take the place of the one held. Status lists and registers are named `authority/number`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfollowed {
    /// One of its objects is refused.
    Refused(PackFault),
    /// A status list is dated more than a day ahead of the clock.
    Ahead(String),
    /// A status list is older than the one held, or another of the same moment.
    OlderStatus(String),
    /// A status list that is held, and that its trust list still needs, is not in it.
    NoStatus(String),
    /// A register is older than the one held, or another of the same moment.
    OlderRegister(String),
    /// A register that is held, and that its trust list still needs, is not in it.
    NoRegister(String),
}

/// A pack that takes the place of another.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The pack, with the held status lists whose statements no new list repeats.
    pub pack: Pack,
    /// Its bytes: what is to be kept.
    pub bytes: Vec<u8>,
}

impl Pack {
    /// Opens a pack that takes the place of `held`: its trust list follows (ROT-1 to ROT-4), and no status list or
    /// register that is held and still needed is missing or older.
    pub fn open_following(bytes: &[u8], held: &Self, now: UnixTime) -> Result<Followed, Unfollowed> {
        let pack = Self::open_successor(bytes, held.trust()).map_err(Unfollowed::Refused)?;
        if let Some(ahead) = pack.ahead_of(now) {
            return Err(Unfollowed::Ahead(name(ahead)));
        }
        check_statuses(&pack, held, now)?;
        check_registers(&pack, held)?;
        let kept: Vec<_> = counting(held, &pack, now).filter(|old| !is_repeated(old, &pack)).collect();
        if kept.is_empty() {
            return Ok(Followed { pack, bytes: bytes.to_vec() });
        }
        let mut contents = PackContents::read(bytes).map_err(Unfollowed::Refused)?;
        contents.statuses.extend(kept.iter().map(|list| list.as_bytes()));
        let bytes = contents.to_bytes();
        let pack = Self::open_successor(&bytes, held.trust()).map_err(Unfollowed::Refused)?;
        Ok(Followed { pack, bytes })
    }

    /// A status list that is dated more than a day ahead of the clock: no such pack is taken.
    pub fn ahead_of(&self, now: UnixTime) -> Option<&StatusList> {
        self.statuses().iter().find(|list| list.is_ahead(now))
    }

    /// Whether it names an authority that `other` names under other roots: only one of the two can be right.
    pub fn rivals(&self, other: &Self) -> bool {
        let named = |id: &str| authority(other.trust().claims(), id).is_some();
        let differ = self.trust().root() != other.trust().root();
        differ && self.trust().claims().authorities.iter().any(|one| named(&one.id))
    }
}

impl Unfollowed {
    /// Its code: whatever is older or missing is a step back.
    pub fn code(&self) -> FaultCode {
        match self {
            Self::Refused(fault) => fault.code(),
            Self::Ahead(_) => FaultCode::StatusAhead,
            Self::OlderStatus(_) | Self::NoStatus(_) | Self::OlderRegister(_) | Self::NoRegister(_) => {
                FaultCode::TrustRolledBack
            }
        }
    }
}

/// The held lists that count under the new trust list.
fn counting<'h>(held: &'h Pack, pack: &'h Pack, now: UnixTime) -> impl Iterator<Item = &'h StatusList> {
    held.statuses().iter().filter(move |old| !old.is_ahead(now) && counts(old, pack))
}

fn counts(list: &StatusList, pack: &Pack) -> bool {
    let claims = pack.trust().claims();
    let named = authority(claims, list.authority()).is_some_and(|one| list.counts_for(one, list.is_test()));
    named && StatusList::open(list.as_bytes(), claims).is_ok()
}

/// Whether lists of the new pack speak of all that a held one speaks of, and not before it.
fn is_repeated(old: &StatusList, pack: &Pack) -> bool {
    let same_world = |new: &&StatusList| new.authority() == old.authority() && new.is_test() == old.is_test();
    let lists = pack.statuses().iter().filter(same_world);
    let later: Vec<_> = lists.filter(|new| new.seq() >= old.seq() && counts(new, pack)).collect();
    old.statements().all(|(tag, _)| later.iter().any(|new| new.statement(&tag).is_some()))
}

fn check_statuses(pack: &Pack, held: &Pack, now: UnixTime) -> Result<(), Unfollowed> {
    let age = |list: &StatusList| (list.seq(), list.as_of());
    for old in counting(held, pack, now) {
        let same_place = |new: &&StatusList| {
            (new.authority(), new.number(), new.is_test()) == (old.authority(), old.number(), old.is_test())
        };
        let newest_held = held.statuses().iter().filter(same_place).map(age).max();
        if newest_held > Some(age(old)) {
            continue; // an earlier list beside the newest of its place: its statements are kept, see `is_repeated`
        }
        let new: Vec<_> = pack.statuses().iter().filter(same_place).collect();
        match new.iter().map(|list| age(list)).max() {
            Some(newest) if newest > age(old) => {}
            Some(_) if new.iter().any(|list| list.as_bytes() == old.as_bytes()) => {}
            Some(_) => return Err(Unfollowed::OlderStatus(name(old))),
            None => return Err(Unfollowed::NoStatus(name(old))),
        }
    }
    Ok(())
}

fn name(list: &StatusList) -> String {
    format!("{}/{}", list.authority(), list.number())
}

fn check_registers(pack: &Pack, held: &Pack) -> Result<(), Unfollowed> {
    for (old, _) in held.registers() {
        let number = old.claims().number;
        let name = || format!("{}/{number}", old.authority());
        match pack.register(old.authority(), number) {
            Some((new, _)) if new.claims() == old.claims() || new.claims().time > old.claims().time => {}
            Some(_) => return Err(Unfollowed::OlderRegister(name())),
            None => {
                let needed = authority(pack.trust().claims(), old.authority());
                let needed = needed.is_some_and(|one| one.keys.iter().any(|key| key.register_number() == Some(number)));
                if needed {
                    return Err(Unfollowed::NoRegister(name()));
                }
            }
        }
    }
    Ok(())
}

fn authority<'c>(claims: &'c TrustClaims, id: &str) -> Option<&'c Authority> {
    claims.authorities.iter().find(|authority| authority.id == id)
}
