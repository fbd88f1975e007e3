//! The drill of docs/drill.md, through the real programs.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::path::Path;
use std::process::Command;

#[test]
fn the_drill_for_a_stolen_key_passes() {
    let folder = tempfile::tempdir().unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/drill.sh");
    let drill = Command::new("sh")
        .arg(script)
        .arg(folder.path().join("drill"))
        .env("ISSUER", env!("CARGO_BIN_EXE_issuer"))
        .env("VERIFIER", office::verifier::program())
        .output()
        .unwrap();
    let said = String::from_utf8(drill.stdout).unwrap();
    assert!(drill.status.success(), "{said}{}", String::from_utf8_lossy(&drill.stderr));
    for verdict in [
        "closed.sceau   genuine.txt  71 of 71 genuine",
        "closed.sceau   forged.txt   71 of 71 key-compromised",
        "stolen.sceau   genuine.txt  71 of 71 genuine",
    ] {
        assert!(said.contains(verdict), "{said}");
    }
    assert!(said.contains("stolen.sceau   forged.txt   71 of 71 key-compromised"), "{said}");
}
