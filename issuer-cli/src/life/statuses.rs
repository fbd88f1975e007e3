//! The documents of one key with their states: what its register, its history and the list of a pack say together.
//!
//! The history decides: the states are those of the list, with the last state of every document of the history.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use credential_core::{Authority, KeyUse, Pack, PublicKey, SealingKey, Serial, StatusList, StatusValue, rfc3339};

use super::history::{Change, History};
use super::pack_file::NextStatus;
use super::{Action, NEXT_UPDATE, State, check_clock, history_path};
use crate::batch::{RegisterReader, hex, register_path};

/// The states of one key's documents or acts; no other program changes them meanwhile.
pub(super) struct Statuses<'p> {
    authority: &'p Authority,
    listed: Listed,
    lists: Vec<KeyList<'p>>,
    history: History,
    register: RegisterReader,
}

/// What the lists of a key speak of.
#[derive(Clone, Copy)]
enum Listed {
    /// Documents, in the list with this number.
    Documents(u64),
    /// Acts of a ministry; each names its list.
    Acts,
}

/// A status list of the key, and what it is to say.
struct KeyList<'p> {
    list: &'p StatusList,
    values: Vec<StatusValue>,
}

/// One document of a change.
pub struct Wanted {
    /// Its serial.
    pub serial: Serial,
    /// Why.
    pub reason: String,
    /// The later edition that was sealed for it.
    pub successor: Option<Serial>,
}

impl<'p> Statuses<'p> {
    /// Reads history and register beside a key file, and the key's lists in a pack.
    pub(super) fn open(key: &Path, public: &PublicKey, pack: &'p Pack) -> Result<Self> {
        let register = RegisterReader::open(&register_path(key))?;
        let (authority, listed, lists) = lists_of(public, pack, &register)?;
        let history = History::open(&history_path(key), public)?;
        let lists = lists.into_iter().map(|list| KeyList { list, values: list.values().collect() }).collect();
        let mut statuses = Self { authority, listed, lists, history, register };
        statuses.check_tail()?;
        statuses.apply()?;
        Ok(statuses)
    }

    /// Whose documents these are.
    pub(super) fn authority(&self) -> &Authority {
        self.authority
    }

    /// What was decided so far.
    pub(super) fn history(&self) -> &History {
        &self.history
    }

    /// What was sealed.
    pub(super) fn register(&self) -> &RegisterReader {
        &self.register
    }

    /// The time of the latest list or of the latest decision, whichever is later.
    pub(super) fn latest(&self) -> u64 {
        self.lists.iter().map(|of_key| of_key.list.as_of()).fold(self.history.latest(), u64::max)
    }

    pub(super) fn check_clock(&self, now: u64) -> Result<()> {
        check_clock(now, self.latest(), "the last change was")
    }

    /// The state of a document; none if the key has not sealed it or the list does not reach so far.
    pub(super) fn state(&self, serial: &Serial) -> Result<Option<State>> {
        let Some((list, index)) = self.place(serial)? else { return Ok(None) };
        let of_key = self.lists.iter().find(|of_key| of_key.list.number() == list);
        let value = of_key.and_then(|of_key| of_key.values.get(usize::try_from(index).ok()?));
        Ok(value.map(|value| State::from(*value)))
    }

    /// Applies a decision. It is nothing where the history holds it already, and words say what speaks against it.
    pub(super) fn change<'w>(
        &mut self,
        action: Action,
        wanted: &'w Wanted,
    ) -> Result<Result<Option<Change<'w>>, &'static str>> {
        let Some(place) = self.place(&wanted.serial)? else { return Ok(Err("is not in the register of this key")) };
        let to = action.target();
        let known = self.holds(to, wanted);
        let Some(value) = value_at(&mut self.lists, place) else {
            return Ok(Err("lies beyond the end of the status list"));
        };
        if known {
            return Ok(Ok(None));
        }
        let from = State::from(*value);
        if let Some(refusal) = action.refusal(from) {
            return Ok(Err(refusal));
        }
        *value = to.value();
        let Wanted { serial, reason, successor } = wanted;
        Ok(Ok(Some(Change { serial, from, to, reason, successor: successor.as_ref() })))
    }

    /// The key's lists as they now stand, signed.
    pub(super) fn sign(&self, list_key: &SealingKey, as_of: u64) -> Result<Vec<NextStatus<'p>>> {
        check_list_key(self.authority, list_key, as_of)?;
        Ok(self.lists.iter().map(|of_key| next_list(of_key.list, &of_key.values, list_key, as_of)).collect())
    }

    /// Adds decisions to the history and brings them to the disk.
    pub(super) fn record(self, changes: &[Change<'_>], now: u64, clerks: &[SealingKey]) -> Result<()> {
        self.history.append(changes, now, clerks)
    }

    /// Number of the list of a document or an act, and its place there.
    fn place(&self, serial: &Serial) -> Result<Option<(u64, u64)>> {
        match self.listed {
            Listed::Documents(list) => Ok(self.register.status_index(serial)?.map(|index| (list, index))),
            Listed::Acts => self.register.place_of_act(serial),
        }
    }

    fn serial_at(&self, list: u64, index: u64) -> Result<Option<Serial>> {
        match self.listed {
            Listed::Documents(_) => self.register.serial_at(index),
            Listed::Acts => self.register.act_at(list, index),
        }
    }

    fn holds(&self, to: State, wanted: &Wanted) -> bool {
        self.history.past(&wanted.serial).is_some_and(|past| match &wanted.successor {
            Some(successor) => past.successors.contains(successor),
            None => past.states.last() == Some(&to) && past.reason == wanted.reason,
        })
    }

    /// Brings the states to what the history says.
    fn apply(&mut self) -> Result<()> {
        for (serial, past) in self.history.documents() {
            let place = self.place(serial)?;
            let place =
                place.with_context(|| format!("the history names {serial}, which the register does not hold"))?;
            let value = value_at(&mut self.lists, place);
            let value = value.with_context(|| format!("{serial} lies beyond the end of the status list"))?;
            *value = past.states.last().context("a history without a state")?.value();
        }
        Ok(())
    }

    /// Whatever the pack says, the history must have said: else its tail was cut, which the chain alone does not show.
    fn check_tail(&self) -> Result<()> {
        for KeyList { list, values } in &self.lists {
            for (index, value) in (0..).zip(values).filter(|(_, value)| **value != StatusValue::InForce) {
                let Some(serial) = self.serial_at(list.number(), index)? else { continue };
                let state = State::from(*value);
                ensure!(
                    self.history.past(&serial).is_some_and(|past| past.states.contains(&state)),
                    "the pack of {} says that {serial} is {}, the history {} never did: it has lost lines, put its copy back",
                    rfc3339(list.as_of()),
                    state.words(),
                    self.history.path().display()
                );
            }
        }
        Ok(())
    }
}

/// What the list with this number is to say at an index.
fn value_at<'v>(lists: &'v mut [KeyList<'_>], (list, index): (u64, u64)) -> Option<&'v mut StatusValue> {
    let of_key = lists.iter_mut().find(|of_key| of_key.list.number() == list)?;
    of_key.values.get_mut(usize::try_from(index).ok()?)
}

/// The status lists of a key for documents or legalisations.
fn lists_of<'p>(
    public: &PublicKey,
    pack: &'p Pack,
    register: &RegisterReader,
) -> Result<(&'p Authority, Listed, Vec<&'p StatusList>)> {
    let (id, found) = (hex(&public.id()), pack.trust().claims().find(public));
    let (authority, entry) = found
        .with_context(|| format!("the trust pack does not name the key {id}; give the pack that verifiers load"))?;
    let list = |number: u64| {
        let list = pack.status_list(&authority.id, number);
        list.with_context(|| format!("the pack lacks the status list {}/{number}", authority.id))
    };
    match entry.usage {
        KeyUse::Documents { status_list: Some(number), .. } => {
            Ok((authority, Listed::Documents(number), vec![list(number)?]))
        }
        KeyUse::Legalisation => {
            // the pack of a list without acts may never have been written
            let needed = |(number, acts): &(u64, u64)| *acts > 0 || list(*number).is_ok();
            let lists = register.act_lists()?.into_iter().filter(needed).map(|(number, _)| list(number));
            Ok((authority, Listed::Acts, lists.collect::<Result<_>>()?))
        }
        _ => bail!("the key {id} has no status list, so the status of its documents cannot change"),
    }
}

/// The list that follows `list`.
pub(super) fn next_list<'p>(
    list: &'p StatusList,
    values: &[StatusValue],
    list_key: &SealingKey,
    as_of: u64,
) -> NextStatus<'p> {
    let next = StatusList::sign(list.authority(), list.number(), values, as_of, as_of + NEXT_UPDATE, list_key);
    NextStatus { held: list.as_bytes(), next }
}

pub(super) fn check_list_key(authority: &Authority, list_key: &SealingKey, time: u64) -> Result<()> {
    let (id, public) = (hex(&list_key.id()), list_key.public());
    let entry = authority.keys.iter().find(|entry| entry.public == public && entry.usage == KeyUse::Status);
    let entry = entry.with_context(|| format!("the key {id} does not sign status lists of {}", authority.id))?;
    ensure!(
        entry.may_sign_at(time) && entry.compromised_at.is_none(),
        "the list key {id} signs no more (from {} to {}); have the roots name a new one",
        rfc3339(entry.not_before),
        rfc3339(entry.not_after)
    );
    Ok(())
}
