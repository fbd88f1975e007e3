//! The exam office's side of Sceau: lists, profiles, keys, trust packs, batches and drawn codes, as the program
//! `issuer` uses them.

pub mod audit;
pub mod batch;
pub mod ceremony;
pub mod commands;
pub mod draw;
mod file;
mod hex;
pub mod keys;
pub mod ledger;
pub mod legalise;
pub mod life;
pub mod list;
pub mod minutes;
pub mod profile;
mod refused;
pub mod trust;
