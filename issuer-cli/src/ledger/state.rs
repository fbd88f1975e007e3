//! The states of a document, as status lists say them.

use credential_core::answer::Status;
use credential_core::lists::Statement;
use serde::{Deserialize, Serialize};

/// What status lists say of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It counts.
    InForce,
    /// Withdrawn for good.
    Withdrawn,
    /// Suspended for now.
    Suspended,
    /// Replaced by another document.
    Replaced,
}

impl State {
    /// The state that a verifier finds; none if no list says.
    pub(crate) fn of(status: Status) -> Option<Self> {
        match status {
            Status::InForce => Some(Self::InForce),
            Status::Withdrawn => Some(Self::Withdrawn),
            Status::Suspended => Some(Self::Suspended),
            Status::Replaced => Some(Self::Replaced),
            Status::Unknown => None,
        }
    }

    /// As status lists state it from decision `seq` on. In force is stated only where `earlier` statements are taken back by it.
    pub(crate) fn statement(self, seq: u64, earlier: bool) -> Option<Statement> {
        match self {
            Self::InForce => earlier.then_some(Statement::Reinstated(seq)),
            Self::Withdrawn => Some(Statement::Withdrawn),
            Self::Suspended => Some(Statement::Suspended),
            Self::Replaced => Some(Statement::Replaced),
        }
    }

    /// The state in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::InForce => "in force",
            Self::Withdrawn => "withdrawn",
            Self::Suspended => "suspended",
            Self::Replaced => "replaced",
        }
    }
}

impl From<Statement> for State {
    fn from(statement: Statement) -> Self {
        match statement {
            Statement::Reinstated(_) => Self::InForce,
            Statement::Withdrawn => Self::Withdrawn,
            Statement::Suspended => Self::Suspended,
            Statement::Replaced => Self::Replaced,
        }
    }
}
