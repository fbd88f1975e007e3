//! A sample page: what a sealed paper looks like, with all of its lines and the code.

use credential_core::{Document, Identity, Language, VerifiedCredential, Words};

/// An A4 page in HTML.
pub(super) fn page(credential: &VerifiedCredential, svg: &str) -> String {
    let document = credential.document();
    let authority = heading("p", &document.authority, document);
    let title = heading("h1", &document.title, document);
    let lines: String = lines(document).iter().map(|(label, words)| line(label, words, document)).collect();
    let svg = svg.split_once("<svg").map_or(String::new(), |(_, rest)| format!("<svg{rest}"));
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<meta charset=\"utf-8\">\n<title>{serial}</title>\n<style>{STYLE}</style>\n\
         <main><div class=\"specimen\">SPECIMEN</div>{authority}{title}\n<table>{lines}</table>\n{marks}\n\
         <footer><div class=\"code\">{svg}</div><p>N° {serial}</p></footer></main>\n</html>\n",
        lang = document.languages[0].as_str(),
        serial = credential.serial(),
        marks = marks(document),
    )
}

fn lines(document: &Document) -> Vec<(&'static str, Words)> {
    let one = |text: String| Words::one(text).ok();
    let scale = |mean: Option<u32>| document.results.as_ref().zip(mean).map(|(results, mean)| results.scale.show(mean));
    let mean = scale(document.results.as_ref().and_then(|results| results.mean));
    let lines = [
        ("Nom", Some(document.holder.clone())),
        ("Né(e) le", document.birth.and_then(|birth| one(birth.to_string()))),
        ("à", document.birth_place.clone()),
        ("Numéro", document.number.clone().map(Words::from)),
        ("Série", document.series.clone()),
        ("Session", Some(document.session.clone())),
        ("Moyenne", mean.and_then(one)),
        ("Mention", document.honours.clone()),
        ("Centre", document.centre.clone()),
        ("Identité", document.identity.as_ref().and_then(identity)),
        ("Archives", document.archive.and_then(|archive| one(archive.year.to_string()))),
    ];
    lines.into_iter().filter_map(|(label, words)| words.map(|words| (label, words))).collect()
}

fn identity(identity: &Identity) -> Option<Words> {
    match identity {
        Identity::Tail(tail) => Words::one(format!("…{tail}")).ok(),
        Identity::Digest { .. } => None,
    }
}

fn marks(document: &Document) -> String {
    let Some(results) = document.results.as_ref().filter(|results| !results.subjects.is_empty()) else {
        return String::new();
    };
    let row = |subject: &credential_core::Subject| {
        let mark = subject.mark.as_ref().map_or(String::new(), |mark| match mark {
            credential_core::Mark::Number(mark) => results.scale.show(*mark),
            credential_core::Mark::Word(word) => word.to_string(),
        });
        let coefficient = subject.coefficient.map_or(String::new(), |coefficient| coefficient.to_string());
        format!("<tr>{}<td>{coefficient}<td>{}</tr>\n", cells(&subject.name, document), escape(&mark))
    };
    format!("<table class=\"marks\">{}</table>", results.subjects.iter().map(row).collect::<String>())
}

fn heading(tag: &str, words: &Words, document: &Document) -> String {
    let text = |(text, language): (_, &Language)| format!("<{tag} {}>{}</{tag}>\n", direction(language), escape(text));
    words.texts().iter().map(|text| text.as_str()).zip(&document.languages).map(text).collect()
}

fn line(label: &str, words: &Words, document: &Document) -> String {
    format!("<tr><th>{label}</th>{}</tr>\n", cells(words, document))
}

fn cells(words: &Words, document: &Document) -> String {
    let span = document.languages.len() + 1 - words.texts().len();
    let cell = |(text, language): (&credential_core::Text, &Language)| {
        format!("<td colspan=\"{span}\" {}>{}</td>", direction(language), escape(text.as_str()))
    };
    words.texts().iter().zip(&document.languages).map(cell).collect()
}

fn direction(language: &Language) -> String {
    let direction = if language.as_str() == "ar" { "rtl" } else { "ltr" };
    format!("lang=\"{}\" dir=\"{direction}\"", language.as_str())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const STYLE: &str = "@page{size:A4}body{margin:0;font:15px/1.45 serif;color:#123}main{position:relative;display:flex;flex-direction:column;box-sizing:border-box;\
width:210mm;min-height:297mm;margin:auto;padding:18mm;border:3px double #246}p,h1{margin:.2em 0;text-align:center}\
h1{font-size:26px}table{width:100%;margin-top:6mm;border-collapse:collapse}th{text-align:left;font-weight:normal;color:#567;\
width:22mm}td,th{padding:1mm 2mm;border-bottom:1px solid #cde}[dir=rtl]{text-align:right}h1[dir=rtl],p[dir=rtl]{text-align:center}\
.marks{font-size:13px}footer{display:flex;align-items:end;justify-content:space-between;margin-top:auto;padding-top:8mm;font-size:11px}\
.specimen{position:absolute;top:120mm;left:20mm;right:20mm;text-align:center;font:bold 88px sans-serif;color:#c002;\
transform:rotate(-28deg);pointer-events:none}";
