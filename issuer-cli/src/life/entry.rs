//! The lines of a history: decisions, and who may decide. Where a rule names clerks, two of them sign each line.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use credential_core::lists::PublicKey;
use credential_core::sealing::{SealingKey, is_history_entry_signed, sign_history_entry};
use serde::{Deserialize, Serialize};

use super::State;
use crate::hex::{from_hex, hex};

/// One line.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Entry {
    Decision(Decision),
    Clerks(Clerks),
}

/// A decision on the status of a document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    pub(super) number: u64,
    /// How many decisions the authority had taken with this one.
    pub(super) seq: u64,
    pub(super) time: String,
    /// The serial that the document bears, where it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) serial: Option<String>,
    /// Its digest: what the decision is about.
    pub(super) digest: String,
    pub(super) from: State,
    pub(super) to: State,
    pub(super) reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) successor: Option<String>,
    pub(super) previous: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) signatures: Vec<Signed>,
}

/// The rule that from here on two of these clerks decide.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Clerks {
    pub(super) number: u64,
    pub(super) time: String,
    /// Their public keys, in hexadecimal.
    pub(super) clerks: Vec<String>,
    pub(super) previous: String,
    pub(super) signatures: Vec<Signed>,
}

/// Who has signed a line.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signed {
    /// Public key, in hexadecimal.
    clerk: String,
    signature: String,
}

impl Clerks {
    /// The clerks' keys: two at least, each another one.
    pub(super) fn keys(&self) -> Result<Vec<PublicKey>> {
        let key = |text: &String| {
            let bytes = from_hex(text).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
            let key = bytes.and_then(|bytes| PublicKey::new(&bytes).ok());
            key.with_context(|| format!("{text} is not a public key"))
        };
        let different = self.clerks.iter().collect::<BTreeSet<_>>().len();
        ensure!(different >= PERSONS && different == self.clerks.len(), "it does not name {PERSONS} clerks or more");
        self.clerks.iter().map(key).collect()
    }
}

impl Entry {
    pub(super) fn number(&self) -> u64 {
        match self {
            Self::Decision(decision) => decision.number,
            Self::Clerks(clerks) => clerks.number,
        }
    }

    pub(super) fn time(&self) -> &str {
        match self {
            Self::Decision(decision) => &decision.time,
            Self::Clerks(clerks) => &clerks.time,
        }
    }

    pub(super) fn previous(&self) -> &str {
        match self {
            Self::Decision(decision) => &decision.previous,
            Self::Clerks(clerks) => &clerks.previous,
        }
    }

    fn signatures(&mut self) -> &mut Vec<Signed> {
        match self {
            Self::Decision(decision) => &mut decision.signatures,
            Self::Clerks(clerks) => &mut clerks.signatures,
        }
    }

    /// The bytes of the line with the signatures of the clerks over all the rest.
    pub(super) fn signed_by(mut self, clerks: &[SealingKey]) -> Result<Vec<u8>> {
        self.signatures().clear();
        let unsigned = serde_json::to_vec(&self)?;
        let signed = clerks.iter().map(|key| Signed {
            clerk: hex(key.public().as_bytes()),
            signature: hex(&sign_history_entry(&unsigned, key)),
        });
        *self.signatures() = signed.collect();
        Ok(serde_json::to_vec(&self)?)
    }

    /// Checks that two of these clerks have signed, or that nobody had to.
    pub(super) fn check_signatures(&mut self, clerks: &[PublicKey]) -> Result<()> {
        let signatures = std::mem::take(self.signatures());
        // what is left is the line as it was signed
        if clerks.is_empty() {
            ensure!(signatures.is_empty(), "it is signed, but no line before it says by whom");
            return Ok(());
        }
        let unsigned = serde_json::to_vec(self)?;
        let mut different = BTreeSet::new();
        for Signed { clerk, signature } in &signatures {
            let key = clerks.iter().find(|key| hex(key.as_bytes()) == *clerk);
            let key = key.with_context(|| format!("{clerk} is not the key of a clerk"))?;
            let signature = from_hex(signature).and_then(|bytes| <[u8; 64]>::try_from(bytes).ok());
            let holds = signature.is_some_and(|signature| is_history_entry_signed(&unsigned, &signature, key));
            ensure!(holds, "the signature of the clerk {} does not hold", hex(&key.id()));
            different.insert(*key.as_bytes());
        }
        ensure!(different.len() >= PERSONS, "{} clerks have signed it, {PERSONS} must", different.len());
        Ok(())
    }
}

/// Checks that these keys are those of enough clerks, each another one.
pub(super) fn check_clerks(keys: &[SealingKey], clerks: &[PublicKey]) -> Result<()> {
    if clerks.is_empty() {
        ensure!(
            keys.is_empty(),
            "nobody was named a clerk for these documents; do it first, with `issuer status clerks`"
        );
        return Ok(());
    }
    let mut different = BTreeSet::new();
    for key in keys {
        let id = hex(&key.id());
        ensure!(clerks.contains(&key.public()), "the key {id} is not the key of a clerk for these documents");
        ensure!(different.insert(*key.public().as_bytes()), "the clerk {id} is named twice; {PERSONS} persons decide");
    }
    let ids = clerks.iter().map(|clerk| hex(&clerk.id())).collect::<Vec<_>>().join(", ");
    ensure!(
        different.len() >= PERSONS,
        "{PERSONS} persons decide on these documents: name the keys of {PERSONS} clerks with --clerk ({ids})"
    );
    Ok(())
}

/// How many clerks decide together.
const PERSONS: usize = 2;
