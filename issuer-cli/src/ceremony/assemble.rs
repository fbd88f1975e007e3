//! A pack from separately signed objects of several authorities, checked as a verifier checks it (SPEC section 9).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result, anyhow, bail, ensure};
use credential_core::document::Tag;
use credential_core::lists::{Dictionary, PackContents, StatusList, TrustClaims, TrustList};
use credential_core::register::RegisterHead;
use credential_core::{Anchor, Pack};
use sha2::{Digest, Sha256};

use super::check_names;
use crate::life::take_apart;
use crate::refused::{follow, refused};

/// Objects on their way into one pack, each with the name of the file that it came from.
#[derive(Default)]
pub struct Assembly {
    statuses: Vec<Part>,
    dictionaries: Vec<Part>,
    register_heads: Vec<Part>,
    register_files: Vec<Part>,
}

struct Part {
    from: String,
    bytes: Vec<u8>,
}

impl Assembly {
    /// Adds all objects of a pack but its trust list.
    pub fn add_pack(&mut self, from: &str, bytes: &[u8]) -> Result<()> {
        let (_, contents) = take_apart(bytes).with_context(|| from.to_owned())?;
        let parts = |objects: Vec<&[u8]>| objects.into_iter().map(|bytes| Part::new(from, bytes)).collect::<Vec<_>>();
        self.statuses.extend(parts(contents.statuses));
        self.dictionaries.extend(parts(contents.dictionaries));
        self.register_heads.extend(parts(contents.register_heads));
        self.register_files.extend(parts(contents.register_files));
        Ok(())
    }

    /// Adds a status list. Of one number of one authority the newest is taken, and of the others those whose statements no
    /// newer one repeats.
    pub fn add_status(&mut self, from: &str, bytes: &[u8]) {
        self.statuses.push(Part::new(from, bytes));
    }

    /// Takes out a status list that was added.
    pub(super) fn drop_status(&mut self, bytes: &[u8]) {
        self.statuses.retain(|part| part.bytes != bytes);
    }

    /// Adds a dictionary.
    pub fn add_dictionary(&mut self, from: &str, bytes: &[u8]) {
        self.dictionaries.push(Part::new(from, bytes));
    }

    /// Adds the head of a register.
    pub fn add_register_head(&mut self, from: &str, bytes: &[u8]) {
        self.register_heads.push(Part::new(from, bytes));
    }

    /// Adds the file of a register.
    pub fn add_register_file(&mut self, from: &str, bytes: &[u8]) {
        self.register_files.push(Part::new(from, bytes));
    }

    /// The bytes of the pack under a trust list, read back as a verifier reads it that holds `held`, or nothing yet.
    pub fn build(self, trust: &TrustList, held: Option<&Pack>, now: u64) -> Result<Vec<u8>> {
        let claims = trust.claims();
        check_names(claims)?;
        let statuses = newest(&self.statuses, claims)?;
        let heads = heads(&self.register_heads, claims)?;
        let dictionaries = dictionaries(&self.dictionaries, claims)?;
        let contents = PackContents {
            trust: trust.as_bytes(),
            statuses,
            dictionaries,
            register_heads: heads,
            register_files: distinct(&self.register_files),
            links: vec![],
        };
        let bytes = contents.to_bytes();
        if let Err(fault) = Pack::open(&bytes, Anchor::AsCarried) {
            self.name_register_file(&contents)?;
            bail!(refused("the pack would be")(fault));
        }
        match held {
            Some(held) => follow(&bytes, held, now),
            None => Ok(bytes),
        }
    }

    /// Says which register file is at fault, if one is.
    fn name_register_file(&self, contents: &PackContents<'_>) -> Result<()> {
        for part in &self.register_files {
            let alone = PackContents { register_files: vec![&part.bytes], ..contents.clone() };
            if let Err(fault) = Pack::open(&alone.to_bytes(), Anchor::AsCarried) {
                bail!("{}: the register file is refused: {fault}. It has no head here, or another", part.from);
            }
        }
        Ok(())
    }
}

impl Part {
    fn new(from: &str, bytes: &[u8]) -> Self {
        Self { from: from.to_owned(), bytes: bytes.to_vec() }
    }
}

/// Of each authority, number and world the newest list; of the older ones those that state something of which no newer
/// list speaks, for a statement stands until another is made.
fn newest<'a>(parts: &'a [Part], claims: &TrustClaims) -> Result<Vec<&'a [u8]>> {
    let mut lists = Vec::new();
    for part in parts {
        let list = StatusList::open(&part.bytes, claims).map_err(|fault| {
            anyhow!(
                "{}: a status list is refused: {fault}. Its key is not on the trust list, closed or lost",
                part.from
            )
        })?;
        let place = (list.authority().to_owned(), list.is_test(), list.number());
        let same = |(other, of, _): &&(StatusList, _, &Part)| {
            *of == place && (other.seq(), other.as_of()) == (list.seq(), list.as_of())
        };
        match lists.iter().find(same) {
            Some((_, _, other)) => ensure!(
                other.bytes == part.bytes,
                "{} and {} have different status lists {}/{} of the same second; ask the authority which one counts",
                other.from,
                part.from,
                list.authority(),
                list.number()
            ),
            None => lists.push((list, place, part)),
        }
    }
    lists.sort_by_key(|(list, _, _)| Reverse((list.seq(), list.as_of())));
    let (mut places, mut spoken, mut kept) = (BTreeSet::new(), HashMap::new(), Vec::new());
    for (list, place, part) in &lists {
        let spoken: &mut HashMap<Tag, (u64, u8)> = spoken.entry((&place.0, place.1)).or_default();
        if places.insert(place) || is_needed(list, spoken) {
            for (tag, statement) in list.statements() {
                let weight = statement.weight(list.seq());
                let known = spoken.entry(tag).or_insert(weight);
                *known = (*known).max(weight);
            }
            kept.push((place, part.bytes.as_slice()));
        }
    }
    kept.sort_by_key(|(place, _)| *place); // whichever was named first
    Ok(kept.into_iter().map(|(_, bytes)| bytes).collect())
}

/// Whether a list states something that no list of a higher count, and no graver one of the same count, speaks of.
fn is_needed(list: &StatusList, spoken: &HashMap<Tag, (u64, u8)>) -> bool {
    let stands = |(tag, said): (Tag, credential_core::lists::Statement)| {
        spoken.get(&tag).is_none_or(|known| *known < said.weight(list.seq()))
    };
    list.statements().any(stands)
}

fn heads<'a>(parts: &'a [Part], claims: &TrustClaims) -> Result<Vec<&'a [u8]>> {
    let mut found: BTreeMap<(String, u32), &Part> = BTreeMap::new();
    for part in parts {
        let head = RegisterHead::open(&part.bytes, claims)
            .map_err(refused(format_args!("{}: a register head is", part.from)))?;
        let name = (head.authority().to_owned(), head.claims().number);
        let other = *found.entry(name).or_insert(part);
        ensure!(
            other.bytes == part.bytes,
            "{} and {} have different heads of register {}/{}",
            other.from,
            part.from,
            head.authority(),
            head.claims().number
        );
    }
    Ok(found.into_values().map(|part| part.bytes.as_slice()).collect())
}

/// Every dictionary that the list names, and no other.
fn dictionaries<'a>(parts: &'a [Part], claims: &TrustClaims) -> Result<Vec<&'a [u8]>> {
    let named: Vec<_> = claims.authorities.iter().flat_map(|authority| &authority.dictionaries).collect();
    for part in parts {
        ensure!(Dictionary::new(part.bytes.clone()).is_some(), "{}: a dictionary has 1 to 32,768 bytes", part.from);
        ensure!(named.contains(&&digest(&part.bytes)), "{}: the trust list does not name this dictionary", part.from);
    }
    let lacks = |wanted: &&[u8; 32]| parts.iter().all(|part| digest(&part.bytes) != **wanted);
    for authority in &claims.authorities {
        let missing = authority.dictionaries.iter().filter(lacks).count();
        ensure!(
            missing == 0,
            "{missing} dictionaries of {} are missing, without which its codes cannot be read; give its --profile",
            authority.id
        );
    }
    Ok(distinct(parts))
}

fn distinct(parts: &[Part]) -> Vec<&[u8]> {
    let mut all: Vec<&[u8]> = Vec::new();
    for part in parts {
        if !all.contains(&part.bytes.as_slice()) {
            all.push(&part.bytes);
        }
    }
    all
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
