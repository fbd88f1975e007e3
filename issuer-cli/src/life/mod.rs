//! The life of sealed documents after the batch: status changes, the closed register, the next trust list.

mod action;
mod clerks;
mod close;
mod compromise;
mod decided;
mod moved;
mod named;
mod next_list;
mod old_documents;
mod pack_file;
mod prove;
mod renew;
mod revise;
mod rows;
mod status;
mod statuses;

use credential_core::time::rfc3339;

pub(crate) use pack_file::take_apart;

pub use action::Action;
pub use clerks::{check_clerks_named, name_clerks};
pub(crate) use close::minutes_root;
pub use close::{Close, Closed};
pub use compromise::{Compromise, Compromised};
pub(crate) use decided::Decided;
pub use moved::move_here;
pub use named::{Named, parse_digest, parse_serial};
pub use prove::{prove, prove_all};
pub use renew::{Renew, Renewed};
pub use revise::{LaterEdition, Purpose, Revise, Revised};
pub use status::{Changed, StatusChange};
pub use statuses::Wanted;

/// How long a trust list or a status list is good before the next one is due.
pub(crate) const NEXT_UPDATE: u64 = 90 * 86_400;

/// Nothing that is signed bears an earlier time than `last`, when `what` happened, such as "the last change was".
pub(crate) fn check_clock(now: u64, last: u64, what: &str) -> anyhow::Result<()> {
    anyhow::ensure!(now >= last, "the clock says {}, but {what} at {}; set the clock", rfc3339(now), rfc3339(last));
    Ok(())
}
