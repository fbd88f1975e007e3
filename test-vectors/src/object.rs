//! One case of the folder `objects/`: what a document's text alone cannot show.

use crate::case::Side;
use crate::world;

/// A case before it is written.
#[derive(Clone, Debug)]
pub struct ObjectCase {
    /// `<area>_<condition>`.
    pub name: String,
    /// What is judged: `proof`, `legalisation`, `minutes`, `minutes-lines`, `line`, `state`, `kept-pack` or `story`.
    pub object: &'static str,
    /// A reason code of SPEC section 10, `accepted`, or how a line ends.
    pub expect: String,
    /// Requirement ids, with commas between them.
    pub spec: String,
    /// The verifier's clock.
    pub now: u64,
    /// Packs in load order.
    pub packs: Vec<Side>,
    /// Headers of this kind of object.
    pub extra: Vec<(&'static str, String)>,
    /// What this is.
    pub comment: String,
    /// What would go wrong.
    pub effect: String,
    /// The text, the lines or the bytes in hex.
    pub artefact: String,
}

impl ObjectCase {
    /// A case of a kind with the usual clock and no packs.
    pub fn new(object: &'static str, name: &str, expect: &str, spec: &str, comment: &str, effect: &str) -> Self {
        Self {
            name: name.into(),
            object,
            expect: expect.into(),
            spec: spec.into(),
            now: world::NOW,
            packs: vec![],
            extra: vec![],
            comment: comment.into(),
            effect: effect.into(),
            artefact: "-".into(),
        }
    }

    /// The case at another time.
    pub fn at(self, now: u64) -> Self {
        Self { now, ..self }
    }

    /// The case with packs.
    pub fn with_packs(self, packs: Vec<Side>) -> Self {
        Self { packs, ..self }
    }

    /// The case with an artefact.
    pub fn of(self, artefact: String) -> Self {
        Self { artefact, ..self }
    }

    /// The case with one more header.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.extra.push((name, value.into()));
        self
    }

    /// The content of the file.
    pub fn file(&self) -> String {
        let names: Vec<_> = self.packs.iter().map(|side| side.name.as_str()).collect();
        let packs = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        let mut out = format!("object: {}\nexpect: {}\nspec: {}\n", self.object, self.expect, self.spec);
        out += &format!("now: {}\npack: {packs}\n", self.now);
        for (name, value) in &self.extra {
            out += &format!("{name}: {value}\n");
        }
        out + &format!("comment: {}\neffect: {}\n\n{}\n", self.comment, self.effect, self.artefact)
    }
}

/// Bytes in hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
