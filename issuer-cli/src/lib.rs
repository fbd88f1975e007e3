//! issuer-cli

pub mod draw;
pub mod keys;
