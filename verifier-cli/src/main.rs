//! verifier-cli
fn main() {}
