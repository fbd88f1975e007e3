//! Reads the codes of a picture: `cargo run --release -p qr-reader --example read-picture -- page.png`.
//!
//! Strangers' pictures belong into a process of their own; see the crate's documentation.

#![allow(clippy::print_stdout)]

use qr_reader::{Effort, Picture, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("give the name of a picture")?;
    let (width, height) = image::image_dimensions(&file)?;
    if u64::from(width) * u64::from(height) > Picture::MAX_PIXELS as u64 {
        return Err(format!("{width} x {height} pixels are too many").into());
    }
    let grey = image::open(&file)?.into_luma8();
    let picture = Picture::from_grey(grey.into_raw(), width, height)?;
    for code in read(&picture, Effort::Thorough) {
        // what a stranger printed: hand it to credential_core::verify, believe nothing of it
        println!("{}", String::from_utf8_lossy(&code).escape_debug());
    }
    Ok(())
}
