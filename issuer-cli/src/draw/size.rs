//! The rule of level and size (ISS-6), in whole micrometres so that it has no rounding.

use std::fmt;

use super::{DrawError, QUIET_ZONE};

/// Size of a printed code with its quiet zone.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct PrintSize {
    micrometres: u32,
}

impl PrintSize {
    /// Takes a size in millimetres, 1 to 1000.
    pub fn from_mm(mm: f64) -> Result<Self, DrawError> {
        if !(1.0..=1000.0).contains(&mm) {
            let millimetres = mm as i64;
            return Err(DrawError::PrintSize { millimetres });
        }
        Ok(Self { micrometres: (mm * 1000.0).round() as u32 })
    }

    /// The size in millimetres.
    #[must_use]
    pub fn mm(self) -> f64 {
        f64::from(self.micrometres) / 1000.0
    }

    /// The size of one module, in millimetres, of a symbol `modules` wide.
    pub(super) fn module_mm(self, modules: usize) -> f64 {
        self.mm() / (modules + 2 * QUIET_ZONE) as f64
    }

    /// The smallest size at which a symbol `modules` wide may be printed.
    fn needed(modules: usize, micrometres_per_module: usize) -> Self {
        let micrometres = (modules + 2 * QUIET_ZONE) * micrometres_per_module;
        Self { micrometres: micrometres as u32 }
    }

    /// Checks that a symbol at level Q would have modules of 0.38 mm.
    pub(super) fn allows_q(self, modules: usize) -> bool {
        self >= Self::needed(modules, COMFORTABLE_MODULE)
    }

    /// Checks that a symbol would have modules that can be printed at all.
    pub(super) fn check_module(self, modules: usize) -> Result<(), DrawError> {
        let needed = Self::needed(modules, SMALLEST_MODULE);
        if self < needed {
            return Err(DrawError::TooSmall { modules, needed, chosen: self });
        }
        Ok(())
    }
}

impl fmt::Display for PrintSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mm", self.mm())
    }
}

/// Level of error correction; L is never drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Hash)]
pub enum Level {
    /// Restores about 15 % of damaged codewords.
    M,
    /// Restores about 25 % of damaged codewords.
    Q,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::M => "M",
            Self::Q => "Q",
        })
    }
}

/// Micrometres per module from which level Q is drawn.
const COMFORTABLE_MODULE: usize = 380;
/// Micrometres per module below which nothing is drawn.
const SMALLEST_MODULE: usize = 250;
