//! Making a trust pack: the trust list, its dictionary and a first status list.

use anyhow::{Context, Result};
use credential_core::Pack;
use credential_core::document::{Kind, Language, Text};
use credential_core::lists::{
    Authority, KeyEntry, KeyUse, PackContents, PublicKey, Role, RootSet, StatusClaims, TrustClaims, TrustList,
};
use credential_core::sealing::SealingKey;
use sha2::{Digest, Sha256};

use crate::batch::dictionary;
use crate::ceremony::check_names;
use crate::profile::{AuthorityRole, Profile};
use crate::refused::refused;

/// The choices that no profile makes.
pub struct NewTrust<'a> {
    /// Name of the list's owner.
    pub owner: &'a str,
    /// Root keys; each signs.
    pub roots: &'a [SealingKey],
    /// How many roots must sign later lists.
    pub threshold: usize,
    /// Time of issue.
    pub now: u64,
    /// When the next list is due.
    pub next_update: u64,
    /// The authorities with their keys.
    pub authorities: &'a [NewAuthority<'a>],
    /// Whether the keys belong to the test world.
    pub test: bool,
}

/// One authority: its profile, its session keys and the key of its status lists.
pub struct NewAuthority<'a> {
    /// Says the names, the kinds, the session and the fixed words.
    pub profile: &'a Profile,
    /// Keys that may seal documents, each with its own status list, numbered from 1.
    pub keys: &'a [PublicKey],
    /// Keys that may sign minutes.
    pub jury_keys: &'a [PublicKey],
    /// Signs the status lists.
    pub list_key: &'a SealingKey,
    /// Signing window of session and jury keys, first and last second.
    pub window: (u64, u64),
    /// How many documents each key may seal.
    pub maximum_count: u32,
}

/// The bytes of a trust pack in which every document is in force.
pub fn new_pack(new: &NewTrust<'_>) -> Result<Vec<u8>> {
    let dictionaries = new.authorities.iter().map(|authority| dictionary(authority.profile));
    let dictionaries: Vec<_> =
        dictionaries.collect::<Option<_>>().context("a profile has no words for a dictionary")?;
    let authorities = new.authorities.iter().zip(&dictionaries);
    let claims = TrustClaims {
        version: 1,
        issued: new.now,
        next_update: new.next_update,
        roots: RootSet { threshold: new.threshold, keys: new.roots.iter().map(SealingKey::public).collect() },
        owner: Text::new(new.owner)?,
        authorities: authorities
            .map(|(authority, dictionary)| entry(authority, dictionary.as_bytes(), new))
            .collect::<Result<_>>()?,
        earlier: vec![],
        disowned: vec![],
        follows: None,
    };
    check_names(&claims)?;
    let trust =
        TrustList::sign(&claims, &new.roots.iter().collect::<Vec<_>>()).map_err(refused("the trust list would be"))?;
    let statuses: Vec<Vec<u8>> = new.authorities.iter().flat_map(|authority| status_lists(authority, new)).collect();
    let pack = PackContents {
        trust: trust.as_bytes(),
        statuses: statuses.iter().map(Vec::as_slice).collect(),
        dictionaries: dictionaries.iter().map(credential_core::lists::Dictionary::as_bytes).collect(),
        ..PackContents::default()
    }
    .to_bytes();
    // what a verifier would refuse is never handed out
    Pack::open(&pack, credential_core::Anchor::AsCarried).map_err(refused("the pack would be"))?;
    Ok(pack)
}

fn entry(new: &NewAuthority<'_>, dictionary: &[u8], trust: &NewTrust<'_>) -> Result<Authority> {
    let now = trust.now;
    let key = |public: PublicKey, usage, (not_before, not_after), status_list| KeyEntry {
        public,
        usage,
        not_before,
        not_after,
        closed_at: None,
        compromised_at: None,
        test: trust.test,
        status_list,
        register: None,
    };
    let keys = new.keys.iter().zip(1..).map(|(public, list)| key(public.clone(), usage(new), new.window, Some(list)));
    let mut keys: Vec<_> = keys.collect();
    keys.extend(new.jury_keys.iter().map(|public| key(public.clone(), KeyUse::Minutes, new.window, None)));
    keys.push(key(new.list_key.public(), KeyUse::Status, (now, now + LIST_KEY_LIFE), None));
    Ok(Authority { keys, dictionaries: vec![Sha256::digest(dictionary).into()], ..authority_of(new.profile)? })
}

/// The authority of a profile, without keys.
pub(crate) fn authority_of(profile: &Profile) -> Result<Authority> {
    let names = profile.authority.names.iter().map(|(tag, name)| {
        Ok((Language::new(tag.as_str()).with_context(|| format!("{tag} is not a language"))?, name.clone()))
    });
    Ok(Authority {
        id: profile.authority.id.clone(),
        names: names.collect::<Result<_>>()?,
        country: profile.authority.country.clone(),
        role: match profile.authority.role {
            AuthorityRole::ExaminationBoard => Role::ExaminationBoard,
            AuthorityRole::LegalisingMinistry => Role::LegalisingMinistry,
        },
        keys: Vec::new(),
        dictionaries: Vec::new(),
        successor: None,
        contacts: vec![],
        final_lists: vec![],
    })
}

fn usage(new: &NewAuthority<'_>) -> KeyUse {
    let (kinds, session) = scope_of(new.profile);
    KeyUse::Documents { kinds, sessions: session.map(|session| vec![session]), maximum_count: new.maximum_count }
}

/// What the documents of a profile are: its kinds, and its session unless that differs from line to line.
pub(crate) fn scope_of(profile: &Profile) -> (Vec<Kind>, Option<Text>) {
    let words = &profile.document;
    let fixed = profile.list.columns.session.is_none();
    let session = words.session(None).ok().filter(|_| fixed).and_then(|words| Text::new(words.first()).ok());
    (words.kinds.clone(), session)
}

/// One list for each session key. Nothing was decided yet, so they state nothing: every document is in force.
fn status_lists(new: &NewAuthority<'_>, trust: &NewTrust<'_>) -> Vec<Vec<u8>> {
    let claims = |number| StatusClaims {
        authority: new.profile.authority.id.clone(),
        number,
        seq: 0,
        as_of: trust.now,
        expires: trust.next_update,
        statements: [].into(),
    };
    (1..).zip(new.keys).map(|(number, _)| claims(number).sign(new.list_key)).collect()
}

/// A status key serves for a year and a half: it is replaced each year.
pub(crate) const LIST_KEY_LIFE: u64 = 548 * 86_400;
