//! Status lists that say the same as before, as of today: so that verifiers see how fresh they are.

use anyhow::{Context, Result, ensure};
use credential_core::Pack;
use credential_core::lists::{Authority, KeyEntry, StatusList};
use credential_core::sealing::SealingKey;

use super::decided::Decided;
use super::pack_file::{self, NextStatus};
use super::statuses::{Statuses, check_list_key, decided_by};
use crate::hex::hex;
use crate::ledger::Ledger;

/// Status lists to sign again.
pub struct Renew<'a> {
    /// The office's ledger: only lists that speak of its own keys are renewed, for nobody else knows the last word.
    pub ledger: &'a Ledger,
    /// The keys that sign the lists, each for its authority.
    pub list_keys: &'a [SealingKey],
    /// The pack in force.
    pub pack: &'a [u8],
    /// From when on the lists are to speak.
    pub now: u64,
}

/// Lists that were signed again.
pub struct Renewed {
    /// The new pack.
    pub pack: Vec<u8>,
    /// The lists.
    pub lists: Vec<String>,
    /// The other lists of the pack, each with what is missing for it.
    pub left: Vec<String>,
}

/// The keys of one authority in one world, with what was decided about all they sealed.
struct Desk<'p> {
    authority: &'p Authority,
    test: bool,
    statuses: Vec<(&'p KeyEntry, Statuses<'p>)>,
    decided: Decided,
}

impl Renew<'_> {
    /// Makes the new pack; the caller then writes it. No history is changed.
    pub fn make(&self) -> Result<Renewed> {
        let (pack, contents) = pack_file::take_apart(self.pack)?;
        let _lock = self.ledger.lock_deciding()?;
        let (mut next, mut lists, mut left) = (Vec::new(), Vec::new(), strays(&pack));
        for authority in &pack.trust().claims().authorities {
            for desk in [false, true].map(|test| self.desk(authority, test, &pack)) {
                let desk = desk?;
                for entry in authority.keys.iter().filter(|entry| entry.test == desk.test) {
                    let Some(number) = entry.status_list else { continue };
                    let name = format!("{}/{number}", authority.id);
                    match self.renew(&desk, entry, number).with_context(|| format!("status list {name}"))? {
                        Ok(renewed) => {
                            next.push(renewed);
                            lists.push(name);
                        }
                        Err(missing) => left.push(format!("{name}: {missing}")),
                    }
                }
            }
        }
        ensure!(!lists.is_empty(), "no list was renewed:\n  {}", left.join("\n  "));
        let bytes = pack_file::with_statuses(contents, &pack, &next, self.now)?;
        Ok(Renewed { pack: bytes, lists, left })
    }

    /// What was decided: by the lists of the pack, and by the histories of all keys that were named.
    fn desk<'p>(&'p self, authority: &'p Authority, test: bool, pack: &'p Pack) -> Result<Desk<'p>> {
        let mut statuses = Vec::new();
        for entry in authority.keys.iter().filter(|entry| entry.test == test && entry.status_list.is_some()) {
            if self.ledger.has_key(&entry.public)? {
                statuses.push((entry, Statuses::open(self.ledger, &entry.public, pack, self.now)?));
            }
        }
        let all: Vec<_> = statuses.iter().map(|(_, statuses)| statuses).collect();
        let decided = match all[..] {
            [] => Decided::in_pack(pack, authority, test, self.now),
            _ => decided_by(&all, pack),
        };
        Ok(Desk { authority, test, statuses, decided })
    }

    /// The list that follows, or what is missing for it.
    fn renew<'p>(&self, desk: &Desk<'p>, entry: &KeyEntry, number: u64) -> Result<Result<NextStatus<'p>, String>> {
        let Desk { authority, test, statuses, decided } = desk;
        if authority.keys.iter().filter(|other| other.status_list == Some(number)).count() > 1 {
            return Ok(Err("it is not the list of one key".into()));
        }
        let Some(list_key) = self.list_key(authority, *test) else {
            return Ok(Err("none of the keys with --list-key signs it".into()));
        };
        let Some((_, statuses)) = statuses.iter().find(|(of, _)| of.public == entry.public) else {
            return Ok(Err(format!("its key {} is of another office", hex(&entry.public.id()))));
        };
        check_list_key(authority, *test, list_key, self.now)?;
        statuses.check_clock()?;
        statuses.sign(list_key, self.now, decided).map(Ok)
    }

    fn list_key(&self, authority: &Authority, test: bool) -> Option<&SealingKey> {
        let of = |key: &SealingKey| authority.keys.iter().find(|entry| entry.public == key.public());
        self.list_keys.iter().find(|key| of(key).is_some_and(|entry| entry.test == test))
    }
}

/// The lists of which no key of the trust list has the number.
fn strays(pack: &Pack) -> Vec<String> {
    let has_key = |list: &StatusList| {
        let mut authorities = pack.trust().claims().authorities.iter();
        let authority = authorities.find(|authority| authority.id == list.authority());
        authority.is_some_and(|one| one.keys.iter().any(|entry| entry.status_list == Some(list.number())))
    };
    let strays = pack.statuses().iter().filter(|list| !has_key(list));
    strays.map(|list| format!("{}/{}: no key of the trust list has it", list.authority(), list.number())).collect()
}
