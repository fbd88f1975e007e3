//! What the link form of codes costs: the same document in both forms.

use anyhow::{Context, Result};
use credential_core::document::{Serial, World};
use credential_core::sealing::{Compactor, Sealer, SealingKey, issue};

use super::compose::compose;
use super::dictionary::dictionary;
use crate::draw::{PrintSize, Symbol};
use crate::list::Candidate;
use crate::profile::Profile;

/// Widths of the same code in both forms, in modules without the quiet zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkCost {
    /// Without the address.
    pub plain: usize,
    /// With it.
    pub link: usize,
}

/// What the address of the profile costs in the code of a candidate's first kind; `None` if the profile has none.
pub fn link_cost(candidate: &Candidate, profile: &Profile) -> Result<Option<LinkCost>> {
    let Some(page) = &profile.print.link else { return Ok(None) };
    let document = compose(candidate, profile, profile.default_kind())?;
    // of the shape that a sealed one has, and worth nothing
    let key = SealingKey::from_seed(&[0; 32]);
    let sealer = Sealer { authority: &profile.authority.id, world: World::Test, key: &key };
    let serial = Serial::new([0x5A; 8]).context("8 bytes make a serial")?;
    let sealed = issue(&document, &serial, 1 << 31, &sealer)?;
    let compactor = dictionary(profile).map_or_else(Compactor::plain, |dictionary| dictionary.compactor());
    let size = PrintSize::from_mm(profile.print.code_mm.into())?;
    let width = |text: &str| Ok::<_, anyhow::Error>(Symbol::encode(text, size)?.width());
    let link = sealed.link_text(page, &compactor).context("print.link is no address for codes")?;
    Ok(Some(LinkCost { plain: width(&sealed.symbol_text(&compactor))?, link: width(&link)? }))
}
