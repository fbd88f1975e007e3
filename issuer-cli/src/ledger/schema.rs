//! The tables of a ledger, and how an older file becomes one of today.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use rusqlite::Connection;

/// "Scea": whose file it is, for whoever finds it.
const APPLICATION: i32 = 0x5363_6561;
/// The version that this program writes.
const VERSION: i32 = 1;

/// Makes the tables in an empty file.
pub(super) fn create(connection: &Connection) -> Result<()> {
    set_up(connection)?;
    connection.execute_batch(&format!(
        "BEGIN; {TABLES} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
    ))?;
    Ok(())
}

/// How every connection works.
pub(super) fn set_up(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(())
}

/// Looks at the file before SQLite does: what is gone, empty or something else is no beginning but a loss.
pub(super) fn check_file(path: &Path) -> Result<()> {
    let name = path.display();
    let mut head = [0; 72];
    let read = std::fs::File::open(path).and_then(|file| file.take(72).read(&mut head));
    let read = match read {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => bail!(
            "the ledger {name} is gone. Without it people get two originals: put its newest copy back; nothing is done \
             before that"
        ),
        read => read.with_context(|| format!("reading the ledger {name}"))?,
    };
    ensure!(read > 0, "the ledger {name} has no bytes; put its newest copy back, nothing is done before that");
    let ours = head.starts_with(b"SQLite format 3\0") && head[68..72] == APPLICATION.to_be_bytes();
    ensure!(
        ours,
        "{name} is damaged, or no ledger of an office; put its newest copy back, nothing is done before that"
    );
    Ok(())
}

/// Brings an older file to the version of today; a newer one is refused.
pub(super) fn migrate(connection: &Connection, path: &Path) -> Result<()> {
    let found: i32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match found {
        VERSION => Ok(()),
        newer if newer > VERSION => bail!(
            "the ledger {} has version {newer}, and this program knows those up to {VERSION}: use the newer program",
            path.display()
        ),
        unknown => bail!("the ledger {} has the version {unknown}, which there never was", path.display()),
    }
}

const TABLES: &str = "
    CREATE TABLE event (number INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;
    CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
    CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
    CREATE TABLE key (id INTEGER PRIMARY KEY, public BLOB NOT NULL UNIQUE) STRICT;
    CREATE TABLE secret (
        authority TEXT NOT NULL, test INTEGER NOT NULL, fingerprint BLOB NOT NULL, PRIMARY KEY (authority, test)
    ) STRICT;
    CREATE TABLE batch (
        id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, key INTEGER NOT NULL REFERENCES key, authority TEXT NOT NULL,
        test INTEGER NOT NULL, kind INTEGER NOT NULL, list BLOB NOT NULL, profile BLOB NOT NULL, count INTEGER NOT NULL,
        sealed_at INTEGER NOT NULL, dropped INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX batch_identity ON batch (list, profile, kind, key);
    CREATE TABLE used_minutes (
        batch INTEGER NOT NULL REFERENCES batch, number INTEGER NOT NULL, root BLOB NOT NULL, PRIMARY KEY (batch, number)
    ) STRICT;
    CREATE TABLE document (
        id INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batch, position INTEGER NOT NULL,
        serial BLOB NOT NULL UNIQUE, holder BLOB NOT NULL UNIQUE, person BLOB NOT NULL, contents BLOB NOT NULL,
        digest BLOB NOT NULL, tag BLOB NOT NULL UNIQUE, personal BLOB NOT NULL, UNIQUE (batch, position)
    ) STRICT;
    CREATE INDEX document_person ON document (person);
    CREATE TABLE person (document INTEGER PRIMARY KEY REFERENCES document, salt BLOB NOT NULL, facts TEXT NOT NULL,
        folded TEXT NOT NULL) STRICT;
    CREATE INDEX person_folded ON person (folded);
    CREATE TABLE closing (
        key INTEGER PRIMARY KEY REFERENCES key, closed_at INTEGER NOT NULL, number INTEGER NOT NULL,
        register_key BLOB NOT NULL, head BLOB NOT NULL
    ) STRICT;
    CREATE TABLE sealed_minutes (number INTEGER PRIMARY KEY, key BLOB NOT NULL, root BLOB NOT NULL) STRICT;
    CREATE TABLE act (
        id INTEGER PRIMARY KEY, key INTEGER NOT NULL REFERENCES key, number TEXT NOT NULL UNIQUE, serial BLOB NOT NULL UNIQUE,
        digest BLOB NOT NULL UNIQUE, tag BLOB NOT NULL UNIQUE, document BLOB NOT NULL, document_serial BLOB NOT NULL,
        contents BLOB NOT NULL, sealed_at INTEGER NOT NULL, date TEXT NOT NULL, place TEXT NOT NULL, capacity TEXT NOT NULL,
        purpose TEXT NOT NULL
    ) STRICT;
    CREATE INDEX act_date ON act (date);
    CREATE INDEX act_document ON act (document);
    CREATE TRIGGER act_stays BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'acts are only added'); END;
    CREATE TRIGGER act_remains BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'acts are only added'); END;
";
