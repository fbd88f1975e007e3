//! Finds and decodes the codes of one picture; the only user of rxing.
//!
//! The low level is used on purpose: the usual result type of rxing reads the clock, which a WebAssembly module
//! without imports does not have, and joins the bytes to a text through character sets, which no seal needs.

use rxing::common::{BitMatrix, DetectorRXingResult, GlobalHistogramBinarizer, HybridBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{GenerateFinderPatternSets, SampleQR};
use rxing::{Binarizer, Luma8Source, Point};

use crate::Picture;
use finder::find_patterns;

mod finder;

/// How black is told from white.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Threshold {
    /// By the pixels around, which bears shadows.
    Local,
    /// By the whole picture, which bears blur and little contrast.
    Global,
}

/// The distinct contents of all codes, rows from top to bottom, each from left to right.
pub(crate) fn decode(picture: &Picture, threshold: Threshold) -> Vec<Vec<u8>> {
    let (width, height) = (picture.width(), picture.height());
    if width.min(height) < SMALLEST_CODE {
        return Vec::new();
    }
    let Ok(source) = Luma8Source::new_with_slice(picture.grey(), width as u32, height as u32) else {
        return Vec::new();
    };
    let codes = match threshold {
        Threshold::Local => HybridBinarizer::new(source).get_black_matrix().map(find_codes),
        Threshold::Global => GlobalHistogramBinarizer::new(source).get_black_matrix().map(find_codes),
    };
    in_reading_order(codes.unwrap_or_default())
}

struct Code {
    bytes: Vec<u8>,
    left: f32,
    top: f32,
    bottom: f32,
}

/// Tries the sets of three finder patterns, most plausible first, and each pattern for one code only.
fn find_codes(matrix: &BitMatrix) -> Vec<Code> {
    let mut patterns = find_patterns(matrix);
    let mut used = Vec::new();
    let mut codes = Vec::new();
    let mut tries = 0;
    for set in GenerateFinderPatternSets(&mut patterns) {
        let corners = [set.bl, set.tl, set.tr];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        if tries == MAX_TRIES {
            break;
        }
        tries += 1;
        let Ok(sampled) = SampleQR(matrix, &set) else {
            continue;
        };
        if let Some(bytes) = content(sampled.getBits()) {
            used.extend(corners);
            codes.push(Code::at(sampled.getPoints(), bytes));
        }
    }
    codes
}

fn content(modules: &BitMatrix) -> Option<Vec<u8>> {
    let decoded = Decode(modules).ok().filter(|decoded| decoded.isValid())?;
    let bytes = decoded.content().bytes();
    (!bytes.is_empty()).then(|| bytes.to_vec())
}

impl Code {
    fn at(corners: &[Point], bytes: Vec<u8>) -> Self {
        let least = |side: fn(&Point) -> f32| corners.iter().map(side).fold(f32::INFINITY, f32::min);
        let bottom = corners.iter().map(|corner| corner.y).fold(f32::NEG_INFINITY, f32::max);
        Self { bytes, left: least(|corner| corner.x), top: least(|corner| corner.y), bottom }
    }
}

/// A code belongs to the row of the topmost one when it begins above that one's middle.
fn in_reading_order(mut codes: Vec<Code>) -> Vec<Vec<u8>> {
    codes.sort_by(|a, b| a.top.total_cmp(&b.top));
    let mut contents = Vec::new();
    while let Some(first) = codes.first() {
        let middle = (first.top + first.bottom) / 2.0;
        let in_row = codes.iter().take_while(|code| code.top <= middle).count().max(1);
        let mut row: Vec<Code> = codes.drain(..in_row).collect();
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        for code in row {
            if !contents.contains(&code.bytes) {
                contents.push(code.bytes);
            }
        }
    }
    contents
}

/// Modules on a side of the smallest code, version 1.
const SMALLEST_CODE: usize = 21;

/// A page crowded with finder patterns has thousands of plausible sets; a real page needs far fewer tries.
const MAX_TRIES: usize = 2_000;
