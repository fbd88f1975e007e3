//! A key that was stolen, or that may have been: from then on only registered documents count.

use anyhow::{Context, Result, ensure};
use credential_core::{KeyUse, Pack, PackContents, PublicKey, SealingKey, rfc3339};

use super::{next_list, pack_file};
use crate::batch::hex;

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
        let new_pack = finish(&contents, &pack, &usage)?;
        Ok(Compromised { pack: new_pack, version: trust.claims().version, register: self.register(&pack) })
    }

    /// The register by which documents of the key stay genuine: its head alone is not enough without proofs.
    fn register(&self, pack: &Pack) -> Option<(u32, u64)> {
        let (authority, entry) = pack.trust().claims().find(self.public)?;
        let number = entry.register_number()?;
        let (head, file) = pack.register(&authority.id, number)?;
        file.map(|_| (number, head.claims().count))
    }
}

fn finish(contents: &PackContents<'_>, held: &Pack, usage: &KeyUse) -> Result<Vec<u8>> {
    let signs = match usage {
        KeyUse::Status => "status lists",
        KeyUse::Register => "register heads",
        KeyUse::Documents { .. } | KeyUse::Minutes | KeyUse::Legalisation => {
            return pack_file::successor(contents, held);
        }
    };
    pack_file::successor(contents, held)
        .with_context(|| format!("the pack holds {signs} of this key; have them signed by a new key first"))
}
