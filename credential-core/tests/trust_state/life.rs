//! Forty years of an authority.
