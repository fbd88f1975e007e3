//! Sealing one candidate's document, and reading it back before anybody sees it.

use anyhow::{Context, Result, bail, ensure};
use credential_core::{
    Compactor, Document, Edition, Identity, Kind, Reason, SealingKey, Serial, StatusReference, TrustStore,
    identity_digest, issue, verify,
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::compose::compose;
use super::drawing::{Drawing, ReadBack};
use super::edition::Revision;
use crate::draw::{PixelsPerModule, PrintSize, Symbol, read_back};
use crate::list::Candidate;
use crate::profile::{IdentityMode, Profile};

/// All that the documents of a batch have in common.
pub(super) struct Sealer<'a> {
    pub(super) profile: &'a Profile,
    pub(super) kind: Kind,
    pub(super) key: &'a SealingKey,
    pub(super) store: &'a TrustStore,
    pub(super) compactor: &'a Compactor,
    pub(super) sealed_at: u64,
    pub(super) status_list: Option<u64>,
    pub(super) secret: [u8; 32],
    pub(super) contents: ContentsKey,
    pub(super) drawing: Drawing,
    pub(super) read_back: ReadBack,
    pub(super) size: PrintSize,
    pub(super) pixels: PixelsPerModule,
}

/// A sealed document with its pictures.
pub(super) struct Sealed {
    pub(super) serial: Serial,
    pub(super) text: String,
    /// SHA-256 of the COSE bytes.
    pub(super) digest: [u8; 32],
    /// See [`ContentsKey`].
    pub(super) contents: [u8; 32],
    /// See [`ContentsKey`].
    pub(super) person: [u8; 32],
    pub(super) png: Option<Vec<u8>>,
    pub(super) svg: Option<String>,
}

impl Sealer<'_> {
    /// Seals, draws and reads back; the same candidate and index give the same bytes.
    pub(super) fn seal(&self, candidate: &Candidate, revision: Option<&Revision>, index: u64) -> Result<Sealed> {
        self.seal_unplaced(candidate, revision, index).with_context(|| format!("row {}", candidate.row))
    }

    fn seal_unplaced(&self, candidate: &Candidate, revision: Option<&Revision>, index: u64) -> Result<Sealed> {
        let mut document = compose(candidate, self.profile, self.kind)?;
        if let Some(Revision { edition, minutes }) = revision {
            (document.edition, document.minutes) = (edition.clone(), *minutes);
        }
        let serial = self.serial(&document, candidate);
        let contents = self.contents.tag(&document, candidate);
        // somebody of whom the day of birth is not known is compared with nobody
        let person = self.contents.person(candidate, self.kind, document.session.first()).unwrap_or(contents);
        self.add_identity_digest(&mut document, candidate, &serial)?;
        document.status = self.status_list.map(|list| StatusReference { list, index });
        let sealed = issue(&document, serial.clone(), self.sealed_at, self.key)?;
        let text = sealed.symbol_text(self.compactor);
        self.check_verdict(&text, &document)?;
        let symbol = Symbol::encode(&text, self.size)?;
        let png = self.drawing.png().then(|| symbol.to_png(self.pixels));
        let svg = self.drawing.svg().then(|| symbol.to_svg(&format!("{} {serial}", self.kind.code())));
        if let (ReadBack::EveryPicture, Some(png)) = (self.read_back, &png) {
            ensure!(read_back(png)? == text, "the drawn code does not read back as what was sealed");
        }
        Ok(Sealed { serial, text, digest: Sha256::digest(sealed.as_bytes()).into(), contents, person, png, svg })
    }

    // ISS-2
    fn serial(&self, document: &Document, candidate: &Candidate) -> Serial {
        let tag = tag(&self.secret, &[b"serial", &document.contents(), identity_number(candidate)]);
        Serial::new(&tag[..8]).expect("8 bytes make a serial")
    }

    fn add_identity_digest(&self, document: &mut Document, candidate: &Candidate, serial: &Serial) -> Result<()> {
        let Some(column) = &self.profile.list.identity else { return Ok(()) };
        if let (IdentityMode::Digest, Some(number)) = (column.mode, &candidate.identity) {
            let digest = identity_digest(number.as_str(), serial.as_bytes(), column.work);
            let digest = digest.context("the work of the identity digest must be 10 to 16")?;
            document.identity = Some(Identity::Digest { work: column.work, digest });
        }
        Ok(())
    }

    /// The text is judged as any verifier will judge it, under the trust pack that is handed out with it (ISS-5).
    fn check_verdict(&self, text: &str, document: &Document) -> Result<()> {
        let report = verify(text, self.store, self.sealed_at);
        match report.reason() {
            Reason::Genuine | Reason::Specimen => {}
            Reason::StatusUnknown if self.status_list.is_none() => {}
            reason => bail!("the sealed document is judged {reason} under the trust pack: {}", reason.words()),
        }
        ensure!(report.document() == Some(document), "the sealed document does not read back as what was sealed");
        Ok(())
    }
}

/// Tells whether two lists say the same of a candidate, without keeping what they say.
pub(super) struct ContentsKey([u8; 32]);

impl ContentsKey {
    pub(super) fn new(key: &SealingKey) -> Self {
        Self(key.derive_secret(b"contents"))
    }

    /// A keyed digest of the document, of whatever edition, wherever it stands in list, minutes and status list.
    pub(super) fn tag(&self, document: &Document, candidate: &Candidate) -> [u8; 32] {
        let placeless = Document { minutes: None, edition: Edition::Original, ..document.clone() };
        tag(&self.0, &[&placeless.contents(), identity_number(candidate)])
    }
}

impl ContentsKey {
    /// A keyed digest of kind, session, name and birth; `None` where the day of birth is not known.
    pub(super) fn person(&self, candidate: &Candidate, kind: Kind, session: &str) -> Option<[u8; 32]> {
        let birth = candidate.birth.filter(|birth| birth.is_whole())?.to_string();
        let who = ["person", kind.code(), session, candidate.holder.first(), &birth].join("\0");
        Some(tag(&self.0, &[who.as_bytes()]))
    }
}

fn identity_number(candidate: &Candidate) -> &[u8] {
    candidate.identity.as_ref().map_or(&[], |number| number.as_str().as_bytes())
}

/// Status indexes `0..count` in an order that only the holder of the secret knows (ISS-3).
pub(super) fn shuffled(secret: &[u8; 32], count: u32) -> Vec<u32> {
    let mut indexes: Vec<u32> = (0..count).collect();
    indexes.sort_by_cached_key(|index| tag(secret, &[b"index", &index.to_be_bytes()]));
    indexes
}

/// HMAC-SHA256 over the parts, one behind the other.
pub(crate) fn tag(secret: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shuffled_indexes_are_each_there_once_and_depend_on_the_secret() {
        let (one, other) = (shuffled(&[1; 32], 1_000), shuffled(&[2; 32], 1_000));
        assert_ne!(one, other);
        let mut sorted = one.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..1_000).collect::<Vec<_>>());
        assert_eq!(one, shuffled(&[1; 32], 1_000));
    }
}
