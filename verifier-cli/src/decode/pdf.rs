//! PDF pages as a person sees them: rendered, then read. What lies hidden under something is not read. The only user of hayro.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use qr_reader::Picture;

use crate::trouble::Trouble;

/// A document that can be rendered.
pub(super) struct Document(Pdf);

/// A page as a person sees it.
pub(super) struct Rendered {
    pub(super) picture: Picture,
    /// Whether all of it could be drawn; if not, something may be missing that hides a code.
    pub(super) whole: bool,
}

impl Document {
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, Trouble> {
        match Pdf::new(bytes) {
            Ok(pdf) if pdf.pages().is_empty() => Err(Trouble::PdfDamaged),
            Ok(pdf) => Ok(Self(pdf)),
            Err(LoadPdfError::Decryption(_)) => Err(Trouble::PdfLocked),
            Err(LoadPdfError::Invalid) => Err(Trouble::PdfDamaged),
        }
    }

    pub(super) fn pages(&self) -> usize {
        self.0.pages().len()
    }

    /// Renders the page at `index`, from 0, with so many dots an inch, fewer if it is larger than a picture may be.
    pub(super) fn render(&self, index: usize, dots: f32) -> Result<Rendered, Trouble> {
        let page = self.0.pages().get(index).ok_or(Trouble::PdfDamaged)?;
        let scale = scale(page, dots).ok_or(Trouble::PdfDamaged)?;
        let whole = Arc::new(AtomicBool::new(true));
        let seen = Arc::clone(&whole);
        let settings = InterpreterSettings {
            warning_sink: Arc::new(move |_| seen.store(false, Ordering::Relaxed)),
            ..InterpreterSettings::default()
        };
        let paper = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let pixels = render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &paper);
        let (width, height) = (u32::from(pixels.width()), u32::from(pixels.height()));
        let grey = pixels.data().iter().map(|pixel| seen_grey([pixel.r, pixel.g, pixel.b])).collect();
        let picture = Picture::from_grey(grey, width, height).map_err(|_| Trouble::PdfDamaged)?;
        Ok(Rendered { picture: with_contrast(picture), whole: whole.load(Ordering::Relaxed) })
    }
}

/// Pixels a point: as asked, or what makes the page as large as a picture may be.
fn scale(page: &Page<'_>, dots: f32) -> Option<f32> {
    let (width, height) = page.render_dimensions();
    let sound = |side: f32| side.is_finite() && side > 0.0;
    if !sound(width) || !sound(height) {
        return None;
    }
    let (most_side, most_pixels) = (Picture::MAX_SIDE as f32 - 1.0, Picture::MAX_PIXELS as f32 - 32_000.0);
    let scale = (dots / 72.0).min(most_side / width.max(height)).min((most_pixels / width / height).sqrt());
    (width * scale >= 1.0 && height * scale >= 1.0).then_some(scale)
}

/// Brightness as in ITU-R BT.601. What nobody tells from white paper is white, and from black ink black.
fn seen_grey([red, green, blue]: [u8; 3]) -> u8 {
    match (77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue)) >> 8 {
        grey if grey < FAINT => 0,
        grey if grey > 255 - FAINT => 255,
        grey => grey as u8,
    }
}

/// A page on which all is of about one grey shows nothing to a person; the reader's filters would see more.
fn with_contrast(picture: Picture) -> Picture {
    let (dark, light) = picture.grey().iter().fold((255, 0), |(dark, light), &grey| (grey.min(dark), grey.max(light)));
    if u32::from(light - dark.min(light)) >= 2 * FAINT {
        return picture;
    }
    let (width, height) = (picture.width() as u32, picture.height() as u32);
    Picture::from_grey(vec![255; picture.grey().len()], width, height).unwrap_or(picture)
}

/// Steps of grey, of 256, that are no difference to a person: 6 %.
const FAINT: u32 = 16;
