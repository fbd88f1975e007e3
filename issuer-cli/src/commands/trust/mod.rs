//! `issuer trust`.

mod add;
mod compromise;
mod draft;
mod new;
mod publish;
mod show;
mod sign;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::Subcommand;
use credential_core::lists::{PublicKey, TrustDraft};
use credential_core::time::{UnixTime, parse_time};

use super::{print, printable, say, with_hint};
use crate::ceremony::{open_draft, words};
use crate::file::{write_once, write_whole};
use crate::keys::read_public_key;

/// Trust packs.
#[derive(Subcommand)]
pub enum Trust {
    /// Makes a trust pack: signs with the roots which session key may seal what, and a first status list
    New(new::New),
    /// Shows what a trust pack or a draft says
    Show(show::Show),
    /// Begins the draft of a first trust list, or of the one that follows the list in force
    Draft(draft::Draft),
    /// Adds an examination board or a legalising ministry to a draft
    AddAuthority(add::AddAuthority),
    /// Adds a key to an authority of a draft: its use, its scope, its days of service
    AddKey(add::AddKey),
    /// Closes a key in a draft: nothing that it signs later counts
    RetireKey(draft::RetireKey),
    /// Marks a key as stolen: only documents that its register lists stay genuine
    CompromiseKey(compromise::CompromiseKey),
    /// Signs a draft with one root key, on the machine of its holder
    Sign(sign::Sign),
    /// Joins the signatures of several roots to a trust list, and writes the protocol
    MergeSignatures(sign::MergeSignatures),
    /// Puts a signed trust list into the pack that verifiers load
    Publish(publish::Publish),
}

impl Trust {
    pub(super) fn run(self) -> Result<ExitCode> {
        match self {
            Self::New(new) => new.run(),
            Self::Show(show) => show.run(),
            Self::Draft(draft) => draft.run(),
            Self::AddAuthority(add) => add.run(),
            Self::AddKey(add) => add.run(),
            Self::RetireKey(retire) => retire.run(),
            Self::CompromiseKey(compromise) => compromise.run(),
            Self::Sign(sign) => sign.run(),
            Self::MergeSignatures(merge) => merge.run(),
            Self::Publish(publish) => publish.run(),
        }
    }
}

/// Reads a pack file of at most 32 MiB.
pub(super) fn read_pack(path: &Path) -> Result<Vec<u8>> {
    read_object(path, "trust pack", 32 << 20)
}

/// Reads a file of at most so many bytes.
pub(super) fn read_object(path: &Path, what: &str, most: u64) -> Result<Vec<u8>> {
    let name = path.display();
    let metadata = std::fs::metadata(path).with_context(|| format!("reading the {what} {name}"))?;
    ensure!(metadata.is_file() && metadata.len() <= most, "{name} is not a {what}: no file, or more than {most} bytes");
    std::fs::read(path).with_context(|| format!("reading the {what} {name}"))
}

/// Refuses a result that exists, before anything is asked or done.
pub(super) fn must_be_new(out: &Path) -> Result<()> {
    ensure!(!out.exists(), "{} exists; nothing is overwritten, choose another file with --out", out.display());
    Ok(())
}

/// Where a pack is looked for: `trust.sceau` in the folder of the key.
pub(super) fn trust_beside(key: &Path) -> PathBuf {
    key.with_file_name("trust.sceau")
}

pub(super) fn public_key(path: &Path) -> Result<PublicKey> {
    let key = read_public_key(path).map_err(with_hint).with_context(|| format!("public key {}", path.display()))?;
    PublicKey::new(key.as_bytes()).with_context(|| format!("public key {}", path.display()))
}

fn public_keys(paths: &[PathBuf]) -> Result<Vec<PublicKey>> {
    paths.iter().map(|path| public_key(path)).collect()
}

/// Writes a file that a stopped run may have written already, with the same bytes.
pub(super) fn write_same(path: &Path, bytes: &[u8]) -> Result<()> {
    write_once(path, bytes, "exists and says something else; move it away first")
}

pub(super) fn read_draft(path: &Path) -> Result<TrustDraft> {
    open_draft(&read_object(path, "draft", DRAFT_BYTES)?).with_context(|| path.display().to_string())
}

/// Writes a new draft, says what it changes so far and what its digest is.
fn write_draft(out: &Path, draft: &TrustDraft) -> Result<ExitCode> {
    write_whole(out, &draft.to_bytes())?;
    tell(&crate::ceremony::change_lines(draft));
    say(&format!("digest of the draft {}", words::groups(&draft.digest())));
    print(&out.display().to_string())?;
    Ok(ExitCode::SUCCESS)
}

/// Lines of the conversation that hold words of files.
fn tell(lines: &[String]) {
    lines.iter().for_each(|line| say(&printable(line)));
}

fn day(text: &str) -> Result<UnixTime, String> {
    parse_time(text).ok_or_else(|| "write a day as 2026-12-31".to_owned())
}

pub(super) use show::show;

const DAY: u64 = 86_400;
/// Two trust lists of the largest size.
const DRAFT_BYTES: u64 = 8 << 20;
