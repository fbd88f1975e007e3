//! The chain of ever more costly tries on one picture.

use std::ops::Range;

use crate::Picture;
use crate::decode::Threshold::{self, Global, Local};
use crate::decode::decode;
use crate::filter::{double, halve, invert, median, smooth, stretch};
use crate::sharpen::{Sharpening, unsharp};

/// Returns the distinct contents of all codes in the picture, rows from top to bottom, each from left to right.
///
/// The contents are the bytes of the code, not a text. With [`Effort::Thorough`] the first step that reads
/// anything ends the search, and all that it read is returned: a second code that only a later filter would
/// show stays unread.
pub fn read(picture: &Picture, effort: Effort) -> Vec<Vec<u8>> {
    let found = decode(picture, Local);
    if effort == Effort::Quick || !found.is_empty() {
        return found;
    }
    let steps = STEPS.iter().filter(|step| step.sizes.contains(&picture.pixels()));
    let mut found = steps.map(|step| decode(&(step.prepare)(picture), step.threshold));
    found.find(|codes| !codes.is_empty()).unwrap_or_default()
}

/// How much time a picture is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// One try on the picture as it is: for the frames of a camera, where the next one comes soon.
    Quick,
    /// All filters, until one helps: for a picture that is all there is. A picture without a code costs the most.
    Thorough,
}

struct Step {
    sizes: Range<usize>,
    prepare: fn(&Picture) -> Picture,
    threshold: Threshold,
}

/// What follows the plain try, in the order of what each step finds for its cost.
const STEPS: [Step; 9] = [
    step(ANY_SIZE, stretch, Global),
    step(ANY_SIZE, invert, Local),
    step(WORTH_HALVING, halve, Local),
    step(ANY_SIZE, |p| smooth(&median(p)), Local),
    step(ANY_SIZE, |p| stretch(&smooth(p)), Global),
    step(WORTH_DOUBLING, |p| unsharp(&double(p), GENTLE), Local),
    step(WORTH_DOUBLING, |p| unsharp(&double(p), STRONG), Local),
    step(WORTH_DOUBLING, |p| double(&median(p)), Local),
    step(WORTH_DOUBLING, |p| double(&smooth(&smooth(p))), Local),
];

const fn step(sizes: Range<usize>, prepare: fn(&Picture) -> Picture, threshold: Threshold) -> Step {
    Step { sizes, prepare, threshold }
}

/// Numbers of pixels for which a step is worth its time.
const ANY_SIZE: Range<usize> = 0..usize::MAX;
const WORTH_HALVING: Range<usize> = 300_000..usize::MAX;
const WORTH_DOUBLING: Range<usize> = 0..4_000_000;

/// About a Gaussian of 2 pixels, the difference added one and a half times.
const GENTLE: Sharpening = Sharpening { radius: 2, passes: 2, halves: 3 };

/// About a Gaussian of 3.5 pixels, the difference added six times: of 60 blurred codes 60 are read, added three times 51.
const STRONG: Sharpening = Sharpening { radius: 3, passes: 3, halves: 12 };
