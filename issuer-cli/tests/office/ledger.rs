//! The ledger of an office, read and written past the program.
#![allow(unreachable_pub, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;

use rusqlite::Connection;

use super::Office;

pub const LEDGER: &str = "ledger.sqlite";

/// Every file that says how far the ledger had come.
pub type Witnesses = BTreeMap<String, Vec<u8>>;

impl Office {
    /// The lines of the ledger's events of some kinds, in order.
    pub fn events(&self, kinds: &[&str]) -> Vec<String> {
        let ledger = Connection::open(self.path(LEDGER)).unwrap();
        let mut statement = ledger.prepare("SELECT line FROM event ORDER BY number").unwrap();
        let lines = statement.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap);
        let is_one = |line: &String| kinds.iter().any(|kind| line.contains(&format!("\"event\":\"{kind}\"")));
        lines.filter(is_one).collect()
    }

    /// Writes into the file as no program of the office would; how many rows were changed.
    pub fn tamper(&self, statement: &str) -> usize {
        let ledger = Connection::open(self.path(LEDGER)).unwrap();
        ledger
            .execute_batch(
                "PRAGMA foreign_keys = OFF; DROP TRIGGER IF EXISTS event_stays; DROP TRIGGER IF EXISTS event_remains;
                 DROP TRIGGER IF EXISTS act_stays; DROP TRIGGER IF EXISTS act_remains;",
            )
            .unwrap();
        ledger.execute(statement, []).unwrap()
    }

    /// What bears witness to the ledger now.
    pub fn witnesses(&self) -> Witnesses {
        let mut found = self.tree(".state");
        found = found.into_iter().map(|(name, bytes)| (format!(".state/{name}"), bytes)).collect();
        found.insert("ledger.head".into(), fs::read(self.path("ledger.head")).unwrap());
        found
    }

    /// Puts witnesses of an earlier moment back: a program that was killed has written no later ones.
    pub fn put_back(&self, witnesses: &Witnesses) {
        witnesses.iter().for_each(|(name, bytes)| fs::write(self.path(name), bytes).unwrap());
    }
}
