//! A small world for tests: a root, an authority with two keys, a dictionary, a status list and candidates.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use credential_core::*;

pub mod nation;
pub mod office;
pub mod sides;

pub const SEALED_AT: u64 = 1_782_000_000;
pub const NOW: u64 = 1_790_000_000;

pub struct World {
    pub root: SealingKey,
    pub list_key: SealingKey,
    pub key: SealingKey,
    pub dictionary: Dictionary,
    pub trust: TrustClaims,
    pub status: Vec<StatusValue>,
    pub status_expires: u64,
}

pub fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}

pub fn both(french: &str, arabic: &str) -> Words {
    Words::per_language(vec![text(french), text(arabic)]).unwrap()
}

impl World {
    pub fn new() -> Self {
        let key = |seed| SealingKey::from_seed(&[seed; 32]);
        let (root, list_key, key) = (key(1), key(2), key(3));
        let dictionary = Dictionary::new((1..=2).flat_map(|n| transcript(n).contents()).collect()).unwrap();
        let entry = |public, usage| KeyEntry {
            public,
            usage,
            not_before: SEALED_AT - 1_000,
            not_after: SEALED_AT + 1_000,
            closed_at: None,
            compromised_at: None,
            test: false,
            register: None,
        };
        let usage = KeyUse::Documents {
            kinds: Kind::ALL.to_vec(),
            sessions: Some(vec![text("Juin 2026")]),
            maximum_count: 1_000,
            status_list: Some(1),
        };
        let authority = Authority {
            id: "XX-EXAM".into(),
            names: vec![(Language::new("fr").unwrap(), text("Office des examens"))],
            country: "XX".into(),
            role: Role::ExaminationBoard,
            keys: vec![entry(key.public(), usage), entry(list_key.public(), KeyUse::Status)],
            dictionaries: vec![sha256(dictionary.as_bytes())],
        };
        let trust = TrustClaims {
            version: 1,
            issued: SEALED_AT - 1_000,
            next_update: NOW + 1,
            roots: RootSet { threshold: 1, keys: vec![root.public()] },
            owner: text("Pays fictif"),
            authorities: vec![authority],
        };
        Self {
            root,
            list_key,
            key,
            dictionary,
            trust,
            status: vec![StatusValue::InForce; 100],
            status_expires: NOW + 1,
        }
    }

    pub fn pack_bytes(&self) -> Vec<u8> {
        let trust = TrustList::sign(&self.trust, &[&self.root]).unwrap();
        let list = StatusList::sign("XX-EXAM", 1, &self.status, SEALED_AT, self.status_expires, &self.list_key);
        let dictionaries = vec![self.dictionary.as_bytes()];
        PackContents { trust: trust.as_bytes(), statuses: vec![&list], dictionaries, ..PackContents::default() }
            .to_bytes()
    }

    pub fn store(&self) -> TrustStore {
        let mut store = TrustStore::new();
        store.add(Pack::open(&self.pack_bytes(), Anchor::AsCarried).unwrap());
        store
    }

    pub fn entry(&mut self) -> &mut KeyEntry {
        &mut self.trust.authorities[0].keys[0]
    }

    pub fn seal(&self, document: &Document) -> SealedDocument {
        issue(document, serial(1), SEALED_AT, &self.key).unwrap()
    }

    pub fn text(&self, document: &Document) -> String {
        self.seal(document).symbol_text(&self.dictionary.compactor())
    }

    pub fn judge(&self, text: &str) -> Report {
        verify(text, &self.store(), NOW)
    }
}

pub fn serial(number: u64) -> Serial {
    Serial::new(number.to_be_bytes()).unwrap()
}

pub fn diploma(number: u64) -> Document {
    Document {
        kind: Kind::Diploma,
        languages: ["fr", "ar"].map(|tag| Language::new(tag).unwrap()).to_vec(),
        holder: both("Salma EL IDRISSI", "سلمى الإدريسي"),
        birth: PartialDate::new(2007, Some(5), Some(14)),
        birth_place: Some(Words::one("Rabat").unwrap()),
        identity: Some(Identity::masked("BE123456").unwrap()),
        number: Some(text(&format!("R{number:09}"))),
        title: both("Baccalauréat de l'enseignement secondaire", "شهادة البكالوريا"),
        series: Some(Words::one("Sciences physiques").unwrap()),
        session: both("Juin 2026", "يونيو 2026"),
        honours: Some(both("Bien", "حسن")),
        authority: both("Académie de Rabat", "أكاديمية الرباط"),
        centre: None,
        results: Some(Results { scale: Scale { decimals: 2, maximum: 2_000 }, mean: Some(1_425), subjects: vec![] }),
        status: Some(StatusReference { list: 1, index: number % 100 }),
        minutes: Some(MinutesReference { minutes: 3, line: number }),
        edition: Edition::Original,
        archive: None,
    }
}

pub fn transcript(number: u64) -> Document {
    let subject = |i: u64| Subject {
        name: Words::one(format!("Matière numéro {i}")).unwrap(),
        code: None,
        coefficient: Some(i as u16 % 5 + 1),
        credits: None,
        mark: Some(Mark::Number((number * 37 + i * 175) as u32 % 2_001)),
    };
    let mut document = diploma(number);
    document.kind = Kind::Transcript;
    document.results.as_mut().unwrap().subjects = (1..=12).map(subject).collect();
    document
}

pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).into()
}
