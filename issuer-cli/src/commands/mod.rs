//! The subcommands of `issuer`, one file each.

mod audit;
mod check;
mod correct;
mod demo;
mod duplicate;
mod init;
mod issue;
mod key;
mod later_edition;
mod ledger;
mod legalise;
mod list;
mod minutes;
mod pack;
mod page;
mod register;
mod root;
mod status;
mod trust;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};
use credential_core::document::Text;
use credential_core::lists::StatusList;
use credential_core::sealing::SealingKey;
use credential_core::{Anchor, Pack};
use indicatif::{ProgressBar, ProgressStyle};

use crate::keys::{KeyFile, Passphrases};
use crate::ledger::{Ledger, Office};

/// What `issuer` does.
#[derive(Subcommand)]
pub enum Command {
    /// Seals the sample lists of three countries with test keys, reads every code back and shows where they are
    Demo(demo::Demo),
    /// Makes the folder of an office, with the ledger that keeps everybody from getting two originals
    Init(init::Init),
    /// Proves the office's ledger, takes it to another computer, erases a person
    #[command(subcommand)]
    Ledger(ledger::LedgerCommand),
    /// Shows whose document a serial is, or which documents somebody has
    Search(ledger::Search),
    /// Makes key files
    #[command(subcommand)]
    Key(key::Key),
    /// Makes the root keys of a trust list, one on the machine of each holder
    #[command(subcommand)]
    Root(root::Root),
    /// Makes, changes and shows the trust list: which key may seal what
    #[command(subcommand)]
    Trust(trust::Trust),
    /// Puts separately signed objects into one trust pack
    #[command(subcommand)]
    Pack(pack::Pack),
    /// Checks a candidates' list and seals nothing
    Check(check::Check),
    /// Seals what a jury decided, before any document is sealed
    #[command(subcommand)]
    Minutes(minutes::Minutes),
    /// Closes a key with the register of all that it sealed
    #[command(subcommand)]
    Register(register::Register),
    /// Withdraws, suspends, reinstates or marks as replaced documents that were sealed
    #[command(subcommand)]
    Status(status::Status),
    /// Checks a candidates' list and seals one document for each admitted candidate
    Issue(issue::Issue),
    /// Seals documents that say something else in the place of earlier ones
    Correct(correct::Correct),
    /// Seals documents that say the same as earlier ones, for holders who lost theirs
    Duplicate(duplicate::Duplicate),
    /// Legalises documents for a ministry: verifies each and seals a small second code over it
    Legalise(legalise::Legalise),
    /// Proves that documents, minutes, registers and manifests of a session agree
    Audit(audit::Audit),
}

impl Command {
    /// Runs the command and says what went wrong, if anything did.
    pub fn run(self) -> ExitCode {
        let done = match self {
            Self::Demo(demo) => demo.run(),
            Self::Init(init) => init.run(),
            Self::Ledger(ledger) => ledger.run(),
            Self::Search(search) => search.run(),
            Self::Key(key) => key.run(),
            Self::Root(root) => root.run(),
            Self::Trust(trust) => trust.run(),
            Self::Pack(pack) => pack.run(),
            Self::Audit(audit) => audit.run(),
            Self::Check(check) => check.run(),
            Self::Minutes(minutes) => minutes.run(),
            Self::Register(register) => register.run(),
            Self::Status(status) => status.run(),
            Self::Issue(issue) => issue.run(),
            Self::Correct(correct) => correct.run(),
            Self::Duplicate(duplicate) => duplicate.run(),
            Self::Legalise(legalise) => legalise.run(),
        };
        done.unwrap_or_else(|error| {
            say(&format!("error: {}", printable(&format!("{error:#}"))));
            ExitCode::from(2)
        })
    }
}

/// Where passphrases come from.
#[derive(Args)]
struct PassphraseSource {
    /// File with the passphrases, one a line in the order in which keys are named; one line serves all. `-` is standard
    /// input, and `/dev/fd/3` works. Without it they are asked for on the terminal
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl PassphraseSource {
    fn open(&self) -> Result<Passphrases> {
        Ok(match &self.passphrase_file {
            Some(path) => Passphrases::from_file(path)?,
            None => Passphrases::from_terminal(),
        })
    }
}

fn open_key(path: &Path, passphrases: &mut Passphrases) -> Result<SealingKey> {
    let name = path.display().to_string();
    let mut open = || -> Result<SealingKey> {
        let file = KeyFile::read(path).map_err(with_hint)?;
        let key = file.open(&passphrases.ask(&name)?).map_err(with_hint)?;
        Ok(SealingKey::from_seed(&zeroize::Zeroizing::new(key.to_bytes())))
    };
    open().with_context(|| format!("key file {name}"))
}

/// The ledger of the office in whose folder somebody works, or the key lies.
fn open_ledger(key: Option<&Path>) -> Result<Ledger> {
    Ledger::open(&Office::find(key)?)
}

fn open_keys(paths: &[PathBuf], passphrases: &mut Passphrases) -> Result<Vec<SealingKey>> {
    paths.iter().map(|path| open_key(path, passphrases)).collect()
}

fn with_hint(error: crate::keys::KeyError) -> anyhow::Error {
    let hint = error.hint();
    match hint {
        Some(hint) => anyhow::anyhow!("{error}; {hint}"),
        None => error.into(),
    }
}

/// The text of a profile file of at most 1 MiB.
fn profile_text(path: &Path) -> Result<String> {
    let context = || format!("reading the profile {}", path.display());
    let metadata = std::fs::metadata(path).with_context(context)?;
    ensure!(metadata.is_file() && metadata.len() <= 1 << 20, "{} is not a profile", path.display());
    std::fs::read_to_string(path).with_context(context)
}

/// An argument that may stand in a signed object or on a printed page.
fn text(argument: &str) -> Result<Text, String> {
    Text::new(argument).map_err(|fault| fault.to_string())
}

/// Seconds since 1970; 0 if the clock stands before that.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The time, in the second after the newest status list of a pack at the earliest: of two states of one moment a verifier
/// could not tell which is the later one.
fn now_after(pack: &[u8]) -> u64 {
    let pack = Pack::open(pack, Anchor::AsCarried);
    let newest = pack.iter().flat_map(Pack::statuses).map(StatusList::as_of).max();
    while newest == Some(now()) {
        std::thread::sleep(Duration::from_millis(20));
    }
    now()
}

/// A bar with rate and time left; it draws nothing unless standard error is a terminal.
fn progress(task: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} {per_sec}, {eta} left");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())).with_message(task.to_owned())
}

/// One line of the result, on standard output.
fn print(line: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{line}")
}

/// One line of the conversation, on standard error.
fn say(line: &str) {
    // where nobody listens there is nothing to do about it
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// The text with every character escaped that a terminal could act on.
fn printable(text: &str) -> String {
    let escape = |c: char| {
        if c == '\n' || credential_core::document::check_text(c.encode_utf8(&mut [0; 4])).is_ok() || c == ' ' {
            c.to_string()
        } else {
            c.escape_unicode().to_string()
        }
    };
    text.chars().map(escape).collect()
}
