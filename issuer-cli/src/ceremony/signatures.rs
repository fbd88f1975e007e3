//! Signatures that were made apart, joined to a trust list.

use anyhow::{Result, ensure};
use credential_core::lists::{PublicKey, RootSet, TrustDraft, TrustList};

use super::change_lines;
use super::words::{groups, head, root_words};
use crate::hex::hex;
use crate::refused::refused;

/// A file that somebody signed.
pub struct SignedFile {
    /// Its name, for messages.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A signed list, and who signed it.
pub struct Merged {
    /// The list.
    pub list: TrustList,
    /// The roots that signed, in the order of the files.
    pub signed: Vec<PublicKey>,
}

/// Joins signatures to a list; all faults of all files are named in one pass.
pub fn merge(draft: &TrustDraft, files: &[SignedFile]) -> Result<Merged> {
    let mut signed: Vec<(PublicKey, &str)> = Vec::new();
    let mut faults = Vec::new();
    for SignedFile { name, bytes } in files {
        match draft.signer(bytes) {
            Err(fault) => faults.push(format!("\n  {name} {fault}")),
            Ok(root) => match signed.iter().find(|(other, _)| *other == root) {
                Some((_, first)) => {
                    faults
                        .push(format!("\n  {name} is of the root {}, as {first} is: it counts once", hex(&root.id())));
                }
                None => signed.push((root, name)),
            },
        }
    }
    let (count, all) = (faults.len(), files.len());
    ensure!(faults.is_empty(), "{count} of {all} signature files are refused:{}", faults.concat());
    let signed: Vec<_> = signed.into_iter().map(|(root, _)| root).collect();
    let missing = draft.root_sets().map(|roots| missing(roots, &signed)).collect::<String>();
    ensure!(missing.is_empty(), "the list is not signed yet:{missing}");
    let most = 16;
    ensure!(signed.len() <= most, "{} roots have signed, a list holds {most} signatures; leave some out", signed.len());
    let bytes: Vec<_> = files.iter().map(|file| file.bytes.clone()).collect();
    let list = draft.join(&bytes);
    let list = list.map_err(refused("the list would be"))?;
    Ok(Merged { list, signed })
}

/// What a root set lacks, in words; nothing if enough have signed.
fn missing(roots: &RootSet, signed: &[PublicKey]) -> String {
    let absent: Vec<_> = roots.keys.iter().filter(|root| !signed.contains(root)).collect();
    let present = roots.keys.len() - absent.len();
    if present >= roots.threshold {
        return String::new();
    }
    let ids: Vec<_> = absent.iter().map(|root| hex(&root.id())).collect();
    format!(
        "\n  {} more of the roots {} must sign ({present} of {} that are needed have)",
        roots.threshold - present,
        ids.join(", "),
        roots.threshold
    )
}

/// The protocol of a ceremony: a page to print, to sign and to keep. It depends on its arguments alone.
pub fn protocol(draft: &TrustDraft, merged: &Merged) -> String {
    let claims = draft.claims();
    let before = match draft.held() {
        Some(held) => format!(
            "It takes the place of version {}, root fingerprint\n  {}",
            held.claims().version,
            groups(held.root())
        ),
        None => "It is the first list.".to_owned(),
    };
    let roots = draft.root_sets().flat_map(|roots| &roots.keys).fold(Vec::new(), with);
    let signers = roots.into_iter().map(|root| {
        let mark = if merged.signed.contains(root) { "[x] signed " } else { "[ ] did not" };
        format!("  {mark}  {}\n               holder {LINE}   signature {LINE}\n", root_words(root))
    });
    format!(
        "PROTOCOL: TRUST LIST OF {owner}, VERSION {version}

{head}

Digest that was read aloud and signed (SHA-256)
  {digest}

{before}

What it changes
  {changes}

Who signed
{signers}
Place and date {LINE}   Time ____________

Led by         {LINE}   Signature {LINE}

Witness        {LINE}   Signature {LINE}
",
        owner = claims.owner,
        version = claims.version,
        head = head(claims).join("\n"),
        digest = groups(&draft.digest()),
        changes = change_lines(draft).join("\n  "),
        signers = signers.collect::<String>(),
    )
}

fn with<'a>(mut all: Vec<&'a PublicKey>, root: &'a PublicKey) -> Vec<&'a PublicKey> {
    if !all.contains(&root) {
        all.push(root);
    }
    all
}

const LINE: &str = "______________________________";
