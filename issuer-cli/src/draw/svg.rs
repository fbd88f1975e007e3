//! A symbol as SVG: one path of horizontal strokes, its size in millimetres.

use std::fmt::{self, Write};

use super::{QUIET_ZONE, Symbol};

impl Symbol {
    /// The text of an SVG file that prints at the symbol's size; `title` is read to the blind.
    #[must_use]
    pub fn to_svg(&self, title: &str) -> String {
        let mut svg = String::with_capacity(8192);
        self.write_svg(&mut svg, title).expect("writing to a string does not fail");
        svg
    }

    fn write_svg(&self, svg: &mut String, title: &str) -> fmt::Result {
        let mm = self.size().mm();
        let side = self.width() + 2 * QUIET_ZONE;
        write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{mm}mm\" height=\"{mm}mm\" \
             viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" role=\"img\">\n<title>"
        )?;
        write_escaped(svg, title)?;
        write!(
            svg,
            "</title>\n<rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\n\
             <path fill=\"none\" stroke=\"#000\" d=\"M0 .5"
        )?;
        self.write_strokes(svg);
        svg.push_str("\"/>\n</svg>\n");
        Ok(())
    }

    fn write_strokes(&self, svg: &mut String) {
        let (mut pen_x, mut pen_y) = (0, 0);
        for y in 0..self.width() {
            for (start, end) in self.matrix().runs(y) {
                let (start, end, y) = (start + QUIET_ZONE, end + QUIET_ZONE, y + QUIET_ZONE);
                svg.push('m');
                push_number(svg, start as isize - pen_x);
                svg.push(' ');
                push_number(svg, (y - pen_y) as isize);
                svg.push('h');
                push_number(svg, (end - start) as isize);
                (pen_x, pen_y) = (end as isize, y);
            }
        }
    }
}

/// Writes a number of three digits at most: the formatter takes longer than all the rest.
fn push_number(svg: &mut String, number: isize) {
    if number < 0 {
        svg.push('-');
    }
    let number = number.unsigned_abs();
    let digit = |unit: usize| char::from(b'0' + (number / unit % 10) as u8);
    if number >= 100 {
        svg.push(digit(100));
    }
    if number >= 10 {
        svg.push(digit(10));
    }
    svg.push(digit(1));
}

/// Writes text for XML; characters that XML does not know become U+FFFD.
fn write_escaped(svg: &mut String, text: &str) -> fmt::Result {
    for character in text.chars() {
        match character {
            '&' => svg.push_str("&amp;"),
            '<' => svg.push_str("&lt;"),
            '>' => svg.push_str("&gt;"),
            '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'.. => svg.push(character),
            _ => svg.push('\u{fffd}'),
        }
    }
    Ok(())
}
