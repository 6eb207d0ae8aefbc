//! A real report of an office, against what a reviewer found in it by hand.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tolok_domain::bacaan::Bacaan;
use tolok_ingest::baca::read_file;
use tolok_review::{Keparahan, Temuan, reviu_berkas};

const REPORT: &str = "serang-2021/lkjip-2021.md";

/// The rule that a reviewer's kind of finding is here. Several where Tolok tells apart what he does not.
const RULES: [(&str, &[&str]); 22] = [
    ("AR01", &["AR-01", "AR-02", "AR-15", "AR-17"]),
    ("AR02", &["AR-05", "AR-06"]),
    ("AR03", &["AR-03", "AR-04"]),
    ("AR04", &["AR-07"]),
    ("AR06", &["AR-10"]),
    ("AR07", &["ST-10"]),
    ("LT01", &["LT-01", "LT-02", "AR-14", "AR-16"]),
    ("LT02", &["LT-03", "LT-04", "LT-10"]),
    ("LT03", &["LT-13", "LT-14", "KS-05", "KS-06", "KS-08"]),
    ("LT04", &["LT-05"]),
    ("LT05", &["LT-08", "LT-09"]),
    ("LT06", &["LT-17", "LT-18"]),
    ("LT07", &["LT-11"]),
    ("LT08", &["LT-15"]),
    ("ST01", &["ST-01"]),
    ("ST02", &["ST-02"]),
    ("ST03", &["NS-01"]),
    ("ST04", &["NS-02"]),
    ("ST05", &["NS-03", "NS-04"]),
    ("ST06", &["KW-12"]),
    ("KS02", &["KS-02"]),
    ("KS04", &["KS-04"]),
];
const MORE: [(&str, &[&str]); 3] = [("KS05", &["KS-05", "KS-06"]), ("FM01", &["NS-11"]), ("FM02", &["NS-12"])];

fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if !found.exists() {
        eprintln!("skipped: {} is not there", found.display());
        return None;
    }
    Some(found)
}

fn report() -> Option<(Bacaan, String)> {
    let bytes = std::fs::read(shared(REPORT)?).expect("readable");
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    Some((read_file("lkjip-2021.md", &bytes).expect("reads"), text))
}

/// One row of the reviewer's list.
struct Rujukan {
    id: String,
    rule: String,
    lines: Vec<u32>,
}

/// Line numbers after "baris": "baris 873 dan 878", "baris 501-506", "baris 873".
fn lines(place: &str) -> Vec<u32> {
    let mut found = Vec::new();
    for part in place.split("baris").skip(1) {
        let digits: Vec<u32> = part
            .split(|c: char| !c.is_ascii_digit())
            .take(3)
            .filter_map(|w| w.parse().ok())
            .take_while(|n| *n >= 10)
            .collect();
        let range = part.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('-');
        match digits.as_slice() {
            [a, b, ..] if range => found.extend(*a..=*b),
            [a, b, ..] if part.contains(" dan ") => found.extend([*a, *b]),
            [a, ..] => found.push(*a),
            [] => {}
        }
    }
    found
}

fn reference() -> Vec<Rujukan> {
    let path = shared("serang-2021/findings.csv").expect("beside the report");
    let mut reader = csv::Reader::from_path(path).expect("CSV");
    let rows = reader.records().map(|r| r.expect("row"));
    rows.map(|r| {
        let mut all = lines(&r[4]);
        if all.is_empty() {
            all = lines(&r[6]);
        }
        Rujukan { id: r[0].to_owned(), rule: r[2].to_owned(), lines: all }
    })
    .collect()
}

/// First and last line of the paragraph or row in which a line stands.
fn block(text: &[&str], line: u32) -> (u32, u32) {
    let at = usize::try_from(line).expect("fits") - 1;
    let is_row = |i: usize| text.get(i).is_some_and(|l| l.contains('\t') || l.starts_with('|'));
    if is_row(at) {
        return (line, line);
    }
    let blank = |i: usize| text.get(i).is_none_or(|l| l.trim().is_empty());
    let first = (0..=at).rev().take_while(|i| !blank(*i)).last().unwrap_or(at);
    let last = (at..text.len()).take_while(|i| !blank(*i)).last().unwrap_or(at);
    (u32::try_from(first).expect("fits") + 1, u32::try_from(last).expect("fits") + 1)
}

fn lines_of(t: &Temuan) -> BTreeSet<u32> {
    t.sides().filter_map(|s| s.tempat.letak()?.baris).collect()
}

/// The reviewer's findings that Tolok does not have, and Tolok's that he does not have.
fn compare(found: &[Temuan], text: &str) -> (Vec<String>, Vec<usize>) {
    let text: Vec<&str> = text.lines().collect();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut missing = Vec::new();
    for r in reference() {
        let codes = RULES.iter().chain(&MORE).find(|(k, _)| *k == r.rule).map_or(&[][..], |(_, c)| c);
        let hit = found.iter().enumerate().find(|(i, t)| {
            let own = lines_of(t);
            let there = own.iter().any(|l| {
                let (first, last) = block(&text, *l);
                r.lines.iter().any(|n| (first..=last).contains(n))
            });
            !used.contains(i) && codes.contains(&t.aturan.kode.as_str()) && there
        });
        match hit {
            Some((i, _)) => {
                used.insert(i);
            }
            None => missing.push(format!("{} {} baris {:?}", r.id, r.rule, r.lines)),
        }
    }
    let extra = (0..found.len()).filter(|i| !used.contains(i)).collect();
    (missing, extra)
}

/// Rule and lines of a finding, as the list of judgements names it.
fn name(t: &Temuan) -> String {
    let lines: Vec<String> = t.sides().filter_map(|s| s.tempat.letak()?.baris).map(|l| l.to_string()).collect();
    format!("{},{}", t.aturan.kode, lines.join("+"))
}

#[test]
fn what_a_reviewer_found_is_found() {
    let Some((file, text)) = report() else { return };
    let found = reviu_berkas(&[file]);
    let (missing, extra) = compare(&found, &text);
    eprintln!("{} dari 100 temuan pemeriksa", 100 - missing.len());
    eprintln!("tidak ditemukan: {missing:#?}");
    for i in extra.iter().filter(|i| found[**i].keparahan == Keparahan::Kesalahan) {
        let t = &found[*i];
        eprintln!("LEBIH {},{} | {} | {:?}", name(t), t.judul, t.a.nilai, t.b.as_ref().map(|b| &b.nilai));
    }
    assert!(missing.len() <= 5, "{missing:#?}");
}

#[test]
fn what_is_called_wrong_beyond_the_reviewer_is_wrong() {
    let Some((file, text)) = report() else { return };
    let found = reviu_berkas(&[file]);
    let (_, extra) = compare(&found, &text);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/serang-lebih.csv");
    let mut reader = csv::Reader::from_path(path).expect("list of judgements");
    let judged: Vec<(String, bool)> =
        reader.records().map(|r| r.expect("row")).map(|r| (format!("{},{}", &r[0], &r[1]), &r[2] == "benar")).collect();
    let claimed: Vec<String> =
        extra.iter().map(|i| &found[*i]).filter(|t| t.keparahan == Keparahan::Kesalahan).map(name).collect();
    let unjudged: Vec<&String> = claimed.iter().filter(|n| judged.iter().all(|(j, _)| j != *n)).collect();
    assert!(unjudged.is_empty(), "belum dinilai: {unjudged:#?}");
    let right = claimed.iter().filter(|n| judged.iter().any(|(j, ok)| j == *n && *ok)).count();
    assert!(right * 100 >= claimed.len() * 95, "{right} dari {}", claimed.len());
}

#[test]
fn the_lost_digit_is_the_root_of_its_sum_and_of_both_percentages() {
    let Some((file, _)) = report() else { return };
    let found = reviu_berkas(&[file]);
    let root = &found[0];
    assert_eq!(root.aturan.kode, "AR-14");
    assert_eq!((root.a.nilai.as_str(), lines_of(root).contains(&935)), ("27.290.750", true));
    assert_eq!(root.b.as_ref().map(|b| b.nilai.as_str()), Some("297.290.750"));
    assert!(
        root.b.as_ref().is_some_and(|b| b.hal.starts_with("Jumlah realisasi anggaran program")),
        "a sum is said to be one"
    );
    assert_eq!(root.selisih, Some(tolok_domain::Decimal::from(-270_000_000)));
    assert!(root.judul.contains("kehilangan satu angka"), "{}", root.judul);
    let followers: Vec<(&str, &str)> = found
        .iter()
        .filter(|t| t.akar == Some(0))
        .map(|t| (t.a.nilai.as_str(), t.b.as_ref().map_or("", |b| b.nilai.as_str())))
        .collect();
    assert_eq!(
        followers.iter().copied().collect::<BTreeSet<_>>(),
        BTreeSet::from([("3.204.062.033", "3.474.062.033"), ("8,91", "97,10"), ("90,17", "97,77")])
    );
}
