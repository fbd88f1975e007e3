use proptest::prelude::*;
use qrcode::canvas::Canvas;
use qrcode::{Color, EcLevel, QrCode, Version, bits, ec};

use super::huffman::code_lengths;
use super::matrix::Matrix;
use super::penalty::{Plane, penalty};
use super::segments::Segments;
use super::size::Level;
use super::symbol::{codewords, data_bits, ec_level, width};
use super::template::{MASKS, Template};
use super::{DrawError, PixelsPerModule, PrintSize, Symbol, mask};

const LEVELS: [Level; 2] = [Level::M, Level::Q];

fn mm(mm: f64) -> PrintSize {
    PrintSize::from_mm(mm).unwrap()
}

/// A text that just fits a version and level, without a pattern in it.
fn text_for(version: u8, level: Level) -> String {
    let bits = bits::Bits::new(Version::Normal(version.into()));
    let capacity = bits.max_len(ec_level(level)).unwrap();
    let pairs = (capacity - 17) / 11;
    (0..2 * pairs as u64).map(character).collect()
}

fn character(i: u64) -> char {
    const DIGITS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let mixed = (i + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    char::from(DIGITS[(mixed % 45) as usize])
}

fn crate_matrix(text: &str, version: u8, level: Level, number: usize) -> Matrix {
    let data = data_bits(&Segments::of(text).unwrap(), version, level).into_bytes();
    let number_of_version = Version::Normal(version.into());
    let (data, correction) = ec::construct_codewords(&data, number_of_version, ec_level(level)).unwrap();
    let mut canvas = Canvas::new(number_of_version, ec_level(level));
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MASKS[number]);
    let colors = canvas.into_colors();
    let width = width(version);
    Matrix::from_fn(width, |x, y| colors[y * width + x] == Color::Dark)
}

#[test]
fn equals_the_crates_symbol_under_every_mask() {
    for version in 1..=27 {
        for level in LEVELS {
            let text = text_for(version, level);
            let template = Template::of(version, level);
            let (data, correction) = codewords(&Segments::of(&text).unwrap(), version, level);
            let data = template.place(&data, &correction);
            for (number, mask) in template.masks().iter().enumerate() {
                let ours = mask::apply(template, &data, mask);
                let theirs = crate_matrix(&text, version, level, number);
                assert_eq!(ours, theirs, "version {version}-{level}, mask {number}");
            }
        }
    }
}

#[test]
fn chooses_the_mask_with_the_lowest_penalty() {
    for version in [1, 6, 7, 11, 12, 14, 20, 27] {
        for level in LEVELS {
            let text = text_for(version, level);
            let template = Template::of(version, level);
            let (data, correction) = codewords(&Segments::of(&text).unwrap(), version, level);
            let chosen = mask::choose(template, &template.place(&data, &correction));
            let best =
                (0..8).map(|number| crate_matrix(&text, version, level, number)).min_by_key(slow_penalty).unwrap();
            assert_eq!(chosen, best, "version {version}-{level}");
        }
    }
}

#[test]
fn falls_back_to_the_crate_above_version_27() {
    let symbol = Symbol::encode(&text_for(28, Level::Q), mm(90.0)).unwrap();
    assert_eq!((symbol.version(), symbol.level(), symbol.width()), (28, Level::Q, 129));
    let theirs = QrCode::with_error_correction_level(text_for(28, Level::Q), EcLevel::Q).unwrap();
    let theirs = Matrix::from_fn(129, |x, y| theirs[(x, y)] == Color::Dark);
    assert_eq!(*symbol.matrix(), theirs);
}

#[test]
fn takes_the_smallest_version() {
    for characters in (1..=1600).step_by(13) {
        let text: String = (0..characters).map(character).collect();
        let symbol = Symbol::encode(&text, mm(200.0)).unwrap();
        let fits = |version: u8| {
            let mut bits = bits::Bits::new(Version::Normal(version.into()));
            bits.push_alphanumeric_data(text.as_bytes()).is_ok()
                && bits.push_terminator(ec_level(symbol.level())).is_ok()
        };
        let version = symbol.version();
        assert!(fits(version) && (version == 1 || !fits(version - 1)), "{characters}");
    }
}

#[test]
fn digits_of_a_link_are_in_numeric_mode() {
    let address = "https://bac.example/v#SC1:";
    for digits in [1, 100, 419, 420, 421, 1_500] {
        let text: String = address.chars().chain((0..digits).map(|i| char::from(b'0' + (i * 7 % 10) as u8))).collect();
        let symbol = Symbol::encode(&text, mm(200.0)).unwrap();
        let fits = |version: u8| {
            let mut bits = bits::Bits::new(Version::Normal(version.into()));
            bits.push_byte_data(address.as_bytes()).is_ok()
                && bits.push_numeric_data(&text.as_bytes()[address.len()..]).is_ok()
                && bits.push_terminator(ec_level(symbol.level())).is_ok()
        };
        let version = symbol.version();
        assert!(fits(version) && (version == 1 || !fits(version - 1)), "{digits}");
    }
    let most = (18_672 - 8 - 16 - 14 - address.len() * 8) * 3 / 10;
    let longest = |digits| format!("{address}{}", "9".repeat(digits));
    assert_eq!(Symbol::encode(&longest(most), mm(999.0)).unwrap().version(), 40);
    let characters = address.len() + most + 1;
    let too_long = DrawError::TooLong { characters, most: characters - 1 };
    assert_eq!(Symbol::encode(&longest(most + 1), mm(999.0)), Err(too_long));
}

#[test]
fn level_is_q_from_380_micrometres_on() {
    let text: String = (0..352).map(character).collect();
    // 352 characters: version 13 at Q (69 modules), version 11 at M (61 modules)
    let q = Symbol::encode(&text, mm(0.38 * 77.0)).unwrap();
    assert_eq!((q.level(), q.width()), (Level::Q, 69));
    assert!((q.module_mm() - 0.38).abs() < 1e-9);
    let m = Symbol::encode(&text, mm(0.38 * 77.0 - 0.001)).unwrap();
    assert_eq!((m.level(), m.width()), (Level::M, 61));
}

#[test]
fn refuses_modules_under_250_micrometres() {
    let text: String = (0..352).map(character).collect();
    let needed = mm(0.25 * 69.0);
    assert_eq!(Symbol::encode(&text, needed).unwrap().version(), 11);
    let chosen = mm(0.25 * 69.0 - 0.001);
    let expected = DrawError::TooSmall { modules: 61, needed, chosen };
    assert_eq!(Symbol::encode(&text, chosen), Err(expected));
    assert_eq!(
        expected.to_string(),
        "a code of 61 modules needs 17.25 mm with its border; the chosen size is 17.249 mm"
    );
}

#[test]
fn refuses_what_no_symbol_holds() {
    assert_eq!(Symbol::encode("", mm(30.0)), Err(DrawError::Empty));
    let found = DrawError::NotAlphanumeric { position: 3, found: 'é' };
    assert_eq!(Symbol::encode("SC1é", mm(30.0)), Err(found));
    let found = DrawError::NotAlphanumeric { position: 0, found: 's' };
    assert_eq!(Symbol::encode("sc1:", mm(30.0)), Err(found));
    let long = "A".repeat(3392);
    let too_long = DrawError::TooLong { characters: 3392, most: 3391 };
    assert_eq!(Symbol::encode(&long, mm(999.0)), Err(too_long));
    assert_eq!(Symbol::encode(&long[1..], mm(999.0)).unwrap().version(), 40);
}

#[test]
fn refuses_senseless_sizes() {
    for size in [f64::NAN, f64::INFINITY, -3.0, 0.0, 0.999, 1000.1] {
        assert!(matches!(PrintSize::from_mm(size), Err(DrawError::PrintSize { .. })), "{size}");
    }
    assert!(PixelsPerModule::new(0).is_err());
    assert!(PixelsPerModule::new(33).is_err());
}

/// The rules as the standard words them, module by module.
fn slow_penalty(matrix: &Matrix) -> u32 {
    let width = matrix.width();
    let dark = |x, y| matrix.is_dark(x, y);
    let mut penalty = 0;
    for i in 0..width {
        let row: Vec<bool> = (0..width).map(|x| dark(x, i)).collect();
        let column: Vec<bool> = (0..width).map(|y| dark(i, y)).collect();
        penalty += slow_line(&row) + slow_line(&column);
    }
    for (x, y) in (1..width).flat_map(|x| (1..width).map(move |y| (x, y))) {
        let block = [dark(x, y), dark(x - 1, y), dark(x, y - 1), dark(x - 1, y - 1)];
        penalty += if block == [block[0]; 4] { 3 } else { 0 };
    }
    let all = width * width;
    let count = (0..all).filter(|i| dark(i % width, i / width)).count();
    let off = (count as f64 / all as f64 * 100.0 - 50.0).abs();
    penalty + 10 * (off / 5.0 + 1e-9).floor() as u32
}

fn slow_line(line: &[bool]) -> u32 {
    let runs = line.chunk_by(|a, b| a == b).map(<[bool]>::len).filter(|&run| run >= 5);
    let runs: usize = runs.map(|run| run - 2).sum();
    let at = |i: isize| usize::try_from(i).ok().and_then(|i| line.get(i)).is_some_and(|&dark| dark);
    let finder = [true, false, true, true, true, false, true];
    let finders = (0..line.len() as isize).filter(|&i| {
        let like = (0..7).all(|k| at(i + k as isize) == finder[k]);
        like && (!(i - 4..i).any(at) || !(i + 7..i + 11).any(at))
    });
    runs as u32 + 40 * finders.count() as u32
}

fn planes(matrix: &Matrix) -> [Plane; 2] {
    let mut rows = [0; 128];
    for (row, words) in rows.iter_mut().zip(matrix.rows()) {
        *row = u128::from(words[0]) | u128::from(words[1]) << 64;
    }
    [rows, mask::transpose(&rows)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn penalty_equals_the_plain_one(
        version in 1_u8..=27,
        modules in proptest::collection::vec(0_u8..8, 125 * 125),
        darkness in 1_u8..8,
    ) {
        let width = width(version);
        let matrix = Matrix::from_fn(width, |x, y| modules[y * width + x] < darkness);
        let [rows, columns] = planes(&matrix);
        prop_assert_eq!(penalty(&rows, &columns, width), slow_penalty(&matrix));
    }

    #[test]
    fn png_holds_the_modules(characters in 1_usize..900, pixels in 1_u32..12) {
        let text: String = (0..characters as u64).map(character).collect();
        let symbol = Symbol::encode(&text, mm(60.0)).unwrap();
        let png = symbol.to_png(PixelsPerModule::new(pixels).unwrap());
        prop_assert_eq!(modules_of(&png, pixels as usize), framed(&symbol));
    }
}

/// The modules of a PNG file by the `png` crate, the quiet zone included.
fn modules_of(file: &[u8], pixels: usize) -> Vec<Vec<bool>> {
    let mut options = png::DecodeOptions::default();
    options.set_ignore_checksums(false);
    let file = std::io::Cursor::new(file);
    let mut reader = png::Decoder::new_with_options(file, options).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut bytes).unwrap();
    reader.finish().unwrap();
    assert_eq!((frame.color_type, frame.bit_depth), (png::ColorType::Grayscale, png::BitDepth::One));
    let side = frame.width as usize;
    let dark = |x: usize, y: usize| bytes[y * frame.line_size + x / 8] >> (7 - x % 8) & 1 == 0;
    let module = |x: usize, y: usize| {
        let first = dark(x * pixels, y * pixels);
        let alike = (0..pixels * pixels).all(|i| dark(x * pixels + i % pixels, y * pixels + i / pixels) == first);
        assert!(alike, "module {x},{y} is of one colour");
        first
    };
    let modules = side / pixels;
    (0..modules).map(|y| (0..modules).map(|x| module(x, y)).collect()).collect()
}

fn framed(symbol: &Symbol) -> Vec<Vec<bool>> {
    let modules = symbol.width() + 8;
    let dark = |x: usize, y: usize| x >= 4 && y >= 4 && symbol.is_dark(x - 4, y - 4);
    (0..modules).map(|y| (0..modules).map(|x| dark(x, y)).collect()).collect()
}

#[test]
fn png_holds_the_modules_at_every_scale() {
    let text: String = (0..30).map(character).collect();
    let symbol = Symbol::encode(&text, mm(60.0)).unwrap();
    for pixels in 1..=32 {
        let png = symbol.to_png(PixelsPerModule::new(pixels).unwrap());
        assert_eq!(modules_of(&png, pixels as usize), framed(&symbol), "{pixels}");
    }
}

#[test]
fn png_holds_the_largest_symbol() {
    let symbol = Symbol::encode(&"A:".repeat(1695), mm(100.0)).unwrap();
    assert_eq!(symbol.version(), 40);
    let png = symbol.to_png(PixelsPerModule::new(16).unwrap());
    assert_eq!(modules_of(&png, 16), framed(&symbol));
}

#[test]
fn code_lengths_stay_within_fifteen_bits() {
    let mut counts = [0_u32; 286];
    (counts[0], counts[1]) = (1, 1);
    for i in 2..40 {
        counts[i] = counts[i - 1] + counts[i - 2];
    }
    let lengths = code_lengths(&counts);
    assert_eq!(lengths.iter().max(), Some(&15));
    let used = lengths.iter().filter(|&&length| length > 0);
    let space: u32 = used.map(|length| 1 << (15 - length)).sum();
    assert_eq!(space, 1 << 15, "the code is complete");
}

#[test]
fn png_prints_at_the_chosen_size() {
    let symbol = Symbol::encode("SC1:ABC", mm(25.4)).unwrap();
    let png = symbol.to_png(PixelsPerModule::default());
    let reader = png::Decoder::new(std::io::Cursor::new(&png)).read_info().unwrap();
    let info = reader.info();
    let dimensions = info.pixel_dims.unwrap();
    assert_eq!(dimensions.unit, png::Unit::Meter);
    assert_eq!(info.width, 29 * 4);
    let printed = f64::from(info.width) / f64::from(dimensions.xppu) * 1000.0;
    assert!((printed - 25.4).abs() < 0.01, "{printed}");
}

#[test]
fn bytes_are_the_same_every_time() {
    let draw = || Symbol::encode("SC1:THE SAME", mm(30.0)).unwrap();
    assert_eq!(draw().to_png(PixelsPerModule::default()), draw().to_png(PixelsPerModule::default()));
    assert_eq!(draw().to_svg("a"), draw().to_svg("a"));
}

#[test]
fn svg_strokes_are_the_modules() {
    let text: String = (0..300).map(character).collect();
    let symbol = Symbol::encode(&text, mm(30.5)).unwrap();
    let svg = symbol.to_svg("Diplôme <n° 1> & \"copie\"\u{7}");
    assert!(svg.contains("<title>Diplôme &lt;n° 1&gt; &amp; \"copie\"\u{fffd}</title>"), "{svg}");
    assert!(svg.contains("width=\"30.5mm\" height=\"30.5mm\" viewBox=\"0 0 77 77\""), "{svg}");
    assert_eq!(stroked(&svg, 77), framed(&symbol));
}

/// Follows the strokes of the only path.
fn stroked(svg: &str, side: usize) -> Vec<Vec<bool>> {
    let (_, path) = svg.split_once(" d=\"M0 .5").unwrap();
    let (path, _) = path.split_once('"').unwrap();
    let mut modules = vec![vec![false; side]; side];
    let (mut x, mut y) = (0_isize, 0_isize);
    for stroke in path.split('m').skip(1) {
        let (dx, rest) = stroke.split_once(' ').unwrap();
        let (dy, length) = rest.split_once('h').unwrap();
        x += dx.parse::<isize>().unwrap();
        y += dy.parse::<isize>().unwrap();
        for _ in 0..length.parse::<usize>().unwrap() {
            modules[y as usize][x as usize] = true;
            x += 1;
        }
    }
    modules
}
