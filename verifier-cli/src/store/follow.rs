//! What a pack must hold to take the place of another beside its trust list: nothing in it is older, nothing is left out.

use credential_core::{Authority, Pack, Reason, TrustClaims};

/// Why a pack does not follow the one held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unfollowed {
    /// One of its objects is refused.
    Refused(Reason),
    /// It is a list of these roots from before they were replaced.
    FormerRoots,
    /// A status list is older than the one held, or another of the same moment.
    OlderStatus(String),
    /// A status list that is held, and that its trust list still needs, is not in it.
    NoStatus(String),
    /// A register is older than the one held, or another of the same moment.
    OlderRegister(String),
    /// A register that is held, and that its trust list still needs, is not in it.
    NoRegister(String),
}

/// Opens a pack that follows `held`.
pub(super) fn successor(bytes: &[u8], held: &Pack) -> Result<Pack, Unfollowed> {
    let pack = Pack::open_successor(bytes, held.trust()).map_err(Unfollowed::Refused)?;
    check_statuses(&pack, held)?;
    check_registers(&pack, held)?;
    Ok(pack)
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
