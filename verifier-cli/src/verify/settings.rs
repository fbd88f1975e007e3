//! What the user decides beside the packs: the greatest age of status lists, and proofs.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use credential_core::{Evidence, InclusionProof, StatusAge};

use crate::language::Language;
use crate::{safe, tell};

/// Reads `--max-age`.
pub(super) fn max_age(text: &str) -> Result<StatusAge, String> {
    let days = || text.parse::<u32>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    match text {
        "none" => Ok(StatusAge::Any),
        _ => days()
            .map(|days| StatusAge::AtMost(u64::from(days) * 86_400))
            .ok_or_else(|| "an age is a number of days such as 30, or the word none".to_owned()),
    }
}

/// What is told of it, for it takes the place of what the list's own authority says.
pub(super) fn introduce(age: StatusAge, language: Language) -> String {
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

/// The proofs that can be read; the others are named, and are as none (REG-6).
pub(super) fn evidence(files: &[PathBuf], language: Language) -> Evidence {
    files.iter().fold(Evidence::none(), |evidence, file| match proof(file) {
        Some(proof) => evidence.with_proof(proof),
        None => {
            let said = language.of(
                "is not an inclusion proof, or cannot be read; it is passed over",
                "n'est pas une preuve d'inscription, ou est illisible ; il n'en est pas tenu compte",
            );
            tell(&format!("verifier: {}: {said}.", safe::escaped(&file.to_string_lossy())));
            evidence
        }
    })
}

fn proof(path: &Path) -> Option<InclusionProof> {
    std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(MOST + 1).read_to_end(&mut bytes).ok()?;
    InclusionProof::read(&bytes).ok()
}

/// The most bytes of a proof (REG-6).
const MOST: u64 = 1_024;
