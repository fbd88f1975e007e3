//! Two persons: those clerks of whom two decide on the status of a key's documents.

use anyhow::{Result, ensure};
use credential_core::lists::PublicKey;
use credential_core::sealing::SealingKey;

use super::check_clock;
use crate::hex::hex;
use crate::ledger::Ledger;

/// Makes the clerks those who decide from now on; `false` if they already are.
///
/// Two of the clerks before them sign the change, the first time two of themselves.
pub fn name_clerks(
    ledger: &Ledger,
    public: &PublicKey,
    new: &[PublicKey],
    signers: &[SealingKey],
    now: u64,
) -> Result<bool> {
    ledger.check_key(public)?;
    let _lock = ledger.lock_deciding()?;
    let history = ledger.history(public)?;
    if history.clerks() == new {
        return Ok(false);
    }
    check_clock(now, history.latest(now), "the last decision was")?;
    ledger.rule(&history, new, now, signers)?;
    Ok(true)
}

/// Checks that the clerks of a profile are those who decide on the documents of a key.
pub fn check_clerks_named(ledger: &Ledger, public: &PublicKey, clerks: &[PublicKey]) -> Result<()> {
    if clerks.is_empty() {
        return Ok(());
    }
    ensure!(
        ledger.history(public)?.clerks() == clerks,
        "the profile asks for two persons, but the clerks that it names do not decide on the documents of the key {} yet; \
         name them first, with `issuer status clerks`",
        hex(&public.id())
    );
    Ok(())
}
