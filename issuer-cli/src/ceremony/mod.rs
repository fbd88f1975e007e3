//! The root ceremony and the life of the trust list: drafts, signatures made apart, packs put together (SPEC sections
//! 7 and 9).

mod assemble;
mod draft;
mod entry;
mod names;
mod publish;
mod script;
mod signatures;
pub mod words;

use credential_core::lists::TrustDraft;

pub use assemble::Assembly;
pub use draft::{FirstList, NextList, change_draft, open_draft};
pub use entry::{add_authority, add_key, compromise_key, next_status_list, retire_key};
pub use names::check_names;
pub use publish::{Publish, Published};
pub use script::Share;
pub use signatures::{Merged, SignedFile, merge, protocol};

/// What a draft changes, one line each: against the list in force, or all that a first list states.
pub fn change_lines(draft: &TrustDraft) -> Vec<String> {
    match draft.held() {
        Some(held) => words::changes(held.claims(), draft.claims()),
        None => words::authorities(draft.claims()),
    }
}
