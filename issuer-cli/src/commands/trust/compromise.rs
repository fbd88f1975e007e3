//! `issuer trust compromise-key`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;

use super::super::{PassphraseSource, now, open_keys, print, say};
use super::{must_be_new, public_key, read_draft, read_pack, write_draft};
use crate::ceremony::{change_draft, compromise_key};
use crate::file::write_whole;
use crate::hex::hex;
use crate::life::Compromise;

/// A key that was stolen.
#[derive(Args)]
#[command(after_help = "Examples:
  issuer trust compromise-key --key bac-2026.key.pub --trust trust.sceau --root root.key --out trust-2.sceau
  issuer trust compromise-key 1.draft --key bac-2026.key.pub --out 2.draft

The day that a document says is not consulted: a thief writes any day. What counts is the register of the key, signed
when it was closed (see `issuer register close`).")]
pub struct CompromiseKey {
    /// The draft to start from, where the roots sign on separate machines
    #[arg(conflicts_with_all = ["trust", "root"])]
    draft: Option<PathBuf>,
    /// Public half of the key
    #[arg(long, value_name = "KEY.pub")]
    key: PathBuf,
    /// The trust pack in force, where the roots are at hand
    #[arg(long, value_name = "PACK", required_unless_present = "draft")]
    trust: Option<PathBuf>,
    /// Root key; give as many as must sign
    #[arg(long, value_name = "ROOTKEY", num_args = 1.., required_unless_present = "draft")]
    root: Vec<PathBuf>,
    /// The pack or the draft to make
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

impl CompromiseKey {
    pub(super) fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        match &self.draft {
            Some(draft) => self.in_draft(draft),
            None => self.at_once(self.trust.as_deref().context("give the pack in force with --trust")?),
        }
    }

    fn in_draft(&self, draft: &Path) -> Result<ExitCode> {
        let (draft, key) = (read_draft(draft)?, public_key(&self.key)?);
        write_draft(&self.out, &change_draft(&draft, |claims| compromise_key(claims, &key, now()))?)
    }

    fn at_once(&self, trust: &Path) -> Result<ExitCode> {
        let public = public_key(&self.key)?;
        let pack = read_pack(trust)?;
        let mut passphrases = self.passphrase.open()?;
        let roots = open_keys(&self.root, &mut passphrases)?;
        let done = Compromise { public: &public, roots: &roots, pack: &pack, now: now() }.make()?;
        write_whole(&self.out, &done.pack)?;
        let id = hex(&public.id());
        say(&format!("The key {id} counts as stolen by version {} of the trust list.", done.version));
        match done.register {
            _ if !done.dropped.is_empty() => say(&format!(
                "Its status lists {} are not in the new pack: until they are made anew nothing is called genuine. Make \
                 them from the histories with another list key (`issuer status renew`), then hand that pack out.",
                done.dropped.join(", ")
            )),
            Some((number, count)) => say(&format!(
                "The {count} documents of register {number} stay genuine. All others of this key are no longer. {AT_ONCE}"
            )),
            None => say(&format!(
                "WARNING: the pack has no register of this key, so none of its documents is called genuine any more. \
                 Seal them anew with another key. {AT_ONCE}"
            )),
        }
        print(&self.out.display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }
}

const AT_ONCE: &str = "Hand the new pack to all verifiers at once: the old one still accepts the thief's documents.";
