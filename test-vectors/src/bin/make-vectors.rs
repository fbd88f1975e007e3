//! Writes the vectors, the packs beside them and the generated blocks of SPEC.md.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use test_vectors::output;

fn main() -> std::io::Result<()> {
    let room = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = output::files();
    for folder in ["vectors", "objects", "side"] {
        empty(&room.join(folder))?;
    }
    for (name, content) in &files {
        fs::write(room.join(name), content)?;
    }
    let specification = room.join("../SPEC.md");
    let filled = output::specification(&fs::read_to_string(&specification)?);
    fs::write(specification, filled)?;
    writeln!(std::io::stdout(), "{} files written", files.len())
}

fn empty(folder: &Path) -> std::io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)
}
