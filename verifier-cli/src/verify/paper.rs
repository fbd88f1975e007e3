//! The text of the paper: results, other lines, the words of the decision. It stands in a frame, every line of it behind a
//! bar, so that nothing in it can be taken for words of this program.

use credential_core::Document;
use credential_core::document::{
    Cell, Column, ColumnRole, Decision, Heading, Line, LineValue, Lines, Number, Results, Row, RowKind, Words,
};

use crate::language::Language;
use crate::safe;

/// All of it, in a frame; empty if the document has none.
pub(super) fn text(document: &Document, language: Language) -> String {
    let mut lines = Vec::new();
    if let Some(Decision { outcome: _, words: Some(words) }) = &document.decision {
        lines.extend(wrapped(language.of("Decision: ", "Décision : "), words));
    }
    let Lines { person, award } = &document.lines;
    lines.extend(person.iter().chain(award).flat_map(|line| stated(line, language)));
    if let Some(results) = &document.results {
        lines.extend(table(results, language));
    }
    if lines.is_empty() {
        return String::new();
    }
    let head = language.of("Text of the paper, in its own words:", "Texte du papier, tel quel :");
    let framed: String = lines.iter().map(|line| format!("  | {line}").trim_end().to_owned() + "\n").collect();
    format!("\n{head}\n{framed}")
}

/// A decimal number as papers in this language write it.
pub(super) fn decimal(number: &str, language: Language) -> String {
    language.of(number.to_owned(), number.replace('.', ","))
}

/// A text in pieces that no terminal breaks: where it does, a line would start outside of its frame or column.
pub(super) fn pieces(text: &str, most: usize) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut piece = String::new();
    for word in text.split_inclusive(' ') {
        if piece.chars().count() + word.trim_end().chars().count() > most && !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece).trim_end().to_owned());
        }
        for character in word.chars() {
            if piece.chars().count() == most {
                pieces.push(std::mem::take(&mut piece));
            }
            piece.push(character);
        }
    }
    if !piece.trim_end().is_empty() || pieces.is_empty() {
        pieces.push(piece.trim_end().to_owned());
    }
    pieces
}

/// A label and the texts behind it, each language on lines of its own.
fn wrapped(label: &str, words: &Words) -> Vec<String> {
    let texts =
        words.texts().iter().flatten().flat_map(|text| pieces(text.as_str(), WIDTH - label.chars().count().min(30)));
    let blank = " ".repeat(label.chars().count());
    texts
        .enumerate()
        .map(|(at, text)| format!("{}{}", if at == 0 { label } else { &blank }, safe::isolated(&text)))
        .collect()
}

fn stated(line: &Line, language: Language) -> Vec<String> {
    let Line { name, value } = line;
    let mut lines: Vec<_> = pieces(&joined(name), WIDTH).iter().map(|piece| safe::isolated(piece)).collect();
    if let Some(last) = lines.last_mut() {
        *last += language.of(":", " :");
    }
    match value {
        LineValue::Number(number) => {
            if let Some(last) = lines.last_mut() {
                *last += &format!(" {}", out_of(number, language));
            }
        }
        LineValue::Words(words) => match (lines.as_mut_slice(), &*short(words)) {
            ([only], [value]) if only.chars().count() + value.chars().count() < WIDTH => {
                *only += &format!(" {}", safe::isolated(value));
            }
            _ => lines.extend(wrapped("    ", words)),
        },
    }
    lines
}

/// The texts, if they are one.
fn short(words: &Words) -> Vec<&str> {
    words.texts().iter().flatten().map(|text| text.as_str()).collect()
}

/// Every text of a name in one.
fn joined(words: &Words) -> String {
    short(words).join(" / ")
}

fn out_of(number: &Number, language: Language) -> String {
    let value = decimal(&number.show(), language);
    number.maximum.map_or(value.clone(), |maximum| format!("{value} /{maximum}"))
}

/// Mean, rows and columns, summaries. Columns stand before the names, so that names in any script cannot shift them.
fn table(results: &Results, language: Language) -> Vec<String> {
    let Results { mean, rows, columns, summaries } = results;
    let mut lines = Vec::new();
    if !rows.is_empty() {
        lines.push(String::new());
        lines.extend(grid(rows, columns, language));
        lines.push(String::new());
    }
    if let Some(mean) = mean {
        lines.push(format!("{} {}", language.of("Mean:", "Moyenne :"), out_of(mean, language)));
    }
    lines.extend(summaries.iter().flat_map(|line| stated(line, language)));
    lines
}

struct Shown {
    heading: String,
    cells: Vec<String>,
    /// Whether it is narrow enough for a column.
    narrow: bool,
}

fn grid(rows: &[Row], columns: &[Column], language: Language) -> Vec<String> {
    let shown: Vec<_> = columns.iter().map(|column| show(column, language)).collect();
    let (narrow, wide): (Vec<_>, Vec<_>) = shown.iter().partition(|column| column.narrow);
    let width = |column: &Shown| {
        column.cells.iter().chain([&column.heading]).map(|cell| places(cell)).max().unwrap_or_default()
    };
    let padded = |column: &Shown, cell: &str| format!("{}{cell}  ", " ".repeat(width(column) - places(cell)));
    let head: String = narrow.iter().map(|column| padded(column, &column.heading)).collect();
    let mut lines = vec![head + language.of("Subject", "Matière")];
    let mut level = 0;
    for (at, Row { name, kind }) in rows.iter().enumerate() {
        let cells: String = narrow.iter().map(|column| padded(column, &column.cells[at])).collect();
        let (indent, mark) = match kind {
            RowKind::Heading(found) => {
                level = usize::from(found.get());
                (level - 1, "")
            }
            RowKind::Subject => (level, ""),
            RowKind::Total => (level, "= "),
        };
        let before = format!("{cells}{}{mark}", "  ".repeat(indent));
        let room = WIDTH.saturating_sub(places(&before)).max(20);
        let mut names = pieces(&joined(name), room).into_iter();
        lines.push(format!("{before}{}", safe::isolated(&names.next().unwrap_or_default())).trim_end().to_owned());
        let blank = " ".repeat(places(&before));
        lines.extend(names.map(|piece| format!("{blank}{}", safe::isolated(&piece))));
        for column in wide.iter().filter(|column| !column.cells[at].is_empty()) {
            let said = format!("{}: {}", column.heading, column.cells[at]);
            lines.extend(pieces(&said, room).iter().map(|piece| format!("{blank}  {}", safe::isolated(piece))));
        }
    }
    lines
}

fn show(column: &Column, language: Language) -> Shown {
    let cells: Vec<_> = column
        .cells
        .iter()
        .map(|cell| match cell {
            Cell::Number(value) => decimal(&column.show(*value), language),
            Cell::Words(words) => joined(words),
            Cell::Empty => String::new(),
        })
        .collect();
    let heading = match &column.heading {
        Heading::Usual => usual(column.role, language).to_owned(),
        Heading::Words(words) => words.first().to_owned(),
    };
    let heading = column.maximum.map_or(heading.clone(), |maximum| format!("{heading} /{maximum}"));
    let narrow = cells.iter().chain([&heading]).all(|text| text.chars().count() <= NARROW);
    let cells = if narrow { cells.iter().map(|cell| safe::isolated(cell)).collect() } else { cells };
    let heading = if narrow { safe::isolated(&heading) } else { heading };
    Shown { heading, cells, narrow }
}

/// What papers call a column of this role.
fn usual(role: ColumnRole, language: Language) -> &'static str {
    match role {
        ColumnRole::Other => "",
        ColumnRole::Code => "Code",
        ColumnRole::Coefficient => "Coeff.",
        ColumnRole::Credits => language.of("Credits", "Crédits"),
        ColumnRole::Result => language.of("Mark", "Note"),
        ColumnRole::Maximum => "Max.",
    }
}

/// Places on the line: isolates take none.
fn places(text: &str) -> usize {
    text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).count()
}

/// Characters of a line in the frame.
const WIDTH: usize = 74;
/// Characters of the widest cell of a column; longer ones stand below the name.
const NARROW: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_never_longer_and_lose_nothing_but_spaces() {
        for text in
            ["", "a", "one two three four", &"x".repeat(45), "a bb ccc dddd eeeee ffffff ggggggg", "١٢٣ ٤٥٦ ٧٨٩٠١٢٣"]
        {
            let found = pieces(text, 10);
            assert!(found.iter().all(|piece| piece.chars().count() <= 10), "{found:?}");
            let without = |text: &str| text.replace(' ', "");
            assert_eq!(without(&found.concat()), without(text));
        }
    }
}
