//! `issuer trust`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use clap::{Args, Subcommand};
use credential_core::{Anchor, KeyEntry, KeyUse, Pack, PublicKey, parse_time, rfc3339};

use super::issue::read_profile;
use super::{PassphraseSource, now, open_key, print, printable, say, with_hint};
use crate::batch::write_whole;
use crate::keys::read_public_key;
use crate::life::Compromise;
use crate::trust::{NewAuthority, NewTrust, new_pack};

/// Trust packs.
#[derive(Subcommand)]
pub enum Trust {
    /// Makes a trust pack: signs with the roots which session key may seal what, and a first status list
    New(New),
    /// Shows what a trust pack says
    Show(Show),
    /// Marks a key as stolen: only documents that its register lists stay genuine
    CompromiseKey(CompromiseKey),
}

/// A new trust pack.
#[derive(Args)]
#[command(after_help = "Example:
  issuer trust new --profile bac.toml --root root.key --list-key lists.key --key bac-2026.key.pub --until 2026-12-31

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
    /// First day on which the session keys may seal [default: now]
    #[arg(long, value_name = "DATE", value_parser = time)]
    from: Option<u64>,
    /// Day up to which they may seal [default: 90 days from now]
    #[arg(long, value_name = "DATE", value_parser = time)]
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

/// A key that was stolen.
#[derive(Args)]
#[command(after_help = "Example:
  issuer trust compromise-key --key bac-2026.key.pub --trust trust.sceau --root root.key --out trust-2.sceau

The day that a document says is not consulted: a thief writes any day. What counts is the register of the key, signed
when it was closed (see `issuer register close`).")]
pub struct CompromiseKey {
    /// Public half of the key
    #[arg(long, value_name = "KEY.pub")]
    key: PathBuf,
    /// The trust pack in force
    #[arg(long, value_name = "PACK")]
    trust: PathBuf,
    /// Root key; give as many as must sign
    #[arg(long, value_name = "ROOTKEY", required = true, num_args = 1..)]
    root: Vec<PathBuf>,
    /// The pack to make
    #[arg(long, value_name = "NEWPACK")]
    out: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

/// A trust pack to look at.
#[derive(Args)]
#[command(after_help = "Example:\n  issuer trust show trust.sceau")]
pub struct Show {
    /// The pack
    file: PathBuf,
}

impl Trust {
    pub(super) fn run(self) -> Result<ExitCode> {
        match self {
            Self::New(new) => new.run(),
            Self::Show(show) => show.run(),
            Self::CompromiseKey(compromise) => compromise.run(),
        }
    }
}

impl New {
    fn run(self) -> Result<ExitCode> {
        let now = now();
        let profile = read_profile(&self.profile)?;
        let out = self.out.clone().unwrap_or_else(|| trust_beside(&self.key[0]));
        must_be_new(&out)?;
        let keys = self.key.iter().map(|path| public_key(path)).collect::<Result<Vec<_>>>()?;
        let mut passphrases = self.passphrase.open()?;
        let roots = self.root.iter().map(|path| open_key(path, &mut passphrases)).collect::<Result<Vec<_>>>()?;
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
        let publics: Vec<_> = publics.collect();
        let twice = (1..publics.len()).find(|&i| publics[..i].contains(&publics[i]));
        anyhow::ensure!(twice.is_none(), "one key is given twice; root, list key and session keys must all differ");
        let authority = NewAuthority {
            profile: &profile,
            keys: &keys,
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

impl Show {
    fn run(self) -> Result<ExitCode> {
        show(&read_pack(&self.file)?)?;
        Ok(ExitCode::SUCCESS)
    }
}

impl CompromiseKey {
    fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        let public = public_key(&self.key)?;
        let pack = read_pack(&self.trust)?;
        let mut passphrases = self.passphrase.open()?;
        let roots = self.root.iter().map(|path| open_key(path, &mut passphrases)).collect::<Result<Vec<_>>>()?;
        let done = Compromise { public: &public, roots: &roots, pack: &pack, now: now() }.make()?;
        write_whole(&self.out, &done.pack)?;
        let id = crate::batch::hex(&public.id());
        say(&format!("The key {id} counts as stolen by version {} of the trust list.", done.version));
        match done.register {
            Some((number, count)) => say(&format!(
                "The {count} documents of register {number} stay genuine. All others of this key are no longer."
            )),
            None => say("WARNING: the pack has no register of this key, so none of its documents is called genuine \
                         any more. Seal them anew with another key."),
        }
        say("Hand the new pack to all verifiers at once: the old one still accepts the thief's documents.");
        print(&self.out.display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Reads a pack file of at most 32 MiB.
pub(super) fn read_pack(path: &Path) -> Result<Vec<u8>> {
    let metadata = std::fs::metadata(path).with_context(|| format!("reading the trust pack {}", path.display()))?;
    anyhow::ensure!(metadata.is_file() && metadata.len() <= 32 << 20, "{} is not a trust pack", path.display());
    std::fs::read(path).with_context(|| format!("reading the trust pack {}", path.display()))
}

/// The pack, if everything in it holds.
pub(super) fn open_pack(bytes: &[u8]) -> Result<Pack> {
    Pack::open(bytes, Anchor::AsCarried)
        .map_err(|reason| anyhow!("the trust pack is refused: {reason}. {}", reason.words()))
}

/// Refuses a result that exists, before anything is asked or done.
pub(super) fn must_be_new(out: &Path) -> Result<()> {
    anyhow::ensure!(!out.exists(), "{} exists; nothing is overwritten, choose another file with --out", out.display());
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

fn show(pack: &[u8]) -> Result<()> {
    let pack = open_pack(pack)?;
    let claims = pack.trust().claims();
    let fingerprint: Vec<String> = pack.trust().root().chunks(2).take(8).map(crate::batch::hex).collect();
    say(&format!("List of {}, version {}", printable(claims.owner.as_str()), claims.version));
    say(&format!("  issued {}, next update {}", rfc3339(claims.issued), rfc3339(claims.next_update)));
    say(&format!(
        "  root fingerprint {} ..., {} of {} must sign",
        fingerprint.join(" "),
        claims.roots.threshold,
        claims.roots.keys.len()
    ));
    for authority in &claims.authorities {
        let names: Vec<_> = authority.names.iter().map(|(tag, name)| format!("{} ({})", name, tag.as_str())).collect();
        say(&printable(&format!("{} {}: {}", authority.id, authority.country, names.join(", "))));
        authority.keys.iter().for_each(|entry| say(&printable(&format!("  {}", describe(entry)))));
    }
    for (head, file) in pack.registers() {
        let (number, count) = (head.claims().number, head.claims().count);
        let file = if file.is_some() { "" } else { ", without its file" };
        say(&format!("register {}/{number} of {count} documents{file}", head.authority()));
    }
    for list in pack.statuses() {
        say(&format!("status list {}/{} as of {}", list.authority(), list.number(), rfc3339(list.as_of())));
    }
    say(&format!("dictionaries: {}", pack.dictionaries().len()));
    Ok(())
}

fn describe(entry: &KeyEntry) -> String {
    let usage = match &entry.usage {
        KeyUse::Documents { kinds, sessions, maximum_count, status_list } => {
            let kinds: Vec<_> = kinds.iter().map(|kind| kind.code()).collect();
            let sessions: Vec<_> = sessions.iter().flatten().map(|session| session.as_str()).collect();
            let sessions = if sessions.is_empty() { "any session".to_owned() } else { sessions.join(", ") };
            let list = status_list.map_or("no status list".to_owned(), |list| format!("status list {list}"));
            format!("seals {} ({sessions}), at most {maximum_count}, {list}", kinds.join(", "))
        }
        KeyUse::Status => "signs status lists".to_owned(),
        KeyUse::Register => "signs register heads".to_owned(),
        KeyUse::Minutes => "signs minutes".to_owned(),
        KeyUse::Legalisation => "signs legalisations".to_owned(),
    };
    let mark = if entry.test { " [TEST: specimens only]" } else { "" };
    let window = format!("from {} to {}", rfc3339(entry.not_before), rfc3339(entry.not_after));
    let ends = [("closed", entry.closed_at), ("COMPROMISED", entry.compromised_at)];
    let ends = ends.iter().filter_map(|(word, time)| Some(format!(", {word} {}", rfc3339((*time)?))));
    let ends: String = ends.collect();
    format!("key {}: {usage}, {window}{ends}{mark}", crate::batch::hex(&entry.public.id()))
}

fn time(text: &str) -> Result<u64, String> {
    parse_time(text).ok_or_else(|| "write a day as 2026-12-31".to_owned())
}

const DAY: u64 = 86_400;
