//! `issuer root`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};
use credential_core::document::Text;
use credential_core::lists::PublicKey;
use credential_core::time::rfc3339;

use super::{PassphraseSource, now, print, printable, say, text, with_hint};
use crate::ceremony::Share;
use crate::file::write_whole;
use crate::keys::{KeyFile, public_path};

/// Root keys.
#[derive(Subcommand)]
pub enum Root {
    /// Makes one share of the root: a key of its own, and the script of the ceremony to tick and to sign
    New(New),
}

/// A share of the root.
#[derive(Args)]
#[command(after_help = "Example, on the machine of the first of five holders:
  issuer root new --threshold 3 --of 5 --share 1 --holder \"A. Diallo\" --out stick

Writes stick/root-1.key (secret), stick/root-1.key.pub and stick/root-1.script.txt. When all shares are made:
  issuer trust draft --owner NAME --threshold 3 --root-pub root-1.key.pub ... root-5.key.pub --out 1.draft")]
pub struct New {
    /// How many roots must sign a trust list
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u8).range(1..=16))]
    threshold: u8,
    /// How many roots there are
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=16))]
    of: u8,
    /// Number of this share, from 1; one above --of is a root that takes the place of an earlier one, as after a loss
    #[arg(long, value_name = "I", value_parser = clap::value_parser!(u8).range(1..))]
    share: u8,
    /// Who keeps this share
    #[arg(long, value_name = "NAME", value_parser = text)]
    holder: Text,
    /// Folder for the files; it is made if it is not there
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

impl Root {
    pub(super) fn run(self) -> Result<ExitCode> {
        let Self::New(new) = self;
        new.run()
    }
}

impl New {
    fn run(self) -> Result<ExitCode> {
        let Self { threshold, of, share, .. } = self;
        ensure!(threshold <= of, "{threshold} of {of} cannot sign: the threshold is above the number of roots");
        let file = format!("root-{share}.key");
        let (key, page) = (self.out.join(&file), self.out.join(format!("root-{share}.script.txt")));
        ensure!(!page.exists(), "{} exists; nothing is overwritten, choose another folder with --out", page.display());
        std::fs::create_dir_all(&self.out).with_context(|| format!("making the folder {}", self.out.display()))?;
        if self.passphrase.passphrase_file.is_none() {
            say(&format!("A passphrase of six words is good, such as: {}", *crate::keys::suggest()?));
        }
        let passphrase = self.passphrase.open()?.ask_new(&key.display().to_string())?;
        let public = KeyFile::create(&key, &passphrase).map_err(with_hint)?;
        let script = Share {
            number: share.into(),
            of: of.into(),
            threshold: threshold.into(),
            holder: self.holder.as_str(),
            file: &file,
            made: &rfc3339(now()),
            public: &PublicKey::new(public.as_bytes())?,
        }
        .script();
        write_whole(&page, script.as_bytes())?;
        say(&printable(&script));
        for path in [&key, &public_path(&key), &page] {
            print(&path.display().to_string())?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
