//! What the text says of the tables.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, dec};

use super::angka::slip;
use super::kutipan::{Kutipan, numbers};
use super::shown;
use crate::aturan::{Aturan, Hitungan, JenisTabel, Tingkat, Ukuran};
use crate::model::Model;
use crate::temuan::{Sisi, Temuan};
use tolok_domain::number::write_percent;

/// How many programmes, kegiatan and sub kegiatan the year's plan has.
fn plan_counts(m: &Model<'_>) -> [(Tingkat, &'static str, usize); 3] {
    let count = |tingkat: Tingkat| {
        let codes: BTreeSet<&str> = m
            .rekam
            .iter()
            .filter(|r| m.table_of(r).jenis == JenisTabel::Renja && r.tingkat == tingkat)
            .filter_map(|r| r.kode.as_deref())
            .collect();
        codes.len()
    };
    [
        (Tingkat::Program, "program", count(Tingkat::Program)),
        (Tingkat::Kegiatan, "kegiatan", count(Tingkat::Kegiatan)),
        (Tingkat::SubKegiatan, "sub kegiatan", count(Tingkat::SubKegiatan)),
    ]
}

/// What a number in the text counts: "7 (tujuh) Program".
fn counted(n: &Kutipan<'_>) -> Option<&'static str> {
    if n.persen || n.rupiah || !n.nilai.fract().is_zero() || n.nilai > dec!(500) {
        return None;
    }
    let mut words = n.following();
    match (words.next()?.as_str(), words.next().as_deref(), words.next().as_deref()) {
        ("program", ..) => Some("program"),
        ("sub", Some("kegiatan"), _) | ("subkegiatan", ..) => Some("sub kegiatan"),
        ("kegiatan", ..) => Some("kegiatan"),
        // The office's key indicators are another list than those of its agreement.
        ("indikator", Some("kinerja"), Some("utama")) => None,
        ("indikator", Some("kinerja" | "sasaran" | "perjanjian"), _) => Some("indikator"),
        _ => None,
    }
}

pub(super) fn counts(m: &Model<'_>, a: &'static Aturan, hal: Hitungan) -> Vec<Temuan> {
    let plan = plan_counts(m);
    let agreed: BTreeSet<&str> = m
        .rekam
        .iter()
        .filter(|r| m.table_of(r).jenis == JenisTabel::Pk && !r.kunci.is_empty())
        .map(|r| r.kunci.as_str())
        .collect();
    let pk = m.rekam.iter().find(|r| m.table_of(r).jenis == JenisTabel::Pk);
    let renja = m.rekam.iter().find(|r| m.table_of(r).jenis == JenisTabel::Renja);
    let mut found = Vec::new();
    for (_, text, letak) in m.texts() {
        let claims: Vec<(Kutipan<'_>, &str)> =
            numbers(text).into_iter().filter_map(|n| counted(&n).map(|w| (n, w))).collect();
        // One count alone introduces the list below it; the year's whole plan is named with its kegiatan.
        let whole = claims.iter().any(|(_, w)| *w != "program");
        for (n, word) in claims {
            let (right, place) = match (hal, word) {
                (Hitungan::Indikator, "indikator") => (agreed.len(), pk),
                (Hitungan::Rencana, "indikator") | (Hitungan::Indikator, _) => continue,
                (Hitungan::Rencana, word) if whole => {
                    (plan.iter().find(|(_, w, _)| *w == word).map_or(0, |(_, _, n)| *n), renja)
                }
                _ => continue,
            };
            let Some(place) = place.filter(|_| right > 0 && Decimal::from(right) != n.nilai) else { continue };
            found.push(
                Temuan::new(
                    a,
                    format!("Teks menyebut {} {word}, tabel memuat {right}", shown(n.nilai)),
                    Sisi::read(letak, "teks", format!("{} {word}", n.teks)),
                )
                .against(m.row_side(place, format!("{right} {word}")))
                .differing(n.nilai - Decimal::from(right)),
            );
        }
    }
    found
}

/// Totals of the tables in the year of the report.
fn totals(m: &Model<'_>, ukuran: Ukuran) -> Vec<(Decimal, Sisi)> {
    let rows = m.rekam.iter().filter(|r| r.tingkat == Tingkat::Total);
    rows.flat_map(|r| r.values(ukuran).map(move |i| (r, i)))
        .filter(|(_, i)| i.tahun().is_none() || i.tahun() == m.tahun)
        .filter_map(|(r, i)| Some((i.angka?, m.side(r, i, ukuran.label()))))
        .collect()
}

/// Words that say which total a sum of money in the text is.
fn named_total(n: &Kutipan<'_>) -> Option<Ukuran> {
    let before = n.preceding();
    let near: Vec<&str> = before.iter().rev().take(9).map(String::as_str).collect();
    let has = |w: &str| near.contains(&w);
    let whole = has("anggaran") || has("pagu") || has("belanja") || has("alokasi");
    match (has("realisasi") || has("terealisasi") || has("terserap"), whole) {
        (true, true) => Some(Ukuran::RealisasiAnggaran),
        (false, true) if has("sebesar") || has("total") || has("alokasi") => Some(Ukuran::Pagu),
        _ => None,
    }
}

/// Money in the text that is nearly a total of the tables and not it.
pub(super) fn money(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let known = [Ukuran::Pagu, Ukuran::RealisasiAnggaran].map(|u| (u, totals(m, u)));
    let mut found = Vec::new();
    for (_, text, letak) in m.texts() {
        for n in numbers(text).into_iter().filter(|n| n.rupiah && n.nilai >= dec!(1_000_000)) {
            let Some(ukuran) = named_total(&n) else { continue };
            if known.iter().any(|(_, list)| list.iter().any(|(x, _)| (*x - n.nilai).abs() <= a.toleransi)) {
                continue;
            }
            let list = known.iter().find(|(u, _)| *u == ukuran).map_or(&[][..], |(_, l)| l.as_slice());
            // Only what is clearly meant for the total: within a tenth of it, or one slip of the keyboard away.
            let near = list.iter().find(|(x, _)| slip(n.nilai, *x).is_some() || (*x - n.nilai).abs() * dec!(10) <= *x);
            let Some((right, place)) = near else { continue };
            found.push(
                Temuan::new(
                    a,
                    format!("{} dalam teks berbeda dari tabel", ukuran.label()),
                    Sisi::read(letak, "teks", format!("Rp{}", n.teks)),
                )
                .against(place.clone())
                .differing(n.nilai - *right),
            );
        }
    }
    found
}

/// "Rp A ... Rp B ... C %": the percentage of the two amounts of a sentence.
pub(super) fn percentage(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for (_, text, letak) in m.texts() {
        let list = numbers(text);
        for window in list.windows(3) {
            let [x, y, p] = window else { continue };
            let between = text.get(y.akhir..p.awal).unwrap_or_default();
            if !(x.rupiah && y.rupiah && p.persen) || between.contains(". ") || x.nilai.is_zero() || y.nilai.is_zero() {
                continue;
            }
            let (small, large) = (x.nilai.min(y.nilai), x.nilai.max(y.nilai));
            let Some(right) = small.checked_mul(Decimal::ONE_HUNDRED).and_then(|v| v.checked_div(large)) else {
                continue;
            };
            if (right - p.nilai).abs() > a.toleransi {
                found.push(
                    Temuan::new(
                        a,
                        "Persentase dalam teks tidak cocok dengan kedua angkanya",
                        Sisi::read(letak, "teks", format!("{}%", p.teks)),
                    )
                    .against(Sisi::read(
                        letak,
                        format!("dihitung: {} : {} × 100", shown(small), shown(large)),
                        write_percent(right),
                    ))
                    .differing(p.nilai - right),
                );
            }
        }
    }
    found
}

const UP: [&str; 4] = ["naik", "meningkat", "bertambah", "kenaikan"];
const DOWN: [&str; 4] = ["turun", "menurun", "berkurang", "penurunan"];

/// "Rp A ... turun menjadi Rp B" where B is above A.
pub(super) fn direction(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for (_, text, letak) in m.texts() {
        for window in numbers(text).windows(2) {
            let [x, y] = window else { continue };
            let between = text.get(x.akhir..y.awal).unwrap_or_default();
            let words: Vec<String> = crate::nama::words(between).collect();
            let like = x.persen == y.persen && x.rupiah == y.rupiah;
            if !like || words.len() > 10 || !words.iter().any(|w| w == "menjadi") || between.contains(". ") {
                continue;
            }
            let said = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
            let wrong =
                said(&DOWN) && !said(&UP) && y.nilai > x.nilai || said(&UP) && !said(&DOWN) && y.nilai < x.nilai;
            if wrong {
                let (word, right) = if y.nilai > x.nilai { ("turun", "naik") } else { ("naik", "turun") };
                found.push(
                    Temuan::new(
                        a,
                        format!("Teks menyebut {word}, angkanya {right}"),
                        Sisi::read(letak, "teks", format!("{} → {}", x.teks, y.teks)),
                    )
                    .against(Sisi::read(letak, "selisih", shown((y.nilai - x.nilai).abs())))
                    .differing(y.nilai - x.nilai),
                );
            }
        }
    }
    found
}
