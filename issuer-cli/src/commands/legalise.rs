//! `issuer legalise`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, ensure};
use clap::{Args, Subcommand};
use credential_core::document::{PartialDate, Text, tag};
use credential_core::sealing::CodeKind;
use credential_core::time::rfc3339;
use credential_core::{Anchor, Pack, TrustStore};

use super::trust::{public_key, read_pack};
use super::{PassphraseSource, now, open_key, open_ledger, print, printable, profile_text, say};
use crate::keys::public_path;
use crate::ledger::{Act, State};
use crate::legalise::{Done, Order, Presented, Stated, present};
use crate::profile::MinistryProfile;
use crate::refused::refused;

/// Documents to legalise, or one of the commands.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, after_help = AFTER_HELP)]
pub struct Legalise {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    make: Option<Make>,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

#[derive(Subcommand)]
enum Command {
    /// Lists the acts of a day, with their count
    List(List),
}

#[derive(Args)]
struct Make {
    /// PNG or JPEG picture of the document, text file with its code, or the code's own text; give several if there are several
    #[arg(value_name = "DOCUMENT", required = true)]
    documents: Vec<PathBuf>,
    /// Trust pack that names the ministry and the documents' authority; may be given several times
    #[arg(long, value_name = "PACK", required = true)]
    trust: Vec<PathBuf>,
    /// The ministry's key file for legalisations
    #[arg(long, value_name = "KEY", required = true)]
    key: PathBuf,
    /// Capacity of who signs: a short name of the profile, or the words
    #[arg(long, value_name = "TEXT", required = true)]
    capacity: String,
    /// Number of the act in the ministry's book; one for each document, in the same order
    #[arg(long, value_name = "NUMBER", required = true)]
    act: Vec<String>,
    /// Place: a short name of the profile, or the words
    #[arg(long, value_name = "TEXT", required = true)]
    place: String,
    /// Day of the act, such as 2026-09-14
    #[arg(long, value_name = "DATE", required = true, value_parser = day)]
    date: PartialDate,
    /// Purpose or country: a short name of the profile, or the words
    #[arg(long, value_name = "TEXT")]
    purpose: Option<String>,
    /// Profile with the ministry's languages and fixed words
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Legalises documents too that state that the candidate was not admitted, or neither that nor the contrary
    #[arg(long)]
    whatever_it_states: bool,
    /// Folder for the codes
    #[arg(long, value_name = "DIR", required = true)]
    out: PathBuf,
}

#[derive(Args)]
#[command(after_help = "Example:\n  issuer legalise list --key ministry.key --date 2026-09-14")]
struct List {
    /// The ministry's key file; its public half stands beside it, it is not opened
    #[arg(long, value_name = "KEY")]
    key: PathBuf,
    /// Day of the acts; without it all acts are listed
    #[arg(long, value_name = "DATE", value_parser = day)]
    date: Option<PartialDate>,
    /// Writes one JSON object for each act
    #[arg(long)]
    json: bool,
}

impl Legalise {
    pub(super) fn run(self) -> Result<ExitCode> {
        match (self.command, self.make) {
            (Some(Command::List(list)), _) => list.run(),
            (None, Some(make)) => make.run(&self.passphrase),
            (None, None) => Err(anyhow!("name a document")),
        }
    }
}

impl Make {
    fn run(self, passphrase: &PassphraseSource) -> Result<ExitCode> {
        let now = now();
        ensure!(
            self.act.len() == self.documents.len(),
            "{} documents and {} act numbers: give --act once for each document",
            self.documents.len(),
            self.act.len()
        );
        ensure!(
            *self.date.to_string() <= rfc3339(now + EASTERNMOST)[..10],
            "the act is dated {}, after today; set the date or the clock",
            self.date
        );
        let profile = read_ministry_profile(self.profile.as_deref())?;
        let (capacity, place) = (profile.capacity(&self.capacity), profile.place(&self.place));
        let purpose = self.purpose.as_deref().map(|purpose| profile.purpose(purpose)).transpose();
        let numbers = self.numbers()?;
        let store = store(&self.trust)?;
        let ledger = open_ledger(Some(&self.key))?;
        let documents = match self.present(&store, now) {
            Ok(documents) => documents,
            Err(status) => return Ok(ExitCode::from(status)),
        };
        let key = open_key(&self.key, &mut passphrase.open()?)?;
        let order = Order {
            acts: &numbers.into_iter().zip(documents).collect::<Vec<_>>(),
            capacity: capacity.context("--capacity")?,
            place: place.context("--place")?,
            date: self.date,
            purpose: purpose.context("--purpose")?,
            profile: &profile,
            store: &store,
            key: &key,
            key_file: &self.key,
            out: &self.out,
            now,
        };
        let done = order.make(&ledger)?;
        done.iter().zip(order.acts).try_for_each(|(done, (_, document))| tell(done, document))?;
        Ok(ExitCode::SUCCESS)
    }

    fn numbers(&self) -> Result<Vec<Text>> {
        let numbers = self.act.iter().map(|act| Text::new(act.as_str()).with_context(|| format!("act number {act}")));
        let numbers = numbers.collect::<Result<Vec<_>>>()?;
        let twice = (1..numbers.len()).find(|&at| numbers[..at].contains(&numbers[at]));
        ensure!(twice.is_none(), "one act number is given to two documents; each act has its own");
        Ok(numbers)
    }

    /// All documents, or every reason why one is not legalised.
    fn present(&self, store: &TrustStore, now: u64) -> Result<Vec<Presented>, u8> {
        let (mut documents, mut statuses) = (Vec::new(), Vec::new());
        let stated = if self.whatever_it_states { Stated::Anything } else { Stated::Admitted };
        for (input, presented) in self.documents.iter().zip(present(&self.documents, stated, store, now)) {
            match presented {
                Ok(document) => documents.push(document),
                Err(refusal) => {
                    let shown = input.to_string_lossy();
                    let name = if CodeKind::of(&shown).is_some() { "the code" } else { &*shown };
                    say(&printable(&format!("{name}: {refusal}")));
                    statuses.push(refusal.exit_status);
                }
            }
        }
        if statuses.is_empty() {
            return Ok(documents);
        }
        say(&format!("nothing was legalised: {} of {} documents are refused", statuses.len(), self.documents.len()));
        Err(if statuses.contains(&1) { 1 } else { 2 })
    }
}

fn tell(done: &Done, document: &Presented) -> Result<()> {
    let again = if done.known { ", as before" } else { "" };
    let Act { number, document_serial, .. } = &done.act;
    say(&printable(&format!("act {number}{again}: {} (serial {document_serial})", document.about)));
    if !done.others.is_empty() {
        say(&printable(&format!("  note: this document was legalised before, by act {}", done.others.join(", "))));
    }
    print(&done.picture.display().to_string())?;
    Ok(())
}

impl List {
    fn run(self) -> Result<ExitCode> {
        let date = self.date.map(|date| date.to_string());
        let ledger = open_ledger(Some(&self.key))?;
        let public = public_key(&public_path(&self.key))?;
        let acts = ledger.register(&public)?.acts(date.as_deref())?;
        let states = ledger.history(&public)?.last_states();
        let mut not_in_force = 0;
        for act in &acts {
            let state = states.get(&tag(&act.digest)).copied().unwrap_or(State::InForce);
            not_in_force += usize::from(state != State::InForce);
            print(&if self.json { json(act, state) } else { printable(&line(act, state)) })?;
        }
        let on = date.map(|date| format!(" on {date}")).unwrap_or_default();
        let of_them = if not_in_force > 0 { format!(", {not_in_force} of them not in force") } else { String::new() };
        let count = format!("{} acts{on}{of_them}", acts.len());
        if self.json {
            say(&count)
        } else {
            print(&count)?
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn line(act: &Act, state: State) -> String {
    let Act { number, date, place, capacity, purpose, serial, document_serial, .. } = act;
    let purpose = if purpose.is_empty() { String::new() } else { format!("; {purpose}") };
    let state = if state == State::InForce { String::new() } else { format!("; {}", state.words().to_uppercase()) };
    format!("{number}; {date}; {place}; {capacity}{purpose}; document {document_serial}; record {serial}{state}")
}

fn json(act: &Act, state: State) -> String {
    serde_json::json!({
        "act": act.number, "date": act.date, "place": act.place, "capacity": act.capacity, "purpose": act.purpose,
        "document_serial": act.document_serial.to_string(), "serial": act.serial.to_string(),
        "sealed_at": rfc3339(act.sealed_at), "status": state,
    })
    .to_string()
}

fn store(packs: &[PathBuf]) -> Result<TrustStore> {
    let mut store = TrustStore::new();
    for path in packs {
        let pack = Pack::open(&read_pack(path)?, Anchor::AsCarried);
        store.add(pack.map_err(refused(format_args!("the trust pack {} is", path.display())))?);
    }
    Ok(store)
}

/// Reads a ministry's profile of at most 1 MiB; without a file all words are given as they are.
pub(super) fn read_ministry_profile(path: Option<&Path>) -> Result<MinistryProfile> {
    let Some(path) = path else { return Ok(MinistryProfile::default()) };
    MinistryProfile::parse(&profile_text(path)?).with_context(|| format!("profile {}", path.display()))
}

fn day(text: &str) -> Result<PartialDate, String> {
    let date = PartialDate::parse(text).filter(|date| date.is_whole());
    date.ok_or_else(|| "write a day that exists, as 2026-09-14".to_owned())
}

/// Where the day begins first, 14 hours before UTC.
const EASTERNMOST: u64 = 14 * 3_600;

const AFTER_HELP: &str = "Example:
  issuer legalise diploma.png --trust trust.sceau --key ministry.key --capacity \"Head of service\" \\
    --act 2026-004512 --place Rabat --date 2026-09-14 --purpose France --out codes
  issuer legalise list --key ministry.key --date 2026-09-14

Each document is verified first; unless it is genuine and in force, nothing is made. One that states that the candidate
was not admitted needs --whatever-it-states; of a paper in several codes every sheet is given, each with its own act. The
code is drawn as PNG and SVG and its text is written beside them. Acts stand in the ledger of the ministry's own
folder (`issuer init`), and their serials follow from the .secret file beside the key: keep both, and copies of them. The same command again gives the
same bytes. `issuer status withdraw` takes a legalisation back; the document stays as it was.

Exit status: 0 legalised; 1 a document was judged and refused; 2 it could not be judged, or nothing could be done.";
