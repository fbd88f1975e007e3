//! A signed trust list put into the pack that verifiers load, with what belongs to it.

use anyhow::{Context, Result, ensure};
use credential_core::{
    Anchor, Authority, Dictionary, KeyUse, Pack, SealingKey, StatusList, StatusValue, TrustClaims, TrustList,
};

use super::assemble::Assembly;
use super::signatures::SignedFile;
use crate::life::NEXT_UPDATE;
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
    /// What was signed on the way, in words.
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
            self.sign_again(claims, pack, &mut assembly, &mut signed)?;
        }
        self.first_status_lists(claims, held.as_ref(), &mut assembly, &mut signed)?;
        for dictionary in self.dictionaries {
            assembly.add_dictionary("a profile", dictionary.as_bytes());
        }
        self.register_heads.iter().for_each(|file| assembly.add_register_head(&file.name, &file.bytes));
        self.register_files.iter().for_each(|file| assembly.add_register_file(&file.name, &file.bytes));
        let pack = assembly.build(&list, held.as_ref())?;
        check_registers(&pack, held.as_ref())?;
        Ok(Published { pack, list, held: held.map(|pack| pack.trust().clone()), signed })
    }

    /// Status lists whose key signs no more are signed by the authority's new key, with the same states.
    fn sign_again(
        &self,
        claims: &TrustClaims,
        pack: &Pack,
        assembly: &mut Assembly,
        signed: &mut Vec<String>,
    ) -> Result<()> {
        for old in pack.statuses().iter().filter(|list| StatusList::open(list.as_bytes(), claims).is_err()) {
            let name = format!("{}/{}", old.authority(), old.number());
            let authority = claims.authorities.iter().find(|authority| authority.id == old.authority());
            let authority = authority.with_context(|| format!("the list has no authority for status list {name}"))?;
            ensure!(self.now > old.as_of(), "status list {name} is of a later time than the clock's; set the clock");
            let key = self.list_key(authority).with_context(|| {
                format!(
                    "the key of status list {name} signs no more, so another of {} must: give --list-key",
                    authority.id
                )
            })?;
            assembly.drop_status(old.as_bytes());
            let values: Vec<_> = old.values().collect();
            assembly.add_status("the new list key", &self.sign(authority, old.number(), &values, key));
            signed.push(format!("status list {name} signed again, all states as they were"));
        }
        Ok(())
    }

    /// A list in which all is in force, for each key that no verifier has seen yet.
    fn first_status_lists(
        &self,
        claims: &TrustClaims,
        held: Option<&Pack>,
        assembly: &mut Assembly,
        signed: &mut Vec<String>,
    ) -> Result<()> {
        let entries = claims.authorities.iter().flat_map(|one| one.keys.iter().map(move |entry| (one, entry)));
        for (authority, entry) in entries {
            let KeyUse::Documents { status_list: Some(number), maximum_count, .. } = entry.usage else { continue };
            let name = format!("{}/{number}", authority.id);
            if held.is_some_and(|pack| pack.status_list(&authority.id, number).is_some()) {
                continue;
            }
            // a new list would put documents into force that the lost one had withdrawn
            ensure!(
                held.is_none_or(|pack| pack.trust().claims().find(&entry.public).is_none()),
                "the pack in force has lost status list {name}; put it back with `issuer pack build --status`"
            );
            let key = self.list_key(authority).with_context(|| {
                format!(
                    "status list {name} must be signed by a key of {} for status lists: give --list-key",
                    authority.id
                )
            })?;
            let values = vec![StatusValue::InForce; maximum_count as usize];
            assembly.add_status("the list key", &self.sign(authority, number, &values, key));
            signed.push(format!("first status list {name}: up to {maximum_count} documents, all in force"));
        }
        Ok(())
    }

    fn sign(&self, authority: &Authority, number: u64, values: &[StatusValue], key: &SealingKey) -> Vec<u8> {
        StatusList::sign(&authority.id, number, values, self.now, self.now + NEXT_UPDATE, key)
    }

    /// One of the given keys that may sign status lists of the authority now.
    fn list_key(&self, authority: &Authority) -> Option<&SealingKey> {
        let may = |key: &&SealingKey| {
            authority.keys.iter().any(|entry| {
                entry.usage == KeyUse::Status
                    && entry.public == key.public()
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
