//! A status list for a key of a ministry that legalises: all in force, put into the pack, and that key's alone.

use anyhow::{Context, Result, ensure};
use credential_core::{Dictionary, KeyUse, Pack, PublicKey, SealingKey, StatusList, StatusValue};
use sha2::{Digest, Sha256};

use super::statuses::check_list_key;
use super::{NEXT_UPDATE, pack_file};
use crate::batch::{Register, hex};

/// A list to make.
pub struct FirstList<'a> {
    /// The pack in force.
    pub pack: &'a [u8],
    /// The ministry's key whose acts are to stand in it.
    pub key: &'a PublicKey,
    /// The list's number.
    pub number: u64,
    /// How many acts it has place for.
    pub places: u32,
    /// The key that signs the ministry's status lists.
    pub list_key: &'a SealingKey,
    /// The dictionary of the ministry's profile, if the trust list names it.
    pub dictionary: Option<&'a Dictionary>,
    /// The time.
    pub now: u64,
}

impl FirstList<'_> {
    /// The bytes of the new pack, and the ministry's id. The list stands in the key's register before the pack is
    /// handed out: a run that was killed in between is run again to the same bytes.
    pub fn make(&self, register: &mut Register) -> Result<(Vec<u8>, String)> {
        let (pack, mut contents) = pack_file::take_apart(self.pack)?;
        let (id, number) = (hex(&self.key.id()), self.number);
        let found = pack.trust().claims().find(self.key);
        let (authority, entry) = found.with_context(|| format!("the trust list does not name the key {id}"))?;
        ensure!(entry.usage == KeyUse::Legalisation, "the key {id} of {} does not legalise", authority.id);
        ensure!(
            pack.status_list(&authority.id, number).is_none(),
            "{} has the status list {number} already; another would put withdrawn acts into force again: give another \
             number with --status-list",
            authority.id
        );
        ensure!(
            register.acts_in(number)? == 0,
            "acts stand in the status list {number} already, and the pack has lost it: give the pack in force, or put the \
             list back with `issuer pack build`"
        );
        let known = register.first_list(number)?;
        let list = match &known {
            Some(list) => self.check_same(list, &pack)?,
            None => {
                check_list_key(authority, self.list_key, self.now)?;
                let values = vec![StatusValue::InForce; self.places as usize];
                StatusList::sign(&authority.id, number, &values, self.now, self.now + NEXT_UPDATE, self.list_key)
            }
        };
        contents.statuses.push(&list);
        if let Some(dictionary) = self.dictionary {
            let digest: [u8; 32] = Sha256::digest(dictionary.as_bytes()).into();
            let named = authority.dictionaries.contains(&digest);
            if named && !contents.dictionaries.contains(&dictionary.as_bytes()) {
                contents.dictionaries.push(dictionary.as_bytes());
            }
        }
        let bytes = pack_file::successor(&contents, &pack)?;
        if known.is_none() {
            register.record_list(number, &list)?;
        }
        Ok((bytes, authority.id.clone()))
    }

    /// The list of a run that was stopped.
    fn check_same(&self, list: &[u8], pack: &Pack) -> Result<Vec<u8>> {
        let opened = StatusList::open(list, pack.trust().claims()).map_err(|reason| {
            anyhow::anyhow!(
                "the status list {} that was begun is refused now: {reason}; give another number",
                self.number
            )
        })?;
        let places = opened.values().count();
        ensure!(
            places == self.places.next_multiple_of(4) as usize, // a byte of a list has four
            "the status list {} was made with place for {places} acts; give that number with --places, or another list's \
             number",
            self.number
        );
        Ok(list.to_vec())
    }
}
