//! Minutes of a jury at the office: SPEC section 16. The signed object, and beside it the lines that it stands for.

mod compare;
mod file;
mod json;
mod line;
mod seal;
mod used;

pub use compare::{Difference, Facts, Sides, StatedResults, differences};
pub use file::{LinesFault, MinutesRefused, SealedMinutes, lines_path};
pub use line::line_of;
pub use seal::{Draft, NewMinutes, Sealed, draft};
pub use used::compare_list;
