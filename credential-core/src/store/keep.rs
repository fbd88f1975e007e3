//! What a program keeps from run to run: one pack an anchor that says all that was given (SPEC section 9, KEP).

use super::TrustStore;
use crate::compaction::Dictionary;
use crate::fault::{FaultCode, PackFault, PackObject};
use crate::index::{self, Index, in_order};
use crate::limits;
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
        let named = self.packs().flat_map(Pack::dictionaries).filter(|one| state.has_dictionary(&one.digest()));
        in_order(named, |one| one.digest().to_vec()).into_iter().map(Dictionary::as_bytes).collect()
    }

    /// Of each signing key the newest list of each number, and older ones that state what no newer one of it does. What
    /// another key states does not stand in for it: that key may be marked one day.
    fn statuses(&self, state: &TrustState, now: UnixTime) -> Vec<&StatusList> {
        let authorities: Vec<_> = state.authorities().collect();
        let counts = |list: &&StatusList| {
            let mut named = authorities.iter().filter(|one| one.id == list.authority() && !list.is_ahead(now));
            named.any(|one| state.speakers(one).any(|speaker| list.is_signed_by(speaker, list.is_test())))
        };
        let all = self.packs().flat_map(Pack::statuses).filter(counts);
        let newest_first =
            |list: &&StatusList| index::name(&[!list.seq(), !list.as_of(), list.expires()], &list.digest());
        let mut kept: Vec<&StatusList> = Vec::new();
        for list in in_order(all, newest_first) {
            let of_key = |one: &&&StatusList| {
                (one.authority(), one.is_test(), one.signer()) == (list.authority(), list.is_test(), list.signer())
            };
            let newer: Vec<_> = kept.iter().filter(of_key).copied().collect();
            let is_newest = newer.iter().all(|one| one.number() != list.number());
            if is_newest || list.statements().any(|(tag, _)| !newer.iter().any(|one| one.overrules(list, &tag))) {
                kept.push(list);
            }
        }
        in_order(kept.into_iter(), |list| {
            let authority = list.authority().as_bytes();
            [authority, &index::name(&[0, list.number(), list.is_test().into()], &list.digest())].concat()
        })
    }

    /// Of each register the newest head of each signing key, and those that the roots have fixed.
    fn heads(&self, state: &TrustState) -> Vec<&RegisterHead> {
        let authorities: Vec<_> = state.authorities().collect();
        let entries = state.lists().flat_map(|list| list.claims().entries());
        let fixed: Index = entries.filter_map(|(_, entry)| entry.fixed_head()).collect();
        let is_named = |head: &&RegisterHead| authorities.iter().any(|one| one.id == head.authority());
        let heads = || self.packs().flat_map(Pack::registers).map(|(head, _)| head).filter(is_named);
        let place = |head: &RegisterHead| {
            [head.authority().as_bytes(), &index::name(&[0, head.claims().number.into()], &[])].concat()
        };
        let mut places = Index::default();
        let mut newest: Vec<&RegisterHead> = Vec::new();
        for head in heads() {
            let at = places.place(&[&place(head), head.signer().as_bytes().as_slice()].concat(), newest.len());
            match newest.get_mut(at) {
                Some(of_key) if head.age() > of_key.age() => *of_key = head,
                Some(_) => {}
                None => newest.push(head),
            }
        }
        let kept = heads().filter(|head| fixed.has(&head.digest())).chain(newest);
        in_order(kept, |head| [place(head), head.digest().to_vec()].concat())
    }
}

/// The lists of the line, besides the newest, that say what no newer one does: rotations, lists that disown, keys,
/// authorities, dictionaries; and those with which the newest conflicts.
fn links(state: &TrustState) -> Vec<&TrustList> {
    let (mut keys, mut authorities, mut dictionaries) = (Index::default(), Index::default(), Index::default());
    let mut kept = Vec::new();
    for list in state.lists() {
        let claims = list.claims();
        let mut says = claims.follows.is_some() || !claims.disowned.is_empty();
        for authority in &claims.authorities {
            says |= authorities.add(authority.id.as_bytes());
            for digest in &authority.dictionaries {
                says |= dictionaries.add(digest);
            }
            for entry in authority.keys.iter().filter(|entry| entry.usage != KeyUse::Status) {
                says |= keys.add(entry.public.as_bytes());
            }
        }
        let conflicts = state.line().newest.iter().any(|one| one.id() == list.id());
        if (says || conflicts) && list.id() != state.newest().id() {
            kept.push(list);
        }
    }
    kept
}
