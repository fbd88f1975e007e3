//! Trust packs (SPEC section 9).

use crate::cbor::{Bytes, Fields, array, bytes, text};

/// A trust pack before it is put together.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// The trust list.
    pub trust: Bytes,
    /// The status lists.
    pub status: Vec<Bytes>,
    /// The dictionaries.
    pub dictionaries: Vec<Bytes>,
    /// Register heads; the key is left out if there is none.
    pub heads: Vec<Bytes>,
    /// Register files; the key is left out if there is none.
    pub files: Vec<Bytes>,
    /// Links: other trust lists of the line; the key is left out if there is none.
    pub links: Vec<Bytes>,
}

impl Pack {
    /// The map of the pack.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::new()
            .with(0, text("sceau/1/pack"))
            .with(1, bytes(&self.trust))
            .with(2, byte_strings(&self.status))
            .with(3, byte_strings(&self.dictionaries));
        for (label, objects) in [(4, &self.heads), (5, &self.files), (6, &self.links)] {
            if !objects.is_empty() {
                fields = fields.with(label, byte_strings(objects));
            }
        }
        fields
    }

    /// The encoding of the pack.
    pub fn encoded(&self) -> Bytes {
        self.fields().encoded()
    }
}

/// An array of byte strings.
pub fn byte_strings(items: &[Bytes]) -> Bytes {
    array(&items.iter().map(|item| bytes(item)).collect::<Vec<_>>())
}
