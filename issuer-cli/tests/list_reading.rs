//! How lists are read: rows, cells, encodings, headers, limits.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in tests")]

use credential_core::document::Date;
use issuer::list::{self, Candidate, CellValue, Checked, FaultKind};
use issuer::profile::Profile;
use sha2::{Digest, Sha256};

fn profile(name: &str) -> Profile {
    Profile::embedded(name).unwrap()
}

/// The first lines of a sample as text, header among them.
fn lines(country: &str, count: usize) -> Vec<String> {
    let bytes = list::sample(country).unwrap();
    let latin = |bytes: &[u8]| bytes.iter().map(|&byte| char::from(byte)).collect();
    let text = String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| latin(bytes));
    text.lines().take(count).map(str::to_owned).collect()
}

fn latin_1(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(character).unwrap()).collect()
}

fn read(country: &str, bytes: &[u8]) -> Checked {
    list::read(bytes, &profile(country)).unwrap()
}

#[track_caller]
fn only_fault(checked: &Checked) -> (FaultKind, u32, &str) {
    let [fault] = checked.faults.as_slice() else { panic!("{:?}", checked.faults) };
    (fault.kind, fault.row, &fault.message)
}

#[track_caller]
fn assert_refused_whole(checked: &Checked, kind: FaultKind, says: &str) {
    let (found, row, message) = only_fault(checked);
    assert_eq!((found, row), (kind, 1), "{message}");
    assert!(message.contains(says), "{message}");
    assert!(checked.candidates.is_empty() && checked.is_refused_whole());
}

#[test]
fn reads_a_candidate_of_benin() {
    let checked = read("benin", list::sample("benin").unwrap());
    let Candidate { row, number, holder, birth, mean, table, session, honours, .. } = &checked.candidates[0];
    let line = &lines("benin", 2)[1];
    let cells: Vec<&str> = line.split(';').collect();
    assert_eq!((*row, number.as_str()), (2, "00000001"));
    assert_eq!(holder.first(), format!("{} {}", cells[2], cells[1]));
    let day: Vec<&str> = cells[4].split('/').rev().collect();
    assert_eq!(birth.as_ref().and_then(Date::partial).unwrap().to_string(), day.join("-"));
    assert_eq!(mean.unwrap().to_string(), cells[cells.len() - 3].replace(',', ""));
    assert_eq!(honours.as_deref().unwrap_or_default(), cells[cells.len() - 2]);
    assert_eq!((table.subjects.len(), &*table.columns, session), (12, &[0, 1, 2][..], &None));
    let number = |cell: &str| CellValue::Number(cell.replace(',', "").parse().unwrap());
    let points = cells[cells.len() - 16];
    assert_eq!(table.cells[..3], [number(cells[10]), number(cells[11]), number(points)]);
}

#[test]
fn reads_both_scripts_of_a_name() {
    let checked = read("morocco", list::sample("morocco").unwrap());
    let line = &lines("morocco", 2)[1];
    let cells: Vec<&str> = line.split(',').collect();
    let candidate = &checked.candidates[0];
    let texts: Vec<&str> = candidate.holder.texts().iter().flatten().map(|text| text.as_str()).collect();
    assert_eq!(texts, [format!("{} {}", cells[3], cells[2]), format!("{} {}", cells[5], cells[4])]);
    assert_eq!(candidate.identity.as_ref().unwrap().as_str(), cells[1]);
}

#[test]
fn reads_partial_births_empty_places_and_sessions_of_archives() {
    let checked = read("haiti", list::sample("haiti").unwrap());
    let year = |of: &&Candidate| of.birth.as_ref().and_then(Date::partial).unwrap().to_string().len() == 4;
    let year_only = checked.candidates.iter().filter(year).count();
    let nowhere = checked.candidates.iter().filter(|of| of.birth_place.is_none()).count();
    assert!(year_only > 10 && nowhere > 3, "{year_only} {nowhere}");
    for candidate in &checked.candidates {
        assert_eq!(candidate.archive_year.unwrap().to_string(), **candidate.session.as_ref().unwrap());
    }
}

#[test]
fn digest_is_of_the_whole_file() {
    let bytes = list::sample("benin").unwrap();
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    assert_eq!(read("benin", bytes).digest, digest);
    assert_eq!(read("haiti", bytes).digest, digest);
}

#[test]
fn counts_rows_as_a_spreadsheet_does() {
    for (country, end, empty) in [("haiti", "\n", "\n\n"), ("haiti", "\r\n", "\r\n\r\n\r\n"), ("benin", "\r\n", "\r\n")]
    {
        let mut text = lines(country, 5);
        text[3] = text[3].replace("Admis", "Ajourné").replace("Refusé", "Ajourné").replace("Refus\u{e9}", "Ajourné");
        let text = format!("{}{end}{}{end}{empty}{}{end}{}{end}", text[0], text[1], text[2], text[3]);
        let bytes = if country == "benin" { latin_1(&text) } else { text.into_bytes() };
        let checked = read(country, &bytes);
        let blank = u32::try_from(empty.matches('\n').count()).unwrap();
        assert_eq!(only_fault(&checked).1, 4 + blank, "{country} {end:?}");
        assert_eq!(checked.rows_read, 3);
    }
}

#[test]
fn counts_the_last_row_without_a_line_end() {
    let text = lines("haiti", 3);
    let checked = read("haiti", format!("{}\n{}\n\n\n{}", text[0], text[1], text[2]).as_bytes());
    assert_eq!(checked.candidates.iter().map(|of| of.row).collect::<Vec<_>>(), [2, 5]);
}

#[test]
fn line_break_in_a_cell_is_no_row() {
    let mut text = lines("morocco", 4);
    let place = text[1].split(',').nth(7).unwrap().to_owned();
    text[1] = text[1].replacen(&format!(",{place},"), ",\"Ra\nbat\",", 1);
    let checked = read("morocco", text.join("\n").as_bytes());
    assert_eq!((only_fault(&checked).0, only_fault(&checked).1), (FaultKind::ControlCharacter, 2));
    assert_eq!(checked.candidates.iter().map(|of| of.row).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn takes_utf_8_with_and_without_byte_order_mark() {
    let with = list::sample("morocco").unwrap();
    let without = with.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap();
    assert_eq!(read("morocco", with).candidates, read("morocco", without).candidates);
}

#[test]
fn other_encoding_of_the_whole_file_is_one_fault() {
    let utf8: String = lines("benin", 100).join("\n");
    assert_refused_whole(&read("benin", utf8.as_bytes()), FaultKind::WrongEncoding, "encoding = \"utf-8\"");
    let latin = lines("haiti", 100).join("\n");
    assert_refused_whole(&read("haiti", &latin_1(&latin)), FaultKind::WrongEncoding, "encoding = \"windows-1252\"");
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(utf8.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_refused_whole(&read("benin", &utf16), FaultKind::WrongEncoding, "CSV UTF-8");
}

#[test]
fn other_separator_is_one_fault() {
    let text = lines("haiti", 100).join("\n").replace('\t', ";");
    assert_refused_whole(&read("haiti", text.as_bytes()), FaultKind::WrongSeparator, "separator = \";\"");
}

#[test]
fn whole_file_converted_twice_is_named() {
    let text: String = lines("haiti", 50).join("\n");
    let twice: String = text.bytes().map(char::from).collect();
    let checked = read("haiti", twice.as_bytes());
    assert!(
        checked.faults.iter().any(|fault| fault.kind == FaultKind::Mojibake && fault.row == 1),
        "{:?}",
        checked.faults
    );
    assert!(checked.is_refused_whole() && checked.candidates.is_empty() && checked.faults.len() < 30);
}

#[test]
fn missing_and_doubled_columns_are_named() {
    let text = lines("haiti", 10).join("\n");
    let missing = read("haiti", text.replacen("Lieu de naissance", "Lieu de nais.", 1).as_bytes());
    assert_refused_whole(&missing, FaultKind::MissingColumn, "“Lieu de naissance”");
    assert_eq!(&*missing.faults[0].column, "Lieu de naissance");
    let doubled = read("haiti", text.replacen("Centre", "Nom", 1).as_bytes());
    let kinds: Vec<FaultKind> = doubled.faults.iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::DuplicateColumn, FaultKind::MissingColumn]);
}

#[test]
fn files_that_are_no_list_are_refused() {
    for (bytes, says) in [(&b""[..], "empty"), (b"\xEF\xBB\xBF\r\n", "empty"), (b"PK\x03\x04rest", "workbook")] {
        assert_refused_whole(&read("morocco", bytes), FaultKind::NotAList, says);
    }
}

#[test]
fn rows_with_other_cell_counts_are_faults() {
    let mut text = lines("haiti", 5);
    text[2].push_str("\tx");
    text[3] = text[3].rsplit_once('\t').unwrap().0.to_owned();
    let checked = read("haiti", text.join("\n").as_bytes());
    let found: Vec<_> = checked.faults.iter().map(|fault| (fault.row, fault.kind)).collect();
    assert_eq!(found, [(3, FaultKind::ColumnCount), (4, FaultKind::ColumnCount)]);
    assert_eq!(checked.candidates.len(), 2);
}

#[test]
fn open_quotation_mark_does_not_swallow_the_list() {
    let mut text = lines("haiti", 4);
    text[2] = text[2].replacen("\tC0000\t", "\t\"C0000\t", 1);
    let short = read("haiti", text.join("\n").as_bytes());
    let (kind, row, message) = only_fault(&short);
    assert_eq!((kind, row), (FaultKind::ColumnCount, 3));
    assert!(message.contains("quotation mark"), "{message}");

    let rest = format!("{}\n", text[1]).repeat(10_000);
    let long = read("haiti", format!("{}\n{rest}", text.join("\n")).as_bytes());
    assert!(long.faults.iter().any(|fault| fault.kind == FaultKind::RowTooLong && fault.message.contains("row 3")));
    assert!(long.is_refused_whole());
}

#[test]
fn bytes_that_are_no_character_are_faults_of_their_cell() {
    let mut bytes = lines("haiti", 40).join("\n").into_bytes();
    let at = bytes.windows(8).rposition(|window| window == "Français".as_bytes()[..8].to_vec()).unwrap();
    bytes[at + 4] = b'X';
    let checked = read("haiti", &bytes);
    let (kind, row, message) = only_fault(&checked);
    assert_eq!((kind, row), (FaultKind::BadEncoding, 40));
    assert!(message.contains("0xC3") || message.contains("0x"), "{message}");
}

#[test]
fn column_that_is_wrong_as_a_whole_is_one_fault() {
    let text = lines("haiti", 131);
    let mut rows: Vec<String> = vec![text[0].clone()];
    rows.extend(text[1..].iter().map(|line| {
        let mut cells: Vec<&str> = line.split('\t').collect();
        cells[4] = "2001-12-24";
        cells.join("\t")
    }));
    let checked = read("haiti", rows.join("\n").as_bytes());
    let (kind, row, message) = only_fault(&checked);
    assert_eq!((kind, row, &*checked.faults[0].column), (FaultKind::DateFormat, 1, "Date de naissance"));
    assert!(message.starts_with("130 of 130 rows") && checked.candidates.is_empty(), "{message}");
}

#[test]
fn leading_zeros_are_kept_and_lost_ones_found() {
    let text = lines("benin", 3).join("\r\n").replacen("00000002", "2", 1);
    let checked = read("benin", &latin_1(&text));
    assert_eq!(checked.candidates[0].number.as_str(), "00000001");
    assert_eq!((only_fault(&checked).0, only_fault(&checked).1), (FaultKind::ExcelNumber, 3));
}

#[test]
fn subjects_may_be_fewer_than_the_columns() {
    let text = lines("haiti", 2);
    let mut cells: Vec<&str> = text[1].split('\t').collect();
    cells[8 + 33..8 + 36].fill("");
    cells[8 + 36 + 22..8 + 36 + 24].fill("");
    let checked = read("haiti", format!("{}\n{}\n", text[0], cells.join("\t")).as_bytes());
    assert_eq!((checked.faults.len(), checked.candidates[0].table.subjects.len()), (0, 11));
}

#[test]
fn damaged_files_are_read_to_the_end_without_a_panic() {
    let mut random = 2_026_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % below
    };
    for country in ["benin", "morocco", "haiti"] {
        let profile = profile(country);
        let sample = &list::sample(country).unwrap()[..8_000];
        for _ in 0..200 {
            let mut bytes = sample.to_vec();
            for _ in 0..1 + next(8) {
                let (at, length) = (next(bytes.len()), next(40));
                let end = bytes.len().min(at + length);
                match next(4) {
                    0 => bytes[at] = u8::try_from(next(256)).unwrap(),
                    1 => drop(bytes.drain(at..end)),
                    2 => bytes.extend_from_within(at..end),
                    _ => bytes.insert(at, b"\";,\t\r\n\0=\xFF"[next(9)]),
                }
            }
            let checked = list::read(&bytes[..], &profile).unwrap();
            let refused =
                |row| checked.faults.iter().any(|of| of.row == row && of.kind.severity() == list::Severity::Error);
            assert!(checked.candidates.iter().all(|candidate| !refused(candidate.row)));
            assert_eq!(checked.digest, <[u8; 32]>::from(Sha256::digest(&bytes)));
        }
    }
}

#[test]
fn mark_without_a_subject_is_a_fault() {
    empty_cell_is_a_fault(8, "Matière 1");
}

#[test]
fn trimmed_texts_are_listed_in_every_row() {
    let text = lines("haiti", 4);
    let spaced = |line: &String| {
        let mut cells: Vec<&str> = line.split('\t').collect();
        cells[5] = " Cap-Haïtien ";
        cells.join("\t")
    };
    let rows: Vec<String> = [text[0].clone()].into_iter().chain(text[1..].iter().map(spaced)).collect();
    let checked = read("haiti", rows.join("\n").as_bytes());
    assert!(checked.faults.iter().all(|fault| fault.kind == FaultKind::Spaces));
    assert_eq!(checked.faults.iter().map(|fault| fault.row).collect::<Vec<_>>(), [2, 3, 4]);
    assert!(checked.candidates.iter().all(|of| of.birth_place.as_ref().unwrap().first() == "Cap-Haïtien"));
}

#[test]
fn empty_session_is_one_fault() {
    empty_cell_is_a_fault(1, "Session");
}

#[track_caller]
fn empty_cell_is_a_fault(at: usize, column: &str) {
    let text = lines("haiti", 2);
    let mut cells: Vec<&str> = text[1].split('\t').collect();
    cells[at] = "";
    let checked = read("haiti", format!("{}\n{}\n", text[0], cells.join("\t")).as_bytes());
    assert_eq!((only_fault(&checked).0, &*checked.faults[0].column), (FaultKind::MissingValue, column));
}
