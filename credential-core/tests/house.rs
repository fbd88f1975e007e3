//! The rooms of the library: few names at the door, and no two rooms that need each other.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// By room (a module of lib.rs with all of its files), the rooms that its files name. Tests are left out.
fn rooms() -> BTreeMap<String, BTreeSet<String>> {
    let mut rooms = BTreeMap::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
            let room = inside.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
            if room == "lib" || inside.ends_with("tests.rs") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            let named = code.flat_map(|line| line.split("crate::").skip(1));
            let named = named.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap());
            let needs: &mut BTreeSet<String> = rooms.entry(room.to_owned()).or_default();
            needs.extend(named.filter(|other| *other != room).map(ToOwned::to_owned));
        }
    }
    rooms
}

#[test]
fn no_room_needs_one_that_needs_it() {
    let mut rooms = rooms();
    assert!(rooms.len() > 25, "{}", rooms.len());
    // rooms that need none that is left go first; what stays is a circle, or needs one
    while let Some(free) = rooms.iter().find(|(_, needs)| needs.is_empty()).map(|(room, _)| room.clone()) {
        rooms.remove(&free);
        rooms.values_mut().for_each(|needs| _ = needs.remove(&free));
    }
    assert_eq!(rooms, BTreeMap::new(), "circles");
}

#[test]
fn the_door_has_at_most_twenty_names() {
    let lib = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs")).unwrap();
    let modules = lib.lines().filter(|line| line.starts_with("pub mod ")).count();
    let used: usize = lib
        .split("\npub use ")
        .skip(1)
        .map(|rest| rest.split(';').next().unwrap().split('{').next_back().unwrap().split(',').count())
        .sum();
    assert_eq!((modules, used), (9, 11));
}
