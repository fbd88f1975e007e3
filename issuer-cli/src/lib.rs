//! issuer-cli

pub mod draw;
