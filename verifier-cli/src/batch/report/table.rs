//! The report for people, as tables of texts; and as CSV, which is all of them in one. The only user of csv's writer.

use std::io;

use credential_core::Reason;
use credential_core::answer::{Judged, VerifiedCredential};
use credential_core::document::{Date, Outcome, Sheet};
use credential_core::legalisation::VerifiedLegalisation;

use super::Report;
use crate::batch::line::Line;
use crate::batch::matching::{self, Applicant, Compared, Pile};
use crate::batch::previous::Change;
use crate::batch::words::name_words;
use crate::hex::hex;
use crate::judged::{self, Answer};
use crate::language::Language;
use crate::{legalisation, safe};

/// A table: rows of as many texts as there are headings.
pub(super) struct Table {
    pub(super) title: &'static str,
    pub(super) headings: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
}

/// What is said of applicants if there is a list, of codes and files, and of the run.
pub(super) fn tables(report: &Report<'_>) -> Vec<Table> {
    let mut tables = Vec::new();
    if !report.applicants.is_empty() {
        tables.push(applicants(report));
    }
    tables.push(lines(report));
    if !report.gone.is_empty() {
        tables.push(gone(report));
    }
    tables.push(about(report));
    tables
}

fn lines(report: &Report<'_>) -> Table {
    let language = report.language;
    let rows = report.lines.iter().zip(report.compared).zip(&report.changes).filter(|(_, change)| change.is_shown());
    let rows = rows.map(|((line, compared), change)| {
        let mut row = place(line);
        row.extend(outcome(line, language));
        row.extend(shown(line, language));
        row.extend(comparison(compared.as_ref(), report));
        row.push(line.notes.iter().map(|note| note.words(language)).collect::<Vec<_>>().join(" "));
        row.push(line.file.sha256.map(|digest| hex(&digest)).unwrap_or_default());
        row.extend(changed(change, language));
        row
    });
    let headings = LINE_HEADINGS.iter().map(|(english, french)| language.of(*english, *french)).collect();
    Table { title: language.of("Codes and files", "Codes et fichiers"), headings, rows: rows.collect() }
}

fn place(line: &Line) -> Vec<String> {
    let number = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
    let code = line.code.map(|(number, of)| if of > 1 { format!("{number}/{of}") } else { number.to_string() });
    vec![safe::escaped(&line.file.name), number(line.page), code.unwrap_or_default()]
}

fn outcome(line: &Line, language: Language) -> Vec<String> {
    let (answer, matched) = (&line.answer, line.tie.matched);
    let words = || judged::words(answer, matched, language).to_owned();
    let said = answer.trouble().map_or_else(words, |trouble| trouble.sentence(language));
    let (status, as_of) = match answer {
        Answer::Judged(Judged::Document(report)) if report.credential().is_some() => {
            (language.status(report.status()), report.status_as_of())
        }
        Answer::Judged(Judged::Legalisation(report)) if report.record().is_some() => {
            (legalisation::status(report.status(), language), report.status_as_of())
        }
        _ => ("", None),
    };
    let as_of = as_of.map(|time| language.day(time)).unwrap_or_default();
    let headline = match judged::exit_status(answer, matched, line.beside) {
        None => language.of("DOES NOT COUNT", "NE COMPTE PAS").to_owned(),
        Some(_) if line.beside.all_sheets => language.headline(Reason::Genuine).to_owned(),
        Some(_) => judged::headline(answer, matched, language).to_owned(),
    };
    vec![headline, line.reason().into(), said, status.into(), as_of]
}

fn shown(line: &Line, language: Language) -> Vec<String> {
    match &line.answer {
        Answer::Judged(Judged::Legalisation(report)) => record(report.record(), language),
        Answer::Judged(Judged::Document(report)) => document(report.credential(), report.reason(), language),
        Answer::Refused(_) | Answer::Trouble(_) => vec![String::new(); SHOWN],
    }
}

/// Which document a legalisation is of, and whose it is.
fn record(record: Option<&VerifiedLegalisation>, language: Language) -> Vec<String> {
    let mut cells = vec![String::new(); SHOWN];
    if let Some(record) = record {
        let issuer = record.issuer();
        cells[2] = language.of("legalisation", "légalisation").into();
        cells[7] = record.legalisation().document_serial.to_string();
        cells[8] = safe::escaped(language.name(&issuer.names));
        cells[9] = format!("{}, {}", issuer.list_version, language.day(issuer.list_issued));
    }
    cells
}

/// The fields by which a person is found; of a document that no longer counts fewer.
fn document(credential: Option<&VerifiedCredential>, reason: Reason, language: Language) -> Vec<String> {
    let Some(credential) = credential else { return vec![String::new(); SHOWN] };
    let document = credential.document();
    let counts = !matches!(reason, Reason::Withdrawn | Reason::Suspended | Reason::Replaced);
    let or_empty = |text: Option<String>| text.filter(|_| counts).unwrap_or_default();
    let mean = document.results.as_ref().and_then(|results| results.mean).map(|mean| match mean.maximum {
        Some(maximum) => format!("{} / {maximum}", mean.show()),
        None => mean.show(),
    });
    let decision = document.decision.as_ref().map(|decision| decided(decision.outcome, language).to_owned());
    let sheet = document.sheet.map(|Sheet { number, of }| format!(" ({number}/{of})")).unwrap_or_default();
    let issuer = credential.issuer();
    let list = format!("{}, {}", issuer.list_version, language.day(issuer.list_issued));
    vec![
        safe::escaped(document.holder.first()),
        or_empty(document.birth.as_ref().and_then(Date::partial).map(|birth| language.date(&birth.to_string()))),
        format!("{}{sheet}", document.kind.code()),
        safe::escaped(document.title.first()),
        or_empty(Some(safe::escaped(document.session.first()))),
        or_empty(decision),
        or_empty(mean.map(|mean| language.of(mean.clone(), mean.replace('.', ",")))),
        credential.serial().to_string(),
        safe::escaped(language.name(&issuer.names)),
        list,
    ]
}

fn decided(outcome: Outcome, language: Language) -> &'static str {
    match outcome {
        Outcome::Admitted => language.of("admitted", "admis"),
        Outcome::NotAdmitted => language.of("NOT ADMITTED", "NON ADMIS"),
        Outcome::Otherwise => language.of("see the document", "voir le document"),
    }
}

fn comparison(compared: Option<&Compared>, report: &Report<'_>) -> Vec<String> {
    let Some(compared) = compared else { return vec![String::new(); 7] };
    let (applicant, judged) = (&report.applicants[compared.applicant], &report.judged[compared.applicant]);
    let (name, birth, mean) = match &compared.document {
        Some((name, birth, mean)) => {
            (name_words(name, report.language), birth.words(report.language), mean.words(report.language))
        }
        None => (String::new(), "", ""),
    };
    let [number, declared] = [&applicant.number, &applicant.name].map(|text| safe::escaped(text));
    vec![
        number,
        declared,
        name,
        birth.into(),
        mean.into(),
        judged.pile.words(report.language).into(),
        why(judged, report),
    ]
}

fn why(judged: &matching::Judged, report: &Report<'_>) -> String {
    judged.why.iter().map(|why| why.words(report.language)).collect::<Vec<_>>().join(" ")
}

fn changed(change: &Change, language: Language) -> Vec<String> {
    let word = match change {
        Change::NotAsked | Change::Same => "",
        Change::New => language.of("new", "nouveau"),
        Change::Changed(_) => language.of("changed", "changé"),
    };
    vec![word.into(), safe::escaped(change.before().unwrap_or_default())]
}

fn applicants(report: &Report<'_>) -> Table {
    let language = report.language;
    let changes = report.changes.get(report.lines.len()..).unwrap_or_default();
    let mut rows: Vec<_> = report.applicants.iter().zip(report.judged).zip(changes).collect();
    rows.retain(|(_, change)| change.is_shown());
    rows.sort_by_key(|((applicant, judged), _)| (order(judged), applicant.row));
    let rows = rows.into_iter().map(|((applicant, judged), change)| {
        let mut row = declared(applicant);
        row.extend([judged.pile.words(language).to_owned(), why(judged, report)]);
        row.push(super::files_of(judged, report.lines).into_iter().map(safe::escaped).collect::<Vec<_>>().join("; "));
        row.extend(changed(change, language));
        row
    });
    let headings = APPLICANT_HEADINGS.iter().map(|(english, french)| language.of(*english, *french)).collect();
    Table { title: language.of("Applicants", "Candidats"), headings, rows: rows.collect() }
}

/// What a person has to do comes first.
fn order(judged: &matching::Judged) -> u8 {
    match judged.pile {
        Pile::Look => 0,
        Pile::Missing => 1,
        Pile::Fine => 2,
    }
}

fn declared(applicant: &Applicant) -> Vec<String> {
    let texts = [&applicant.number, &applicant.name, &applicant.birth, &applicant.mean];
    texts.map(|text| safe::escaped(text)).to_vec()
}

fn gone(report: &Report<'_>) -> Table {
    let text = |value: &serde_json::Value| safe::escaped(value.as_str().unwrap_or_default());
    let rows = report.gone.iter().map(|record| vec![text(&record["key"]), text(&record["before"])]);
    let language = report.language;
    let headings = vec![language.of("Not found any more", "N'existe plus"), language.of("Before", "Avant")];
    Table { title: language.of("Gone", "Disparus"), headings, rows: rows.collect() }
}

fn about(report: &Report<'_>) -> Table {
    let language = report.language;
    let mut rows: Vec<_> = report.about.facts.iter().map(|(name, value)| vec![name.clone(), value.clone()]).collect();
    rows.push(vec![language.of("Proves not", "Ne prouve pas").into(), language.of(PROVES_NOT.0, PROVES_NOT.1).into()]);
    let headings = vec![language.of("Fact", "Fait"), language.of("Value", "Valeur")];
    Table { title: language.of("This run", "Cet examen"), headings, rows }
}

/// All tables in one: a column for each heading of any, the first says of which table a row is.
pub(super) fn csv(tables: &[Table]) -> io::Result<Vec<u8>> {
    let mut headings: Vec<&str> = Vec::new();
    for heading in tables.iter().flat_map(|table| &table.headings) {
        if !headings.contains(heading) {
            headings.push(heading);
        }
    }
    // so that spreadsheets take it for UTF-8
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record([""].iter().chain(&headings))?;
    for table in tables {
        for row in &table.rows {
            let cell = |heading: &&str| {
                let at = table.headings.iter().position(|found| found == heading);
                at.map(|at| guarded(&row[at])).unwrap_or_default()
            };
            writer.write_record([table.title.to_owned()].into_iter().chain(headings.iter().map(cell)))?;
        }
    }
    writer.into_inner().map_err(|error| error.into_error())
}

/// A text that a spreadsheet would take for a formula gets an apostrophe in front, which makes it a text.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text.to_owned() }
}

/// Columns of what a document or a record shows.
const SHOWN: usize = 10;

const LINE_HEADINGS: [(&str, &str); 29] = [
    ("File", "Fichier"),
    ("Page", "Page"),
    ("Code", "Code"),
    ("Outcome", "Résultat"),
    ("Reason", "Motif"),
    ("In words", "En clair"),
    ("Status", "État"),
    ("Status as of", "État au"),
    ("Holder", "Titulaire"),
    ("Born", "Naissance"),
    ("Kind", "Nature"),
    ("Title", "Intitulé"),
    ("Session", "Session"),
    ("Decision", "Décision"),
    ("Mean", "Moyenne"),
    ("Serial", "Numéro de série"),
    ("Issued by", "Délivré par"),
    ("Trust list", "Liste de confiance"),
    ("Applicant", "Candidat"),
    ("Name on the list", "Nom sur la liste"),
    ("Name", "Nom"),
    ("Birth date", "Date de naissance"),
    ("Declared mean is", "Moyenne déclarée :"),
    ("Pile", "Pile"),
    ("Why", "Pourquoi"),
    ("Notes", "Remarques"),
    ("SHA-256 of the file", "SHA-256 du fichier"),
    ("Change", "Changement"),
    ("Before", "Avant"),
];

const APPLICANT_HEADINGS: [(&str, &str); 9] = [
    ("Applicant", "Candidat"),
    ("Name on the list", "Nom sur la liste"),
    ("Birth on the list", "Naissance sur la liste"),
    ("Declared mean", "Moyenne déclarée"),
    ("Pile", "Pile"),
    ("Why", "Pourquoi"),
    ("Files", "Fichiers"),
    ("Change", "Changement"),
    ("Before", "Avant"),
];

const PROVES_NOT: (&str, &str) = (
    "A genuine code can be copied onto a forged sheet: compare the papers, and the persons with identity documents. \
     A document without a code is not called false.",
    "Un code authentique se copie sur une fausse feuille : comparez les papiers, et les personnes avec leurs pièces \
     d'identité. Un document sans code n'est pas dit faux.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_of_csv_is_a_formula_and_all_rows_are_of_one_length() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let tables = [
            Table { title: "a", headings: vec!["One", "Two"], rows: vec![row(&["=1+1", "-"]), row(&["@x", "+3"])] },
            Table { title: "b", headings: vec!["Two", "Three"], rows: vec![row(&["\t=1", "a=b;\"c\", d"])] },
        ];
        let text = String::from_utf8(csv(&tables).unwrap()).unwrap();
        let expected = "\u{feff},One,Two,Three\na,'=1+1,'-,\na,'@x,'+3,\nb,,'\t=1,\"a=b;\"\"c\"\", d\"\n";
        assert_eq!(text, expected);
    }
}
