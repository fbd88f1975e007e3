//! `verifier verify`: judges codes from pictures, lists of texts and single texts.

mod fields;
mod input;
mod judge;
mod lines;
mod outcome;
mod paper;
mod picture;
mod printer;
mod record;
mod report;
mod together;

use std::io;
use std::path::PathBuf;

use crate::basis::Given;
use crate::language::Language;
use crate::load::Refusal;
use crate::tell;
use crate::worker::Worker;
use input::Source;
use judge::Judge;
use outcome::{Input, Outcome};
use printer::{Printer, Style};

/// Judges codes: genuine, not genuine, or cannot tell, and why.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    given: Given,
    /// Compare an identity number with the one that was sealed; never changes the verdict
    #[arg(long, value_name = "NUMBER")]
    identity: Option<String>,
    /// Write one JSON object per code
    #[arg(long)]
    json: bool,
    /// Write whole reports also for more than three codes
    #[arg(long, conflicts_with = "json")]
    verbose: bool,
    /// Language of everything that is said
    #[arg(long, value_enum, default_value = "en")]
    lang: Language,
    /// PNG or JPEG picture, text file with one code a line, `-` for standard input, or a code's own text
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
}

/// Judges every input in order. The result is the exit status.
pub(crate) fn run(arguments: &Arguments) -> io::Result<u8> {
    let now = arguments.given.now();
    let style = if arguments.json { Style::Json } else { Style::people(arguments.verbose) };
    let mut printer = Printer::new(style, arguments.lang, now);
    let basis = match arguments.given.load(now, arguments.lang) {
        Ok((basis, told)) => {
            told.iter().for_each(|line| tell(line));
            basis
        }
        Err(refusal) => return refuse(arguments, &refusal, printer),
    };
    let judge = Judge { basis: &basis, identity: arguments.identity.as_deref() };
    let mut worker = Worker::default();
    for (position, path) in arguments.inputs.iter().enumerate() {
        judge_input(&Input::new(path, position + 1, arguments.lang), &judge, &mut worker, &mut printer)?;
    }
    printer.finish()
}

fn judge_input(input: &Input, judge: &Judge<'_>, worker: &mut Worker, printer: &mut Printer) -> io::Result<()> {
    match Source::open(input) {
        Ok(Source::Text(text)) => printer.put(vec![judge.bytes(input, text.as_bytes())]),
        Ok(Source::Picture(bytes)) => printer.put(picture::judge(input, &bytes, judge, worker)),
        Ok(Source::Lines(reader)) => lines::judge(input, reader, judge, |outcomes| printer.put(outcomes)),
        Err(trouble) => printer.put(vec![Outcome::unreadable(input, trouble)]),
    }
}

/// Step 1 of SPEC section 11: without good packs each input has that outcome, and none is opened.
fn refuse(arguments: &Arguments, refusal: &Refusal, mut printer: Printer) -> io::Result<u8> {
    tell(&format!("verifier: {}", refusal.sentence(arguments.lang)));
    if !arguments.json {
        return Ok(2);
    }
    let inputs = arguments.inputs.iter().enumerate();
    printer.put(
        inputs
            .map(|(position, path)| Outcome::refused(&Input::new(path, position + 1, arguments.lang), refusal.why))
            .collect(),
    )?;
    printer.finish()
}

const AFTER_HELP: &str = "\
A text that starts with SC1: or SL1: (or SC or SL and another number) or with https:// is taken for a code; for a file with such a name write ./ before it. Put codes between single quotes: they hold $ and spaces.

SC1: is a document, SL1: a ministry's legalisation of one. Give both, in one picture or one run, and they are told as one story. A legalisation whose document is not in its picture is told at the end of the run.

Exit status:
  0  every code was accepted
  1  at least one was judged and refused: not genuine, withdrawn, suspended, replaced, past its last day, of somebody who was not admitted, or a legalisation of another document than the one shown
  2  none was refused, but at least one could not be judged, or its status is old or unknown, or it is one sheet of several, or a legalisation came without its document
A code of others in one picture with a document is named and does not count.

Examples:
  verifier verify --trust benin.sceau diploma.png
  verifier verify --trust benin.sceau --json codes.txt > verdicts.jsonl
  verifier verify --store ~/sceau diploma.png
  verifier verify --trust benin.sceau --max-age 30 diploma.png legalisation.png
  verifier verify --trust benin.sceau --lang fr 'SC1:RRQ+D9 60CO0...'";
