//! `issuer key`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use credential_core::lists::PublicKey;

use super::trust::public_key;
use super::{PassphraseSource, now, open_ledger, print, say, with_hint};
use crate::ceremony::words::groups;
use crate::keys::{KeyFile, fingerprint, public_path};
use crate::ledger::{Ledger, Office};

/// Key files.
#[derive(Subcommand)]
pub enum Key {
    /// Makes a new key, encrypted with a passphrase, and its public half beside it
    ///
    /// One for each root of the trust list, one for status lists, and one for each session and group of centres.
    New(New),
    /// Takes a key that was made elsewhere into the office's ledger
    Add(Add),
}

/// A key that was made elsewhere.
#[derive(Args)]
#[command(after_help = "Example:\n  issuer key add stick/bac-2026.key --never-used

What a key has sealed stands in the ledger of the office that made it. A key that has sealed anything elsewhere must not seal
here: nobody would know who has an original already.")]
pub struct Add {
    /// The key file; its public half stands beside it, it is not opened
    key: PathBuf,
    /// Says that the key has never sealed anything
    #[arg(long, required = true)]
    never_used: bool,
}

/// A new key.
#[derive(Args)]
#[command(
    after_help = "Example:\n  issuer key new bac-2026.key\n\nWrites bac-2026.key (keep it secret) and bac-2026.key.pub.
`openssl pkey -in bac-2026.key` opens it with the same passphrase."
)]
pub struct New {
    /// The file to make; `.pub` is added for the public half. Nothing is overwritten
    file: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

impl Key {
    pub(super) fn run(self) -> Result<ExitCode> {
        let New { file, passphrase } = match self {
            Self::New(new) => new,
            Self::Add(add) => return add.run(),
        };
        // a key made in an office's folder, or by whoever works in one, is that office's
        let ledger = Office::find(Some(&file)).ok().map(|office| Ledger::open(&office)).transpose()?;
        if passphrase.passphrase_file.is_none() {
            say(&format!("A passphrase of six words is good, such as: {}", *crate::keys::suggest()?));
        }
        let passphrase = passphrase.open()?.ask_new(&file.display().to_string())?;
        let public = KeyFile::create(&file, &passphrase).map_err(with_hint)?;
        if let Some(ledger) = &ledger {
            ledger.add_key(&PublicKey::new(public.as_bytes())?, now())?;
        }
        print(&format!("{}\n{}", file.display(), public_path(&file).display()))?;
        say(&format!("Key id {}. The passphrase stands nowhere: without it the key is lost.", fingerprint(&public)));
        say(&format!("Fingerprint {}", groups(&PublicKey::new(public.as_bytes())?.digest())));
        Ok(ExitCode::SUCCESS)
    }
}

impl Add {
    fn run(self) -> Result<ExitCode> {
        let public = public_key(&public_path(&self.key))?;
        open_ledger(Some(&self.key))?.add_key(&public, now())?;
        say(&format!("The key {} is one of this office from now on.", crate::hex::hex(&public.id())));
        Ok(ExitCode::SUCCESS)
    }
}
