//! The cost of opening a key file, bounded before anything is computed.

use pkcs8::pkcs5::pbes2::ScryptParams;

use super::KeyError;

/// Checks that opening takes no more memory and time than an honest file needs.
pub(super) fn check_cost(scrypt: &ScryptParams) -> Result<(), KeyError> {
    let (n, r, p) = (scrypt.cost_parameter, scrypt.block_size, scrypt.parallelization);
    if n < 2 || !n.is_power_of_two() || r == 0 || p == 0 {
        return Err(KeyError::InvalidScrypt { n, r, p });
    }
    let blocks = u128::from(n) * u128::from(r);
    let work = blocks * u128::from(p);
    if 128 * blocks > u128::from(MOST_MEMORY) || work > u128::from(MOST_WORK) {
        let (most_mib, most_work) = (MOST_MEMORY >> 20, MOST_WORK);
        return Err(KeyError::TooCostly { n, r, p, most_mib, most_work });
    }
    Ok(())
}

/// Bytes that scrypt may take.
const MOST_MEMORY: u64 = 256 << 20;
/// The largest product of N, r and p: three times that of our own files.
const MOST_WORK: u64 = 1 << 21;

/// The cost of new files. OpenSSL gives scrypt 32 MiB at most, so that N stays at 2^14 and p
/// brings the work up.
pub(super) const NEW_LOG_N: u8 = 14;
/// Block size of new files.
pub(super) const NEW_R: u32 = 8;
/// Parallelism of new files.
pub(super) const NEW_P: u32 = 5;
