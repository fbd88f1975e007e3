//! What minutes and a list, or a document, say differently of one candidate.

use core::fmt::Display;

use credential_core::Document;
use credential_core::document::{
    Cell, Column, Date, Decision, Heading, Kind, Line, LineValue, Number, Outcome, Results, Row, RowKind, Words,
};
use credential_core::minutes::MinutesLine;

/// The facts that are compared; the outer `None` is for what is not stated at all.
pub struct Facts<'a> {
    /// The candidate's number.
    pub number: &'a str,
    /// The name.
    pub holder: &'a Words,
    /// The birth date.
    pub birth: Option<Option<&'a Date>>,
    /// The series in the document's first language.
    pub series: Option<Option<&'a str>>,
    /// What was decided.
    pub outcome: Outcome,
    /// The words of the decision.
    pub decision_words: Option<Option<&'a Words>>,
    /// The honours.
    pub honours: Option<Option<&'a Words>>,
    /// The results.
    pub results: StatedResults<'a>,
}

/// How much of the results is stated.
#[derive(Clone, Copy)]
pub enum StatedResults<'a> {
    /// All of them, as a transcript does.
    Whole(Option<&'a Results>),
    /// Those that the document prints; it may leave others out.
    Part(Option<&'a Results>),
}

/// One fact on which they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The candidate's number.
    Number(Sides),
    /// The name.
    Holder(Sides),
    /// The birth date.
    Birth(Sides),
    /// The series.
    Series(Sides),
    /// The decision.
    Decision(Sides),
    /// The honours.
    Honours(Sides),
    /// The mean.
    Mean(Sides),
    /// The name of a row of the table, from 0.
    Row(usize, Sides),
    /// A cell of the table: its row and column, from 0, and what they are called.
    Cell {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
        /// Both by their names.
        name: String,
        /// What each side says.
        sides: Sides,
    },
    /// The table as a whole: its rows or columns are others.
    Table(Sides),
    /// A summary, by its place in the minutes or behind them, from 0.
    Summary(usize, Sides),
}

/// What each side says, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The minutes.
    pub minutes: String,
    /// The list, or the document.
    pub found: String,
}

impl<'a> Facts<'a> {
    /// What a sealed document states; what it leaves out contradicts nothing.
    pub fn of_document(document: &'a Document) -> Self {
        let results = document.results.as_ref();
        let decision = document.decision.as_ref();
        Self {
            number: document.number.as_ref().map_or("", |number| number.as_str()),
            holder: &document.holder,
            birth: document.birth.as_ref().map(Some),
            series: document.series.as_ref().map(|series| Some(series.first())),
            outcome: decision.map_or(Outcome::Admitted, |decision| decision.outcome),
            decision_words: decision.map(|Decision { outcome: _, words }| words.as_ref()),
            honours: Some(document.honours.as_ref()),
            results: match document.kind {
                Kind::Transcript => StatedResults::Whole(results),
                Kind::Diploma | Kind::Attestation => StatedResults::Part(results),
            },
        }
    }
}

/// Every fact on which they differ, in the order of the line (ISS-9).
pub fn differences(line: &MinutesLine, facts: &Facts<'_>) -> Vec<Difference> {
    // no `..`: a field of a line that is forgotten here does not compile
    let MinutesLine { line: _, number, holder, birth, series, decision, honours, results } = line;
    let mut found = Vec::new();
    let mut compare = |same: bool, difference: fn(Sides) -> Difference, sides: &dyn Fn() -> Sides| {
        if !same {
            found.push(difference(sides()));
        }
    };
    let series = series.as_ref().map(|series| series.as_str());
    compare(number.as_str() == facts.number, Difference::Number, &|| sides(number, &facts.number));
    compare(holder == facts.holder, Difference::Holder, &|| sides(&words(holder), &words(facts.holder)));
    compare(facts.birth.is_none_or(|of| of == birth.as_ref()), Difference::Birth, &|| {
        sides(&shown(birth.as_ref().map(date)), &shown(facts.birth.flatten().map(date)))
    });
    compare(facts.series.is_none_or(|of| of == series), Difference::Series, &|| {
        sides(&shown(series), &shown(facts.series.flatten()))
    });
    let same_words = facts.decision_words.is_none_or(|of| of == decision.words.as_ref());
    let same_outcome = decision.outcome == facts.outcome;
    compare(same_outcome && same_words, Difference::Decision, &|| {
        // where the outcomes differ, the words of the paper add nothing
        let printed = |words: Option<&'_ Words>| words.filter(|_| same_outcome).cloned();
        let found = facts.decision_words.flatten();
        sides(
            &decided(decision.outcome, printed(decision.words.as_ref()).as_ref()),
            &decided(facts.outcome, printed(found).as_ref()),
        )
    });
    compare(facts.honours.is_none_or(|of| of == honours.as_ref()), Difference::Honours, &|| {
        sides(&shown(honours.as_ref().map(words)), &shown(facts.honours.flatten().map(words)))
    });
    found.extend(results_that_differ(results.as_ref(), facts.results));
    found
}

fn results_that_differ(minutes: Option<&Results>, found: StatedResults<'_>) -> Vec<Difference> {
    let none = Results::default();
    let (found, whole) = match found {
        StatedResults::Whole(found) => (found, true),
        StatedResults::Part(found) => (found, false),
    };
    // no `..`, as above
    let Results { mean, rows, columns, summaries } = minutes.unwrap_or(&none);
    let stated = found.unwrap_or(&none);
    let mut differ = Vec::new();
    if (whole || stated.mean.is_some()) && stated.mean != *mean {
        let same_scale = mean.and_then(|mean| mean.maximum) == stated.mean.and_then(|mean| mean.maximum);
        let of = |mean: Number| if same_scale { mean.show() } else { mean.to_string() };
        differ.push(Difference::Mean(sides(&shown(mean.map(of)), &shown(stated.mean.map(of)))));
    }
    if whole || !stated.rows.is_empty() {
        differ.extend(tables_that_differ((rows, columns), (&stated.rows, &stated.columns)));
    }
    let lacking = |line: &&Line| !summaries.contains(line);
    if whole && stated.summaries.len() == summaries.len() {
        let pairs =
            summaries.iter().zip(&stated.summaries).enumerate().filter(|(_, (minutes, found))| minutes != found);
        differ.extend(
            pairs.map(|(at, (minutes, found))| Difference::Summary(at, sides(&of_line(minutes), &of_line(found)))),
        );
    } else if whole || stated.summaries.iter().any(|line| lacking(&line)) {
        let all = |lines: &[Line]| lines.iter().map(of_line).collect::<Vec<_>>().join("; ");
        differ.push(Difference::Summary(0, sides(&all(summaries), &all(&stated.summaries))));
    }
    differ
}

fn tables_that_differ(minutes: (&[Row], &[Column]), found: (&[Row], &[Column])) -> Vec<Difference> {
    let frame = |column: &Column| {
        let Column { role, heading, decimals, cells: _, maximum } = column;
        (*role, heading.clone(), *decimals, *maximum)
    };
    let kinds = |rows: &[Row]| rows.iter().map(|row| row.kind).collect::<Vec<_>>();
    let same_frame = kinds(minutes.0) == kinds(found.0)
        && minutes.1.len() == found.1.len()
        && minutes.1.iter().zip(found.1).all(|(one, other)| frame(one) == frame(other));
    if !same_frame {
        return vec![Difference::Table(sides(&table(minutes), &table(found)))];
    }
    let mut differ = Vec::new();
    for (row, (of, other)) in minutes.0.iter().zip(found.0).enumerate() {
        if of.name != other.name {
            differ.push(Difference::Row(row, sides(&words(&of.name), &words(&other.name))));
        }
        for (column, (one, other)) in minutes.1.iter().zip(found.1).enumerate() {
            if one.cells.get(row) != other.cells.get(row) {
                let name = format!("{} of {}", heading(one), of.name.first());
                let sides = sides(&cell(one, row), &cell(other, row));
                differ.push(Difference::Cell { row, column, name, sides });
            }
        }
    }
    differ
}

impl Difference {
    /// What differs, what the minutes say and what the other side says.
    pub fn parts(&self) -> (String, &Sides) {
        match self {
            Self::Number(sides) => ("number".into(), sides),
            Self::Holder(sides) => ("name".into(), sides),
            Self::Birth(sides) => ("birth date".into(), sides),
            Self::Series(sides) => ("series".into(), sides),
            Self::Decision(sides) => ("decision".into(), sides),
            Self::Honours(sides) => ("honours".into(), sides),
            Self::Mean(sides) => ("mean".into(), sides),
            Self::Row(row, sides) => (format!("name of row {} of the results", row + 1), sides),
            Self::Cell { name, sides, .. } => (name.clone(), sides),
            Self::Table(sides) => ("table of results".into(), sides),
            Self::Summary(_, sides) => ("summary of the results".into(), sides),
        }
    }
}

fn words(words: &Words) -> String {
    words.texts().iter().map(|text| text.as_ref().map_or("-", |text| text.as_str())).collect::<Vec<_>>().join(" / ")
}

fn date(date: &Date) -> String {
    match date {
        Date::Known(date) => date.to_string(),
        Date::Printed(None, printed) => words(printed),
        Date::Printed(Some(date), printed) => format!("{date} ({})", words(printed)),
    }
}

fn decided(outcome: Outcome, printed: Option<&Words>) -> String {
    let outcome = match outcome {
        Outcome::Admitted => "admitted",
        Outcome::NotAdmitted => "not admitted",
        Outcome::Otherwise => "decided otherwise",
    };
    printed.map_or(outcome.to_owned(), |printed| format!("{outcome} ({})", words(printed)))
}

fn of_line(line: &Line) -> String {
    let value = match &line.value {
        LineValue::Words(value) => words(value),
        LineValue::Number(number) => number.to_string(),
    };
    format!("{}: {value}", words(&line.name))
}

fn heading(column: &Column) -> String {
    match &column.heading {
        Heading::Words(heading) => heading.first().to_owned(),
        Heading::Usual => column.role.code().to_owned(),
    }
}

fn cell(column: &Column, row: usize) -> String {
    match column.cells.get(row) {
        Some(Cell::Number(value)) => column.show(*value),
        Some(Cell::Words(printed)) => words(printed),
        Some(Cell::Empty) | None => "nothing".to_owned(),
    }
}

/// Rows and columns by their names.
fn table((rows, columns): (&[Row], &[Column])) -> String {
    let row = |row: &Row| match row.kind {
        RowKind::Subject => words(&row.name),
        kind @ (RowKind::Heading(_) | RowKind::Total) => format!("{} ({})", words(&row.name), kind.code()),
    };
    let column = |column: &Column| {
        let scale = Number { value: 0, decimals: column.decimals, maximum: column.maximum };
        format!("{} as {scale}", heading(column))
    };
    let names: Vec<String> = rows.iter().map(row).collect();
    let headings: Vec<String> = columns.iter().map(column).collect();
    format!("{} with {}", names.join(", "), headings.join(", "))
}

fn shown<T: Display>(value: Option<T>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| value.to_string())
}

fn sides(minutes: &dyn Display, found: &dyn Display) -> Sides {
    Sides { minutes: minutes.to_string(), found: found.to_string() }
}
