use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::tests::{PASSPHRASE, new_passphrase, octets, plain_key};
use super::*;

#[track_caller]
fn openssl(folder: &TempDir, arguments: &str) -> Vec<u8> {
    let output = Command::new("openssl")
        .args(arguments.split(' '))
        .current_dir(folder)
        .output()
        .expect("the openssl program is needed for this test");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {arguments}: {said}");
    output.stdout
}

fn folder_with_passphrase() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("pass"), format!("{PASSPHRASE}\n")).unwrap();
    folder
}

#[test]
fn creates_a_pair_that_openssl_reads() {
    let folder = folder_with_passphrase();
    let path = folder.path().join("session.key");
    let public = KeyFile::create(&path, &new_passphrase(PASSPHRASE)).unwrap();
    let key = KeyFile::read(&path).unwrap().open(PASSPHRASE).unwrap();
    assert_eq!(key.verifying_key(), public);
    assert_eq!(read_public_key(&public_path(&path)).unwrap(), public);

    let private = openssl(&folder, "pkey -in session.key -passin file:pass -outform DER");
    assert_eq!(private, plain_key("1.3.101.112", &octets(key.to_bytes()), None));
    let spki = openssl(&folder, "pkey -pubin -in session.key.pub -outform DER");
    assert!(spki.ends_with(public.as_bytes()));
    assert_eq!(spki, openssl(&folder, "pkey -in session.key -passin file:pass -pubout -outform DER"));
}

#[test]
fn opens_what_openssl_encrypted() {
    let folder = folder_with_passphrase();
    openssl(&folder, "genpkey -algorithm ed25519 -out plain");
    openssl(&folder, "pkcs8 -topk8 -scrypt -v2 aes-256-cbc -in plain -out key -passout file:pass");
    let key = KeyFile::read(&folder.path().join("key")).unwrap().open(PASSPHRASE).unwrap();
    let plain = openssl(&folder, "pkey -in plain -outform DER");
    assert!(plain.ends_with(key.as_bytes()));
}

#[test]
fn names_what_it_does_not_open() {
    let folder = folder_with_passphrase();
    let refusal = |arguments: &str| {
        openssl(&folder, arguments);
        KeyFile::read(&folder.path().join("out")).unwrap_err()
    };
    let unencrypted = refusal("genpkey -algorithm ed25519 -out out");
    assert_eq!(unencrypted, KeyError::Unencrypted);
    assert!(unencrypted.hint().unwrap().contains("openssl pkcs8 -topk8 -scrypt"));
    fs::rename(folder.path().join("out"), folder.path().join("plain")).unwrap();

    let topk8 = "pkcs8 -topk8 -in plain -out out -passout file:pass";
    let derivation = |found| KeyError::UnsupportedDerivation { found };
    assert_eq!(refusal(topk8), derivation("PBKDF2"));
    let cipher = |found| KeyError::UnsupportedCipher { found };
    assert_eq!(refusal(&format!("{topk8} -scrypt -v2 aes-128-cbc")), cipher("AES-128-CBC"));
    assert_eq!(refusal(&format!("{topk8} -scrypt -v2 des3")), cipher("triple DES"));
    let public = KeyError::NotAKeyFile { found: "a public key" };
    assert_eq!(refusal("pkey -in plain -pubout -out out"), public);

    let costly = refusal(&format!("{topk8} -scrypt -v2 aes-256-cbc -scrypt_p 20"));
    assert!(matches!(costly, KeyError::TooCostly { n: 16384, p: 20, .. }), "{costly}");
}

#[test]
fn reads_only_small_regular_files() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    let read = |name: &str| KeyFile::read(&path(name)).unwrap_err();
    let kind = io::ErrorKind::NotFound;
    assert_eq!(read("none"), KeyError::Unreadable { path: path("none"), kind });
    fs::create_dir(path("folder")).unwrap();
    assert_eq!(read("folder"), KeyError::NotRegular { path: path("folder") });
    fs::write(path("long"), vec![b'-'; 16 * 1024 + 1]).unwrap();
    assert_eq!(read("long"), KeyError::TooLong { most: 16 * 1024 });
    fs::write(path("bytes"), [0xff, 0xfe]).unwrap();
    assert_eq!(read("bytes"), KeyError::NotAKeyFile { found: "no text" });
    if cfg!(unix) {
        assert!(Command::new("mkfifo").arg(path("pipe")).status().unwrap().success());
        assert_eq!(read("pipe"), KeyError::NotRegular { path: path("pipe") });
        let endless = KeyFile::read(Path::new("/dev/zero")).unwrap_err();
        assert_eq!(endless, KeyError::NotRegular { path: "/dev/zero".into() });
    }
}

#[test]
fn never_overwrites() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.key");
    let passphrase = new_passphrase(PASSPHRASE);
    fs::write(public_path(&path), "mine").unwrap();
    let exists = KeyError::Exists { path: public_path(&path) };
    assert_eq!(KeyFile::create(&path, &passphrase), Err(exists));
    assert!(!path.exists());

    fs::rename(public_path(&path), &path).unwrap();
    assert_eq!(KeyFile::create(&path, &passphrase), Err(KeyError::Exists { path: path.clone() }));
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing is left behind");
}

#[test]
fn says_when_the_folder_is_missing() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("none").join("a.key");
    let kind = io::ErrorKind::NotFound;
    let created = KeyFile::create(&path, &new_passphrase(PASSPHRASE));
    assert_eq!(created, Err(KeyError::Unwritable { path, kind }));
}

#[cfg(unix)]
#[test]
fn private_keys_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.key");
    KeyFile::create(&path, &new_passphrase(PASSPHRASE)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&public_path(&path)), 0o644);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "nothing is left behind");
}
