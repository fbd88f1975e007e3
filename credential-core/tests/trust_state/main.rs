//! What a verifier believes follows from its anchors and the set of what it was given (SPEC sections 7 to 9).
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/stated.rs"]
mod stated;

mod attacks;
mod life;
mod lines;
mod random;
mod scenarios;
mod world;
