//! What a program keeps from run to run: one pack an anchor that says all that was given (SPEC section 9, KEP).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::TrustStore;
use crate::fault::{FaultCode, PackFault, PackObject};
use crate::limits;
use crate::ordered;
use crate::pack::{Pack, PackContents};
use crate::register::RegisterHead;
use crate::state::TrustState;
use crate::status::StatusList;
use crate::time::UnixTime;
use crate::trust::{KeyUse, TrustList};

impl TrustStore {
    /// One pack with all that this store knows under an anchor and that can still count; the same for every order in
    /// which it came. It is opened again by [`TrustState::root`].
    ///
    /// A status list dated more than a day ahead of `now` is not in it. Register files are only where `with_files` says so: a telephone does without.
    ///
    /// # Errors
    /// `pack-malformed` if it would be larger than a pack may be.
    pub fn kept(&self, state: &TrustState, now: UnixTime, with_files: bool) -> Result<Vec<u8>, PackFault> {
        let links = links(state);
        let heads = self.heads(state);
        let files: Vec<_> =
            heads.iter().filter(|_| with_files).filter_map(|head| self.file_of(head)?.to_bytes(head).into()).collect();
        let contents = PackContents {
            trust: state.newest().as_bytes(),
            links: links.iter().map(|list| list.as_bytes()).collect(),
            statuses: self.statuses(state, now).iter().map(|list| list.as_bytes()).collect(),
            dictionaries: self.named_dictionaries(state),
            register_heads: heads.iter().map(|head| head.as_bytes()).collect(),
            register_files: files.iter().map(Vec::as_slice).collect(),
        };
        let fits = contents.links.len() <= limits::PACK_LINKS
            && contents.statuses.len() <= limits::PACK_STATUS_LISTS
            && contents.register_heads.len() <= limits::PACK_REGISTERS;
        let bytes = contents.to_bytes();
        if fits && bytes.len() <= limits::PACK_BYTES {
            Ok(bytes)
        } else {
            Err(PackFault::new(FaultCode::PackMalformed, PackObject::Pack, "PCK-1"))
        }
    }

    fn named_dictionaries(&self, state: &TrustState) -> Vec<&[u8]> {
        let authorities = state.lists().flat_map(|list| &list.claims().authorities);
        let named = ordered::set(authorities.flat_map(|one| &one.dictionaries));
        let held = self.packs.iter().flat_map(Pack::dictionaries).map(|one| (one.digest(), one.as_bytes()));
        ordered::map(held).into_iter().filter(|(digest, _)| named.contains(digest)).map(|(_, bytes)| bytes).collect()
    }

    /// Of each signing key the newest list of each number, and older ones that state what no newer one of it does. What
    /// another key states does not stand in for it: that key may be marked one day.
    fn statuses(&self, state: &TrustState, now: UnixTime) -> Vec<&StatusList> {
        let authorities: Vec<_> = state.authorities().collect();
        let counts = |list: &&StatusList| {
            let mut named = authorities.iter().filter(|one| one.id == list.authority() && !list.is_ahead(now));
            named.any(|one| state.speakers(one).any(|speaker| list.is_signed_by(speaker, list.is_test())))
        };
        let all = self.packs.iter().flat_map(Pack::statuses).filter(counts);
        let newest_first = |list: &StatusList| (Reverse((list.seq(), list.as_of())), list.expires(), list.digest());
        let mut kept: Vec<&StatusList> = Vec::new();
        for list in ordered::map(all.map(|list| (newest_first(list), list))).into_values() {
            let of_key = |one: &&&StatusList| {
                (one.authority(), one.is_test(), one.signer()) == (list.authority(), list.is_test(), list.signer())
            };
            let newer: Vec<_> = kept.iter().filter(of_key).copied().collect();
            let is_newest = newer.iter().all(|one| one.number() != list.number());
            if is_newest || list.statements().any(|(tag, _)| !newer.iter().any(|one| one.overrules(list, &tag))) {
                kept.push(list);
            }
        }
        let place = |list: &StatusList| (list.authority().to_owned(), list.number(), list.is_test(), list.digest());
        ordered::map(kept.into_iter().map(|list| (place(list), list))).into_values().collect()
    }

    /// Of each register the newest head of each signing key, and those that the roots have fixed.
    fn heads(&self, state: &TrustState) -> Vec<&RegisterHead> {
        let authorities: Vec<_> = state.authorities().collect();
        let entries = state.lists().flat_map(|list| list.claims().entries());
        let fixed = ordered::set(entries.filter_map(|(_, entry)| entry.register?.head));
        let is_named = |head: &RegisterHead| authorities.iter().any(|one| one.id == head.authority());
        let mut newest = BTreeMap::new();
        let mut kept = BTreeMap::new();
        for (head, _) in self.packs.iter().flat_map(Pack::registers).filter(|(head, _)| is_named(head)) {
            let place = (head.authority(), head.claims().number);
            if fixed.contains(&head.digest()) {
                kept.insert((place, head.digest()), head);
            }
            let of_key = newest.entry((place, head.signer().as_bytes())).or_insert(head);
            if head.age() > of_key.age() {
                *of_key = head;
            }
        }
        kept.extend(newest.into_iter().map(|((place, _), head)| ((place, head.digest()), head)));
        kept.into_values().collect()
    }
}

/// The lists of the line, besides the newest, that say what no newer one does: rotations, keys, authorities,
/// dictionaries; and those with which the newest conflicts.
fn links(state: &TrustState) -> Vec<&TrustList> {
    let mut keys = BTreeSet::new();
    let mut authorities = BTreeSet::new();
    let mut dictionaries = BTreeSet::new();
    let mut kept = Vec::new();
    for list in state.lists() {
        let claims = list.claims();
        let mut says = claims.follows.is_some();
        for authority in &claims.authorities {
            says |= authorities.insert(&authority.id);
            for digest in &authority.dictionaries {
                says |= dictionaries.insert(digest);
            }
            for entry in authority.keys.iter().filter(|entry| entry.usage != KeyUse::Status) {
                says |= keys.insert(entry.public.as_bytes());
            }
        }
        let conflicts = state.line().newest.iter().any(|one| one.id() == list.id());
        if (says || conflicts) && list.id() != state.newest().id() {
            kept.push(list);
        }
    }
    kept
}
