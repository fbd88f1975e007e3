//! credential-core
