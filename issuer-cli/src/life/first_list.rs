//! The first status list of a ministry that legalises: all in force, put into the pack.

use anyhow::{Context, Result, ensure};
use credential_core::{Dictionary, Role, SealingKey, StatusList, StatusValue};
use sha2::{Digest, Sha256};

use super::{NEXT_UPDATE, pack_file};

/// A list to make.
pub struct FirstList<'a> {
    /// The pack in force.
    pub pack: &'a [u8],
    /// The ministry's id.
    pub authority: &'a str,
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
    /// The bytes of the new pack.
    pub fn make(&self) -> Result<Vec<u8>> {
        let (pack, mut contents) = pack_file::open(self.pack)?;
        let authority = pack.trust().claims().authorities.iter().find(|one| one.id == self.authority);
        let authority = authority.with_context(|| format!("the trust list does not name {}", self.authority))?;
        ensure!(authority.role == Role::LegalisingMinistry, "{} is not a ministry that legalises", self.authority);
        ensure!(
            pack.status_list(self.authority, self.number).is_none(),
            "{} has the status list {} already; another would put withdrawn acts into force again",
            self.authority,
            self.number
        );
        let values = vec![StatusValue::InForce; self.places as usize];
        let expires = self.now + NEXT_UPDATE;
        let list = StatusList::sign(self.authority, self.number, &values, self.now, expires, self.list_key);
        contents.statuses.push(&list);
        if let Some(dictionary) = self.dictionary {
            let digest: [u8; 32] = Sha256::digest(dictionary.as_bytes()).into();
            let named = authority.dictionaries.contains(&digest);
            if named && !contents.dictionaries.contains(&dictionary.as_bytes()) {
                contents.dictionaries.push(dictionary.as_bytes());
            }
        }
        pack_file::successor(&contents, &pack)
    }
}
