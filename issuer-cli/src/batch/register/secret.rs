//! Which secret of the office the serials of a register follow from: another one would give the same facts other serials.

use std::path::Path;

use anyhow::{Result, ensure};
use credential_core::document::{Serial, World};
use rusqlite::{Connection, OptionalExtension, params};

use super::Register;
use crate::keys::{OfficeSecret, secret_path};

impl Register {
    /// Whether anything was sealed, or promised to be.
    pub fn has_sealed(&self) -> Result<bool> {
        Ok(self.connection.query_row("SELECT EXISTS (SELECT 1 FROM batch)", [], |row| row.get(0))?)
    }

    /// The secret of an authority beside a key; it is made if nothing was sealed with it, and must be the same ever after.
    pub fn office_secret(&self, key_file: &Path, authority: &str, world: World) -> Result<OfficeSecret> {
        let path = secret_path(key_file, authority, world);
        let secret = OfficeSecret::open_or_create(&path, self.has_sealed()?)?;
        ensure!(
            recorded(&self.connection)?.is_none_or(|known| known == secret.fingerprint()),
            "{} is another secret than the one with which this key has sealed; put the copy from the backup back",
            path.display()
        );
        Ok(secret)
    }

    /// Batch, position and digest of the document that has a serial.
    pub(in crate::batch) fn owner(&self, serial: &Serial) -> Result<Option<(i64, u32, [u8; 32])>> {
        let mut statement =
            self.connection.prepare_cached("SELECT batch, position, digest FROM document WHERE serial = ?")?;
        let found = statement
            .query_row(params![serial.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        Ok(found)
    }
}

/// Records the secret of a register's first batch; later ones must have the same.
pub(super) fn record(connection: &Connection, fingerprint: &[u8; 32]) -> Result<()> {
    match recorded(connection)? {
        None => drop(connection.execute("INSERT INTO secret (id, fingerprint) VALUES (1, ?)", [fingerprint])?),
        Some(known) => ensure!(known == *fingerprint, "the register was begun with another secret of the office"),
    }
    Ok(())
}

fn recorded(connection: &Connection) -> Result<Option<[u8; 32]>> {
    Ok(connection.query_row("SELECT fingerprint FROM secret", [], |row| row.get(0)).optional()?)
}
