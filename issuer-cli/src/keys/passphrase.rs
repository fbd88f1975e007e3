//! Where passphrases come from: a file or the terminal, never an argument or the environment.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use zeroize::Zeroizing;

use super::PassphraseError;

/// A source of passphrases, asked once for each key.
pub struct Passphrases {
    source: Source,
}

enum Source {
    Lines { lines: Vec<Zeroizing<String>>, used: usize },
    Prompt(Box<Prompt>),
}

/// Shows a prompt and returns what the person types.
type Prompt = dyn FnMut(&str) -> io::Result<String>;

/// A passphrase long enough to protect a new key.
pub struct NewPassphrase(Zeroizing<String>);

impl NewPassphrase {
    /// Takes a passphrase of at least 12 characters.
    ///
    /// # Errors
    ///
    /// The passphrase is too short.
    pub fn new(passphrase: Zeroizing<String>) -> Result<Self, PassphraseError> {
        let characters = passphrase.chars().count();
        if characters < LEAST_CHARACTERS {
            return Err(PassphraseError::TooShort { characters, least: LEAST_CHARACTERS });
        }
        Ok(Self(passphrase))
    }

    /// The passphrase.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Passphrases {
    /// Asks the person at the terminal.
    #[must_use]
    pub fn from_terminal() -> Self {
        Self::from_prompt(|prompt| rpassword::prompt_password(prompt))
    }

    /// Reads a file with one passphrase a line, in the order in which keys ask; a single line
    /// serves all. `-` is standard input, and pipes such as `/dev/fd/3` work.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or has an empty line.
    pub fn from_file(path: &Path) -> Result<Self, PassphraseError> {
        let unreadable = |error: io::Error| PassphraseError::Unreadable { path: path.into(), kind: error.kind() };
        if path == Path::new("-") {
            return Self::from_reader(io::stdin().lock(), unreadable);
        }
        Self::from_reader(File::open(path).map_err(unreadable)?, unreadable)
    }

    /// The passphrase of an existing key; `key` is its name for the person.
    ///
    /// # Errors
    ///
    /// The file has no more lines, or there is no terminal.
    pub fn ask(&mut self, key: &str) -> Result<Zeroizing<String>, PassphraseError> {
        self.next(&format!("Passphrase of {key}: "))
    }

    /// A passphrase for a new key, typed twice on a terminal.
    ///
    /// # Errors
    ///
    /// It is too short, or the two typings differ.
    pub fn ask_new(&mut self, key: &str) -> Result<NewPassphrase, PassphraseError> {
        let first = self.next(&format!("New passphrase for {key}: "))?;
        let passphrase = NewPassphrase::new(first)?;
        if let Source::Prompt(_) = self.source {
            let again = self.next(&format!("New passphrase for {key}, once more: "))?;
            if *again != *passphrase.0 {
                return Err(PassphraseError::Differ);
            }
        }
        Ok(passphrase)
    }

    pub(super) fn from_prompt(prompt: impl FnMut(&str) -> io::Result<String> + 'static) -> Self {
        Self { source: Source::Prompt(Box::new(prompt)) }
    }

    pub(super) fn from_reader(
        reader: impl Read,
        unreadable: impl Fn(io::Error) -> PassphraseError,
    ) -> Result<Self, PassphraseError> {
        // of its full size at once, so that growing leaves no copies behind
        let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST_FILE + 1));
        reader.take(LONGEST_FILE as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() > LONGEST_FILE {
            return Err(PassphraseError::TooLong { most: LONGEST_FILE });
        }
        let text = str::from_utf8(&bytes).map_err(|_| PassphraseError::NotText)?;
        let lines = lines(text.strip_prefix('\u{feff}').unwrap_or(text))?;
        Ok(Self { source: Source::Lines { lines, used: 0 } })
    }

    fn next(&mut self, prompt: &str) -> Result<Zeroizing<String>, PassphraseError> {
        match &mut self.source {
            Source::Lines { lines, .. } if lines.len() == 1 => Ok(lines[0].clone()),
            Source::Lines { lines, used } => {
                let used_up = PassphraseError::UsedUp { lines: lines.len() };
                let line = lines.get(*used).ok_or(used_up)?;
                *used += 1;
                Ok(line.clone())
            }
            Source::Prompt(prompter) => {
                let typed = Zeroizing::new(prompter(prompt).map_err(not_typed)?);
                if typed.is_empty() { Err(PassphraseError::Abandoned) } else { Ok(typed) }
            }
        }
    }
}

fn not_typed(error: io::Error) -> PassphraseError {
    match error.kind() {
        ErrorKind::Interrupted | ErrorKind::UnexpectedEof => PassphraseError::Abandoned,
        _ => PassphraseError::NoTerminal,
    }
}

fn lines(text: &str) -> Result<Vec<Zeroizing<String>>, PassphraseError> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let line = |(index, line): (usize, &str)| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() {
            return Err(PassphraseError::EmptyLine { line: index + 1 });
        }
        Ok(Zeroizing::new(line.to_owned()))
    };
    text.split('\n').enumerate().map(line).collect()
}

const LEAST_CHARACTERS: usize = 12;
const LONGEST_FILE: usize = 64 * 1024;
