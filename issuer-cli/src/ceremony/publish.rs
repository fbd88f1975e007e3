//! A signed trust list put into the pack that verifiers load, with what belongs to it.

use anyhow::{Context, Result, ensure};
use credential_core::lists::{Authority, Dictionary, KeyUse, StatusClaims, StatusList, TrustClaims, TrustList};
use credential_core::sealing::SealingKey;
use credential_core::{Anchor, Pack};

use super::assemble::Assembly;
use super::signatures::SignedFile;
use crate::life::{Decided, NEXT_UPDATE};
use crate::refused::{open_pack, refused};

/// A list to publish.
pub struct Publish<'a> {
    /// The signed trust list.
    pub list: &'a [u8],
    /// The pack in force; none for a first list.
    pub held: Option<&'a [u8]>,
    /// Keys that sign status lists.
    pub list_keys: &'a [SealingKey],
    /// Dictionaries of profiles, those that the pack in force has not.
    pub dictionaries: &'a [Dictionary],
    /// Heads of registers that the list has come to name.
    pub register_heads: &'a [SignedFile],
    /// Files of such registers.
    pub register_files: &'a [SignedFile],
    /// Time of publishing.
    pub now: u64,
}

/// A published list.
pub struct Published {
    /// The new pack.
    pub pack: Vec<u8>,
    /// Its trust list.
    pub list: TrustList,
    /// That of the pack in force.
    pub held: Option<TrustList>,
    /// What was signed on the way, and what was left out, in words.
    pub signed: Vec<String>,
}

impl Publish<'_> {
    /// Makes the new pack; the caller then writes it.
    pub fn make(&self) -> Result<Published> {
        let held = self.held.map(open_pack).transpose()?;
        let list = open_list(self.list, held.as_ref())?;
        let claims = list.claims();
        let mut assembly = Assembly::default();
        let mut signed = Vec::new();
        if let (Some(bytes), Some(pack)) = (self.held, &held) {
            assembly.add_pack("the pack in force", bytes)?;
            self.settle_lists(claims, pack, &mut assembly, &mut signed)?;
        }
        self.first_status_lists(claims, held.as_ref(), &mut assembly, &mut signed)?;
        for dictionary in self.dictionaries {
            assembly.add_dictionary("a profile", dictionary.as_bytes());
        }
        self.register_heads.iter().for_each(|file| assembly.add_register_head(&file.name, &file.bytes));
        self.register_files.iter().for_each(|file| assembly.add_register_file(&file.name, &file.bytes));
        let pack = assembly.build(&list, held.as_ref(), self.now)?;
        check_registers(&pack, held.as_ref())?;
        Ok(Published { pack, list, held: held.map(|pack| pack.trust().clone()), signed })
    }

    /// What becomes of the status lists in force whose keys are not what they were.
    fn settle_lists(
        &self,
        claims: &TrustClaims,
        pack: &Pack,
        assembly: &mut Assembly,
        signed: &mut Vec<String>,
    ) -> Result<()> {
        for old in pack.statuses() {
            let name = format!("{}/{}", old.authority(), old.number());
            let authority = claims.authorities.iter().find(|authority| authority.id == old.authority());
            match authority.filter(|authority| old.counts_for(authority, old.is_test())) {
                Some(_) if StatusList::open(old.as_bytes(), claims).is_ok() => {}
                Some(authority) => {
                    let next = self.sign_again(old, authority, pack).with_context(|| format!("status list {name}"))?;
                    assembly.drop_status(old.as_bytes());
                    assembly.add_status("the new list key", &next);
                    signed.push(format!("status list {name} signed again, all states as they were"));
                }
                None => {
                    // what a thief of its key has stated must not be signed again: the histories alone know
                    assembly.drop_status(old.as_bytes());
                    signed.push(format!(
                        "status list {name} LEFT OUT: its key is stolen or no longer named, so it counts for nothing. \
                         Make it anew from the histories, with `issuer status renew`, before this pack is handed out"
                    ));
                }
            }
        }
        Ok(())
    }

    /// A list whose key has ended its service, signed by the authority's new key: each statement in its newest form.
    fn sign_again(&self, old: &StatusList, authority: &Authority, pack: &Pack) -> Result<Vec<u8>> {
        ensure!(self.now > old.as_of(), "it is of a later time than the clock's; set the clock");
        let test = old.is_test();
        let key = self
            .list_key(authority, test)
            .with_context(|| format!("its key signs no more, so another of {} must: give --list-key", authority.id))?;
        let decided = Decided::in_pack(pack, authority, test, self.now);
        let newest = old.statements().map(|(tag, said)| (tag, decided.statement(&tag).unwrap_or(said)));
        let claims = StatusClaims {
            seq: decided.seq().max(old.seq()),
            statements: newest.collect(),
            ..self.first(authority, old.number())
        };
        Ok(claims.sign(key))
    }

    /// A list that states nothing, for each key that no verifier has seen yet.
    fn first_status_lists(
        &self,
        claims: &TrustClaims,
        held: Option<&Pack>,
        assembly: &mut Assembly,
        signed: &mut Vec<String>,
    ) -> Result<()> {
        let entries = claims.authorities.iter().flat_map(|one| one.keys.iter().map(move |entry| (one, entry)));
        for (authority, entry) in entries {
            let Some(number) = entry.status_list else { continue };
            let name = format!("{}/{number}", authority.id);
            let is_there = |list: &StatusList| list.authority() == authority.id && list.number() == number;
            if held.is_some_and(|pack| pack.statuses().iter().any(is_there)) {
                continue;
            }
            // a new list would put documents into force that the lost one had withdrawn
            ensure!(
                held.is_none_or(|pack| pack.trust().claims().find(&entry.public).is_none()),
                "the pack in force has lost status list {name}; make it anew from the history of its key with \
                 `issuer status renew`, or put it back with `issuer pack build --status`"
            );
            let key = self.list_key(authority, entry.test).with_context(|| {
                format!(
                    "status list {name} must be signed by a key of {} for status lists: give --list-key",
                    authority.id
                )
            })?;
            let seq = held.map_or(0, |pack| Decided::in_pack(pack, authority, entry.test, self.now).seq());
            let first = StatusClaims { seq, ..self.first(authority, number) };
            assembly.add_status("the list key", &first.sign(key));
            signed.push(format!("first status list {name}: nothing is decided, all is in force"));
        }
        Ok(())
    }

    fn first(&self, authority: &Authority, number: u64) -> StatusClaims {
        StatusClaims {
            authority: authority.id.clone(),
            number,
            seq: 0,
            as_of: self.now,
            expires: self.now + NEXT_UPDATE,
            statements: [].into(),
        }
    }

    /// One of the given keys that may sign status lists of the authority now, for one world.
    fn list_key(&self, authority: &Authority, test: bool) -> Option<&SealingKey> {
        let may = |key: &&SealingKey| {
            authority.keys.iter().any(|entry| {
                entry.usage == KeyUse::Status
                    && entry.public == key.public()
                    && entry.test == test
                    && entry.may_sign_at(self.now)
                    && entry.compromised_at.is_none()
            })
        };
        self.list_keys.iter().find(may)
    }
}

/// A register that the list has come to fix is there, head and file: without them its documents are not listed.
fn check_registers(pack: &[u8], held: Option<&Pack>) -> Result<()> {
    let pack = open_pack(pack)?;
    for authority in &pack.trust().claims().authorities {
        for entry in &authority.keys {
            let Some(register) = entry.register.filter(|register| register.head.is_some()) else { continue };
            let before = held.and_then(|held| held.trust().claims().find(&entry.public)?.1.register);
            let there = pack.register(&authority.id, register.number).is_some_and(|(_, file)| file.is_some());
            ensure!(
                there || before == Some(register),
                "the list closes a key with register {}/{}: give its --register-head and --register-file",
                authority.id,
                register.number
            );
        }
    }
    Ok(())
}

fn open_list(bytes: &[u8], held: Option<&Pack>) -> Result<TrustList> {
    let list = match held {
        Some(pack) => TrustList::open_successor(bytes, pack.trust()),
        None => TrustList::open(bytes, Anchor::AsCarried),
    };
    let list = list.map_err(refused("the trust list is"))?;
    ensure!(
        held.is_some() || list.claims().version == 1,
        "this is version {} of the list; give the pack in force with --pack",
        list.claims().version
    );
    Ok(list)
}
