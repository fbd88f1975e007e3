//! What a random status list says of one document, and which of two lists speaks, told another way than the library does.

use credential_core::lists::Statement;
use proptest::prelude::*;

/// The `seq` of a list and what it says, if anything. A decision that reinstates is one of those that were taken.
pub(crate) fn stated() -> impl Strategy<Value = (u64, Option<Statement>)> {
    (0_u64..4, 0_u64..4, 0..5).prop_map(|(seq, decision, which)| {
        let said = match which {
            0 => None,
            1 => Some(Statement::Withdrawn),
            2 => Some(Statement::Suspended),
            3 => Some(Statement::Replaced),
            _ => Some(Statement::Reinstated(decision.min(seq))),
        };
        (seq, said)
    })
}

/// From which decision on it was said, and how grave it is: 3 withdrawn, 2 replaced, 1 suspended, 0 reinstated.
pub(crate) fn said_by(seq: u64, said: Statement) -> (u64, u8) {
    match said {
        Statement::Withdrawn => (seq, 3),
        Statement::Replaced => (seq, 2),
        Statement::Suspended => (seq, 1),
        Statement::Reinstated(decision) => (decision, 0),
    }
}
