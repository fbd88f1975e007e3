//! The generated blocks of SPEC.md: the text of the example, and its bytes taken apart by walking them.

use crate::documents;

/// The text of the example, in lines that neither start nor end with a blank.
pub fn example_text_block() -> String {
    let text = documents::example_text();
    let mut out = String::new();
    let mut line = String::new();
    for character in text.chars() {
        if line.len() >= 100 && character != ' ' && !line.ends_with(' ') {
            out += &format!("{line}\n");
            line.clear();
        }
        line.push(character);
    }
    format!("{out}{line}\n")
}

/// The bytes of the example, one item a line.
pub fn annotated_hex_block() -> String {
    let bytes = documents::example();
    let mut walker = Walker { bytes: &bytes, at: 0, depth: 0, out: String::new() };
    walker.item(Place::Outer, "sealed document");
    walker.out
}

/// Where an item stands; it decides how its parts are called.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Outer,
    Protected,
    Payload,
    Claims,
    Document,
    Results,
    Mean,
    Other,
}

struct Walker<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    out: String,
}

impl Walker<'_> {
    fn item(&mut self, place: Place, name: &str) {
        let start = self.at;
        let (major, argument) = self.head();
        let label = if name.is_empty() { String::new() } else { format!("{name}: ") };
        match major {
            0 => self.line(start, &format!("{label}{argument}")),
            1 => self.line(start, &format!("{label}-{}", argument + 1)),
            2 => self.byte_string(start, place, &label, argument),
            3 => self.text(start, &label, argument),
            4 => self.array(start, place, &label, argument),
            5 => self.map(start, place, &label, argument),
            6 => {
                self.line(start, &format!("{label}tag {argument}, COSE_Sign1"));
                self.item(place, "");
            }
            _ => self.line(start, &format!("{label}true")),
        }
    }

    fn head(&mut self) -> (u8, u64) {
        let first = self.bytes[self.at];
        let width = match first & 31 {
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            _ => 0,
        };
        let rest = &self.bytes[self.at + 1..self.at + 1 + width];
        self.at += 1 + width;
        let argument = rest.iter().fold(0, |value, byte| value << 8 | u64::from(*byte));
        (first >> 5, if width == 0 { u64::from(first & 31) } else { argument })
    }

    fn byte_string(&mut self, start: usize, place: Place, label: &str, length: u64) {
        if matches!(place, Place::Protected | Place::Payload) {
            self.line(start, &format!("{label}byte string of {length}, holds"));
            self.depth += 1;
            self.item(if place == Place::Payload { Place::Claims } else { place }, "");
            self.depth -= 1;
        } else {
            self.at += length as usize;
            self.line(start, &format!("{label}byte string of {length}"));
        }
    }

    fn text(&mut self, start: usize, label: &str, length: u64) {
        let end = self.at + length as usize;
        let words = String::from_utf8_lossy(&self.bytes[self.at..end]).into_owned();
        self.at = end;
        self.line(start, &format!("{label}\"{words}\""));
    }

    fn array(&mut self, start: usize, place: Place, label: &str, count: u64) {
        self.line(start, &format!("{label}array of {count}"));
        self.depth += 1;
        for index in 0..count {
            match (place, index) {
                (Place::Mean, 0) => self.item(Place::Other, "value"),
                (Place::Mean, 1) => self.item(Place::Other, "decimals"),
                (Place::Mean, _) => self.item(Place::Other, "maximum"),
                (Place::Outer, 0) => self.item(Place::Protected, "protected header"),
                (Place::Outer, 1) => self.item(Place::Other, "unprotected header"),
                (Place::Outer, 2) => self.item(Place::Payload, "payload"),
                (Place::Outer, _) => self.item(Place::Other, "signature"),
                _ => self.item(Place::Other, ""),
            }
        }
        self.depth -= 1;
    }

    fn map(&mut self, start: usize, place: Place, label: &str, count: u64) {
        self.line(start, &format!("{label}map of {count}"));
        self.depth += 1;
        for _ in 0..count {
            let start = self.at;
            let (major, argument) = self.head();
            let key = if major == 1 { -1 - argument as i64 } else { argument as i64 };
            let name = key_name(place, key);
            self.line(start, &format!("{key}"));
            let inner = match (place, key) {
                (Place::Claims, -65537) => Place::Document,
                (Place::Document, 14) => Place::Results,
                (Place::Results, 1) => Place::Mean,
                _ => Place::Other,
            };
            self.item(inner, name);
        }
        self.depth -= 1;
    }

    /// One line for the bytes from `start` to here; what does not fit goes to further lines.
    fn line(&mut self, start: usize, meaning: &str) {
        for (row, part) in self.bytes[start..self.at].chunks(24).enumerate() {
            let hex: String = part.iter().map(|byte| format!("{byte:02x}")).collect();
            let meaning = if row == 0 { meaning } else { "" };
            let line = format!("{:>4}  {hex:<48}  {:indent$}{meaning}", start + row * 24, "", indent = self.depth * 2);
            self.out += line.trim_end();
            self.out.push('\n');
        }
    }
}

fn key_name(place: Place, key: i64) -> &'static str {
    match (place, key) {
        (Place::Protected, 1) => "algorithm, Ed25519",
        (Place::Protected, 4) => "kid",
        (Place::Claims, 6) => "time of sealing",
        (Place::Claims, 7) => "serial",
        (Place::Claims, -65537) => "document",
        (Place::Document, 1) => "kind, diploma",
        (Place::Document, 2) => "languages",
        (Place::Document, 3) => "holder",
        (Place::Document, 4) => "birth",
        (Place::Document, 5) => "place of birth",
        (Place::Document, 6) => "identity, tail",
        (Place::Document, 7) => "candidate's number",
        (Place::Document, 8) => "title",
        (Place::Document, 9) => "series",
        (Place::Document, 10) => "session",
        (Place::Document, 11) => "honours",
        (Place::Document, 12) => "authority",
        (Place::Document, 13) => "centre",
        (Place::Document, 14) => "results",
        (Place::Results, 1) => "mean",
        _ => "",
    }
}
