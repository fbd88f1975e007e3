//! Merkle trees as RFC 9162 section 2.1 defines them, word for word.

use crate::sign::sha256;

/// A leaf's data, a leaf's hash, a node or a root.
pub type Hash = [u8; 32];

/// The hash of a leaf with this data.
pub fn leaf(data: &[u8]) -> Hash {
    sha256(&[&[0], data].concat())
}

/// The root over leaf data (section 2.1.1).
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => sha256(&[]),
        [one] => leaf(one),
        several => {
            let (left, right) = several.split_at(split(several.len()));
            node(&root(left), &root(right))
        }
    }
}

/// The inclusion path of leaf number `at`, from the leaf upwards (section 2.1.3.1).
pub fn path(leaves: &[Hash], at: usize) -> Vec<Hash> {
    if leaves.len() < 2 {
        return vec![];
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut below, beside) = match at < left.len() {
        true => (path(left, at), root(right)),
        false => (path(right, at - left.len()), root(left)),
    };
    below.push(beside);
    below
}

/// The hash of a node.
pub fn node(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[1], &left[..], right].concat())
}

/// The largest power of two below `count`.
fn split(count: usize) -> usize {
    count.next_power_of_two() / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_the_rfc_says() {
        assert_eq!([2, 3, 4, 5, 7, 8, 9].map(split), [1, 2, 2, 4, 4, 4, 8]);
    }

    #[test]
    fn paths_lead_to_the_root() {
        let leaves: Vec<_> = (0..7).map(|number| sha256(&[number])).collect();
        let first = path(&leaves, 0);
        let hash = first.iter().fold(leaf(&leaves[0]), |hash, beside| node(&hash, beside));
        assert_eq!(hash, root(&leaves));
        let last = path(&leaves, 6);
        assert_eq!(last.iter().fold(leaf(&leaves[6]), |hash, beside| node(beside, &hash)), root(&leaves));
        assert_eq!((first.len(), last.len()), (3, 2));
    }
}
