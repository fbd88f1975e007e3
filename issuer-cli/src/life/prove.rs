//! The inclusion proof of one document of a closed register (SPEC section 12).

use std::path::Path;

use anyhow::{Context, Result, ensure};
use credential_core::Pack;
use credential_core::document::Serial;
use credential_core::lists::PublicKey;
use credential_core::register::InclusionProof;

use super::close::tree;
use crate::batch::{RegisterReader, register_path};

/// The proof that leads from a document to the register's head in the pack; one that does not hold is never given.
pub fn prove(key: &Path, public: &PublicKey, serial: &Serial, pack: &Pack) -> Result<InclusionProof> {
    let found = pack.trust().claims().find(public);
    let (authority, entry) = found.context("the trust pack does not name this key")?;
    let head = entry.register_number().and_then(|number| pack.register(&authority.id, number));
    let (head, _) = head.context(
        "the pack has no register of this key: close the key first with `issuer register close`, and give the pack of then",
    )?;
    let path = register_path(key);
    let reader = RegisterReader::open(&path)?;
    let place = reader.place(serial)?;
    let (index, digest) = place.with_context(|| format!("{serial} is not in {}", path.display()))?;
    let proof = tree(&reader, &authority.id, head.claims().number)?.proof(index).context("the register was cut")?;
    ensure!(
        proof.holds(&digest, head),
        "{} is not the register that the head of the pack was signed for; put a good copy back",
        path.display()
    );
    Ok(proof)
}
