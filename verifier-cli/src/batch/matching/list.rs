//! The applicants' list: CSV as spreadsheets save it. The only user of csv's reader and of encoding_rs.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::WINDOWS_1252;
use sha2::{Digest, Sha256};

use crate::language::Language;
use crate::safe;
use person_name::folded;

/// A row of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Applicant {
    /// Row of the file, the headings being row 1.
    pub(crate) row: usize,
    pub(crate) number: String,
    /// Given and family names, as the list has them.
    pub(crate) name: String,
    pub(crate) maiden: Option<String>,
    pub(crate) birth: String,
    pub(crate) mean: String,
    /// File or folder of this applicant's papers.
    pub(crate) file: String,
}

/// The whole list, and the digest of its file.
#[derive(Debug)]
pub(crate) struct Applicants {
    pub(crate) rows: Vec<Applicant>,
    pub(crate) sha256: [u8; 32],
}

/// Headings of the columns, where they are not the usual ones.
#[derive(clap::Args, Debug)]
pub(crate) struct Columns {
    /// Heading of the column with the applicants' numbers
    #[arg(long, value_name = "HEADING", requires = "matched")]
    number_column: Option<String>,
    /// Heading of the column with the names (whole, or the family names)
    #[arg(long, value_name = "HEADING", requires = "matched")]
    name_column: Option<String>,
    /// Heading of the column with the given names, if they stand apart
    #[arg(long, value_name = "HEADING", requires = "matched")]
    given_name_column: Option<String>,
    /// Heading of the column with the maiden names
    #[arg(long, value_name = "HEADING", requires = "matched")]
    maiden_name_column: Option<String>,
    /// Heading of the column with the birth dates (2007-05-14 or 14/05/2007)
    #[arg(long, value_name = "HEADING", requires = "matched")]
    birth_column: Option<String>,
    /// Heading of the column with the declared means (14,25 or 14.25/20)
    #[arg(long, value_name = "HEADING", requires = "matched")]
    mean_column: Option<String>,
    /// Heading of the column with the file or folder of each applicant
    #[arg(long, value_name = "HEADING", requires = "matched")]
    file_column: Option<String>,
}

impl Applicants {
    /// Reads the list, or says all that is wrong with it.
    pub(crate) fn read(path: &Path, columns: &Columns, language: Language) -> Result<Self, Vec<String>> {
        let bytes = bytes(path).map_err(|error| vec![unreadable(&error, language)])?;
        let rows = rows(&text(&bytes), columns, language)?;
        Ok(Self { rows, sha256: Sha256::digest(&bytes).into() })
    }
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "larger than 64 MiB"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a workbook: save it as CSV (UTF-8)"));
    }
    if bytes.contains(&0) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "no text: save the list as CSV (UTF-8)"));
    }
    Ok(bytes)
}

/// UTF-8 if it is that, else what Windows writes in western Europe.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    str::from_utf8(bytes).map_or_else(|_| WINDOWS_1252.decode_without_bom_handling(bytes).0, Cow::Borrowed)
}

fn rows(text: &str, columns: &Columns, language: Language) -> Result<Vec<Applicant>, Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|error| vec![error.to_string()])?.clone();
    let places = Places::find(&headings, columns, language)?;
    let mut faults = Vec::new();
    let mut rows = Vec::new();
    let mut known = BTreeMap::new();
    for (row, record) in (2..).zip(reader.records()) {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.push(said(row, &error.to_string(), language));
                break;
            }
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let applicant = places.applicant(row, &record);
        faults.extend(applicant_faults(&applicant, record.len(), headings.len(), &known, language));
        known.entry(applicant.number.clone()).or_insert(row);
        rows.push(applicant);
        if rows.len() > MOST_ROWS {
            faults.push(said(row, language.of("more than 1,000,000 rows", "plus de 1 000 000 de lignes"), language));
            break;
        }
    }
    if rows.is_empty() && faults.is_empty() {
        faults.push(language.of("the list has no rows", "la liste n'a pas de ligne").into());
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

fn applicant_faults(
    applicant: &Applicant,
    cells: usize,
    headings: usize,
    known: &BTreeMap<String, usize>,
    language: Language,
) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |english: String, french: String| {
        faults.push(said(applicant.row, language.of(&english, &french), language));
    };
    if cells != headings {
        fault(
            format!("{cells} cells, the headings are {headings}"),
            format!("{cells} cellules pour {headings} titres"),
        );
    }
    if applicant.number.is_empty() {
        fault("no number".into(), "pas de numéro".into());
    } else if let Some(first) = known.get(&applicant.number) {
        let number = safe::escaped(&applicant.number);
        fault(
            format!("the number {number} stands in row {first} too"),
            format!("le numéro {number} est déjà à la ligne {first}"),
        );
    }
    if applicant.name.is_empty() {
        fault("no name".into(), "pas de nom".into());
    }
    faults
}

fn said(row: usize, what: &str, language: Language) -> String {
    format!("{} {row}: {}", language.of("row", "ligne"), safe::escaped(what))
}

fn unreadable(error: &io::Error, language: Language) -> String {
    format!("{}: {error}", language.of("cannot be read", "illisible"))
}

/// The sign that stands most often in the headings.
fn delimiter(text: &str) -> u8 {
    let headings = text.lines().next().unwrap_or_default();
    let count = |sign: &u8| headings.bytes().filter(|byte| byte == sign).count();
    b",;\t".iter().copied().max_by_key(|sign| (count(sign), *sign == b',')).unwrap_or(b',')
}

/// Which column holds what.
struct Places {
    number: usize,
    name: usize,
    given: Option<usize>,
    maiden: Option<usize>,
    birth: Option<usize>,
    mean: Option<usize>,
    file: Option<usize>,
}

impl Places {
    fn find(headings: &csv::StringRecord, columns: &Columns, language: Language) -> Result<Self, Vec<String>> {
        let mut missing = Vec::new();
        let mut find = |asked: &Option<String>, usual: &[&str], needed: Option<&str>| {
            let asked_or_usual = asked.as_deref().map_or(usual.to_vec(), |asked| vec![asked]);
            let wanted = asked_or_usual.iter().map(|heading| folded(heading));
            let place = wanted.into_iter().find_map(|wanted| headings.iter().position(|found| folded(found) == wanted));
            if place.is_none()
                && let Some(name) = asked.as_deref().or(needed)
            {
                missing.push(no_column(name, headings, language));
            }
            place
        };
        let number = find(&columns.number_column, NUMBER, Some("number"));
        let name = find(&columns.name_column, NAME, Some("name"));
        let given = find(&columns.given_name_column, GIVEN, None);
        let maiden = find(&columns.maiden_name_column, MAIDEN, None);
        let birth = find(&columns.birth_column, BIRTH, None);
        let mean = find(&columns.mean_column, MEAN, None);
        let file = find(&columns.file_column, FILE, None);
        match (number, name, missing.is_empty()) {
            (Some(number), Some(name), true) => Ok(Self { number, name, given, maiden, birth, mean, file }),
            _ => Err(missing),
        }
    }

    fn applicant(&self, row: usize, record: &csv::StringRecord) -> Applicant {
        let cell = |place: usize| record.get(place).unwrap_or_default().trim().to_owned();
        let or_none = |place: Option<usize>| place.map(cell).filter(|text| !text.is_empty());
        let name = [or_none(self.given), Some(cell(self.name))].into_iter().flatten().collect::<Vec<_>>().join(" ");
        Applicant {
            row,
            number: cell(self.number),
            name: name.trim().to_owned(),
            maiden: or_none(self.maiden),
            birth: or_none(self.birth).unwrap_or_default(),
            mean: or_none(self.mean).unwrap_or_default(),
            file: or_none(self.file).unwrap_or_default(),
        }
    }
}

fn no_column(name: &str, headings: &csv::StringRecord, language: Language) -> String {
    let found = headings.iter().map(safe::escaped).collect::<Vec<_>>().join(", ");
    let name = safe::escaped(name);
    match language {
        Language::En => format!("no column {name}; the headings are: {found}. Name it with --…-column"),
        Language::Fr => format!("pas de colonne {name} ; les titres sont : {found}. Nommez-la avec --…-column"),
    }
}

// without accents and capitals, as `folded` makes them
const NUMBER: &[&str] = &["number", "no", "n", "id", "applicant number", "applicant", "numero", "matricule", "dossier"];
const NAME: &[&str] =
    &["name", "full name", "family name", "surname", "nom", "nom complet", "nom et prenom", "noms et prenoms"];
const GIVEN: &[&str] = &["given name", "given names", "first name", "prenom", "prenoms"];
const MAIDEN: &[&str] = &["maiden name", "birth name", "nom de jeune fille", "nom de naissance"];
const BIRTH: &[&str] = &["birth", "birth date", "date of birth", "naissance", "date de naissance", "ne le"];
const MEAN: &[&str] = &["mean", "average", "declared mean", "moyenne", "moyenne declaree"];
const FILE: &[&str] = &["file", "files", "folder", "fichier", "fichiers"];

const MOST_BYTES: u64 = 64 << 20;
const MOST_ROWS: usize = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn usual() -> Columns {
        Columns {
            number_column: None,
            name_column: None,
            given_name_column: None,
            maiden_name_column: None,
            birth_column: None,
            mean_column: None,
            file_column: None,
        }
    }

    #[test]
    fn headings_in_both_languages_and_all_three_signs_are_found() {
        for (sign, headings) in
            [(",", "Number,Name,Birth date"), (";", "N°;Nom;Date de naissance"), ("\t", "ID\tNOM\tNé le")]
        {
            let list = format!("{headings}\n{}\n\n", ["7", "Salma EL IDRISSI", "14/05/2007"].join(sign));
            let rows = rows(&list, &usual(), Language::En).unwrap();
            let (row, found) = (rows.len(), &rows[0]);
            assert_eq!((row, &*found.number, &*found.name, &*found.birth), (1, "7", "Salma EL IDRISSI", "14/05/2007"));
        }
    }

    #[test]
    fn windows_1252_is_read_and_given_names_come_first() {
        let list = b"Matricule;Nom;Pr\xe9nom\n7;K\xc9R\xc9KOU;A\xefcha\n";
        let rows = rows(&text(list), &usual(), Language::En).unwrap();
        assert_eq!(rows[0].name, "Aïcha KÉRÉKOU");
    }

    #[test]
    fn all_faults_are_told_in_one_pass() {
        let list = "number,name\n1,A\n1,B\n,C\n4,\n5,D,E\n";
        let faults = rows(list, &usual(), Language::En).unwrap_err();
        let expected = [
            "row 3: the number 1 stands in row 2 too",
            "row 4: no number",
            "row 5: no name",
            "row 6: 3 cells, the headings are 2",
        ];
        assert_eq!(faults, expected);
        let columns = Columns { mean_column: Some("GPA".into()), ..usual() };
        let faults = rows("a,b\n", &columns, Language::En).unwrap_err();
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[0].contains("no column number; the headings are: a, b"), "{faults:?}");
    }
}
