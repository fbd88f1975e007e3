//! A small world for tests: a root, an authority with two keys, a dictionary, a status list and candidates.
#![allow(dead_code, unused_imports, unreachable_pub, clippy::unwrap_used)]

use std::collections::BTreeMap;

pub use credential_core::{
    answer::*, document::*, json::*, legalisation::*, lists::*, minutes::*, register::*, sealing::*, time::*, *,
};

pub mod nation;
pub mod office;
pub mod sides;

pub const SEALED_AT: u64 = 1_782_000_000;
pub const NOW: u64 = 1_790_000_000;

pub struct Setting {
    pub root: SealingKey,
    pub list_key: SealingKey,
    pub key: SealingKey,
    pub dictionary: Dictionary,
    pub trust: TrustClaims,
    pub status: BTreeMap<Tag, Statement>,
    pub seq: u64,
    pub status_expires: u64,
    /// Whether its packs hold status lists.
    pub lists: bool,
}

pub fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}

pub fn both(french: &str, arabic: &str) -> Words {
    Words::per_language(vec![Some(text(french)), Some(text(arabic))]).unwrap()
}

impl Setting {
    pub fn new() -> Self {
        let key = |seed| SealingKey::from_seed(&[seed; 32]);
        let (root, list_key, key) = (key(1), key(2), key(3));
        let dictionary =
            Dictionary::new((1..=2).flat_map(|n| serial_data("XX-EXAM", &transcript(n))).collect()).unwrap();
        let entry = |public, usage| KeyEntry {
            public,
            usage,
            not_before: SEALED_AT - 1_000,
            not_after: SEALED_AT + 1_000,
            closed_at: None,
            compromised_at: None,
            test: false,
            status_list: None,
            register: None,
        };
        let usage = KeyUse::Documents {
            kinds: Kind::ALL.to_vec(),
            sessions: Some(vec![text("Juin 2026")]),
            maximum_count: 1_000,
        };
        let authority = Authority {
            id: "XX-EXAM".into(),
            names: vec![(Language::new("fr").unwrap(), text("Office des examens"))],
            country: "XX".into(),
            role: Role::ExaminationBoard,
            keys: vec![
                KeyEntry { status_list: Some(1), ..entry(key.public(), usage) },
                entry(list_key.public(), KeyUse::Status),
            ],
            dictionaries: vec![sha256(dictionary.as_bytes())],
            successor: None,
            contacts: vec![],
            final_lists: vec![],
        };
        let trust = TrustClaims {
            version: 1,
            issued: SEALED_AT - 1_000,
            next_update: NOW + 1,
            roots: RootSet { threshold: 1, keys: vec![root.public()] },
            owner: text("Pays fictif"),
            authorities: vec![authority],
            earlier: vec![],
            disowned: vec![],
            follows: None,
        };
        let status = BTreeMap::new();
        Self { root, list_key, key, dictionary, trust, status, seq: 0, status_expires: NOW + 1, lists: true }
    }

    /// The status list of an authority, with everything that was stated so far.
    pub fn list(&self, authority: &str, key: &SealingKey) -> Vec<u8> {
        StatusClaims {
            authority: authority.into(),
            number: 1,
            seq: self.seq,
            as_of: SEALED_AT,
            expires: self.status_expires,
            statements: self.status.clone(),
        }
        .sign(key)
    }

    /// States something of what has this digest.
    pub fn state(&mut self, digest: [u8; 32], statement: Statement) {
        self.status.insert(tag(&digest), statement);
        self.seq += 1;
    }

    /// Takes back what was stated of a document that the key has sealed under serial 1.
    pub fn reinstate(&mut self, document: &Document) {
        self.decide(document, Statement::Reinstated(self.seq + 1));
    }

    /// States something of a document that the key has sealed under serial 1.
    pub fn decide(&mut self, document: &Document, statement: Statement) {
        let digest = self.seal(document).digest();
        self.state(digest, statement);
    }

    pub fn sealer(&self) -> Sealer<'_> {
        let world = World::of(self.trust.authorities[0].keys[0].test);
        Sealer { authority: &self.trust.authorities[0].id, world, key: &self.key }
    }

    pub fn pack_bytes(&self) -> Vec<u8> {
        let trust = TrustList::sign(&self.trust, &[&self.root]).unwrap();
        let list = self.list("XX-EXAM", &self.list_key);
        let dictionaries = vec![self.dictionary.as_bytes()];
        PackContents {
            trust: trust.as_bytes(),
            statuses: vec![&*list; self.lists.into()],
            dictionaries,
            ..PackContents::default()
        }
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
        issue(document, &serial(1), SEALED_AT, &self.sealer()).unwrap()
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
        birth: PartialDate::new(2007, Some(5), Some(14)).map(Into::into),
        birth_place: Some(Words::one("Rabat").unwrap()),
        identity: Some(Identity::masked("BE123456").unwrap()),
        number: Some(text(&format!("R{number:09}"))),
        title: both("Baccalauréat de l'enseignement secondaire", "شهادة البكالوريا"),
        series: Some(Words::one("Sciences physiques").unwrap()),
        session: both("Juin 2026", "يونيو 2026"),
        honours: Some(both("Bien", "حسن")),
        authority: both("Académie de Rabat", "أكاديمية الرباط"),
        centre: None,
        results: Some(Results {
            mean: Some(Number { value: 1_425, decimals: 2, maximum: Some(20) }),
            ..Results::default()
        }),
        minutes: Some(MinutesReference { minutes: 3, line: number }),
        edition: Edition::Original,
        archive: None,
        valid_until: None,
        awarded: None,
        decision: None,
        lines: Lines::default(),
        sheet: None,
    }
}

pub fn transcript(number: u64) -> Document {
    let mut document = diploma(number);
    document.kind = Kind::Transcript;
    let results = document.results.as_mut().unwrap();
    results.rows = (1..=12).map(|i| Row::subject(Words::one(format!("Matière numéro {i}")).unwrap())).collect();
    let column = |role, decimals, maximum, cell: fn(i64, i64) -> i64| Column {
        role,
        heading: Heading::Usual,
        decimals,
        cells: (1..=12).map(|i| Cell::Number(cell(number as i64, i))).collect(),
        maximum,
    };
    results.columns = vec![
        column(ColumnRole::Coefficient, 0, None, |_, i| i % 5 + 1),
        column(ColumnRole::Result, 2, Some(20), |number, i| (number * 37 + i * 175) % 2_001),
    ];
    document
}

/// An attestation with something in every field.
pub fn everything() -> Document {
    let words = |texts: [Option<&str>; 2]| Words::per_language(texts.map(|one| one.map(text)).to_vec()).unwrap();
    let hole = || words([None, Some("بيان")]);
    let day = |year, month, day| PartialDate::new(year, Some(month), Some(day)).unwrap();
    let mut document = transcript(3);
    document.kind = Kind::Attestation;
    document.birth = Some(Date::Printed(PartialDate::new(1976, None, None), both("vers 1976", "حوالي 1976")));
    document.birth_place = Some(hole());
    document.identity = Some(Identity { form: IdentityForm::Tail(text("3456")), name: Some(both("CNIE", "ب.و")) });
    document.centre = Some(words([Some("Lycée"), None]));
    document.edition = Edition::Correction { number: 2, replaces: serial(5), decision: Some(text("D 12/2026")) };
    document.archive = Some(Archive { year: 1997, grade: Grade::MarkSheets });
    document.valid_until = Some(Date::Known(day(2027, 6, 30)));
    document.awarded = Some(Date::Printed(None, both("juin-juillet", "يونيو-يوليوز")));
    document.decision = Some(Decision { outcome: Outcome::Admitted, words: Some(both("Admise", "مقبولة")) });
    let line = |value| Line { name: Words::one("Rang").unwrap(), value };
    let number = Number { value: -3, decimals: 0, maximum: Some(40) };
    document.lines =
        Lines { person: vec![line(LineValue::Words(hole()))], award: vec![line(LineValue::Number(number))] };
    document.sheet = Some(Sheet { number: 1, of: 2 });
    let results = document.results.as_mut().unwrap();
    results.rows[0].kind = RowKind::Heading(Level::new(2).unwrap());
    results.rows[11].kind = RowKind::Total;
    results.columns[1].cells[0] = Cell::Empty;
    results.columns[1].cells[1] = Cell::Words(both("absent", "غائب"));
    let grade = |_: usize| Cell::Words(Words::one("A+").unwrap());
    results.columns.push(Column {
        role: ColumnRole::Other,
        heading: Heading::Words(hole()),
        decimals: 6,
        cells: (0..12).map(grade).collect(),
        maximum: None,
    });
    results.summaries = vec![line(LineValue::Number(Number { value: 7, decimals: 0, maximum: None }))];
    document
}

pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).into()
}

/// A JSON text, read.
pub fn view(json: &str) -> serde_json::Value {
    serde_json::from_str(json).unwrap()
}
