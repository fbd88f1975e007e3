//! `issuer key`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use credential_core::lists::PublicKey;

use super::{PassphraseSource, print, say, with_hint};
use crate::ceremony::words::groups;
use crate::keys::{KeyFile, fingerprint, public_path};

/// Key files.
#[derive(Subcommand)]
pub enum Key {
    /// Makes a new key, encrypted with a passphrase, and its public half beside it
    ///
    /// One for each root of the trust list, one for status lists, and one for each session and group of centres.
    New(New),
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
        let Self::New(New { file, passphrase }) = self;
        if passphrase.passphrase_file.is_none() {
            say(&format!("A passphrase of six words is good, such as: {}", *crate::keys::suggest()?));
        }
        let passphrase = passphrase.open()?.ask_new(&file.display().to_string())?;
        let public = KeyFile::create(&file, &passphrase).map_err(with_hint)?;
        print(&format!("{}\n{}", file.display(), public_path(&file).display()))?;
        say(&format!("Key id {}. The passphrase stands nowhere: without it the key is lost.", fingerprint(&public)));
        say(&format!("Fingerprint {}", groups(&PublicKey::new(public.as_bytes())?.digest())));
        Ok(ExitCode::SUCCESS)
    }
}
