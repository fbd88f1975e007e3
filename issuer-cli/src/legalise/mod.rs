//! Legalisation by a ministry: it verifies a document, seals a small record over it and keeps its acts (SPEC section 17).
//!
//! The register decides: an act is in it before its code leaves the house, and the same act gives the same bytes again.

mod document;
mod ministry;
mod scan;
mod write;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};
use credential_core::{
    Legalisation, PartialDate, SealingKey, Serial, Status, StatusList, StatusReference, Text, TrustStore, UnixTime,
    Words, legalise, rfc3339,
};
use sha2::{Digest, Sha256};

use crate::batch::{Act, Register, tag};
use crate::profile::MinistryProfile;
pub use document::{Presented, Refusal, present};
use ministry::Ministry;

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
    /// Whether the act was in the register before.
    pub known: bool,
    /// Other acts over the same document.
    pub others: Vec<String>,
}

impl Order<'_> {
    /// Seals, judges and draws every record, then records all acts, then writes the codes.
    pub fn make(&self, register: &Path) -> Result<Vec<Done>> {
        let ministry = Ministry::find(self.store, &self.key.public(), self.now)?;
        ensure!(
            register.is_file(),
            "the key has no status list of its own, and two keys never share one: make one with `issuer legalise start`; \
             or put its register back, {}",
            register.display()
        );
        let mut register = Register::open(register)?;
        let lists = ministry.lists(&register)?;
        let (mut done, mut codes, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for (number, document) in self.acts {
            let before = done.iter().map(|done: &Done| &done.act);
            match self.one(number, document, (&ministry, &lists), &register, before) {
                Ok((one, code)) => {
                    done.push(one);
                    codes.push(code);
                }
                Err(error) => faults.push(format!("\n  act {number}: {error:#}")),
            }
        }
        ensure!(faults.is_empty(), "nothing was legalised:{}", faults.concat());
        let new: Vec<_> = done.iter().filter(|done| !done.known).map(|done| done.act.clone()).collect();
        register.record_acts(&new)?;
        std::fs::create_dir_all(self.out)?;
        codes.iter().try_for_each(|code| code.write(self.out))?;
        Ok(done)
    }

    fn one<'d>(
        &self,
        number: &Text,
        document: &Presented,
        (ministry, lists): (&Ministry<'_>, &[&StatusList]),
        register: &Register,
        before: impl Iterator<Item = &'d Act>,
    ) -> Result<(Done, write::Code)> {
        ministry.check_world(document)?;
        self.check_date(document)?;
        let mut record = self.record(number, document);
        let contents = self.contents(&record)?;
        let known = register.act(number.as_str())?;
        let (sealed_at, status) = match &known {
            Some(act) => {
                self.check_same(act, contents)?;
                (act.sealed_at, act.status)
            }
            None => {
                let taken: Vec<_> = before.map(|act| act.status).collect();
                (self.now, self.free_place(number, lists, register, &taken)?)
            }
        };
        record.status = Some(StatusReference { list: status.0, index: status.1 });
        let serial = self.serial(&contents);
        let sealed = legalise(&record, serial.clone(), sealed_at, self.key)?;
        let code = write::Code::draw(&sealed, &record, &serial, self, sealed_at)?;
        let others = register.acts_over(&document.digest)?.into_iter().map(|act| act.number);
        let others = others.filter(|other| other != number.as_str()).collect();
        let act = known.clone().unwrap_or_else(|| Act {
            number: number.as_str().to_owned(),
            serial,
            document: document.digest,
            document_serial: document.serial.clone(),
            contents,
            sealed_at,
            status,
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
            "the act is dated {}, but the document was sealed on {}; set the date",
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
            status: None,
            languages: if several { self.profile.languages.clone() } else { Vec::new() },
        }
    }

    /// A digest of what the record states: its bytes without status reference, serial and time.
    fn contents(&self, record: &Legalisation) -> Result<[u8; 32]> {
        let nobody = Serial::new(vec![0; 8]).expect("8 bytes make a serial");
        Ok(Sha256::digest(legalise(record, nobody, 0, self.key)?.as_bytes()).into())
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

    // as ISS-2: one serial never stands for two contents
    fn serial(&self, contents: &[u8; 32]) -> Serial {
        Serial::new(&self.secret(&[b"serial", contents])[..8]).expect("8 bytes make a serial")
    }

    /// A place that no other act has, in the first list with one.
    fn free_place(
        &self,
        number: &Text,
        lists: &[&StatusList],
        register: &Register,
        taken: &[(u64, u64)],
    ) -> Result<(u64, u64)> {
        for list in lists {
            if let Some(index) = self.free_index(number, list, register, taken)? {
                return Ok((list.number(), index));
            }
        }
        let highest = lists.iter().map(|list| list.number()).max().unwrap_or(0);
        bail!(
            "the key's status lists have no place left; make another with `issuer legalise start --status-list {}`",
            highest.saturating_add(1)
        )
    }

    /// A place in a list that nobody guesses from the number (ISS-3); none if it is full.
    fn free_index(
        &self,
        number: &Text,
        list: &StatusList,
        register: &Register,
        taken: &[(u64, u64)],
    ) -> Result<Option<u64>> {
        let length = list.values().len() as u64;
        if register.acts_in(list.number())? >= length {
            return Ok(None);
        }
        let first = self.secret(&[b"index", number.as_str().as_bytes()]);
        let first = u64::from_be_bytes(first[..8].try_into().expect("8 of 32 bytes"));
        for step in 0..length {
            let index = (first % length + step) % length;
            let in_force = list.status(index) == Status::InForce;
            if in_force && !taken.contains(&(list.number(), index)) && !register.is_taken(list.number(), index)? {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    fn secret(&self, parts: &[&[u8]]) -> [u8; 32] {
        tag(&self.key.derive_secret(b"legalisation"), parts)
    }
}

/// Where the day begins last, 12 hours after UTC.
const WESTERNMOST: u64 = 12 * 3_600;
