//! Trust packs (SPEC section 9).

use crate::cbor::{Bytes, Fields, array, bytes, text};

/// A trust pack before it is put together.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The trust list.
    pub trust: Bytes,
    /// The status lists.
    pub status: Vec<Bytes>,
    /// The dictionaries.
    pub dictionaries: Vec<Bytes>,
}

impl Pack {
    /// The map of the pack.
    pub fn fields(&self) -> Fields {
        Fields::new()
            .with(0, text("sceau/1/pack"))
            .with(1, bytes(&self.trust))
            .with(2, array(&self.status.iter().map(|list| bytes(list)).collect::<Vec<_>>()))
            .with(3, array(&self.dictionaries.iter().map(|words| bytes(words)).collect::<Vec<_>>()))
    }

    /// The encoding of the pack.
    pub fn encoded(&self) -> Bytes {
        self.fields().encoded()
    }
}
