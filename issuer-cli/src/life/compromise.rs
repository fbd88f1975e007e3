//! A key that was stolen, or that may have been: from then on only registered documents count.

use anyhow::{Context, Result, ensure};
use credential_core::Pack;
use credential_core::lists::{KeyEntry, KeyUse, PackContents, PublicKey, StatusList, TrustList};
use credential_core::sealing::SealingKey;
use credential_core::time::rfc3339;

use super::{next_list, pack_file};
use crate::hex::hex;

/// A key to mark as compromised.
pub struct Compromise<'a> {
    /// The key.
    pub public: &'a PublicKey,
    /// The roots that sign the new trust list.
    pub roots: &'a [SealingKey],
    /// The pack in force.
    pub pack: &'a [u8],
    /// Time of the finding.
    pub now: u64,
}

/// A key marked as compromised.
pub struct Compromised {
    /// The new pack.
    pub pack: Vec<u8>,
    /// Version of the new trust list.
    pub version: u32,
    /// Number of the key's register and count of its documents, if the pack has it.
    pub register: Option<(u32, u64)>,
    /// Status lists that the key had signed: they count for nothing, and are not in the pack.
    pub dropped: Vec<String>,
}

impl Compromise<'_> {
    /// Makes the new pack; the caller then writes it.
    pub fn make(&self) -> Result<Compromised> {
        let (pack, mut contents) = pack_file::take_apart(self.pack)?;
        let mut claims = pack.trust().claims().clone();
        let id = hex(&self.public.id());
        ensure!(
            !claims.roots.keys.contains(self.public),
            "the key {id} is a root; roots are replaced by a list that the other roots sign"
        );
        let entry = claims.find_mut(self.public);
        let entry = entry.with_context(|| format!("the trust pack does not name the key {id}"))?;
        if let Some(since) = entry.compromised_at {
            anyhow::bail!("the key {id} is marked as compromised already, since {}", rfc3339(since));
        }
        entry.compromised_at = Some(self.now);
        let usage = entry.usage.clone();
        let trust = next_list::sign(pack.trust(), claims, self.roots, self.now)?;
        contents.trust = trust.as_bytes();
        let dropped = if usage == KeyUse::Status { self.drop_lists(&trust, &pack, &mut contents)? } else { Vec::new() };
        let new_pack = finish(&contents, &pack, &usage, self.now)?;
        let version = trust.claims().version;
        Ok(Compromised { pack: new_pack, version, register: self.register(&pack), dropped })
    }

    /// Takes out the lists of a list key, if another key can sign them anew.
    fn drop_lists(&self, trust: &TrustList, pack: &Pack, contents: &mut PackContents<'_>) -> Result<Vec<String>> {
        let found = trust.claims().find(self.public);
        let (authority, lost) = found.context("the key has vanished from the trust list")?;
        let signs = |entry: &&KeyEntry| {
            let marked = entry.compromised_at.is_some();
            entry.usage == KeyUse::Status && entry.test == lost.test && !marked && entry.may_sign_at(self.now)
        };
        ensure!(
            authority.keys.iter().any(|entry| signs(&entry)),
            "no other key of {} signs status lists, so nobody could say any more what is withdrawn; have another one \
             added first, with `issuer trust add-key`",
            authority.id
        );
        let of_lost = |list: &&StatusList| {
            list.authority() == authority.id && list.is_test() == lost.test && !list.counts_for(authority, lost.test)
        };
        let lists: Vec<_> = pack.statuses().iter().filter(of_lost).collect();
        contents.statuses.retain(|bytes| lists.iter().all(|list| list.as_bytes() != *bytes));
        Ok(lists.iter().map(|list| format!("{}/{}", list.authority(), list.number())).collect())
    }

    /// The register by which documents of the key stay genuine: its head alone is not enough without proofs.
    fn register(&self, pack: &Pack) -> Option<(u32, u64)> {
        let (authority, entry) = pack.trust().claims().find(self.public)?;
        let number = entry.register_number()?;
        let (head, file) = pack.register(&authority.id, number)?;
        file.map(|_| (number, head.claims().count))
    }
}

fn finish(contents: &PackContents<'_>, held: &Pack, usage: &KeyUse, now: u64) -> Result<Vec<u8>> {
    let bytes = pack_file::successor(contents, held, now);
    match usage {
        KeyUse::Register => {
            bytes.context("the pack holds register heads of this key; have them signed by a new key first")
        }
        KeyUse::Documents { .. } | KeyUse::Status | KeyUse::Minutes | KeyUse::Legalisation => bytes,
    }
}
