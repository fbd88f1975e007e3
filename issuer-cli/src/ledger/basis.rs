//! What batches rest on: the minutes that their lists were compared with, and the secret that their serials follow from.

use anyhow::{Result, bail, ensure};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Event, Writer};
use crate::hex::hex;

/// Minutes that a batch was compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UsedMinutes {
    /// Their number.
    pub number: u64,
    /// Root over their lines.
    pub root: [u8; 32],
}

/// Records the secret of an authority's first batch; later ones must have the same.
pub(super) fn record_secret(
    writer: &Writer<'_>,
    authority: &str,
    test: bool,
    fingerprint: &[u8; 32],
    now: u64,
) -> Result<()> {
    match recorded_secret(writer.connection(), authority, test)? {
        Some(known) => ensure!(known == *fingerprint, "the office has sealed with another secret"),
        None => {
            writer.connection().execute(
                "INSERT INTO secret (authority, test, fingerprint) VALUES (?, ?, ?)",
                params![authority, test, fingerprint],
            )?;
            let event = Event::Secret { authority: authority.to_owned(), test, fingerprint: hex(fingerprint) };
            writer.append(now, &event, &[])?;
        }
    }
    Ok(())
}

/// The fingerprint of an authority's secret, once something was sealed with it.
pub(super) fn recorded_secret(connection: &Connection, authority: &str, test: bool) -> Result<Option<[u8; 32]>> {
    let sql = "SELECT fingerprint FROM secret WHERE authority = ? AND test = ?";
    Ok(connection.query_row(sql, params![authority, test], |row| row.get(0)).optional()?)
}

/// The minutes of batches of which `which` holds, by number.
pub(super) fn used_minutes(connection: &Connection, which: &str, value: i64) -> Result<Vec<UsedMinutes>> {
    let sql = format!(
        "SELECT DISTINCT number, root FROM used_minutes JOIN batch ON batch.id = batch WHERE {which} AND NOT dropped ORDER BY number"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([value], |row| Ok(UsedMinutes { number: row.get(0)?, root: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn record_minutes(connection: &Connection, batch: i64, minutes: &[UsedMinutes]) -> Result<()> {
    let known = used_minutes(connection, "batch.id <> ?", batch)?;
    for UsedMinutes { number, root } in minutes {
        if known.iter().any(|known| known.number == *number && known.root != *root) {
            bail!("documents were sealed by other minutes with the number {number}; look which are right");
        }
        connection
            .execute("INSERT INTO used_minutes (batch, number, root) VALUES (?, ?, ?)", params![batch, number, root])?;
    }
    Ok(())
}
