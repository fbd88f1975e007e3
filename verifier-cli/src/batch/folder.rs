//! The files of folders, in the order of their names. The only user of walkdir.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::trouble::Trouble;

/// A file of the folders, or what stands where one was meant to be.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// As the report names it: the folder as given, and the way from there.
    pub(super) name: String,
    /// Why it is not opened: a link, a device, a folder that may not be entered.
    pub(super) trouble: Option<Trouble>,
}

/// Every file below the folders, once. Links are not followed; what is `left_out`, or lies in it, belongs to the run itself.
pub(super) fn files(folders: &[PathBuf], left_out: &[PathBuf]) -> Vec<Found> {
    let left_out: BTreeSet<_> = left_out.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for entry in folders.iter().flat_map(|folder| WalkDir::new(folder).sort_by_file_name()) {
        let (path, trouble) = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) if entry.file_type().is_file() => (entry.into_path(), None),
            Ok(entry) => (entry.into_path(), Some(Trouble::NotAFile)),
            Err(error) => {
                let kind = error.io_error().map_or(std::io::ErrorKind::Other, std::io::Error::kind);
                (error.path().map(Path::to_path_buf).unwrap_or_default(), Some(Trouble::opening(kind)))
            }
        };
        let whole = fs::canonicalize(&path).ok().filter(|_| trouble.is_none());
        let is_own = |whole: &Path| whole.ancestors().any(|above| left_out.contains(above));
        let is_new = whole.as_ref().is_none_or(|whole| !is_own(whole) && seen.insert(whole.clone()));
        if is_new {
            found.push(Found { name: path.to_string_lossy().replace('\\', "/"), path, trouble });
        }
    }
    found
}
