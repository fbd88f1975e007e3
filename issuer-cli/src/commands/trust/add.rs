//! `issuer trust add-authority` and `issuer trust add-key`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, ValueEnum};
use credential_core::document::{Kind, Language, Text};
use credential_core::lists::{Authority, KeyEntry, KeyUse, Role, TrustDraft};
use credential_core::time::UnixTime;
use sha2::{Digest, Sha256};

use super::super::issue::KindName;
use super::super::legalise::read_ministry_profile;
use super::super::list::read_profile;
use super::super::{now, text};
use super::{DAY, day, must_be_new, public_keys, read_draft, write_draft};
use crate::batch::{dictionary, ministry_dictionary};
use crate::ceremony::{add_authority, add_key, change_draft, next_status_list};
use crate::profile::Profile;
use crate::trust::{LIST_KEY_LIFE, authority_of, scope_of};

/// An authority to add.
#[derive(Args)]
#[command(after_help = "Examples:
  issuer trust add-authority 1.draft --profile bac.toml --out 2.draft
  issuer trust add-authority 2.draft --id XX-MFA --country XX --role legalising-ministry \\
    --name \"fr=Ministère des Affaires étrangères\" --out 3.draft

A name that looks like that of another authority is refused.")]
pub struct AddAuthority {
    /// The draft to start from
    draft: PathBuf,
    /// Profile that says id, country, role and names
    #[arg(long, value_name = "FILE", conflicts_with_all = ["id", "country", "role", "name"])]
    profile: Option<PathBuf>,
    /// Stable id, 2 to 32 of A-Z, 0-9 and "-"
    #[arg(long, required_unless_present = "profile")]
    id: Option<String>,
    /// Country, two capital letters
    #[arg(long, required_unless_present = "profile")]
    country: Option<String>,
    /// What it does
    #[arg(long, required_unless_present = "profile")]
    role: Option<RoleName>,
    /// Name shown to people in a language; give one for each language
    #[arg(long, value_name = "LANGUAGE=NAME", value_parser = name, required_unless_present = "profile")]
    name: Vec<(Language, Text)>,
    /// The draft to make
    #[arg(long, value_name = "DRAFT")]
    out: PathBuf,
}

/// A key to add.
#[derive(Args)]
#[command(after_help = "Examples:
  issuer trust add-key 1.draft --authority XX-EXAM --use status --key lists.key.pub --out 2.draft
  issuer trust add-key 2.draft --authority XX-EXAM --use documents --profile bac.toml --key bac-2026.key.pub \\
    --until 2026-12-31 --maximum-count 30000 --out 3.draft

Make one session key for each session and group of centres, and close it when its batch has ended. Keys for documents and
for legalisations have a status list each, which `issuer trust publish` signs first.")]
pub struct AddKey {
    /// The draft to start from
    draft: PathBuf,
    /// Id of the authority
    #[arg(long, value_name = "ID")]
    authority: String,
    /// What the key signs
    #[arg(long = "use", value_name = "USE")]
    usage: UseName,
    /// Public half of the key; give several if there are several of the same scope
    #[arg(long, value_name = "KEY.pub", num_args = 1.., required = true)]
    key: Vec<PathBuf>,
    /// Profile that says kinds and session of the documents, and whose dictionary serves them
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Profile of a ministry that legalises, whose dictionary serves its codes (see `issuer legalise`)
    #[arg(long, value_name = "FILE", conflicts_with = "profile")]
    ministry_profile: Option<PathBuf>,
    /// Kind of document that the key may seal, in the place of the profile's kinds
    #[arg(long, value_enum, num_args = 1..)]
    kind: Vec<KindName>,
    /// Session of the documents, as they state it first; without it that of the profile, or any
    #[arg(long, value_name = "WORDS", value_parser = text, num_args = 1..)]
    session: Vec<Text>,
    /// How many documents the key may seal
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=16_777_216))]
    maximum_count: Option<u32>,
    /// Number of the status list of its documents or legalisations [default: the next one of the authority]
    #[arg(long, value_name = "N", conflicts_with = "no_status_list")]
    status_list: Option<u64>,
    /// The key has no status list: what it seals can never be withdrawn, and is never called genuine
    #[arg(long)]
    no_status_list: bool,
    /// First day of its signing window [default: now]
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<UnixTime>,
    /// Last day of its signing window [default: 90 days for documents and minutes, 548 for status lists, 730 for others]
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<UnixTime>,
    /// A key of the test world: its documents are specimens, never genuine
    #[arg(long)]
    test: bool,
    /// The draft to make
    #[arg(long, value_name = "DRAFT")]
    out: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    ExaminationBoard,
    LegalisingMinistry,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UseName {
    Documents,
    Status,
    Register,
    Minutes,
    Legalisation,
}

impl AddAuthority {
    pub(super) fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        let draft = read_draft(&self.draft)?;
        let authority = match &self.profile {
            Some(path) => authority_of(&read_profile(path)?)?,
            None => self.authority()?,
        };
        write_draft(&self.out, &change_draft(&draft, |claims| add_authority(claims, authority))?)
    }

    fn authority(&self) -> Result<Authority> {
        let id = self.id.clone().context("give an --id")?;
        let fits = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
        ensure!((2..=32).contains(&id.len()) && id.bytes().all(fits), "{id:?} is not 2 to 32 of A-Z, 0-9 and \"-\"");
        let country = self.country.clone().context("give a --country")?;
        let is_code = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
        ensure!(is_code, "{country:?} is not a country of two capital letters such as \"BJ\"");
        let is_of_country = id.strip_prefix(&*country).is_some_and(|rest| rest.len() > 1 && rest.starts_with('-'));
        ensure!(is_of_country, "{id:?} does not begin with its country: {country}-{id}, for example");
        for (at, (language, _)) in self.name.iter().enumerate() {
            let twice = self.name[..at].iter().any(|(other, _)| other == language);
            ensure!(!twice, "two names are given in the language {}", language.as_str());
        }
        ensure!(self.name.len() <= 8, "{} names are given, at most 8 can stand on the list", self.name.len());
        let role = match self.role.context("give a --role")? {
            RoleName::ExaminationBoard => Role::ExaminationBoard,
            RoleName::LegalisingMinistry => Role::LegalisingMinistry,
        };
        Ok(Authority {
            id,
            names: self.name.clone(),
            country,
            role,
            keys: Vec::new(),
            dictionaries: Vec::new(),
            successor: None,
            contacts: vec![],
            final_lists: vec![],
        })
    }
}

impl AddKey {
    pub(super) fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        let mut draft = read_draft(&self.draft)?;
        self.check_scope()?;
        let profile = self.profile.as_ref().map(|path| read_profile(path)).transpose()?;
        let dictionary = match &self.ministry_profile {
            Some(path) => ministry_dictionary(&read_ministry_profile(Some(path))?),
            None => profile.as_ref().and_then(dictionary),
        };
        let digest = dictionary.map(|one| Sha256::digest(one.as_bytes()).into());
        for public in public_keys(&self.key)? {
            let (not_before, not_after) = self.window(&draft);
            let entry = KeyEntry {
                public,
                usage: self.usage(profile.as_ref())?,
                not_before,
                not_after,
                closed_at: None,
                compromised_at: None,
                test: self.test,
                status_list: self.status_list(&draft, profile.as_ref()),
                register: None,
            };
            draft = change_draft(&draft, |claims| add_key(claims, &self.authority, entry, digest))?;
        }
        write_draft(&self.out, &draft)
    }

    fn check_scope(&self) -> Result<()> {
        ensure!(
            self.ministry_profile.is_none() || self.usage == UseName::Legalisation,
            "--ministry-profile is for --use legalisation only"
        );
        ensure!(
            self.status_list.is_none() || self.key.len() == 1,
            "each key has a status list of its own; leave --status-list out to number them"
        );
        let documents = !self.kind.is_empty() || !self.session.is_empty() || self.maximum_count.is_some();
        ensure!(
            !documents || self.usage == UseName::Documents,
            "--kind, --session and --maximum-count are for --use documents only"
        );
        ensure!(
            self.has_status_list() || (self.status_list.is_none() && !self.no_status_list),
            "--status-list and --no-status-list are for --use documents and --use legalisation only"
        );
        Ok(())
    }

    fn has_status_list(&self) -> bool {
        matches!(self.usage, UseName::Documents | UseName::Legalisation)
    }

    fn status_list(&self, draft: &TrustDraft, profile: Option<&Profile>) -> Option<u64> {
        let numbered = !self.no_status_list && profile.is_none_or(|profile| profile.status_included);
        let next = || next_status_list(draft.claims(), &self.authority);
        self.status_list.or_else(|| (self.has_status_list() && numbered).then(next))
    }

    fn usage(&self, profile: Option<&Profile>) -> Result<KeyUse> {
        Ok(match self.usage {
            UseName::Documents => self.documents(profile)?,
            UseName::Status => KeyUse::Status,
            UseName::Register => KeyUse::Register,
            UseName::Minutes => KeyUse::Minutes,
            UseName::Legalisation => KeyUse::Legalisation,
        })
    }

    fn documents(&self, profile: Option<&Profile>) -> Result<KeyUse> {
        if let Some(profile) = profile {
            let id = &profile.authority.id;
            ensure!(*id == self.authority, "the profile is of {id}, not of {}", self.authority);
        }
        let (kinds, session) = match (profile.map(scope_of), self.kind.is_empty()) {
            (Some((kinds, session)), true) => (kinds, session),
            (Some((_, session)), false) => (self.kinds(), session),
            (None, false) => (self.kinds(), None),
            (None, true) => bail!("say with --profile or --kind which kinds of documents the key may seal"),
        };
        let sessions =
            if self.session.is_empty() { session.map(|session| vec![session]) } else { Some(self.session.clone()) };
        let maximum_count =
            self.maximum_count.context("say with --maximum-count how many documents the key may seal")?;
        Ok(KeyUse::Documents { kinds, sessions, maximum_count })
    }

    fn kinds(&self) -> Vec<Kind> {
        self.kind.iter().map(|kind| kind.kind()).collect()
    }

    fn window(&self, draft: &TrustDraft) -> (UnixTime, UnixTime) {
        let life = match self.usage {
            UseName::Documents | UseName::Minutes => 90 * DAY,
            UseName::Status => LIST_KEY_LIFE,
            UseName::Register | UseName::Legalisation => 730 * DAY,
        };
        // the list is signed later than it is written: a window that begins now has begun by then
        let from = self.from.unwrap_or_else(|| now().max(draft.claims().issued));
        (from, self.until.map_or(from + life, |day| day + DAY - 1))
    }
}

fn name(argument: &str) -> Result<(Language, Text), String> {
    let (language, name) = argument.split_once('=').ok_or("write a name as fr=Office du Baccalauréat")?;
    let language = Language::new(language).ok_or_else(|| format!("{language:?} is not a language such as fr"))?;
    Ok((language, text(name)?))
}
