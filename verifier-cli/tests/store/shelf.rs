//! A folder with packs and a store, and the packs that change it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use credential_core::lists::{PackContents, RootSet, Statement, StatusClaims, TrustClaims, TrustList};
use credential_core::sealing::SealingKey;

use super::setup::*;

/// A folder with packs and a store that is not there yet.
pub(super) struct Shelf {
    folder: tempfile::TempDir,
    pub(super) world: Setting,
}

impl Shelf {
    pub(super) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), world: Setting::new() }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A pack of the world as it is changed, at a version, with the status of a time.
    pub(super) fn pack(&self, name: &str, version: u32, as_of: u64, change: impl Fn(&mut Setting)) -> Vec<u8> {
        let mut world = Setting::new();
        world.trust.version = version;
        world.trust.issued = SEALED_AT - 1_000 + u64::from(version);
        change(&mut world);
        let list = self.list_of(world.trust.clone(), &world);
        let id = &world.trust.authorities[0].id;
        let status = StatusClaims {
            authority: id.clone(),
            number: 1,
            seq: world.seq,
            as_of,
            expires: world.status_expires,
            statements: world.status.clone(),
        }
        .sign(&world.list_key);
        let bytes = PackContents {
            trust: list.as_bytes(),
            statuses: vec![&*status; world.lists.into()],
            dictionaries: vec![world.dictionary.as_bytes()],
            ..PackContents::default()
        }
        .to_bytes();
        fs::write(self.path(name), &bytes).unwrap();
        bytes
    }

    /// The list with these claims, built on plain ones of all versions below.
    fn list_of(&self, claims: TrustClaims, world: &Setting) -> TrustList {
        let mut plain = Setting::new();
        if world.root.public() != plain.root.public() {
            elsewhere(&mut plain);
        }
        let mut before: Option<TrustList> = None;
        for version in 1..claims.version {
            let mut claims = plain.trust.clone();
            (claims.version, claims.issued) = (version, SEALED_AT - 1_000 + u64::from(version));
            let claims = before.iter().fold(claims, |claims, held| claims.after(held));
            before = Some(TrustList::sign(&claims, &[&plain.root]).unwrap());
        }
        let claims = before.iter().fold(claims, |claims, held| claims.after(held));
        let roots: Vec<_> = [1, 40, 41].map(|seed| SealingKey::from_seed(&[seed; 32])).into();
        match claims.roots.keys.contains(&roots[1].public()) {
            true => TrustList::sign(&claims, &roots.iter().take(2).collect::<Vec<_>>()).unwrap(),
            false => TrustList::sign(&claims, &[&world.root]).unwrap(),
        }
    }

    pub(super) fn root(&self) -> String {
        hex(&self.world.trust.roots.fingerprint())
    }

    pub(super) fn update(&self, file: &str, more: &[&str]) -> Run {
        self.update_typing(file, more, "")
    }

    pub(super) fn update_typing(&self, file: &str, more: &[&str], typed: &str) -> Run {
        let (store, file, now) = (self.path("store"), self.path(file), NOW.to_string());
        let fixed = ["trust", "add", "--store", store.to_str().unwrap(), "--at", &now, file.to_str().unwrap()];
        run(&[&fixed, more].concat(), typed.as_bytes())
    }

    #[track_caller]
    pub(super) fn updated(&self, file: &str, more: &[&str]) -> String {
        let run = self.update(file, more);
        assert_eq!(run.status, 0, "{run:?}");
        run.stdout
    }

    /// The refusal; the store has the same bytes as before.
    #[track_caller]
    pub(super) fn refused(&self, file: &str, more: &[&str], said: &str) {
        let before = self.files();
        let run = self.update(file, more);
        assert_eq!((run.status, &*run.stdout), (2, ""), "{run:?}");
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
        assert_eq!(self.files(), before, "a refused pack changed the store");
    }

    /// An update that is killed so long after its start.
    pub(super) fn killed(&self, file: &str, more: &[&str], after: Duration) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_verifier"))
            .args(["trust", "add", "--store", self.path("store").to_str().unwrap()])
            .args(more)
            .arg(self.path(file))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(after);
        child.kill().unwrap();
        child.wait().unwrap();
    }

    pub(super) fn verify(&self, text: &str) -> Run {
        let (store, now) = (self.path("store"), NOW.to_string());
        run(&["verify", "--store", store.to_str().unwrap(), "--at", &now, "--json", text], b"")
    }

    pub(super) fn show(&self) -> Run {
        run(&["trust", "show", "--json", "--store", self.path("store").to_str().unwrap()], b"")
    }

    #[track_caller]
    pub(super) fn versions(&self) -> Vec<u64> {
        self.show().objects().iter().map(|object| object["version"].as_u64().unwrap()).collect()
    }

    pub(super) fn slots(&self) -> [PathBuf; 2] {
        ["even.state", "odd.state"].map(|name| self.path("store/country-0001").join(name))
    }

    pub(super) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.path("store"), &mut files);
        files.sort();
        files
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if !path.ends_with("lock") {
            files.push((path.clone(), fs::read(path).unwrap()));
        }
    }
}

pub(super) fn withdrawn(world: &mut Setting) {
    world.decide(&diploma(1), Statement::Withdrawn);
}

/// The withdrawal is taken back.
pub(super) fn reinstated(world: &mut Setting) {
    withdrawn(world);
    world.reinstate(&diploma(1));
}

/// Five roots of which two sign, the old one among them.
pub(super) fn rotated(world: &mut Setting) {
    let keys = [1, 40, 41].map(|seed| SealingKey::from_seed(&[seed; 32]).public()).to_vec();
    world.trust.roots = RootSet { threshold: 2, keys };
}

/// Another country: its own root, authority and keys.
pub(super) fn elsewhere(world: &mut Setting) {
    world.root = SealingKey::from_seed(&[60; 32]);
    world.list_key = SealingKey::from_seed(&[61; 32]);
    world.trust.roots = RootSet { threshold: 1, keys: vec![world.root.public()] };
    world.trust.owner = text("Ailleurs");
    let authority = &mut world.trust.authorities[0];
    (authority.id, authority.country) = ("YY-EXAM".into(), "YY".into());
    authority.keys[0].public = SealingKey::from_seed(&[62; 32]).public();
    authority.keys[1].public = world.list_key.public();
}
