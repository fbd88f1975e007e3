//! A batch: from the candidates of a list to sealed documents in a folder, resumable at every instant.

mod begin;
mod compose;
mod dictionary;
mod drawing;
mod edition;
mod holder;
mod link;
mod output;
mod plan;
mod run;
mod seal;
mod serials;
mod table;

pub use begin::entry_of;
pub(crate) use compose::decision;
pub use dictionary::{dictionary, ministry_dictionary};
pub use drawing::{Drawing, ReadBack};
pub use edition::{LAST_EDITION, Order, Revision, Sealing, composed, edition_holder};
pub(crate) use holder::is_another;
pub use link::{LinkCost, link_cost};
pub use plan::{Plan, Planned, plan};
pub use run::{Batch, Summary, run, run_then};
pub(crate) use table::{RowOf, order, whole_results};
