use std::io;
use std::path::Path;

use super::*;

fn passphrases(bytes: &[u8]) -> Result<Passphrases, PassphraseError> {
    Passphrases::from_reader(bytes, |_| PassphraseError::NoTerminal)
}

#[track_caller]
fn asked(passphrases: &mut Passphrases) -> String {
    passphrases.ask("a.key").unwrap().to_string()
}

#[test]
fn one_line_serves_all_keys() {
    for bytes in ["un mot de passe\n", "un mot de passe", "\u{feff}un mot de passe\r\n"] {
        let mut passphrases = passphrases(bytes.as_bytes()).unwrap();
        assert_eq!(asked(&mut passphrases), "un mot de passe");
        assert_eq!(asked(&mut passphrases), "un mot de passe");
        assert_eq!(passphrases.ask_new("b.key").unwrap().as_str(), "un mot de passe");
    }
}

#[test]
fn lines_serve_keys_in_order() {
    let mut passphrases = passphrases(b" first \nsecond one is long\n").unwrap();
    assert_eq!(asked(&mut passphrases), " first ");
    assert_eq!(passphrases.ask_new("b.key").unwrap().as_str(), "second one is long");
    assert_eq!(passphrases.ask("c.key"), Err(PassphraseError::UsedUp { lines: 2 }));
}

#[test]
fn refuses_broken_passphrase_files() {
    let refusal = |bytes: &[u8]| passphrases(bytes).err();
    assert_eq!(refusal(b""), Some(PassphraseError::EmptyLine { line: 1 }));
    assert_eq!(refusal(b"one\n\nthree\n"), Some(PassphraseError::EmptyLine { line: 2 }));
    assert_eq!(refusal(b"caf\xe9\n"), Some(PassphraseError::NotText));
    let long = vec![b'a'; 64 * 1024 + 1];
    assert_eq!(refusal(&long), Some(PassphraseError::TooLong { most: 64 * 1024 }));
    let path = Path::new("/nowhere/pass");
    let kind = io::ErrorKind::NotFound;
    let unreadable = PassphraseError::Unreadable { path: path.into(), kind };
    assert_eq!(Passphrases::from_file(path).err(), Some(unreadable));
}

#[cfg(unix)]
#[test]
fn reads_passphrases_from_a_pipe() {
    use std::{fs, process::Command, thread};
    let folder = tempfile::TempDir::new().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let writer = thread::spawn({
        let pipe = pipe.clone();
        move || fs::write(pipe, "un mot de passe\n").unwrap()
    });
    let mut passphrases = Passphrases::from_file(&pipe).unwrap();
    writer.join().unwrap();
    assert_eq!(asked(&mut passphrases), "un mot de passe");
}

/// A person who types these lines.
fn typing(lines: &'static [&'static str]) -> Passphrases {
    let mut lines = lines.iter();
    Passphrases::from_prompt(move |_| {
        let line = lines.next().ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok((*line).to_owned())
    })
}

#[test]
fn new_passphrases_are_long_and_typed_twice() {
    let ask = |lines| typing(lines).ask_new("a.key").map(|new| new.as_str().to_owned());
    assert_eq!(ask(&["deux fois pareil", "deux fois pareil"]), Ok("deux fois pareil".to_owned()));
    assert_eq!(ask(&["deux fois pareil", "deux fois autre!"]), Err(PassphraseError::Differ));
    let short = PassphraseError::TooShort { characters: 11, least: 12 };
    assert_eq!(ask(&["éééééééé123"]), Err(short));
    assert_eq!(ask(&["deux fois pareil"]), Err(PassphraseError::Abandoned));
    assert_eq!(ask(&[""]), Err(PassphraseError::Abandoned));
}

#[test]
fn suggests_six_words_that_can_be_spoken() {
    // the published example of proquints: 127.0.0.1
    let mut words = String::new();
    suggest::push_word(&mut words, 0x7f00);
    suggest::push_word(&mut words, 0x0001);
    assert_eq!(words, "lusabbabad");
    let first = suggest().unwrap();
    assert_eq!(first.split('-').map(str::len).collect::<Vec<_>>(), [5; 6]);
    assert_ne!(first, suggest().unwrap());
    assert!(NewPassphrase::new(first).is_ok());
}
