//! The example that others start from: its files are what this library makes, and it says what they are.

mod common;
#[allow(dead_code)]
#[path = "../examples/verify/main.rs"]
mod example;

use common::*;

#[test]
fn its_files_are_what_the_library_makes() {
    let world = Setting::new();
    let mut altered = world.seal(&diploma(1)).as_bytes().to_vec();
    let name = altered.windows(5).position(|five| five == b"Salma").unwrap();
    altered[name..name + 5].copy_from_slice(b"Selma");
    let stranger = Setting { key: SealingKey::from_seed(&[99; 32]), ..Setting::new() };
    let line = |text: String| format!("{text}\n").into_bytes();
    for (file, made) in [
        ("genuine.txt", line(world.text(&diploma(1)))),
        ("altered.txt", line(symbol_text(&altered))),
        ("stranger.txt", line(stranger.text(&diploma(1)))),
        ("pack.sceau", world.pack_bytes()),
        ("root.sha256", world.trust.roots.fingerprint().to_vec()),
    ] {
        let path = format!("{}/examples/verify/{file}", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("SCEAU_WRITE_SAMPLE").is_some() {
            std::fs::write(&path, &made).unwrap();
        }
        assert_eq!(std::fs::read(&path).unwrap(), made, "{file}");
    }
}

#[test]
fn it_accepts_one_refuses_one_and_cannot_tell_of_one() {
    let lines = example::lines().unwrap();
    assert_eq!(
        lines,
        [
            "accept (genuine): Salma EL IDRISSI. Issued by the authority named. Compare with the paper.",
            "refuse (signature-invalid): nobody is shown. Altered, or not sealed by the authority it names. Do not accept it.",
            "cannot tell (unknown-issuer): nobody is shown. Nobody on the loaded lists sealed this: a forgery, or an authority \
             that the lists do not know.",
        ]
    );
}
