//! `issuer trust draft` and `issuer trust retire-key`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::Args;
use credential_core::lists::TrustDraft;
use credential_core::time::UnixTime;

use super::super::{now, say};
use super::{DAY, day, must_be_new, public_key, public_keys, read_draft, read_pack, write_draft};
use crate::ceremony::{FirstList, NextList, change_draft, retire_key};
use crate::life::NEXT_UPDATE;
use crate::refused::open_pack;

/// A draft to begin.
#[derive(Args)]
#[command(after_help = "Examples:
  issuer trust draft --owner \"Republic of X\" --root-pub root-1.key.pub root-2.key.pub root-3.key.pub \\
    --threshold 2 --out 1.draft
  issuer trust draft --pack trust.sceau --remove-root root-2.key.pub --add-root root-4.key.pub --out 2.draft

Add authorities and keys with `issuer trust add-authority` and `add-key`; then each holder signs with `issuer trust sign`.")]
pub struct Draft {
    /// The pack in force, for the list that follows it
    #[arg(long, value_name = "PACK", conflicts_with = "root_pub", required_unless_present = "root_pub")]
    pack: Option<PathBuf>,
    /// Public halves of the root keys of a first list
    #[arg(long, value_name = "KEY.pub", num_args = 1.., requires = "owner", requires = "threshold")]
    root_pub: Vec<PathBuf>,
    /// Name of the list's owner
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// How many roots must sign; in a next list as before unless given
    #[arg(long, value_name = "N")]
    threshold: Option<usize>,
    /// Root that comes, in a next list
    #[arg(long, value_name = "KEY.pub", num_args = 1.., requires = "pack")]
    add_root: Vec<PathBuf>,
    /// Root that goes, in a next list
    #[arg(long, value_name = "KEY.pub", num_args = 1.., requires = "pack")]
    remove_root: Vec<PathBuf>,
    /// Day on which the list after this one is due [default: 90 days from now]
    #[arg(long, value_name = "DATE", value_parser = day)]
    next_update: Option<UnixTime>,
    /// The draft to make
    #[arg(long, value_name = "DRAFT")]
    out: PathBuf,
}

/// A key to close.
#[derive(Args)]
#[command(after_help = "Example:
  issuer trust retire-key 1.draft --key lists-2026.key.pub --out 2.draft

What the key signed up to then stays as it is. A session key is better closed with `issuer register close`.")]
pub struct RetireKey {
    /// The draft to start from
    draft: PathBuf,
    /// Public half of the key
    #[arg(long, value_name = "KEY.pub")]
    key: PathBuf,
    /// Last day on which it counts [default: until now]
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<UnixTime>,
    /// The draft to make
    #[arg(long, value_name = "DRAFT")]
    out: PathBuf,
}

impl Draft {
    pub(super) fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        let draft = match &self.pack {
            Some(pack) => self.next(&read_pack(pack)?)?,
            None => self.first()?,
        };
        if draft.root_sets().count() > 1 {
            say("The roots change: the threshold of the old ones must sign, and the threshold of the new ones.");
        }
        write_draft(&self.out, &draft)
    }

    fn first(&self) -> Result<TrustDraft> {
        let now = now();
        FirstList {
            owner: self.owner.as_deref().context("name the list's owner with --owner")?,
            roots: public_keys(&self.root_pub)?,
            threshold: self.threshold.context("say with --threshold how many roots must sign")?,
            now,
            next_update: self.next_update.unwrap_or(now + NEXT_UPDATE),
        }
        .draft()
    }

    fn next(&self, pack: &[u8]) -> Result<TrustDraft> {
        let pack = open_pack(pack)?;
        let now = now();
        NextList {
            owner: self.owner.as_deref(),
            add_roots: public_keys(&self.add_root)?,
            remove_roots: public_keys(&self.remove_root)?,
            threshold: self.threshold,
            now,
            next_update: self.next_update.unwrap_or(now + NEXT_UPDATE),
        }
        .draft(pack.trust())
    }
}

impl RetireKey {
    pub(super) fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        let (draft, key) = (read_draft(&self.draft)?, public_key(&self.key)?);
        let closed_at = self.on.map_or_else(now, |day| day + DAY - 1);
        ensure!(closed_at < 1 << 40, "the day is too far away");
        let draft = change_draft(&draft, |claims| retire_key(claims, &key, closed_at))?;
        write_draft(&self.out, &draft)
    }
}
