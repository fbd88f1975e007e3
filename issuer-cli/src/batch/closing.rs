//! The end of a register: which minutes its batches were compared with, and the head that closed it.

use anyhow::{Result, bail, ensure};
use credential_core::time::rfc3339;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::minutes::UsedMinutes;

/// How a register was closed: whoever closes it again gets the same head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// When.
    pub closed_at: u64,
    /// The number of the register within the authority.
    pub number: u32,
    /// The public half of the key that signed the head.
    pub register_key: [u8; 32],
    /// The signed head.
    pub head: Vec<u8>,
}

pub(super) fn find(connection: &Connection) -> Result<Option<Closing>> {
    if !has(connection, "closing")? {
        return Ok(None); // made by a version that did not record it
    }
    let found = connection.query_row("SELECT closed_at, number, register_key, head FROM closing", [], |row| {
        let (closed_at, number) = (row.get(0)?, row.get(1)?);
        Ok(Closing { closed_at, number, register_key: row.get(2)?, head: row.get(3)? })
    });
    Ok(found.optional()?)
}

pub(super) fn ensure_open(connection: &Connection) -> Result<()> {
    match find(connection)? {
        None => Ok(()),
        Some(closing) => bail!(
            "this key was closed {} with register {}; nothing more is sealed with it: make a new session key",
            rfc3339(closing.closed_at),
            closing.number
        ),
    }
}

pub(super) fn close(connection: &mut Connection, closing: &Closing) -> Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    match find(&transaction)? {
        Some(found) => ensure!(found == *closing, "the register was closed before, with another head"),
        None => drop(transaction.execute(
            "INSERT INTO closing (id, closed_at, number, register_key, head) VALUES (1, ?, ?, ?, ?)",
            params![closing.closed_at, closing.number, closing.register_key, closing.head],
        )?),
    }
    Ok(transaction.commit()?)
}

/// By number; of one batch, or of all.
pub(super) fn minutes(connection: &Connection, batch: Option<i64>) -> Result<Vec<UsedMinutes>> {
    if !has(connection, "minutes")? {
        return Ok(Vec::new());
    }
    let mut statement = connection
        .prepare_cached("SELECT DISTINCT number, root FROM minutes WHERE ?1 IS NULL OR batch = ?1 ORDER BY number")?;
    let rows = statement.query_map(params![batch], |row| Ok(UsedMinutes { number: row.get(0)?, root: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn record_minutes(connection: &Connection, batch: i64, minutes: &[UsedMinutes]) -> Result<()> {
    let known = self::minutes(connection, None)?;
    for UsedMinutes { number, root } in minutes {
        let other = known.iter().any(|known| known.number == *number && known.root != *root);
        ensure!(
            !other,
            "this key has sealed documents by other minutes with the number {number}; look which are right"
        );
        connection
            .execute("INSERT INTO minutes (batch, number, root) VALUES (?, ?, ?)", params![batch, number, root])?;
    }
    Ok(())
}

/// Whether a register has a table: older ones lack those that came later.
pub(super) fn has(connection: &Connection, table: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?)";
    Ok(connection.query_row(sql, [table], |row| row.get(0))?)
}
