//! A pack as one JSON object.

use std::path::Path;

use credential_core::Pack;
use credential_core::document::Kind;
use credential_core::legalisation::LegalisationMatch;
use credential_core::lists::{Authority, KeyEntry, KeyUse, Role};
use credential_core::time::{UnixTime, rfc3339};
use serde_json::{Map, Value, json};

use super::{AtHand, Shown};
use crate::hex::hex;
use crate::json::object;
use crate::judged::{Answer, Refused, view};
use crate::language::Language;

/// The pack, `input` first.
pub(super) fn pack(shown: &Shown, now: UnixTime) -> String {
    let Shown { file, pack, countries, registers } = shown;
    let list = pack.trust().claims();
    object([
        ("input", file.to_string_lossy().into()),
        ("owner", list.owner.as_str().into()),
        ("version", list.version.into()),
        ("issued", rfc3339(list.issued).into()),
        ("next_update", rfc3339(list.next_update).into()),
        ("overdue", (now > list.next_update).into()),
        ("root", hex(pack.trust().root()).into()),
        ("threshold", list.roots.threshold.into()),
        ("root_keys", list.roots.keys.iter().map(|key| hex(key.as_bytes())).collect()),
        ("id", hex(pack.trust().id().as_bytes()).into()),
        ("links", pack.links().map(|link| link.claims().version).collect()),
        ("countries", countries.iter().map(String::as_str).collect()),
        ("authorities", list.authorities.iter().map(authority).collect()),
        ("status_lists", status_lists(pack, now)),
        ("registers", registers.iter().map(register).collect()),
        ("dictionaries", dictionaries(pack)),
    ])
}

/// A pack that was refused.
pub(super) fn refusal(file: &Path, why: Refused, language: Language) -> String {
    let mut view = view(&Answer::Refused(why), LegalisationMatch::Undetermined, language);
    object([
        ("input", file.to_string_lossy().into()),
        ("reason", why.code().into()),
        ("words", why.words(language).into()),
        ("cause", view["cause"].take()),
    ])
}

/// What a key may sign, as one word.
pub(super) fn use_code(usage: &KeyUse) -> &'static str {
    match usage {
        KeyUse::Documents { .. } => "documents",
        KeyUse::Status => "status",
        KeyUse::Register => "register",
        KeyUse::Minutes => "minutes",
        KeyUse::Legalisation => "legalisation",
    }
}

fn authority(authority: &Authority) -> Value {
    let names: Map<_, _> =
        authority.names.iter().map(|(tag, name)| (tag.as_str().to_owned(), name.as_str().into())).collect();
    let role = match authority.role {
        Role::ExaminationBoard => "examination-board",
        Role::LegalisingMinistry => "legalising-ministry",
    };
    json!({
        "id": authority.id,
        "names": names,
        "country": authority.country,
        "role": role,
        "keys": authority.keys.iter().map(key).collect::<Vec<_>>(),
        "successor": authority.successor,
        "contacts": authority.contacts.iter().map(|line| line.as_str()).collect::<Vec<_>>(),
        "dictionaries": authority.dictionaries.iter().map(|digest| hex(digest)).collect::<Vec<_>>(),
    })
}

fn key(key: &KeyEntry) -> Value {
    let mut object = json!({
        "id": hex(&key.public.id()),
        "public": hex(key.public.as_bytes()),
        "use": use_code(&key.usage),
        "not_before": rfc3339(key.not_before),
        "not_after": rfc3339(key.not_after),
        "closed_at": key.closed_at.map(rfc3339),
        "compromised_at": key.compromised_at.map(rfc3339),
        "test": key.test,
    });
    if matches!(key.usage, KeyUse::Documents { .. } | KeyUse::Legalisation) {
        object["status_list"] = key.status_list.into();
    }
    if let KeyUse::Documents { kinds, sessions, maximum_count } = &key.usage {
        object["kinds"] = kinds.iter().copied().map(Kind::code).collect();
        object["sessions"] = match sessions {
            Some(sessions) => sessions.iter().map(|session| session.as_str()).collect(),
            None => Value::Null,
        };
        object["maximum_count"] = (*maximum_count).into();
    }
    object
}

fn register(register: &AtHand) -> Value {
    let AtHand { authority, number, count, time, at_hand } = register;
    json!({ "authority": authority, "number": number, "count": count, "time": rfc3339(*time), "at_hand": at_hand })
}

fn status_lists(pack: &Pack, now: UnixTime) -> Value {
    let lists = pack.statuses().iter().map(|list| {
        json!({
            "authority": list.authority(),
            "number": list.number(),
            "seq": list.seq(),
            "statements": list.statements().count(),
            "as_of": rfc3339(list.as_of()),
            "age_days": now.saturating_sub(list.as_of()) / 86_400,
            "old": list.is_old(now),
        })
    });
    lists.collect()
}

fn dictionaries(pack: &Pack) -> Value {
    let dictionaries = pack.dictionaries().iter();
    dictionaries.map(|one| json!({"id": format!("{:08x}", one.id()), "bytes": one.as_bytes().len()})).collect()
}
