//! Folders of scans through the real program: every file is a line, whatever it holds.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "setup/files.rs"]
mod files;
mod setup;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use credential_core::{Document, StatusValue, Words, issue};
use files::{A4, pdf, pdf_page, png, sheet};
use serde_json::Value;
use setup::*;

/// A desk with a folder of scans.
struct Office {
    world: World,
    desk: Desk,
    scans: PathBuf,
}

impl Office {
    fn new(world: World) -> Self {
        let desk = Desk::new(&world);
        let scans = desk.folder.path().join("scans");
        fs::create_dir(&scans).unwrap();
        Self { world, desk, scans }
    }

    /// The text of document `number`, with a serial of its own.
    fn text(&self, number: u64, change: impl FnOnce(&mut Document)) -> String {
        let mut document = diploma(number);
        change(&mut document);
        let sealed = issue(&document, serial(number), SEALED_AT, &self.world.key).unwrap();
        sealed.symbol_text(&self.world.dictionary.compactor())
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.scans.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn put_scan(&self, name: &str, text: &str) {
        self.put(name, png(&sheet(&[text.as_bytes()], 150, 7)));
    }

    fn path(&self, name: &str) -> String {
        self.desk.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn batch(&self, arguments: &[&str]) -> Run {
        let (now, pack) = (NOW.to_string(), self.desk.pack.to_str().unwrap());
        let fixed = ["batch", "--trust", pack, "--at", &now, self.scans.to_str().unwrap()];
        run(&[&fixed, arguments].concat(), b"")
    }

    /// A run with a report in JSON lines: its exit status and records.
    fn records(&self, arguments: &[&str]) -> (i32, Vec<Value>) {
        let report = self.path(&format!("report-{}.jsonl", fs::read_dir(self.desk.folder.path()).unwrap().count()));
        let run = self.batch(&[&["--report", &report], arguments].concat());
        let text = fs::read_to_string(&report).unwrap_or_else(|_| panic!("{run:?}"));
        (run.status, text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
    }
}

fn lines(records: &[Value]) -> Vec<(String, u64, String)> {
    let lines = records.iter().filter(|record| record["record"] == "line");
    let name = |record: &Value| record["file"].as_str().unwrap().rsplit_once("scans/").unwrap().1.to_owned();
    lines.map(|r| (name(r), r["page"].as_u64().unwrap_or(0), r["reason"].as_str().unwrap().to_owned())).collect()
}

fn line(name: &str, page: u64, reason: &str) -> (String, u64, String) {
    (name.into(), page, reason.into())
}

#[test]
fn every_file_is_a_line_whatever_it_holds() {
    let mut world = World::new();
    world.status[2] = StatusValue::Withdrawn;
    let office = Office::new(world);
    let [one, two, three] = [1, 2, 3].map(|number| office.text(number, |_| {}));
    let blank = sheet(&[], 150, 3);
    let (first, second) = (sheet(&[one.as_bytes()], 200, 1), sheet(&[two.as_bytes()], 200, 2));
    office.put("a/page.png", png(&first));
    office.put("a/photo.jpg", files::jpeg(&second));
    office.put("b/c/scan.pdf", pdf(&[(&blank, ""), (&first, "")], 200));
    office.put("b/two.tiff", files::tiff_pages(&[first.clone(), blank.clone(), second.clone()]));
    office.put("both.png", png(&sheet(&[one.as_bytes(), three.as_bytes()], 200, 5)));
    office.put("cut.png", &png(&first)[..2_000]);
    office.put("empty.pdf", b"");
    office.put("letter.pdf", pdf(&[(&blank, "")], 150));
    office.put("notes.txt", b"remember the milk\n");
    office.put("office.docx", b"PK\x03\x04rest");
    office.put("rubbish.pdf", b"%PDF-1.4\nrubbish");
    let (status, records) = office.records(&[]);
    let expected = [
        line("a/page.png", 1, "genuine"),
        line("a/photo.jpg", 1, "withdrawn"),
        line("b/c/scan.pdf", 2, "genuine"),
        line("b/two.tiff", 1, "genuine"),
        line("b/two.tiff", 3, "withdrawn"),
        line("both.png", 1, "genuine"),
        line("both.png", 1, "genuine"),
        line("cut.png", 1, "input-unreadable"),
        line("empty.pdf", 0, "input-unreadable"),
        line("letter.pdf", 0, "no-code"),
        line("notes.txt", 0, "input-unreadable"),
        line("office.docx", 0, "input-unreadable"),
        line("rubbish.pdf", 0, "input-unreadable"),
    ];
    assert_eq!(lines(&records), expected);
    assert_eq!(status, 1);
    let both: Vec<_> = records.iter().filter(|r| r["file"].as_str().is_some_and(|f| f.ends_with("both.png"))).collect();
    assert!(both.iter().all(|record| record["notes"][0] == "different-codes"), "{both:?}");
    assert_eq!(both[0]["document"]["serial"], serial(1).to_string());
    let digest: String = sha256(&png(&first)).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(records[1]["sha256"], digest);
}

#[test]
fn a_code_that_nobody_sees_is_not_read() {
    let office = Office::new(World::new());
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
    let (status, records) = office.records(&[]);
    let expected = [
        line("below.pdf", 0, "no-code"),
        line("blank.pdf", 0, "no-code"),
        line("covered.pdf", 0, "no-code"),
        line("faint.pdf", 0, "no-code"),
        line("outside.pdf", 0, "no-code"),
        line("seen.pdf", 1, "genuine"),
    ];
    assert_eq!(lines(&records), expected);
    assert_eq!(status, 2);
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
    let office = Office::new(World::new());
    let hostile = files::hostile();
    for (name, bytes) in &hostile {
        office.put(name, bytes);
    }
    office.put_scan("zz.png", &office.text(1, |_| {}));
    let start = Instant::now();
    let (status, records) = office.records(&["--jobs", "2"]);
    let most = Duration::from_secs(11 * hostile.len() as u64 / 2 + 20);
    assert!(start.elapsed() < most, "{:?}", start.elapsed());
    let found = lines(&records);
    assert_eq!(found.len(), hostile.len() + 1, "{found:?}");
    for (name, _, reason) in &found[..hostile.len()] {
        assert!(["input-unreadable", "no-code"].contains(&&**reason), "{name}: {reason}");
    }
    assert_eq!((found.last().unwrap(), status), (&line("zz.png", 1, "genuine"), 2));
    let detail = |name: &str| {
        let record = records.iter().find(|r| r["file"].as_str().is_some_and(|file| file.ends_with(name))).unwrap();
        record["detail"].as_str().unwrap().to_owned()
    };
    assert!(detail("zeros.png").contains("30000 x 30000"), "{}", detail("zeros.png"));
    assert!(detail("forms.pdf").contains("too long"), "{}", detail("forms.pdf"));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_a_loop_ends() {
    use std::os::unix::fs::symlink;
    let office = Office::new(World::new());
    office.put_scan("page.png", &office.text(1, |_| {}));
    symlink(&office.scans, office.scans.join("again")).unwrap();
    symlink("/dev/zero", office.scans.join("zero.png")).unwrap();
    let (status, records) = office.records(&[]);
    let expected =
        [line("again", 0, "input-unreadable"), line("page.png", 1, "genuine"), line("zero.png", 0, "input-unreadable")];
    assert_eq!((lines(&records), status), (expected.to_vec(), 2));
}

/// An applicant's row and what becomes of it.
const APPLICANTS: &str = "\
N°;Nom;Naissance;Moyenne;Nom de jeune fille
1;Salma EL IDRISSI;14/05/2007;14,25;
2;EL IDRISSI Salma;14/05/2007;71,25 / 100;
3;Selma EL IDRISSI;14/05/2007;14,25;
4;Salma TAZI;14/05/2007;14,25;El Idrissi
5;Youssef BERRADA;14/05/2007;14,25;
6;Salma EL IDRISSI;14/05/2007;17,5;
7;Salma EL IDRISSI;15/05/2007;14,25;
8;Salma EL IDRISSI;14/05/2007;14,25;
9;Salma EL IDRISSI;14/05/2007;14,25;
10;Amina OUALI;01/02/1988;12;
11;Nobody ELSE;01/02/2003;;
12;Kofi KÉRÉKOU;2006-01-02;;
";

fn university() -> Office {
    let mut world = World::new();
    world.status[20] = StatusValue::Replaced;
    let office = Office::new(world);
    for number in [1, 2, 3, 4, 5, 6, 7] {
        office.put_scan(&format!("{number}_diploma.png"), &office.text(number, |_| {}));
    }
    office.put_scan("8/page.png", &office.text(1, |_| {}));
    office.put_scan("9/new.png", &office.text(9, |_| {}));
    office.put_scan("9/old.png", &office.text(20, |_| {}));
    office.put("10/old-diploma.png", png(&sheet(&[], 150, 1)));
    let kofi = office.text(12, |document| {
        document.holder = Words::per_language(vec![text("Kofi KEREKOU"), text("كوفي")]).unwrap();
        document.birth = credential_core::PartialDate::new(2006, Some(1), Some(2));
    });
    office.put_scan("unnamed.png", &kofi);
    fs::write(office.path("list.csv"), encoding(APPLICANTS)).unwrap();
    office
}

/// As Excel saves it in western Europe.
fn encoding(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect()
}

#[test]
fn applicants_fall_into_three_piles_with_reasons() {
    let office = university();
    let list = office.path("list.csv");
    let (status, records) = office.records(&["--match", &list]);
    let piles: Vec<_> = records
        .iter()
        .filter(|record| record["record"] == "applicant")
        .map(|record| {
            let why: Vec<_> = record["why"].as_array().unwrap().iter().map(|why| why.as_str().unwrap()).collect();
            format!("{} {} {}", record["number"].as_str().unwrap(), record["pile"].as_str().unwrap(), why.join(" "))
        })
        .collect();
    let expected = [
        "1 look used-by:8",
        "2 fine name-near:order",
        "3 look name-near:one-letter",
        "4 look name-near:maiden-name",
        "5 look name-none",
        "6 look mean-differs",
        "7 look birth-differs",
        "8 look used-by:1",
        "9 look replaced several-documents",
        "10 missing no-code",
        "11 missing no-file",
        "12 fine name-near:accents",
    ];
    assert_eq!(piles, expected);
    assert_eq!(status, 1);
    let unnamed =
        records.iter().find(|r| r["file"].as_str().is_some_and(|file| file.ends_with("unnamed.png"))).unwrap();
    assert_eq!(unnamed["applicant"]["found_by"], "name-and-birth");
}

#[test]
fn a_second_run_shows_only_what_changed() {
    let office = university();
    let (list, before, after) = (office.path("list.csv"), office.path("before.jsonl"), office.path("after.jsonl"));
    assert_eq!(office.batch(&["--match", &list, "--report", &before]).status, 1);
    let mut world = World::new();
    world.status[20] = StatusValue::Replaced;
    world.status[2] = StatusValue::Withdrawn;
    fs::write(&office.desk.pack, world.pack_bytes()).unwrap();
    fs::remove_file(office.scans.join("3_diploma.png")).unwrap();
    office.put_scan("11.png", &office.text(11, |_| {}));
    let run = office.batch(&["--match", &list, "--previous", &before, "--report", &after]);
    assert!(run.stdout.contains("6 changes since"), "{run:?}");
    let text = fs::read_to_string(&after).unwrap();
    let changes: Vec<_> = text
        .lines()
        .skip(1)
        .map(|line| {
            let record: Value = serde_json::from_str(line).unwrap();
            let key = record["key"].as_str().unwrap();
            let key = key.rsplit_once("scans/").map_or(key, |(_, key)| key).to_owned();
            let now = record["reason"].as_str().or(record["pile"].as_str()).unwrap_or_default().to_owned();
            format!("{} {key}: {} > {now}", record["change"].as_str().unwrap(), record["before"].as_str().unwrap_or(""))
        })
        .collect();
    let expected = [
        "new 11.png#1#1:  > genuine",
        "changed 2_diploma.png#1#1: genuine > withdrawn",
        "changed applicant 2: fine name-near:order > look",
        "changed applicant 3: look name-near:one-letter > missing",
        "changed applicant 11: missing no-file > look",
        "gone 3_diploma.png#1#1: genuine > ",
    ];
    assert_eq!(changes, expected);
}

#[test]
fn a_report_is_never_written_over_a_file_and_all_mistakes_are_told_at_once() {
    let office = Office::new(World::new());
    office.put_scan("page.png", &office.text(1, |_| {}));
    let (report, list) =
        (office.desk.file("report.csv", "mine"), office.desk.file("list.csv", "number,name\n1,\n1,B\n"));
    let run = office.batch(&["--report", &report, "--match", &list, "--previous", &list]);
    assert_eq!((run.status, &*run.stdout), (2, ""));
    for said in
        ["report.csv exists", "row 2: no name", "row 3: the number 1", "line 1: no JSON object", "Nothing was judged"]
    {
        assert!(run.stderr.contains(said), "{said}: {run:?}");
    }
    assert_eq!(fs::read_to_string(&report).unwrap(), "mine");
    let none = office.batch(&["--report", &office.path("no/such/folder.csv")]);
    assert!(none.status == 2 && none.stderr.contains("folder"), "{none:?}");
}

#[test]
fn every_form_of_the_report_is_evidence_and_no_cell_is_a_formula() {
    let office = Office::new(World::new());
    office.put_scan("=1+1<b>.png", &office.text(1, |_| {}));
    fs::write(office.path("list.csv"), "number,name\n@SUM(A1),=cmd()\n7,Salma EL IDRISSI\n").unwrap();
    let [csv, html, xlsx] = ["r.csv", "r.html", "r.xlsx"].map(|name| office.path(name));
    let list = office.path("list.csv");
    let run = office.batch(&["--match", &list, "--report", &csv, "--report", &html, "--report", &xlsx]);
    assert_eq!(run.status, 2, "{run:?}");
    let (csv, html) = (fs::read_to_string(csv).unwrap(), fs::read_to_string(html).unwrap());
    let (now, digest) = ("2026-09-21T14:13:20Z", sha256(&fs::read(&list).unwrap()));
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    for text in [&csv, &html] {
        for said in [env!("CARGO_PKG_VERSION"), now, &digest, "XX-EXAM/1", "version 1 of"] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
    let cells = csv.lines().flat_map(|line| line.split(','));
    assert!(cells.clone().any(|cell| cell == "'=cmd()") && cells.clone().any(|cell| cell == "'@SUM(A1)"), "{csv}");
    assert!(!cells.map(|cell| cell.trim_matches('"')).any(|cell| cell.starts_with(['=', '@', '+', '-'])), "{csv}");
    assert!(html.contains("=1+1&lt;b&gt;.png") && !html.contains("<b>") && !html.contains("<script"), "{html}");
    let sheets = sheets(Path::new(&xlsx));
    assert!(sheets.contains("=cmd()") && sheets.contains("Salma EL IDRISSI") && !sheets.contains("<f>"), "{sheets}");
}

/// All parts of a workbook, unpacked.
fn sheets(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    let mut text = String::new();
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(4).position(|four| four == b"PK\x03\x04") {
        at += found;
        let length = |place: usize| usize::from(u16::from_le_bytes([bytes[at + place], bytes[at + place + 1]]));
        let start = at + 30 + length(26) + length(28);
        let mut part = String::new();
        let mut inflater = flate2::read::DeflateDecoder::new(&bytes[start..]);
        let _ = std::io::Read::read_to_string(&mut inflater, &mut part);
        text += &part;
        at = start;
    }
    text
}

#[test]
fn french_speaks_french() {
    let office = Office::new(World::new());
    office.put("blank.png", png(&sheet(&[], 150, 1)));
    let report = office.path("rapport.html");
    let run = office.batch(&["--lang", "fr", "--report", &report]);
    assert!(run.stdout.contains("1 fichiers, lignes : 1") && run.stdout.contains("Rapport :"), "{run:?}");
    let html = fs::read_to_string(report).unwrap();
    assert!(html.contains("<html lang=\"fr\">") && html.contains("Heure de l&#39;examen") && html.contains("Fichier"));
}
