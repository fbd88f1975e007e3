//! Everything that `make-vectors` writes, in memory.

use std::collections::BTreeMap;

use crate::case::Side;
use crate::{cases, dump};

const EXAMPLE: &str = "(In the bare form. The line ends are not part of it.)";
const HEX: &str =
    "Offset, bytes, meaning. A number alone is a key of the map above it. Times and integers are decimal.";

/// The cases of both folders and the packs beside them, by path below `test-vectors/`.
pub fn files() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for case in cases::all() {
        add(&mut files, format!("vectors/{}.txt", case.name), case.file());
        case.packs.iter().for_each(|side| add_side(&mut files, side));
    }
    for case in cases::objects() {
        add(&mut files, format!("objects/{}.txt", case.name), case.file());
        case.packs.iter().for_each(|side| add_side(&mut files, side));
    }
    files
}

fn add(files: &mut BTreeMap<String, Vec<u8>>, name: String, content: String) {
    let known = files.insert(name.clone(), content.into_bytes());
    assert!(known.is_none(), "two cases are called {name}");
}

fn add_side(files: &mut BTreeMap<String, Vec<u8>>, side: &Side) {
    let known = files.insert(format!("side/{}", side.name), side.bytes.clone());
    assert!(known.is_none_or(|known| known == side.bytes), "two packs are called {}", side.name);
}

/// SPEC.md with its generated blocks made anew.
pub fn specification(current: &str) -> String {
    let filled = with_block(current, "<!-- generated: example text -->", EXAMPLE, &dump::example_text_block());
    with_block(&filled, "<!-- generated: annotated hex -->", HEX, &dump::annotated_hex_block())
}

fn with_block(document: &str, start: &str, caption: &str, block: &str) -> String {
    const END: &str = "<!-- end -->";
    let Some((before, rest)) = document.split_once(start) else { return document.to_owned() };
    let after = rest.split_once(END).map_or("", |(_, after)| after);
    format!("{before}{start}\n{caption}\n\n```\n{block}```\n{END}{after}")
}
