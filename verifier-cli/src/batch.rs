//! `verifier batch`: folders of scans, judged file by file, beside a list of applicants, into a report.

mod about;
mod folder;
mod line;
mod matching;
mod others;
mod previous;
mod report;
mod scan;
mod words;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::thread;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::basis::{self, Basis};
use crate::language::Language;
use crate::tally::Tally;
use crate::{clock, safe, store, tell};
use about::{About, Run};
use folder::Found;
use line::Line;
use matching::{Applicants, Columns, Compared, Judged, Pile};
use previous::Previous;
use report::{Form, Report};

/// Judges every picture and PDF of folders, and writes a report that can be filed.
///
/// Every file is a line of the report, and every code of it: also where no code was found or a file could not be read.
/// PDF pages are drawn as a person sees them; a code hidden under something is not read.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    given: basis::Given,
    /// Report to write: .xlsx, .csv, .html or .jsonl; may be given several times. No file is overwritten
    #[arg(long, value_name = "FILE", required = true, value_parser = report_file)]
    report: Vec<(PathBuf, Form)>,
    /// List of applicants (CSV) to compare with: who brought what, and what to look at
    #[arg(long = "match", id = "matched", value_name = "FILE")]
    applicants: Option<PathBuf>,
    #[command(flatten)]
    columns: Columns,
    /// Whole report in JSON lines of an earlier run; only what has changed since is reported
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,
    /// How many files are read at once [default: as many as there are processors]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Language of everything that is said
    #[arg(long, value_enum, default_value = "en")]
    lang: Language,
    /// Folder, or a single picture or PDF
    #[arg(required = true, value_name = "FOLDER")]
    folders: Vec<PathBuf>,
}

/// Judges all files. The result is the exit status.
pub(crate) fn run(arguments: &Arguments) -> io::Result<u8> {
    let language = arguments.lang;
    match Prepared::new(arguments).map(|prepared| prepared.run(arguments)) {
        Ok(done) => done,
        Err(faults) => {
            faults.iter().for_each(|fault| tell(&format!("verifier: {fault}")));
            tell(language.of("Nothing was judged.", "Rien n'a été examiné."));
            Ok(2)
        }
    }
}

/// All that must be right before a file is looked at.
struct Prepared {
    basis: Basis,
    told: Vec<String>,
    applicants: Option<Applicants>,
    previous: Option<Previous>,
}

impl Prepared {
    /// Loads what the run is given, or says all that is wrong with it.
    fn new(arguments: &Arguments) -> Result<Self, Vec<String>> {
        let language = arguments.lang;
        let mut faults = Vec::new();
        let shown = |path: &Path| safe::escaped(&path.to_string_lossy());
        for folder in arguments.folders.iter().filter(|folder| !folder.exists()) {
            faults.push(format!(
                "{}: {}",
                shown(folder),
                language.of("there is no such folder.", "ce dossier n'existe pas.")
            ));
        }
        for (report, _) in arguments.report.iter().filter(|(report, _)| report.symlink_metadata().is_ok()) {
            let said = language.of("exists; give the report another name.", "existe ; donnez au rapport un autre nom.");
            faults.push(format!("{} {said}", shown(report)));
        }
        let folders = arguments.report.iter().filter_map(|(report, _)| report.parent());
        for folder in folders.filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
            faults.push(format!(
                "{}: {}",
                shown(folder),
                language.of("there is no such folder.", "ce dossier n'existe pas.")
            ));
        }
        let loaded =
            arguments.given.load(arguments.given.now(), language).map_err(|refusal| refusal.sentence(language));
        let applicants = arguments.applicants.as_ref().map(|path| {
            let list = Applicants::read(path, &arguments.columns, language);
            list.map_err(|found| found.into_iter().map(|fault| format!("{}: {fault}", shown(path))).collect::<Vec<_>>())
        });
        let previous = arguments.previous.as_ref().map(|path| {
            Previous::read(path).map_err(|error| format!("{}: {}", shown(path), safe::escaped(&error.to_string())))
        });
        let loaded = loaded.map_err(|fault| faults.push(fault)).ok();
        let applicants = applicants.transpose().unwrap_or_else(|found| {
            faults.extend(found);
            None
        });
        let previous = previous.transpose().unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        match loaded {
            Some((basis, told)) if faults.is_empty() => Ok(Self { basis, told, applicants, previous }),
            _ => Err(faults),
        }
    }

    fn run(self, arguments: &Arguments) -> io::Result<u8> {
        let (language, run_at) = (arguments.lang, clock::now());
        self.told.iter().for_each(|line| tell(line));
        let files = folder::files(&arguments.folders, &self.own_files(arguments));
        let mut lines = self.lines(&files, arguments);
        others::join_sheets(&mut lines);
        others::tie_records(&mut lines);
        others::name_others(&mut lines);
        let rows = self.applicants.as_ref().map_or(&[][..], |applicants| &applicants.rows);
        let compared = matching::join(&lines, rows);
        let judged = matching::judge(rows, &lines, &compared);
        let run = Run {
            folders: &arguments.folders,
            basis: &self.basis,
            max_age: arguments.given.max_age,
            proofs: &arguments.given.proof,
            run_at,
            applicants: self
                .applicants
                .as_ref()
                .zip(arguments.applicants.as_deref())
                .map(|(list, path)| (path, list.sha256, rows.len())),
            previous: self
                .previous
                .as_ref()
                .zip(arguments.previous.as_deref())
                .map(|(previous, path)| (path, previous.sha256)),
            files: files.len(),
        };
        let about = About::new(&run, language);
        let mut report = Report {
            about: &about,
            lines: &lines,
            compared: &compared,
            applicants: rows,
            judged: &judged,
            records: vec![],
            changes: vec![],
            gone: vec![],
            language,
        };
        if self.previous.is_some() || arguments.report.iter().any(|(_, form)| *form == Form::Jsonl) {
            report.records = report::records(&report);
        }
        report.compare(self.previous);
        report::write(&report, &arguments.report)?;
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.add(&line.answer, line.tie.matched, line.beside));
        summary(&report, &tally, files.len(), arguments)?;
        Ok(exit_status(&tally, &compared, &judged))
    }

    fn lines(&self, files: &[Found], arguments: &Arguments) -> Vec<Line> {
        let children =
            arguments.jobs.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
        let bar = progress(files.len() as u64, arguments.lang);
        let scans = scan::scan(files, children, || bar.inc(1));
        bar.finish_and_clear();
        scans.into_iter().flat_map(|scan| line::lines(scan, &self.basis)).collect()
    }

    /// What belongs to the run, should it lie in a folder that is judged: files, and folders of the store.
    fn own_files(&self, arguments: &Arguments) -> Vec<PathBuf> {
        let given = arguments.given.proof.iter().chain(&arguments.applicants).chain(&arguments.previous);
        let lock = arguments.given.store.iter().map(|store| store.join(store::LOCK));
        self.basis.sources.iter().map(|(path, _)| path).chain(given).cloned().chain(lock).collect()
    }
}

/// Files a second and the time left, on a terminal only.
fn progress(files: u64, language: Language) -> ProgressBar {
    let target = if io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(files), target);
    let template = language.of(
        "{wide_bar} {pos}/{len} files, {per_sec}, {eta} left",
        "{wide_bar} {pos}/{len} fichiers, {per_sec}, encore {eta}",
    );
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// What came of it, on standard output.
fn summary(report: &Report<'_>, tally: &Tally, files: usize, arguments: &Arguments) -> io::Result<()> {
    let language = report.language;
    let mut out = io::stdout().lock();
    let word = language.of("files, lines:", "fichiers, lignes :");
    write!(out, "{files} {word} {}\n{}", tally.total(), tally.lines(language))?;
    if !report.applicants.is_empty() {
        writeln!(out, "{} {}", report.applicants.len(), language.of("applicants:", "candidats :"))?;
        for pile in [Pile::Fine, Pile::Look, Pile::Missing] {
            let count = report.judged.iter().filter(|judged| judged.pile == pile).count();
            writeln!(out, "{count:>10}  {}", pile.words(language))?;
        }
    }
    if arguments.previous.is_some() {
        let changed = report.changes.iter().filter(|change| change.is_shown()).count() + report.gone.len();
        writeln!(
            out,
            "{changed} {}",
            language.of("changes since the earlier report", "changements depuis le rapport précédent")
        )?;
    }
    for (path, _) in &arguments.report {
        writeln!(out, "{} {}", language.of("Report:", "Rapport :"), safe::escaped(&path.to_string_lossy()))?;
    }
    out.flush()
}

/// As the lines say; and with a list of applicants, 0 only if all are fine and nothing is nobody's.
fn exit_status(tally: &Tally, compared: &[Option<Compared>], judged: &[Judged]) -> u8 {
    match tally.exit_status() {
        0 if judged.is_empty() => 0,
        0 if judged.iter().all(|judged| judged.pile == Pile::Fine) && compared.iter().all(Option::is_some) => 0,
        0 => 2,
        refused_or_not_judged => refused_or_not_judged,
    }
}

fn report_file(text: &str) -> Result<(PathBuf, Form), String> {
    let path = PathBuf::from(text);
    match Form::of(&path) {
        Some(form) => Ok((path, form)),
        None => Err("the name of a report ends in .xlsx, .csv, .html or .jsonl".into()),
    }
}

const AFTER_HELP: &str = "\
A file may take 10 seconds of the processor's time and 512 MiB in a process of its own; what takes more is one line of the report.
Applicants are found by the file column of their list, by their number in the name of a file or folder, or by the sealed name and birth date. A name written otherwise is near, with the reason, and never called wrong; a file without a code is missing, never called false.

Exit status:
  0  every code was accepted, and every applicant is fine
  1  at least one code was judged and refused: not genuine, withdrawn, suspended, replaced, past its last day, of somebody who was not admitted, or a legalisation of another document
  2  none was refused, but something could not be judged or must be looked at, or a legalisation came without its document

Examples:
  verifier batch scans/ --trust benin.sceau --report checked.xlsx
  verifier batch files/ --trust morocco.sceau --match applicants.csv --report week1.jsonl --report week1.xlsx
  verifier batch files/ --store ~/sceau --match applicants.csv --previous week1.jsonl --report changes.html";
