//! `issuer trust publish`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use credential_core::lists::Dictionary;

use super::super::legalise::read_ministry_profile;
use super::super::list::read_profile;
use super::super::{PassphraseSource, now, now_after, open_keys, print, say};
use super::show::show;
use super::{must_be_new, read_object, read_pack, tell};
use crate::batch::{dictionary, ministry_dictionary};
use crate::ceremony::{Publish as Publication, SignedFile, words};
use crate::file::write_whole;

/// A signed list to publish.
#[derive(Args)]
#[command(after_help = "Examples:
  issuer trust publish version-1.list --profile bac.toml --list-key lists.key --out trust.sceau
  issuer trust publish version-2.list --pack trust.sceau --out trust-2.sceau

Status lists, registers and dictionaries of the pack in force go along. Hand the new pack to all verifiers.")]
pub struct Publish {
    /// The trust list that `issuer trust merge-signatures` made
    list: PathBuf,
    /// The pack in force; none for a first list
    #[arg(long, value_name = "PACK")]
    pack: Option<PathBuf>,
    /// Key for status lists, where a new session key needs its first one, or a list key was replaced
    #[arg(long, value_name = "KEY", num_args = 1..)]
    list_key: Vec<PathBuf>,
    /// Profile whose dictionary is new
    #[arg(long, value_name = "FILE", num_args = 1..)]
    profile: Vec<PathBuf>,
    /// Profile of a ministry that legalises, whose dictionary is new
    #[arg(long, value_name = "FILE", num_args = 1..)]
    ministry_profile: Vec<PathBuf>,
    /// Head of the register of a key that the list closes
    #[arg(long, value_name = "FILE", num_args = 1..)]
    register_head: Vec<PathBuf>,
    /// File of such a register
    #[arg(long, value_name = "FILE", num_args = 1..)]
    register_file: Vec<PathBuf>,
    /// The pack to make
    #[arg(long, value_name = "NEWPACK")]
    out: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

impl Publish {
    pub(super) fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        let list = read_object(&self.list, "trust list", 4 << 20)?;
        let held = self.pack.as_ref().map(|pack| read_pack(pack)).transpose()?;
        let dictionaries = self.dictionaries()?;
        let read = |paths: &[PathBuf], what: &str, most: u64| -> Result<Vec<SignedFile>> {
            let read = |path: &PathBuf| {
                Ok(SignedFile { name: path.display().to_string(), bytes: read_object(path, what, most)? })
            };
            paths.iter().map(read).collect()
        };
        let list_keys = self.list_keys()?;
        let publication = Publication {
            list: &list,
            held: held.as_deref(),
            list_keys: &list_keys,
            dictionaries: &dictionaries,
            register_heads: &read(&self.register_head, "register head", 1_024)?,
            register_files: &read(&self.register_file, "register file", 32 << 20)?,
            now: held.as_deref().map_or_else(now, now_after),
        };
        let done = publication.make()?;
        write_whole(&self.out, &done.pack)?;
        show(&done.pack)?;
        if let Some(held) = &done.held {
            say(&format!("Changed since version {}:", held.claims().version));
            let changes = words::changes(held.claims(), done.list.claims());
            tell(&changes.iter().map(|line| format!("  {line}")).collect::<Vec<_>>());
        }
        tell(&done.signed);
        print(&self.out.display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }

    fn dictionaries(&self) -> Result<Vec<Dictionary>> {
        let boards = self.profile.iter().map(|path| Ok((path, dictionary(&read_profile(path)?))));
        let ministries = self.ministry_profile.iter();
        let ministries = ministries.map(|path| Ok((path, ministry_dictionary(&read_ministry_profile(Some(path))?))));
        let all = boards.chain(ministries).map(|found: Result<_>| {
            let (path, dictionary) = found?;
            dictionary.with_context(|| format!("{} has no words for a dictionary", path.display()))
        });
        all.collect()
    }

    fn list_keys(&self) -> Result<Vec<credential_core::sealing::SealingKey>> {
        if self.list_key.is_empty() {
            return Ok(Vec::new());
        }
        open_keys(&self.list_key, &mut self.passphrase.open()?)
    }
}
