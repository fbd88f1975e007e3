//! The secret of an office, from which the serials of its documents follow (ISS-2).
//!
//! The same facts have the same serial, whatever key or run, as long as the secret is the same. So it is made once, goes
//! into backups with the keys, and is never made again in silence.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use credential_core::document::{Serial, World};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::file::{folder, write_secret};
use crate::hex::{from_hex, hex};

/// 32 random bytes that belong to an authority, for the live or the test world.
#[derive(Clone, PartialEq, Eq)]
pub struct OfficeSecret(Zeroizing<[u8; LENGTH]>);

/// Why there is no secret of the office.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SecretError {
    /// Documents were sealed with it, and it is not there.
    #[error(
        "the office's secret {path} is missing, and documents were sealed with it; put the copy from the backup back. \
         A new one would give the same documents other serials",
        path = .path.display()
    )]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read or written.
    #[error("the office's secret {path}: {kind}", path = .path.display())]
    Unreachable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        kind: ErrorKind,
    },
    /// The file is not as it was written.
    #[error(
        "the office's secret {path} is damaged: {part}; put the copy from the backup back",
        path = .path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What of it cannot be used.
        part: &'static str,
    },
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    NoRandomness,
}

/// Where the secret of an authority stands: beside the key file, one for all keys of the authority in that folder.
#[must_use]
pub fn secret_path(key_file: &Path, authority: &str, world: World) -> PathBuf {
    let ending = match world {
        World::Live => "secret",
        World::Test => "test.secret",
    };
    folder(key_file).join(format!("{authority}.{ending}"))
}

impl OfficeSecret {
    /// Reads a secret that is there.
    ///
    /// # Errors
    ///
    /// The file is missing, cannot be read, or is damaged.
    pub fn open(path: &Path) -> Result<Self, SecretError> {
        let text = match fs::read(path) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(SecretError::Missing { path: path.into() });
            }
            Err(error) => return Err(SecretError::Unreachable { path: path.into(), kind: error.kind() }),
        };
        read(&text).map_err(|part| SecretError::Damaged { path: path.into(), part })
    }

    /// Reads the secret, or makes it if nothing was sealed with it yet.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), a missing one only if documents were `sealed_before`; or it cannot be written.
    pub fn open_or_create(path: &Path, sealed_before: bool) -> Result<Self, SecretError> {
        match Self::open(path) {
            Err(SecretError::Missing { .. }) if !sealed_before => {}
            found => return found,
        }
        let secret = Self::random()?;
        match write_secret(path, &secret.to_file(path)) {
            Ok(()) => Ok(secret),
            // another program of the office was first: there is one secret, and it is that one
            Err(_) if path.exists() => Self::open(path),
            Err(error) => {
                let kind = error.root_cause().downcast_ref().map_or(ErrorKind::Other, std::io::Error::kind);
                Err(SecretError::Unreachable { path: path.into(), kind })
            }
        }
    }

    /// A new secret that stands in no file.
    ///
    /// # Errors
    ///
    /// Only if the system gives no random bytes.
    pub fn random() -> Result<Self, SecretError> {
        let mut bytes = Zeroizing::new([0; LENGTH]);
        getrandom::fill(bytes.as_mut_slice()).map_err(|_| SecretError::NoRandomness)?;
        Ok(Self(bytes))
    }

    /// The serial of what `data` states, `length` bytes long: 8, or 9 where 8 stand for other facts already.
    ///
    /// # Panics
    ///
    /// If `length` is not 8 to 16.
    #[must_use]
    pub fn serial(&self, data: &[u8], length: usize) -> Serial {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_slice()).expect("HMAC takes keys of any length");
        mac.update(data);
        Serial::new(&mac.finalize().into_bytes()[..length]).expect("a serial has 8 to 16 bytes")
    }

    /// A digest of parts that only this office can make: what the ledger compares persons and contents by.
    ///
    /// # Panics
    ///
    /// Never: HMAC takes keys of any length.
    #[must_use]
    pub fn blind(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 16] {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_slice()).expect("HMAC takes keys of any length");
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        let digest = mac.finalize().into_bytes();
        std::array::from_fn(|at| digest[at])
    }

    /// What a ledger knows it by; nothing follows from it.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::new().chain_update(b"sceau office secret").chain_update(self.0.as_slice()).finalize().into()
    }

    fn checksum(&self) -> String {
        hex(&self.fingerprint()[..CHECKSUM])
    }

    fn to_file(&self, path: &Path) -> Zeroizing<Vec<u8>> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let value = Zeroizing::new(hex(self.0.as_slice()));
        Zeroizing::new(format!("{EXPLANATION} ({name})\n{}\n{}\n", *value, self.checksum()).into_bytes())
    }
}

/// Nothing of it is shown.
impl fmt::Debug for OfficeSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OfficeSecret")
    }
}

/// The secret in the text of a file, or what is wrong with it. Line ends may have changed on the way through a backup.
fn read(bytes: &[u8]) -> Result<OfficeSecret, &'static str> {
    let text = str::from_utf8(bytes).map_err(|_| "it is no text")?;
    let mut lines = text.lines();
    if !lines.next().is_some_and(|line| line.starts_with(EXPLANATION)) {
        return Err("its first line is not that of an office's secret");
    }
    let value = lines.next().and_then(from_hex).map(Zeroizing::new);
    let value = value.and_then(|value| <[u8; LENGTH]>::try_from(value.as_slice()).ok());
    let secret = OfficeSecret(Zeroizing::new(value.ok_or("its second line is not 64 hexadecimal digits")?));
    if lines.next() != Some(secret.checksum().as_str()) || lines.next().is_some() {
        return Err("its checksum does not agree");
    }
    Ok(secret)
}

const EXPLANATION: &str =
    "# Sceau: secret of an office. Serials follow from it: keep it with the keys and in every backup";
const LENGTH: usize = 32;
const CHECKSUM: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = secret_path(&folder.path().join("bac.key"), "BJ-OB", World::Live);
        (folder, path)
    }

    #[test]
    fn all_keys_of_an_authority_in_a_folder_share_one_and_the_test_world_has_another() {
        let name = |key: &str, world| secret_path(Path::new(key), "BJ-OB", world);
        assert_eq!(name("keys/one.key", World::Live), Path::new("keys/BJ-OB.secret"));
        assert_eq!(name("keys/other.key", World::Live), name("keys/one.key", World::Live));
        assert_eq!(name("one.key", World::Test), Path::new("./BJ-OB.test.secret"));
    }

    #[test]
    fn it_is_made_once_and_read_again() {
        let (_folder, path) = place();
        assert_eq!(OfficeSecret::open(&path), Err(SecretError::Missing { path: path.clone() }));
        let made = OfficeSecret::open_or_create(&path, false).unwrap();
        assert_eq!(OfficeSecret::open_or_create(&path, true), Ok(made.clone()));
        assert_eq!(OfficeSecret::open(&path), Ok(made));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_missing_one_is_never_made_again_once_documents_were_sealed() {
        let (_folder, path) = place();
        assert_eq!(OfficeSecret::open_or_create(&path, true), Err(SecretError::Missing { path: path.clone() }));
        assert!(!path.exists());
    }

    #[test]
    fn a_damaged_one_is_named_and_never_replaced() {
        let (_folder, path) = place();
        OfficeSecret::open_or_create(&path, false).unwrap();
        let good = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = good.lines().collect();
        let other = if lines[1].starts_with('0') { "1" } else { "0" };
        for (changed, part) in [
            (String::new(), "its first line is not that of an office's secret"),
            (good.replacen("Sceau", "sceau", 1), "its first line is not that of an office's secret"),
            (lines[..1].join("\n"), "its second line is not 64 hexadecimal digits"),
            (good.replacen(lines[1], &lines[1][1..], 1), "its second line is not 64 hexadecimal digits"),
            (good.replacen(lines[1], &[other, &lines[1][1..]].concat(), 1), "its checksum does not agree"),
            (lines[..2].join("\n"), "its checksum does not agree"),
            (format!("{good}more\n"), "its checksum does not agree"),
        ] {
            fs::write(&path, &changed).unwrap();
            for sealed_before in [false, true] {
                let found = OfficeSecret::open_or_create(&path, sealed_before);
                assert_eq!(found, Err(SecretError::Damaged { path: path.clone(), part }), "{changed}");
            }
            assert_eq!(fs::read_to_string(&path).unwrap(), changed);
        }
        fs::write(&path, good.replace('\n', "\r\n")).unwrap();
        assert!(OfficeSecret::open(&path).is_ok(), "line ends of another system");
    }

    #[test]
    fn the_same_facts_have_the_same_serial_and_a_longer_one_begins_with_it() {
        let (one, other) = (OfficeSecret::random().unwrap(), OfficeSecret::random().unwrap());
        let serial = one.serial(b"facts", 8);
        assert_eq!(one.serial(b"facts", 8), serial);
        assert_eq!(one.serial(b"facts", 9).as_bytes()[..8], *serial.as_bytes());
        assert_ne!(one.serial(b"other facts", 8), serial);
        assert_ne!(other.serial(b"facts", 8), serial);
        assert_ne!(one.fingerprint(), other.fingerprint());
        assert_eq!(format!("{one:?}"), "OfficeSecret");
    }
}
