//! The sample of the documentation is what this world makes.

mod common;

use common::*;

#[test]
fn sample_files_are_what_the_library_makes() {
    let mut world = World::new();
    world.entry().test = true;
    let made = (world.text(&diploma(1)), world.pack_bytes());
    if std::env::var_os("SCEAU_WRITE_SAMPLE").is_some() {
        std::fs::write("tests/sample/specimen.txt", format!("{}\n", made.0)).unwrap();
        std::fs::write("tests/sample/specimen.sceau", &made.1).unwrap();
    }
    assert_eq!(include_str!("sample/specimen.txt").trim_end(), made.0);
    assert_eq!(include_bytes!("sample/specimen.sceau").as_slice(), made.1);
}
