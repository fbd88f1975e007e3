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
    Withdrawn "withdrawn" Genuine 1 shown "The authority has withdrawn it. Do not rely on it."
    Suspended "suspended" Genuine 1 shown "The authority has suspended it for now. Do not rely on it."
    Replaced "replaced" Genuine 1 shown "The authority has replaced it by another document."
    Specimen "specimen" Undetermined 2 shown "A test document, worthless."
    SignatureInvalid "signature-invalid" NotGenuine 1 hidden "Altered, or not sealed by the authority it names. Do not accept it."
    OutsideScope "outside-scope" NotGenuine 1 hidden "Sealed with a key that may not seal this kind or session. Do not accept it."
    OutsideSigningWindow "outside-signing-window" Undetermined 2 hidden "Sealed before or after the key's days of service. Ask the authority."
    KeyCompromised "key-compromised" Undetermined 2 hidden "Sealed with a key that was stolen, and not known to be registered. Do not rely on it."
    BreaksRules "breaks-rules" Undetermined 2 hidden "Signed, but not made by the rules (for example hidden characters). Ask the authority."
    UnknownIssuer "unknown-issuer" Undetermined 2 hidden "Nobody on the loaded lists sealed this: a forgery, or an authority that the lists do not know."
    NewerFormat "newer-format" Undetermined 2 hidden "Made for a newer version of this program. Update it."
    ForeignCode "foreign-code" Undetermined 2 hidden "Not a code of this kind. It was not opened."
    TextMalformed "text-malformed" Undetermined 2 hidden "Damaged or incomplete. Scan again, from the paper, in good light."
    CompressionMalformed "compression-malformed" Undetermined 2 hidden "Damaged or incomplete. Scan again, from the paper, in good light."
    EnvelopeMalformed "envelope-malformed" Undetermined 2 hidden "Damaged or incomplete. Scan again, from the paper, in good light."
    DictionaryUnknown "dictionary-unknown" Undetermined 2 hidden "The loaded lists are too old to read this, or not the issuer's. Update the trust pack."
    NoTrust "no-trust" Undetermined 2 hidden "No trust pack is loaded, so nothing can be said about the paper."
    PackMalformed "pack-malformed" Undetermined 2 hidden "The trust pack is damaged. No statement about the paper."
    TrustMalformed "trust-malformed" Undetermined 2 hidden "The trust list is damaged or not made by the rules. No statement about the paper."
    TrustWeakKey "trust-weak-key" Undetermined 2 hidden "The trust list holds a key that must not be used. No statement about the paper."
    TrustUnsigned "trust-unsigned" Undetermined 2 hidden "The trust list is not signed by enough of its roots. No statement about the paper."
    TrustForeignRoot "trust-foreign-root" Undetermined 2 hidden "The trust list has other roots than the ones trusted here. No statement about the paper."
    StatusMalformed "status-malformed" Undetermined 2 hidden "A status list is damaged. No statement about the paper."
    StatusUnsigned "status-unsigned" Undetermined 2 hidden "A status list is not signed by its authority. No statement about the paper."
    TrustRolledBack "trust-rolled-back" Undetermined 2 hidden "The trust list is older than the one held, or another of the same version. No statement about the paper."
    RegisterMalformed "register-malformed" Undetermined 2 hidden "A register is damaged. No statement about the paper."
    RegisterUnsigned "register-unsigned" Undetermined 2 hidden "A register is not signed by its authority. No statement about the paper."
    NoCode "no-code" Undetermined 2 hidden "The picture holds no code that can be read. Scan again at 300 dpi or more."
    InputUnreadable "input-unreadable" Undetermined 2 hidden "The file could not be read."
}

impl Reason {
    // what may be said of a code that was not opened
    pub(crate) fn unless_judged(self) -> Self {
        if self.verdict() == Verdict::Undetermined && !self.shows_document() { self } else { Self::InputUnreadable }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for Reason {}
