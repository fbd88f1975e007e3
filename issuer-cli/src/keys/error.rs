//! Why a key or a passphrase cannot be had.

use std::io::ErrorKind;
use std::path::PathBuf;

use thiserror::Error;

/// Why a key file cannot be read, opened or written.
#[derive(Clone, Debug, Eq, PartialEq, Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The file cannot be read.
    #[error("cannot read {path}: {kind}", path = .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        kind: ErrorKind,
    },
    /// The file cannot be written.
    #[error("cannot write {path}: {kind}", path = .path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        kind: ErrorKind,
    },
    /// A key would be written over a file.
    #[error("{path} exists already; keys are never overwritten", path = .path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The path names a folder, a pipe or a device.
    #[error("{path} is not a regular file", path = .path.display())]
    NotRegular {
        /// The path.
        path: PathBuf,
    },
    /// The file is larger than any key.
    #[error("the file is longer than {most} bytes, too long for a key file")]
    TooLong {
        /// The longest file that is read.
        most: usize,
    },
    /// The file is something else.
    #[error("not a key file of the kind wanted: found {found}")]
    NotAKeyFile {
        /// What it seems to be.
        found: &'static str,
    },
    /// The private key is not protected by a passphrase.
    #[error("the private key in this file is not encrypted")]
    Unencrypted,
    /// The end of the file is missing.
    #[error("the key file is cut off: its END line is missing")]
    Truncated,
    /// The file is a key file, but its bytes are broken.
    #[error("the key file is damaged: {part} cannot be read")]
    Damaged {
        /// The part that is broken.
        part: &'static str,
    },
    /// The key is derived from the passphrase in a way that is not supported.
    #[error("the key file is protected by {found}; wanted scrypt")]
    UnsupportedDerivation {
        /// The derivation found.
        found: &'static str,
    },
    /// The key is encrypted with a cipher that is not supported.
    #[error("the key file is encrypted with {found}; wanted AES-256-CBC")]
    UnsupportedCipher {
        /// The cipher found.
        found: &'static str,
    },
    /// The parameters of scrypt are outside its definition.
    #[error("the key file asks for scrypt with N={n}, r={r}, p={p}, which does not exist")]
    InvalidScrypt {
        /// Cost.
        n: u64,
        /// Block size.
        r: u16,
        /// Parallelism.
        p: u16,
    },
    /// Opening the file would take more memory or time than any honest file.
    #[error(
        "the key file asks for scrypt with N={n}, r={r}, p={p}; \
         allowed are 128 N r of {most_mib} MiB and N r p of {most_work}"
    )]
    TooCostly {
        /// Cost.
        n: u64,
        /// Block size.
        r: u16,
        /// Parallelism.
        p: u16,
        /// The most memory allowed, in MiB.
        most_mib: u64,
        /// The largest product of N, r and p allowed.
        most_work: u64,
    },
    /// The passphrase does not open the file.
    #[error("the passphrase does not open this key file")]
    WrongPassphrase,
    /// The key is of another kind.
    #[error("the file holds {found}; wanted an Ed25519 key")]
    NotEd25519 {
        /// The kind of key found.
        found: &'static str,
    },
    /// The public key beside the private one is not its own.
    #[error("the public key inside the file does not belong to its private key")]
    Mismatch,
    /// The public key is not a point of the curve.
    #[error("the public key is not a point of the curve")]
    NotAPoint,
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    NoRandomness,
}

impl KeyError {
    /// What the person can do next, if there is something.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Unencrypted | Self::UnsupportedDerivation { .. } | Self::UnsupportedCipher { .. } => REENCRYPT,
            Self::TooCostly { .. } | Self::Truncated | Self::Damaged { .. } | Self::Mismatch => {
                "take the copy of the key from the vault"
            }
            Self::WrongPassphrase => "type it again; if it is right, the file is damaged",
            Self::Exists { .. } => "give another name, or move the old file away",
            Self::NotEd25519 { .. } => "make a key with: issuer key new",
            _ => return None,
        })
    }
}

const REENCRYPT: &str = "encrypt it again with: \
    openssl pkcs8 -topk8 -scrypt -v2 aes-256-cbc -in OLD -out NEW";

/// Why there is no passphrase.
#[derive(Clone, Debug, Eq, PartialEq, Error)]
#[non_exhaustive]
pub enum PassphraseError {
    /// The file of passphrases cannot be read.
    #[error("cannot read the passphrases from {path}: {kind}", path = .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        kind: ErrorKind,
    },
    /// The file of passphrases is too long.
    #[error("the passphrase file is longer than {most} bytes")]
    TooLong {
        /// The longest file that is read.
        most: usize,
    },
    /// The file of passphrases is not UTF-8 text.
    #[error("the passphrase file is not UTF-8 text")]
    NotText,
    /// A line of the file of passphrases is empty.
    #[error("line {line} of the passphrase file is empty")]
    EmptyLine {
        /// The line, counted from 1.
        line: usize,
    },
    /// More keys ask for passphrases than the file has.
    #[error("the passphrase file has {lines} lines, and one more key asks for a passphrase")]
    UsedUp {
        /// How many passphrases the file had.
        lines: usize,
    },
    /// There is no terminal to ask on.
    #[error("there is no terminal to ask for a passphrase; give a passphrase file")]
    NoTerminal,
    /// The person gave up.
    #[error("no passphrase was given")]
    Abandoned,
    /// A new passphrase is too short.
    #[error("the new passphrase has {characters} characters; wanted at least {least}")]
    TooShort {
        /// Its length.
        characters: usize,
        /// The least length.
        least: usize,
    },
    /// The two typings of a new passphrase differ.
    #[error("the two passphrases differ")]
    Differ,
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    NoRandomness,
}
