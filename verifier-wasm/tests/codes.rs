//! The closed sets of SPEC section 10, as JavaScript and TypeScript know them, are those of the core.
//!
//! `SCEAU_WRITE_CODES=1 cargo test -p verifier-wasm --test codes` writes them anew.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;

use credential_core::Reason;
use credential_core::answer::{FaultCode, Register, Status, Verdict};
use credential_core::document::{ColumnRole, Kind, Outcome};
use serde_json::{Value, json};

#[test]
fn codes_of_the_package_are_those_of_the_core() {
    let made = [("npm/codes.js", javascript()), ("npm/codes.d.ts", types())];
    for (path, made) in made {
        if std::env::var_os("SCEAU_WRITE_CODES").is_some() {
            fs::write(path, &made).unwrap();
        }
        assert_eq!(fs::read_to_string(path).unwrap(), made, "{path} is not what this test makes");
    }
}

fn javascript() -> String {
    let mut text = format!("{HEAD}export const reasons = Object.freeze([\n");
    for reason in Reason::ALL {
        let row = json!({
            "code": reason.code(), "verdict": reason.verdict().code(), "shown": reason.shows_document(),
            "exit": reason.exit_status(), "words": reason.words(),
        });
        text += &format!("  {row},\n");
    }
    text += "]);\nexport const faults = Object.freeze([\n";
    for fault in FaultCode::ALL {
        let row = json!({
            "code": fault.code(), "verdict": Verdict::Undetermined.code(), "shown": false, "exit": 2,
            "words": fault.words(),
        });
        text += &format!("  {row},\n");
    }
    text += "]);\n";
    for (name, codes) in sets() {
        text += &format!("export const {} = Object.freeze({});\n", name.plural, Value::from(codes));
    }
    text
}

fn types() -> String {
    let mut text = String::from(HEAD);
    let union = |codes: &[&str]| codes.iter().map(|code| format!("\n  | '{code}'")).collect::<String>();
    let reasons: Vec<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
    text += &format!("/** Why the verdict is what it is. */\nexport type Reason ={};\n\n", union(&reasons));
    let faults: Vec<_> = FaultCode::ALL.iter().map(|fault| fault.code()).collect();
    text += &format!(
        "/** What is wrong with a trust pack; no judgement of any paper. */\nexport type FaultCode ={};\n\n",
        union(&faults)
    );
    for (name, codes) in sets() {
        text += &format!("export type {} ={};\n", name.singular, union(&codes));
        text += &format!("export const {}: readonly {}[];\n\n", name.plural, name.singular);
    }
    text + "/** Every outcome, in the order of SPEC section 10, with its words in English. */\n\
        export const reasons: readonly { code: Reason; verdict: Verdict; exit: 0 | 1 | 2; shown: boolean; words: string }[];\n\
        /** Every fault of a pack, with its words in English. */\n\
        export const faults: readonly { code: FaultCode; verdict: 'undetermined'; exit: 2; shown: false; words: string }[];\n"
}

struct Name {
    singular: &'static str,
    plural: &'static str,
}

fn sets() -> [(Name, Vec<&'static str>); 6] {
    let verdicts: BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.verdict().code()).collect();
    [
        (Name { singular: "Verdict", plural: "verdicts" }, verdicts.into_iter().collect()),
        (Name { singular: "Status", plural: "statuses" }, statuses().iter().map(|status| status.code()).collect()),
        (Name { singular: "Register", plural: "registers" }, registers().iter().map(|one| one.code()).collect()),
        (Name { singular: "Kind", plural: "kinds" }, Kind::ALL.iter().map(|kind| kind.code()).collect()),
        (Name { singular: "Outcome", plural: "outcomes" }, Outcome::ALL.iter().map(|one| one.code()).collect()),
        (
            Name { singular: "ColumnRole", plural: "columnRoles" },
            ColumnRole::ALL.iter().map(|one| one.code()).collect(),
        ),
    ]
}

/// The compiler finds a value that is missing: each stands in a match without a wildcard.
fn statuses() -> [Status; 5] {
    let next = |status: &Status| match status {
        Status::InForce => Some(Status::Withdrawn),
        Status::Withdrawn => Some(Status::Suspended),
        Status::Suspended => Some(Status::Replaced),
        Status::Replaced => Some(Status::Unknown),
        Status::Unknown => None,
    };
    std::iter::successors(Some(Status::InForce), next).collect::<Vec<_>>().try_into().unwrap()
}

fn registers() -> [Register; 3] {
    let next = |register: &Register| match register {
        Register::Listed => Some(Register::NotListed),
        Register::NotListed => Some(Register::Unknown),
        Register::Unknown => None,
    };
    std::iter::successors(Some(Register::Listed), next).collect::<Vec<_>>().try_into().unwrap()
}

const HEAD: &str = "// Made from credential-core by verifier-wasm/tests/codes.rs. Not edited by hand.\n\n";
