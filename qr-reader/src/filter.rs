//! Filters that bring a hard picture into reach of the decoder, in integer arithmetic.

use crate::Picture;

/// Spreads the greys between the 2nd and the 98th percentile over the whole range.
pub(crate) fn stretch(picture: &Picture) -> Picture {
    let (dark, light) = percentiles(picture, picture.pixels() / 50);
    let range = (i32::from(light) - i32::from(dark)).max(1);
    let spread: [u8; 256] = std::array::from_fn(|grey| {
        let above = grey as i32 - i32::from(dark);
        (above * 255 / range).clamp(0, 255) as u8
    });
    picture.map(|grey| spread[usize::from(grey)])
}

/// Turns black into white and white into black.
pub(crate) fn invert(picture: &Picture) -> Picture {
    picture.map(|grey| 255 - grey)
}

/// Halves both sides, each pixel the mean of four; an odd last row or column is dropped.
pub(crate) fn halve(picture: &Picture) -> Picture {
    let (width, height) = (picture.width() / 2, picture.height() / 2);
    let mut grey = Vec::with_capacity(width * height);
    for y in 0..height {
        let upper = picture.row(2 * y as isize).chunks_exact(2);
        let lower = picture.row(2 * y as isize + 1).chunks_exact(2);
        grey.extend(upper.zip(lower).map(|(u, l)| {
            let sum = u16::from(u[0]) + u16::from(u[1]) + u16::from(l[0]) + u16::from(l[1]);
            ((sum + 2) / 4) as u8
        }));
    }
    Picture::made(grey, width, height)
}

/// Doubles both sides by linear interpolation.
pub(crate) fn double(picture: &Picture) -> Picture {
    let (width, height) = (picture.width() * 2, picture.height() * 2);
    let mut grey = Vec::with_capacity(width * height);
    for y in 0..height as isize {
        let near = picture.row(y / 2);
        let far = picture.row(y / 2 + if y % 2 == 0 { -1 } else { 1 });
        let mixed = near.iter().zip(far).map(|(&n, &f)| 3 * u16::from(n) + u16::from(f));
        let mixed = with_ends_repeated(mixed, picture.width());
        grey.extend(mixed.windows(3).flat_map(|w| {
            let (left, right) = (3 * w[1] + w[0], 3 * w[1] + w[2]);
            [((left + 8) / 16) as u8, ((right + 8) / 16) as u8]
        }));
    }
    Picture::made(grey, width, height)
}

/// Gives each pixel the median of the nine around it, which removes specks.
pub(crate) fn median(picture: &Picture) -> Picture {
    let mut grey = Vec::with_capacity(picture.pixels());
    for [above, here, below] in neighbour_rows(picture) {
        let columns = above.iter().zip(here).zip(below).map(|((&a, &h), &b)| sort3(a, h, b));
        let columns = with_ends_repeated(columns, picture.width());
        grey.extend(columns.windows(3).map(|w| median_of_sorted(w[0], w[1], w[2])));
    }
    Picture::made(grey, picture.width(), picture.height())
}

/// Blurs a little: weights 1 2 1 in both directions.
pub(crate) fn smooth(picture: &Picture) -> Picture {
    let mut grey = Vec::with_capacity(picture.pixels());
    for [above, here, below] in neighbour_rows(picture) {
        let columns = above.iter().zip(here).zip(below);
        let columns = columns.map(|((&a, &h), &b)| u16::from(a) + 2 * u16::from(h) + u16::from(b));
        let columns = with_ends_repeated(columns, picture.width());
        grey.extend(columns.windows(3).map(|w| ((w[0] + 2 * w[1] + w[2] + 8) / 16) as u8));
    }
    Picture::made(grey, picture.width(), picture.height())
}

/// The greys below and above which lie `tail` pixels.
fn percentiles(picture: &Picture, tail: usize) -> (u8, u8) {
    let mut counts = [0usize; 256];
    for &grey in picture.grey() {
        counts[usize::from(grey)] += 1;
    }
    let reach = |greys: &mut dyn Iterator<Item = usize>| {
        let mut seen = 0;
        let end = greys.take_while(|&grey| {
            seen += counts[grey];
            seen <= tail
        });
        end.count()
    };
    (reach(&mut (0..256)) as u8, 255 - reach(&mut (0..256).rev()) as u8)
}

/// Each row with the one above and the one below; at the edges the row itself stands in.
fn neighbour_rows(picture: &Picture) -> impl Iterator<Item = [&[u8]; 3]> {
    (0..picture.height() as isize).map(|y| [picture.row(y - 1), picture.row(y), picture.row(y + 1)])
}

/// The values with the first and the last one said twice.
fn with_ends_repeated<T: Copy>(values: impl Iterator<Item = T>, length: usize) -> Vec<T> {
    let mut repeated = Vec::with_capacity(length + 2);
    for value in values {
        if repeated.is_empty() {
            repeated.push(value);
        }
        repeated.push(value);
    }
    repeated.extend(repeated.last().copied());
    repeated
}

fn sort3(a: u8, b: u8, c: u8) -> [u8; 3] {
    let (low, high) = (a.min(b), a.max(b));
    [low.min(c), low.max(high.min(c)), high.max(c)]
}

/// The median of nine is that of the greatest minimum, the middle median and the least maximum of three columns.
fn median_of_sorted(a: [u8; 3], b: [u8; 3], c: [u8; 3]) -> u8 {
    let low = a[0].max(b[0]).max(c[0]);
    let middle = sort3(a[1], b[1], c[1])[1];
    let high = a[2].min(b[2]).min(c[2]);
    sort3(low, middle, high)[1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture<const W: usize, const H: usize>(rows: [[u8; W]; H]) -> Picture {
        Picture::made(rows.concat(), W, H)
    }

    #[test]
    fn stretch_reaches_black_and_white() {
        let stretched = stretch(&picture([[100, 110], [120, 100]]));
        assert_eq!(stretched, picture([[0, 127], [255, 0]]));
    }

    #[test]
    fn invert_twice_changes_nothing() {
        let grey = picture([[0, 7], [100, 255]]);
        assert_eq!(invert(&grey), picture([[255, 248], [155, 0]]));
        assert_eq!(invert(&invert(&grey)), grey);
    }

    #[test]
    fn halve_takes_means_and_drops_the_odd_edge() {
        let halved = halve(&picture([[0, 10, 99], [20, 30, 99], [99, 99, 99]]));
        assert_eq!(halved, picture([[15]]));
    }

    #[test]
    fn double_interpolates_between_neighbours() {
        let doubled = double(&picture([[0, 160]]));
        assert_eq!(doubled, picture([[0, 40, 120, 160], [0, 40, 120, 160]]));
    }

    #[test]
    fn median_removes_a_speck_and_keeps_an_edge() {
        let specked = picture([[9, 9, 0, 0], [9, 200, 0, 0], [9, 9, 0, 0]]);
        assert_eq!(median(&specked), picture([[9, 9, 0, 0]; 3]));
    }

    #[test]
    fn smooth_spreads_a_point_by_1_2_1() {
        let point = picture([[0, 0, 0], [0, 160, 0], [0, 0, 0]]);
        assert_eq!(smooth(&point), picture([[10, 20, 10], [20, 40, 20], [10, 20, 10]]));
    }
}
