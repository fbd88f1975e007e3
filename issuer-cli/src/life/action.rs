//! What an authority decides about a document, and from which state it leads to which.

use crate::ledger::State;

/// What an authority decides about a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Takes it back for good.
    Withdraw,
    /// Takes it back for now.
    Suspend,
    /// Ends a suspension.
    Reinstate,
    /// Marks it as replaced by another document.
    Replace,
    /// Leaves it in force beside a duplicate of it.
    Keep,
}

impl Action {
    /// The state that it leads to.
    pub fn target(self) -> State {
        match self {
            Self::Withdraw => State::Withdrawn,
            Self::Suspend => State::Suspended,
            Self::Reinstate | Self::Keep => State::InForce,
            Self::Replace => State::Replaced,
        }
    }

    /// Why a document in the state `from` does not take the action, if it does not.
    pub(super) fn refusal(self, from: State) -> Option<&'static str> {
        match (self, from) {
            (_, State::Withdrawn) => Some("is withdrawn, and a withdrawal is final; seal a new document instead"),
            (Self::Reinstate, State::InForce) => Some("is in force; only a suspended document can be reinstated"),
            (Self::Reinstate, State::Replaced) => Some("is replaced; only a suspended document can be reinstated"),
            (Self::Suspend, State::Suspended) => Some("is suspended already, for another reason"),
            (Self::Suspend, State::Replaced) => Some("is replaced; only a document in force can be suspended"),
            (Self::Keep, State::Suspended | State::Replaced) => Some("is not in force, so it cannot stay so"),
            (Self::Replace, State::Replaced) => Some("is replaced already, for another reason"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_out_of_withdrawn_and_only_suspended_is_reinstated() {
        use Action::{Keep, Reinstate, Replace, Suspend, Withdraw};
        use State::{InForce, Replaced, Suspended, Withdrawn};
        let allowed =
            |from: State| [Withdraw, Suspend, Reinstate, Replace, Keep].map(|action| action.refusal(from).is_none());
        assert_eq!(allowed(InForce), [true, true, false, true, true]);
        assert_eq!(allowed(Suspended), [true, false, true, true, false]);
        assert_eq!(allowed(Replaced), [true, false, false, false, false]);
        assert_eq!(allowed(Withdrawn), [false; 5]);
    }
}
