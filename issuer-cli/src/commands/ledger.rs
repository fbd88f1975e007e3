//! `issuer ledger` and `issuer search`.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::{Args, Subcommand};
use credential_core::document::{Serial, Tag, tag};

use super::trust::read_pack;
use super::{now, open_ledger, print, printable, say};
use crate::ledger::{Found, Ledger, Office, State, verify};
use crate::life::{move_here, parse_serial};
use crate::refused::open_pack;

/// The office's ledger.
#[derive(Subcommand)]
pub enum LedgerCommand {
    /// Proves the ledger: its chain, every row that follows from it, every byte of its file
    Verify,
    /// Takes the ledger into use on this computer
    Move(Move),
    /// Erases what names the holder of a document, where the law asks for it
    Erase(Erase),
}

/// A ledger that comes from another computer, or from a copy.
#[derive(Args)]
#[command(after_help = "Example:
  issuer ledger move --public trust.sceau

Take the pack from where the public takes it, the office's site for example, and not from this folder: what has left the house
shows whether the ledger is the newest one. It must not be used on the other computer any more.")]
pub struct Move {
    /// The trust pack that the public has now
    #[arg(long, value_name = "PACK", required_unless_present = "nothing_published")]
    public: Option<PathBuf>,
    /// Nothing was ever published by this office
    #[arg(long, conflicts_with = "public")]
    nothing_published: bool,
    /// The highest number of an event that anybody wrote down, such as that of `issuer ledger verify`
    #[arg(long, value_name = "N")]
    event: Option<u64>,
}

/// A person to erase.
#[derive(Args)]
#[command(after_help = "Example:
  issuer ledger erase --serial 0123456789abcdef --reason \"Court order 7/2027\"

Name, birth and number go out of the ledger and never come back; the document stays valid, and every decision on it stands.
Copies of the ledger that were made before still hold them.")]
pub struct Erase {
    /// Serial of a document of that person
    #[arg(long, value_name = "HEX")]
    serial: String,
    /// By which order
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// Whose document, or which documents.
#[derive(Args)]
#[command(after_help = "Examples:
  issuer search koffi jean
  issuer search 0123456789abcdef

Accents and capitals do not count, and parts of a name or of a candidate's number will do.")]
pub struct Search {
    /// Words of a name, a candidate's number, or a serial
    #[arg(value_name = "WORD", required = true)]
    words: Vec<String>,
    /// Prints each document as one JSON object a line
    #[arg(long)]
    json: bool,
}

impl LedgerCommand {
    pub(super) fn run(self) -> Result<ExitCode> {
        match self {
            Self::Verify => proved(),
            Self::Move(moved) => moved.run(),
            Self::Erase(erase) => erase.run(),
        }
    }
}

fn proved() -> Result<ExitCode> {
    let ledger = open_ledger(None)?;
    let _locks = (ledger.lock_sealing()?, ledger.lock_deciding()?);
    let found = verify(&ledger)?;
    for fault in &found.faults {
        print(&printable(fault))?;
    }
    let count = format!("{} documents, {} decisions, {} acts", found.documents, found.decisions, found.acts);
    print(&format!("{}: {count}", found.head.words()))?;
    if found.faults.is_empty() {
        say("The ledger holds.");
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!(
        "{} faults: put the newest copy of the ledger back, and seal nothing before that.",
        found.faults.len()
    ));
    Ok(ExitCode::from(1))
}

impl Move {
    fn run(self) -> Result<ExitCode> {
        let office = Office::find(None)?;
        let pack = self.public.as_deref().map(|path| open_pack(&read_pack(path)?)).transpose()?;
        let head = move_here(&office, pack.as_ref(), self.event, now())?;
        say(&format!(
            "The ledger is used on this computer from now on, and no more on any other; it stands at {}.",
            head.words()
        ));
        Ok(ExitCode::SUCCESS)
    }
}

impl Erase {
    fn run(self) -> Result<ExitCode> {
        let ledger = open_ledger(None)?;
        let _locks = (ledger.lock_sealing()?, ledger.lock_deciding()?);
        ledger.erase(&parse_serial(&self.serial)?, &self.reason, now())?;
        say("Erased. The document and every decision on it stay as they are; delete older copies of the ledger too.");
        Ok(ExitCode::SUCCESS)
    }
}

impl Search {
    pub(super) fn run(self) -> Result<ExitCode> {
        let ledger = open_ledger(None)?;
        let found = match self.words.as_slice() {
            [one] if parse_serial(one).is_ok() => ledger.find_serial(&parse_serial(one)?)?.into_iter().collect(),
            words => ledger.search(&words.join(" "), MOST + 1)?,
        };
        ensure!(found.len() <= MOST, "more than {MOST} documents fit; give more of the name, or the number");
        let states = ledger.last_states()?;
        for document in &found {
            let state = state(&states, document);
            print(&if self.json { json(document, state) } else { printable(&line(document, state)) })?;
        }
        say(&format!("{} documents", found.len()));
        Ok(if found.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}

/// Whose document a serial is, and what else of that candidate is in force; nothing if the office has not sealed it.
pub(super) fn whose(ledger: &Ledger, states: &HashMap<Tag, State>, serial: &Serial) -> Result<Vec<String>> {
    let Some(found) = ledger.find_serial(serial)? else { return Ok(Vec::new()) };
    let mut lines = vec![line(&found, state(states, &found))];
    let Some(person) = &found.person else { return Ok(lines) };
    for other in ledger.search(&person.number, MOST)? {
        let same = other.person.as_ref().is_some_and(|other| other.number == person.number);
        if same && other.serial != found.serial && state(states, &other) == State::InForce {
            lines.push(format!("  this candidate also has, in force: {} {}", other.kind.code(), other.serial));
        }
    }
    Ok(lines)
}

/// What was decided on a document last.
fn state(states: &HashMap<Tag, State>, document: &Found) -> State {
    states.get(&tag(&document.digest)).copied().unwrap_or(State::InForce)
}

fn line(document: &Found, state: State) -> String {
    let who = match &document.person {
        Some(person) => {
            format!("{}; {}; born {}; {}", person.number, person.names.join(" / "), person.birth, person.session)
        }
        None => "erased".to_owned(),
    };
    format!("{}; {}; {who}; {}", document.serial, document.kind.code(), state.words())
}

fn json(document: &Found, state: State) -> String {
    serde_json::json!({
        "serial": document.serial.to_string(), "kind": document.kind.code(), "status": state,
        "person": document.person,
    })
    .to_string()
}

const MOST: usize = 200;
