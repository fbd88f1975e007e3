//! Inputs that hold no code to judge: what was found, and what to do.

use std::io::ErrorKind;

use credential_core::Reason;
use qr_reader::FileError;

use crate::language::Language;

/// Why an input, or a line of it, is no text to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    Missing,
    NoPermission,
    Folder,
    NotAFile,
    Empty,
    OnlyBlankLines,
    Failed(ErrorKind),
    Utf16,
    TrustPack,
    Other(&'static str),
    Binary,
    Text,
    FileTooLarge,
    PictureTooLarge { width: u32, height: u32 },
    PictureDamaged,
    ReaderDied,
    ReaderTimedOut,
    PdfDamaged,
    PdfLocked,
    NoCode,
    NotUtf8,
    LongLine { bytes: u64 },
    Internal,
}

impl From<FileError> for Trouble {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Damaged => Self::PictureDamaged,
            FileError::TooLarge { width, height } => Self::PictureTooLarge { width, height },
        }
    }
}

impl Trouble {
    /// What it means that a file could not be opened.
    pub(crate) fn opening(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => Self::Missing,
            ErrorKind::PermissionDenied => Self::NoPermission,
            kind => Self::Failed(kind),
        }
    }

    /// The stable code; what the rules of texts say already has theirs.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::NoCode => NO_CODE,
            Self::NotUtf8 => Reason::ForeignCode.code(),
            Self::LongLine { .. } => Reason::TextMalformed.code(),
            _ => INPUT_UNREADABLE,
        }
    }

    /// What was found and what to do, in one line.
    pub(crate) fn sentence(self, language: Language) -> String {
        let (english, french) = match self {
            Self::PictureTooLarge { width, height } => return too_large(width, height, language),
            Self::LongLine { bytes } => return long_line(bytes, language),
            Self::Failed(kind) => return failed(kind, language),
            Self::Other(kind) => return other(kind, language),
            Self::Missing => (
                "There is no such file. Check the name; a code's own text starts with SC1:.",
                "Ce fichier n'existe pas. Vérifiez le nom ; le texte d'un code commence par SC1:.",
            ),
            Self::NoPermission => (
                "This file may not be read by you. Copy it, or change its permissions.",
                "Vous n'avez pas le droit de lire ce fichier. Copiez-le ou changez ses droits.",
            ),
            Self::Folder => {
                ("This is a folder. Name the files in it.", "C'est un dossier. Nommez les fichiers qu'il contient.")
            }
            Self::NotAFile => (
                "This is a device or a pipe, not a file. Use - for standard input.",
                "C'est un périphérique ou un tube, pas un fichier. Utilisez - pour l'entrée standard.",
            ),
            Self::Empty => ("It is empty. Scan or copy it again.", "Il est vide. Numérisez ou copiez de nouveau."),
            Self::OnlyBlankLines => (
                "It holds only blank lines. One code a line is expected.",
                "Il ne contient que des lignes vides. Il faut un code par ligne.",
            ),
            Self::Utf16 => {
                ("This is UTF-16 text. Save it as UTF-8.", "C'est du texte UTF-16. Enregistrez-le en UTF-8.")
            }
            Self::TrustPack => (
                "This is a trust pack. Give it with --trust.",
                "C'est un fichier de confiance. Donnez-le avec --trust.",
            ),
            Self::Binary => (
                "This is neither a picture nor text. Give a PNG or JPEG picture or one code a line.",
                "Ce n'est ni une image ni du texte. Donnez une image PNG ou JPEG, ou un code par ligne.",
            ),
            Self::Text => (
                "This is text, not a picture of a page. Codes in texts are read by `verifier verify`.",
                "C'est du texte, pas l'image d'une page. Les codes en texte se lisent avec `verifier verify`.",
            ),
            Self::FileTooLarge => {
                ("The file is larger than 64 MiB. Scan at 300 dpi.", "Le fichier dépasse 64 Mio. Numérisez à 300 ppp.")
            }
            Self::PictureDamaged => (
                "The picture is damaged or incomplete. Copy or scan it again.",
                "L'image est endommagée ou incomplète. Copiez ou numérisez de nouveau.",
            ),
            Self::ReaderDied => (
                "The picture reader failed on this picture. Scan it again, or give the code's text.",
                "Le lecteur d'images a échoué sur cette image. Numérisez de nouveau ou donnez le texte du code.",
            ),
            Self::ReaderTimedOut => (
                "Reading this picture took too long. Cut out the code, or scan at 300 dpi.",
                "La lecture de cette image a pris trop de temps. Découpez le code ou numérisez à 300 ppp.",
            ),
            Self::PdfDamaged => (
                "The PDF is damaged, or holds no page. Save or scan it again.",
                "Le PDF est endommagé ou n'a pas de page. Enregistrez ou numérisez de nouveau.",
            ),
            Self::PdfLocked => (
                "The PDF asks for a password. Save a copy without one.",
                "Le PDF demande un mot de passe. Enregistrez une copie qui n'en a pas.",
            ),
            Self::NoCode => (
                "Keep the whole code and a white margin around it in the picture.",
                "Gardez dans l'image le code entier et une marge blanche autour.",
            ),
            Self::NotUtf8 => ("Its bytes are no UTF-8 text.", "Ses octets ne sont pas du texte UTF-8."),
            Self::Internal => (
                "This program failed on it; that says nothing about the paper. Please report it.",
                "Ce programme a échoué ; cela ne dit rien du papier. Merci de le signaler.",
            ),
        };
        language.of(english, french).to_owned()
    }
}

fn too_large(width: u32, height: u32, language: Language) -> String {
    match language {
        Language::En => format!(
            "The picture has {width} x {height} pixels; at most 16 million, and 16,000 a side, are read. Scan at 300 dpi."
        ),
        Language::Fr => format!(
            "L'image a {width} x {height} pixels ; au plus 16 millions, et 16 000 par côté, sont lus. Numérisez à 300 ppp."
        ),
    }
}

fn long_line(bytes: u64, language: Language) -> String {
    match language {
        Language::En => format!("The line has {bytes} bytes; no code has more than 7,089 characters."),
        Language::Fr => format!("La ligne a {bytes} octets ; aucun code n'a plus de 7 089 caractères."),
    }
}

fn failed(kind: ErrorKind, language: Language) -> String {
    match language {
        Language::En => format!("Reading failed: {kind}. Copy the file and try again."),
        Language::Fr => format!("La lecture a échoué : {kind}. Copiez le fichier et réessayez."),
    }
}

fn other(kind: &str, language: Language) -> String {
    match (kind, language) {
        ("PDF" | "TIFF", Language::En) => {
            format!("This is a {kind} file. Use verifier batch, or save the page as PNG or JPEG at 300 dpi.")
        }
        ("PDF" | "TIFF", Language::Fr) => {
            format!(
                "C'est un fichier {kind}. Utilisez verifier batch, ou enregistrez la page en PNG ou JPEG à 300 ppp."
            )
        }
        (_, Language::En) => format!("This is a {kind} file. Save the page as PNG or JPEG at 300 dpi."),
        (_, Language::Fr) => format!("C'est un fichier {kind}. Enregistrez la page en PNG ou JPEG à 300 ppp."),
    }
}

/// The picture holds no code that can be read (SPEC section 10).
pub(crate) const NO_CODE: &str = "no-code";
/// The file could not be read (SPEC section 10).
pub(crate) const INPUT_UNREADABLE: &str = "input-unreadable";
