//! Key files of the exam office: encrypted PKCS#8 that OpenSSL reads too (SPEC sections 5 and 15).
//!
//! A key file is hostile input until its passphrase has opened it: size, algorithms and cost are
//! checked before anything is computed.

mod cost;
mod error;
mod file;
mod passphrase;
#[cfg(test)]
mod passphrase_tests;
mod public;
mod secret;
mod store;
#[cfg(test)]
mod store_tests;
mod suggest;
#[cfg(test)]
mod tests;

pub use error::{KeyError, PassphraseError};
pub use file::KeyFile;
pub use passphrase::{NewPassphrase, Passphrases};
pub use public::{fingerprint, public_key_from_pem, public_key_to_pem, read_public_key};
pub use secret::{OfficeSecret, SecretError, secret_path};
pub use store::public_path;
pub use suggest::suggest;
