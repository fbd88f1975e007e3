use super::*;

#[track_caller]
fn error(from: &str, to: &str) -> ProfileError {
    let source = embedded_source("benin").unwrap();
    assert!(source.contains(from), "{from}");
    Profile::parse(&source.replacen(from, to, 1)).unwrap_err()
}

#[track_caller]
fn assert_refused(from: &str, to: &str, key: &str) {
    let error = error(from, to);
    assert_eq!(error.key, key, "{error}");
}

#[test]
fn shipped_profiles_are_sound() {
    for (name, source) in EMBEDDED {
        Profile::parse(source).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    assert!(Profile::embedded("atlantis").is_none());
}

#[test]
fn shipped_profiles_make_three_kinds_by_default() {
    let kinds = EMBEDDED.map(|(name, _)| Profile::embedded(name).unwrap().default_kind());
    assert_eq!(kinds, [Kind::Diploma, Kind::Transcript, Kind::Attestation]);
}

#[test]
fn words_follow_the_order_of_the_languages() {
    let document = Profile::embedded("morocco").unwrap().document;
    let texts = |words: &Words| words.texts().iter().map(|text| text.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(texts(document.series("C").unwrap()), ["Sciences mathématiques", "العلوم الرياضية"]);
    assert_eq!(texts(document.title(Kind::Diploma).unwrap()), ["Diplôme du Baccalauréat", "شهادة البكالوريا"]);
    assert_eq!(document.title(Kind::Attestation), None);
}

#[test]
fn session_words_hold_the_column_s_value() {
    let document = Profile::embedded("haiti").unwrap().document;
    assert_eq!(document.session(Some("1997")).unwrap().first(), "Session de 1997");
    let fixed = Profile::embedded("benin").unwrap().document;
    assert_eq!(fixed.session(None).unwrap().first(), "Session de juin 2026");
}

#[test]
fn equal_words_in_all_languages_are_one_text() {
    let source = embedded_source("morocco").unwrap();
    let source = source.replace(r#"ar = "اللاتينية""#, r#"ar = "Latin""#);
    let profile = Profile::parse(&source).unwrap();
    assert_eq!(profile.document.subject("Latin").unwrap().texts().len(), 1);
}

#[test]
fn errors_name_the_key_and_its_line() {
    let error = error("separator = \";\" ", "separator = \"|\" ");
    assert_eq!((error.line, error.key.as_str()), (7, "separator"));
    assert!(error.message.contains('|'), "{error}");
    let error = self::error("longest_name = 60", "longestname = 60");
    assert_eq!(error.key, "longestname");
    let line = embedded_source("benin").unwrap().lines().position(|line| line.starts_with("longest_name")).unwrap() + 1;
    assert_eq!(error.line, line, "{error}");
    let error = self::error("year = 2026", "");
    let line = embedded_source("benin").unwrap().lines().position(|line| line == "[document.session]").unwrap() + 1;
    assert_eq!((error.line, error.key.as_str()), (line, "document.session"), "{error}");
}

#[test]
fn refuses_values_outside_their_rules() {
    for (from, to, key) in [
        ("transcript.fr = ", "# ", "document.title.transcript"),
        ("A1.fr = ", "A1.en = ", "document.series.A1.en"),
        ("words.fr = \"Session de juin 2026\"", "words.fr = \"Session {session}\"", "document.session.words.fr"),
        ("\"Bien\".fr = \"Mention Bien\"", "\"Bien\".fr = \"Mention\u{200b} Bien\"", "document.honours.Bien.fr"),
        ("holder.fr", "holder.ht", "list.columns.holder.ht"),
        ("languages = [\"fr\"]", "languages = [\"FR\"]", "list.columns.holder.fr"),
        ("kinds = [\"diploma\", ", "kinds = [\"diploma\", \"diploma\", ", "document.kinds"),
        ("maximum = 20", "maximum = 2000", "document.scale.maximum"),
        ("pass_mark = 10", "pass_mark = 20.5", "document.pass_mark"),
        ("ages = [14, 60]", "ages = [60, 14]", "document.ages"),
        ("count = 12", "count = 65", "list.subjects.count"),
        ("name = \"Matière {n}\"", "name = \"Matière\"", "list.subjects.name"),
        ("marks_in_words = []", "marks_in_words = [\"non présenté\"]", "list.subjects.marks_in_words"),
        ("not_admitted = [\"Refusé\"]", "not_admitted = [\"Admis\"]", "list.decision"),
        ("id = \"BJ-OB\"", "id = \"bj\"", "authority.id"),
        ("country = \"BJ\"", "country = \"Bénin\"", "authority.country"),
        ("code_mm = 38", "code_mm = 380", "print.code_mm"),
        ("A1 = [\n", "B = [\n", "dictionary.subjects.B"),
        ("mean = \"Moyenne\"", "mean = \"Moyenne\"\narchive_year = \"Année\"", "archive"),
    ] {
        assert_refused(from, to, key);
    }
}

#[test]
fn digest_is_of_the_text() {
    let [benin, haiti] = ["benin", "haiti"].map(|name| Profile::embedded(name).unwrap().digest());
    assert_ne!(benin, haiti);
}
