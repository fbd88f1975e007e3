//! qr-reader
