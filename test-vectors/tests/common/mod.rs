//! Vector files as another program would read them.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::panic)] // each test uses a part

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// One vector file.
pub struct Vector {
    pub name: String,
    pub header: BTreeMap<String, String>,
    pub artefact: String,
}

impl Vector {
    pub fn field(&self, key: &str) -> &str {
        self.header.get(key).map_or("", String::as_str)
    }

    pub fn list(&self, key: &str) -> Vec<&str> {
        self.field(key).split(',').map(str::trim).filter(|item| !item.is_empty()).collect()
    }

    /// Paths of the packs in load order.
    pub fn packs(&self) -> Vec<PathBuf> {
        self.list("pack")
            .into_iter()
            .filter(|name| *name != "none")
            .map(|name| room().join("side").join(name))
            .collect()
    }
}

/// All vectors, in the order of their names.
pub fn vectors() -> Vec<Vector> {
    folder("vectors")
}

/// All cases of other objects than documents, in the order of their names.
pub fn objects() -> Vec<Vector> {
    folder("objects")
}

fn folder(name: &str) -> Vec<Vector> {
    let mut paths: Vec<_> = fs::read_dir(room().join(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

pub fn room() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn read(path: &Path) -> Vector {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let content = fs::read_to_string(path).unwrap();
    let (head, body) = content.split_once("\n\n").unwrap_or_else(|| panic!("{name}: no empty line behind the header"));
    let mut header = BTreeMap::new();
    for line in head.lines() {
        let (key, value) = line.split_once(": ").unwrap_or_else(|| panic!("{name}: no header line: {line}"));
        assert!(header.insert(key.to_owned(), value.to_owned()).is_none(), "{name}: {key} twice");
    }
    let body = body.strip_suffix('\n').unwrap_or_else(|| panic!("{name}: no line end at the end"));
    let artefact = match header.get("encoding").map(String::as_str) {
        None => body.to_owned(),
        Some("hex") => String::from_utf8(unhex(body)).unwrap(),
        Some(other) => panic!("{name}: encoding {other} is not known"),
    };
    Vector { name, header, artefact }
}

pub fn unhex(hex: &str) -> Vec<u8> {
    assert!(hex.len().is_multiple_of(2), "hex of odd length");
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}
