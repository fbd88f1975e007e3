//! `issuer trust new`: the whole trust pack on one machine.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use credential_core::time::rfc3339;

use super::super::list::read_profile;
use super::super::{PassphraseSource, now, open_key, open_keys, print};
use super::show::show;
use super::{DAY, day, must_be_new, public_keys, trust_beside};
use crate::file::write_whole;
use crate::trust::{NewAuthority, NewTrust, new_pack};

/// A new trust pack.
#[derive(Args)]
#[command(after_help = "Example:
  issuer trust new --profile bac.toml --root root.key --list-key lists.key --key bac-2026.key.pub \\
    --jury-key jury.key.pub --until 2026-12-31

The pack is what verifiers load. `issuer issue` looks for it beside the key.")]
pub struct New {
    /// Profile that says the authority, the kinds of documents, the session and the fixed words
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    /// Root key; give several, each signs
    #[arg(long, value_name = "KEY", required = true)]
    root: Vec<PathBuf>,
    /// How many roots must sign later lists [default: all]
    #[arg(long, value_name = "N")]
    threshold: Option<usize>,
    /// Key that signs the status lists
    #[arg(long, value_name = "KEY")]
    list_key: PathBuf,
    /// Public half of a session key; give several if there are several
    #[arg(long, value_name = "KEY.pub", required = true)]
    key: Vec<PathBuf>,
    /// Public half of a jury's key, which signs minutes; give several if there are several
    #[arg(long, value_name = "KEY.pub")]
    jury_key: Vec<PathBuf>,
    /// First day on which the session keys may seal [default: now]
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<u64>,
    /// Day up to which they may seal [default: 90 days from now]
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<u64>,
    /// How many documents each session key may seal
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1..=16_777_216))]
    maximum_count: u32,
    /// Name of the list's owner [default: the authority's, in the paper's first language]
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Makes keys of the test world: their documents are specimens, never genuine
    #[arg(long)]
    test: bool,
    /// The file to make [default: trust.sceau beside the first key]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

impl New {
    pub(super) fn run(self) -> Result<ExitCode> {
        let now = now();
        let profile = read_profile(&self.profile)?;
        let out = self.out.clone().unwrap_or_else(|| trust_beside(&self.key[0]));
        must_be_new(&out)?;
        let keys = public_keys(&self.key)?;
        let jury_keys = public_keys(&self.jury_key)?;
        let mut passphrases = self.passphrase.open()?;
        let roots = open_keys(&self.root, &mut passphrases)?;
        let list_key = open_key(&self.list_key, &mut passphrases)?;
        let first = profile.document.languages[0].as_str();
        let owner = profile.authority.names.get(first).map(|name| name.as_str().to_owned());
        let window = (self.from.unwrap_or(now), self.until.map_or(now + 90 * DAY, |day| day + DAY - 1));
        anyhow::ensure!(
            window.0 <= window.1,
            "the keys would serve from {} to {}: give a --until that is not before --from",
            rfc3339(window.0),
            rfc3339(window.1)
        );
        let publics = roots.iter().map(|root| root.public()).chain([list_key.public()]).chain(keys.iter().cloned());
        let publics: Vec<_> = publics.chain(jury_keys.iter().cloned()).collect();
        let twice = (1..publics.len()).find(|&i| publics[..i].contains(&publics[i]));
        anyhow::ensure!(
            twice.is_none(),
            "one key is given twice; root, list key, session keys and jury keys must all differ"
        );
        let authority = NewAuthority {
            profile: &profile,
            keys: &keys,
            jury_keys: &jury_keys,
            list_key: &list_key,
            window,
            maximum_count: self.maximum_count,
        };
        let pack = new_pack(&NewTrust {
            owner: &self.owner.or(owner).context("name the list's owner with --owner")?,
            roots: &roots,
            threshold: self.threshold.unwrap_or(roots.len()),
            now,
            next_update: now + 90 * DAY,
            authorities: &[authority],
            test: self.test,
        })?;
        write_whole(&out, &pack)?;
        print(&out.display().to_string())?;
        show(&pack)?;
        Ok(ExitCode::SUCCESS)
    }
}
