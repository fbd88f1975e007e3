//! What people read: a report, a line, a summary.

use std::fmt::Write;

use credential_core::answer::{Issuer, Judged, Register, Status, VerifiedCredential};
use credential_core::document::Date;
use credential_core::time::UnixTime;
use credential_core::{Reason, Report};

use super::fields::{Row, few_fields, fields};
use super::outcome::{IdentityCheck, OnPage, Outcome, Place};
use super::paper;
use super::printer::Look;
use crate::judged::{Answer, headline};
use crate::language::Language;
use crate::tally::Tally;
use crate::{hex, safe};

/// The whole report on one document, and with it on the `records` that legalise it.
pub(super) fn report(outcome: &Outcome, records: &str, look: &Look) -> String {
    let (answer, language) = (&outcome.answer, look.language);
    let mut text = String::new();
    if answer.reason() == Some(Reason::Specimen) {
        text += &banner(look);
    }
    text += &format!("{}  {}\n{}\n", painted(outcome, look), outcome.spot.label(), said(outcome, language));
    match answer {
        Answer::Trouble(trouble) => text += &format!("{}\n", trouble.sentence(language)),
        other => other.said().next_step(language).iter().for_each(|step| text += &format!("{step}\n")),
    }
    text += &cause(answer, language);
    if let Answer::Judged(Judged::Document(judged)) = answer
        && let Some(credential) = judged.credential()
    {
        text += &rows(&standing(outcome, judged, credential, look));
        text += records;
        text += &shown(judged.reason(), credential, look);
    }
    text + page_note(outcome, language).unwrap_or_default() + "\n"
}

/// The outcome in plain words; what does not count, and a paper whose sheets are all there, are told as such.
fn said(outcome: &Outcome, language: Language) -> &'static str {
    if outcome.exit_status().is_none() {
        return language.of(
            "A code of somebody else beside the document. It was not opened, and does not count.",
            "Un code de quelqu'un d'autre à côté du document. Il n'a pas été ouvert et ne compte pas.",
        );
    }
    if outcome.beside.all_sheets {
        return language.of(
            "Genuine. All sheets of this paper were given. Compare each with the paper.",
            "Authentique. Toutes les feuilles de ce papier ont été données. Comparez chacune avec le papier.",
        );
    }
    outcome.answer.said().words(language)
}

/// Rule, field and byte of a code that is not shown: for whoever made it.
fn cause(answer: &Answer, language: Language) -> String {
    let Some(cause) = answer.cause() else { return String::new() };
    let rule = cause.rule();
    let field = cause.field().map(|field| format!(", {} {field}", language.of("field", "champ"))).unwrap_or_default();
    let byte = cause.byte().map(|byte| format!(", {} {byte}", language.of("byte", "octet"))).unwrap_or_default();
    format!("({} {rule}{field}{byte})\n", language.of("rule", "règle"))
}

/// One line on one code.
pub(super) fn line(outcome: &Outcome, look: &Look) -> String {
    let language = look.language;
    let said = match &outcome.answer {
        Answer::Trouble(trouble) => trouble.sentence(language),
        answer => answer.reason().zip(answer.credential()).map_or_else(
            || said(outcome, language).to_owned(),
            |(reason, credential)| in_a_line(reason, credential, language),
        ),
    };
    let identity = outcome.identity.map(|check| format!(" [{}]", identity(check, language))).unwrap_or_default();
    let differ = match outcome.spot.place {
        Place::Code(OnPage { differ: true, .. }) => language.of(" [different codes]", " [codes différents]"),
        _ => "",
    };
    let code = outcome.answer.code();
    format!("{}: {} ({code}) {said}{identity}{differ}\n", outcome.spot.label(), painted(outcome, look))
}

/// How many codes ended in which outcome.
pub(super) fn summary(tally: &Tally, language: Language) -> String {
    let judged = language.of("codes judged:", "codes examinés :");
    format!("\n{} {judged}\n{}", tally.total(), tally.lines(language))
}

fn shown(reason: Reason, credential: &VerifiedCredential, look: &Look) -> String {
    let language = look.language;
    if no_longer_counts(reason) {
        return format!("\n{}", rows(&few_fields(credential, language)));
    }
    let compare = language.of("Compare every line with the paper:", "Comparez chaque ligne avec le papier :");
    let mut text = format!("\n{compare}\n{}", rows(&fields(credential, language)));
    text += &paper::text(credential.document(), language);
    text += language.of(PROVES_NOT_EN, PROVES_NOT_FR);
    text
}

/// Who sealed it, and as of when that is known.
fn standing(outcome: &Outcome, judged: &Report, credential: &VerifiedCredential, look: &Look) -> Vec<Row> {
    let language = look.language;
    let label = language.of("Issued by", "Délivré par");
    let mut rows =
        sealed_by(label, credential.issuer(), (language.status(judged.status()), judged.status_as_of()), look);
    let counts = !matches!(judged.status(), Status::Withdrawn | Status::Suspended | Status::Replaced);
    if let Some(register) = register(judged.register(), language).filter(|_| counts) {
        rows.push(Row::one(language.of("Register", "Registre"), register.into()));
    }
    if judged.is_sealed_after_list() {
        let words = language.of(
            "nothing is known of it since it was sealed: its list is older",
            "on n'en sait rien depuis qu'il a été scellé : sa liste est plus ancienne",
        );
        rows.push(Row::one("", words.into()));
    }
    if let Some(check) = outcome.identity {
        rows.push(Row::one(language.of("Number typed", "Numéro saisi"), identity(check, language).into()));
    }
    rows
}

/// Who sealed a document or a record, what it says of it as of when, and on whose word.
pub(super) fn sealed_by(
    label: &'static str,
    issuer: &Issuer,
    (status, as_of): (&str, Option<UnixTime>),
    look: &Look,
) -> Vec<Row> {
    let language = look.language;
    let name = safe::isolated(language.name(&issuer.names));
    let owner = safe::isolated(issuer.list_owner.as_str());
    let since = |time| language.days(look.now.saturating_sub(time) / 86_400);
    let status = match (as_of, language) {
        (Some(time), Language::En) => format!("{status}, as of {} ({} ago)", language.day(time), since(time)),
        (Some(time), Language::Fr) => format!("{status}, état du {} (il y a {})", language.day(time), since(time)),
        (None, _) => status.to_owned(),
    };
    let (version, issued, age) = (issuer.list_version, language.day(issuer.list_issued), since(issuer.list_issued));
    let list = match language {
        Language::En => {
            format!("{owner}, version {version} of {issued} ({age} old), root {}", hex::short(&issuer.root))
        }
        Language::Fr => {
            format!("{owner}, version {version} du {issued} (il y a {age}), racine {}", hex::short(&issuer.root))
        }
    };
    vec![
        Row::one(label, format!("{name} ({}, {})", issuer.id, issuer.country)),
        Row::one(language.of("Status", "État"), status),
        Row::one(language.of("Trust list", "Liste"), list),
    ]
}

/// What the register says, where one is loaded. Under a key that was lost only listed documents are shown at all.
fn register(register: Register, language: Language) -> Option<&'static str> {
    match register {
        Register::Listed => Some(language.of(
            "this very document is registered; it stays genuine if its key is stolen later",
            "ce document même est enregistré ; il reste authentique si sa clé est volée plus tard",
        )),
        Register::NotListed => Some(language.of(
            "NOT in the register of its key: ask the authority",
            "ABSENT du registre de sa clé : interrogez l'autorité",
        )),
        Register::Unknown => None,
    }
}

fn identity(check: IdentityCheck, language: Language) -> &'static str {
    match check {
        IdentityCheck::Matches => language.of(
            "identity number: agrees with what was sealed of it",
            "numéro d'identité : concorde avec ce qui en est scellé",
        ),
        IdentityCheck::Differs => language.of("identity number: DIFFERS", "numéro d'identité : DIFFÈRE"),
        IdentityCheck::NothingToCompare => {
            language.of("identity number: nothing to compare with", "numéro d'identité : rien à comparer")
        }
    }
}

fn in_a_line(reason: Reason, credential: &VerifiedCredential, language: Language) -> String {
    let document = credential.document();
    let holder = safe::isolated(document.holder.first());
    let title = safe::isolated(document.title.first());
    if no_longer_counts(reason) {
        return format!("{holder}; {title}; {} {}", language.of("serial", "série"), credential.serial());
    }
    let birth = document.birth.as_ref().and_then(Date::partial);
    let birth = birth.map(|birth| format!("; {}", language.date(&birth.to_string()))).unwrap_or_default();
    let session = safe::isolated(document.session.first());
    let mean = document.results.as_ref().and_then(|results| results.mean);
    let mean = mean.map(|mean| format!("; {}", paper::decimal(&mean.show(), language))).unwrap_or_default();
    format!("{holder}{birth}; {title}; {session}{mean}")
}

/// Whether the authority has taken it back: then no results are shown.
fn no_longer_counts(reason: Reason) -> bool {
    matches!(reason, Reason::Withdrawn | Reason::Suspended | Reason::Replaced)
}

fn page_note(outcome: &Outcome, language: Language) -> Option<&'static str> {
    match outcome.spot.place {
        Place::Code(OnPage { differ: true, .. }) => Some(language.of(
            "\nThis page carries different codes. Each is judged for itself: make sure which one belongs to the paper.\n",
            "\nCette page porte des codes différents. Chacun est jugé séparément : voyez lequel appartient au papier.\n",
        )),
        Place::Code(OnPage { copies: true, .. }) => Some(language.of(
            "\nThis page carries the same document in several codes.\n",
            "\nCette page porte le même document dans plusieurs codes.\n",
        )),
        _ => None,
    }
}

/// Labels in one column, texts in the next, the language of a text behind it.
pub(super) fn rows(rows: &[Row]) -> String {
    let width = rows.iter().map(|row| row.label.chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for row in rows {
        for (number, line) in row.lines.iter().enumerate() {
            let label = if number == 0 { row.label } else { "" };
            let _ = writeln!(text, "  {label:<width$}  {line}");
        }
    }
    text
}

fn painted(outcome: &Outcome, look: &Look) -> String {
    let headline = if outcome.beside.all_sheets {
        look.language.headline(Reason::Genuine)
    } else if outcome.exit_status().is_none() {
        look.language.of("DOES NOT COUNT", "NE COMPTE PAS")
    } else {
        headline(&outcome.answer, outcome.tie.matched, look.language)
    };
    paint(headline, colour(outcome.answer.reason(), outcome.exit_status()), look)
}

pub(super) fn banner(look: &Look) -> String {
    let word = look.language.headline(Reason::Specimen);
    let line = format!("{0}  {0}  {0}  {0}  {0}", format_args!("*** {word} ***"));
    paint(&line, colour(Some(Reason::Specimen), Some(2)), look) + "\n"
}

pub(super) fn paint(text: &str, colour: &str, look: &Look) -> String {
    if look.colours { format!("\u{1b}[1;{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Green, red, magenta or yellow; the word says the same.
pub(super) fn colour(reason: Option<Reason>, exit_status: Option<u8>) -> &'static str {
    match (reason, exit_status) {
        (Some(Reason::Specimen), _) => "35",
        (_, Some(0)) => "32",
        (_, Some(1)) => "31",
        _ => "33",
    }
}

const PROVES_NOT_EN: &str = "
What this does not prove:
  - that the person who shows the paper is the person named: ask for an identity document;
  - that the sheet is the original or says the same: a genuine code can be copied onto a forged sheet;
  - that nothing was withdrawn since the date of the status;
  - when it was sealed: a date that the sealer alone states is not shown.
";

const PROVES_NOT_FR: &str = "
Ce que cela ne prouve pas :
  - que la personne qui présente le papier est la personne nommée : demandez une pièce d'identité ;
  - que la feuille est l'original ou dit la même chose : un code authentique se copie sur une fausse feuille ;
  - que rien n'a été retiré depuis la date de l'état ;
  - quand il a été scellé : une date que seul le scelleur indique n'est pas affichée.
";
