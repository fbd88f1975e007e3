//! Marks by subject, as a table. Columns of digits stand first, so that names in any script cannot shift them.

use credential_core::{Document, Mark, Results, Subject};

use crate::language::Language;
use crate::safe;

/// The table; empty if the document has no subjects.
pub(super) fn table(document: &Document, language: Language) -> String {
    let Some(results) = document.results.as_ref().filter(|results| !results.subjects.is_empty()) else {
        return String::new();
    };
    let columns: Vec<_> =
        columns(results, language).into_iter().filter(|column| column.cells.iter().any(Option::is_some)).collect();
    let maximum = decimal(&results.scale.show(results.scale.maximum), language);
    let mut text = format!("\n  {} {maximum}:\n", language.of("Marks out of", "Notes sur"));
    text += &row(columns.iter().map(|column| (column, column.head)), language.of("Subject", "Matière"));
    for (number, subject) in results.subjects.iter().enumerate() {
        let cells = columns.iter().map(|column| (column, column.cells[number].as_deref().unwrap_or_default()));
        text += &row(cells, &name(subject));
    }
    text
}

/// A decimal number as papers in this language write it.
pub(super) fn decimal(number: &str, language: Language) -> String {
    language.of(number.to_owned(), number.replace('.', ","))
}

struct Column {
    head: &'static str,
    cells: Vec<Option<String>>,
}

impl Column {
    fn width(&self) -> usize {
        let cells = self.cells.iter().flatten().map(|cell| width(cell));
        cells.chain([width(self.head)]).max().unwrap_or_default()
    }
}

fn columns(results: &Results, language: Language) -> [Column; 4] {
    let column = |head, cell: &dyn Fn(&Subject) -> Option<String>| Column {
        head,
        cells: results.subjects.iter().map(cell).collect(),
    };
    let mark = |mark: &Mark| match mark {
        Mark::Number(mark) => decimal(&results.scale.show(*mark), language),
        Mark::Word(word) => safe::isolated(word.as_str()),
    };
    let tenths = |tenths: u16| decimal(&format!("{}.{}", tenths / 10, tenths % 10), language);
    [
        column(language.of("Mark", "Note"), &|subject| subject.mark.as_ref().map(mark)),
        column(language.of("Coeff.", "Coeff."), &|subject| subject.coefficient.map(|value| value.to_string())),
        column(language.of("Credits", "Crédits"), &|subject| subject.credits.map(tenths)),
        column(language.of("Code", "Code"), &|subject| subject.code.as_ref().map(|code| safe::isolated(code.as_str()))),
    ]
}

fn row<'a>(cells: impl Iterator<Item = (&'a Column, &'a str)>, name: &str) -> String {
    let cells = cells.map(|(column, cell)| format!("{}{cell}  ", " ".repeat(column.width() - width(cell))));
    format!("    {}{name}\n", cells.collect::<String>())
}

/// Every text of the name; all but the first between parentheses.
fn name(subject: &Subject) -> String {
    let texts: Vec<_> = subject.name.texts().iter().map(|text| safe::isolated(text.as_str())).collect();
    match texts.split_first() {
        Some((first, [])) => first.clone(),
        Some((first, rest)) => format!("{first} ({})", rest.join(", ")),
        None => String::new(),
    }
}

/// Places on the line: isolates take none.
fn width(text: &str) -> usize {
    text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).count()
}
