//! The documents of one key with their states: what the ledger and the lists of a pack say together.
//!
//! The ledger decides: a list says what the pack says of its documents, with the last state of every document on
//! which it holds a decision. Each statement is taken in the newest form that any list of the authority gives, so that an older one never
//! wins by being signed again.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use credential_core::Pack;
use credential_core::document::{Serial, Tag, tag};
use credential_core::lists::{Authority, KeyEntry, KeyUse, PublicKey, Statement, StatusClaims, StatusList};
use credential_core::sealing::SealingKey;
use credential_core::time::rfc3339;

use super::decided::{Decided, counting};
use super::pack_file::NextStatus;
use super::{Action, NEXT_UPDATE, Named, check_clock};
use crate::hex::hex;
use crate::ledger::{Change, History, Ledger, Past, Register, State};

/// The states of one key's documents or acts; no other program changes them meanwhile.
pub(super) struct Statuses<'p> {
    authority: &'p Authority,
    entry: &'p KeyEntry,
    /// Number of the key's list.
    number: u64,
    /// Every list with this number in the pack, and those of them that count.
    held: Vec<&'p StatusList>,
    counting: Vec<&'p StatusList>,
    /// What the next list speaks of.
    tags: BTreeSet<Tag>,
    history: History,
    register: Register<'p>,
    now: u64,
    issued: u64,
}

/// One document of a change.
pub struct Wanted {
    /// Which one.
    pub document: Named,
    /// Why.
    pub reason: String,
    /// The later edition that was sealed for it.
    pub successor: Option<Serial>,
}

impl<'p> Statuses<'p> {
    /// Reads what the ledger has of a key, and the key's lists in a pack.
    pub(super) fn open(ledger: &'p Ledger, public: &PublicKey, pack: &'p Pack, now: u64) -> Result<Self> {
        let register = ledger.register(public)?;
        let (authority, entry, number) = list_of(public, pack)?;
        let history = ledger.history(public)?;
        let of_key = |list: &&StatusList| list.number() == number && list.is_test() == entry.test;
        let held = pack.statuses().iter().filter(|list| list.authority() == authority.id).filter(of_key).collect();
        let counting: Vec<_> = counting(pack, authority, entry.test, now).filter(of_key).collect();
        let mut tags: BTreeSet<Tag> = counting.iter().flat_map(|list| list.statements()).map(|(tag, _)| tag).collect();
        tags.extend(history.documents().map(|(tag, _)| *tag));
        let issued = pack.trust().claims().issued;
        let statuses = Self { authority, entry, number, held, counting, tags, history, register, now, issued };
        statuses.check_tail(pack)?;
        Ok(statuses)
    }

    /// Whose documents these are.
    pub(super) fn authority(&self) -> &'p Authority {
        self.authority
    }

    /// Whether they are specimens.
    pub(super) fn is_test(&self) -> bool {
        self.entry.test
    }

    /// What was decided so far.
    pub(super) fn history(&self) -> &History {
        &self.history
    }

    /// What was sealed.
    pub(super) fn register(&self) -> &Register<'p> {
        &self.register
    }

    /// The time of the latest list or of the latest decision, whichever is later. A time more than a day ahead of the
    /// clock was written by a clock that was wrong: no verifier took what was dated so, and it stops nothing.
    pub(super) fn latest(&self) -> u64 {
        self.counting.iter().map(|list| list.as_of()).fold(self.history.latest(self.now), u64::max)
    }

    /// The clock goes after everything that was signed; a clock that stands before the trust list is wrong (VER-10).
    pub(super) fn check_clock(&self) -> Result<()> {
        check_clock(self.now.saturating_add(DAY), self.issued, "the trust list was issued")?;
        check_clock(self.now, self.latest(), "the last change was")
    }

    /// The state of a document of the register; none if the key has not sealed it.
    pub(super) fn state(&self, serial: &Serial, decided: &Decided) -> Result<Option<State>> {
        let digest = self.digest_of(serial)?;
        Ok(digest.map(|digest| state_of(decided, &tag(&digest))))
    }

    /// Applies a decision. It is nothing where the history holds it already, and words say what speaks against it.
    pub(super) fn change<'w>(
        &mut self,
        action: Action,
        wanted: &'w Wanted,
        decided: &mut Decided,
    ) -> Result<Result<Option<Change<'w>>, &'static str>> {
        let Some((digest, serial)) = self.find(&wanted.document)? else {
            return Ok(Err("is not in the register of this key"));
        };
        let (tag, to) = (tag(&digest), action.target());
        if self.holds(&tag, to, wanted) {
            return Ok(Ok(None));
        }
        let from = state_of(decided, &tag);
        if let Some(refusal) = action.refusal(from) {
            return Ok(Err(refusal));
        }
        let seq = decided.next()?;
        if let Some(statement) = to.statement(seq, decided.statement(&tag).is_some()) {
            decided.add(tag, seq, statement);
            self.tags.insert(tag);
        }
        let Wanted { document: _, reason, successor } = wanted;
        Ok(Ok(Some(Change { seq, serial, digest, from, to, reason, successor: successor.as_ref() })))
    }

    /// The key's list as it now stands, signed.
    pub(super) fn sign(&self, list_key: &SealingKey, as_of: u64, decided: &Decided) -> Result<NextStatus<'p>> {
        check_list_key(self.authority, self.entry.test, list_key, as_of)?;
        let claims = StatusClaims {
            authority: self.authority.id.clone(),
            number: self.number,
            seq: decided.seq(),
            as_of,
            expires: as_of + NEXT_UPDATE,
            statements: self.tags.iter().filter_map(|tag| Some((*tag, decided.statement(tag)?))).collect(),
        };
        let held = self.held.iter().map(|list| list.as_bytes()).collect();
        Ok(NextStatus { held, next: claims.sign(list_key) })
    }

    /// Adds decisions to the history and brings them to the disk.
    pub(super) fn record(self, changes: &[Change<'_>], now: u64, clerks: &[SealingKey]) -> Result<()> {
        self.register.ledger().decide(&self.history, changes, now, clerks)
    }

    /// The digest that the register has for a serial of a document or an act.
    pub(super) fn digest_of(&self, serial: &Serial) -> Result<Option<[u8; 32]>> {
        match self.entry.usage {
            KeyUse::Legalisation => self.register.digest_of_act(serial),
            _ => self.register.digest_of(serial),
        }
    }

    /// What tells a document that is named from every other: its digest, or a serial that the register does not have.
    pub(super) fn name_of(&self, named: &Named) -> Result<String> {
        Ok(self.find(named)?.map_or_else(|| named.to_string(), |(digest, _)| hex(&digest)))
    }

    /// Digest and serial of a document that is named.
    fn find(&self, named: &Named) -> Result<Option<([u8; 32], Option<Serial>)>> {
        Ok(match named {
            Named::Serial(serial) => self.digest_of(serial)?.map(|digest| (digest, Some(serial.clone()))),
            Named::Digest { digest, serial: Some(serial) } => Some((*digest, Some(serial.clone()))),
            Named::Digest { digest, serial: None } => Some((*digest, self.serial_of(&tag(digest))?)),
        })
    }

    fn serial_of(&self, tag: &Tag) -> Result<Option<Serial>> {
        match self.entry.usage {
            KeyUse::Legalisation => self.register.act_of_tag(tag),
            _ => self.register.serial_of_tag(tag),
        }
    }

    fn holds(&self, tag: &Tag, to: State, wanted: &Wanted) -> bool {
        self.history.past(tag).is_some_and(|past| match &wanted.successor {
            Some(successor) => past.successors.contains(successor),
            None => past.states.last() == Some(&to) && past.reason == wanted.reason,
        })
    }

    /// Whatever the key's list says, its history must have said: else its tail was cut, which the chain alone does not
    /// show. What other lists speak of as well was decided for another key too.
    fn check_tail(&self, pack: &Pack) -> Result<()> {
        let others = counting(pack, self.authority, self.entry.test, self.now);
        let others: Vec<_> = others.filter(|list| list.number() != self.number).collect();
        for list in &self.counting {
            for (tag, statement) in list.statements() {
                let state = State::from(statement);
                let told = self.history.past(&tag).is_some_and(|past| past.states.contains(&state));
                if told || others.iter().any(|other| other.statement(&tag).is_some()) {
                    continue;
                }
                let name = match self.serial_of(&tag)? {
                    Some(serial) => serial.to_string(),
                    None => format!("the document with the tag {}", hex(&tag)),
                };
                anyhow::bail!(
                    "the pack of {} says that {name} is {}, the ledger {} never did: it is older than the pack, put its newest copy back",
                    rfc3339(list.as_of()),
                    state.words(),
                    self.register.ledger().office().ledger().display()
                );
            }
        }
        Ok(())
    }
}

/// What the lists of a pack say, and the histories of all of these keys, which are of one authority and one world.
pub(super) fn decided_by(statuses: &[&Statuses<'_>], pack: &Pack) -> Decided {
    let Some(first) = statuses.first() else { return Decided::default() };
    let mut decided = Decided::in_pack(pack, first.authority, first.entry.test, first.now);
    for of_key in statuses {
        decided.count(of_key.history.seq());
        for (tag, Past { seq, states, .. }) in of_key.history.documents() {
            let earlier = states.iter().any(|state| *state != State::InForce);
            match states.last().and_then(|state| state.statement(*seq, earlier)) {
                Some(Statement::Withdrawn) => decided.settle(*tag, *seq),
                Some(statement) => decided.add(*tag, *seq, statement),
                None => {}
            }
        }
    }
    decided
}

fn state_of(decided: &Decided, tag: &Tag) -> State {
    decided.statement(tag).map_or(State::InForce, State::from)
}

/// The authority, the entry and the number of the status list of a key for documents or legalisations.
fn list_of<'p>(public: &PublicKey, pack: &'p Pack) -> Result<(&'p Authority, &'p KeyEntry, u64)> {
    let (id, found) = (hex(&public.id()), pack.trust().claims().find(public));
    let (authority, entry) = found
        .with_context(|| format!("the trust pack does not name the key {id}; give the pack that verifiers load"))?;
    let number = entry.status_list.with_context(|| {
        format!("the trust list names no status list for the key {id}, so the status of what it seals cannot change")
    })?;
    Ok((authority, entry, number))
}

/// Checks that a key may sign status lists of an authority for one world at a time.
pub(super) fn check_list_key(authority: &Authority, test: bool, list_key: &SealingKey, time: u64) -> Result<()> {
    let (id, public) = (hex(&list_key.id()), list_key.public());
    let entry = authority.keys.iter().find(|entry| entry.public == public && entry.usage == KeyUse::Status);
    let entry = entry.with_context(|| format!("the key {id} does not sign status lists of {}", authority.id))?;
    ensure!(
        entry.test == test,
        "the list key {id} and the documents belong to different worlds, live and test; its list would count for nothing"
    );
    ensure!(
        entry.may_sign_at(time) && entry.compromised_at.is_none(),
        "the list key {id} signs no more (from {} to {}); have the roots name a new one",
        rfc3339(entry.not_before),
        rfc3339(entry.not_after)
    );
    Ok(())
}

const DAY: u64 = 86_400;
