//! Key files on disk: read with a cap, written whole or not at all, never over another file.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use ed25519_dalek::{SigningKey, VerifyingKey};
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use super::public::public_key_to_pem;
use super::{KeyError, KeyFile, NewPassphrase};
use crate::file::{folder, with_ending};

impl KeyFile {
    /// Makes a new key, writes it to `path` and its public half beside it, and returns that.
    ///
    /// # Errors
    ///
    /// A file of one of the two names exists, or the folder cannot be written.
    pub fn create(path: &Path, passphrase: &NewPassphrase) -> Result<VerifyingKey, KeyError> {
        let public_path = public_path(path);
        check_free(path)?;
        check_free(&public_path)?;
        let key = random_key()?;
        let private = Self::seal(&key, passphrase)?.to_pem();
        let private = stage(path, &private, PRIVATE_MODE)?;
        let public = public_key_to_pem(&key.verifying_key());
        let public = stage(&public_path, &public, PUBLIC_MODE)?;
        publish(private, path)?;
        if let Err(error) = publish(public, &public_path) {
            // the new key has not been used: half a pair is worth less than none
            let _ = fs::remove_file(path);
            return Err(error);
        }
        sync_folder(path);
        Ok(key.verifying_key())
    }

    /// Reads a key file without opening it.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is no key file, or would cost too much to open.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        Self::from_pem(&read_text(path)?)
    }
}

/// Where the public half of a key file is: the same name with `.pub` behind it.
#[must_use]
pub fn public_path(path: &Path) -> PathBuf {
    with_ending(path, ".pub")
}

/// Reads a regular file of at most 16 KiB.
pub(super) fn read_text(path: &Path) -> Result<Zeroizing<String>, KeyError> {
    let unreadable = |kind| KeyError::Unreadable { path: path.into(), kind };
    // asked before opening, because opening a pipe waits for its writer
    let metadata = fs::metadata(path).map_err(|error| unreadable(error.kind()))?;
    if !metadata.is_file() {
        return Err(KeyError::NotRegular { path: path.into() });
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST_FILE + 1));
    File::open(path)
        .and_then(|file| file.take(LONGEST_FILE as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(error.kind()))?;
    if bytes.len() > LONGEST_FILE {
        return Err(KeyError::TooLong { most: LONGEST_FILE });
    }
    let text = str::from_utf8(&bytes).map_err(|_| KeyError::NotAKeyFile { found: "no text" })?;
    Ok(Zeroizing::new(text.to_owned()))
}

fn random_key() -> Result<SigningKey, KeyError> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut_slice()).map_err(|_| KeyError::NoRandomness)?;
    Ok(SigningKey::from_bytes(&seed))
}

fn check_free(path: &Path) -> Result<(), KeyError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(KeyError::Exists { path: path.into() }),
        Err(_) => Ok(()),
    }
}

/// Writes a file under a passing name in the folder where it belongs.
fn stage(path: &Path, text: &str, mode: u32) -> Result<NamedTempFile, KeyError> {
    let staged = tempfile::Builder::new().prefix(".key-").tempfile_in(folder(path));
    staged
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            set_mode(file.as_file(), mode)?;
            file.as_file().sync_all()?;
            Ok(file)
        })
        .map_err(|error| KeyError::Unwritable { path: path.into(), kind: error.kind() })
}

/// Gives a staged file its name, unless there is a file of that name.
fn publish(staged: NamedTempFile, path: &Path) -> Result<(), KeyError> {
    match staged.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => Err(KeyError::Exists { path: path.into() }),
        Err(failed) => Err(KeyError::Unwritable { path: path.into(), kind: failed.error.kind() }),
    }
}

/// Makes the names last; some file systems cannot, and the files are there all the same.
fn sync_folder(path: &Path) {
    if let Ok(folder) = File::open(folder(path)) {
        let _ = folder.sync_all();
    }
}

#[cfg(unix)]
fn set_mode(file: &File, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &File, _: u32) -> std::io::Result<()> {
    Ok(())
}

const LONGEST_FILE: usize = 16 * 1024;
const PRIVATE_MODE: u32 = 0o600;
const PUBLIC_MODE: u32 = 0o644;
