//! A symbol as SVG: one path of horizontal strokes, its size in millimetres.

use std::fmt::{self, Write};

use super::{QUIET_ZONE, Symbol};

impl Symbol {
    /// The text of an SVG file that prints at the symbol's size; `title` is read to the blind.
    #[must_use]
    pub fn to_svg(&self, title: &str) -> String {
        let mut svg = String::with_capacity(8192);
        self.write_svg(&mut svg, title)
            .expect("writing to a string does not fail");
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
        self.write_strokes(svg)?;
        svg.push_str("\"/>\n</svg>\n");
        Ok(())
    }

    fn write_strokes(&self, svg: &mut String) -> fmt::Result {
        let (mut pen_x, mut pen_y) = (0, 0);
        for y in 0..self.width() {
            let mut x = 0;
            while let Some((start, end)) = self.next_run(x, y) {
                let right = (start + QUIET_ZONE) as isize - pen_x;
                write!(svg, "m{right} {}h{}", y + QUIET_ZONE - pen_y, end - start)?;
                (pen_x, pen_y) = ((end + QUIET_ZONE) as isize, y + QUIET_ZONE);
                x = end;
            }
        }
        Ok(())
    }

    /// The next run of dark modules in row `y` from column `x` on.
    fn next_run(&self, x: usize, y: usize) -> Option<(usize, usize)> {
        let start = (x..self.width()).find(|&x| self.is_dark(x, y))?;
        let end = (start..self.width())
            .find(|&x| !self.is_dark(x, y))
            .unwrap_or(self.width());
        Some((start, end))
    }
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
