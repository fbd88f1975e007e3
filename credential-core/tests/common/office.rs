//! The world with a register of what was sealed, a minutes key and a ministry that legalises.

use super::*;

/// A ministry beside the board, and the register of the board's session key.
pub struct Office {
    pub world: Setting,
    pub register_key: SealingKey,
    pub ministry: SealingKey,
    pub ministry_list: SealingKey,
    pub register: RegisterTree,
}

pub const REGISTER: u32 = 6;

impl Office {
    /// A register of documents 1 to `count`, in this order.
    pub fn new(count: u64) -> Self {
        let mut world = Setting::new();
        let key = |seed| SealingKey::from_seed(&[seed; 32]);
        let (register_key, ministry, ministry_list) = (key(4), key(5), key(6));
        world.entry().register = Some(RegisterReference { number: REGISTER, head: None, without_look_up: false });
        let keys = &mut world.trust.authorities[0].keys;
        keys.push(KeyEntry {
            public: register_key.public(),
            usage: KeyUse::Register,
            status_list: None,
            register: None,
            ..keys[0].clone()
        });
        let entry =
            |public, usage, status_list| KeyEntry { public, usage, status_list, register: None, ..keys[0].clone() };
        let ministry_keys = vec![
            entry(ministry.public(), KeyUse::Legalisation, Some(1)),
            entry(ministry_list.public(), KeyUse::Status, None),
        ];
        let board = &world.trust.authorities[0];
        let authority = Authority {
            id: "XX-FOREIGN".into(),
            role: Role::LegalisingMinistry,
            keys: ministry_keys,
            dictionaries: vec![],
            ..board.clone()
        };
        world.trust.authorities.push(authority);
        let mut register = RegisterTree::new("XX-EXAM", REGISTER);
        for number in 1..=count {
            register.push(&serial(number), &sealed(&world, number).digest());
        }
        Self { world, register_key, ministry, ministry_list, register }
    }

    pub fn head(&self) -> Vec<u8> {
        self.register.head(SEALED_AT, &self.world.key.public(), None).sign(&of_board(&self.register_key))
    }

    pub fn text(&self, number: u64) -> String {
        sealed(&self.world, number).symbol_text(&self.world.dictionary.compactor())
    }

    /// A pack with these registers, the board's status list and the ministry's.
    pub fn pack_bytes(&self, heads: &[&[u8]], files: &[&[u8]]) -> Vec<u8> {
        let trust = TrustList::sign(&self.world.trust, &[&self.world.root]).unwrap();
        let Setting { list_key, dictionary, .. } = &self.world;
        let list = self.world.list("XX-EXAM", list_key);
        let ministry = self.world.list("XX-FOREIGN", &self.ministry_list);
        PackContents {
            trust: trust.as_bytes(),
            statuses: vec![&list, &ministry],
            dictionaries: vec![dictionary.as_bytes()],
            register_heads: heads.to_vec(),
            register_files: files.to_vec(),
            ..PackContents::default()
        }
        .to_bytes()
    }

    pub fn open(&self, heads: &[&[u8]], files: &[&[u8]]) -> Result<Pack, PackFault> {
        Pack::open(&self.pack_bytes(heads, files), Anchor::AsCarried)
    }

    pub fn store(&self, heads: &[&[u8]], files: &[&[u8]]) -> TrustStore {
        let mut store = TrustStore::new();
        store.add(self.open(heads, files).unwrap());
        store
    }
}

/// Document `number` under serial `number`.
pub fn sealed(world: &Setting, number: u64) -> SealedDocument {
    issue(&diploma(number), &serial(number), SEALED_AT, &world.sealer()).unwrap()
}

/// A key of the board.
pub fn of_board(key: &SealingKey) -> Sealer<'_> {
    Sealer { authority: "XX-EXAM", world: World::Live, key }
}

/// A key of the ministry.
pub fn of_ministry(key: &SealingKey) -> Sealer<'_> {
    Sealer { authority: "XX-FOREIGN", world: World::Live, key }
}

/// What is stated of document `number`.
pub fn act(world: &Setting, number: u64) -> Legalisation {
    Legalisation {
        document: sealed(world, number).digest(),
        document_serial: serial(number),
        capacity: Words::one("Chef du service des légalisations").unwrap(),
        act_number: text("2026-LEG-004512"),
        place: Words::one("Rabat").unwrap(),
        date: PartialDate::new(2026, Some(9), Some(14)).unwrap(),
        purpose: Some(Words::one("France").unwrap()),
        languages: vec![],
    }
}
