//! Faults of packs (SPEC section 10, the second table). They are no judgements: nothing is said about any paper.

use core::fmt;

macro_rules! fault_codes {
    ($($name:ident $code:literal $words:literal)*) => {
        /// What is wrong with a pack, or with one of the objects in it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum FaultCode {
            $(#[doc = $words] $name,)*
        }

        impl FaultCode {
            /// Every code, in the order of SPEC section 10.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The code in plain words, in English.
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words),* }
            }
        }
    };
}

fault_codes! {
    PackMalformed "pack-malformed" "The trust pack is damaged. No statement about the paper."
    TrustMalformed "trust-malformed" "The trust list is damaged or not made by the rules. No statement about the paper."
    TrustWeakKey "trust-weak-key" "The trust list holds a key that must not be used. No statement about the paper."
    TrustUnsigned "trust-unsigned" "The trust list is not signed by enough of its roots. No statement about the paper."
    TrustForeignRoot "trust-foreign-root" "The trust list has other roots than the ones trusted here. No statement about the paper."
    StatusMalformed "status-malformed" "A status list is damaged. No statement about the paper."
    StatusUnsigned "status-unsigned" "A status list is not signed by its authority. No statement about the paper."
    RegisterMalformed "register-malformed" "A register is damaged. No statement about the paper."
    RegisterUnsigned "register-unsigned" "A register is not signed by its authority. No statement about the paper."
    TrustVoid "trust-void" "The trust list changes what no later list may change: it counts for nothing."
    TrustRolledBack "trust-rolled-back" "The trust list is not built on the one in force."
    TrustLinkMissing "trust-link-missing" "The trust list is of new roots, and the list by which the old ones handed over is missing. No statement about the paper."
    StatusAhead "status-ahead" "A status list is dated ahead of this computer's clock. No statement about the paper."
}

impl fmt::Display for FaultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An object of a pack, by its place among those of its kind, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackObject {
    /// The file around the objects.
    Pack,
    /// The trust list.
    TrustList,
    /// Another trust list of its line.
    Link(usize),
    /// A dictionary.
    Dictionary(usize),
    /// A status list.
    StatusList(usize),
    /// A register head.
    RegisterHead(usize),
    /// A register file.
    RegisterFile(usize),
}

/// `the trust list`, `status list 2`: places are counted from 1.
impl fmt::Display for PackObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pack => f.write_str("the pack"),
            Self::TrustList => f.write_str("the trust list"),
            Self::Link(at) => write!(f, "link {}", at + 1),
            Self::Dictionary(at) => write!(f, "dictionary {}", at + 1),
            Self::StatusList(at) => write!(f, "status list {}", at + 1),
            Self::RegisterHead(at) => write!(f, "register head {}", at + 1),
            Self::RegisterFile(at) => write!(f, "register file {}", at + 1),
        }
    }
}

/// Why a pack is not taken: the code, the object, the rule of SPEC.md, and the byte of the object where one is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackFault {
    code: FaultCode,
    object: PackObject,
    rule: &'static str,
    byte: Option<usize>,
}

impl PackFault {
    pub(crate) fn new(code: FaultCode, object: PackObject, rule: &'static str) -> Self {
        Self { code, object, rule, byte: None }
    }

    pub(crate) fn at(self, byte: usize) -> Self {
        Self { byte: Some(byte), ..self }
    }

    pub(crate) fn in_object(self, object: PackObject) -> Self {
        Self { object, ..self }
    }

    /// The code.
    pub fn code(&self) -> FaultCode {
        self.code
    }

    /// The object at fault.
    pub fn object(&self) -> PackObject {
        self.object
    }

    /// The rule of SPEC.md that it breaks, such as `TRU-3`.
    pub fn rule(&self) -> &'static str {
        self.rule
    }

    /// The byte of the object, from 0.
    pub fn byte(&self) -> Option<usize> {
        self.byte
    }
}

/// `trust-malformed: the trust list breaks rule CBR-3 at byte 17`.
impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} breaks rule {}", self.code, self.object, self.rule)?;
        self.byte.map_or(Ok(()), |byte| write!(f, " at byte {byte}"))
    }
}

impl core::error::Error for PackFault {}
