//! Files on disk: each appears whole or not at all, and none is overwritten.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// Writes a file under a passing name, brings it to the disk and gives it its name, unless that is taken.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    write_with_mode(path, bytes, 0o644)
}

/// The same for a file that only its owner reads.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> Result<()> {
    write_with_mode(path, bytes, 0o600)
}

/// The same for a file that a stopped run may have written already, see [`is_written`].
pub(crate) fn write_once(path: &Path, bytes: &[u8], otherwise: &str) -> Result<()> {
    if is_written(path, bytes, otherwise)? { Ok(()) } else { write_whole(path, bytes) }
}

/// Whether a file is there with these bytes; one with other bytes is an error: its path, and `otherwise`.
pub(crate) fn is_written(path: &Path, bytes: &[u8], otherwise: &str) -> Result<bool> {
    let Ok(file) = File::open(path) else { return Ok(false) };
    let mut found = Vec::new();
    file.take(bytes.len() as u64 + 1).read_to_end(&mut found).with_context(|| format!("reading {}", path.display()))?;
    ensure!(found == bytes, "{} {otherwise}", path.display());
    Ok(true)
}

fn write_with_mode(path: &Path, bytes: &[u8], mode: u32) -> Result<()> {
    let context = || format!("writing {}", path.display());
    let mut file = tempfile::Builder::new().prefix(PASSING).tempfile_in(folder(path)).with_context(context)?;
    file.write_all(bytes).with_context(context)?;
    #[cfg(not(unix))]
    let _ = mode;
    #[cfg(unix)]
    file.as_file().set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode)).with_context(context)?;
    file.as_file().sync_all().with_context(context)?;
    file.persist_noclobber(path).with_context(context)?;
    Ok(())
}

/// Lets nobody but its owner read a file.
pub(crate) fn keep_private(path: &Path) -> Result<()> {
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .with_context(|| format!("making {} private", path.display()))?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Writes a file in the place of the one that is there, whole or not at all.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let context = || format!("writing {}", path.display());
    let mut file = tempfile::Builder::new().prefix(PASSING).tempfile_in(folder(path)).with_context(context)?;
    file.write_all(bytes).with_context(context)?;
    file.persist(path).with_context(context)?;
    Ok(())
}

/// Whether a killed run may have left this file behind.
pub(crate) fn is_passing(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(PASSING))
}

/// The folder that a file stands in.
pub(crate) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// The path with an ending behind its name.
pub(crate) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Locks `path` for this program, by a file beside it; `busy` says what to do if another program holds it.
pub(crate) fn lock(path: &Path, busy: &str) -> Result<File> {
    let name = with_ending(path, ".lock");
    let file = File::options().create(true).truncate(false).write(true).open(&name);
    let file = file.with_context(|| format!("opening {}", name.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => bail!("{busy} ({})", path.display()),
        Err(std::fs::TryLockError::Error(error)) => Err(error).with_context(|| format!("locking {}", path.display())),
    }
}

const PASSING: &str = ".sceau-";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_once_and_the_same_bytes_again_are_no_fault() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.head");
        let write = |bytes: &[u8]| write_once(&path, bytes, "was changed").map_err(|error| error.to_string());
        assert_eq!([write(b"one"), write(b"one")], [Ok(()), Ok(())]);
        let changed = Err(format!("{} was changed", path.display()));
        assert_eq!([write(b"two"), write(b"on"), write(b"one more")], [(); 3].map(|()| changed.clone()));
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write_whole(&path, b"one").unwrap();
        assert_eq!(write_whole(&path, b"one").unwrap_err().to_string(), format!("writing {}", path.display()));
        assert!(std::fs::read_dir(folder.path()).unwrap().flatten().all(|entry| !is_passing(&entry.path())));
    }

    #[test]
    fn an_ending_stands_behind_the_whole_name() {
        assert_eq!(with_ending(Path::new("a/bac.2026.key"), ".register"), Path::new("a/bac.2026.key.register"));
        assert_eq!([folder(Path::new("a/b")), folder(Path::new("b"))], [Path::new("a"), Path::new(".")]);
    }
}
