//! Sealing one candidate's document, and reading it back before anybody sees it.

use anyhow::{Context, Result, bail, ensure};
use credential_core::document::{Date, Edition, Identity, IdentityForm, Kind, Outcome, Serial, World, identity_digest};
use credential_core::sealing::{Compactor, SealingKey, issue, serial_data};
use credential_core::{Document, Reason, TrustStore, verify};

use super::compose::compose;
use super::drawing::{Drawing, ReadBack};
use super::edition::Revision;
use crate::draw::{PixelsPerModule, PrintSize, Symbol, read_back};
use crate::keys::OfficeSecret;
use crate::list::Candidate;
use crate::profile::Profile;

/// All that the documents of a batch have in common.
pub(super) struct Sealer<'a> {
    pub(super) profile: &'a Profile,
    pub(super) kind: Kind,
    pub(super) key: &'a SealingKey,
    /// Authority and world of the key's entry: both are part of what is sealed.
    pub(super) authority: &'a str,
    pub(super) world: World,
    pub(super) store: &'a TrustStore,
    pub(super) compactor: &'a Compactor,
    pub(super) sealed_at: u64,
    /// Whether the key's entry names a status list.
    pub(super) listed: bool,
    pub(super) secret: &'a OfficeSecret,
    pub(super) drawing: Drawing,
    pub(super) read_back: ReadBack,
    pub(super) size: PrintSize,
    pub(super) pixels: PixelsPerModule,
}

/// A sealed document with its pictures.
pub(super) struct Sealed {
    pub(super) serial: Serial,
    pub(super) text: String,
    /// The document digest (SPEC section 6).
    pub(super) digest: [u8; 32],
    /// See [`contents`].
    pub(super) contents: [u8; 16],
    /// See [`person`].
    pub(super) person: [u8; 16],
    pub(super) png: Option<Vec<u8>>,
    pub(super) svg: Option<String>,
}

impl Sealer<'_> {
    /// Seals, draws and reads back; the same candidate and length of the serial give the same bytes.
    pub(super) fn seal(&self, candidate: &Candidate, revision: Option<&Revision>, length: usize) -> Result<Sealed> {
        self.seal_unplaced(candidate, revision, length).with_context(|| format!("row {}", candidate.row))
    }

    fn seal_unplaced(&self, candidate: &Candidate, revision: Option<&Revision>, length: usize) -> Result<Sealed> {
        let mut document = compose(candidate, self.profile, self.kind)?;
        if let Some(Revision { edition, minutes }) = revision {
            (document.edition, document.minutes) = (edition.clone(), *minutes);
        }
        // ISS-2
        let serial = self.secret.serial(&serial_data(self.authority, &document), length);
        let contents = contents(self.secret, &document, candidate);
        // somebody of whom the day of birth is not known is compared with nobody
        let person = person(self.secret, candidate, self.kind, document.session.first()).unwrap_or(contents);
        add_identity_digest(&mut document, candidate, &serial)?;
        let sealer = credential_core::sealing::Sealer { authority: self.authority, world: self.world, key: self.key };
        let sealed = issue(&document, &serial, self.sealed_at, &sealer)?;
        let text = match &self.profile.print.link {
            Some(page) => sealed.link_text(page, self.compactor).context("print.link is no address for codes")?,
            None => sealed.symbol_text(self.compactor),
        };
        self.check_verdict(&text, &document)?;
        let symbol = Symbol::encode(&text, self.size)?;
        let png = self.drawing.png().then(|| symbol.to_png(self.pixels));
        let svg = self.drawing.svg().then(|| symbol.to_svg(&format!("{} {serial}", self.kind.code())));
        if let (ReadBack::EveryPicture, Some(png)) = (self.read_back, &png) {
            ensure!(read_back(png)? == text, "the drawn code does not read back as what was sealed");
        }
        Ok(Sealed { serial, text, digest: sealed.digest(), contents, person, png, svg })
    }

    /// The text is judged as any verifier will judge it, under the trust pack that is handed out with it (ISS-5).
    fn check_verdict(&self, text: &str, document: &Document) -> Result<()> {
        let report = verify(text, self.store, self.sealed_at);
        let (reason, expected) = (report.reason(), self.expected(document));
        if reason != expected {
            bail!("the sealed document is judged {reason} under the trust pack: {}", reason.words());
        }
        ensure!(report.document() == Some(document), "the sealed document does not read back as what was sealed");
        Ok(())
    }

    /// The one outcome that the document itself asks for, in the order of SPEC section 11.
    fn expected(&self, document: &Document) -> Reason {
        let outcome = document.decision.as_ref().map(|decision| decision.outcome);
        match (self.world, outcome) {
            (World::Test, _) => Reason::Specimen,
            (World::Live, Some(Outcome::NotAdmitted)) => Reason::StatesNotAdmitted,
            (World::Live, _) if !self.listed => Reason::StatusUnknown,
            (World::Live, Some(Outcome::Otherwise)) => Reason::StatesOtherwise,
            (World::Live, _) if document.sheet.is_some() => Reason::OneSheet,
            (World::Live, _) => Reason::Genuine,
        }
    }
}

/// Fills in the slow digest of the identity number, whose salt is the serial.
fn add_identity_digest(document: &mut Document, candidate: &Candidate, serial: &Serial) -> Result<()> {
    if let (Some(Identity { form: IdentityForm::Digest { work, digest }, .. }), Some(number)) =
        (&mut document.identity, &candidate.identity)
    {
        let made = identity_digest(number.as_str(), serial.as_bytes(), *work);
        *digest = made.context("the work of the identity digest must be 10 to 16")?;
    }
    Ok(())
}

/// A keyed digest of the document, of whatever edition, wherever it stands in list and minutes: it tells whether two lists
/// say the same of a candidate, without keeping what they say.
pub(super) fn contents(secret: &OfficeSecret, document: &Document, candidate: &Candidate) -> [u8; 16] {
    let placeless = Document { minutes: None, edition: Edition::Original, ..document.clone() };
    // who issues it is the same for all that an office seals
    let identity = candidate.identity.as_ref().map_or(&[][..], |number| number.as_str().as_bytes());
    secret.blind("contents", &[&serial_data("", &placeless), identity])
}

/// A keyed digest of kind, session, folded name and birth; `None` where the day of birth is not known.
pub(super) fn person(secret: &OfficeSecret, candidate: &Candidate, kind: Kind, session: &str) -> Option<[u8; 16]> {
    let birth = candidate.birth.as_ref().and_then(Date::partial).filter(|birth| birth.is_whole())?.to_string();
    let folded = person_name::folded(candidate.holder.first());
    let mut words: Vec<&str> = folded.split(' ').collect();
    words.sort_unstable();
    let name = words.join(" ");
    let who = [kind.code(), session, &name, &birth].map(str::as_bytes);
    Some(secret.blind("person", &who))
}
