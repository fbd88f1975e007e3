//! Everything that a verifier has been given: the packs, as a set, and what follows from them under each anchor.

mod keep;

use std::sync::Arc;

use crate::claims::Serial;
use crate::compaction::Dictionary;
use crate::envelope::Object;
use crate::index::Index;
use crate::key::KeyId;
use crate::pack::Pack;
use crate::register::{self, RegisterFile, RegisterHead, RegisterShelf};
use crate::state::{Candidate, TrustState};
use crate::status::StatusList;
use crate::time::UnixTime;
use crate::trust::{Authority, Known, ListId, RootSet, TrustList, Void};
use crate::words::Text;

/// Loaded packs and the anchors under which they count. What it says depends on neither order nor grouping of the packs.
#[derive(Clone, Debug, Default)]
pub struct TrustStore {
    packs: Vec<Arc<Pack>>,
    held: Vec<[u8; 32]>,
    countries: Vec<([u8; 32], Vec<String>)>,
    paired: Vec<String>,
    states: Vec<TrustState>,
    void: Vec<(ListId, Void)>,
    rivals: Vec<String>,
    status_age: StatusAge,
    shelf: Option<Arc<dyn RegisterShelf>>,
}

/// When a status is old (VER-10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusAge {
    /// When the list itself says so, or the trust list beside it is past its next update.
    #[default]
    AsListed,
    /// When its state is more than so many seconds old, whatever the list says: its user has decided.
    AtMost(u64),
    /// Never: its user has decided that the state of the day shown is good enough.
    Any,
}

/// Where a trust list stands among those of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListPlace {
    /// It is the newest of its line.
    Newest,
    /// It is on a line whose newest list has this version.
    Older(u32),
    /// It stands beside another list, and neither contains the other.
    Conflict,
    /// It is as if it had never been given.
    Void(Void),
    /// Its line comes from here, over roots of which the rotation was not given.
    LinkMissing,
    /// It is of roots that are neither held nor reached.
    Foreign,
}

impl TrustStore {
    /// A store without packs: nothing can be judged.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a pack; its anchor, if it was opened by one, is held from now on.
    pub fn add(&mut self, pack: impl Into<Arc<Pack>>) {
        let pack = pack.into();
        let anchor = pack.anchor().copied();
        self.packs.push(pack);
        match anchor {
            Some(anchor) => self.hold(anchor),
            None => self.refresh(),
        }
    }

    /// Holds the root set with this fingerprint as an anchor.
    pub fn hold(&mut self, root: [u8; 32]) {
        if let Err(place) = self.held.binary_search(&root) {
            self.held.insert(place, root);
        }
        self.refresh();
    }

    /// Lets an anchor speak for these countries only; without this it speaks for all that its lists name (ANC-2).
    pub fn limit(&mut self, anchor: [u8; 32], countries: impl IntoIterator<Item = String>) {
        self.countries.retain(|(limited, _)| *limited != anchor);
        self.countries.push((anchor, countries.into_iter().collect()));
        self.refresh();
    }

    /// Lets an authority count although it, or one that looks like it, is named under two anchors (ANC-3).
    pub fn pair(&mut self, authority: &str) {
        self.paired.push(authority.into());
        self.refresh();
    }

    /// Judges status lists by another age than the one that each list says.
    pub fn with_status_age(self, status_age: StatusAge) -> Self {
        Self { status_age, ..self }
    }

    /// Looks registers up where they lie, if no pack has the file.
    pub fn with_shelf(self, shelf: Arc<dyn RegisterShelf>) -> Self {
        Self { shelf: Some(shelf), ..self }
    }

    /// The packs.
    pub fn packs(&self) -> impl ExactSizeIterator<Item = &Pack> + Clone {
        self.packs.iter().map(|pack| &**pack)
    }

    /// What is known, anchor by anchor.
    pub fn states(&self) -> &[TrustState] {
        &self.states
    }

    /// Authorities that count under no anchor because two name them, or one that looks like them (ANC-3).
    pub fn rivals(&self) -> impl Iterator<Item = &str> {
        self.rivals.iter().map(String::as_str)
    }

    /// Where a list stands.
    pub fn place(&self, list: &TrustList) -> ListPlace {
        if let Some((_, why)) = self.void.iter().find(|(void, _)| *void == list.id()) {
            return ListPlace::Void(*why);
        }
        let of_line = self.states.iter().find(|state| state.lists().any(|one| one.id() == list.id()));
        match of_line {
            Some(state) if state.conflict().is_some_and(|mut newest| newest.any(|one| one.id() == list.id())) => {
                ListPlace::Conflict
            }
            Some(state) if state.newest().id() == list.id() => ListPlace::Newest,
            Some(state) => ListPlace::Older(state.newest().claims().version),
            None if self.states.iter().any(|state| state.line().is_named_by(list)) => ListPlace::LinkMissing,
            None => ListPlace::Foreign,
        }
    }

    /// The state follows from the set: anchors, lists, and which authorities count under which anchor.
    fn refresh(&mut self) {
        let known = Known::of(self.packs().flat_map(Pack::lists).cloned());
        self.void = known.void.iter().map(|(list, why)| (list.id(), *why)).collect();
        let mut states: Vec<TrustState> = Vec::new();
        for anchor in &self.held {
            let Some(line) = known.line(anchor) else { continue };
            match states.iter_mut().find(|state| state.line().is(&line)) {
                Some(state) => state.add_anchor(*anchor),
                None => {
                    let overtaken = self.packs().filter(|pack| pack.lists().any(|list| line.ends_in(list)));
                    let overtaken = overtaken.into_iter().all(Pack::is_overtaken);
                    states.push(TrustState::new(line, *anchor, overtaken));
                }
            }
        }
        // an anchor that has handed over to one that is held adds nothing of its own
        let moved: Vec<bool> = states.iter().map(|state| is_moved(state, &states)).collect();
        let mut moved = moved.into_iter();
        states.retain(|_| moved.next() != Some(true));
        self.rivals = self.rivals_of(&states);
        for state in &mut states {
            let anchors = state.anchors().to_vec();
            state.index(&|one| !self.rivals.contains(&one.id) && self.is_in_its_country(&anchors, one));
        }
        self.states = states;
    }

    fn is_in_its_country(&self, anchors: &[[u8; 32]], authority: &Authority) -> bool {
        let mut limits = self.countries.iter().filter(|(anchor, _)| anchors.contains(anchor)).peekable();
        limits.peek().is_none() || limits.any(|(_, countries)| countries.contains(&authority.country))
    }

    /// Ids of authorities of which two anchors name the same, or two in one country that look alike (ANC-3).
    fn rivals_of(&self, states: &[TrustState]) -> Vec<String> {
        let mut looks = Index::default();
        let mut named: Vec<Vec<(usize, &str)>> = Vec::new();
        for (at, state) in states.iter().enumerate() {
            for one in state.authorities().filter(|one| self.is_in_its_country(state.anchors(), one)) {
                for look in one.names.iter().map(|(_, name)| look(one, name)).chain([one.id.clone()]) {
                    looks.among(look.as_bytes(), &mut named).push((at, &one.id));
                }
            }
        }
        let under_two = |places: &&Vec<(usize, &str)>| places.iter().any(|(state, _)| *state != places[0].0);
        let mut ids = Index::default();
        let alike = named.iter().filter(under_two).flatten().filter(|(_, id)| ids.add(id.as_bytes()));
        alike.map(|(_, id)| (*id).to_owned()).filter(|id| !self.paired.contains(id)).collect()
    }

    /// Whether what a status list says is old at `now`, by the list itself and by the trust list that decides.
    pub(crate) fn is_old(&self, list: &StatusList, signer: &Candidate<'_>, now: UnixTime) -> bool {
        let state = signer.state;
        let is_final = signer.authority.final_lists.contains(&list.digest());
        let past = now >= state.claims().next_update;
        match self.status_age {
            StatusAge::AsListed if is_final => state.is_before(now) || past,
            StatusAge::AsListed => state.is_before(now) || list.is_old(now) || past,
            StatusAge::AtMost(seconds) => state.is_before(now) || now.saturating_sub(list.as_of()) > seconds,
            StatusAge::Any => false,
        }
    }

    /// The status lists that count for what a key has sealed (VER-4).
    pub(crate) fn current_lists<'s>(
        &'s self,
        signer: &Candidate<'s>,
        now: UnixTime,
    ) -> impl Iterator<Item = &'s StatusList> {
        let Candidate { state, authority, entry, issuer: _ } = *signer;
        let speakers: Vec<_> = state.speakers(authority).collect();
        let lists = self.packs().flat_map(Pack::statuses);
        let of_authority = lists.filter(move |list| list.authority() == authority.id && !list.is_ahead(now));
        of_authority.filter(move |list| speakers.iter().any(|speaker| list.is_signed_by(speaker, entry.test)))
    }

    /// The register that lists what a key has sealed: the head that the roots have fixed, else the newest (REG-7).
    pub(crate) fn register<'s>(
        &'s self,
        signer: &Candidate<'s>,
    ) -> Option<(&'s RegisterHead, Option<&'s RegisterFile>)> {
        let number = signer.entry.register_number()?;
        let registers = || self.packs().flat_map(Pack::registers);
        let counts = |head: &RegisterHead| {
            head.is_of(&signer.authority.id, number) && head.covers(signer.entry, signer.authority)
        };
        let heads = registers().map(|(head, _)| head).filter(|head| counts(head));
        let head = heads.max_by_key(|head| head.age())?;
        Some((head, self.file_of(head)))
    }

    /// What the shelf says of what has this serial and this digest.
    pub(crate) fn shelved(&self, head: &RegisterHead, serial: &Serial, digest: &[u8; 32]) -> Option<bool> {
        self.shelf.as_ref()?.lists(head, &register::entry_of(serial, digest))
    }

    /// The file of a head, if a pack has it.
    pub fn file_of(&self, head: &RegisterHead) -> Option<&RegisterFile> {
        let mut files = self.packs().flat_map(Pack::registers).filter_map(|(_, file)| file);
        files.find(|file| *file.digest() == head.claims().entries && file.count() == head.claims().count)
    }

    /// The keys with this id that may seal such an object, under each anchor.
    pub(crate) fn candidates(&self, kid: KeyId, object: Object) -> impl Iterator<Item = Candidate<'_>> {
        self.states.iter().flat_map(move |state| state.candidates(kid, object))
    }

    /// The different dictionaries with this id that a list of some line names, by their SHA-256; eight at most (ZIP-5).
    pub(crate) fn dictionaries(&self, id: u32) -> Vec<&Dictionary> {
        let mut known = Vec::new();
        let mut digests = Index::default();
        for dictionary in self.packs().flat_map(Pack::dictionaries).filter(|dictionary| dictionary.id() == id) {
            digests.place(&dictionary.digest(), known.len());
            known.push(dictionary);
        }
        let is_named = |one: &&Dictionary| self.states.iter().any(|state| state.has_dictionary(&one.digest()));
        digests.places().map(|place| known[place]).filter(is_named).take(MOST_TRIES).collect()
    }
}

/// Whether the roots of another state have taken over from every anchor of this one.
fn is_moved(state: &TrustState, states: &[TrustState]) -> bool {
    states.iter().any(|other| took_over(other, state) && !took_over(state, other))
}

fn took_over(other: &TrustState, state: &TrustState) -> bool {
    let from = |list: &TrustList| list.claims().follows.as_ref().map(RootSet::fingerprint);
    state.anchors().iter().all(|anchor| other.lists().any(|list| from(list) == Some(*anchor)))
}

/// A name as a hurried reader sees it: case and gaps do not tell two boards of a country apart (ANC-3).
fn look(authority: &Authority, name: &Text) -> String {
    let letters = name.as_str().chars().filter(|one| !one.is_whitespace()).map(small);
    [&authority.country, ":"].into_iter().flat_map(|text| text.chars()).chain(letters).collect()
}

/// The small letter of a capital of the Latin, Greek and Cyrillic blocks: the tables of Unicode are larger than all of this.
fn small(letter: char) -> char {
    let step = match u32::from(letter) {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x391..=0x3A1 | 0x3A3..=0x3AB | 0x410..=0x42F => 0x20,
        0x400..=0x40F => 0x50,
        code @ (0x100..=0x136 | 0x14A..=0x176) if code % 2 == 0 => 1,
        code @ (0x139..=0x147 | 0x179..=0x17D) if code % 2 == 1 => 1,
        _ => 0,
    };
    char::from_u32(u32::from(letter) + step).unwrap_or(letter)
}

/// Dictionaries tried for one code: checksums can be made to agree (ZIP-5).
const MOST_TRIES: usize = 8;
