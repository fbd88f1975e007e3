//! Lines of the paper that no other field holds, summaries and days, as a profile describes them.

use std::collections::BTreeMap;

use credential_core::document::{Date, Kind, Words};

use super::{Scale, TextColumns};

/// One line, or one summary.
#[derive(Clone, Debug)]
pub struct PrintedLine {
    /// What stands before the value.
    pub name: Words,
    /// Where the value comes from.
    pub value: ValueFrom,
    /// Kinds of document that print it.
    pub kinds: Vec<Kind>,
    /// Whether a list may lack its column: the papers are then without it.
    pub optional: bool,
}

/// Where the value of a line comes from.
#[derive(Clone, Debug)]
pub enum ValueFrom {
    /// The same words for every candidate.
    Fixed(Words),
    /// A column of words.
    Words {
        /// The columns of the list.
        columns: TextColumns,
        /// Words for values of the list; a value that is not here stands as it is, unless there are none but these.
        values: BTreeMap<String, Words>,
    },
    /// A column of numbers.
    Number {
        /// The column of the list.
        column: String,
        /// How they are written.
        scale: Scale,
    },
}

/// A day of the document.
#[derive(Clone, Debug)]
pub struct PrintedDate {
    /// The day that is the same for every candidate.
    pub fixed: Option<Date>,
    /// The column of the list with the day.
    pub column: Option<String>,
    /// The columns of the list with the words of the paper.
    pub printed_column: Option<TextColumns>,
    /// Kinds of document that print it.
    pub kinds: Vec<Kind>,
}

impl ValueFrom {
    /// The list's columns; none for fixed words.
    pub fn columns(&self) -> Vec<String> {
        match self {
            Self::Fixed(_) => Vec::new(),
            Self::Words { columns: TextColumns::Same(column), .. } | Self::Number { column, .. } => {
                vec![column.clone()]
            }
            Self::Words { columns: TextColumns::PerLanguage(columns), .. } => columns.values().cloned().collect(),
        }
    }
}
