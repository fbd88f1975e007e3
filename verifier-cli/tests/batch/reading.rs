//! What is read from files and pages, and what is not.

use std::time::{Duration, Instant};

use credential_core::lists::Statement;

use super::*;

#[test]
fn every_file_is_a_line_whatever_it_holds() {
    let mut world = Setting::new();
    decide(&mut world, 2, Statement::Withdrawn);
    let office = Office::new(world);
    let [one, two, three] = [1, 2, 3].map(|number| office.text(number, |_| {}));
    let blank = sheet(&[], 150, 3);
    let (first, second) = (sheet(&[one.as_bytes()], 200, 1), sheet(&[two.as_bytes()], 200, 2));
    office.put("a/page.png", png(&first));
    office.put("a/photo.jpg", files::jpeg(&second));
    office.put("b/c/scan.pdf", pdf(&[(&blank, ""), (&first, "")], 200));
    office.put("b/two.tiff", files::tiff_pages(&[first.clone(), blank.clone(), second.clone()]));
    office.put_page("both.png", &[&one, &three]);
    office.put("cut.png", &png(&first)[..2_000]);
    office.put("empty.pdf", b"");
    office.put("letter.pdf", pdf(&[(&blank, "")], 150));
    office.put("notes.txt", b"remember the milk\n");
    office.put("office.docx", b"PK\x03\x04rest");
    office.put("rubbish.pdf", b"%PDF-1.4\nrubbish");
    let expected = [
        ("a/page.png", 1, "genuine"),
        ("a/photo.jpg", 1, "withdrawn"),
        ("b/c/scan.pdf", 2, "genuine"),
        ("b/two.tiff", 1, "genuine"),
        ("b/two.tiff", 3, "withdrawn"),
        ("both.png", 1, "genuine"),
        ("both.png", 1, "genuine"),
        ("cut.png", 1, "input-unreadable"),
        ("empty.pdf", 0, "input-unreadable"),
        ("letter.pdf", 0, "no-code"),
        ("notes.txt", 0, "input-unreadable"),
        ("office.docx", 0, "input-unreadable"),
        ("rubbish.pdf", 0, "input-unreadable"),
    ];
    let records = office.expect(&[], &expected, 1);
    let both: Vec<_> = records[1..].iter().filter(|line| name(line) == "both.png").collect();
    assert!(both.iter().all(|line| line["notes"][0] == "different-codes"), "{both:?}");
    assert_eq!(both[0]["document"]["serial"], serial(1).to_string());
    assert_eq!(records[1]["sha256"], hex(&sha256(&png(&first))));
}

#[test]
fn a_code_that_nobody_sees_is_not_read() {
    let office = Office::new(Setting::new());
    let text = office.text(1, |_| {});
    let page = sheet(&[text.as_bytes()], 200, 1);
    let blank = sheet(&[], 200, 1);
    let (width, height) = (f64::from(page.width()) * 0.36, f64::from(page.height()) * 0.36);
    let cover = format!("1 1 1 rg 0 0 {width} {height} re f");
    office.put("covered.pdf", pdf(&[(&page, &cover)], 200));
    office.put("below.pdf", pdf(&[(&page, "q 595 0 0 842 0 0 cm 0 g 0 0 1 1 re f Q")], 200));
    office.put("seen.pdf", pdf(&[(&page, "0 1 1 rg 20 20 30 30 re f")], 200));
    office.put("outside.pdf", outside(&page));
    office.put("faint.pdf", pdf(&[(&faint(&page), "")], 200));
    office.put("blank.pdf", pdf(&[(&blank, "")], 200));
    let expected = [
        ("below.pdf", 0, "no-code"),
        ("blank.pdf", 0, "no-code"),
        ("covered.pdf", 0, "no-code"),
        ("faint.pdf", 0, "no-code"),
        ("outside.pdf", 0, "no-code"),
        ("seen.pdf", 1, "genuine"),
    ];
    office.expect(&[], &expected, 2);
}

/// The page with its code beside the paper.
fn outside(page: &image::GrayImage) -> Vec<u8> {
    let head = format!(
        "/Type/XObject/Subtype/Image/Width {}/Height {}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
        page.width(),
        page.height()
    );
    let object = files::stream_object(&head, &files::jpeg(page));
    pdf_page(A4, "/XObject<</I 5 0 R>>", b"595 0 0 842 700 0 cm /I Do", "", &[object])
}

/// The page as nearly white as paper is.
fn faint(page: &image::GrayImage) -> image::GrayImage {
    image::GrayImage::from_fn(page.width(), page.height(), |x, y| image::Luma([252 + page.get_pixel(x, y).0[0] / 128]))
}

#[test]
fn what_would_break_the_reader_is_one_line_within_its_time() {
    let office = Office::new(Setting::new());
    let hostile = files::hostile();
    for (name, bytes) in &hostile {
        office.put(name, bytes);
    }
    office.put_scan("zz.png", &office.text(1, |_| {}));
    let start = Instant::now();
    let (status, records) = office.records(&["--jobs", "2"]);
    let most = Duration::from_secs(11 * hostile.len() as u64 / 2 + 20);
    assert!(start.elapsed() < most, "{:?}", start.elapsed());
    let found = found(&records);
    assert_eq!(found.len(), hostile.len() + 1, "{found:?}");
    for (name, _, reason) in &found[..hostile.len()] {
        assert!(["input-unreadable", "no-code"].contains(reason), "{name}: {reason}");
    }
    assert_eq!((*found.last().unwrap(), status), (("zz.png", 1, "genuine"), 2));
    let detail = |file: &str| line_of(&records, file)["detail"].as_str().unwrap();
    assert!(detail("zeros.png").contains("30000 x 30000"), "{}", detail("zeros.png"));
    assert!(detail("forms.pdf").contains("too long"), "{}", detail("forms.pdf"));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_a_loop_ends() {
    use std::os::unix::fs::symlink;
    let office = Office::new(Setting::new());
    office.put_scan("page.png", &office.text(1, |_| {}));
    symlink(&office.scans, office.scans.join("again")).unwrap();
    symlink("/dev/zero", office.scans.join("zero.png")).unwrap();
    let expected = [("again", 0, "input-unreadable"), ("page.png", 1, "genuine"), ("zero.png", 0, "input-unreadable")];
    office.expect(&[], &expected, 2);
}
