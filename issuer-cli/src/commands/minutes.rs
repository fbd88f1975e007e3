//! `issuer minutes`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::{Args, Subcommand};
use credential_core::minutes::{MinutesClaims, SeriesCount};
use serde::Serialize;

use super::list::{count, counts, fault_words, read_list, read_profile};
use super::trust::read_pack;
use super::{PassphraseSource, now, open_key, open_ledger, print, printable, say};
use crate::hex::hex;
use crate::list::{Fault, Severity};
use crate::minutes::{NewMinutes, Sealed, draft, lines_path};
use crate::refused::open_pack;

/// Minutes of juries.
#[derive(Subcommand)]
pub enum Minutes {
    /// Fixes what a jury decided: signs root and counts of its lists, which then decide what may be sealed
    Seal(Seal),
}

/// Lists of a jury.
#[derive(Args)]
#[command(after_help = "Example:
  issuer minutes seal pv/north.csv pv/south.csv --profile bac.toml --key jury.key --number 4 --out minutes

Writes minutes/minutes-4.sceau-minutes, signed, to be handed out, and beside it the lines with their salt
(.lines.jsonl), which only its owner may read: keep both, `issuer issue --minutes` and `issuer audit` need them.
Read root and counts aloud and publish them: they name nobody, and nobody can change the minutes after that.
Every candidate of the lists gets a line, admitted or not: name, birth, series, decision, honours and all results. If a list has faults they are all listed and nothing is
sealed (exit status 1). A run that was stopped goes on when the same command is given again.")]
pub struct Seal {
    /// The jury's lists, written as the profile says; several are one set of minutes in the order given
    #[arg(required = true)]
    lists: Vec<PathBuf>,
    /// Profile that says how to read the lists: a file, or benin, morocco or haiti
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    /// The jury's key file
    #[arg(long, value_name = "KEY")]
    key: PathBuf,
    /// Number of the minutes within the authority
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    number: u64,
    /// Folder for the signed minutes and their lines
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Trust pack that should name the jury's key; without it nobody looks whether it does
    #[arg(long, value_name = "PACK")]
    trust: Option<PathBuf>,
    /// Prints each fault, and the result, as one JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

/// A fault and the list that holds it.
#[derive(Serialize)]
struct InFile<'a> {
    file: &'a str,
    #[serde(flatten)]
    fault: &'a Fault,
}

impl Minutes {
    pub(super) fn run(self) -> Result<ExitCode> {
        let Self::Seal(seal) = self;
        seal.run()
    }
}

impl Seal {
    fn run(self) -> Result<ExitCode> {
        let profile = read_profile(&self.profile)?;
        let pack = self.trust.as_ref().map(|path| open_pack(&read_pack(path)?)).transpose()?;
        let names: Vec<String> = self.lists.iter().map(|path| path.display().to_string()).collect();
        let lists = self.lists.iter().map(|path| read_list(path, &profile)).collect::<Result<Vec<_>>>()?;
        let draft = draft(&lists, &names, &profile);
        let faults = lists.iter().enumerate().flat_map(|(at, list)| list.faults.iter().map(move |fault| (at, fault)));
        let mut faults: Vec<_> = faults.chain(draft.faults.iter().map(|(at, fault)| (*at, fault))).collect();
        faults.sort_by_key(|(at, fault)| (*at, fault.row));
        self.print_faults(&faults, &names)?;
        let all = faults.iter().map(|(_, fault)| *fault);
        say(&format!("{} lines read: {}", draft.count(), counts(all.clone())));
        if count(all, Severity::Error) > 0 {
            say("nothing was sealed: have the jury mend the lines with errors and run again");
            return Ok(ExitCode::from(1));
        }
        ensure!(draft.count() > 0, "the lists have no lines");
        let key = open_key(&self.key, &mut self.passphrase.open()?)?;
        let trust = pack.as_ref().map(|pack| pack.trust().claims());
        let authority = profile.authority.id.as_str();
        let ledger = open_ledger(Some(&self.key))?;
        let new = NewMinutes {
            number: self.number,
            key: &key,
            ledger: &ledger,
            authority,
            trust,
            folder: &self.out,
            now: now(),
        };
        let sealed = draft.seal(&new)?;
        if trust.is_none() {
            say("note: nobody looked whether verifiers know this key as one for minutes; --trust does");
        }
        self.print_sealed(&sealed)?;
        Ok(ExitCode::SUCCESS)
    }

    fn print_faults(&self, faults: &[(usize, &Fault)], names: &[String]) -> Result<()> {
        for (at, fault) in faults {
            let file = names[*at].as_str();
            print(&if self.json {
                serde_json::to_string(&InFile { file, fault })?
            } else {
                printable(&format!("{file}: {}", fault_words(fault)))
            })?;
        }
        Ok(())
    }

    fn print_sealed(&self, sealed: &Sealed) -> Result<()> {
        let (path, claims) = (sealed.path.display().to_string(), &sealed.claims);
        if self.json {
            print(&json(&path, claims).to_string())?;
        } else {
            print(&format!("minutes {}: {}, {} lines", claims.number, claims.session, claims.lines))?;
            for count in &claims.counts {
                let series = count.series.as_ref().map_or("all", |series| series.as_str());
                print(&format!("  {series}: {}", decisions(count)))?;
            }
            print(&format!("root {}", claims.root.chunks(2).map(hex).collect::<Vec<_>>().join(" ")))?;
            print(&path)?;
        }
        let again = if sealed.resumed { " They had been sealed before: the files are the same." } else { "" };
        say(&format!("Read root and counts aloud and publish them.{again}"));
        say(&format!("Keep {} secret: it names the candidates.", lines_path(&sealed.path).display()));
        Ok(())
    }
}

/// The numbers of a series; what was never decided is not named.
fn decisions(count: &SeriesCount) -> String {
    let SeriesCount { series: _, not_admitted, admitted, otherwise } = count;
    let told = format!("{admitted} admitted, {not_admitted} not admitted");
    if *otherwise == 0 { told } else { format!("{told}, {otherwise} decided otherwise") }
}

fn json(path: &str, claims: &MinutesClaims) -> serde_json::Value {
    let counts = claims.counts.iter().map(|count| {
        let series = count.series.as_ref().map(|series| series.as_str());
        serde_json::json!({ "series": series, "admitted": count.admitted,
            "not_admitted": count.not_admitted, "otherwise": count.otherwise })
    });
    serde_json::json!({
        "file": path,
        "minutes": claims.number,
        "session": claims.session.as_str(),
        "lines": claims.lines,
        "root": hex(&claims.root),
        "counts": counts.collect::<Vec<_>>(),
    })
}
