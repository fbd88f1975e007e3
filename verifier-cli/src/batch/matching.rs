//! The applicants' list beside what was read: who brought which document, and what a person should look at.

mod birth;
mod join;
mod list;
mod mean;
mod pile;

pub(super) use birth::BirthMatch;
pub(super) use join::{Compared, FoundBy, join};
pub(super) use list::{Applicant, Applicants, Columns};
pub(super) use mean::MeanMatch;
pub(super) use person_name::{Difference, NameMatch, folded};
pub(super) use pile::{Judged, Pile, Why, judge};
