//! The report: evidence in every form, in both languages, never over another file.

use super::*;

#[test]
fn a_report_is_never_written_over_a_file_and_all_mistakes_are_told_at_once() {
    let office = Office::new(Setting::new());
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
    let office = Office::new(Setting::new());
    office.put_scan("=1+1<b>.png", &office.text(1, |_| {}));
    fs::write(office.path("list.csv"), "number,name\n@SUM(A1),=cmd()\n7,Salma EL IDRISSI\n").unwrap();
    let [csv, html, xlsx] = ["r.csv", "r.html", "r.xlsx"].map(|name| office.path(name));
    let list = office.path("list.csv");
    let run = office.batch(&["--match", &list, "--report", &csv, "--report", &html, "--report", &xlsx]);
    assert_eq!(run.status, 2, "{run:?}");
    let (csv, html) = (fs::read_to_string(csv).unwrap(), fs::read_to_string(html).unwrap());
    let (now, digest) = ("2026-09-21T14:13:20Z", hex(&sha256(&fs::read(&list).unwrap())));
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
pub(super) fn sheets(path: &Path) -> String {
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
    let office = Office::new(Setting::new());
    office.put("blank.png", png(&sheet(&[], 150, 1)));
    let report = office.path("rapport.html");
    let run = office.batch(&["--lang", "fr", "--report", &report]);
    assert!(run.stdout.contains("1 fichiers, lignes : 1") && run.stdout.contains("Rapport :"), "{run:?}");
    let html = fs::read_to_string(report).unwrap();
    assert!(html.contains("<html lang=\"fr\">") && html.contains("Heure de l&#39;examen") && html.contains("Fichier"));
}
