//! Pictures, lists and broken files through the real program.

mod setup;

use std::fmt::Write;
use std::fs;
use std::time::{Duration, Instant};

use credential_core::lists::Statement;
use credential_core::sealing::Compactor;
use setup::*;

#[test]
fn a_picture_is_read_by_what_it_holds_not_by_its_name() {
    let world = Setting::new();
    let desk = Desk::new(&world);
    let text = world.text(&transcript(1));
    let png = desk.picture("page.png", &[text.as_bytes()]);
    let jpeg = desk.picture("page.jpg", &[text.as_bytes()]);
    fs::rename(&png, desk.folder.path().join("page.txt")).unwrap();
    let renamed = desk.folder.path().join("page.txt");
    let run = desk.verify(&["--json", renamed.to_str().unwrap(), &jpeg]);
    assert_eq!((run.status, run.reasons()), (0, vec!["genuine".into(), "genuine".into()]), "{run:?}");
    let piped = desk.verify_stdin(&["--json", "-"], &fs::read(renamed).unwrap());
    assert_eq!(piped.reasons(), ["genuine"]);
}

#[test]
fn every_code_of_a_page_is_reported_and_different_ones_are_noted() {
    let world = Setting::new();
    let desk = Desk::new(&world);
    let (one, two) = (world.text(&diploma(1)), world.text(&diploma(2)));
    let page = desk.picture("two.png", &[one.as_bytes(), two.as_bytes(), b"https://example.org/"]);
    let run = desk.verify(&["--json", &page]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(run.reasons(), ["genuine", "genuine", "foreign-code"]);
    assert!(run.objects().iter().all(|object| object["codes_differ"] == true && object["codes"] == 3));
    let shown = desk.verify(&[&page]).stdout;
    assert_eq!(shown.matches("carries different codes").count(), 3, "{shown}");
    let bare = world.seal(&diploma(1)).symbol_text(&Compactor::plain());
    let same = desk.verify(&[&desk.picture("same.png", &[one.as_bytes(), bare.as_bytes()])]);
    assert_eq!(same.status, 0);
    assert!(same.stdout.contains("same document in several codes") && !same.stdout.contains("different codes"));
}

#[test]
fn a_link_beside_a_genuine_document_is_named_and_does_not_count() {
    let world = Setting::new();
    let (desk, text) = (Desk::new(&world), world.text(&diploma(1)));
    let page = desk.picture("page.png", &[text.as_bytes(), b"https://school.example/"]);
    let shown = desk.verify(&[&page]);
    assert_eq!(shown.status, 0, "{shown:?}");
    assert!(shown.stdout.contains("DOES NOT COUNT") && !shown.stdout.contains("different codes"), "{}", shown.stdout);
    assert!(!shown.stdout.contains("school.example"), "{}", shown.stdout);
    let objects = desk.verify(&["--json", &page]).objects();
    assert_eq!((&objects[1]["reason"], &objects[1]["counts"]), (&"foreign-code".into(), &false.into()));
    // alone, beside a code that is not shown, and in another input it counts
    let alone = desk.picture("alone.png", &[b"https://school.example/"]);
    assert_eq!(desk.verify(&[&alone]).status, 2);
    let damaged = desk.picture("damaged.png", &[b"SC1:???", b"https://school.example/"]);
    assert_eq!(desk.verify(&[&damaged]).status, 2);
    assert_eq!(desk.verify(&[&text, &alone]).status, 2);
}

#[test]
fn bytes_that_are_no_text_are_a_foreign_code() {
    let desk = Desk::new(&Setting::new());
    let page = desk.picture("bytes.png", &[&[0xFF, 0xFE, 0x80, b'S', b'C']]);
    assert_eq!(desk.verify(&["--json", &page]).reasons(), ["foreign-code"]);
}

#[test]
fn a_picture_bomb_is_refused_before_it_is_decoded() {
    let desk = Desk::new(&Setting::new());
    let bomb = desk.file("bomb.png", png_head(60_000, 60_000));
    let start = Instant::now();
    let run = desk.verify(&["--json", &bomb]);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert_eq!((run.status, run.reasons()), (2, vec!["input-unreadable".into()]));
    assert!(run.stdout.contains("60000 x 60000"), "{run:?}");
}

#[test]
fn whatever_cannot_be_read_is_one_outcome_and_the_run_goes_on() {
    let world = Setting::new();
    let desk = Desk::new(&world);
    let sealed = world.text(&diploma(1));
    let whole = fs::read(desk.picture("page.png", &[sealed.as_bytes()])).unwrap();
    let cases = [
        (desk.folder.path().join("none").to_str().unwrap().to_owned(), "no such file"),
        (desk.folder.path().to_str().unwrap().to_owned(), "folder"),
        ("/dev/null".into(), "device"),
        (desk.file("empty", b""), "empty"),
        (desk.file("blank", b"\n \r\n"), "blank lines"),
        (desk.file("cut.png", &whole[..whole.len() / 2]), "damaged"),
        (desk.file("cut.jpg", b"\xff\xd8\xff\xe0rubbish"), "damaged"),
        (desk.file("page.pdf", b"%PDF-1.7\n"), "PDF"),
        (desk.file("wide.txt", b"\xff\xfeS\0C\0"), "UTF-16"),
        (desk.file("binary", b"ab\0cd"), "neither a picture nor text"),
        (desk.pack.to_str().unwrap().to_owned(), "--trust"),
    ];
    let mut inputs: Vec<_> = cases.iter().map(|(input, _)| input.as_str()).collect();
    inputs.push(&sealed);
    let run = desk.verify(&[&["--json"], &*inputs].concat());
    assert_eq!(run.status, 2);
    let objects = run.objects();
    assert_eq!(objects.len(), cases.len() + 1);
    for ((input, words), object) in cases.iter().zip(&objects) {
        assert_eq!((object["input"].as_str(), object["reason"].as_str()), (Some(&**input), Some("input-unreadable")));
        assert!(object["detail"].as_str().unwrap().contains(words), "{object}");
    }
    assert_eq!(objects[cases.len()]["reason"], "genuine");
    let blank = desk.verify(&["--json", &desk.picture("white.png", &[])]);
    assert_eq!((blank.status, blank.reasons()), (2, vec!["no-code".into()]));
}

#[test]
fn hostile_lines_are_one_outcome_each() {
    let world = Setting::new();
    let desk = Desk::new(&world);
    let sealed = world.text(&diploma(1));
    let lines: [&[u8]; 8] = [
        sealed.as_bytes(),
        b"",
        b"\x1b]0;owned\x07\x1b[2J",
        b"SC1:\xff\xfe",
        &[b'A'; 70_000],
        "SC1:\u{202e}".as_bytes(),
        &sealed.as_bytes()[4..],
        sealed.as_bytes(),
    ];
    for end in ["\n", "\r\n"] {
        let list = desk.file("hostile.txt", [&[0xEF, 0xBB, 0xBF], &*lines.join(end.as_bytes())].concat());
        let run = desk.verify(&["--json", &list]);
        let expected =
            ["genuine", "foreign-code", "foreign-code", "text-malformed", "text-malformed", "foreign-code", "genuine"];
        assert_eq!(run.reasons(), expected);
        let numbers: Vec<_> = run.objects().iter().map(|object| object["line"].as_u64().unwrap()).collect();
        assert_eq!(numbers, [1, 3, 4, 5, 6, 7, 8]);
        let shown = desk.verify(&[&list]);
        assert_eq!(shown.status, 2);
        assert!(!shown.stdout.contains('\u{1b}') && !shown.stdout.contains("owned"), "{}", shown.stdout);
    }
}

#[test]
fn a_file_name_cannot_act_on_the_terminal() {
    let desk = Desk::new(&Setting::new());
    for style in [&["--json"][..], &[]] {
        let run = desk.verify(&[style, &["no\u{1b}[31m\u{202e}file"]].concat());
        assert!(!run.stdout.contains('\u{1b}') && !run.stdout.contains('\u{202e}'), "{run:?}");
    }
    let mistake = run(&["verify", "--no\u{1b}[31mfile"], b"");
    assert!(mistake.status == 2 && !mistake.stderr.contains('\u{1b}'), "{mistake:?}");
}

#[test]
fn twenty_thousand_lines_keep_their_order() {
    let mut world = Setting::new();
    world.decide(&diploma(7), Statement::Withdrawn);
    let desk = Desk::new(&world);
    let texts: Vec<_> = (0..50).map(|number| world.text(&diploma(number))).collect();
    let mut list = String::new();
    for number in 0..20_000 {
        let _ = writeln!(list, "{}", texts[number % 50]);
    }
    let run = desk.verify_stdin(&["--json", "-"], list.as_bytes());
    assert_eq!(run.status, 1);
    let mut lines = 0;
    for (number, object) in run.objects().iter().enumerate() {
        assert_eq!(object["line"], number + 1);
        assert_eq!(object["document"]["number"], format!("R{:09}", number % 50));
        assert_eq!(object["reason"], if number % 50 == 7 { "withdrawn" } else { "genuine" });
        lines += 1;
    }
    assert_eq!(lines, 20_000);
}

#[test]
fn many_codes_are_told_in_a_line_each_and_counted() {
    let mut world = Setting::new();
    world.decide(&diploma(2), Statement::Withdrawn);
    let desk = Desk::new(&world);
    let texts: Vec<_> = (0..4).map(|number| world.text(&diploma(number))).collect();
    let four = desk.file("four.txt", texts.join("\n"));
    let shown = desk.verify(&[&four]);
    assert_eq!(shown.status, 1);
    assert!(shown.stdout.contains("four.txt:3: WITHDRAWN (withdrawn) ") && shown.stdout.contains("4 codes judged"));
    assert!(!shown.stdout.contains("Compare every line"));
    assert_eq!(desk.verify(&["--verbose", &four]).stdout.matches("Compare every line").count(), 3);
    let three = desk.file("three.txt", texts[..3].join("\n"));
    assert_eq!(desk.verify(&[&three]).stdout.matches("Compare every line").count(), 2);
}

#[cfg(unix)]
#[test]
fn a_reader_that_stops_reading_is_no_error() {
    use std::process::{Command, Stdio};
    let world = Setting::new();
    let desk = Desk::new(&world);
    let list = desk.file("many.txt", format!("{}\n", world.text(&diploma(1))).repeat(5_000));
    let mut child = Command::new(env!("CARGO_BIN_EXE_verifier"))
        .args(["verify", "--json", "--trust", desk.pack.to_str().unwrap(), &list])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(!stderr.contains("panic") && !stderr.contains("written"), "{stderr}");
}

/// A PNG that ends after its first chunk.
fn png_head(width: u32, height: u32) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend(width.to_be_bytes());
    chunk.extend(height.to_be_bytes());
    chunk.extend([8, 6, 0, 0, 0]);
    let crc = !chunk.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    });
    [&b"\x89PNG\r\n\x1a\n"[..], &13_u32.to_be_bytes(), &chunk, &crc.to_be_bytes(), b"\0\0\0\0IDAT"].concat()
}
