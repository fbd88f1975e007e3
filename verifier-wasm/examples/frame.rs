//! Draws the code of a text (standard input) into a grey camera frame (standard output): 1280 x 720 pixels, a shadow, noise.
//! Without a text the sheet is blank.

use std::io::{self, Read, Write};

use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

const WIDTH: usize = 1_280;
const HEIGHT: usize = 720;
const PIXELS_A_MODULE: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let code = QrCode::with_error_correction_level(text.trim_end_matches('\n'), EcLevel::M)?;
    let side = if text.is_empty() { 0 } else { code.width() * PIXELS_A_MODULE };
    let (left, top) = ((WIDTH - side) / 2, (HEIGHT - side) / 2);
    let mut noise = 1_u32;
    let mut frame = Vec::with_capacity(WIDTH * HEIGHT);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let inside = (left..left + side).contains(&x) && (top..top + side).contains(&y);
            let dark = inside && code[((x - left) / PIXELS_A_MODULE, (y - top) / PIXELS_A_MODULE)] == Color::Dark;
            let light = 200 - 80 * x / WIDTH; // the shadow falls from the right
            let grey = if dark { light / 4 } else { light };
            frame.push((grey + (noise >> 28) as usize) as u8);
        }
    }
    io::stdout().lock().write_all(&frame)?;
    Ok(())
}
