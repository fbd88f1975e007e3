//! Inclusion proofs of documents of a closed register (SPEC section 12).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use credential_core::Pack;
use credential_core::document::Serial;
use credential_core::lists::PublicKey;
use credential_core::register::{InclusionProof, RegisterHead};

use super::close::tree;
use crate::file::with_ending;
use crate::hex::hex;
use crate::ledger::{Ledger, Register};

/// The proof that leads from a document to the register's head in the pack; one that does not hold is never given.
pub fn prove(ledger: &Ledger, public: &PublicKey, serial: &Serial, pack: &Pack) -> Result<InclusionProof> {
    let head = head_of(public, pack)?;
    let reader = ledger.register(public)?;
    let place = reader.place(serial)?;
    let (index, digest) = place.with_context(|| format!("{serial} was not sealed by this key"))?;
    let proof = tree(&reader, head.authority(), head.claims().number)?.proof(index).context("the register was cut")?;
    ensure!(proof.holds(&digest, head), "{}", another_register(&reader));
    Ok(proof)
}

/// Writes the proof of every document into a new folder, under its digest: `ab/ab12….proof`. The folder appears with all of them
/// or not at all. `each` is called with how many there are and how many are written.
pub fn prove_all(ledger: &Ledger, public: &PublicKey, pack: &Pack, out: &Path, each: impl Fn(u64, u64)) -> Result<u64> {
    let head = head_of(public, pack)?;
    let reader = ledger.register(public)?;
    let tree = tree(&reader, head.authority(), head.claims().number)?;
    ensure!(tree.count() == head.claims().count && tree.root() == head.claims().root, "{}", another_register(&reader));
    let partial = with_ending(out, ".partial");
    if partial.exists() {
        fs::remove_dir_all(&partial).context("taking away what a stopped run left")?;
    }
    fs::create_dir(&partial).with_context(|| format!("making the folder {}", partial.display()))?;
    let (mut written, mut failed) = (0, None);
    reader.each_document(|_, digest| {
        if failed.is_none() {
            failed = write_proof(&partial, tree.proof(written), &digest).err();
            written += 1;
            each(tree.count(), written);
        }
    })?;
    if let Some(failed) = failed {
        return Err(failed);
    }
    fs::rename(&partial, out).with_context(|| format!("naming the folder {}", out.display()))?;
    Ok(written)
}

fn write_proof(folder: &Path, proof: Option<InclusionProof>, digest: &[u8; 32]) -> Result<()> {
    let name = hex(digest);
    let folder = folder.join(&name[..2]);
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{name}.proof"));
    let proof = proof.context("the register was cut")?.to_bytes();
    let written = fs::File::create_new(&file).and_then(|mut new| {
        std::io::Write::write_all(&mut new, &proof)?;
        new.sync_data()
    });
    written.with_context(|| format!("writing {}", file.display()))
}

fn head_of<'p>(public: &PublicKey, pack: &'p Pack) -> Result<&'p RegisterHead> {
    let found = pack.trust().claims().find(public);
    let (authority, entry) = found.context("the trust pack does not name this key")?;
    let head = entry.register_number().and_then(|number| pack.register(&authority.id, number));
    let (head, _) = head.context(
        "the pack has no register of this key: close the key first with `issuer register close`, and give the pack of then",
    )?;
    Ok(head)
}

fn another_register(register: &Register<'_>) -> String {
    let ledger = register.ledger().office().ledger();
    format!("what {} holds is not what the head of the pack was signed for; put a good copy back", ledger.display())
}
