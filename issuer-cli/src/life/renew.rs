//! Status lists that say the same as before, as of today: so that verifiers see how fresh they are.

use anyhow::{Context, Result, ensure};
use credential_core::{Authority, KeyEntry, KeyUse, Pack, SealingKey, StatusList, StatusValue};

use super::Source;
use super::history::history_path;
use super::pack_file::{self, NextStatus};
use super::statuses::{Statuses, check_list_key, next_list};
use crate::batch::{RegisterReader, hex, register_path};

/// Status lists to sign again.
pub struct Renew<'a> {
    /// The keys whose documents the lists speak of: without their histories nobody knows whether a list is the last word.
    pub keys: &'a [Source<'a>],
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

impl Renew<'_> {
    /// Makes the new pack; the caller then writes it. No history is changed.
    pub fn make(&self) -> Result<Renewed> {
        let (pack, contents) = pack_file::take_apart(self.pack)?;
        self.check_keys(&pack)?;
        let (mut next, mut lists, mut left) = (Vec::new(), Vec::new(), Vec::new());
        for list in pack.statuses() {
            let name = format!("{}/{}", list.authority(), list.number());
            match self.renew(list, &pack).with_context(|| format!("status list {name}"))? {
                Ok(renewed) => {
                    next.push(renewed);
                    lists.push(name);
                }
                Err(missing) => left.push(format!("{name}: {missing}")),
            }
        }
        ensure!(!lists.is_empty(), "no list was renewed:\n  {}", left.join("\n  "));
        let bytes = pack_file::with_statuses(contents, &pack, &next)?;
        Ok(Renewed { pack: bytes, lists, left })
    }

    fn check_keys(&self, pack: &Pack) -> Result<()> {
        for source in self.keys {
            let named = pack.trust().claims().find(&source.public).is_some();
            ensure!(named, "the trust pack does not name the key {}", source.key.display());
        }
        Ok(())
    }

    /// The list that follows, or what is missing for it.
    fn renew<'p>(&self, list: &'p StatusList, pack: &'p Pack) -> Result<Result<NextStatus<'p>, String>> {
        let authorities = &pack.trust().claims().authorities;
        let authority = authorities.iter().find(|authority| authority.id == list.authority());
        let authority = authority.context("the trust list does not name its authority")?;
        let Some(list_key) = self.list_key(authority) else {
            return Ok(Err("none of the keys with --list-key signs it".into()));
        };
        let source = match self.source(list, authority)? {
            Ok(source) => source,
            Err(missing) => return Ok(Err(missing)),
        };
        check_list_key(authority, list_key, self.now)?;
        if register_path(source.key).exists() || history_path(source.key).exists() {
            let statuses = Statuses::open(source.key, &source.public, pack)?;
            statuses.check_clock(self.now)?;
            let mut lists = statuses.sign(list_key, self.now)?.into_iter();
            let next = lists.find(|next| next.held == list.as_bytes());
            return next.map(Ok).context("it is not among the lists of its key");
        }
        let unchanged: Vec<_> = list.values().collect();
        ensure!(
            unchanged.iter().all(|value| *value == StatusValue::InForce) && self.now >= list.as_of(),
            "it speaks of documents, but there is no register beside {}; put register and history back",
            source.key.display()
        );
        Ok(Ok(next_list(list, &unchanged, list_key, self.now)))
    }

    /// The key of whose documents or acts a list speaks, or what is missing for it.
    fn source(&self, list: &StatusList, authority: &Authority) -> Result<Result<&Source<'_>, String>> {
        let is_of_list = |entry: &&KeyEntry| matches!(entry.usage, KeyUse::Documents { status_list: Some(number), .. } if number == list.number());
        match authority.keys.iter().filter(is_of_list).collect::<Vec<_>>()[..] {
            [entry] => {
                let source = self.keys.iter().find(|source| source.public == entry.public);
                Ok(source.ok_or_else(|| format!("its key {} is not named with --key", hex(&entry.public.id()))))
            }
            [] => self.ministry_source(list, authority),
            _ => Ok(Err("it is not the list of one key".into())),
        }
    }

    /// The key of a ministry whose register has the list.
    fn ministry_source(&self, list: &StatusList, authority: &Authority) -> Result<Result<&Source<'_>, String>> {
        let legalises = |source: &&Source<'_>| {
            let mut keys = authority.keys.iter();
            keys.any(|entry| entry.public == source.public && entry.usage == KeyUse::Legalisation)
        };
        let mut found = Vec::new();
        for source in self.keys.iter().filter(legalises) {
            let lists = RegisterReader::open(&register_path(source.key))?.act_lists()?;
            found.extend(lists.iter().any(|(number, _)| *number == list.number()).then_some(source));
        }
        Ok(match found[..] {
            [source] => Ok(source),
            [] => Err("it is the list of none of the keys named with --key, or their registers were lost".into()),
            _ => {
                Err("several registers have it, so that two acts may have one place; withdraw those of one key".into())
            }
        })
    }

    fn list_key(&self, authority: &Authority) -> Option<&SealingKey> {
        self.list_keys.iter().find(|key| authority.keys.iter().any(|entry| entry.public == key.public()))
    }
}
