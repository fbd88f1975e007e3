//! The code of a record: judged as any verifier will judge it, drawn, read back, and written beside the others.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use credential_core::Reason;
use credential_core::document::Serial;
use credential_core::legalisation::{Legalisation, SealedLegalisation, verify_legalisation};
use credential_core::sealing::Compactor;
use credential_core::time::UnixTime;

use super::Order;
use crate::batch::ministry_dictionary;
use crate::draw::{Level, PixelsPerModule, PrintSize, Symbol, read_back};
use crate::file::{is_written, write_whole};

/// What is written for one act.
pub(super) struct Code {
    name: String,
    files: [(&'static str, Vec<u8>); 3],
}

impl Code {
    pub(super) fn draw(
        sealed: &SealedLegalisation,
        record: &Legalisation,
        serial: &Serial,
        order: &Order<'_>,
        sealed_at: UnixTime,
    ) -> Result<Self> {
        let text = sealed.symbol_text(&compactor(order));
        check_verdict(&text, record, order, sealed_at)?;
        let size = PrintSize::from_mm(order.profile.code_mm.unwrap_or(MM).into())?;
        let symbol = Symbol::encode(&text, size)?;
        ensure!(
            symbol.version() <= LARGEST || symbol.level() == Level::Q && text.len() <= CHARACTERS,
            "the record has {} characters and the code at most {CHARACTERS}; use fewer words, or name them in a profile \
             (--profile) whose dictionary is in the trust pack",
            text.len()
        );
        let png = symbol.to_png(PixelsPerModule::default());
        ensure!(read_back(&png)? == text, "the drawn code does not read back as what was sealed");
        let svg = symbol.to_svg(&format!("legalisation {serial}"));
        let files = [("png", png), ("svg", svg.into_bytes()), ("txt", format!("{text}\n").into_bytes())];
        Ok(Self { name: serial.to_string(), files })
    }

    pub(super) fn picture(&self, out: &Path) -> PathBuf {
        out.join(format!("{}.png", self.name))
    }

    /// Writes each file; one that is there already must hold the same bytes.
    pub(super) fn write(&self, out: &Path) -> Result<()> {
        for (ending, bytes) in &self.files {
            let path = out.join(format!("{}.{ending}", self.name));
            if !is_written(&path, bytes, "was changed since it was written; nothing is overwritten")? {
                write_whole(&path, bytes).context("run the same command again to go on")?;
            }
        }
        Ok(())
    }
}

/// With the profile's dictionary if the packs hold it, for else nobody could read the code.
fn compactor(order: &Order<'_>) -> Compactor {
    let dictionary = ministry_dictionary(order.profile);
    let held = |id| order.store.packs().flat_map(|pack| pack.dictionaries()).any(|one| one.id() == id);
    dictionary.filter(|dictionary| held(dictionary.id())).map_or_else(Compactor::plain, |one| one.compactor())
}

fn check_verdict(text: &str, record: &Legalisation, order: &Order<'_>, sealed_at: UnixTime) -> Result<()> {
    let report = verify_legalisation(text, order.store, sealed_at);
    match report.reason() {
        Reason::Genuine | Reason::Specimen => {}
        Reason::StatusUnknown => bail!(
            "the trust pack has no status list of this key, so the record would not be accepted; give the pack that \
             `issuer trust publish --list-key` made"
        ),
        Reason::StatusOld => bail!(
            "the ministry's status list is old; sign it again with `issuer status renew`, or give the pack in which it was"
        ),
        reason => bail!("the record is judged {reason} under the trust pack: {}", reason.words()),
    }
    let same = report.record().is_some_and(|shown| shown.legalisation() == record);
    ensure!(same, "the record does not read back as what was sealed");
    Ok(())
}

/// The largest version at level M that a record's code has, and what it holds.
const LARGEST: u8 = 10;
const CHARACTERS: usize = 311;
/// Millimetres with the quiet zone: a code of version 10 has modules of 0.38 mm.
const MM: u16 = 25;
