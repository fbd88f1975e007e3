//! The documents that an office is shown: a picture, a text file with one code, or a code's own text.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use credential_core::sealing::CodeKind;
use qr_reader::{Effort, ImageFormat, Picture, read};

/// The texts of all document codes of an input; codes of others are passed over.
pub(super) fn document_codes(input: &Path) -> Result<Vec<String>> {
    let texts = codes(input)?.into_iter();
    let documents: Vec<_> = texts.filter(|text| CodeKind::of(text) == Some(CodeKind::Document)).collect();
    ensure!(!documents.is_empty(), "it holds no code of a document (their texts start with SC1:)");
    Ok(documents)
}

/// The texts of all codes of documents and legalisations of an input; codes of others are passed over.
pub(crate) fn codes(input: &Path) -> Result<Vec<String>> {
    if let Some(text) = input.to_str().filter(|text| CodeKind::of(text).is_some()) {
        return Ok(vec![text.to_owned()]);
    }
    let bytes = read_file(input)?;
    let texts: Vec<String> = match PICTURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        Some((_, format)) => {
            let picture =
                Picture::from_file(&bytes, *format).map_err(|error| anyhow!("{error}; scan again at 300 dpi"))?;
            let codes = read(&picture, Effort::Thorough);
            ensure!(!codes.is_empty(), "the picture holds no code that can be read; scan again at 300 dpi or more");
            codes.into_iter().filter_map(|code| String::from_utf8(code).ok()).collect()
        }
        None => {
            let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
            let text = text.context("it is neither a PNG or JPEG picture nor text")?;
            text.lines().map(str::to_owned).collect()
        }
    };
    Ok(texts.into_iter().filter(|text| CodeKind::of(text).is_some()).collect())
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    let found = fs::metadata(path).context("it cannot be read")?;
    ensure!(found.is_file(), "it is not a file");
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes)).context("it cannot be read")?;
    if bytes.len() as u64 > MOST_BYTES {
        bail!("it is larger than 64 MiB; scan at 300 dpi");
    }
    Ok(bytes)
}

const PICTURES: [(&[u8], ImageFormat); 2] =
    [(b"\x89PNG\r\n\x1a\n", ImageFormat::Png), (b"\xff\xd8\xff", ImageFormat::Jpeg)];
const MOST_BYTES: u64 = 64 << 20;
