//! Finds finder patterns, as rxing does, but only so many.
//!
//! rxing compares each pattern with all found before: 16 million pixels full of them would take minutes.

use rxing::Point;
use rxing::common::BitMatrix;
use rxing::common::cpp_essentials::{
    ConcentricPattern, FindLeftGuardBy, FixedPattern, GetPatternRowTP, IsPattern, LocateConcentricPattern, PatternRow,
    PatternView,
};

/// Looks along every third line of pixels, from the top, until the picture or the patience ends.
pub(super) fn find_patterns(matrix: &BitMatrix) -> Vec<ConcentricPattern> {
    let mut found = Vec::new();
    let mut runs = PatternRow::default();
    for y in (2..matrix.height()).step_by(3) {
        GetPatternRowTP(matrix, y, &mut runs, false);
        let mut rest = PatternView::new(&runs);
        while let Some(candidate) = next_candidate(rest) {
            if found.len() == MAX_PATTERNS {
                return found;
            }
            found.extend(locate(matrix, &candidate, y, &found));
            rest = candidate;
            rest.skipPair();
            rest.skipPair();
            rest.extend();
        }
    }
    found
}

/// The next five runs that are black, white, black, white, black, about 1 : 1 : 3 : 1 : 1.
fn next_candidate(runs: PatternView<'_>) -> Option<PatternView<'_>> {
    let is_candidate = |view: &PatternView<'_>, space: Option<f32>| {
        let [a, b, middle, c, d]: [u16; 5] = std::array::from_fn(|i| view[i]);
        middle >= 3
            && middle >= 2 * a.max(d)
            && middle >= b.max(c)
            && IsPattern::<true, 5, 7, false>(view, &RATIO, space, 0.1, 0.0, 0.0) != 0.0
    };
    FindLeftGuardBy::<5, _>(runs, 5, is_candidate).ok().filter(PatternView::isValid)
}

/// Confirms a candidate in all directions, unless it lies in a pattern already found.
fn locate(
    matrix: &BitMatrix,
    candidate: &PatternView<'_>,
    y: u32,
    found: &[ConcentricPattern],
) -> Option<ConcentricPattern> {
    let [a, b, middle]: [f32; 3] = std::array::from_fn(|i| candidate[i].into());
    let x = f32::from(candidate.pixelsInFront()) + a + b + middle / 2.0;
    let centre = Point { x, y: y as f32 + 0.5 };
    let inside = |pattern: &ConcentricPattern| Point::distance(centre, pattern.p) < pattern.size as f32 / 2.0;
    if found.iter().any(inside) {
        return None;
    }
    let width: i32 = candidate.iter().map(i32::from).sum();
    LocateConcentricPattern::<true, 5, 7>(matrix, &RATIO.into(), centre, width * SKEW)
}

const RATIO: FixedPattern<5, 7, false> = FixedPattern::new([1, 1, 3, 1, 1]);

/// How much wider a skewed pattern may be in another direction.
const SKEW: i32 = 3;

/// A sheet of a hundred codes has three hundred, and specks or letters may look alike.
const MAX_PATTERNS: usize = 1_500;
