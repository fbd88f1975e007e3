//! Results of a document: the table that the paper prints, its mean and its summaries (SPEC section 6, label 14).

use core::fmt;

use super::Line;
use crate::words::Words;

/// Mean, table and summaries, in the paper's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// The mean.
    pub mean: Option<Number>,
    /// Subjects, headings and totals, at most 256.
    pub rows: Vec<Row>,
    /// At most 20, each with a cell for every row.
    pub columns: Vec<Column>,
    /// Total of points, rank and the like, at most 16.
    pub summaries: Vec<Line>,
}

/// A number as printed: a value of 1525 at 2 decimals reads 15.25.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// The value without its point; less than 2^40 either way.
    pub value: i64,
    /// Decimals, 0 to 6.
    pub decimals: u8,
    /// The scale that the paper prints, a whole number below 2^40.
    pub maximum: Option<u64>,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: Words,
    /// Subject, heading or total.
    pub kind: RowKind,
}

impl Row {
    /// A subject.
    pub fn subject(name: Words) -> Self {
        Self { name, kind: RowKind::Subject }
    }
}

/// What a line of the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A subject.
    Subject,
    /// A heading of a level.
    Heading(Level),
    /// The total of its group.
    Total,
}

/// Level of a heading, 1 (the widest) to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level(u8);

/// A column of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What its cells are.
    pub role: ColumnRole,
    /// What stands above it.
    pub heading: Heading,
    /// Decimals of its numbers, 0 to 6.
    pub decimals: u8,
    /// One cell for every row.
    pub cells: Vec<Cell>,
    /// The scale that the paper prints for it, a whole number below 2^40.
    pub maximum: Option<u64>,
}

/// What stands above a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heading {
    /// The usual heading of its role.
    Usual,
    /// These words.
    Words(Words),
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnRole {
    /// None of the others; its heading says what.
    Other,
    /// Codes of subjects.
    Code,
    /// Coefficients.
    Coefficient,
    /// Credits.
    Credits,
    /// Marks, grades, points.
    Result,
    /// The maximum of each row.
    Maximum,
}

/// What stands in one place of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A number with its column's decimals.
    Number(i64),
    /// Words, such as "absent" or a letter grade.
    Words(Words),
    /// Nothing is printed.
    Empty,
}

impl Number {
    /// The number with a point, such as `15.25`; without its maximum.
    pub fn show(self) -> String {
        decimal(self.value, self.decimals)
    }
}

/// `15.25`, or `15.25/20` where a maximum is printed.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.show())?;
        self.maximum.map_or(Ok(()), |maximum| write!(f, "/{maximum}"))
    }
}

impl Column {
    /// A number of this column with its decimals, such as `15.25`.
    pub fn show(&self, value: i64) -> String {
        decimal(value, self.decimals)
    }
}

impl Level {
    /// Takes 1 to 4.
    pub fn new(level: u8) -> Option<Self> {
        (1..=4).contains(&level).then_some(Self(level))
    }

    /// The level.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl RowKind {
    /// `subject`, `heading` or `total`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Heading(_) => "heading",
            Self::Total => "total",
        }
    }

    /// Its number in label 3 of results; subjects have none.
    pub(crate) fn number(self) -> Option<u64> {
        match self {
            Self::Subject => None,
            Self::Heading(Level(level)) => Some(level.into()),
            Self::Total => Some(TOTAL),
        }
    }

    pub(crate) fn from_number(number: u64) -> Option<Self> {
        let level = u8::try_from(number).ok().and_then(Level::new);
        level.map(Self::Heading).or((number == TOTAL).then_some(Self::Total))
    }
}

impl ColumnRole {
    /// Every role, by its number from 0.
    pub const ALL: [Self; 6] = [Self::Other, Self::Code, Self::Coefficient, Self::Credits, Self::Result, Self::Maximum];

    /// `other`, `code`, `coefficient`, `credits`, `result` or `maximum`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Code => "code",
            Self::Coefficient => "coefficient",
            Self::Credits => "credits",
            Self::Result => "result",
            Self::Maximum => "maximum",
        }
    }

    pub(crate) fn number(self) -> u64 {
        self as u64
    }

    /// Whether only one column may have it (CLM-10).
    pub(crate) fn is_single(self) -> bool {
        !matches!(self, Self::Other | Self::Result)
    }
}

fn decimal(value: i64, decimals: u8) -> String {
    let digits = format!("{:0width$}", value.unsigned_abs(), width = usize::from(decimals) + 1);
    let (whole, part) = digits.split_at(digits.len() - usize::from(decimals));
    let sign = if value < 0 { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

const TOTAL: u64 = 9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_with_their_decimals_and_sign() {
        for (value, decimals, shown) in [
            (1_525, 2, "15.25"),
            (5, 2, "0.05"),
            (-5, 2, "-0.05"),
            (-3, 0, "-3"),
            (0, 6, "0.000000"),
            (1 << 39, 0, "549755813888"),
            (100, 1, "10.0"),
        ] {
            assert_eq!(Number { value, decimals, maximum: None }.show(), shown);
        }
        assert_eq!(Number { value: 2_128, decimals: 2, maximum: Some(20) }.to_string(), "21.28/20");
    }
}
