//! issuer-cli
