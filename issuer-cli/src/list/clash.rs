//! Lines that clash with an earlier one: numbers and people that occur twice.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use credential_core::document::PartialDate;

use super::fault::{FaultKind, shown};
use super::text::Problem;

/// What identifies a line, as far as its cells are sound.
pub(super) struct Identifiers<'a> {
    pub(super) row: u32,
    pub(super) number: Option<&'a str>,
    /// Name and date of birth as in the list.
    pub(super) person: Option<Person<'a>>,
    pub(super) identity: Option<&'a str>,
    /// All cells but the number.
    pub(super) rest: Rest<'a>,
}

/// Name and date of birth.
#[derive(Clone, Copy)]
pub(super) struct Person<'a> {
    pub(super) name: &'a str,
    pub(super) birth: PartialDate,
}

/// All cells of a line but the one at an index.
#[derive(Clone, Copy)]
pub(super) struct Rest<'a> {
    pub(super) record: &'a csv::ByteRecord,
    pub(super) without: usize,
}

/// A clash: in which of the identifiers, with which row.
pub(super) struct Clash {
    pub(super) place: Place,
    pub(super) with_row: u32,
    pub(super) problem: Problem,
}

/// Where a clash is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Number,
    Name,
    Identity,
}

/// All lines seen so far, by what identifies them.
#[derive(Default)]
pub(super) struct Seen {
    numbers: HashMap<Box<str>, (u32, Option<u64>)>,
    /// By the hash of name and birth: a chance collision in a million lines is one needless warning in 10^7 lists.
    people: HashMap<u64, u32>,
    /// By person and identity number, or by person and everything but the number.
    doubles: HashMap<u64, u32>,
    identities: HashMap<Box<str>, u32>,
    hasher: RandomState,
}

impl Seen {
    /// The worst clash of a line with an earlier one; remembers the line.
    pub(super) fn add(&mut self, line: &Identifiers) -> Option<Clash> {
        let person = line.person.map(|person| self.hash(person));
        let number = self.number(line, person);
        let double = self.double(line, person);
        let homonym = self.homonym(line, person);
        let identity = self.identity(line);
        number.or(double).or(homonym).or(identity)
    }

    fn hash(&self, person: Person) -> u64 {
        let mut state = self.hasher.build_hasher();
        person.birth.hash(&mut state);
        person.name.chars().flat_map(char::to_lowercase).for_each(|letter| letter.hash(&mut state));
        state.finish()
    }

    fn number(&mut self, line: &Identifiers, person: Option<u64>) -> Option<Clash> {
        let number = line.number?;
        let Some(&(with_row, other)) = self.numbers.get(number) else {
            self.numbers.insert(number.into(), (line.row, person));
            return None;
        };
        let (row, number) = (line.row, shown(number));
        let problem = if person.is_some() && person == other {
            let message = format!(
                "the number {number} and the same person stand in rows {with_row} and {row}; take one line out"
            );
            Problem::new(FaultKind::SamePersonTwice, message)
        } else {
            let message =
                format!("the number {number} stands in rows {with_row} and {row} for two people; find out whose it is");
            Problem::new(FaultKind::SameNumber, message)
        };
        Some(Clash { place: Place::Number, with_row, problem })
    }

    fn double(&mut self, line: &Identifiers, person: Option<u64>) -> Option<Clash> {
        let hash = match line.identity {
            Some(identity) => self.hasher.hash_one((person?, identity)),
            None => self.hasher.hash_one((person?, line.rest.hash(&self.hasher))),
        };
        let with_row = earlier(*self.doubles.entry(hash).or_insert(line.row), line)?;
        let message = format!("the person of row {with_row} stands here again under another number; take one line out");
        Some(Clash { place: Place::Number, with_row, problem: Problem::new(FaultKind::SamePersonTwice, message) })
    }

    fn homonym(&mut self, line: &Identifiers, hash: Option<u64>) -> Option<Clash> {
        let (person, hash) = line.person.zip(hash)?;
        let row = line.row;
        let with_row = match person.birth.is_whole() {
            true => earlier(*self.people.entry(hash).or_insert(row), line)?,
            // half a date is shared by many: only the line just above counts
            false => self.people.insert(hash, row).filter(|before| before + 1 == row)?,
        };
        let message = format!(
            "{}, born {}, stands in rows {with_row} and {row} with different numbers; look whether these are two people",
            shown(person.name),
            person.birth
        );
        Some(Clash { place: Place::Name, with_row, problem: Problem::new(FaultKind::SameNameAndBirth, message) })
    }

    fn identity(&mut self, line: &Identifiers) -> Option<Clash> {
        let identity = line.identity?;
        let plain: String = identity.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        let with_row = earlier(*self.identities.entry(plain.into()).or_insert(line.row), line)?;
        let row = line.row;
        let message =
            format!("one identity number stands in rows {with_row} and {row} for two names; find out whose it is");
        Some(Clash { place: Place::Identity, with_row, problem: Problem::new(FaultKind::SameIdentity, message) })
    }
}

/// The row under which something was first seen, unless it is the line's own.
fn earlier(first: u32, line: &Identifiers) -> Option<u32> {
    (first != line.row).then_some(first)
}

impl Rest<'_> {
    fn hash(&self, hasher: &RandomState) -> u64 {
        let cells = self.record.as_slice();
        let number = self.record.range(self.without).unwrap_or_default();
        hasher.hash_one((&cells[..number.start], &cells[number.end..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clashes(lines: &[(&str, &str, &str, Option<&str>, &str)]) -> Vec<Option<(FaultKind, Place, u32)>> {
        let mut seen = Seen::default();
        let one = |(at, &(number, name, birth, identity, mark)): (usize, &(&str, &str, &str, Option<&str>, &str))| {
            let record = csv::ByteRecord::from(vec![number, name, birth, mark]);
            let person = Person { name, birth: PartialDate::parse(birth).unwrap() };
            let rest = Rest { record: &record, without: 0 };
            let line = Identifiers { row: at as u32 + 2, number: Some(number), person: Some(person), identity, rest };
            seen.add(&line).map(|clash| (clash.problem.kind, clash.place, clash.with_row))
        };
        lines.iter().enumerate().map(one).collect()
    }

    #[test]
    fn finds_a_number_of_two_people() {
        let found = clashes(&[("1", "A", "2007-01-01", None, "10"), ("1", "B", "2007-02-02", None, "11")]);
        assert_eq!(found[1], Some((FaultKind::SameNumber, Place::Number, 2)));
    }

    #[test]
    fn finds_a_person_on_two_lines() {
        let same_number = clashes(&[("1", "A", "2007", None, "10"), ("1", "A", "2007", None, "10")]);
        assert_eq!(same_number[1], Some((FaultKind::SamePersonTwice, Place::Number, 2)));
        let same_cells = clashes(&[("1", "A", "2007", None, "10"), ("2", "A", "2007", None, "10")]);
        assert_eq!(same_cells[1], Some((FaultKind::SamePersonTwice, Place::Number, 2)));
        let same_identity = clashes(&[("1", "A", "2007", Some("K1"), "10"), ("2", "A", "2007", Some("K1"), "11")]);
        assert_eq!(same_identity[1], Some((FaultKind::SamePersonTwice, Place::Number, 2)));
    }

    #[test]
    fn finds_a_double_behind_a_homonym() {
        let found = clashes(&[
            ("1", "A", "2007-01-01", Some("K1"), "10"),
            ("2", "A", "2007-01-01", Some("K2"), "11"),
            ("3", "A", "2007-01-01", Some("K2"), "11"),
        ]);
        assert_eq!(found[1], Some((FaultKind::SameNameAndBirth, Place::Name, 2)));
        assert_eq!(found[2], Some((FaultKind::SamePersonTwice, Place::Number, 3)));
    }

    #[test]
    fn warns_of_homonyms() {
        let whole = clashes(&[("1", "A b", "2007-01-01", None, "10"), ("2", "A B", "2007-01-01", None, "11")]);
        assert_eq!(whole[1], Some((FaultKind::SameNameAndBirth, Place::Name, 2)));
    }

    #[test]
    fn warns_of_homonyms_with_half_a_date_only_side_by_side() {
        let apart =
            clashes(&[("1", "A", "2007", None, "10"), ("2", "B", "2007", None, "11"), ("3", "A", "2007", None, "12")]);
        assert_eq!(apart, [None, None, None]);
        let beside = clashes(&[("1", "A", "2007", None, "10"), ("2", "A", "2007", None, "11")]);
        assert_eq!(beside[1], Some((FaultKind::SameNameAndBirth, Place::Name, 2)));
    }

    #[test]
    fn warns_of_an_identity_number_of_two_people() {
        let found = clashes(&[("1", "A", "2007-01-01", Some("K 1"), "10"), ("2", "B", "2007-01-02", Some("k1"), "11")]);
        assert_eq!(found[1], Some((FaultKind::SameIdentity, Place::Identity, 2)));
    }
}
