//! What paper, scanners and cameras do to a picture.

use qr_reader::Picture;

use crate::chance::Chance;
use crate::codes::{from_bytes, from_fn};

pub(crate) fn quarter_turn(picture: &Picture) -> Picture {
    let (width, height) = (picture.width(), picture.height());
    from_fn(height, width, |x, y| picture.grey()[(height - 1 - x) * width + y])
}

/// Turns by `degrees` about the middle, on white paper large enough.
pub(crate) fn turn(picture: &Picture, degrees: f32) -> Picture {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let side = width.hypot(height).ceil();
    from_fn(side as usize, side as usize, |x, y| {
        let (x, y) = (x as f32 - side / 2.0, y as f32 - side / 2.0);
        sample(picture, cos * x + sin * y + width / 2.0, cos * y - sin * x + height / 2.0)
    })
}

/// Looks at the sheet with its top edge tilted away by `degrees`.
pub(crate) fn tilt(picture: &Picture, degrees: f32) -> Picture {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let distance = 3.0 * width;
    from_fn(picture.width(), picture.height(), |x, y| {
        let (x, y) = (x as f32 - width / 2.0, y as f32 - height / 2.0);
        let on_sheet = y * distance / (distance * cos + y * sin);
        let depth = (distance - on_sheet * sin) / distance;
        sample(picture, x * depth + width / 2.0, on_sheet + height / 2.0)
    })
}

/// Shows the sheet at `scale` times its size, as a coarse scanner does: each pixel the mean of what it covers.
pub(crate) fn scan(picture: &Picture, scale: f32) -> Picture {
    let side = |length: usize| (length as f32 * scale) as usize;
    from_fn(side(picture.width()), side(picture.height()), |x, y| {
        let points = (0..16).map(|i| ((i % 4) as f32 / 4.0 + 0.125, (i / 4) as f32 / 4.0 + 0.125));
        let sum: u32 =
            points.map(|(dx, dy)| u32::from(sample(picture, (x as f32 + dx) / scale, (y as f32 + dy) / scale))).sum();
        (sum / 16) as u8
    })
}

/// A Gaussian blur of `sigma` pixels.
pub(crate) fn blur(picture: &Picture, sigma: f32) -> Picture {
    let reach = (3.0 * sigma).ceil() as isize;
    let weight = |d: isize| (-0.5 * (d as f32 / sigma).powi(2)).exp();
    let weights: Vec<f32> = (-reach..=reach).map(weight).collect();
    along_rows(&quarter_turn(&along_rows(picture, &weights)), &weights)
}

/// Adds up to `strength` greys to each pixel or takes them away.
pub(crate) fn noise(picture: &Picture, strength: u32, seed: u64) -> Picture {
    let mut chance = Chance::new(seed);
    let mut add = |grey: u8| i32::from(grey) + chance.below(2 * strength + 1) as i32 - strength as i32;
    let bytes = picture.grey().iter().map(|&grey| add(grey).clamp(0, 255) as u8).collect();
    from_bytes(bytes, picture.width(), picture.height())
}

/// Gives any grey to `percent` of the pixels.
pub(crate) fn specks(picture: &Picture, percent: u32, seed: u64) -> Picture {
    let mut chance = Chance::new(seed);
    let mut speck = |grey: u8| {
        if chance.below(100) < percent { chance.next() as u8 } else { grey }
    };
    let bytes = picture.grey().iter().map(|&grey| speck(grey)).collect();
    from_bytes(bytes, picture.width(), picture.height())
}

/// Leaves the greys from `dark` to `light` only.
pub(crate) fn fade(picture: &Picture, dark: u8, light: u8) -> Picture {
    shade(picture, |_, _, grey| f32::from(dark) + grey * f32::from(light - dark) / 255.0)
}

pub(crate) fn invert(picture: &Picture) -> Picture {
    shade(picture, |_, _, grey| 255.0 - grey)
}

/// Lets the light fall from the full on the left to `rest` of it on the right.
pub(crate) fn shadow(picture: &Picture, rest: f32) -> Picture {
    let width = picture.width() as f32;
    shade(picture, |x, _, grey| grey * (1.0 - (1.0 - rest) * x / width))
}

/// Covers a rectangle with grey paint.
pub(crate) fn cover(picture: &Picture, left: f32, top: f32, side: f32) -> Picture {
    let inside = |at: f32, from: f32| (from..from + side).contains(&at);
    shade(picture, |x, y, grey| if inside(x, left) && inside(y, top) { 140.0 } else { grey })
}

/// Lays a picture on a page.
pub(crate) fn place(page: &Picture, picture: &Picture, left: usize, top: usize) -> Picture {
    let mut bytes = page.grey().to_vec();
    for (y, row) in picture.grey().chunks(picture.width()).enumerate() {
        bytes[(top + y) * page.width() + left..][..row.len()].copy_from_slice(row);
    }
    from_bytes(bytes, page.width(), page.height())
}

fn shade(picture: &Picture, change: impl Fn(f32, f32, f32) -> f32) -> Picture {
    from_fn(picture.width(), picture.height(), |x, y| {
        let grey = picture.grey()[y * picture.width() + x];
        change(x as f32, y as f32, f32::from(grey)).clamp(0.0, 255.0) as u8
    })
}

fn along_rows(picture: &Picture, weights: &[f32]) -> Picture {
    let whole: f32 = weights.iter().sum();
    let (width, reach) = (picture.width(), weights.len() / 2);
    from_fn(width, picture.height(), |x, y| {
        let row = &picture.grey()[y * width..][..width];
        let near = |i: usize| row[(x + i).saturating_sub(reach).min(width - 1)];
        let sum: f32 = weights.iter().enumerate().map(|(i, w)| w * f32::from(near(i))).sum();
        (sum / whole + 0.5) as u8
    })
}

/// The grey at a point between pixels; white beyond the edge.
fn sample(picture: &Picture, x: f32, y: f32) -> u8 {
    let (x, y) = (x - 0.5, y - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (right_share, lower_share) = (x - left, y - top);
    let at = |x: f32, y: f32| {
        let inside = x >= 0.0 && y >= 0.0 && x < picture.width() as f32 && y < picture.height() as f32;
        if inside { f32::from(picture.grey()[y as usize * picture.width() + x as usize]) } else { 255.0 }
    };
    let upper = at(left, top) * (1.0 - right_share) + at(left + 1.0, top) * right_share;
    let lower = at(left, top + 1.0) * (1.0 - right_share) + at(left + 1.0, top + 1.0) * right_share;
    (upper * (1.0 - lower_share) + lower * lower_share + 0.5) as u8
}
