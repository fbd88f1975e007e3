//! The choice of the mask: the one with the lowest penalty of ISO 18004 section 7.8.3.

use super::matrix::Matrix;
use super::penalty::{Plane, penalty};
use super::template::{MaskTemplate, Template};

/// The symbol under the best mask; of equals the first.
pub(super) fn choose(template: &Template, data: &Plane) -> Matrix {
    let transposed = transpose(data);
    let width = template.width();
    let best = template
        .masks()
        .iter()
        .min_by_key(|mask| penalty(&add(data, &mask.rows), &add(&transposed, &mask.columns), width))
        .expect("there are eight masks");
    apply(template, data, best)
}

/// The symbol under a given mask.
pub(super) fn apply(template: &Template, data: &Plane, mask: &MaskTemplate) -> Matrix {
    let rows = add(data, &mask.rows);
    Matrix::from_rows(rows[..template.width()].iter().copied())
}

fn add(data: &Plane, mask: &Plane) -> Plane {
    let mut sum = *data;
    for (row, mask) in sum.iter_mut().zip(mask) {
        *row ^= mask;
    }
    sum
}

/// Rows to columns: swaps ever smaller blocks across the diagonal.
pub(super) fn transpose(plane: &Plane) -> Plane {
    let mut turned = *plane;
    let mut block = 64;
    let mut low = u128::from(u64::MAX);
    while block > 0 {
        for y in (0..128).filter(|y| y & block == 0) {
            let swap = (turned[y] >> block ^ turned[y + block]) & low;
            turned[y] ^= swap << block;
            turned[y + block] ^= swap;
        }
        block /= 2;
        low ^= low << block;
    }
    turned
}
