//! The unsharp mask, in integer arithmetic.

use crate::Picture;

/// How far around a pixel [`unsharp`] looks and how much it adds.
#[derive(Clone, Copy)]
pub(crate) struct Sharpening {
    /// Radius of the mean that is taken `passes` times; together they come near a Gaussian.
    pub(crate) radius: usize,
    pub(crate) passes: usize,
    /// How many halves of the difference are added.
    pub(crate) halves: i32,
}

/// Sharpens: adds the difference between the picture and its blurred self.
pub(crate) fn unsharp(picture: &Picture, sharpening: Sharpening) -> Picture {
    let mut blurred = picture.clone();
    for _ in 0..sharpening.passes {
        blurred = mean_of_columns(&mean_of_rows(&blurred, sharpening.radius), sharpening.radius);
    }
    let pairs = picture.grey().iter().zip(blurred.grey());
    let grey = pairs.map(|(&sharp, &soft)| {
        let (sharp, soft) = (i32::from(sharp), i32::from(soft));
        (sharp + sharpening.halves * (sharp - soft) / 2).clamp(0, 255) as u8
    });
    Picture::made(grey.collect(), picture.width(), picture.height())
}

fn mean_of_rows(picture: &Picture, radius: usize) -> Picture {
    let mean = Mean::of(2 * radius + 1);
    let mut grey = Vec::with_capacity(picture.pixels());
    let mut padded = Vec::with_capacity(picture.width() + 2 * radius + 1);
    for row in picture.rows() {
        padded.clear();
        padded.extend(std::iter::repeat_n(row[0], radius));
        padded.extend_from_slice(row);
        padded.extend(std::iter::repeat_n(row[row.len() - 1], radius + 1));
        let mut sum: u32 = padded[..=2 * radius].iter().map(|&p| u32::from(p)).sum();
        grey.extend(padded.iter().zip(&padded[2 * radius + 1..]).map(|(&leaves, &enters)| {
            let value = mean.divide(sum);
            sum = sum + u32::from(enters) - u32::from(leaves);
            value
        }));
    }
    Picture::made(grey, picture.width(), picture.height())
}

fn mean_of_columns(picture: &Picture, radius: usize) -> Picture {
    let mean = Mean::of(2 * radius + 1);
    let radius = radius as isize;
    let mut grey = Vec::with_capacity(picture.pixels());
    let mut sums = vec![0u32; picture.width()];
    for y in -radius..=radius {
        sums.iter_mut().zip(picture.row(y)).for_each(|(sum, &p)| *sum += u32::from(p));
    }
    for y in 0..picture.height() as isize {
        grey.extend(sums.iter().map(|&sum| mean.divide(sum)));
        let change = picture.row(y + radius + 1).iter().zip(picture.row(y - radius));
        for (sum, (&enters, &leaves)) in sums.iter_mut().zip(change) {
            *sum = *sum + u32::from(enters) - u32::from(leaves);
        }
    }
    Picture::made(grey, picture.width(), picture.height())
}

/// Division by a small count as one multiplication.
struct Mean {
    reciprocal: u32,
}

impl Mean {
    fn of(count: usize) -> Self {
        Self { reciprocal: (1 << 16) / count as u32 }
    }

    fn divide(&self, sum: u32) -> u8 {
        ((sum * self.reciprocal + (1 << 15)) >> 16) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture<const W: usize, const H: usize>(rows: [[u8; W]; H]) -> Picture {
        Picture::made(rows.concat(), W, H)
    }

    #[test]
    fn unsharp_raises_an_edge_and_leaves_a_plain() {
        let sharpening = Sharpening { radius: 1, passes: 1, halves: 2 };
        let edge = picture([[90, 90, 90, 120, 120, 120]; 3]);
        assert_eq!(unsharp(&edge, sharpening), picture([[90, 90, 80, 130, 120, 120]; 3]));
    }

    #[test]
    fn means_of_white_stay_white() {
        for radius in 1..5 {
            let white = picture([[255; 9]; 9]);
            assert_eq!(mean_of_columns(&mean_of_rows(&white, radius), radius), white);
        }
    }
}
