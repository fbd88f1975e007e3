//! Keeping packs (SPEC section 9): in a pack that takes the place of another nothing is older and nothing is left out.

use super::Pack;
use crate::outcome::Reason;
use crate::trust::{Authority, TrustClaims};

/// Why a pack does not take the place of the one held. Status lists and registers are named `authority/number`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfollowed {
    /// One of its objects is refused.
    Refused(Reason),
    /// A status list is older than the one held, or another of the same moment.
    OlderStatus(String),
    /// A status list that is held, and that its trust list still needs, is not in it.
    NoStatus(String),
    /// A register is older than the one held, or another of the same moment.
    OlderRegister(String),
    /// A register that is held, and that its trust list still needs, is not in it.
    NoRegister(String),
}

impl Pack {
    /// Opens a pack that takes the place of `held`: its trust list follows (ROT-1 to ROT-3), and no status list or
    /// register that is held and still needed is missing or older.
    pub fn open_following(bytes: &[u8], held: &Self) -> Result<Self, Unfollowed> {
        let pack = Self::open_successor(bytes, held.trust()).map_err(Unfollowed::Refused)?;
        check_statuses(&pack, held)?;
        check_registers(&pack, held)?;
        Ok(pack)
    }

    /// Whether it names an authority that `other` names under other roots: only one of the two can be right.
    pub fn rivals(&self, other: &Self) -> bool {
        let named = |id: &str| authority(other.trust().claims(), id).is_some();
        let differ = self.trust().root() != other.trust().root();
        differ && self.trust().claims().authorities.iter().any(|one| named(&one.id))
    }
}

impl Unfollowed {
    /// Its outcome code: whatever is older or missing is a step back.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Refused(reason) => *reason,
            Self::OlderStatus(_) | Self::NoStatus(_) | Self::OlderRegister(_) | Self::NoRegister(_) => {
                Reason::TrustRolledBack
            }
        }
    }
}

fn check_statuses(pack: &Pack, held: &Pack) -> Result<(), Unfollowed> {
    for old in held.statuses() {
        let name = || format!("{}/{}", old.authority(), old.number());
        match pack.status_list(old.authority(), old.number()) {
            Some(new) if new.as_bytes() == old.as_bytes() || new.as_of() > old.as_of() => {}
            Some(_) => return Err(Unfollowed::OlderStatus(name())),
            None if authority(pack.trust().claims(), old.authority()).is_none() => {}
            None => return Err(Unfollowed::NoStatus(name())),
        }
    }
    Ok(())
}

fn check_registers(pack: &Pack, held: &Pack) -> Result<(), Unfollowed> {
    for (old, _) in held.registers() {
        let number = old.claims().number;
        let name = || format!("{}/{number}", old.authority());
        match pack.register(old.authority(), number) {
            Some((new, _)) if new.claims() == old.claims() || new.claims().time > old.claims().time => {}
            Some(_) => return Err(Unfollowed::OlderRegister(name())),
            None => {
                let needed = authority(pack.trust().claims(), old.authority());
                let needed = needed.is_some_and(|one| one.keys.iter().any(|key| key.register_number() == Some(number)));
                if needed {
                    return Err(Unfollowed::NoRegister(name()));
                }
            }
        }
    }
    Ok(())
}

fn authority<'c>(claims: &'c TrustClaims, id: &str) -> Option<&'c Authority> {
    claims.authorities.iter().find(|authority| authority.id == id)
}
