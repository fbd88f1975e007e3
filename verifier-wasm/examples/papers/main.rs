//! Seals a few papers of a country that does not exist, for tests of the page and for pictures of it: a rich transcript, what
//! ends in each of the outcomes that a paper itself states, sheets, and packs of one line. usage: papers FOLDER

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use credential_core::Document;
use credential_core::document::{Kind, Language, Serial, Tag, Text, World, tag};
use credential_core::lists::{
    Authority, KeyEntry, KeyUse, PackContents, Role, RootSet, Statement, StatusClaims, TrustClaims, TrustList,
};
use credential_core::sealing::{Compactor, Sealer, SealingKey, issue};

mod documents;

const SEALED_AT: u64 = 1_782_892_800;
const NOW: u64 = 1_784_044_800;
const YEAR: u64 = 31_536_000;
const AUTHORITY: &str = "XX-EXEMPLE";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: papers FOLDER")?);
    fs::create_dir_all(&folder)?;
    let keys = Keys::new();
    let mut withdrawn = None;
    for (number, (name, document)) in documents::all()?.into_iter().enumerate() {
        let (text, tag) = sealed(&keys, number as u64 + 1, &document)?;
        fs::write(folder.join(format!("{name}.txt")), text)?;
        if name == "withdrawn" {
            withdrawn = Some(tag);
        }
    }
    let withdrawn = withdrawn.ok_or("no document is called withdrawn")?;
    let held = BTreeMap::from([(withdrawn, Statement::Withdrawn)]);
    let list = |seq, as_of, statements| {
        let (authority, expires) = (AUTHORITY.into(), as_of + YEAR);
        StatusClaims { authority, number: 1, seq, as_of, expires, statements }.sign(&keys.status)
    };
    // the second status list was made from a backup and has lost the withdrawal; the third is dated a year ahead
    let first = list(1, SEALED_AT, held.clone());
    let forgetful = list(2, SEALED_AT + 1, BTreeMap::new());
    let ahead = list(3, NOW + YEAR, held);
    let [old, new] = [&keys.root, &keys.new_root];
    let one = keys.list(1, &[old], None, |_| ())?;
    let two = keys.list(2, &[old], Some(&one), |_| ())?;
    let beside = keys.list(3, &[old], Some(&one), |_| ())?;
    let void = keys.list(2, &[old], Some(&one), |key| key.test = true)?;
    let rotation = keys.list(2, &[new, old], Some(&one), |_| ())?;
    let after_rotation = keys.list(3, &[new], Some(&rotation), |_| ())?;
    let packs = [
        ("papers", &one, &first),
        ("papers-forgetful", &two, &forgetful),
        ("papers-beside", &beside, &forgetful),
        ("papers-void", &void, &forgetful),
        ("papers-rotation", &rotation, &forgetful),
        ("papers-after-rotation", &after_rotation, &forgetful),
        ("papers-ahead", &two, &ahead),
    ];
    for (name, trust, status) in packs {
        let statuses = vec![&status[..]];
        let pack = PackContents { trust: trust.as_bytes(), statuses, ..PackContents::default() };
        fs::write(folder.join(format!("{name}.sceau")), pack.to_bytes())?;
    }
    Ok(())
}

fn sealed(keys: &Keys, number: u64, document: &Document) -> Result<(String, Tag), Box<dyn Error>> {
    let serial = Serial::new(number.to_be_bytes()).ok_or("a serial has 8 bytes")?;
    let sealer = Sealer { authority: AUTHORITY, world: World::Live, key: &keys.documents };
    let sealed = issue(document, &serial, SEALED_AT, &sealer)?;
    Ok((sealed.symbol_text(&Compactor::plain()), tag(&sealed.digest())))
}

struct Keys {
    root: SealingKey,
    new_root: SealingKey,
    documents: SealingKey,
    status: SealingKey,
}

impl Keys {
    fn new() -> Self {
        let [root, documents, status, new_root] = [1, 2, 3, 4].map(|seed| SealingKey::from_seed(&[seed; 32]));
        Self { root, new_root, documents, status }
    }

    /// A list of the first of these roots, signed by all of them, with a change of the key for documents.
    fn list(
        &self,
        version: u32,
        roots: &[&SealingKey],
        held: Option<&TrustList>,
        change: impl FnOnce(&mut KeyEntry),
    ) -> Result<TrustList, Box<dyn Error>> {
        let entry = |public, usage, status_list| KeyEntry {
            public,
            usage,
            not_before: SEALED_AT - YEAR,
            not_after: SEALED_AT + 3 * YEAR,
            closed_at: None,
            compromised_at: None,
            test: false,
            status_list,
            register: None,
        };
        let documents = KeyUse::Documents { kinds: Kind::ALL.to_vec(), sessions: None, maximum_count: 1_000 };
        let name =
            |language, name| Ok::<_, Box<dyn Error>>((Language::new(language).ok_or("a language")?, Text::new(name)?));
        let mut sealing = entry(self.documents.public(), documents, Some(1));
        change(&mut sealing);
        let authority = Authority {
            id: AUTHORITY.into(),
            names: vec![name("fr", "Académie de l'Exemple")?, name("ar", "أكاديمية المثال")?],
            country: "XX".into(),
            role: Role::ExaminationBoard,
            keys: vec![sealing, entry(self.status.public(), KeyUse::Status, None)],
            dictionaries: vec![],
            successor: None,
            contacts: vec![],
            final_lists: vec![],
        };
        let claims = TrustClaims {
            version,
            issued: SEALED_AT,
            next_update: SEALED_AT + YEAR,
            roots: RootSet { threshold: 1, keys: vec![roots[0].public()] },
            owner: Text::new("Pays de l'Exemple")?,
            authorities: vec![authority],
            earlier: vec![],
            disowned: vec![],
            follows: None,
        };
        let claims = held.map_or(claims.clone(), |held| claims.after(held));
        Ok(TrustList::sign(&claims, roots)?)
    }
}
