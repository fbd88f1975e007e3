//! Which serial a document gets: 8 bytes, or 9 where those 8 stand for other facts already (ISS-2).

use std::collections::HashMap;

use anyhow::{Result, bail};
use credential_core::document::Serial;

use super::register::Register;

/// Length of a serial.
pub(super) const USUAL: usize = 8;
/// Length where the usual one clashes.
const LONGER: usize = 9;

/// The serials of one chunk of a batch, beside all that the register holds.
pub(super) struct Serials<'r> {
    register: &'r Register,
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
    pub(super) fn new(register: &'r Register, batch: i64) -> Self {
        Self { register, batch, here: HashMap::new() }
    }

    /// The length that the document's serial is to have; documents are asked for in the order of the list.
    ///
    /// A run that is taken up again finds its own documents in the register, and gives them the same length again.
    pub(super) fn length(&mut self, document: &Usual<'_>) -> Result<usize> {
        let Usual { position, serial, digest } = document;
        let taken = match self.register.owner(serial)? {
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
    use crate::batch::register::{DocumentRecord, Identity};

    fn serial(byte: u8) -> Serial {
        Serial::new([byte; USUAL]).unwrap()
    }

    fn length(serials: &mut Serials<'_>, position: u32, serial: &Serial, digest: u8) -> Result<usize, String> {
        serials.length(&Usual { position, serial, digest: [digest; 32] }).map_err(|error| error.to_string())
    }

    #[test]
    fn a_clash_with_other_facts_takes_a_byte_more_and_the_same_facts_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut register = Register::open(&folder.path().join("a.register")).unwrap();
        let identity = Identity { list: [1; 32], profile: [2; 32], kind: 0 };
        let batch = register.begin(&identity, 9, 5, &[], &[7; 32]).unwrap().id;
        let (held, fresh) = (serial(1), serial(2));
        let record = DocumentRecord {
            serial: held.as_bytes(),
            position: 0,
            holder: [0; 32],
            person: [0; 32],
            contents: [0; 32],
            digest: [9; 32],
        };
        register.record(batch, &[record]).unwrap();
        let refused = |serial: &Serial| {
            Err(format!(
                "another row states the same facts, serial {serial}; the candidates' numbers must tell the two apart"
            ))
        };

        let mut serials = Serials::new(&register, batch);
        assert_eq!(length(&mut serials, 0, &held, 9), Ok(USUAL), "its own, when it is taken up again");
        assert_eq!(length(&mut serials, 1, &held, 8), Ok(LONGER));
        assert_eq!(length(&mut serials, 1, &held, 9), refused(&held));
        assert_eq!(length(&mut serials, 2, &fresh, 3), Ok(USUAL));
        assert_eq!(length(&mut serials, 3, &fresh, 4), Ok(LONGER));
        assert_eq!(length(&mut serials, 4, &fresh, 3), refused(&fresh));
        let mut other = Serials::new(&register, batch + 1);
        assert_eq!(length(&mut other, 0, &held, 8), Ok(LONGER), "of another batch");
    }
}
