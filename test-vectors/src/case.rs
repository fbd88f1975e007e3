//! One case: the text to verify, what surrounds it, and the reason code it must end in.

use crate::cbor::Bytes;
use crate::world;

/// A file that lies beside the vectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// File name.
    pub name: String,
    /// Content.
    pub bytes: Bytes,
}

impl Side {
    /// A trust pack, named without its ending.
    pub fn new(name: &str, bytes: Bytes) -> Self {
        Self { name: format!("{name}.sceau"), bytes }
    }
}

/// A vector before it is written.
#[derive(Clone, Debug)]
pub struct Case {
    /// `<area>_<condition>`.
    pub name: String,
    /// Reason code of SPEC section 10.
    pub expect: String,
    /// Requirement ids, with commas between them.
    pub spec: String,
    /// The verifier's clock.
    pub now: u64,
    /// Packs in load order.
    pub packs: Vec<Side>,
    /// Root fingerprint the verifier holds, in hex.
    pub root: Option<String>,
    /// Status: `in-force`, `withdrawn`, `suspended`, `replaced` or `unknown`.
    pub status: Option<&'static str>,
    /// Register value: `listed`, `not-listed` or `unknown`.
    pub register: Option<&'static str>,
    /// What this is.
    pub comment: String,
    /// What would go wrong.
    pub effect: String,
    /// The text to verify.
    pub artefact: String,
}

/// A case with the large pack and the usual clock.
pub fn case(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, artefact: String) -> Case {
    Case {
        name: name.into(),
        expect: expect.into(),
        spec: spec.into(),
        now: world::NOW,
        packs: vec![world::base()],
        root: None,
        status: None,
        register: None,
        comment: comment.into(),
        effect: effect.into(),
        artefact,
    }
}

impl Case {
    /// The case at another time.
    pub fn at(self, now: u64) -> Self {
        Self { now, ..self }
    }

    /// The case with other packs.
    pub fn with_packs(self, packs: Vec<Side>) -> Self {
        Self { packs, ..self }
    }

    /// The case for a verifier that holds a root fingerprint.
    pub fn holding(self, root: String) -> Self {
        Self { root: Some(root), ..self }
    }

    /// The case with the status that the verifier reports.
    pub fn in_status(self, status: &'static str) -> Self {
        Self { status: Some(status), ..self }
    }

    /// The case with the register value that the verifier reports.
    pub fn registered(self, register: &'static str) -> Self {
        Self { register: Some(register), ..self }
    }

    /// The content of the vector file.
    pub fn file(&self) -> String {
        let names: Vec<_> = self.packs.iter().map(|side| side.name.as_str()).collect();
        let packs = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        let mut out = format!("expect: {}\nspec: {}\nnow: {}\npack: {packs}\n", self.expect, self.spec, self.now);
        if let Some(root) = &self.root {
            out += &format!("root: {root}\n");
        }
        if let Some(status) = self.status {
            out += &format!("status: {status}\n");
        }
        if let Some(register) = self.register {
            out += &format!("register: {register}\n");
        }
        out += &format!("comment: {}\neffect: {}\n", self.comment, self.effect);
        if needs_hex(&self.artefact) {
            out += "encoding: hex\n";
        }
        out + "\n" + &written(&self.artefact) + "\n"
    }
}

fn written(artefact: &str) -> String {
    match needs_hex(artefact) {
        true => artefact.bytes().map(|byte| format!("{byte:02x}")).collect(),
        false => artefact.to_owned(),
    }
}

/// Control characters and blanks at the ends do not survive editors.
fn needs_hex(artefact: &str) -> bool {
    artefact.chars().any(|character| character.is_control() || character == '\u{feff}')
        || artefact.starts_with(char::is_whitespace)
        || artefact.ends_with(char::is_whitespace)
}
