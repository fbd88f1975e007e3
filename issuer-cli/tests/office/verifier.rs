//! The other program of the house.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The verifier's program, built as these tests were: with the features that the workspace's tests have in common, or cargo
/// would build the core once more.
pub fn program() -> PathBuf {
    let release = !cfg!(debug_assertions);
    let build = ["test", "--no-run", "--quiet", "--locked", "--workspace", "--test", "batch"];
    let mut cargo = Command::new(env!("CARGO"));
    let built = cargo.args(build).args(release.then_some("--release")).status().unwrap();
    assert!(built.success());
    Path::new(env!("CARGO_BIN_EXE_issuer")).with_file_name(format!("verifier{}", std::env::consts::EXE_SUFFIX))
}
