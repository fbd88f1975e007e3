//! What every code of a run is judged by: packs, a store, proofs, the age of status lists, and the time.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use credential_core::answer::Judged;
use credential_core::lists::StatusAge;
use credential_core::register::InclusionProof;
use credential_core::time::{UnixTime, rfc3339};
use credential_core::{Evidence, TrustStore};

use crate::isolation::caught;
use crate::language::Language;
use crate::load::{self, Loaded, Refusal};
use crate::trouble::Trouble;
use crate::{clock, hex, safe};

/// What the user gives.
#[derive(clap::Args)]
pub(crate) struct Given {
    /// Trust pack to judge by; may be given several times. Without one, or a store, nothing can be judged
    #[arg(long, value_name = "FILE")]
    pub(crate) trust: Vec<PathBuf>,
    /// Folder with what `verifier trust update` holds; its countries are loaded before all packs
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// Root fingerprint that you trust (64 hexadecimal digits); packs of other roots are refused. May be given several times
    #[arg(long, value_name = "HEX", value_parser = hex::fingerprint)]
    root: Vec<[u8; 32]>,
    /// Judge as of this time instead of now: seconds since 1970, 2026-07-14, or 2026-07-14T16:00:00Z
    #[arg(long, value_name = "TIME", value_parser = clock::parse)]
    at: Option<UnixTime>,
    /// Inclusion proof of a document in its register; may be given several times. One that does not hold says nothing
    #[arg(long, value_name = "FILE")]
    pub(crate) proof: Vec<PathBuf>,
    /// When a status list is too old to rely on: its age in days, or `none` for never [default: when the list says so]
    #[arg(long, value_name = "DAYS|none", value_parser = max_age)]
    pub(crate) max_age: Option<StatusAge>,
}

/// What was loaded of it.
pub(crate) struct Basis {
    pub(crate) store: TrustStore,
    /// Of each pack of the store its file, or the folder in which it is held, and the SHA-256 of the bytes that were opened.
    pub(crate) sources: Vec<(PathBuf, [u8; 32])>,
    pub(crate) evidence: Evidence,
    pub(crate) now: UnixTime,
}

impl Given {
    /// The time as of which is judged.
    pub(crate) fn now(&self) -> UnixTime {
        self.at.unwrap_or_else(clock::now)
    }

    /// Loads all of it; the result is also what to tell the user of it.
    pub(crate) fn load(&self, now: UnixTime, language: Language) -> Result<(Basis, Vec<String>), Refusal> {
        let loaded = load::all(self.store.as_deref(), &self.trust, &self.root, now, language)?;
        let Loaded { store, sources, mut told } = loaded;
        if let Some(time) = self.at {
            told.push(format!("{} {}.", language.of("Judged as of", "Jugé à la date du"), rfc3339(time)));
        }
        told.extend(self.max_age.map(|age| age_words(age, language)));
        let evidence = self.proof.iter().fold(Evidence::none(), |evidence, file| match proof(file) {
            Some(proof) => evidence.with_proof(proof),
            None => {
                told.push(passed_over(file, language));
                evidence
            }
        });
        let store = store.with_status_age(self.max_age.unwrap_or_default());
        Ok((Basis { store, sources, evidence, now }, told))
    }
}

impl Basis {
    /// Judges the bytes of a code. What is no UTF-8 is nobody's text; a failure of the program itself is never a verdict
    /// about the paper.
    pub(crate) fn judge(&self, code: &[u8]) -> Result<Judged, Trouble> {
        let text = str::from_utf8(code).map_err(|_| Trouble::NotUtf8)?;
        caught(|| Judged::of(text, &self.store, &self.evidence, self.now)).ok_or(Trouble::Internal)
    }
}

/// Reads `--max-age`.
fn max_age(text: &str) -> Result<StatusAge, String> {
    let days = || text.parse::<u32>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    match text {
        "none" => Ok(StatusAge::Any),
        _ => days()
            .map(|days| StatusAge::AtMost(u64::from(days) * 86_400))
            .ok_or_else(|| "an age is a number of days such as 30, or the word none".to_owned()),
    }
}

/// What is told of it, for it takes the place of what the list's own authority says.
pub(crate) fn age_words(age: StatusAge, language: Language) -> String {
    match (age, language) {
        (StatusAge::AsListed, Language::En) => "A status list counts as long as it says itself.".into(),
        (StatusAge::AsListed, Language::Fr) => "Une liste d'état compte aussi longtemps qu'elle le dit.".into(),
        (StatusAge::AtMost(seconds), Language::En) => {
            format!("A status list counts up to an age of {}, as you asked.", language.days(seconds / 86_400))
        }
        (StatusAge::AtMost(seconds), Language::Fr) => {
            format!(
                "Une liste d'état compte jusqu'à un âge de {}, comme vous l'avez demandé.",
                language.days(seconds / 86_400)
            )
        }
        (StatusAge::Any, Language::En) => {
            "A status list counts at any age, as you asked: see how old it is.".to_owned()
        }
        (StatusAge::Any, Language::Fr) => {
            "Une liste d'état compte à tout âge, comme vous l'avez demandé : voyez son âge.".to_owned()
        }
    }
}

/// What is told of a proof that cannot be read: it is as none (REG-6).
fn passed_over(file: &Path, language: Language) -> String {
    let said = language.of(
        "is not an inclusion proof, or cannot be read; it is passed over",
        "n'est pas une preuve d'inscription, ou est illisible ; il n'en est pas tenu compte",
    );
    format!("verifier: {}: {said}.", safe::escaped(&file.to_string_lossy()))
}

fn proof(path: &Path) -> Option<InclusionProof> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(MOST + 1).read_to_end(&mut bytes).ok()?;
    InclusionProof::read(&bytes)
}

/// The most bytes of a proof (REG-6).
const MOST: u64 = 1_024;
