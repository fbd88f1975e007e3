//! `issuer trust sign` and `issuer trust merge-signatures`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::Args;
use credential_core::lists::TrustDraft;

use super::super::{PassphraseSource, open_key, print, say};
use super::{must_be_new, public_key, read_draft, read_object, read_pack, tell, write_same};
use crate::ceremony::{SignedFile, change_lines, merge, protocol, words};
use crate::file::{with_ending, write_whole};
use crate::hex::hex;
use crate::keys::public_path;
use crate::refused::open_pack;

/// A draft to sign.
#[derive(Args)]
#[command(after_help = "Example:
  issuer trust sign 3.draft --root root-1.key --pack trust.sceau --out root-1.sig

All holders compare the digest before they type their passphrases: it is the same on every machine, or somebody has
another draft.")]
pub struct Sign {
    /// The draft
    draft: PathBuf,
    /// The holder's root key
    #[arg(long, value_name = "KEY")]
    root: PathBuf,
    /// The pack in force as the holder has it: a draft that follows another list is refused
    #[arg(long, value_name = "PACK")]
    pack: Option<PathBuf>,
    /// The signature file to make
    #[arg(long, value_name = "SIGNATURE")]
    out: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

/// Signatures to join.
#[derive(Args)]
#[command(after_help = "Example:
  issuer trust merge-signatures 3.draft root-1.sig root-3.sig root-4.sig --out version-2.list

Writes version-2.list and beside it version-2.list.protocol.txt: print it, sign it, keep it.")]
pub struct MergeSignatures {
    /// The draft
    draft: PathBuf,
    /// The signature files
    #[arg(required = true)]
    signature: Vec<PathBuf>,
    /// The signed trust list to make
    #[arg(long, value_name = "LIST")]
    out: PathBuf,
}

impl Sign {
    pub(super) fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        let draft = read_draft(&self.draft)?;
        self.check_public_half(&draft)?;
        self.check_pack(&draft)?;
        describe(&draft);
        let root = open_key(&self.root, &mut self.passphrase.open()?)?;
        let id = hex(&root.id());
        let foreign = || format!("the key {id} is no root, neither of the draft nor of the list in force");
        let signature = draft.sign(&root).with_context(foreign)?;
        write_whole(&self.out, &signature)?;
        say(&format!("Signed with the root {id}. Hand the signature file to whoever puts the list together."));
        print(&self.out.display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }

    /// The draft says itself which list it follows; a holder who has the pack in force need not believe it.
    fn check_pack(&self, draft: &TrustDraft) -> Result<()> {
        let Some(path) = &self.pack else { return Ok(()) };
        let pack = open_pack(&read_pack(path)?).with_context(|| path.display().to_string())?;
        let same = draft.held().is_some_and(|held| held.as_bytes() == pack.trust().as_bytes());
        ensure!(same, "the draft does not follow the list in {}: somebody works from another one", path.display());
        Ok(())
    }

    /// Where the public half lies beside the key, a key that is no root is refused before its passphrase is asked for.
    fn check_public_half(&self, draft: &TrustDraft) -> Result<()> {
        let path = public_path(&self.root);
        if path.exists() {
            let public = public_key(&path)?;
            ensure!(
                draft.root_sets().any(|roots| roots.keys.contains(&public)),
                "the key {} is no root, neither of the draft nor of the list in force",
                hex(&public.id())
            );
        }
        Ok(())
    }
}

fn describe(draft: &TrustDraft) {
    say("You are about to sign this trust list:");
    tell(&words::head(draft.claims()));
    match draft.held() {
        Some(held) => {
            say(&format!("It takes the place of version {}, root fingerprint", held.claims().version));
            say(&format!("  {}", words::groups(held.root())));
        }
        None => say("It is a first list: it takes the place of none."),
    }
    say("What it changes:");
    change_lines(draft).iter().for_each(|line| tell(&[format!("  {line}")]));
    say("Read this digest to each other; go on only if it is the same on every machine:");
    say(&format!("  {}", words::groups(&draft.digest())));
}

impl MergeSignatures {
    pub(super) fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        let draft = read_draft(&self.draft)?;
        let files = self.signature.iter().map(|path| {
            Ok(SignedFile { name: path.display().to_string(), bytes: read_object(path, "signature file", 4 << 20)? })
        });
        let merged = merge(&draft, &files.collect::<Result<Vec<_>>>()?)?;
        let page = with_ending(&self.out, ".protocol.txt");
        write_same(&page, protocol(&draft, &merged).as_bytes())?;
        write_whole(&self.out, merged.list.as_bytes())?;
        let signed: Vec<_> = merged.signed.iter().map(|root| hex(&root.id())).collect();
        say(&format!("Version {} is signed by the roots {}.", draft.claims().version, signed.join(", ")));
        say(&format!("Print and sign the protocol {}; then publish the list.", page.display()));
        print(&self.out.display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }
}
