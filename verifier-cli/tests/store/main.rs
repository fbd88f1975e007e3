//! The store: what is held rises and never falls, survives kills and damage, and keeps several countries side by side.
#![allow(clippy::unwrap_used)]

mod registers;
#[path = "../setup/mod.rs"]
mod setup;
mod shelf;
mod surviving;
mod taking;
