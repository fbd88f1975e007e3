//! `issuer register`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use credential_core::lists::{PublicKey, TrustDraft};
use credential_core::sealing::SealingKey;

use super::trust::{must_be_new, public_key, read_draft, read_pack, write_same};
use super::{PassphraseSource, now, open_key, open_keys, open_ledger, print, progress, say};
use crate::file::{with_ending, write_whole};
use crate::keys::public_path;
use crate::ledger::Ledger;
use crate::life::{Close, Closed, parse_serial, prove, prove_all};
use crate::refused::open_pack;

/// Registers of what a key has sealed.
#[derive(Subcommand)]
pub enum Register {
    /// Closes a key for good: signs the register of all its documents and puts it into a new pack
    Close(CloseArgs),
    /// Exports the proof that a document is in the register of a closed key, or the proofs of all
    Prove(ProveArgs),
}

/// What to prove.
#[derive(Args)]
#[command(after_help = "Examples:
  issuer register prove --key bac-2026.key --trust trust-2.sceau --serial 0123456789abcdef --out 0123456789abcdef.proof
  issuer register prove --key bac-2026.key --trust trust-2.sceau --all --out proofs

The proof goes to the holder. With --all the folder holds one for each document, under its digest, for the authority's own site:
whoever holds the paper finds it there by the digest that the verifier shows, and nobody finds a name. With it a verifier that has the head of the register and not the whole file sees that the
document is listed, also after the key was stolen. It names nobody.")]
pub struct ProveArgs {
    /// Key that sealed the document; its public half stands beside it, it is not opened
    #[arg(long, value_name = "KEY")]
    key: PathBuf,
    /// A trust pack made when the key was closed, or later
    #[arg(long, value_name = "PACK")]
    trust: PathBuf,
    /// The document
    #[arg(long, value_name = "SERIAL", required_unless_present = "all")]
    serial: Option<String>,
    /// Every document of the key
    #[arg(long, conflicts_with = "serial")]
    all: bool,
    /// The file to make, or with --all the folder
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// A key to close.
#[derive(Args)]
#[command(after_help = "Example:
  issuer key new registers.key
  issuer register close --key bac-2026.key --register-key registers.key --trust trust.sceau \\
    --root root.key --out trust-2.sceau

Close a key when its last batch is sealed. Whatever anyone seals with it later counts for nothing, and if it is stolen,
the documents of the register stay genuine (see `issuer trust compromise-key`). The head also holds the root of all minutes
that `issuer issue --minutes` was given. From then on a verifier accepts a document of this key only if it finds it in the
register's file or is given its proof (`issuer register prove`); others say that the register was not checked. The roots may
do without that: --without-look-up. A run that was stopped, or whose pack was lost, gives the same head again.")]
pub struct CloseArgs {
    /// Key that sealed the documents; its public half stands beside it, it is not opened
    #[arg(long, value_name = "KEY")]
    key: PathBuf,
    /// Key that signs registers; it is added to the trust list if it is new
    #[arg(long, value_name = "RKEY")]
    register_key: PathBuf,
    /// The trust pack in force, where the roots are at hand
    #[arg(long, value_name = "PACK", required_unless_present = "draft")]
    trust: Option<PathBuf>,
    /// Root key; give as many as must sign
    #[arg(long, value_name = "ROOTKEY", num_args = 1.., required_unless_present = "draft")]
    root: Vec<PathBuf>,
    /// Draft to close the key in, where the roots sign on separate machines
    #[arg(long, value_name = "DRAFT", conflicts_with_all = ["trust", "root"])]
    draft: Option<PathBuf>,
    /// The pack or the draft to make
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Let its documents count where verifiers have neither the register's file nor the holder's proof. What a thief of the key
    /// seals passes there too; whoever has the file finds it out
    #[arg(long)]
    without_look_up: bool,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

impl Register {
    pub(super) fn run(self) -> Result<ExitCode> {
        match self {
            Self::Close(close) => close.run(),
            Self::Prove(prove) => prove.run(),
        }
    }
}

impl ProveArgs {
    fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        let public = public_key(&public_path(&self.key))?;
        let ledger = open_ledger(Some(&self.key))?;
        let pack = open_pack(&read_pack(&self.trust)?)?;
        match &self.serial {
            Some(serial) => {
                let proof = prove(&ledger, &public, &parse_serial(serial)?, &pack)?;
                write_whole(&self.out, &proof.to_bytes())?;
            }
            None => {
                let bar = progress("proofs");
                let count = prove_all(&ledger, &public, &pack, &self.out, |count, written| {
                    bar.set_length(count);
                    bar.set_position(written);
                })?;
                bar.finish_and_clear();
                say(&format!("{count} proofs, each under the digest of its document"));
            }
        }
        print(&self.out.display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }
}

impl CloseArgs {
    fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        let public = public_key(&public_path(&self.key))?;
        let ledger = open_ledger(Some(&self.key))?;
        match (&self.draft, &self.trust) {
            (Some(draft), _) => self.in_draft(&ledger, &public, &read_draft(draft)?),
            (None, Some(trust)) => self.in_pack(&ledger, &public, &read_pack(trust)?),
            (None, None) => bail!("give the pack in force with --trust, or a --draft"),
        }
    }

    fn in_pack(&self, ledger: &Ledger, public: &PublicKey, pack: &[u8]) -> Result<ExitCode> {
        let mut passphrases = self.passphrase.open()?;
        let register_key = open_key(&self.register_key, &mut passphrases)?;
        let roots = open_keys(&self.root, &mut passphrases)?;
        let (closed, pack) = self.close(ledger, public, &register_key).in_pack(pack, &roots)?;
        write_whole(&self.out, &pack)?;
        self.tell(&closed)?;
        say(
            "Hand the new pack to all verifiers (`issuer pack split` makes a small one for phones), and seal nothing more with this key.",
        );
        Ok(ExitCode::SUCCESS)
    }

    fn in_draft(&self, ledger: &Ledger, public: &PublicKey, draft: &TrustDraft) -> Result<ExitCode> {
        let register_key = open_key(&self.register_key, &mut self.passphrase.open()?)?;
        let (closed, draft) = self.close(ledger, public, &register_key).in_draft(draft)?;
        let (head, file) = (with_ending(&self.out, ".head"), with_ending(&self.out, ".register"));
        write_same(&head, &closed.head)?;
        write_same(&file, &closed.file)?;
        write_whole(&self.out, &draft.to_bytes())?;
        self.tell(&closed)?;
        print(&head.display().to_string())?;
        print(&file.display().to_string())?;
        say("Have the roots sign the draft, and publish the list with --register-head and --register-file.");
        Ok(ExitCode::SUCCESS)
    }

    fn close<'a>(&'a self, ledger: &'a Ledger, public: &'a PublicKey, register_key: &'a SealingKey) -> Close<'a> {
        let without_look_up = self.without_look_up;
        Close { ledger, public, register_key, without_look_up, now: now() }
    }

    fn tell(&self, closed: &Closed) -> Result<()> {
        say(&format!("register {} lists {} documents; its key is closed", closed.number, closed.count));
        Ok(print(&self.out.display().to_string())?)
    }
}
