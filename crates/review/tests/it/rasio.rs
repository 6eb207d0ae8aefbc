//! Printed achievements of other offices: each is explained as the reviewer explained it.

use std::path::Path;

use tolok_domain::Decimal;
use tolok_domain::number::{Gaya, Isi, Konteks, read};
use tolok_review::{Penjelasan, classify_ratio};

/// A number of these tables: mostly Indonesian, some cells in English style.
fn number(text: &str) -> Decimal {
    let in_style = |gaya| read(text, &Konteks { gaya: Some(gaya), ..Konteks::default() });
    match in_style(Gaya::Indonesia).or_else(|_| in_style(Gaya::Inggris)).map(|t| t.isi) {
        Ok(Isi::Bilangan(x)) => x,
        other => panic!("{text}: {other:?}"),
    }
}

/// What the reviewer's words mean here.
fn expected(words: &str) -> &'static [Penjelasan] {
    use Penjelasan as P;
    match words {
        w if w.starts_with("rumus (2T-R)/T") => &[P::DuaTargetKurangRealisasi],
        w if w.starts_with("tercetak beda dari rumus") => &[P::TargetLain],
        w if w.starts_with("dipotong (27") => &[P::DipotongTurun],
        w if w.starts_with("dipotong") => &[P::Dipotong],
        w if w.starts_with("dihitung dari target tak-dibulatkan") => &[P::TargetTakDibulatkan],
        w if w.starts_with("kolom realisasi terisi 100%") => &[P::Seragam],
        w if w.starts_with("kolom rasio = salinan") => &[P::SalinRealisasi],
        w if w.starts_with("rasio sebagai pecahan") => &[P::Pecahan],
        w if w.starts_with("target 0") => &[P::TargetNol],
        // The number is R/T; the words are about its decimals, its height or the page it was read from.
        w if ["cocok", "dibulatkan", "3 desimal", "2 desimal", "capaian ratusan", "teks diputar"]
            .iter()
            .any(|s| w.starts_with(s)) =>
        {
            &[P::RealisasiPerTarget]
        }
        other => panic!("penjelasan baru: {other}"),
    }
}

#[test]
fn every_printed_ratio_is_explained_as_the_reviewer_did() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/ratio_mismatch.csv");
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return;
    }
    let mut reader = csv::Reader::from_path(path).expect("CSV");
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in reader.records() {
        let row = row.expect("row");
        let printed = number(&row[6]);
        let found = classify_ratio(number(&row[4]), number(&row[5]), printed, printed.scale());
        count += 1;
        if !expected(&row[10]).contains(&found) {
            wrong.push(format!(
                "{} {} {}/{} {}: {found:?}, bukan \"{}\"",
                &row[2], &row[3], &row[5], &row[4], &row[6], &row[10]
            ));
        }
    }
    assert!(wrong.is_empty() && count > 40, "{count} baris: {wrong:#?}");
}
