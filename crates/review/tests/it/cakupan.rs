//! How many of the collected cases a test names, over all crates; the others are explained here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Cases that no test names, and why.
const UNCOVERED: [(&str, &str); 4] = [
    (
        "C037",
        "a list of revision codes in one cell stays as it is written: nothing in Tolok refers to such codes one by one",
    ),
    (
        "C039",
        "accounts of spending (5.1.4) are no codes of programmes; such rows keep their name, and nothing is mapped",
    ),
    ("C127", "Tolok takes spending as the office accounts for it and imports no transfers (SP2D) with their vouchers"),
    ("C130", "the same: advances are settled in the office's books, and only the settled sum is entered"),
];
/// At least as many as this are covered.
const ENOUGH: usize = 95;

/// The ids that a source names: "c066_a_change", "c048_c049_percentages", "case::c133", "C010". A line of a list of reasons names none.
fn ids(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in source.lines().filter(|line| !line.trim_start().starts_with("(\"C")) {
        let bytes = line.as_bytes();
        for (at, window) in bytes.windows(4).enumerate() {
            let starts = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
            let ends = bytes.get(at + 4).is_none_or(|b| !b.is_ascii_alphanumeric());
            let is_id = matches!(window[0], b'c' | b'C') && window[1..].iter().all(u8::is_ascii_digit);
            if starts && ends && is_id {
                found.insert(String::from_utf8_lossy(window).to_uppercase());
            }
        }
    }
    found
}

/// Source files that hold tests.
fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every id that a file with tests names, with those files.
fn named() -> BTreeMap<String, Vec<String>> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for entry in fs::read_dir(&crates).expect("crates") {
        for part in ["src", "tests"] {
            let dir = entry.as_ref().expect("entry").path().join(part);
            if dir.is_dir() {
                sources(&dir, &mut files);
            }
        }
    }
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in files.iter().filter(|p| !p.ends_with("review/tests/it/cakupan.rs")) {
        let source = fs::read_to_string(path).expect("source");
        if ["#[test]", "#[tokio::test]", "#[case"].iter().any(|mark| source.contains(mark)) {
            for id in ids(&source) {
                all.entry(id).or_default().push(path.display().to_string());
            }
        }
    }
    all
}

#[test]
fn the_cases_are_tested_or_explained() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/cases.csv");
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return;
    }
    let mut reader = csv::Reader::from_path(path).expect("list of cases");
    let known: BTreeSet<String> = reader.records().map(|r| r.expect("row")[0].to_owned()).collect();
    let named = named();
    let (covered, open): (Vec<&String>, Vec<&String>) = known.iter().partition(|id| named.contains_key(*id));
    eprintln!("{} dari {} kasus diuji", covered.len(), known.len());
    for id in &open {
        let why = UNCOVERED.iter().find(|(kode, _)| kode == *id).map(|(_, why)| *why);
        eprintln!("{id}: {}", why.unwrap_or("tanpa penjelasan"));
        assert!(why.is_some(), "{id} has neither a test nor a reason");
    }
    assert!(covered.len() >= ENOUGH, "{open:?}");
    let outdated: Vec<&str> = UNCOVERED.iter().map(|(id, _)| *id).filter(|id| named.contains_key(*id)).collect();
    assert_eq!(outdated, [] as [&str; 0], "these have a test by now");
}

#[test]
fn ids_are_found_in_names_and_remarks() {
    let source =
        "fn c048_c049_percent() {}\n#[case::c133(1)]\n// C010, C0111\n(\"C037\", \"elsewhere\")\nabc012 c12 c7890";
    assert_eq!(ids(source), ["C010", "C048", "C049", "C133"].map(str::to_owned).into());
}
