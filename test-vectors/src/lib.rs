//! The vectors of SPEC.md and the bytes they are made of.
//!
//! Nothing here uses `credential-core`: a mistake shared by a builder and the code under test would be invisible.

pub mod case;
pub mod cases;
pub mod cbor;
pub mod cose;
pub mod deflate;
pub mod digest;
pub mod documents;
pub mod dump;
pub mod legalisation;
pub mod merkle;
pub mod minutes;
pub mod object;
pub mod output;
pub mod pack;
pub mod register;
pub mod sign;
pub mod status;
pub mod text;
pub mod trust;
pub mod world;
