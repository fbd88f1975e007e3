//! Reading a trust list: TRU-1 to TRU-4.

use super::{
    Authority, KeyEntry, KeyUse, ListId, RegisterReference, Role, RootSet, RootSignature, TAG_SIGN, TrustClaims, aad,
    fault,
};
use crate::cbor::{self, CborError, Fields, FieldsError, Item};
use crate::claims::Kind;
use crate::envelope;
use crate::fault::{FaultCode, PackFault};
use crate::index::{self, Index};
use crate::key::{KeyFault, KeyId, PublicKey};
use crate::limits;
use crate::words::{Language, Text};

/// Everything about the list that is not the verifier's own choice of roots, and its id.
pub(super) fn read(bytes: &[u8]) -> Result<(TrustClaims, ListId), PackFault> {
    if bytes.len() > limits::TRUST_BYTES {
        return Err(malformed());
    }
    let (payload, signatures) = body(bytes)?;
    let claims = unsigned(payload).map_err(|fault| match fault.byte() {
        Some(byte) => fault.at(byte + (payload.as_ptr().addr() - bytes.as_ptr().addr())),
        None => fault,
    })?;
    check_signatures(&claims, payload, &signatures)?;
    Ok((claims, ListId::of(payload)))
}

/// What a payload states, whoever has signed it or not (TRU-1 to TRU-3).
pub(super) fn unsigned(payload: &[u8]) -> Result<TrustClaims, PackFault> {
    let claims = match claims(payload, PublicKey::new) {
        // TRU-1 goes for the whole list before TRU-2 does
        Err(weak) if weak.code() == FaultCode::TrustWeakKey => {
            claims(payload, |_| PublicKey::new(&ANY_GOOD_KEY))?;
            return Err(weak);
        }
        claims => claims?,
    };
    check_uniqueness(&claims)?;
    Ok(claims)
}

pub(super) fn body(bytes: &[u8]) -> Result<(&[u8], Vec<RootSignature<'_>>), PackFault> {
    let body = bytes.strip_prefix(&TAG_SIGN).ok_or(malformed().at(0))?;
    let item = cbor::read(body, limits::TRUST_ITEMS).map_err(|error| not_strict(error, TAG_SIGN.len()))?;
    let [protected, unprotected, payload, signatures] = item.tuple().ok_or(malformed())?;
    protected.bytes().filter(|protected| protected.is_empty()).ok_or(malformed())?;
    unprotected.map().filter(Vec::is_empty).ok_or(malformed())?;
    let signatures =
        list(signatures, 1..=limits::TRUST_SIGNATURES)?.into_iter().map(signature).collect::<Result<Vec<_>, _>>()?;
    Ok((payload.bytes().ok_or(malformed())?, signatures.into_iter().flatten().collect()))
}

/// One signature; `None` if it is of another algorithm, and is passed over (GRO-3).
fn signature(value: Item<'_>) -> Result<Option<RootSignature<'_>>, PackFault> {
    let [protected, unprotected, signature] = value.tuple().ok_or(malformed())?;
    let protected = protected.bytes().ok_or(malformed())?;
    unprotected.map().filter(Vec::is_empty).ok_or(malformed())?;
    if envelope::names_other_algorithm(protected) {
        let most = limits::PASSED_OVER_BYTES;
        let fits = protected.len() <= most && signature.bytes().is_some_and(|signature| signature.len() <= most);
        return if fits { Ok(None) } else { Err(fault(FaultCode::TrustMalformed, "GRO-3")) };
    }
    let kid: KeyId = envelope::read_protected(protected).map_err(|_| malformed())?;
    let signature = signature.bytes_of().ok_or(malformed())?;
    Ok(Some(RootSignature { protected, kid, signature }))
}

type ReadKey = fn(&[u8; 32]) -> Result<PublicKey, KeyFault>;

fn claims(payload: &[u8], key: ReadKey) -> Result<TrustClaims, PackFault> {
    let value = cbor::read(payload, limits::TRUST_ITEMS).map_err(|error| not_strict(error, 0))?;
    let mut fields = open(value, &[1, 2, 3, 4, 5, 6], &[7, 8, 9])?;
    Ok(TrustClaims {
        version: take(&mut fields, 1, |value| value.uint()?.try_into().ok().filter(|&version: &u32| version > 0))?,
        issued: take(&mut fields, 2, time)?,
        next_update: take(&mut fields, 3, time)?,
        roots: roots(take(&mut fields, 4, Some)?, key)?,
        owner: take(&mut fields, 5, text)?,
        authorities: list(take(&mut fields, 6, Some)?, 0..=1_000)?
            .into_iter()
            .map(|value| authority(value, key))
            .collect::<Result<_, _>>()?,
        earlier: maybe(&mut fields, 7, |value| ids(value, limits::TRUST_EARLIER))?.unwrap_or_default(),
        disowned: maybe(&mut fields, 8, |value| ids(value, limits::TRUST_DISOWNED))?.unwrap_or_default(),
        follows: match fields.take(9) {
            Some(value) => Some(roots(value, key)?),
            None => None,
        },
    })
}

fn roots(value: Item<'_>, key: ReadKey) -> Result<RootSet, PackFault> {
    let [threshold, keys] = value.tuple().ok_or(malformed())?;
    let keys = list(keys, 1..=16)?.into_iter().map(|value| public_key(value, key)).collect::<Result<Vec<_>, _>>()?;
    let threshold = threshold.uint().and_then(|threshold| usize::try_from(threshold).ok());
    let threshold = threshold.filter(|threshold| (1..=16).contains(threshold)).ok_or(malformed())?;
    Ok(RootSet { threshold, keys })
}

fn authority(value: Item<'_>, key: ReadKey) -> Result<Authority, PackFault> {
    let mut fields = open(value, &[1, 2, 3, 4, 5], &[6, 7, 8, 9])?;
    Ok(Authority {
        id: take(&mut fields, 1, |value| value.text().filter(|id| is_authority_id(id)).map(Into::into))?,
        names: take(&mut fields, 2, names)?,
        country: take(&mut fields, 3, |value| value.text().filter(|country| is_country(country)).map(Into::into))?,
        role: take(&mut fields, 4, |value| match value.uint()? {
            1 => Some(Role::ExaminationBoard),
            2 => Some(Role::LegalisingMinistry),
            _ => None,
        })?,
        keys: list(take(&mut fields, 5, Some)?, 0..=1_000)?
            .into_iter()
            .filter_map(|value| key_entry(value, key).transpose())
            .collect::<Result<_, _>>()?,
        dictionaries: maybe(&mut fields, 6, |value| digests(value, 1_024))?.unwrap_or_default(),
        successor: maybe(&mut fields, 7, |value| value.text().filter(|id| is_authority_id(id)).map(Into::into))?,
        contacts: maybe(&mut fields, 8, contacts)?.unwrap_or_default(),
        final_lists: maybe(&mut fields, 9, |value| digests(value, 64))?.unwrap_or_default(),
    })
}

/// A key entry; `None` if it is of a use or a type of key that this version does not know (GRO-2).
fn key_entry(value: Item<'_>, key: ReadKey) -> Result<Option<KeyEntry>, PackFault> {
    if let Item::Map(entries) = &value
        && is_passed_over(entries)
    {
        let labels = entries.iter().all(|(label, _)| label.uint().is_some());
        let fits = labels && value.encoded_len() <= limits::PASSED_OVER_BYTES;
        return if fits { Ok(None) } else { Err(fault(FaultCode::TrustMalformed, "GRO-2")) };
    }
    let mut fields = open(value, &[1, 2, 3, 4], &[5, 6, 7, 8, 9, 10, 11, 12, 13, 14])?;
    let public = public_key(take(&mut fields, 1, Some)?, key)?;
    let usage = take(&mut fields, 2, |value| value.uint())?;
    let (not_before, not_after) = (take(&mut fields, 3, time)?, take(&mut fields, 4, time)?);
    let kinds = maybe(&mut fields, 5, kinds)?;
    let sessions = maybe(&mut fields, 6, sessions)?;
    let maximum_count = maybe(&mut fields, 7, |value| value.uint()?.try_into().ok().filter(is_count))?;
    let status_list = maybe(&mut fields, 8, |value| value.uint())?;
    let usage = match (usage, kinds, maximum_count) {
        (1, Some(kinds), Some(maximum_count)) => KeyUse::Documents { kinds, sessions, maximum_count },
        (2..=5, None, None) if sessions.is_none() => match usage {
            2 => KeyUse::Status,
            3 => KeyUse::Register,
            4 => KeyUse::Minutes,
            _ => KeyUse::Legalisation,
        },
        _ => return Err(malformed()),
    };
    let closed_at = maybe(&mut fields, 9, time)?;
    let compromised_at = maybe(&mut fields, 10, time)?;
    let test = maybe(&mut fields, 11, |value| (value == Item::True).then_some(()))?.is_some();
    let register = register(&mut fields)?;
    let seals = matches!(usage, KeyUse::Documents { .. } | KeyUse::Legalisation);
    if (register.is_some() || status_list.is_some()) && !seals {
        return Err(malformed());
    }
    let entry =
        KeyEntry { public, usage, not_before, not_after, closed_at, compromised_at, test, status_list, register };
    Ok(Some(entry))
}

fn is_passed_over(entries: &[(Item<'_>, Item<'_>)]) -> bool {
    let of = |label| entries.iter().find(|(key, _)| *key == Item::Uint(label)).map(|(_, value)| value);
    let usage = of(2).and_then(Item::uint);
    usage.is_some_and(|usage| usage > 5 || of(15).is_some())
}

fn register(fields: &mut Fields<'_>) -> Result<Option<RegisterReference>, PackFault> {
    let number = maybe(fields, 12, |value| value.uint()?.try_into().ok().filter(|&number: &u32| number > 0))?;
    let head = maybe(fields, 13, |value| value.bytes_of())?;
    let without_look_up = maybe(fields, 14, |value| (value == Item::True).then_some(()))?.is_some();
    match (number, head) {
        (None, Some(_)) => Err(malformed()),
        (_, None) if without_look_up => Err(malformed()),
        (number, head) => Ok(number.map(|number| RegisterReference { number, head, without_look_up })),
    }
}

// TRU-3
fn check_uniqueness(claims: &TrustClaims) -> Result<(), PackFault> {
    let twice = fault(FaultCode::TrustMalformed, "TRU-3");
    let (mut keys, mut kids) = (Index::default(), Index::default());
    let mut of_kid: Vec<u8> = Vec::new();
    for key in claims.public_keys() {
        let same_kid = kids.among(&key.id(), &mut of_kid);
        *same_kid += 1;
        if !keys.add(key.as_bytes()) || *same_kid > 4 {
            return Err(twice);
        }
    }
    let (mut ids, mut lists, mut registers) = (Index::default(), Index::default(), Index::default());
    let ids_differ = claims.authorities.iter().all(|authority| ids.add(authority.id.as_bytes()));
    let ids_differ = ids_differ && claims.authorities.iter().all(names_its_country);
    let lists_differ = claims.earlier.iter().chain(&claims.disowned).all(|list| lists.add(list.as_bytes()));
    let rotates = claims.follows.as_ref().is_none_or(|from| is_another(from, &claims.roots));
    let registers_differ = claims.entries().all(|(authority, entry)| {
        let number = entry.register_number();
        number.is_none_or(|number| registers.add(&index::name(&[number.into()], authority.id.as_bytes())))
    });
    let windows = claims.entries().all(|(_, entry)| entry.not_before <= entry.not_after);
    let threshold = claims.roots.threshold <= claims.roots.keys.len();
    let holds = ids_differ && registers_differ && lists_differ && rotates && windows && threshold;
    if holds { Ok(()) } else { Err(twice) }
}

/// An id begins with its country, so that two boards of the world never share one.
fn names_its_country(authority: &Authority) -> bool {
    authority.id.strip_prefix(&authority.country).is_some_and(|rest| rest.len() > 1 && rest.starts_with('-'))
}

fn is_another(from: &RootSet, roots: &RootSet) -> bool {
    let mut keys = Index::default();
    from.threshold <= from.keys.len() && from != roots && from.keys.iter().all(|key| keys.add(key.as_bytes()))
}

// TRU-4: different public keys are counted, not signatures
fn check_signatures(claims: &TrustClaims, payload: &[u8], signatures: &[RootSignature<'_>]) -> Result<(), PackFault> {
    let unsigned = fault(FaultCode::TrustUnsigned, "TRU-4");
    let mut signed = Index::default();
    for RootSignature { protected, kid, signature } in signatures {
        let message = envelope::shared_structure(protected, &aad(), payload);
        let all = claims.root_sets().flat_map(|roots| &roots.keys);
        let mut named = all.filter(|root| root.id() == *kid).peekable();
        if named.peek().is_none() {
            continue;
        }
        let root = named.find(|root| root.signed(&message, signature)).ok_or(unsigned)?;
        signed.add(root.as_bytes());
    }
    let is_met =
        |roots: &RootSet| roots.keys.iter().filter(|key| signed.has(key.as_bytes())).count() >= roots.threshold;
    if claims.root_sets().all(is_met) { Ok(()) } else { Err(unsigned) }
}

fn malformed() -> PackFault {
    fault(FaultCode::TrustMalformed, "TRU-1")
}

fn not_strict(error: CborError, before: usize) -> PackFault {
    fault(FaultCode::TrustMalformed, error.fault.rule()).at(before + error.at)
}

fn open<'a>(value: Item<'a>, required: &[i64], optional: &[i64]) -> Result<Fields<'a>, PackFault> {
    Fields::open_roomy(value, required, optional).map_err(|error| match error {
        FieldsError::Room => fault(FaultCode::TrustMalformed, "GRO-1"),
        _ => malformed(),
    })
}

fn take<'a, T>(fields: &mut Fields<'a>, label: i64, read: impl FnOnce(Item<'a>) -> Option<T>) -> Result<T, PackFault> {
    fields.take(label).and_then(read).ok_or(malformed())
}

fn maybe<'a, T>(
    fields: &mut Fields<'a>,
    label: i64,
    read: impl FnOnce(Item<'a>) -> Option<T>,
) -> Result<Option<T>, PackFault> {
    fields.take(label).map(|value| read(value).ok_or(malformed())).transpose()
}

fn list(value: Item<'_>, length: std::ops::RangeInclusive<usize>) -> Result<Vec<Item<'_>>, PackFault> {
    value.array().filter(|items| length.contains(&items.len())).ok_or(malformed())
}

// TRU-2
fn public_key(value: Item<'_>, key: ReadKey) -> Result<PublicKey, PackFault> {
    let bytes: [u8; 32] = value.bytes_of().ok_or(malformed())?;
    key(&bytes).map_err(|_| fault(FaultCode::TrustWeakKey, "TRU-2"))
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

fn contacts(value: Item<'_>) -> Option<Vec<Text>> {
    list(value, 1..=4).ok()?.into_iter().map(text).collect()
}

/// Ids one behind the other, at least one.
fn ids(value: Item<'_>, most: usize) -> Option<Vec<ListId>> {
    let (ids, rest) = value.bytes()?.as_chunks();
    let fits = rest.is_empty() && (1..=most).contains(&ids.len());
    fits.then(|| ids.iter().map(|id| ListId::from_bytes(*id)).collect())
}

fn digests(value: Item<'_>, most: usize) -> Option<Vec<[u8; 32]>> {
    let digests = list(value, 1..=most).ok()?;
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

/// The base point: stands for weak keys while the rest of the list is read.
const ANY_GOOD_KEY: [u8; 32] = {
    let mut bytes = [0x66; 32];
    bytes[0] = 0x58;
    bytes
};
