//! Every rule of files has a document that it lets pass and one that it does not.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tolok_review::aturan::{BERKAS, parse, rules};
use tolok_review::{Temuan, halaman, reviu_berkas};

use crate::fixture;

fn folder(kode: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(kode)
}

fn findings(kode: &str, which: &str) -> Vec<Temuan> {
    let path = folder(kode).join(format!("{which}.md"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    reviu_berkas(&fixture::read("laporan.md", &text))
}

#[test]
fn every_rule_of_files_finds_its_fault_and_lets_the_right_pass() {
    let mut wrong = Vec::new();
    for rule in rules().iter().filter(|a| !a.is_live()) {
        let hits = |which: &str| findings(&rule.kode, which).into_iter().filter(|t| t.aturan.kode == rule.kode).count();
        if hits("lolos") > 0 {
            wrong.push(format!("{}: lolos ditemukan {:#?}", rule.kode, findings(&rule.kode, "lolos")));
        }
        if hits("gagal") == 0 {
            let other: Vec<_> = findings(&rule.kode, "gagal").iter().map(|t| t.aturan.kode.clone()).collect();
            wrong.push(format!("{}: gagal tidak ditemukan, hanya {other:?}", rule.kode));
        }
    }
    assert!(wrong.is_empty(), "{} aturan:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_fixture_is_left_of_a_rule_that_is_gone() {
    let known: BTreeSet<&str> = rules().iter().map(|a| a.kode.as_str()).collect();
    let entries = std::fs::read_dir(folder("")).expect("fixtures");
    let names: Vec<String> = entries.map(|e| e.expect("entry").file_name().to_string_lossy().into_owned()).collect();
    let gone: Vec<&String> = names.iter().filter(|n| !known.contains(n.as_str())).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

#[test]
fn every_rule_file_is_read() {
    let mut count = 0;
    for (name, text) in BERKAS {
        let read = parse(name, text).unwrap_or_else(|e| panic!("{e}"));
        count += read.len();
    }
    assert_eq!(count, rules().len());
    assert!(count >= 60, "{count}");
    let codes: BTreeSet<&str> = rules().iter().map(|a| a.kode.as_str()).collect();
    assert_eq!(codes.len(), rules().len(), "a code is used in two files");
    for rule in rules() {
        for other in &rule.terkait {
            assert!(codes.contains(other.as_str()), "{}: {other} tidak ada", rule.kode);
        }
    }
}

#[test]
fn a_faulty_rule_file_is_refused_with_its_line() {
    let rule = |more: &str| {
        format!(
            "[[aturan]]\nkode = \"X-1\"\njudul = \"j\"\nmembandingkan = \"m\"\nuji = \"terbilang\"\ndasar = \"d\"\n\
             keparahan = \"info\"\npenjelasan = \"p\"\nsaran = \"s\"\n{more}"
        )
    };
    assert_eq!(parse("x.toml", &rule("")).expect("good").len(), 1);
    let line = |text: &str| parse("x.toml", text).expect_err("faulty").baris;
    assert_eq!(line(&rule("warna = \"merah\"\n")), 10, "unknown field");
    assert_eq!(line(&rule("toleransi = \"sedikit\"\n")), 10, "no number");
    assert_eq!(line(&rule("").replace("\"terbilang\"", "\"tebak\"")), 5, "unknown function");
    assert_eq!(line(&format!("{}\n{}", rule(""), rule(""))), 11, "a code twice");
    let error = parse("x.toml", &rule("sejak = 2022\nsampai = 2020\n")).expect_err("years run backwards");
    assert!(error.to_string().starts_with("x.toml baris 1: X-1"), "{error}");
}

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/aturan")
}

/// The pages as they should be: name and text.
fn expected() -> Vec<(String, String)> {
    let mut all = vec![("README.md".to_owned(), halaman::index())];
    all.extend(rules().iter().map(|a| (format!("{}.md", a.kode), halaman::page(a))));
    all
}

#[test]
fn the_pages_of_the_rules_are_up_to_date() {
    let old: Vec<String> = expected()
        .into_iter()
        .filter(|(name, text)| std::fs::read_to_string(pages().join(name)).ok().as_ref() != Some(text))
        .map(|(name, _)| name)
        .collect();
    assert!(old.is_empty(), "cargo test -p tolok-review write_the_pages -- --ignored; {old:?}");
    let known: BTreeSet<String> = expected().into_iter().map(|(name, _)| name).collect();
    let entries = std::fs::read_dir(pages()).expect("folder");
    let gone: Vec<String> = entries
        .map(|e| e.expect("entry").file_name().to_string_lossy().into_owned())
        .filter(|n| !known.contains(n))
        .collect();
    assert!(gone.is_empty(), "{gone:?}");
}

/// Writes `docs/aturan` anew.
#[test]
#[ignore = "writes files"]
fn write_the_pages() {
    std::fs::create_dir_all(pages()).expect("folder");
    for (name, text) in expected() {
        std::fs::write(pages().join(name), text).expect("written");
    }
}
