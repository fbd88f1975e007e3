//! Whether a batch may begin: the key's entry in the trust list, its window and its maximum count (ISS-1).

use anyhow::{Context, Result, bail, ensure};
use credential_core::Pack;
use credential_core::lists::{Authority, KeyEntry, KeyUse, PublicKey};
use credential_core::time::rfc3339;

use super::run::Batch;
use crate::ledger::{BatchRecord, Identity, Ledger, NewBatch};

/// The entry of a key in a trust list, and the authority that it seals for.
pub fn entry_of<'p>(pack: &'p Pack, key: &PublicKey) -> Result<(&'p Authority, &'p KeyEntry)> {
    pack.trust().claims().find(key).context("the trust list does not name this key; make one with: issuer trust new")
}

// ISS-1, before anything is sealed; each document is judged again under the whole of the pack
pub(super) fn check_key(batch: &Batch<'_>, entry: &KeyEntry) -> Result<()> {
    ensure!(entry.compromised_at.is_none(), "the trust list says that this key was stolen; it must not seal anything");
    match &entry.usage {
        KeyUse::Documents { kinds, .. } if kinds.contains(&batch.kind) => Ok(()),
        KeyUse::Documents { .. } => bail!("the trust list does not let this key seal any {}", batch.kind.code()),
        _ => bail!("the trust list lets this key sign lists, not documents; use the session's key"),
    }
}

/// Takes the batch up again, or begins it where the key's window and maximum count allow it.
pub(super) fn begin(
    batch: &Batch<'_>,
    ledger: &Ledger,
    identity: &Identity,
    (authority, entry): (&str, &KeyEntry),
    count: u32,
) -> Result<BatchRecord> {
    if let Some(record) = ledger.find_batch(identity)? {
        ensure!(
            record.count == count,
            "this batch was begun with {} documents and now has {count}: another list has sealed some of them since",
            record.count
        );
        ensure!(
            ledger.batch_minutes(record.id)? == batch.minutes,
            "this batch was begun with other minutes; give the same --minutes again"
        );
        return Ok(record);
    }
    ensure!(
        entry.may_sign_at(batch.now),
        "the key may seal from {} to {} (closed: {}); it is {}",
        rfc3339(entry.not_before),
        rfc3339(entry.not_after),
        entry.closed_at.map_or("no".to_owned(), rfc3339),
        rfc3339(batch.now)
    );
    let total = ledger.promised(&identity.key)? + u64::from(count);
    let KeyUse::Documents { maximum_count, .. } = entry.usage else { bail!("not a key for documents") };
    ensure!(
        total <= u64::from(maximum_count),
        "the key may seal {maximum_count} documents; with this batch it would be {total}"
    );
    ledger.begin_batch(&NewBatch {
        identity,
        authority,
        test: entry.test,
        count,
        minutes: batch.minutes,
        secret: &batch.secret.fingerprint(),
        now: batch.now,
    })
}
