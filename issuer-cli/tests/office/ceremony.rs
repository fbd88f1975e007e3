//! An office whose trust list was signed by three of five holders on machines of their own.
#![allow(unreachable_pub, clippy::unwrap_used)]

use std::fs;
use std::sync::OnceLock;

use credential_core::lists::ListPlace;
use credential_core::sealing::SealingKey;
use credential_core::{Anchor, Pack, TrustStore};

use super::{Ended, Office};

/// An office with five roots, two authorities and a session key; `trust.sceau` is version 1.
pub struct Ceremony {
    pub office: Office,
}

impl Ceremony {
    pub fn new() -> Self {
        static FIRST: OnceLock<Ceremony> = OnceLock::new();
        Self { office: FIRST.get_or_init(Self::held).office.copy() }
    }

    /// Holds the ceremony.
    fn held() -> Self {
        let ceremony = Self { office: Office::empty("benin") };
        for share in 1..=5 {
            ceremony.new_root(share).success();
        }
        ceremony.office.new_keys(&["lists.key", "session.key"]);
        let roots: Vec<_> = (1..=5).map(|share| format!("root-{share}.key.pub")).collect();
        let roots: Vec<_> = roots.iter().map(String::as_str).collect();
        let first = ["trust", "draft", "--owner", "Pays fictif", "--threshold", "3", "--out", "1.draft", "--root-pub"];
        ceremony.run(&[&first[..], &roots].concat()).success();
        ceremony.run(&["trust", "add-authority", "1.draft", "--profile", "benin", "--out", "2.draft"]).success();
        ceremony.add_ministry("2.draft", "3.draft", "fr=Ministère des Affaires étrangères").success();
        ceremony.add_key("3.draft", "4.draft", "lists.key.pub", &["--use", "status"]).success();
        let scope = ["--use", "documents", "--profile", "benin", "--maximum-count", "1000"];
        ceremony.add_key("4.draft", "5.draft", "session.key.pub", &scope).success();
        ceremony.signed("5.draft", &[1, 3, 5], "1.list").success();
        let first = ["1.list", "--profile", "benin", "--list-key", "lists.key", "--out", "trust.sceau"];
        ceremony.key(&[&["trust", "publish"][..], &first].concat()).success();
        ceremony
    }

    pub fn new_root(&self, share: u8) -> Ended {
        let share = share.to_string();
        let new = ["root", "new", "--threshold", "3", "--of", "5", "--share", &share, "--holder", "A. Diallo"];
        self.key(&[&new[..], &["--out", "."]].concat())
    }

    pub fn add_ministry(&self, draft: &str, out: &str, name: &str) -> Ended {
        let ministry = ["--id", "BJ-MAE", "--country", "BJ", "--role", "legalising-ministry", "--name", name];
        self.run(&[&["trust", "add-authority", draft, "--out", out][..], &ministry].concat())
    }

    pub fn add_key(&self, draft: &str, out: &str, key: &str, more: &[&str]) -> Ended {
        self.run(&[&["trust", "add-key", draft, "--authority", "BJ-OB", "--key", key, "--out", out], more].concat())
    }

    /// The draft that follows a pack.
    pub fn next(&self, pack: &str, out: &str, more: &[&str]) -> Ended {
        self.run(&[&["trust", "draft", "--pack", pack, "--out", out], more].concat())
    }

    /// Each of the roots signs, then all signatures are joined.
    pub fn signed(&self, draft: &str, roots: &[u8], list: &str) -> Ended {
        let signatures: Vec<_> = roots.iter().map(|root| format!("{root}-{draft}.sig")).collect();
        for (root, signature) in roots.iter().zip(&signatures) {
            self.sign(draft, &format!("root-{root}.key"), signature).success();
        }
        let signatures: Vec<_> = signatures.iter().map(String::as_str).collect();
        self.merge(draft, &signatures, list)
    }

    pub fn sign(&self, draft: &str, root: &str, out: &str) -> Ended {
        self.key(&["trust", "sign", draft, "--root", root, "--out", out])
    }

    pub fn merge(&self, draft: &str, signatures: &[&str], list: &str) -> Ended {
        self.run(&[&["trust", "merge-signatures", draft, "--out", list][..], signatures].concat())
    }

    pub fn publish(&self, list: &str, pack: &str, out: &str) -> Ended {
        self.run(&["trust", "publish", list, "--pack", pack, "--out", out])
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.office.run(arguments)
    }

    /// A command that opens keys.
    pub fn key(&self, arguments: &[&str]) -> Ended {
        self.office.run_with_keys(arguments)
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.office.path(name)).unwrap()
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.office.path(name)).unwrap()
    }

    pub fn pack(&self, name: &str) -> Pack {
        self.office.pack(name)
    }

    /// Where the list of a pack stands for a verifier that holds another.
    pub fn place(&self, new: &str, held: &str) -> ListPlace {
        let held = self.pack(held);
        let mut store = TrustStore::new();
        store.hold(*held.trust().root());
        let new = Pack::open(&self.bytes(new), Anchor::Held).unwrap();
        let list = new.trust().clone();
        [held, new].into_iter().for_each(|pack| store.add(pack));
        store.place(&list)
    }

    /// A key as its thief has it.
    pub fn stolen(&self, name: &str) -> SealingKey {
        self.office.opened_key(name)
    }
}
