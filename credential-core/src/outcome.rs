//! Outcomes: SPEC section 10, the one vocabulary of steps, errors, vectors, programs and the page.

use core::fmt;

/// What is said about a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The signature holds under a key that may seal such a document.
    Genuine,
    /// Altered, or not sealed by a key that may.
    NotGenuine,
    /// No statement about the paper is made.
    Undetermined,
}

impl Verdict {
    /// `genuine`, `not-genuine` or `undetermined`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Genuine => "genuine",
            Self::NotGenuine => "not-genuine",
            Self::Undetermined => "undetermined",
        }
    }
}

/// What the authority says of a genuine document today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It counts.
    InForce,
    /// The authority has withdrawn it.
    Withdrawn,
    /// The authority has suspended it for now.
    Suspended,
    /// The authority has replaced it by another.
    Replaced,
    /// No loaded list says.
    Unknown,
}

impl Status {
    /// The word of SPEC section 10.
    pub fn code(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Withdrawn => "withdrawn",
            Self::Suspended => "suspended",
            Self::Replaced => "replaced",
            Self::Unknown => "unknown",
        }
    }
}

/// Whether the official register lists the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    /// It is listed.
    Listed,
    /// The register of its session is loaded and does not list it.
    NotListed,
    /// No register of its session is loaded.
    Unknown,
}

impl Register {
    /// `listed`, `not-listed` or `unknown`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::NotListed => "not-listed",
            Self::Unknown => "unknown",
        }
    }
}

macro_rules! reasons {
    ($($name:ident $code:literal $verdict:ident $exit:literal $shown:ident $words:literal)*) => {
        /// Why the verdict is what it is: the closed set of SPEC section 10.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Reason {
            $(#[doc = $words] $name,)*
        }

        impl Reason {
            /// Every reason, in the order of SPEC section 10.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The verdict that follows from it.
            pub fn verdict(self) -> Verdict {
                match self { $(Self::$name => Verdict::$verdict),* }
            }

            /// 0 accepted, 1 judged and refused, 2 could not judge.
            pub fn exit_status(self) -> u8 {
                match self { $(Self::$name => $exit),* }
            }

            /// Whether the document's fields are shown.
            pub fn shows_document(self) -> bool {
                match self { $(Self::$name => shown!($shown)),* }
            }

            /// The reason in plain words, in English.
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words),* }
            }
        }
    };
}

macro_rules! shown {
    (shown) => {
        true
    };
    (hidden) => {
        false
    };
}

reasons! {
    Genuine "genuine" Genuine 0 shown "Issued by the authority named. Compare with the paper."
    StatusOld "status-old" Genuine 2 shown "Genuine; withdrawals are known only up to the date shown."
    StatusUnknown "status-unknown" Genuine 2 shown "Genuine; no list says whether it was withdrawn."
    PastValidity "past-validity" Genuine 1 shown "Genuine, and no longer valid: its last day has passed."
    StatesNotAdmitted "states-not-admitted" Genuine 1 shown "Genuine. It states that the candidate was NOT admitted."
    StatesOtherwise "states-otherwise" Genuine 2 shown "Genuine. It states neither that the candidate was admitted nor that not: read what was decided."
    OneSheet "one-sheet" Genuine 2 shown "Genuine, but one sheet of several. Check the others too."
    RegisterUnknown "register-unknown" Genuine 2 shown "Genuine by its seal; whether the register has it was not looked up, or it was sealed after it. Ask the authority."
    Withdrawn "withdrawn" Genuine 1 shown "The authority has withdrawn it. Do not rely on it."
    Suspended "suspended" Genuine 1 shown "The authority has suspended it for now. Do not rely on it."
    Replaced "replaced" Genuine 1 shown "The authority has replaced it by another document."
    Specimen "specimen" Undetermined 2 shown "A test document, worthless."
    SignatureInvalid "signature-invalid" NotGenuine 1 hidden "Altered, or not sealed by the authority it names. Do not accept it."
    OutsideScope "outside-scope" NotGenuine 1 hidden "Sealed with a key that may not seal this kind of document. Do not accept it."
    OutsideSession "outside-session" Undetermined 2 hidden "Sealed with a key that the list names for other sessions. Ask the authority."
    OutsideSigningWindow "outside-signing-window" Undetermined 2 hidden "Sealed before or after the key's days of service. Ask the authority."
    KeyCompromised "key-compromised" Undetermined 2 hidden "Sealed with a key that was stolen, and not known to be registered. Do not rely on it."
    BreaksRules "breaks-rules" Undetermined 2 hidden "Signed, but not made by the rules (for example hidden characters). Ask the authority."
    TrustConflict "trust-conflict" Undetermined 2 hidden "The authorities that vouch for it contradict each other. No statement until a newer list says which of them counts."
    UnknownIssuer "unknown-issuer" Undetermined 2 hidden "Nobody on the loaded lists sealed this: a forgery, or an authority that the lists do not know."
    NewerFormat "newer-format" Undetermined 2 hidden "Made for a newer version of this program. Update it."
    ForeignCode "foreign-code" Undetermined 2 hidden "Not a code of this kind. It was not opened."
    TextMalformed "text-malformed" Undetermined 2 hidden "Damaged or incomplete. Scan again, from the paper, in good light."
    CompressionMalformed "compression-malformed" Undetermined 2 hidden "Damaged or incomplete. Scan again, from the paper, in good light."
    EnvelopeMalformed "envelope-malformed" Undetermined 2 hidden "Damaged or incomplete. Scan again, from the paper, in good light."
    DictionaryUnknown "dictionary-unknown" Undetermined 2 hidden "The loaded lists are too old to read this, or not the issuer's. Update the trust pack."
    NoTrust "no-trust" Undetermined 2 hidden "No trust pack is loaded, so nothing can be said about the paper."
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for Reason {}

/// Why a code was not shown, as closely as its reader knows: for `--json`, details of a page, and those who make codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    reason: Reason,
    rule: &'static str,
    field: Option<&'static str>,
    byte: Option<usize>,
}

impl Cause {
    pub(crate) fn new(reason: Reason, rule: &'static str) -> Self {
        Self { reason, rule, field: None, byte: None }
    }

    pub(crate) fn in_field(self, field: &'static str) -> Self {
        Self { field: Some(field), ..self }
    }

    pub(crate) fn at(self, byte: usize) -> Self {
        Self { byte: Some(byte), ..self }
    }

    /// The outcome.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// The rule of SPEC.md that decided, such as `TXT-5`.
    pub fn rule(&self) -> &'static str {
        self.rule
    }

    /// The field of the document, as the JSON view names it.
    pub fn field(&self) -> Option<&'static str> {
        self.field
    }

    /// The byte of the object read, from 0.
    pub fn byte(&self) -> Option<usize> {
        self.byte
    }
}
