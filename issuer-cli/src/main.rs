//! issuer-cli
fn main() {}
