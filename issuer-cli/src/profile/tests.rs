use super::*;

#[track_caller]
fn error(from: &str, to: &str) -> ProfileError {
    let source = embedded_source("benin").unwrap();
    assert!(source.contains(from), "{from}");
    Profile::parse(&source.replacen(from, to, 1)).unwrap_err()
}

/// The remark behind which rows of the table stand.
const ROW: &str = "# [[list.subjects.rows]]\n";

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
    let texts =
        |words: &Words| words.texts().iter().map(|text| text.as_ref().unwrap().as_str().to_owned()).collect::<Vec<_>>();
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
        ("languages = [\"fr\"]", "languages = [\"FR\"]", "document.languages"),
        ("kinds = [\"diploma\", ", "kinds = [\"diploma\", \"diploma\", ", "document.kinds"),
        (
            "mean = { decimals = 2, maximum = 20 }",
            "mean = { decimals = 2, maximum = 20000000000 }",
            "document.mean.maximum",
        ),
        ("mean = { decimals = 2, maximum = 20 }", "mean = { decimals = 7, maximum = 20 }", "document.mean.decimals"),
        (
            "mean = { decimals = 2, maximum = 20 }",
            "mean = { decimals = 2, above_maximum = true }",
            "document.mean.above_maximum",
        ),
        ("mean = { decimals = 2, maximum = 20 }", "", "document.mean"),
        ("pass_mark = 10", "pass_mark = 20.5", "document.pass_mark"),
        ("ages = [14, 60]", "ages = [60, 14]", "document.ages"),
        ("count = 12", "count = 193", "list.subjects.count"),
        ("count = 12", "", "list.subjects"),
        ("# kinds = [\"transcript\"]", "kinds = [\"diploma\"] #", "list.subjects.kinds"),
        ("from = \"Note {n}\"", "from = \"Note\"", "list.subjects.columns.2.from"),
        ("from = \"Note {n}\"", "from = \"Coef {n}\"", "list.subjects.columns.2.from"),
        ("role = \"result\"", "role = \"coefficient\"", "list.subjects.columns.2.role"),
        ("role = \"result\"", "role = \"credits\"", "list.subjects.columns"),
        ("heading.fr = \"Points\"\n", "", "list.subjects.columns.3.heading"),
        ("heading.fr = \"Points\"", "heading.fr = \"Session\"", "list.subjects.columns.3.heading"),
        ("from = \"Coef {n}\"\ndecimals = 0", "from = \"Coef {n}\"\nmaximum = 5", "list.subjects.columns.1.decimals"),
        (
            "from = \"Coef {n}\"",
            "from = \"Coef {n}\"\nany_words = true\nwords = [\"A\"]",
            "list.subjects.columns.1.words",
        ),
        (ROW, "[[list.subjects.rows]]\nbefore = 14\nlevel = 1\nname.fr = \"S1\"\n", "list.subjects.rows.1.before"),
        (ROW, "[[list.subjects.rows]]\nbefore = 1\nlevel = 5\nname.fr = \"S1\"\n", "list.subjects.rows.1.level"),
        (ROW, "[[list.subjects.rows]]\nbefore = 1\nname.fr = \"S1\"\n", "list.subjects.rows.1"),
        (ROW, "[[list.subjects.rows]]\nbefore = 1\nlevel = 1\nname.fr = \"Genuine\"\n", "list.subjects.rows.1.name"),
        (
            ROW,
            "[[list.subjects.rows]]\nbefore = 1\nlevel = 1\nname.fr = \"S1\"\ncells = { \"Coef 1\" = \"C\" }\n",
            "list.subjects.rows.1.cells",
        ),
        (
            "# [document.subjects]\n# \"Maths\".fr = \"Mathématiques\"",
            "[document.subjects]\n\"Maths\".fr = \"Mention\"",
            "document.subjects.Maths",
        ),
        ("name.fr = \"Sexe\"", "name.fr = \"Date de naissance\"", "document.lines.person.1.name"),
        ("name.fr = \"Département\"", "name.fr = \"Vérifié par\"", "document.lines.award.1.name"),
        ("name.fr = \"Total des points\"", "name.fr = \"Décision\"", "document.summaries.1.name"),
        ("from = \"Département\"", "from = \"Département\"\nwords.fr = \"Alibori\"", "document.lines.award.1"),
        ("from = \"Sexe\"", "from = { ht = \"Sexe\" }", "document.lines.person.1.from.ht"),
        ("not_admitted = [\"transcript\"]", "not_admitted = [\"diploma\"]", "document.also_for.not_admitted"),
        ("decision_on = [\"transcript\"]", "decision_on = [\"transcript\", \"transcript\"]", "document.decision_on"),
        ("\"Refusé\".fr = \"Refusé\"\n", "", "document.decision"),
        ("\"Refusé\".fr = \"Refusé\"", "\"Recalé\".fr = \"Recalé\"", "document.decision.Recalé"),
        ("# awarded = {", "awarded = { column = \"Jury\",", "document.awarded"),
        ("# awarded = { date = \"2026-07-14\"", "awarded = { date = \"14/07/2026\"", "document.awarded.date"),
        (
            "# valid_until = { column = \"Valable\", printed_column = \"Valable (en lettres)\", kinds = [\"attestation\"]",
            "valid_until = { column = \"Valable\", kinds = [\"diploma\"]",
            "document.valid_until.kinds",
        ),
        ("# link = \"https://bac.example/v\"", "link = \"http://bac.example/v\"", "print.link"),
        ("# link = \"https://bac.example/v\"", "link = \"https://bac.example/v#\"", "print.link"),
        ("name = \"Matière {n}\"", "name = \"Matière\"", "list.subjects.name"),
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
fn words_have_holes_where_the_paper_prints_nothing() {
    let source = embedded_source("morocco").unwrap().replace("ar = \"ناجح\"", "ar = \"\"");
    let document = Profile::parse(&source).unwrap().document;
    let words = document.decision("Admis").unwrap();
    assert_eq!((words.texts().len(), words.texts()[1].as_ref(), words.first()), (2, None, "Admis"));
    let none = source.replace("{ fr = \"Admis\", ar = \"\" }", "{ fr = \"\", ar = \"\" }");
    assert_eq!(Profile::parse(&none).unwrap_err().key, "document.decision.Admis");
}

#[test]
fn four_languages_are_read_and_a_fifth_is_refused() {
    let source = |tags: &str| {
        let benin = embedded_source("benin").unwrap();
        benin.replace("languages = [\"fr\"]", &format!("languages = [{tags}]"))
    };
    let error = Profile::parse(&source("\"fr\", \"en\", \"ar\", \"ht\", \"pt\"")).unwrap_err();
    assert_eq!((error.key.as_str(), error.message.as_str()), ("document.languages", "write one to four languages"));
    let error = Profile::parse(&source("\"fr\", \"en\", \"ar\", \"ht\"")).unwrap_err();
    assert!(error.message.starts_with("the words in the language"), "{error}");
}

#[test]
fn a_fault_in_an_array_is_named_at_its_line() {
    let source = embedded_source("benin").unwrap();
    let line = source.lines().position(|line| line == "from = \"Note {n}\"").unwrap() + 1;
    let error = error("from = \"Note {n}\"", "from = \"Note\"");
    assert_eq!((error.line, error.key.as_str()), (line, "list.subjects.columns.2.from"));
}

#[test]
fn digest_is_of_the_text() {
    let [benin, haiti] = ["benin", "haiti"].map(|name| Profile::embedded(name).unwrap().digest());
    assert_ne!(benin, haiti);
}
