//! `issuer issue`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};
use credential_core::document::{Kind, World};
use credential_core::time::rfc3339;

use super::list::{count, counts, print_faults, print_read, read_list, read_profile};
use super::trust::{read_pack, trust_beside};
use super::{PassphraseSource, now, open_key, open_ledger, print, progress, say};
use crate::batch::{Batch, Drawing, Plan, ReadBack, entry_of, plan, run};
use crate::ledger::UsedMinutes;
use crate::life::check_clerks_named;
use crate::list::{Checked, Fault, FaultKind, Severity};
use crate::minutes::compare_list;
use crate::profile::Profile;
use crate::refused::open_pack;

/// A list to seal.
#[derive(Args)]
#[command(after_help = "Example:
  issuer issue candidates.csv --profile bac.toml --key bac-2026.key --minutes pv/minutes-4.sceau-minutes --out sealed

Diplomas are sealed for whoever was admitted; other kinds also for others, where the profile says so (also_for), and
these then state the decision.
Writes documents.csv, the codes in folders of 1,000, trust.sceau for verifiers and a signed manifest. A run that was
stopped goes on when the same command is given again, and ends with the same bytes.
Serials follow from the office's secret, AUTHORITY.secret beside the key: made once, it belongs into every backup.
If the list has faults they are all listed and nothing is sealed (exit status 1), unless --skip-faulty is given.")]
pub struct Issue {
    /// The candidates' list
    list: PathBuf,
    /// Profile that says how to read the list and what the documents say: a file, or benin, morocco or haiti
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    /// The session's key file
    #[arg(long, value_name = "KEY")]
    key: PathBuf,
    /// Folder for what is made
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Trust pack in which the key stands [default: trust.sceau beside the key]
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// Sealed minutes of the jury (see `issuer minutes seal`), their lines beside them; a row that differs is a fault
    #[arg(long, value_name = "FILE", num_args = 1..)]
    minutes: Vec<PathBuf>,
    /// Kind of document [default: the profile's first]
    #[arg(long)]
    kind: Option<KindName>,
    /// Number of a candidate who is not the person of the same name and birth who has a document under another number; may
    /// be given several times
    #[arg(long, value_name = "NUMBER")]
    another_person: Vec<String>,
    /// Seals the good rows of a list that has faults; the faults are listed all the same
    #[arg(long)]
    skip_faulty: bool,
    #[command(flatten)]
    making: Making,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

/// How documents are made and faults are told.
#[derive(Args)]
pub(super) struct Making {
    /// What is drawn for each document
    #[arg(long, default_value = "both")]
    pub(super) codes: Drawing,
    /// What is read back with a second decoder; every text is verified in any case
    #[arg(long, default_value = "every-picture")]
    pub(super) read_back: ReadBack,
    /// Prints each fault as one JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

/// Kinds by their names on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum KindName {
    Diploma,
    Transcript,
    Attestation,
}

impl Issue {
    pub(super) fn run(self) -> Result<ExitCode> {
        let profile = read_profile(&self.profile)?;
        let ledger = open_ledger(Some(&self.key))?;
        let pack = read_pack(&self.trust.clone().unwrap_or_else(|| trust_beside(&self.key)))
            .context("a trust pack is needed; make one with: issuer trust new")?;
        let key = open_key(&self.key, &mut self.passphrase.open()?)?;
        ledger.check_key(&key.public())?;
        check_clerks_named(&ledger, &key.public(), &profile.clerks)?;
        say(&format!("reading {}", self.list.display()));
        let mut checked = read_list(&self.list, &profile)?;
        let minutes = self.compare_with_minutes(&mut checked, &profile, &pack)?;
        print_read(&checked, self.making.json)?;
        if self.must_stop(&checked.faults, checked.is_refused_whole()) {
            return Ok(ExitCode::from(1));
        }
        let _lock = ledger.lock_sealing()?;
        let in_force = open_pack(&pack)?;
        let (authority, entry) = entry_of(&in_force, &key.public())?;
        let secret = ledger.office_secret(&self.key, &authority.id, World::of(entry.test))?;
        let batch = Batch {
            profile: &profile,
            checked: &checked,
            kind: self.kind.map_or(profile.default_kind(), KindName::kind),
            key: &key,
            secret: &secret,
            pack: &pack,
            out: &self.out,
            now: now(),
            drawing: self.making.codes,
            read_back: self.making.read_back,
            minutes: &minutes,
            distinct: &self.another_person,
        };
        let plan = plan(&batch, &ledger)?;
        self.print_plan(&plan)?;
        if self.must_stop(&plan.faults, false) {
            return Ok(ExitCode::from(1));
        }
        if plan.count()? == 0 {
            say("nothing to do: no candidate who gets such a document is without one");
            return Ok(ExitCode::SUCCESS);
        }
        let summary = run(&batch, &plan, &ledger, &progress("sealing"))?;
        let taken_up = if summary.resumed { ", begun earlier" } else { "" };
        say(&format!(
            "{} sealed as of {}{taken_up}; {} rows without a document (at fault, or not for this kind)",
            summary.sealed,
            rfc3339(summary.sealed_at),
            summary.not_sealed
        ));
        if !summary.with_dictionary {
            say(
                "note: the trust pack does not hold this profile's dictionary, so the codes are larger than they could be",
            );
        }
        print(&self.out.join("documents.csv").display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }

    fn compare_with_minutes(&self, checked: &mut Checked, profile: &Profile, pack: &[u8]) -> Result<Vec<UsedMinutes>> {
        if self.minutes.is_empty() {
            ensure!(!profile.minutes_required, "the profile seals nothing without minutes; give them with --minutes");
            return Ok(Vec::new());
        }
        compare_list(checked, &self.minutes, profile, open_pack(pack)?.trust().claims())
    }

    /// Those who have this very document already are counted; the others are listed.
    fn print_plan(&self, plan: &Plan<'_>) -> Result<()> {
        let (have, others): (Vec<&Fault>, Vec<&Fault>) =
            plan.faults.iter().partition(|fault| fault.kind == FaultKind::SealedBefore && !self.making.json);
        print_faults(others.iter().copied(), self.making.json)?;
        if !have.is_empty() {
            say(&format!("{} candidates have this document already and get no second one", have.len()));
        }
        if !others.is_empty() {
            say(&format!("compared with the ledger: {}", counts(others.iter().copied())));
        }
        Ok(())
    }

    fn must_stop(&self, faults: &[Fault], refused_whole: bool) -> bool {
        let stop = count(faults, Severity::Error) > 0 && (refused_whole || !self.skip_faulty);
        if stop {
            let advice = if refused_whole { "" } else { ", or give --skip-faulty to seal the good rows" };
            say(&format!("nothing was sealed: mend the rows with errors and run again{advice}"));
        }
        stop
    }
}

impl KindName {
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Diploma => Kind::Diploma,
            Self::Transcript => Kind::Transcript,
            Self::Attestation => Kind::Attestation,
        }
    }
}
