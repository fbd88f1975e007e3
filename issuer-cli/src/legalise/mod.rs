//! Legalisation by a ministry: it verifies a document, seals a small record over it and keeps its acts (SPEC section 13).
//!
//! The ledger decides: an act is in it before its code leaves the house, and the same act gives the same bytes again.

mod document;
mod ministry;
mod scan;
mod write;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};
use credential_core::TrustStore;
use credential_core::document::{PartialDate, Serial, Text, Words};
use credential_core::legalisation::{Legalisation, legalisation_serial_data, legalise};
use credential_core::sealing::SealingKey;
use credential_core::time::{UnixTime, rfc3339};
use sha2::{Digest, Sha256};

use crate::keys::OfficeSecret;
use crate::ledger::{Act, Ledger};
use crate::profile::MinistryProfile;
pub use document::{Presented, Refusal, Stated, present};
use ministry::Ministry;
pub(crate) use scan::codes;

/// Documents to legalise, of which each was found genuine and in force.
pub struct Order<'a> {
    /// The documents, each with the number of its act.
    pub acts: &'a [(Text, Presented)],
    /// In which capacity it is signed.
    pub capacity: Words,
    /// Where.
    pub place: Words,
    /// On which day.
    pub date: PartialDate,
    /// What for.
    pub purpose: Option<Words>,
    /// The ministry's fixed words.
    pub profile: &'a MinistryProfile,
    /// The packs under which the records are judged.
    pub store: &'a TrustStore,
    /// The ministry's key.
    pub key: &'a SealingKey,
    /// Its file: the secret of the ministry stands beside it.
    pub key_file: &'a Path,
    /// Where the codes go.
    pub out: &'a Path,
    /// The time.
    pub now: UnixTime,
}

/// What became of one document.
pub struct Done {
    /// The act.
    pub act: Act,
    /// The drawn code.
    pub picture: PathBuf,
    /// Whether the act was in the ledger before.
    pub known: bool,
    /// Other acts over the same document.
    pub others: Vec<String>,
}

impl Order<'_> {
    /// Seals, judges and draws every record, then records all acts in the ledger, then writes the codes.
    pub fn make(&self, ledger: &Ledger) -> Result<Vec<Done>> {
        let ministry = Ministry::find(self.store, &self.key.public(), self.now)?;
        ledger.check_key(&self.key.public())?;
        let _lock = ledger.lock_sealing()?;
        let secret = ledger.office_secret(self.key_file, ministry.id(), ministry.world())?;
        let (mut done, mut codes, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for (number, document) in self.acts {
            let before: Vec<&Act> = done.iter().map(|done: &Done| &done.act).collect();
            match self.one(number, document, &ministry, &secret, (ledger, &before)) {
                Ok((one, code)) => {
                    done.push(one);
                    codes.push(code);
                }
                Err(error) => faults.push(format!("\n  act {number}: {error:#}")),
            }
        }
        ensure!(faults.is_empty(), "nothing was legalised:{}", faults.concat());
        let new: Vec<_> = done.iter().filter(|done| !done.known).map(|done| done.act.clone()).collect();
        ledger.record_secret(ministry.id(), ministry.world(), &secret, self.now)?;
        ledger.record_acts(&self.key.public(), &new, self.now)?;
        std::fs::create_dir_all(self.out)?;
        codes.iter().try_for_each(|code| code.write(self.out))?;
        Ok(done)
    }

    fn one(
        &self,
        number: &Text,
        document: &Presented,
        ministry: &Ministry<'_>,
        secret: &OfficeSecret,
        (ledger, before): (&Ledger, &[&Act]),
    ) -> Result<(Done, write::Code)> {
        ministry.check_world(document)?;
        self.check_date(document)?;
        let record = self.record(number, document);
        let data = legalisation_serial_data(ministry.id(), &record);
        let contents: [u8; 32] = Sha256::digest(&data).into();
        let known = ledger.act(number.as_str())?;
        let (serial, sealed_at) = match &known {
            Some(act) => {
                self.check_same(act, contents)?;
                (act.serial.clone(), act.sealed_at)
            }
            None => (free_serial(&data, contents, secret, ledger, before)?, self.now),
        };
        let sealed = legalise(&record, &serial, sealed_at, &ministry.sealer(self.key))?;
        let code = write::Code::draw(&sealed, &record, &serial, self, sealed_at)?;
        let others = ledger.acts_over(&document.digest)?.into_iter().map(|act| act.number);
        let others = others.filter(|other| other != number.as_str()).collect();
        let act = known.clone().unwrap_or_else(|| Act {
            number: number.as_str().to_owned(),
            serial,
            digest: sealed.digest(),
            document: document.digest,
            document_serial: document.serial.clone(),
            contents,
            sealed_at,
            date: self.date.to_string(),
            place: self.place.first().to_owned(),
            capacity: self.capacity.first().to_owned(),
            purpose: self.purpose.as_ref().map_or(String::new(), |purpose| purpose.first().to_owned()),
        });
        Ok((Done { picture: code.picture(self.out), act, known: known.is_some(), others }, code))
    }

    /// Nobody legalised what was not sealed yet.
    fn check_date(&self, document: &Presented) -> Result<()> {
        let earliest = rfc3339(document.sealed_at.saturating_sub(WESTERNMOST));
        ensure!(
            *self.date.to_string() >= earliest[..10],
            "the act is dated {}, but the document says that it was sealed on {}; set the date",
            self.date,
            &rfc3339(document.sealed_at)[..10]
        );
        Ok(())
    }

    fn record(&self, number: &Text, document: &Presented) -> Legalisation {
        let words = [Some(&self.capacity), Some(&self.place), self.purpose.as_ref()];
        let several = words.into_iter().flatten().any(|words| words.texts().len() > 1);
        Legalisation {
            document: document.digest,
            document_serial: document.serial.clone(),
            capacity: self.capacity.clone(),
            act_number: number.clone(),
            place: self.place.clone(),
            date: self.date,
            purpose: self.purpose.clone(),
            languages: if several { self.profile.languages.clone() } else { Vec::new() },
        }
    }

    /// Each number once: the same act again is no fault, another one is.
    fn check_same(&self, act: &Act, contents: [u8; 32]) -> Result<()> {
        if act.contents == contents {
            return Ok(());
        }
        bail!(
            "the number was given on {} to the document {} ({}, {}), in other words or for another document; give the next \
             number",
            rfc3339(act.sealed_at),
            act.document_serial,
            act.place,
            act.date
        )
    }
}

/// The serial that follows from what a record states; where 8 bytes stand for another act already, 9 are taken (ISS-2).
fn free_serial(
    data: &[u8],
    contents: [u8; 32],
    secret: &OfficeSecret,
    ledger: &Ledger,
    before: &[&Act],
) -> Result<Serial> {
    for length in SERIAL_BYTES {
        let serial = secret.serial(data, length);
        let taken = before.iter().any(|act| act.serial == serial) || ledger.act_of_serial(&serial)?.is_some();
        if !taken {
            return Ok(serial);
        }
    }
    bail!("the serials of the act are taken by others; its contents have the digest {}", crate::hex::hex(&contents))
}

const SERIAL_BYTES: [usize; 2] = [8, 9];
/// Where the day begins last, 12 hours after UTC.
const WESTERNMOST: u64 = 12 * 3_600;
