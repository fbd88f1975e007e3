//! What an authority has decided: of each tag the newest statement, over all of its lists in a pack and the histories at
//! hand (SPEC section 8, VER-4).

use std::collections::HashMap;

use anyhow::{Context, Result};
use credential_core::Pack;
use credential_core::document::Tag;
use credential_core::lists::{Authority, Statement, StatusList};

/// The newest statements of one authority in one world, and the count of its decisions.
#[derive(Default)]
pub(crate) struct Decided {
    seq: u64,
    newest: HashMap<Tag, Newest>,
}

#[derive(Clone, Copy)]
struct Newest {
    /// The count after which it was said.
    seq: u64,
    statement: Statement,
    /// A history says withdrawn: no list brings that back, however high its count.
    settled: bool,
}

impl Decided {
    /// What the lists of a pack say that count.
    pub(crate) fn in_pack(pack: &Pack, authority: &Authority, test: bool, now: u64) -> Self {
        let mut decided = Self::default();
        for list in counting(pack, authority, test, now) {
            decided.count(list.seq());
            list.statements().for_each(|(tag, statement)| decided.add(tag, list.seq(), statement));
        }
        decided
    }

    /// How many decisions there were.
    pub(crate) fn seq(&self) -> u64 {
        self.seq
    }

    /// The newest statement of a tag; none if nothing was ever said of it.
    pub(crate) fn statement(&self, tag: &Tag) -> Option<Statement> {
        self.newest.get(tag).map(|newest| newest.statement)
    }

    /// The count with one decision more.
    pub(super) fn next(&mut self) -> Result<u64> {
        self.seq =
            self.seq.checked_add(1).context("the lists of the authority have the highest count that there is")?;
        Ok(self.seq)
    }

    /// Takes a count that was reached.
    pub(super) fn count(&mut self, seq: u64) {
        self.seq = self.seq.max(seq);
    }

    /// Takes a statement: the higher count speaks, of the same count the graver.
    pub(super) fn add(&mut self, tag: Tag, seq: u64, statement: Statement) {
        let new = Newest { seq, statement, settled: false };
        let newest = self.newest.entry(tag).or_insert(new);
        if !newest.settled && statement.weight(seq) > newest.statement.weight(newest.seq) {
            *newest = new;
        }
    }

    /// Takes a withdrawal that a history holds.
    pub(super) fn settle(&mut self, tag: Tag, seq: u64) {
        self.newest.insert(tag, Newest { seq, statement: Statement::Withdrawn, settled: true });
    }
}

/// The lists of an authority and a world that count: of no marked key, and not dated more than a day ahead of the clock.
pub(crate) fn counting<'p>(
    pack: &'p Pack,
    authority: &'p Authority,
    test: bool,
    now: u64,
) -> impl Iterator<Item = &'p StatusList> {
    pack.statuses().iter().filter(move |list| list.counts_for(authority, test) && !list.is_ahead(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_higher_count_speaks_and_of_the_same_count_the_graver_whatever_comes_first() {
        use Statement::{Reinstated, Replaced, Suspended, Withdrawn};
        for (said, newest) in [
            ([(1, Withdrawn), (2, Reinstated(2))], Reinstated(2)),
            ([(7, Withdrawn), (9, Reinstated(6))], Withdrawn),
            ([(2, Suspended), (1, Withdrawn)], Suspended),
            ([(3, Suspended), (3, Replaced)], Replaced),
            ([(3, Withdrawn), (3, Replaced)], Withdrawn),
            ([(3, Reinstated(3)), (3, Suspended)], Suspended),
        ] {
            let mut decided = Decided::default();
            said.iter().for_each(|(seq, statement)| decided.add([1; 8], *seq, *statement));
            assert_eq!(decided.statement(&[1; 8]), Some(newest), "{said:?}");
            assert_eq!(decided.statement(&[2; 8]), None);
        }
    }

    #[test]
    fn a_withdrawal_of_a_history_stands_whatever_a_list_says() {
        let mut decided = Decided::default();
        decided.add([1; 8], 5, Statement::Reinstated(5));
        decided.settle([1; 8], 3);
        decided.add([1; 8], 9, Statement::Reinstated(9));
        assert_eq!(decided.statement(&[1; 8]), Some(Statement::Withdrawn));
    }

    #[test]
    fn no_decision_follows_the_last_count() {
        let mut decided = Decided::default();
        decided.count(u64::MAX - 1);
        assert_eq!(decided.next().unwrap(), u64::MAX);
        assert!(decided.next().is_err());
    }
}
