//! A batch: from the candidates of a list to sealed documents in a folder, resumable at every instant.

mod compose;
mod dictionary;
mod output;
mod register;
mod run;
mod seal;

pub use dictionary::dictionary;
pub(crate) use output::{hex, write_whole};
pub(crate) use register::lock;
pub use register::{Register, RegisterReader, SealedBatch, register_path};
pub use run::{Batch, Drawing, Plan, ReadBack, Summary, plan, run};
