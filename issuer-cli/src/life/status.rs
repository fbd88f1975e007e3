//! Changing the status of documents: a new status list in a new pack, and a line in the history for each decision.
//!
//! The history decides: the new list is the list of the pack with the last state of every document of the history. So a
//! run that was killed between history and pack is simply run again. A decision that the history holds already, with
//! the same state and reason, is not recorded a second time; and an older pack never undoes a decision.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use credential_core::{Authority, KeyUse, Pack, PublicKey, SealingKey, Serial, StatusList, StatusValue, rfc3339};

use super::history::{Change, History};
use super::{Action, NEXT_UPDATE, State, history_path, pack_file};
use crate::batch::{RegisterReader, hex, register_path};

/// A change of status that was asked for.
pub struct StatusChange<'a> {
    /// The key file that sealed the documents; only its name is used, to find register and history.
    pub key: &'a Path,
    /// Its public half.
    pub public: &'a PublicKey,
    /// The pack with the list in force.
    pub pack: &'a [u8],
    /// The key that signs the new list.
    pub list_key: &'a SealingKey,
    /// What was decided.
    pub action: Action,
    /// The documents.
    pub documents: &'a [Wanted],
    /// Time of the decision.
    pub now: u64,
}

/// One document of a change.
pub struct Wanted {
    /// Its serial.
    pub serial: Serial,
    /// Why.
    pub reason: String,
}

/// A change that is in the history.
pub struct Changed {
    /// The new pack.
    pub pack: Vec<u8>,
    /// How many decisions were recorded.
    pub recorded: usize,
    /// How many the history held already.
    pub known: usize,
}

impl StatusChange<'_> {
    /// Checks everything, makes the new pack, records the decisions; the caller then writes the pack.
    pub fn make(&self) -> Result<Changed> {
        let (pack, mut contents) = pack_file::open(self.pack)?;
        let (authority, list) = self.list(&pack)?;
        self.check_list_key(authority)?;
        let history = History::open(&history_path(self.key), self.public)?;
        let register = RegisterReader::open(&register_path(self.key))?;
        self.check_clock(list, &history)?;
        let mut values = values(list);
        apply(&history, &register, list, &mut values)?;
        let changes = self.changes(&history, &register, &mut values)?;
        let expires = self.now + NEXT_UPDATE;
        let signed = StatusList::sign(&authority.id, list.number(), &values, self.now, expires, self.list_key);
        contents.statuses.iter_mut().filter(|bytes| **bytes == list.as_bytes()).for_each(|bytes| *bytes = &signed);
        let new_pack = pack_file::successor(&contents, &pack)?;
        let recorded = changes.len();
        history.append(&changes, self.now)?;
        Ok(Changed { pack: new_pack, recorded, known: self.documents.len() - recorded })
    }

    fn list<'p>(&self, pack: &'p Pack) -> Result<(&'p Authority, &'p StatusList)> {
        let found = pack.trust().claims().find(self.public);
        let (authority, entry) = found.with_context(|| {
            format!(
                "the trust pack does not name the key {}; give the pack that verifiers load",
                hex(&self.public.id())
            )
        })?;
        let KeyUse::Documents { status_list: Some(number), .. } = entry.usage else {
            bail!("the key {} has no status list, so the status of its documents cannot change", hex(&self.public.id()))
        };
        let list = pack.status_list(&authority.id, number);
        Ok((authority, list.with_context(|| format!("the pack lacks the status list {}/{number}", authority.id))?))
    }

    fn check_list_key(&self, authority: &Authority) -> Result<()> {
        let (id, public) = (hex(&self.list_key.id()), self.list_key.public());
        let entry = authority.keys.iter().find(|entry| entry.public == public && entry.usage == KeyUse::Status);
        let entry = entry.with_context(|| format!("the key {id} does not sign status lists of {}", authority.id))?;
        ensure!(
            entry.may_sign_at(self.now) && entry.compromised_at.is_none(),
            "the list key {id} signs no more (from {} to {}); have the roots name a new one",
            rfc3339(entry.not_before),
            rfc3339(entry.not_after)
        );
        Ok(())
    }

    fn check_clock(&self, list: &StatusList, history: &History) -> Result<()> {
        let latest = list.as_of().max(history.latest());
        ensure!(
            self.now >= latest,
            "the clock says {}, but the last change was at {}; set the clock",
            rfc3339(self.now),
            rfc3339(latest)
        );
        Ok(())
    }

    /// The decisions that are new; every document that does not allow one is named, and then there are none.
    fn changes(
        &self,
        history: &History,
        register: &RegisterReader,
        values: &mut [StatusValue],
    ) -> Result<Vec<Change<'_>>> {
        let (mut changes, mut faults, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
        let to = self.action.target();
        for Wanted { serial, reason } in self.documents {
            let index = register.status_index(serial)?;
            let value = index.and_then(|index| values.get_mut(usize::try_from(index).ok()?));
            let fault = match (index, value) {
                _ if !seen.insert(serial.as_bytes()) => Some("is named twice"),
                (None, _) => Some("is not in the register of this key"),
                (Some(_), None) => Some("lies beyond the end of the status list"),
                (Some(_), Some(_)) if is_known(history, serial, to, reason) => None,
                (Some(_), Some(value)) => {
                    let from = state(*value);
                    *value = to.value();
                    changes.push(Change { serial, from, to, reason });
                    self.action.refusal(from)
                }
            };
            faults.extend(fault.map(|fault| format!("\n  {serial} {fault}")));
        }
        let (count, all) = (faults.len(), self.documents.len());
        ensure!(faults.is_empty(), "nothing was changed, {count} of {all} serials are at fault:{}", faults.concat());
        Ok(changes)
    }
}

fn is_known(history: &History, serial: &Serial, to: State, reason: &str) -> bool {
    history.past(serial).is_some_and(|past| past.states.last() == Some(&to) && past.reason == reason)
}

fn values(list: &StatusList) -> Vec<StatusValue> {
    (0..).map_while(|index| State::of(list.status(index))).map(State::value).collect()
}

fn state(value: StatusValue) -> State {
    match value {
        StatusValue::InForce => State::InForce,
        StatusValue::Withdrawn => State::Withdrawn,
        StatusValue::Suspended => State::Suspended,
        StatusValue::Replaced => State::Replaced,
    }
}

/// Brings the list to what the history says.
fn apply(history: &History, register: &RegisterReader, list: &StatusList, values: &mut [StatusValue]) -> Result<()> {
    check_tail(history, register, list, values)?;
    for (serial, past) in history.documents() {
        let index = register.status_index(serial)?;
        let index = index.with_context(|| format!("the history names {serial}, which the register does not hold"))?;
        let value = usize::try_from(index).ok().and_then(|index| values.get_mut(index));
        let value = value.with_context(|| format!("{serial} lies beyond the end of the status list"))?;
        *value = past.states.last().context("a history without a state")?.value();
    }
    Ok(())
}

/// Whatever the pack says, the history must have said: else its tail was cut, which the chain alone does not show.
fn check_tail(history: &History, register: &RegisterReader, list: &StatusList, values: &[StatusValue]) -> Result<()> {
    for (index, value) in (0..).zip(values).filter(|(_, value)| **value != StatusValue::InForce) {
        let Some(serial) = register.serial_at(index)? else { continue };
        ensure!(
            history.past(&serial).is_some_and(|past| past.states.contains(&state(*value))),
            "the pack of {} says that {serial} is {}, the history {} never did: it has lost lines, put its copy back",
            rfc3339(list.as_of()),
            state(*value).words(),
            history.path().display()
        );
    }
    Ok(())
}
