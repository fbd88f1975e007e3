//! Reading a trust list: TRU-1 to TRU-4.

use std::collections::{BTreeMap, BTreeSet};

use ciborium::Value;

use super::{Authority, KeyEntry, KeyUse, OBJECT, Role, RootSet, RootSignature, TAG_SIGN, TrustClaims};
use crate::cbor::{self, Fields};
use crate::claims::Kind;
use crate::envelope;
use crate::key::PublicKey;
use crate::limits;
use crate::outcome::Reason;
use crate::words::{Language, Text};

/// Everything about the list that is not the verifier's own choice of roots.
pub(super) fn read(bytes: &[u8]) -> Result<TrustClaims, Reason> {
    if bytes.len() > limits::TRUST_BYTES {
        return Err(Reason::TrustMalformed);
    }
    let (payload, signatures) = body(bytes).ok_or(Reason::TrustMalformed)?;
    let claims = claims(&payload)?;
    check_uniqueness(&claims)?;
    check_signatures(&claims.roots, &payload, &signatures)?;
    Ok(claims)
}

fn body(bytes: &[u8]) -> Option<(Vec<u8>, Vec<RootSignature>)> {
    let body = bytes.strip_prefix(&TAG_SIGN)?;
    let [protected, unprotected, payload, signatures] = cbor::tuple(cbor::read(body, limits::TRUST_ITEMS).ok()?)?;
    let empty = protected.as_bytes()?.is_empty() && unprotected.as_map()?.is_empty();
    let signatures = signatures.into_array().ok().filter(|all| (1..=16).contains(&all.len()))?;
    let signatures = signatures.into_iter().map(signature).collect::<Option<_>>()?;
    empty.then_some((payload.into_bytes().ok()?, signatures))
}

fn signature(value: Value) -> Option<RootSignature> {
    let [protected, unprotected, signature] = cbor::tuple(value)?;
    let protected = protected.into_bytes().ok()?;
    let kid = envelope::read_protected(&protected, None)?;
    let signature = signature.into_bytes().ok()?.try_into().ok()?;
    unprotected.as_map()?.is_empty().then_some(RootSignature { protected, kid, signature })
}

fn claims(payload: &[u8]) -> Result<TrustClaims, Reason> {
    let value = cbor::read(payload, limits::TRUST_ITEMS).map_err(|_| Reason::TrustMalformed)?;
    let mut fields = open(value, &[1, 2, 3, 4, 5, 6], &[])?;
    Ok(TrustClaims {
        version: take(&mut fields, 1, |value| cbor::uint(&value)?.try_into().ok().filter(|&version: &u32| version > 0))?,
        issued: take(&mut fields, 2, time)?,
        next_update: take(&mut fields, 3, time)?,
        roots: roots(take(&mut fields, 4, Some)?)?,
        owner: take(&mut fields, 5, text)?,
        authorities: list(take(&mut fields, 6, Some)?, 0..=1_000)?.into_iter().map(authority).collect::<Result<_, _>>()?,
    })
}

fn roots(value: Value) -> Result<RootSet, Reason> {
    let [threshold, keys] = cbor::tuple(value).ok_or(Reason::TrustMalformed)?;
    let keys = list(keys, 1..=16)?.into_iter().map(public_key).collect::<Result<Vec<_>, _>>()?;
    let threshold = cbor::uint(&threshold).and_then(|threshold| usize::try_from(threshold).ok());
    let threshold = threshold.filter(|threshold| (1..=keys.len()).contains(threshold)).ok_or(Reason::TrustMalformed)?;
    Ok(RootSet { threshold, keys })
}

fn authority(value: Value) -> Result<Authority, Reason> {
    let mut fields = open(value, &[1, 2, 3, 4, 5], &[6])?;
    Ok(Authority {
        id: take(&mut fields, 1, |value| value.into_text().ok().filter(|id| is_authority_id(id)))?,
        names: take(&mut fields, 2, names)?,
        country: take(&mut fields, 3, |value| value.into_text().ok().filter(|country| is_country(country)))?,
        role: take(&mut fields, 4, |value| match cbor::uint(&value)? {
            1 => Some(Role::ExaminationBoard),
            2 => Some(Role::LegalisingMinistry),
            _ => None,
        })?,
        keys: list(take(&mut fields, 5, Some)?, 0..=1_000)?.into_iter().map(key_entry).collect::<Result<_, _>>()?,
        dictionaries: maybe(&mut fields, 6, digests)?.unwrap_or_default(),
    })
}

fn key_entry(value: Value) -> Result<KeyEntry, Reason> {
    let mut fields = open(value, &[1, 2, 3, 4], &[5, 6, 7, 8, 9, 10, 11])?;
    let public = public_key(take(&mut fields, 1, Some)?)?;
    let usage = take(&mut fields, 2, |value| cbor::uint(&value))?;
    let (not_before, not_after) = (take(&mut fields, 3, time)?, take(&mut fields, 4, time)?);
    let kinds = maybe(&mut fields, 5, kinds)?;
    let sessions = maybe(&mut fields, 6, sessions)?;
    let maximum_count = maybe(&mut fields, 7, |value| cbor::uint(&value)?.try_into().ok().filter(is_count))?;
    let status_list = maybe(&mut fields, 8, |value| cbor::uint(&value))?;
    let usage = match (usage, kinds, maximum_count) {
        (1, Some(kinds), Some(maximum_count)) => KeyUse::Documents { kinds, sessions, maximum_count, status_list },
        (2..=5, None, None) if sessions.is_none() && status_list.is_none() => match usage {
            2 => KeyUse::Status,
            3 => KeyUse::Register,
            4 => KeyUse::Minutes,
            _ => KeyUse::Legalisation,
        },
        _ => return Err(Reason::TrustMalformed),
    };
    let closed_at = maybe(&mut fields, 9, time)?;
    let compromised_at = maybe(&mut fields, 10, time)?;
    let test = maybe(&mut fields, 11, |value| value.as_bool().filter(|&test| test))?.is_some();
    Ok(KeyEntry { public, usage, not_before, not_after, closed_at, compromised_at, test })
}

// TRU-3
fn check_uniqueness(claims: &TrustClaims) -> Result<(), Reason> {
    let mut keys = BTreeSet::new();
    let mut kids = BTreeMap::new();
    for key in claims.public_keys() {
        let same_kid = kids.entry(key.id()).or_insert(0);
        *same_kid += 1;
        if !keys.insert(key.as_bytes()) || *same_kid > 4 {
            return Err(Reason::TrustMalformed);
        }
    }
    let mut ids = BTreeSet::new();
    let ids_differ = claims.authorities.iter().all(|authority| ids.insert(&authority.id));
    let windows = claims.entries().all(|(_, entry)| entry.not_before <= entry.not_after);
    if ids_differ && windows { Ok(()) } else { Err(Reason::TrustMalformed) }
}

// TRU-4: different public keys are counted, not signatures
fn check_signatures(roots: &RootSet, payload: &[u8], signatures: &[RootSignature]) -> Result<(), Reason> {
    let mut signed = BTreeSet::new();
    for RootSignature { protected, kid, signature } in signatures {
        let message = envelope::shared_structure(protected, OBJECT, payload);
        let mut named = roots.keys.iter().filter(|root| root.id() == *kid).peekable();
        if named.peek().is_none() {
            continue;
        }
        let root = named.find(|root| root.signed(&message, signature)).ok_or(Reason::TrustUnsigned)?;
        signed.insert(root.as_bytes());
    }
    if signed.len() >= roots.threshold { Ok(()) } else { Err(Reason::TrustUnsigned) }
}

fn open(value: Value, required: &[i128], optional: &[i128]) -> Result<Fields, Reason> {
    Fields::open(value, required, optional).map_err(|_| Reason::TrustMalformed)
}

fn take<T>(fields: &mut Fields, label: i128, read: impl FnOnce(Value) -> Option<T>) -> Result<T, Reason> {
    fields.take(label).and_then(read).ok_or(Reason::TrustMalformed)
}

fn maybe<T>(fields: &mut Fields, label: i128, read: impl FnOnce(Value) -> Option<T>) -> Result<Option<T>, Reason> {
    fields.take(label).map(|value| read(value).ok_or(Reason::TrustMalformed)).transpose()
}

fn list(value: Value, length: std::ops::RangeInclusive<usize>) -> Result<Vec<Value>, Reason> {
    value.into_array().ok().filter(|items| length.contains(&items.len())).ok_or(Reason::TrustMalformed)
}

// TRU-2
fn public_key(value: Value) -> Result<PublicKey, Reason> {
    let bytes: [u8; 32] = value.into_bytes().ok().and_then(|bytes| bytes.try_into().ok()).ok_or(Reason::TrustMalformed)?;
    PublicKey::new(&bytes).map_err(|_| Reason::TrustWeakKey)
}

fn time(value: Value) -> Option<u64> {
    cbor::uint(&value).filter(|&time| time < 1 << 40)
}

fn text(value: Value) -> Option<Text> {
    Text::new(value.into_text().ok()?).ok()
}

fn names(value: Value) -> Option<Vec<(Language, Text)>> {
    let entries = value.into_map().ok().filter(|entries| (1..=8).contains(&entries.len()))?;
    entries.into_iter().map(|(language, name)| Some((Language::new(language.into_text().ok()?)?, text(name)?))).collect()
}

fn digests(value: Value) -> Option<Vec<[u8; 32]>> {
    let digests = list(value, 1..=64).ok()?;
    digests.into_iter().map(|digest| digest.into_bytes().ok()?.try_into().ok()).collect()
}

fn kinds(value: Value) -> Option<Vec<Kind>> {
    let kinds = list(value, 1..=3).ok()?;
    kinds.iter().map(|kind| Kind::from_number(cbor::uint(kind)?)).collect()
}

fn sessions(value: Value) -> Option<Vec<Text>> {
    list(value, 1..=64).ok()?.into_iter().map(text).collect()
}

fn is_count(count: &u32) -> bool {
    (1..=1 << 24).contains(count)
}

fn is_authority_id(id: &str) -> bool {
    (2..=32).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
}

fn is_country(country: &str) -> bool {
    country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase())
}
