//! Runs the real binary on packs, texts and pictures in a folder of their own.
#![allow(dead_code, clippy::unwrap_used)]

#[path = "../../../credential-core/tests/common/mod.rs"]
mod common;
pub(crate) mod records;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub(crate) use common::*;
use image::{GrayImage, Luma};
use qrcode::{Color, EcLevel, QrCode};
use tempfile::TempDir;

pub(crate) const HOLDER: &str = "Salma EL IDRISSI";

/// A folder with a trust pack.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    pub(crate) pack: PathBuf,
}

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    pub(crate) fn new(world: &Setting) -> Self {
        Self::with_pack(&world.pack_bytes())
    }

    pub(crate) fn with_pack(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("trust.sceau");
        fs::write(&pack, bytes).unwrap();
        Self { folder, pack }
    }

    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub(crate) fn picture(&self, name: &str, codes: &[&[u8]]) -> String {
        let path = self.folder.path().join(name);
        page(codes).save(&path).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// `verify` with the desk's pack, at the world's time.
    pub(crate) fn verify(&self, arguments: &[&str]) -> Run {
        self.verify_stdin(arguments, b"")
    }

    pub(crate) fn verify_stdin(&self, arguments: &[&str], stdin: &[u8]) -> Run {
        let now = NOW.to_string();
        let fixed = ["verify", "--trust", self.pack.to_str().unwrap()];
        let at = if arguments.contains(&"--at") { vec![] } else { vec!["--at", &now] };
        run(&[&fixed, &*at, arguments].concat(), stdin)
    }
}

pub(crate) fn run(arguments: &[&str], stdin: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_verifier"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let bytes = stdin.to_vec();
    let feeder = std::thread::spawn(move || pipe.write_all(&bytes).is_ok());
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: status.code().unwrap(), stdout: text(stdout), stderr: text(stderr) }
}

impl Run {
    /// The objects of a run with `--json`.
    pub(crate) fn objects(&self) -> Vec<serde_json::Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub(crate) fn reasons(&self) -> Vec<String> {
        self.objects().iter().map(|object| object["reason"].as_str().unwrap().to_owned()).collect()
    }
}

/// A white page with QR codes below each other.
pub(crate) fn page(codes: &[&[u8]]) -> GrayImage {
    let codes: Vec<_> =
        codes.iter().map(|code| QrCode::with_error_correction_level(code, EcLevel::M).unwrap()).collect();
    let side = |code: &QrCode| (code.width() as u32 + 8) * MODULE;
    let width = codes.iter().map(side).max().unwrap_or(400);
    let height = codes.iter().map(side).sum::<u32>().max(400);
    let mut page = GrayImage::from_pixel(width, height, Luma([255]));
    let mut top = 4 * MODULE;
    for code in &codes {
        for (at, _) in code.to_colors().iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
            let (column, row) = (at % code.width(), at / code.width());
            for (x, y) in (0..MODULE * MODULE).map(|i| (i % MODULE, i / MODULE)) {
                page.put_pixel((column as u32 + 4) * MODULE + x, top + row as u32 * MODULE + y, Luma([0]));
            }
        }
        top += side(code);
    }
    page
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}

const MODULE: u32 = 4;
