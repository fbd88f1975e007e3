//! Everything that a verifier has been given: the packs, as a set, and what follows from them under each anchor.

mod keep;

use std::collections::{BTreeMap, BTreeSet};

use crate::compaction::Dictionary;
use crate::envelope::Object;
use crate::key::KeyId;
use crate::ordered;
use crate::pack::Pack;
use crate::register::{RegisterFile, RegisterHead};
use crate::state::{Candidate, TrustState};
use crate::status::StatusList;
use crate::time::UnixTime;
use crate::trust::{Authority, Known, ListId, RootSet, TrustList, Void};

/// Loaded packs and the anchors under which they count. What it says depends on neither order nor grouping of the packs.
#[derive(Clone, Debug, Default)]
pub struct TrustStore {
    packs: Vec<Pack>,
    held: BTreeSet<[u8; 32]>,
    countries: BTreeMap<[u8; 32], BTreeSet<String>>,
    paired: BTreeSet<String>,
    states: Vec<TrustState>,
    void: BTreeMap<ListId, Void>,
    rivals: BTreeSet<String>,
    status_age: StatusAge,
}

/// When a status is old (VER-9).
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
    pub fn add(&mut self, pack: Pack) {
        self.held.extend(pack.anchor());
        self.packs.push(pack);
        self.refresh();
    }

    /// Holds the root set with this fingerprint as an anchor.
    pub fn hold(&mut self, root: [u8; 32]) {
        self.held.insert(root);
        self.refresh();
    }

    /// Lets an anchor speak for these countries only; without this it speaks for all that its lists name (ANC-2).
    pub fn limit(&mut self, anchor: [u8; 32], countries: impl IntoIterator<Item = String>) {
        self.countries.insert(anchor, ordered::set(countries));
        self.refresh();
    }

    /// Lets an authority count although it, or one that looks like it, is named under two anchors (ANC-3).
    pub fn pair(&mut self, authority: &str) {
        self.paired.insert(authority.into());
        self.refresh();
    }

    /// Judges status lists by another age than the one that each list says.
    pub fn with_status_age(self, status_age: StatusAge) -> Self {
        Self { status_age, ..self }
    }

    /// The packs.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
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
        if let Some(why) = self.void.get(&list.id()) {
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
        let known = Known::of(self.packs.iter().flat_map(Pack::lists).cloned());
        self.void = ordered::map(known.void.iter().map(|(list, why)| (list.id(), *why)));
        let mut states: BTreeMap<Vec<_>, TrustState> = BTreeMap::new();
        for anchor in &self.held {
            let Some(line) = known.line(anchor) else { continue };
            let place: Vec<_> = line.newest.iter().map(|list| list.id()).collect();
            match states.get_mut(&place) {
                Some(state) => state.add_anchor(*anchor),
                None => {
                    let serves = |pack: &&Pack| pack.lists().any(|list| place.contains(&list.id()));
                    let overtaken = self.packs.iter().filter(serves).all(Pack::is_overtaken);
                    states.insert(place, TrustState::new(line, *anchor, overtaken));
                }
            }
        }
        let mut states: Vec<_> = states.into_values().collect();
        // an anchor that has handed over to one that is held adds nothing of its own
        let moved: Vec<bool> = states.iter().map(|state| is_moved(state, &states)).collect();
        let mut moved = moved.into_iter();
        states.retain(|_| moved.next() != Some(true));
        let mut rivals = rivals(&states, &|state, authority| self.is_in_its_country(state, authority));
        rivals.retain(|id| !self.paired.contains(id));
        let index: Vec<_> = states
            .iter()
            .map(|state| {
                let counts = |one: &&Authority| !rivals.contains(&one.id) && self.is_in_its_country(state, one);
                ordered::set(state.authorities().filter(counts).map(|one| one.id.clone()))
            })
            .collect();
        for (state, counting) in states.iter_mut().zip(index) {
            state.index(&|authority| counting.contains(&authority.id));
        }
        (self.states, self.rivals) = (states, rivals);
    }

    fn is_in_its_country(&self, state: &TrustState, authority: &Authority) -> bool {
        let limits: Vec<_> = state.anchors().iter().filter_map(|anchor| self.countries.get(anchor)).collect();
        limits.is_empty() || limits.iter().any(|countries| countries.contains(&authority.country))
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
        let lists = self.packs.iter().flat_map(Pack::statuses);
        let of_authority = lists.filter(move |list| list.authority() == authority.id && !list.is_ahead(now));
        of_authority.filter(move |list| speakers.iter().any(|speaker| list.is_signed_by(speaker, entry.test)))
    }

    /// The register that lists what a key has sealed: the head that the roots have fixed, else the newest (REG-7).
    pub(crate) fn register<'s>(
        &'s self,
        signer: &Candidate<'s>,
    ) -> Option<(&'s RegisterHead, Option<&'s RegisterFile>)> {
        let number = signer.entry.register_number()?;
        let registers = || self.packs.iter().flat_map(Pack::registers);
        let counts = |head: &RegisterHead| {
            head.is_of(&signer.authority.id, number) && head.covers(signer.entry, signer.authority)
        };
        let heads = registers().map(|(head, _)| head).filter(|head| counts(head));
        let head = heads.max_by_key(|head| head.age())?;
        Some((head, self.file_of(head)))
    }

    fn file_of(&self, head: &RegisterHead) -> Option<&RegisterFile> {
        let mut files = self.packs.iter().flat_map(Pack::registers).filter_map(|(_, file)| file);
        files.find(|file| *file.digest() == head.claims().entries && file.count() == head.claims().count)
    }

    /// The keys with this id that may seal such an object, under each anchor.
    pub(crate) fn candidates(&self, kid: KeyId, object: Object) -> impl Iterator<Item = Candidate<'_>> {
        self.states.iter().flat_map(move |state| state.candidates(kid, object))
    }

    /// The different dictionaries with this id that a list of some line names, by their SHA-256; eight at most (ZIP-5).
    pub(crate) fn dictionaries(&self, id: u32) -> Vec<&Dictionary> {
        let with_id = self.packs.iter().flat_map(Pack::dictionaries).filter(|dictionary| dictionary.id() == id);
        let by_digest = ordered::map(with_id.map(|dictionary| (dictionary.digest(), dictionary)));
        let lists = || self.states.iter().flat_map(TrustState::lists);
        let is_named = |digest: &[u8; 32]| {
            let mut authorities = lists().flat_map(|list| &list.claims().authorities);
            authorities.any(|authority| authority.dictionaries.contains(digest))
        };
        let named = by_digest.into_iter().filter(|(digest, _)| is_named(digest));
        named.map(|(_, dictionary)| dictionary).take(MOST_TRIES).collect()
    }
}

/// Whether the roots of another state have taken over from every anchor of this one.
fn is_moved(state: &TrustState, states: &[TrustState]) -> bool {
    states.iter().any(|other| took_over(other, state) && !took_over(state, other))
}

fn took_over(other: &TrustState, state: &TrustState) -> bool {
    let from = |list: &TrustList| list.claims().follows.as_ref().map(RootSet::fingerprint);
    let roots = ordered::set(other.lists().filter_map(from));
    state.anchors().iter().all(|anchor| roots.contains(anchor))
}

/// Ids of authorities of which two anchors name the same, or two in one country that look alike (ANC-3).
fn rivals(states: &[TrustState], counts: &dyn Fn(&TrustState, &Authority) -> bool) -> BTreeSet<String> {
    let mut named: BTreeMap<String, BTreeSet<(usize, &str)>> = BTreeMap::new();
    for (at, state) in states.iter().enumerate() {
        for one in state.authorities().filter(|one| counts(state, one)) {
            let names = one.names.iter().map(|(_, name)| [one.country.as_str(), ":", &folded(name.as_str())].concat());
            for looks in names.chain([one.id.clone()]) {
                named.entry(looks).or_default().insert((at, &one.id));
            }
        }
    }
    let under_two = |places: &BTreeSet<(usize, &str)>| {
        places.first().zip(places.last()).is_some_and(|((first, _), (last, _))| first != last)
    };
    let alike = named.into_values().filter(under_two).flatten();
    ordered::set(alike.map(|(_, id)| id.to_owned()))
}

/// A name as a hurried reader sees it: case and the width of gaps do not tell two boards apart.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Dictionaries tried for one code: checksums can be made to agree (ZIP-5).
const MOST_TRIES: usize = 8;
