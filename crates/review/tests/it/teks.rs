//! Findings as people and programs read them, and the checklist.

use std::collections::BTreeSet;
use std::path::Path;

use tolok_review::aturan::rules;
use tolok_review::daftar_uji::{Jawaban, checklist, statements};
use tolok_review::{reviu_berkas, teks};

use crate::fixture;

fn lost_digit() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/AR-15/gagal.md");
    std::fs::read_to_string(path).expect("fixture")
}

#[test]
fn a_finding_is_shown_with_its_line_and_what_follows_from_it() {
    let files = fixture::read("lkjip.md", &lost_digit());
    let text = teks::render(&reviu_berkas(&files), &files);
    let first: Vec<&str> = text.lines().take_while(|l| !l.is_empty()).collect();
    assert_eq!(first[0], "lkjip.md, baris 11");
    assert!(first[1].contains("Kesalahan AR-14") && first[1].contains("kehilangan satu angka"), "{text}");
    assert!(first[2].contains("11 │") && first[2].contains("27.290.750"), "{text}");
    let (line, mark) = (first[2], first[3]);
    let at = |l: &str, c: &str| l.find(c).map(|i| l[..i].chars().count());
    assert_eq!(at(line, "27.290.750"), at(mark, "─"), "the value is underlined:\n{line}\n{mark}");
    assert!(first.iter().any(|l| l.contains("selisih -270.000.000")), "{text}");
    assert!(first.iter().any(|l| l.contains("↳ ikutan AR-15") && l.contains("seharusnya 397.290.750")), "{text}");
}

#[test]
fn rows_name_both_places_and_the_root() {
    let found = reviu_berkas(&fixture::read("lkjip.md", &lost_digit()));
    let rows = teks::rows(&found);
    assert!(rows.iter().all(|r| r.len() == teks::COLUMNS.len()));
    assert_eq!(rows[0][..3], ["1", "kesalahan", "AR-14"]);
    assert_eq!(
        (rows[0][6].as_str(), rows[0][9].as_str(), rows[0][10].as_str()),
        ("27.290.750", "297.290.750", "-270000000")
    );
    assert_eq!(rows[1][12], "1", "the follower points at its root");
}

#[test]
fn the_checklist_is_the_one_of_the_regulation() {
    assert_eq!(statements().len(), 23);
    let codes: BTreeSet<&str> = rules().iter().map(|a| a.kode.as_str()).collect();
    let numbers: BTreeSet<&str> = statements().iter().map(|b| b.nomor.as_str()).collect();
    for b in statements() {
        assert!(b.aturan.iter().all(|k| codes.contains(k.as_str())), "{}", b.nomor);
        assert!(b.hanya_bila_tidak.iter().all(|n| numbers.contains(n.as_str())), "{}", b.nomor);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/reviu_53_2014.csv");
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return;
    }
    let mut reader = csv::Reader::from_path(path).expect("CSV");
    let words: Vec<String> = reader.records().map(|r| r.expect("row")[3].trim_end_matches('.').to_owned()).collect();
    assert_eq!(statements().iter().map(|b| b.teks.clone()).collect::<Vec<_>>(), words);
}

#[test]
fn statements_are_answered_where_the_files_allow_it() {
    let answer = |kode: &str, which: &str, nomor: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/{kode}/{which}.md"));
        let files = fixture::read("laporan.md", &std::fs::read_to_string(path).expect("fixture"));
        let found = reviu_berkas(&files);
        let all = checklist(&files, &found);
        let one = all.iter().find(|a| a.butir.nomor == nomor).expect("statement").clone();
        (one.jawaban, one.temuan.iter().map(|i| found[*i].aturan.kode.clone()).collect::<Vec<_>>())
    };
    assert_eq!(answer("LT-03", "gagal", "III.4"), (Jawaban::Tidak, vec!["LT-03".to_owned()]));
    assert_eq!(answer("LT-03", "lolos", "III.4"), (Jawaban::Ya, Vec::new()));
    assert_eq!(answer("AR-01", "lolos", "III.4").0, Jawaban::Ditanyakan, "neither agreement nor measurement was read");
    assert_eq!(answer("LT-03", "gagal", "III.6").0, Jawaban::Ditanyakan, "asked because III.4 is no");
    assert_eq!(answer("LT-03", "lolos", "III.6").0, Jawaban::TidakBerlaku);
    assert_eq!(answer("LT-03", "lolos", "II.1").0, Jawaban::Ditanyakan);
}
