//! `surat ringkasan`: once a day, and only where mail is sent.

use std::path::Path;
use std::process::Command;

/// Runs the command with these settings; gives back its exit code and what it said.
fn digest(data: &Path, settings: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tolok"));
    command.args(["surat", "ringkasan", "--data"]).arg(data);
    for name in ["TOLOK_SMTP", "TOLOK_SURAT_DARI", "TOLOK_ALAMAT", "TOLOK_DB"] {
        command.env_remove(name);
    }
    command.envs(settings.iter().copied());
    let output = command.output().expect("run");
    assert!(output.stdout.is_empty(), "no data on stdout");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn the_second_command_of_a_day_makes_no_digest() {
    let folder = tempfile::tempdir().expect("folder");
    // Nobody has work in an empty database, so no mail goes to the server that is not there.
    let settings = [
        ("TOLOK_SMTP", "smtp://127.0.0.1:9"),
        ("TOLOK_SURAT_DARI", "tolok@contoh.test"),
        ("TOLOK_ALAMAT", "https://tolok.test"),
    ];
    let (code, said) = digest(folder.path(), &settings);
    assert!(code == Some(0) && said.contains(": 0 surat."), "{said}");
    let (code, said) = digest(folder.path(), &settings);
    assert!(code == Some(0) && said.contains("sudah ada"), "{said}");
}

#[test]
fn without_the_settings_of_mail_it_says_what_is_missing() {
    let folder = tempfile::tempdir().expect("folder");
    let (code, said) = digest(folder.path(), &[]);
    assert!(code == Some(1) && said.contains("TOLOK_SMTP"), "{said}");
    let smtp = ("TOLOK_SMTP", "smtp://127.0.0.1:9");
    let (code, said) = digest(folder.path(), &[smtp]);
    assert!(code == Some(1) && said.contains("TOLOK_SURAT_DARI"), "{said}");
    let (code, said) = digest(folder.path(), &[smtp, ("TOLOK_SURAT_DARI", "tolok@contoh.test")]);
    assert!(code == Some(1) && said.contains("TOLOK_ALAMAT"), "{said}");
}
