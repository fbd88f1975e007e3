//! Authorities and keys of a draft.

use anyhow::{Context, Result, bail, ensure};
use credential_core::lists::{Authority, KeyEntry, KeyUse, PublicKey, Role, TrustClaims};
use credential_core::time::rfc3339;

use crate::hex::hex;

/// Adds an authority without keys.
pub fn add_authority(claims: &mut TrustClaims, new: Authority) -> Result<()> {
    let known = claims.authorities.iter().any(|authority| authority.id == new.id);
    ensure!(!known, "{} is on the list already; give its keys with `issuer trust add-key`", new.id);
    claims.authorities.push(new);
    Ok(())
}

/// Adds a key to an authority, and the dictionaries of its documents.
pub fn add_key(claims: &mut TrustClaims, authority: &str, entry: KeyEntry, dictionary: Option<[u8; 32]>) -> Result<()> {
    let id = hex(&entry.public.id());
    if let Some(place) = place(claims, &entry.public) {
        bail!("the key {id} is {place} already; make a new key for each use");
    }
    ensure!(
        entry.not_before <= entry.not_after,
        "the key {id} would serve from {} to {}: give an --until that is not before --from",
        rfc3339(entry.not_before),
        rfc3339(entry.not_after)
    );
    let authority = authority_mut(claims, authority)?;
    if entry.usage == KeyUse::Legalisation {
        ensure!(
            authority.role == Role::LegalisingMinistry,
            "{} is an examination board; only a ministry that legalises has keys for that",
            authority.id
        );
    }
    if let Some(number) = entry.status_list {
        ensure!(
            matches!(entry.usage, KeyUse::Documents { .. } | KeyUse::Legalisation),
            "only keys for documents and for legalisations have a status list"
        );
        // a list is signed from the history of one key: of a shared one no history would hold all decisions
        let taken = authority.keys.iter().find(|other| other.status_list == Some(number));
        if let Some(other) = taken {
            bail!("status list {number} is that of the key {}; give each key its own", hex(&other.public.id()));
        }
    }
    authority.keys.push(entry);
    if let Some(digest) = dictionary.filter(|digest| !authority.dictionaries.contains(digest)) {
        authority.dictionaries.push(digest);
    }
    Ok(())
}

/// The first number that no key of an authority has for its status list.
pub fn next_status_list(claims: &TrustClaims, authority: &str) -> u64 {
    let authority = claims.authorities.iter().find(|one| one.id == authority);
    let highest = authority.and_then(|one| one.keys.iter().filter_map(|entry| entry.status_list).max());
    highest.map_or(1, |highest| highest.saturating_add(1))
}

/// Closes a key: nothing that it signs later counts.
pub fn retire_key(claims: &mut TrustClaims, key: &PublicKey, closed_at: u64) -> Result<()> {
    let entry = entry_mut(claims, key)?;
    let id = hex(&key.id());
    if let Some(closed) = entry.closed_at {
        bail!("the key {id} is closed already, since {}", rfc3339(closed));
    }
    ensure!(
        closed_at >= entry.not_before,
        "the key {id} serves from {}; it cannot be closed at {}",
        rfc3339(entry.not_before),
        rfc3339(closed_at)
    );
    entry.closed_at = Some(closed_at);
    Ok(())
}

/// Marks a key as stolen.
pub fn compromise_key(claims: &mut TrustClaims, key: &PublicKey, found_at: u64) -> Result<()> {
    let entry = entry_mut(claims, key)?;
    if let Some(since) = entry.compromised_at {
        bail!("the key {} is marked as compromised already, since {}", hex(&key.id()), rfc3339(since));
    }
    entry.compromised_at = Some(found_at);
    Ok(())
}

fn authority_mut<'a>(claims: &'a mut TrustClaims, id: &str) -> Result<&'a mut Authority> {
    let known = claims.authorities.iter().map(|authority| authority.id.as_str()).collect::<Vec<_>>().join(", ");
    let found = claims.authorities.iter_mut().find(|authority| authority.id == id);
    found.with_context(|| format!("{id} is not on the list ({known}); add it with `issuer trust add-authority`"))
}

fn entry_mut<'a>(claims: &'a mut TrustClaims, key: &PublicKey) -> Result<&'a mut KeyEntry> {
    let id = hex(&key.id());
    ensure!(
        !claims.roots.keys.contains(key),
        "the key {id} is a root; roots are replaced with `issuer trust draft --remove-root`"
    );
    claims.find_mut(key).with_context(|| format!("the list does not name the key {id}"))
}

fn place(claims: &TrustClaims, key: &PublicKey) -> Option<String> {
    if claims.roots.keys.contains(key) {
        return Some("a root of the list".to_owned());
    }
    claims.find(key).map(|(authority, _)| format!("a key of {}", authority.id))
}
