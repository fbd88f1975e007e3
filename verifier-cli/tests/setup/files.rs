//! Files as people scan and send them, and as strangers make them: sheets, PDFs, bombs.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, ImageFormat, Luma};
use qrcode::{Color, EcLevel, QrCode};

/// A sheet of A4 with lines of print and codes of 38 mm, as a scanner with so many dots an inch sees it.
pub fn sheet(codes: &[&[u8]], dpi: u32, seed: u32) -> GrayImage {
    let mut chance = Chance(seed);
    let (width, height) = (dpi * 827 / 100, dpi * 1_169 / 100);
    let mut sheet = GrayImage::from_fn(width, height, |_, _| Luma([255 - chance.below(12) as u8]));
    print_lines(&mut sheet, dpi, &mut chance);
    for (number, code) in (0..).zip(codes) {
        let tilt = f64::from(chance.below(40)) / 1_000.0 - 0.02;
        let left = f64::from(dpi) * (0.8 + 3.4 * f64::from(number % 2));
        let top = f64::from(dpi) * (6.0 + 2.2 * f64::from(number / 2));
        draw_code(&mut sheet, code, f64::from(dpi) * 38.0 / 25.4, (left, top), tilt);
    }
    sheet
}

/// Words as dark runs, in the upper half.
fn print_lines(sheet: &mut GrayImage, dpi: u32, chance: &mut Chance) {
    for line in 0..18 {
        let top = dpi * (8 + 2 * line) / 10;
        let mut x = dpi;
        while x < sheet.width() - dpi {
            let length = dpi / 20 + chance.below(dpi / 3);
            for (dx, dy) in (0..length).flat_map(|dx| (0..dpi / 12).map(move |dy| (dx, dy))) {
                if x + dx < sheet.width() - dpi / 2 && (dx / 3 + dy / 2) % 3 != 0 {
                    sheet.put_pixel(x + dx, top + dy, Luma([40 + chance.below(30) as u8]));
                }
            }
            x += length + dpi / 20;
        }
    }
}

/// Draws a code of so many pixels a side, tilted by so many radians, each pixel the mean of four.
fn draw_code(sheet: &mut GrayImage, code: &[u8], side: f64, (left, top): (f64, f64), tilt: f64) {
    let code = QrCode::with_error_correction_level(code, EcLevel::M).unwrap();
    let (modules, colours) = (code.width(), code.to_colors());
    let module = side / modules as f64;
    let margin = 4.0 * module;
    let (sine, cosine) = tilt.sin_cos();
    let dark = |x: f64, y: f64| {
        let (u, v) = ((x * cosine + y * sine) / module, (y * cosine - x * sine) / module);
        let inside = (0.0..modules as f64).contains(&u) && (0.0..modules as f64).contains(&v);
        inside && colours[v as usize * modules + u as usize] == Color::Dark
    };
    let reach = |from: f64| (from - margin) as u32..(from + side + 2.0 * margin) as u32;
    for (x, y) in reach(top).flat_map(|y| reach(left).map(move |x| (x, y))) {
        if x >= sheet.width() || y >= sheet.height() {
            continue;
        }
        let (dx, dy) = (f64::from(x) - left, f64::from(y) - top);
        let points = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)];
        let ink = points.iter().filter(|(px, py)| dark(dx + px, dy + py)).count() as u8;
        let paper = sheet.get_pixel(x, y).0[0].max(240);
        sheet.put_pixel(x, y, Luma([paper - ink * 52]));
    }
}

pub fn png(picture: &GrayImage) -> Vec<u8> {
    encoded(picture, ImageFormat::Png)
}

pub fn tiff(picture: &GrayImage) -> Vec<u8> {
    encoded(picture, ImageFormat::Tiff)
}

fn encoded(picture: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn jpeg(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 75).encode_image(picture).unwrap();
    bytes
}

/// One TIFF of several pages: each keeps its own bytes, and the directories are chained.
pub fn tiff_pages(pages: &[GrayImage]) -> Vec<u8> {
    let mut joined = b"II*\0".to_vec();
    joined.extend([0; 4]);
    let mut link = 4;
    for page in pages {
        let first = joined.len() as u32;
        let (width, height) = page.dimensions();
        joined.extend(page.as_raw());
        joined.resize(joined.len().next_multiple_of(2), 0);
        let directory = joined.len() as u32;
        joined[link..link + 4].copy_from_slice(&directory.to_le_bytes());
        let entries = [
            (256, width),
            (257, height),
            (258, 8),
            (259, 1),
            (262, 1),
            (273, first),
            (277, 1),
            (278, height),
            (279, width * height),
        ];
        joined.extend((entries.len() as u16).to_le_bytes());
        for (tag, value) in entries {
            joined.extend([(tag as u16).to_le_bytes(), 4_u16.to_le_bytes()].concat());
            joined.extend([1_u32.to_le_bytes(), u32::to_le_bytes(value)].concat());
        }
        link = joined.len();
        joined.extend([0; 4]);
    }
    joined
}

/// A PDF, object by object; the first is the catalogue.
#[derive(Default)]
pub struct Pdf(Vec<Vec<u8>>);

impl Pdf {
    /// Adds an object; the result is its number.
    pub fn object(&mut self, body: impl AsRef<[u8]>) -> usize {
        self.0.push(body.as_ref().to_vec());
        self.0.len()
    }

    pub fn stream(&mut self, dictionary: &str, bytes: &[u8]) -> usize {
        let head = format!("<<{dictionary}/Length {}>>stream\n", bytes.len());
        self.object([head.as_bytes(), bytes, b"\nendstream"].concat())
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (number, body) in (1..).zip(&self.0) {
            places.push(bytes.len());
            writeln!(bytes, "{number} 0 obj").unwrap();
            bytes.extend(body);
            bytes.extend(b"\nendobj\n");
        }
        let start = bytes.len();
        write!(bytes, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).unwrap();
        places.iter().for_each(|place| writeln!(bytes, "{place:010} 00000 n ").unwrap());
        write!(bytes, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", places.len() + 1).unwrap();
        bytes
    }
}

/// A PDF of scanned sheets, each with operators that are drawn over it.
pub fn pdf(pages: &[(&GrayImage, &str)], dpi: u32) -> Vec<u8> {
    let mut pdf = Pdf::default();
    pdf.object("<</Type/Catalog/Pages 2 0 R>>");
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 3 + 3 * page)).collect();
    pdf.object(format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()));
    for (picture, over) in pages {
        let points = |pixels: u32| f64::from(pixels) * 72.0 / f64::from(dpi);
        let (width, height) = (points(picture.width()), points(picture.height()));
        let page = pdf.0.len() + 1;
        pdf.object(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.2} {height:.2}]/Contents {} 0 R\
             /Resources<</XObject<</Scan {} 0 R>>>>>>",
            page + 1,
            page + 2
        ));
        pdf.stream("", format!("q {width:.2} 0 0 {height:.2} 0 0 cm /Scan Do Q {over}").as_bytes());
        let head = format!(
            "/Type/XObject/Subtype/Image/Width {}/Height {}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
            picture.width(),
            picture.height()
        );
        pdf.stream(&head, &jpeg(picture));
    }
    pdf.bytes()
}

/// A page with these operators and resources; further objects begin at number 5.
pub fn pdf_page(media_box: &str, resources: &str, operators: &[u8], filter: &str, further: &[Vec<u8>]) -> Vec<u8> {
    let mut pdf = Pdf::default();
    pdf.object("<</Type/Catalog/Pages 2 0 R>>");
    pdf.object("<</Type/Pages/Kids[3 0 R]/Count 1>>");
    pdf.object(format!("<</Type/Page/Parent 2 0 R/MediaBox[{media_box}]/Contents 4 0 R/Resources<<{resources}>>>>"));
    pdf.stream(filter, operators);
    further.iter().for_each(|object| {
        pdf.object(object);
    });
    pdf.bytes()
}

pub fn stream_object(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<<{dictionary}/Length {}>>stream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

pub const A4: &str = "0 0 595 842";

/// What strangers send to break the reader, by name.
pub fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let deep = "[".repeat(200_000);
    let doubling = |last: usize| {
        let form = |number: usize| {
            let next = if number == last { String::new() } else { format!("/F {} 0 R", number + 1) };
            let operators = if number == last { "0 0 9 9 re f" } else { "/F Do /F Do" };
            let head = format!("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<<{next}>>>>");
            stream_object(&head, operators.as_bytes())
        };
        (5..=last).map(form).collect::<Vec<_>>()
    };
    let image = |side: u32, bytes: &[u8]| {
        let head = format!(
            "/Type/XObject/Subtype/Image/Width {side}/Height {side}/ColorSpace/DeviceGray/BitsPerComponent 8\
             /Filter/FlateDecode"
        );
        vec![stream_object(&head, bytes)]
    };
    let tiny =
        "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.0001/YStep 0.0001/Resources<<>>";
    vec![
        ("zeros.png", zeros_png(30_000)),
        ("head.jpg", b"\xff\xd8\xff\xc0\0\x0b\x08\xff\xff\xff\xff\x01\x01\x11\0\xff\xd9".to_vec()),
        ("loop.tiff", b"II*\0\x08\0\0\0\0\0\x08\0\0\0".to_vec()),
        ("wide.tiff", wide_tiff()),
        ("page.pdf", pdf_page("0 0 999999999 999999999", "", b"0 0 9 9 re f", "", &[])),
        ("flat.pdf", pdf_page("0 0 100000 0.0001", "", b"0 0 9 9 re f", "", &[])),
        ("deep.pdf", pdf_page(A4, &format!("/X {deep}"), deep.as_bytes(), "", &[])),
        ("forms.pdf", pdf_page(A4, "/XObject<</F 5 0 R>>", b"/F Do", "", &doubling(60))),
        (
            "self.pdf",
            pdf_page(
                A4,
                "/XObject<</F 5 0 R>>",
                b"/F Do",
                "",
                &[stream_object(
                    "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</F 5 0 R>>>>",
                    b"/F Do /F Do",
                )],
            ),
        ),
        ("inflate.pdf", pdf_page(A4, "", &deflated(b"0 0 9 9 re f ", 1 << 30), "/Filter/FlateDecode", &[])),
        (
            "image.pdf",
            pdf_page(
                A4,
                "/XObject<</I 5 0 R>>",
                b"500 0 0 500 0 0 cm /I Do",
                "",
                &image(60_000, &deflated(b"\0", 1 << 28)),
            ),
        ),
        (
            "states.pdf",
            pdf_page(A4, "", &deflated(b"q 1 0 0 1 0 0 cm 0 0 9 9 re W n ", 1 << 26), "/Filter/FlateDecode", &[]),
        ),
        (
            "tiles.pdf",
            pdf_page(
                A4,
                "/Pattern<</P 5 0 R>>",
                b"/Pattern cs /P scn 0 0 595 842 re f",
                "",
                &[stream_object(tiny, b"0 0 1 1 re f")],
            ),
        ),
        ("tree.pdf", tree_loop()),
        (
            "rubbish.pdf",
            [
                b"%PDF-1.7\n".to_vec(),
                (0..50_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect(),
            ]
            .concat(),
        ),
    ]
}

/// A page tree that is its own child.
fn tree_loop() -> Vec<u8> {
    let mut pdf = Pdf::default();
    pdf.object("<</Type/Catalog/Pages 2 0 R>>");
    pdf.object("<</Type/Pages/Parent 2 0 R/Kids[2 0 R 2 0 R]/Count 1000000>>");
    pdf.bytes()
}

/// A TIFF that says it has 60,000 pixels a side.
fn wide_tiff() -> Vec<u8> {
    let mut tiff = tiff_pages(&[GrayImage::new(2, 2)]);
    let directory = u32::from_le_bytes(tiff[4..8].try_into().unwrap()) as usize;
    for entry in [0, 1] {
        let value = directory + 2 + 12 * entry + 8;
        tiff[value..value + 4].copy_from_slice(&60_000_u32.to_le_bytes());
    }
    tiff
}

/// The pattern again and again, so many bytes, packed.
fn deflated(pattern: &[u8], bytes: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let block = pattern.repeat((1 << 20) / pattern.len());
    (0..bytes >> 20).for_each(|_| encoder.write_all(&block).unwrap());
    encoder.finish().unwrap()
}

/// A sound PNG of one bit a pixel, all black.
fn zeros_png(side: u32) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let row = vec![0; 1 + side.div_ceil(8) as usize];
    (0..side).for_each(|_| encoder.write_all(&row).unwrap());
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let head = [&side.to_be_bytes()[..], &side.to_be_bytes(), &[1, 0, 0, 0, 0]].concat();
    for (kind, bytes) in [(b"IHDR", head), (b"IDAT", encoder.finish().unwrap()), (b"IEND", vec![])] {
        let mut sum = flate2::Crc::new();
        sum.update(kind);
        sum.update(&bytes);
        png.extend((bytes.len() as u32).to_be_bytes());
        png.extend([&kind[..], &bytes, &sum.sum().to_be_bytes()].concat());
    }
    png
}

/// Numbers that look random and are the same in every run.
pub struct Chance(pub u32);

impl Chance {
    pub fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        if self.0 == 0 {
            self.0 = 0x9E37_79B9;
        }
        self.0 % end.max(1)
    }
}
