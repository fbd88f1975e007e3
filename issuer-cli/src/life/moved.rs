//! A ledger that comes from another computer or from a copy: what has left the house shows whether it is the newest one.

use anyhow::{Context, Result, ensure};
use credential_core::Pack;

use super::statuses::Statuses;
use crate::ledger::{Head, Ledger, Office};

/// Takes a ledger into use on this computer, once it was compared with the pack that the public has and with the number of the
/// last event that anybody wrote down.
pub fn move_here(office: &Office, public: Option<&Pack>, event: Option<u64>, now: u64) -> Result<Head> {
    let ledger = Ledger::open_unwitnessed(office)?;
    let head = ledger.head()?;
    ensure!(
        event.is_none_or(|event| event <= head.event),
        "the ledger ends with {} of {}, before event {}: it is not the newest one, put its newest copy back",
        head.words(),
        head.time,
        event.unwrap_or_default()
    );
    for authority in public.iter().flat_map(|pack| &pack.trust().claims().authorities) {
        for entry in authority.keys.iter().filter(|entry| entry.status_list.is_some()) {
            if let (Some(pack), true) = (public, ledger.has_key(&entry.public)?) {
                Statuses::open(&ledger, &entry.public, pack, now)
                    .context("compared with the pack that the public has")?;
            }
        }
    }
    ledger.take_over(public.map_or("nothing published", |_| "the public pack"), now)?;
    ledger.head()
}
