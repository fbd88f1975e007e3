//! The Merkle tree of registers and minutes: RFC 9162 section 2.1 with SHA-256.

use sha2::{Digest, Sha256};

/// SHA-256, as a leaf's data, a leaf's hash, a node or a root.
pub(crate) type Hash = [u8; 32];

/// A tree over leaves of 32 bytes each, with every level kept, so that each leaf's path is a few look-ups.
#[derive(Clone, Debug)]
pub struct MerkleTree {
    /// Leaf hashes first; an odd last node rises unchanged, which gives the tree of RFC 9162.
    levels: Vec<Vec<Hash>>,
}

impl MerkleTree {
    /// The tree over `leaves`, in their order.
    pub fn new(leaves: impl IntoIterator<Item = [u8; 32]>) -> Self {
        Self::of_hashes(leaves.into_iter().map(|data| leaf_hash(&data)).collect())
    }

    pub(crate) fn of_hashes(hashes: Vec<Hash>) -> Self {
        let mut levels = vec![hashes];
        while let Some(level) = levels.last().filter(|level| level.len() > 1) {
            levels.push(level.chunks(2).map(above).collect());
        }
        Self { levels }
    }

    /// How many leaves it has.
    pub fn count(&self) -> u64 {
        self.levels[0].len() as u64
    }

    /// Its root; of a tree without leaves, the hash of nothing.
    pub fn root(&self) -> [u8; 32] {
        self.levels.last().and_then(|level| level.first()).copied().unwrap_or_else(|| Sha256::digest([]).into())
    }

    /// The inclusion path of the leaf at `index`, from the leaf upwards; `None` if there is no such leaf.
    pub fn path(&self, index: u64) -> Option<Vec<[u8; 32]>> {
        let mut at = usize::try_from(index).ok().filter(|&at| at < self.levels[0].len())?;
        let mut path = Vec::new();
        for level in &self.levels {
            path.extend(level.get(at ^ 1));
            at /= 2;
        }
        Some(path)
    }

    /// Whether `path` leads from a leaf with this data at `index` to the `root` of a tree of `count` leaves.
    pub fn path_holds(data: &[u8; 32], index: u64, path: &[[u8; 32]], count: u64, root: &[u8; 32]) -> bool {
        root_of_path(leaf_hash(data), index, path, count) == Some(*root)
    }
}

pub(crate) fn leaf_hash(data: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(data).finalize().into()
}

pub(crate) fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

fn above(pair: &[Hash]) -> Hash {
    if let [left, right] = pair { node(left, right) } else { pair[0] }
}

// RFC 9162 section 2.1.3.2, steps 1 to 5
fn root_of_path(leaf: Hash, index: u64, path: &[Hash], count: u64) -> Option<Hash> {
    let (mut at, mut last) = (index, count.checked_sub(1).filter(|&last| index <= last)?);
    let mut hash = leaf;
    for sibling in path {
        if last == 0 {
            return None;
        }
        if at % 2 == 1 || at == last {
            hash = node(sibling, &hash);
            while at % 2 == 0 && at != 0 {
                (at, last) = (at / 2, last / 2);
            }
        } else {
            hash = node(&hash, sibling);
        }
        (at, last) = (at / 2, last / 2);
    }
    (last == 0).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition of RFC 9162 section 2.1.1, word for word.
    fn plain_root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [one] => leaf_hash(one),
            several => {
                let split = several.len().next_power_of_two() / 2;
                node(&plain_root(&several[..split]), &plain_root(&several[split..]))
            }
        }
    }

    fn leaves(count: u8) -> Vec<Hash> {
        (0..count).map(|n| Sha256::digest([n]).into()).collect()
    }

    fn hex(hash: Hash) -> String {
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The eight leaves and roots that the tests of Certificate Transparency have used since RFC 6962.
    #[test]
    fn known_trees_of_no_to_eight_leaves() {
        let data: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        for (count, root) in roots.into_iter().enumerate() {
            let tree = MerkleTree::of_hashes(data[..count].iter().map(|data| leaf_hash(data)).collect());
            assert_eq!((hex(tree.root()).as_str(), tree.count()), (root, count as u64));
        }
    }

    #[test]
    fn level_by_level_gives_the_tree_of_the_definition() {
        for count in 0..=130 {
            assert_eq!(MerkleTree::new(leaves(count)).root(), plain_root(&leaves(count)), "{count}");
        }
    }

    #[test]
    fn every_path_of_trees_of_1_to_70_leaves_holds_and_no_changed_one_does() {
        for count in 1..=70 {
            let (leaves, size) = (leaves(count), u64::from(count));
            let tree = MerkleTree::new(leaves.clone());
            let root = tree.root();
            for (index, leaf) in (0..).zip(&leaves) {
                let path = tree.path(index).unwrap();
                let holds = |leaf, index, path: &[Hash], size| MerkleTree::path_holds(leaf, index, path, size, &root);
                assert!(holds(leaf, index, &path, size), "{index} of {count}");
                refuse_other_paths(&path, |path| holds(leaf, index, path, size));
                let other = Sha256::digest(b"another document").into();
                assert!(!holds(&other, index, &path, size));
                for elsewhere in (0..size + 2).filter(|&elsewhere| elsewhere != index) {
                    assert!(!holds(leaf, elsewhere, &path, size), "{index} at {elsewhere} of {count}");
                }
                assert!(!holds(leaf, index, &path, 0));
            }
            assert_eq!(tree.path(size), None);
        }
    }

    fn refuse_other_paths(path: &[Hash], holds: impl Fn(&[Hash]) -> bool) {
        for at in 0..path.len() {
            let mut changed = path.to_vec();
            changed[at][at] ^= 1;
            assert!(!holds(&changed));
            changed.remove(at);
            assert!(!holds(&changed));
        }
        for at in 0..=path.len() {
            let mut longer = path.to_vec();
            longer.insert(at, [0; 32]);
            assert!(!holds(&longer));
        }
    }

    proptest! {
        #[test]
        fn no_made_up_path_holds(
            index in any::<u64>(), count in any::<u64>(), path in proptest::collection::vec(any::<[u8; 32]>(), 0..70),
        ) {
            let root = MerkleTree::new(leaves(9)).root();
            prop_assert!(!MerkleTree::path_holds(&[1; 32], index, &path, count, &root));
        }
    }
}
