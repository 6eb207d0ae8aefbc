//! The demo package: read, measured against the printed report, written back byte for byte, and spoiled in many ways.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tolok_domain::sheet::summarize;
use tolok_domain::{InstansiId, Periode, ukur};
use tolok_ingest::package::{Paket, files, read, write};

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo/serang-2021")
}

fn load(dir: &Path) -> Paket {
    let got = read(dir, InstansiId::new()).expect("folder");
    let problems: Vec<String> = got.masalah.iter().map(ToString::to_string).collect();
    assert_eq!(problems, Vec::<String>::new());
    got.paket.expect("package")
}

fn folder(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![dir.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(dir).expect("inside").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(path).expect("file"));
            }
        }
    }
    found
}

fn copy_demo() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("temporary folder");
    for (name, bytes) in folder(&demo()) {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        fs::write(path, bytes).expect("file");
    }
    dir
}

#[test]
fn writing_gives_the_same_bytes() {
    let paket = load(&demo());
    let out = tempfile::tempdir().expect("temporary folder");
    let target = out.path().join("paket");
    write(&paket, &target).expect("written");
    let (before, after) = (folder(&demo()), folder(&target));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (name, bytes) in &before {
        assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&after[name]), "{name}");
    }
    assert!(write(&paket, &target).is_err(), "a folder with files in it is never overwritten");
    assert_eq!(files(&paket), files(&load(&target)));
}

#[test]
fn measurement_agrees_with_the_printed_report() {
    let paket = load(&demo());
    let result = ukur(&paket.potret, Periode::Tahun(2021));
    let shown = |kode: &str| result.indicator(kode).expect(kode).capaian.to_string();
    for (kode, expected) in [
        ("2.07.03.i1", "68,30"),
        ("2.07.04.i1", "106,53"),
        ("2.07.04.2.01.i1", "59,81"),
        ("2.07.04.2.04.i1", "37,34"),
        ("2.07.05.i1", "91,25"),
        ("3.32.03.i1", "0,00"),
        ("3.32.03.2.01.i1", "95,67"),
        ("3.32.04.i1", "88,89"),
        ("iku.5", "88,20"),
        ("iku.1", "survei BPS belum terbit"),
        ("iku.3", "survei BPS belum terbit"),
        ("iku.7", "belum ada penilaian"),
    ] {
        assert_eq!(shown(kode), expected, "{kode}");
    }
    let transmigrants = result.indicator("iku.5").expect("iku.5");
    assert_eq!(transmigrants.realisasi.nilai.to_string(), "80");
    assert!(transmigrants.jejak.iter().any(|step| step.uraian.contains("28 / 35")), "{:?}", transmigrants.jejak);
    assert_eq!(tolok_domain::number::write_percent(result.total.absorption().expect("known")), "98,13");
    assert_eq!(result.total.pagu.map(tolok_domain::number::write_rupiah).as_deref(), Some("Rp7.851.608.419"));
    let key = result.key_mean();
    assert_eq!((key.ada, key.dari), (4, 7), "unknown is never counted as zero");
}

/// Changes one file of a copy of the demo and gives back what the reader says.
fn spoiled(file: &str, change: impl Fn(String) -> String) -> Vec<String> {
    let dir = copy_demo();
    let path = dir.path().join(file);
    let text = fs::read_to_string(&path).expect("file");
    let changed = change(text.clone());
    assert_ne!(text, changed, "the test changes something");
    fs::write(path, changed).expect("file");
    let got = read(dir.path(), InstansiId::new()).expect("folder");
    assert!(!got.masalah.is_empty());
    summarize(got.masalah).iter().map(ToString::to_string).collect()
}

#[test]
fn a_missing_column_is_named() {
    let found = spoiled("target.csv", |s| s.replacen(";periode;", ";waktu;", 1));
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().any(|m| m.starts_with("target.csv baris 1 kolom periode: kolom tidak ada")), "{found:#?}");
    assert!(found.iter().any(|m| m.starts_with("target.csv baris 1 kolom waktu: kolom tidak dikenal")), "{found:#?}");
}

#[test]
fn a_duplicate_code_is_named_with_both_lines() {
    let found = spoiled("rencana.csv", |s| {
        let line = s.lines().last().expect("lines").to_owned();
        format!("{s}{line}\n")
    });
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("sudah ada di baris"), "{found:#?}");
}

#[test]
fn a_child_without_parent_is_named() {
    let found = spoiled("rencana.csv", |s| s.replace("\nS2;T1;", "\nS2;T7;"));
    assert!(found[0].contains("kolom induk: induk \"T7\" tidak ada"), "{found:#?}");
    assert!(found[1..].iter().all(|m| m.contains("ikut salah")), "{found:#?}");
}

#[test]
fn english_numbers_are_refused_with_a_hint() {
    let found = spoiled("pagu.csv", |s| s.replacen("586995500", "586,995,500", 1));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("kolom rupiah") && found[0].contains("586.995.500"), "{found:#?}");
}

#[test]
fn text_for_a_number_is_refused() {
    let found = spoiled("target.csv", |s| s.replacen(";90,95;", ";sembilan puluh;", 1));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("sembilan puluh"), "{found:#?}");
}

#[test]
fn evidence_that_was_changed_is_refused() {
    let dir = copy_demo();
    let name = folder(&demo()).into_keys().find(|n| n.starts_with("bukti/")).expect("evidence");
    fs::write(dir.path().join(&name), b"lain").expect("file");
    let got = read(dir.path(), InstansiId::new()).expect("folder");
    assert_eq!(got.masalah.len(), 1);
    assert!(got.masalah[0].to_string().starts_with(&name), "{}", got.masalah[0]);
}

#[test]
fn a_comma_separated_file_says_what_to_do() {
    let found = spoiled("unit.csv", |s| s.replace(';', ","));
    assert!(found.iter().any(|m| m.contains("pisahkan kolom dengan titik koma")), "{found:#?}");
}
