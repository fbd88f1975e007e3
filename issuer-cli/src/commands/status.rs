//! `issuer status`.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};
use credential_core::Pack;
use credential_core::document::{Text, World};
use credential_core::lists::PublicKey;
use credential_core::time::rfc3339;

use super::ledger::whose;
use super::list::read_profile;
use super::trust::{must_be_new, public_key, read_pack};
use super::{PassphraseSource, now, now_after, open_key, open_keys, open_ledger, print, printable, say};
use crate::file::write_whole;
use crate::hex::hex;
use crate::keys::public_path;
use crate::ledger::Ledger;
use crate::legalise::codes;
use crate::life::{Action, Named, Renew, StatusChange, Wanted, name_clerks, parse_digest, parse_serial};
use crate::refused::open_pack;

/// What becomes of sealed documents.
#[derive(Subcommand)]
pub enum Status {
    /// Withdraws documents for good
    Withdraw(Change),
    /// Suspends documents for now
    Suspend(Change),
    /// Ends the suspension of documents
    Reinstate(Change),
    /// Marks documents as replaced by others
    Replace(Change),
    /// Names the clerks of whom two decide from now on
    Clerks(ClerksArgs),
    /// Signs status lists again without a change, so that verifiers see that they are fresh
    Renew(RenewArgs),
}

/// Two persons who decide.
#[derive(Args)]
#[command(after_help = "Example, with [status] two_persons = true and the clerks' public keys in bac.toml:
  issuer status clerks --profile bac.toml --key bac-2026.key --clerk anna.key bruno.key

Each clerk has a key of their own, made with `issuer key new`. The profile names their public keys: the middle line of each
.pub file. From now on two of them sign every decision, with --clerk; a decision that two of them did not sign is found when
the ledger is read. Two of the clerks before them sign a later change of the clerks.")]
pub struct ClerksArgs {
    /// Profile that names the clerks
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    /// Key that seals the documents; its public half stands beside it, it is not opened
    #[arg(long, value_name = "KEY")]
    key: PathBuf,
    /// Keys of two clerks
    #[arg(long, value_name = "KEY", num_args = 1.., required = true)]
    clerk: Vec<PathBuf>,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

impl ClerksArgs {
    fn run(self) -> Result<ExitCode> {
        let profile = read_profile(&self.profile)?;
        ensure!(!profile.clerks.is_empty(), "the profile names no clerks: write two_persons and clerks under [status]");
        let public = public_key(&public_path(&self.key))?;
        let mut passphrases = self.passphrase.open()?;
        let signers = open_keys(&self.clerk, &mut passphrases)?;
        let ids = profile.clerks.iter().map(|clerk| hex(&clerk.id())).collect::<Vec<_>>().join(", ");
        let ledger = open_ledger(Some(&self.key))?;
        let named = name_clerks(&ledger, &public, &profile.clerks, &signers, now())?;
        let since = if named { "from now on" } else { "already, as before," };
        say(&format!(
            "{since} two of the clerks {ids} decide on the status of documents of the key {}",
            hex(&public.id())
        ));
        Ok(ExitCode::SUCCESS)
    }
}

/// Status lists to sign again.
#[derive(Args)]
#[command(after_help = "Example:
  issuer status renew --list-key lists.key --trust trust.sceau --out trust-2.sceau

A list is called old 90 days after it was signed. Whatever the ledger holds is in the new lists, so an older pack brings
nothing back into force, and a list that the pack has lost is made anew. A list of another office's key, or of which the list key is not given,
stays as it is, and is named.")]
pub struct RenewArgs {
    /// Key that signs status lists; give one for each authority
    #[arg(long, value_name = "KEY", required = true, num_args = 1..)]
    list_key: Vec<PathBuf>,
    /// The trust pack in force
    #[arg(long, value_name = "PACK")]
    trust: PathBuf,
    /// The pack to make
    #[arg(long, value_name = "NEWPACK")]
    out: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

/// A change of status.
#[derive(Args)]
#[command(after_help = "Example:
  issuer status withdraw --key bac-2026.key --list-key lists.key --trust trust.sceau \\
    --serial 0123456789abcdef --reason \"Decision 12/2026\" --out trust-2.sceau

A forgery that bears the serial of an innocent's document is named by its code (--code forged.png) or by its digest: the
innocent's document stays as it is.

Each decision is an event of the office's ledger. The new pack is for all verifiers.
If the run was stopped, run the same command again: no decision is recorded twice.")]
pub struct Change {
    /// Key that sealed the documents; its public half stands beside it, it is not opened
    #[arg(long, value_name = "KEY")]
    key: PathBuf,
    /// Key that signs the status lists
    #[arg(long, value_name = "KEY")]
    list_key: PathBuf,
    /// The trust pack in force
    #[arg(long, value_name = "PACK")]
    trust: PathBuf,
    /// Serial of a document, in hexadecimal; give several if there are several
    #[arg(long, value_name = "HEX", num_args = 1.., required_unless_present_any = ["csv", "digest", "code"])]
    serial: Vec<String>,
    /// Digest of a document, in hexadecimal, whether the office has sealed it or not
    #[arg(long, value_name = "HEX", num_args = 1..)]
    digest: Vec<String>,
    /// Picture or text file with the code of a document, or the code's own text, whether the office has sealed it or not
    #[arg(long, value_name = "FILE", num_args = 1..)]
    code: Vec<PathBuf>,
    /// List with the columns `serial` and `reason`, in UTF-8, separated by `,` or `;`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["serial", "digest", "code"])]
    csv: Option<PathBuf>,
    /// Why, for the ledger; in a list it serves the lines without a reason
    #[arg(long, value_name = "TEXT", required_unless_present = "csv")]
    reason: Option<String>,
    /// Key of a clerk, where two persons decide; give two, each types the passphrase
    #[arg(long, value_name = "KEY", num_args = 1..)]
    clerk: Vec<PathBuf>,
    /// The pack to make
    #[arg(long, value_name = "NEWPACK")]
    out: PathBuf,
    /// Does not ask whether these are the right documents
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

impl Status {
    pub(super) fn run(self) -> Result<ExitCode> {
        match self {
            Self::Withdraw(change) => change.run(Action::Withdraw),
            Self::Suspend(change) => change.run(Action::Suspend),
            Self::Reinstate(change) => change.run(Action::Reinstate),
            Self::Replace(change) => change.run(Action::Replace),
            Self::Clerks(clerks) => clerks.run(),
            Self::Renew(renew) => renew.run(),
        }
    }
}

impl RenewArgs {
    fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        let ledger = open_ledger(None)?;
        let pack = read_pack(&self.trust)?;
        let mut passphrases = self.passphrase.open()?;
        let list_keys = open_keys(&self.list_key, &mut passphrases)?;
        let now = now_after(&pack);
        let renewed = Renew { ledger: &ledger, list_keys: &list_keys, pack: &pack, now }.make()?;
        write_whole(&self.out, &renewed.pack)?;
        say(&format!("signed again as of {}: {}", rfc3339(now), renewed.lists.join(", ")));
        renewed.left.iter().for_each(|left| say(&format!("left as it was: {left}")));
        say("Hand the new pack to all verifiers.");
        print(&self.out.display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Change {
    fn run(self, action: Action) -> Result<ExitCode> {
        // a run that was stopped after its last write may be given again
        let written = self.out.exists().then(|| read_pack(&self.out)).transpose()?;
        let public = public_key(&public_path(&self.key))?;
        let ledger = open_ledger(Some(&self.key))?;
        let pack = read_pack(&self.trust)?;
        let (documents, unread) = self.documents(&public, &pack)?;
        if !self.is_confirmed(&ledger, action, &documents)? {
            say("nothing was changed");
            return Ok(ExitCode::from(2));
        }
        let mut passphrases = self.passphrase.open()?;
        let list_key = open_key(&self.list_key, &mut passphrases)?;
        let clerks = open_keys(&self.clerk, &mut passphrases)?;
        let change = StatusChange {
            ledger: &ledger,
            public: &public,
            pack: &pack,
            list_key: &list_key,
            clerks: &clerks,
            action,
            documents: &documents,
            unread: &unread,
            out: (&self.out, written.as_deref()),
            now: now_after(&pack),
        };
        let changed = change.make()?;
        if written.is_none() {
            write_whole(&self.out, &changed.pack)?;
        }
        let known = if changed.known > 0 { format!(" ({} before)", changed.known) } else { String::new() };
        let words = action.target().words();
        let by = if clerks.is_empty() { "" } else { ", signed by two clerks" };
        say(&format!("newly {words}: {}{known}{by}", changed.recorded));
        say("Hand the new pack to all verifiers: those with the old one see no change.");
        print(&self.out.display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }

    /// Says whose documents these are, and asks whoever sits at a terminal.
    fn is_confirmed(&self, ledger: &Ledger, action: Action, documents: &[Wanted]) -> Result<bool> {
        let states = ledger.last_states()?;
        for wanted in documents.iter().take(SHOWN) {
            if let Named::Serial(serial) | Named::Digest { serial: Some(serial), .. } = &wanted.document {
                whose(ledger, &states, serial)?.iter().for_each(|line| say(&printable(line)));
            }
        }
        if documents.len() > SHOWN {
            say(&format!("and {} more", documents.len() - SHOWN));
        }
        if self.yes || !io::stdin().is_terminal() {
            return Ok(true);
        }
        say(&format!("{} documents would be {}. Type yes to go on:", documents.len(), action.target().words()));
        let mut answer = String::new();
        io::stdin().read_line(&mut answer).context("reading the answer")?;
        Ok(answer.trim().eq_ignore_ascii_case("yes"))
    }

    /// The documents of the change, and what names none.
    fn documents(&self, public: &PublicKey, pack: &[u8]) -> Result<(Vec<Wanted>, Vec<String>)> {
        let rows = match &self.csv {
            Some(path) => read_csv(path, ["serial", "reason"])?,
            None => self.serial.iter().map(|serial| (serial.clone(), String::new())).collect(),
        };
        let named = !self.digest.is_empty() || !self.code.is_empty();
        ensure!(named || !rows.is_empty(), "the list has no lines");
        let serials = rows.into_iter().map(|(serial, reason)| (parse_serial(&serial).map(Named::Serial), reason));
        let digests = self
            .digest
            .iter()
            .map(|digest| (parse_digest(digest).map(|digest| Named::Digest { digest, serial: None }), String::new()));
        let pack = if self.code.is_empty() { None } else { Some(open_pack(pack)?) };
        let codes =
            pack.iter().flat_map(|pack| self.code.iter().map(move |code| (by_code(code, public, pack), String::new())));
        let (mut documents, mut faults) = (Vec::new(), Vec::new());
        for (row, (named, reason)) in (1..).zip(serials.chain(digests).chain(codes)) {
            match named.and_then(|named| self.wanted(named, &reason)) {
                Ok(wanted) => documents.push(wanted),
                Err(error) => faults.push(format!("no. {row}: {error:#}")),
            }
        }
        Ok((documents, faults))
    }

    fn wanted(&self, document: Named, reason: &str) -> Result<Wanted> {
        let reason = if reason.is_empty() { self.reason.as_deref() } else { Some(reason) };
        let reason = reason.with_context(|| format!("{document} has no reason; write one or give --reason"))?;
        Text::new(reason).with_context(|| format!("the reason for {document}"))?;
        Ok(Wanted { document, reason: reason.to_owned(), successor: None })
    }
}

/// How many documents are shown one by one.
const SHOWN: usize = 20;

/// The one document or record of an input, by its code.
fn by_code(input: &Path, public: &PublicKey, pack: &Pack) -> Result<Named> {
    let (authority, entry) = pack.trust().claims().find(public).context("the trust pack does not name the key")?;
    let codes = codes(input).with_context(|| input.display().to_string())?;
    let mut found: Option<Named> = None;
    for code in &codes {
        let named = Named::by_code(code, pack, &authority.id, World::of(entry.test), now())
            .with_context(|| input.display().to_string())?;
        let one = found.as_ref().is_none_or(|found| *found == named);
        ensure!(one, "{}: it holds several documents; give each in a file of its own", input.display());
        found = Some(named);
    }
    found.with_context(|| format!("{}: it holds no code of a document or a legalisation", input.display()))
}

/// Two columns of a list; the second may be missing.
pub(super) fn read_csv(path: &Path, columns: [&str; 2]) -> Result<Vec<(String, String)>> {
    read_columns(path, columns).with_context(|| format!("list {}", path.display()))
}

fn read_columns(path: &Path, [first, second]: [&str; 2]) -> Result<Vec<(String, String)>> {
    let text = std::fs::read_to_string(path).context("it cannot be read as UTF-8")?;
    let text = text.trim_start_matches('\u{FEFF}');
    let delimiter = if text.lines().next().is_some_and(|line| line.contains(';')) { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers()?.clone();
    let column = |name: &str| headers.iter().position(|header| header.eq_ignore_ascii_case(name));
    let first = column(first).with_context(|| format!("it has no column `{first}` in its first line"))?;
    let second = column(second);
    let cell =
        |record: &csv::StringRecord, at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or("").to_owned();
    reader
        .records()
        .map(|record| Ok(record?))
        .map(|record| record.map(|r| (cell(&r, Some(first)), cell(&r, second))))
        .collect()
}
