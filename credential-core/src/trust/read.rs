//! Reading a trust list: TRU-1 to TRU-4.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Authority, KeyEntry, KeyUse, OBJECT, RegisterReference, Role, RootSet, RootSignature, TAG_SIGN, TrustClaims,
};
use crate::cbor::{self, Fields, Item};
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
    let claims = unsigned(payload)?;
    check_signatures(&claims.roots, payload, &signatures)?;
    Ok(claims)
}

/// What a payload states, whoever has signed it or not (TRU-1 to TRU-3).
pub(super) fn unsigned(payload: &[u8]) -> Result<TrustClaims, Reason> {
    let claims = claims(payload)?;
    check_uniqueness(&claims)?;
    Ok(claims)
}

pub(super) fn body(bytes: &[u8]) -> Option<(&[u8], Vec<RootSignature<'_>>)> {
    let body = bytes.strip_prefix(&TAG_SIGN)?;
    let [protected, unprotected, payload, signatures] = cbor::read(body, limits::TRUST_ITEMS).ok()?.tuple()?;
    let empty = protected.bytes()?.is_empty() && unprotected.map()?.is_empty();
    let signatures = signatures.array().filter(|all| (1..=16).contains(&all.len()))?;
    let signatures = signatures.into_iter().map(signature).collect::<Option<_>>()?;
    empty.then_some((payload.bytes()?, signatures))
}

fn signature(value: Item<'_>) -> Option<RootSignature<'_>> {
    let [protected, unprotected, signature] = value.tuple()?;
    let protected = protected.bytes()?;
    let kid = envelope::read_protected(protected, None)?;
    let signature = signature.bytes_of()?;
    unprotected.map()?.is_empty().then_some(RootSignature { protected, kid, signature })
}

fn claims(payload: &[u8]) -> Result<TrustClaims, Reason> {
    let value = cbor::read(payload, limits::TRUST_ITEMS).map_err(|_| Reason::TrustMalformed)?;
    let mut fields = open(value, &[1, 2, 3, 4, 5, 6], &[])?;
    Ok(TrustClaims {
        version: take(&mut fields, 1, |value| value.uint()?.try_into().ok().filter(|&version: &u32| version > 0))?,
        issued: take(&mut fields, 2, time)?,
        next_update: take(&mut fields, 3, time)?,
        roots: roots(take(&mut fields, 4, Some)?)?,
        owner: take(&mut fields, 5, text)?,
        authorities: list(take(&mut fields, 6, Some)?, 0..=1_000)?
            .into_iter()
            .map(authority)
            .collect::<Result<_, _>>()?,
    })
}

fn roots(value: Item<'_>) -> Result<RootSet, Reason> {
    let [threshold, keys] = value.tuple().ok_or(Reason::TrustMalformed)?;
    let keys = list(keys, 1..=16)?.into_iter().map(public_key).collect::<Result<Vec<_>, _>>()?;
    let threshold = threshold.uint().and_then(|threshold| usize::try_from(threshold).ok());
    let threshold = threshold.filter(|threshold| (1..=keys.len()).contains(threshold)).ok_or(Reason::TrustMalformed)?;
    Ok(RootSet { threshold, keys })
}

fn authority(value: Item<'_>) -> Result<Authority, Reason> {
    let mut fields = open(value, &[1, 2, 3, 4, 5], &[6])?;
    Ok(Authority {
        id: take(&mut fields, 1, |value| value.text().filter(|id| is_authority_id(id)).map(Into::into))?,
        names: take(&mut fields, 2, names)?,
        country: take(&mut fields, 3, |value| value.text().filter(|country| is_country(country)).map(Into::into))?,
        role: take(&mut fields, 4, |value| match value.uint()? {
            1 => Some(Role::ExaminationBoard),
            2 => Some(Role::LegalisingMinistry),
            _ => None,
        })?,
        keys: list(take(&mut fields, 5, Some)?, 0..=1_000)?.into_iter().map(key_entry).collect::<Result<_, _>>()?,
        dictionaries: maybe(&mut fields, 6, digests)?.unwrap_or_default(),
    })
}

fn key_entry(value: Item<'_>) -> Result<KeyEntry, Reason> {
    let mut fields = open(value, &[1, 2, 3, 4], &[5, 6, 7, 8, 9, 10, 11, 12, 13])?;
    let public = public_key(take(&mut fields, 1, Some)?)?;
    let usage = take(&mut fields, 2, |value| value.uint())?;
    let (not_before, not_after) = (take(&mut fields, 3, time)?, take(&mut fields, 4, time)?);
    let kinds = maybe(&mut fields, 5, kinds)?;
    let sessions = maybe(&mut fields, 6, sessions)?;
    let maximum_count = maybe(&mut fields, 7, |value| value.uint()?.try_into().ok().filter(is_count))?;
    let status_list = maybe(&mut fields, 8, |value| value.uint())?;
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
    let test = maybe(&mut fields, 11, |value| (value == Item::True).then_some(()))?.is_some();
    let register = register(&mut fields)?;
    if register.is_some() && !matches!(usage, KeyUse::Documents { .. }) {
        return Err(Reason::TrustMalformed);
    }
    Ok(KeyEntry { public, usage, not_before, not_after, closed_at, compromised_at, test, register })
}

fn register(fields: &mut Fields<'_>) -> Result<Option<RegisterReference>, Reason> {
    let number = maybe(fields, 12, |value| value.uint()?.try_into().ok().filter(|&number: &u32| number > 0))?;
    let head = maybe(fields, 13, |value| value.bytes_of())?;
    match (number, head) {
        (None, Some(_)) => Err(Reason::TrustMalformed),
        (number, head) => Ok(number.map(|number| RegisterReference { number, head })),
    }
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
    let mut registers = BTreeSet::new();
    let registers_differ = claims.entries().all(|(authority, entry)| {
        entry.register_number().is_none_or(|number| registers.insert((&authority.id, number)))
    });
    let windows = claims.entries().all(|(_, entry)| entry.not_before <= entry.not_after);
    if ids_differ && registers_differ && windows { Ok(()) } else { Err(Reason::TrustMalformed) }
}

// TRU-4: different public keys are counted, not signatures
fn check_signatures(roots: &RootSet, payload: &[u8], signatures: &[RootSignature<'_>]) -> Result<(), Reason> {
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

fn open<'a>(value: Item<'a>, required: &[i64], optional: &[i64]) -> Result<Fields<'a>, Reason> {
    Fields::open(value, required, optional).map_err(|_| Reason::TrustMalformed)
}

fn take<'a, T>(fields: &mut Fields<'a>, label: i64, read: impl FnOnce(Item<'a>) -> Option<T>) -> Result<T, Reason> {
    fields.take(label).and_then(read).ok_or(Reason::TrustMalformed)
}

fn maybe<'a, T>(
    fields: &mut Fields<'a>,
    label: i64,
    read: impl FnOnce(Item<'a>) -> Option<T>,
) -> Result<Option<T>, Reason> {
    fields.take(label).map(|value| read(value).ok_or(Reason::TrustMalformed)).transpose()
}

fn list(value: Item<'_>, length: std::ops::RangeInclusive<usize>) -> Result<Vec<Item<'_>>, Reason> {
    value.array().filter(|items| length.contains(&items.len())).ok_or(Reason::TrustMalformed)
}

// TRU-2
fn public_key(value: Item<'_>) -> Result<PublicKey, Reason> {
    let bytes: [u8; 32] = value.bytes_of().ok_or(Reason::TrustMalformed)?;
    PublicKey::new(&bytes).map_err(|_| Reason::TrustWeakKey)
}

fn time(value: Item<'_>) -> Option<u64> {
    value.time()
}

fn text(value: Item<'_>) -> Option<Text> {
    Text::new(value.text()?).ok()
}

fn names(value: Item<'_>) -> Option<Vec<(Language, Text)>> {
    let entries = value.map().filter(|entries| (1..=8).contains(&entries.len()))?;
    entries.into_iter().map(|(language, name)| Some((Language::new(language.text()?)?, text(name)?))).collect()
}

fn digests(value: Item<'_>) -> Option<Vec<[u8; 32]>> {
    let digests = list(value, 1..=64).ok()?;
    digests.into_iter().map(|digest| digest.bytes_of()).collect()
}

fn kinds(value: Item<'_>) -> Option<Vec<Kind>> {
    let kinds = list(value, 1..=3).ok()?;
    kinds.iter().map(|kind| Kind::from_number(kind.uint()?)).collect()
}

fn sessions(value: Item<'_>) -> Option<Vec<Text>> {
    list(value, 1..=64).ok()?.into_iter().map(text).collect()
}

fn is_count(count: &u32) -> bool {
    (1..=1 << 24).contains(count)
}

pub(crate) fn is_authority_id(id: &str) -> bool {
    (2..=32).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
}

fn is_country(country: &str) -> bool {
    country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase())
}
