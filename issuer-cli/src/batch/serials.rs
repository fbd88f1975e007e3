//! Which serial a document gets: 8 bytes, or 9 where those 8 stand for other facts already (ISS-2).

use std::collections::HashMap;

use anyhow::{Result, bail};
use credential_core::document::Serial;

use crate::ledger::Ledger;

/// Length of a serial.
pub(super) const USUAL: usize = 8;
/// Length where the usual one clashes.
const LONGER: usize = 9;

/// The serials of one chunk of a batch, beside all that the ledger holds.
pub(super) struct Serials<'r> {
    ledger: &'r Ledger,
    batch: i64,
    here: HashMap<Serial, [u8; 32]>,
}

/// A document of the usual length of serial: its place, and what it is.
pub(super) struct Usual<'a> {
    pub(super) position: u32,
    pub(super) serial: &'a Serial,
    pub(super) digest: [u8; 32],
}

impl<'r> Serials<'r> {
    pub(super) fn new(ledger: &'r Ledger, batch: i64) -> Self {
        Self { ledger, batch, here: HashMap::new() }
    }

    /// The length that the document's serial is to have; documents are asked for in the order of the list.
    ///
    /// A run that is taken up again finds its own documents in the ledger, and gives them the same length again.
    pub(super) fn length(&mut self, document: &Usual<'_>) -> Result<usize> {
        let Usual { position, serial, digest } = document;
        let taken = match self.ledger.owner(serial)? {
            Some((batch, at, _)) if (batch, at) == (self.batch, *position) => None,
            Some((_, _, other)) => Some(other),
            None => self.here.get(*serial).copied(),
        };
        match taken {
            None => {
                self.here.insert((*serial).clone(), *digest);
                Ok(USUAL)
            }
            Some(other) if other == *digest => bail!(
                "another row states the same facts, serial {serial}; the candidates' numbers must tell the two apart"
            ),
            Some(_) => Ok(LONGER),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use credential_core::document::Kind;
    use credential_core::sealing::SealingKey;

    use crate::ledger::{DocumentRecord, Identity, NewBatch, Office, Person};

    fn serial(byte: u8) -> Serial {
        Serial::new([byte; USUAL]).unwrap()
    }

    fn length(serials: &mut Serials<'_>, position: u32, serial: &Serial, digest: u8) -> Result<usize, String> {
        serials.length(&Usual { position, serial, digest: [digest; 32] }).map_err(|error| error.to_string())
    }

    #[test]
    fn a_clash_with_other_facts_takes_a_byte_more_and_the_same_facts_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let office = Office::init(folder.path(), None, 5).unwrap();
        let ledger = Ledger::open(&office).unwrap();
        let key = SealingKey::from_seed(&[1; 32]).public();
        ledger.add_key(&key, 5).unwrap();
        let identity = Identity { list: [1; 32], profile: [2; 32], kind: Kind::Diploma, key };
        let new = NewBatch {
            identity: &identity,
            authority: "BJ-OB",
            test: false,
            count: 9,
            minutes: &[],
            secret: &[7; 32],
            now: 5,
        };
        let begun = ledger.begin_batch(&new).unwrap();
        let (batch, held, fresh) = (begun.id, serial(1), serial(2));
        let facts =
            Person { number: "1".into(), names: vec!["A".into()], birth: String::new(), session: "2026".into() };
        let record = DocumentRecord {
            serial: &held,
            position: 0,
            holder: [0; 16],
            person: [0; 16],
            contents: [0; 16],
            digest: [9; 32],
            facts,
            salt: [0; 16],
        };
        ledger.record(&begun, &[record], 5).unwrap();
        let refused = |serial: &Serial| {
            Err(format!(
                "another row states the same facts, serial {serial}; the candidates' numbers must tell the two apart"
            ))
        };

        let mut serials = Serials::new(&ledger, batch);
        assert_eq!(length(&mut serials, 0, &held, 9), Ok(USUAL), "its own, when it is taken up again");
        assert_eq!(length(&mut serials, 1, &held, 8), Ok(LONGER));
        assert_eq!(length(&mut serials, 1, &held, 9), refused(&held));
        assert_eq!(length(&mut serials, 2, &fresh, 3), Ok(USUAL));
        assert_eq!(length(&mut serials, 3, &fresh, 4), Ok(LONGER));
        assert_eq!(length(&mut serials, 4, &fresh, 3), refused(&fresh));
        let mut other = Serials::new(&ledger, batch + 1);
        assert_eq!(length(&mut other, 0, &held, 8), Ok(LONGER), "of another batch");
    }
}
