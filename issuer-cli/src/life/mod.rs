//! The life of sealed documents after the batch: status changes, the closed register, the next trust list.

mod close;
mod compromise;
mod history;
mod next_list;
mod pack_file;
mod state;
mod status;

pub use close::{Close, Closed};
pub use compromise::{Compromise, Compromised};
pub use history::{history_path, parse_serial};
pub use state::{Action, State};
pub use status::{Changed, StatusChange, Wanted};

/// How long a trust list or a status list is good before the next one is due.
const NEXT_UPDATE: u64 = 90 * 86_400;
