//! Places by name. One type serves every list, as each further kind of map is 5 KB of a WebAssembly module.

use std::collections::BTreeMap;

/// Under which name the things of a list are found, in the order of the names' bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    places: BTreeMap<Vec<u8>, usize>,
}

impl Index {
    /// The place under this name.
    pub(crate) fn get(&self, name: &[u8]) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// Whether something is found under this name.
    pub(crate) fn has(&self, name: &[u8]) -> bool {
        self.places.contains_key(name)
    }

    /// The place under this name, which is this one if there was none.
    pub(crate) fn place(&mut self, name: &[u8], new: usize) -> usize {
        if let Some(place) = self.get(name) {
            return place;
        }
        self.places.insert(name.to_vec(), new);
        new
    }

    /// The thing under this name among those of a list; at the end, and as by default, if there was none.
    pub(crate) fn among<'t, T: Default>(&mut self, name: &[u8], things: &'t mut Vec<T>) -> &'t mut T {
        let place = self.place(name, things.len());
        if place == things.len() {
            things.push(T::default());
        }
        &mut things[place]
    }

    /// Adds a name; whether it is new.
    pub(crate) fn add(&mut self, name: &[u8]) -> bool {
        let is_new = !self.has(name);
        self.place(name, 0);
        is_new
    }

    /// The places, by name.
    pub(crate) fn places(&self) -> impl Iterator<Item = usize> {
        self.places.values().copied()
    }
}

/// The names of a set.
impl<N: AsRef<[u8]>> FromIterator<N> for Index {
    fn from_iter<I: IntoIterator<Item = N>>(names: I) -> Self {
        let mut index = Self::default();
        names.into_iter().for_each(|name| _ = index.add(name.as_ref()));
        index
    }
}

/// A name that is ordered as these numbers are, then by the bytes.
pub(crate) fn name(numbers: &[u64], bytes: &[u8]) -> Vec<u8> {
    let mut name: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
    name.extend_from_slice(bytes);
    name
}

/// These, each once, in the order of a name of theirs.
pub(crate) fn in_order<T: Copy>(things: impl Iterator<Item = T>, name: impl Fn(&T) -> Vec<u8>) -> Vec<T> {
    let things: Vec<T> = things.collect();
    let mut index = Index::default();
    things.iter().enumerate().for_each(|(place, thing)| _ = index.place(&name(thing), place));
    index.places.into_values().map(|place| things[place]).collect()
}
