//! `reviu`: files compared with each other, in every format, with exit codes.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// Runs the program in `dir`: exit code, stdout, stderr.
fn tolok(dir: &Path, arguments: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_tolok"))
        .current_dir(dir)
        .args(arguments)
        .env_remove("TOLOK_DB")
        .env_remove("TOLOK_BAHASA")
        .env("TOLOK_DATA", "data")
        .output()
        .expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (out.status.code().expect("an exit code"), text(out.stdout), text(out.stderr))
}

fn files(target: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("folder");
    let head = "| No | Sasaran Strategis | Indikator Kinerja | Satuan | Target |";
    let pk = format!(
        "# PERJANJIAN KINERJA TAHUN 2021\n\n{head}\n|---|---|---|---|---|\n\
         | 1 | Meningkatnya kualitas angkatan kerja | Persentase kesempatan kerja | % | {target} |\n"
    );
    let lkjip = format!(
        "# LAPORAN KINERJA TAHUN 2021\n\nRealisasi anggaran dan tindak lanjut dibandingkan dengan tahun sebelumnya.\n\n\
         Tabel 3.1 Pengukuran Kinerja Tahun 2021\n\n{head} Realisasi | Capaian (%) |\n|---|---|---|---|---|---|---|\n\
         | 1 | Meningkatnya kualitas angkatan kerja | Persentase kesempatan kerja | % | 90,95 | 90,95 | 100,00 |\n"
    );
    fs::write(dir.path().join("pk.md"), pk).expect("file");
    fs::write(dir.path().join("lkjip.md"), lkjip).expect("file");
    dir
}

#[test]
fn targets_of_two_files_are_compared() {
    let dir = files("91,97");
    let (code, text, talk) = tolok(dir.path(), &["reviu", "pk.md", "lkjip.md"]);
    assert_eq!(code, 1, "{text}{talk}");
    assert!(text.contains("Kesalahan LT-03") && text.contains("91,97") && text.contains("90,95"), "{text}");
    assert!(talk.contains("1 kesalahan"), "{talk}");
    let (code, text, _) = tolok(files("90,95").path(), &["reviu", "pk.md", "lkjip.md"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn every_format_says_the_same() {
    let dir = files("91,97");
    let run = |format: &str| tolok(dir.path(), &["reviu", "pk.md", "lkjip.md", "--format", format]).1;
    assert!(run("csv").lines().nth(1).is_some_and(|l| l.starts_with("1;kesalahan;LT-03;")), "{}", run("csv"));
    let rows: serde_json::Value = serde_json::from_str(&run("json")).expect("JSON");
    assert_eq!(rows[0]["aturan"], "LT-03");
    let log: serde_json::Value = serde_json::from_str(&run("sarif")).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let first = &log["runs"][0]["results"][0];
    assert_eq!((&first["ruleId"], &first["level"]), (&"LT-03".into(), &"error".into()));
    for format in ["xlsx", "docx"] {
        let (code, _, talk) = tolok(dir.path(), &["reviu", "pk.md", "lkjip.md", "--format", format]);
        assert!(code != 0 && talk.contains("--ke"), "{talk}");
        let name = format!("kertas-kerja.{format}");
        let (code, ..) = tolok(dir.path(), &["reviu", "pk.md", "lkjip.md", "--format", format, "--ke", &name]);
        assert_eq!(code, 1);
        assert!(fs::read(dir.path().join(name)).expect("written").starts_with(b"PK"));
    }
}

#[test]
fn a_rule_is_explained_and_a_missing_file_is_named() {
    let dir = files("90,95");
    let (code, page, _) = tolok(dir.path(), &["reviu", "--aturan", "lt-03"]);
    assert!(code == 0 && page.starts_with("# LT-03: "), "{page}");
    assert_eq!(tolok(dir.path(), &["reviu", "--aturan", "XX-99"]).0, 3);
    let (code, _, talk) = tolok(dir.path(), &["reviu", "tidak-ada.md"]);
    assert!(code == 3 && talk.contains("tidak-ada.md"), "{talk}");
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/demo/serang-2021");
    let (code, text, talk) = tolok(dir.path(), &["reviu", demo]);
    // The data are without error; the narrative has the faults of its source.
    assert_eq!(code, 1, "{text}{talk}");
    assert!(text.contains("TGT-01") && text.contains("Kesalahan NS-03"), "{text}");
}
