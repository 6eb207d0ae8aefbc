//! The results of all offices of a region.

use tolok_domain::Decimal;
use tolok_domain::evaluasi::{Rekap, SebaranEvaluator};
use tolok_domain::measure::Rerata;
use tolok_domain::number::{write_decimal, write_percent};
use tolok_domain::period::Tahun;
use tolok_domain::region::RekapDaerah;

use super::{heading, paragraph};
use crate::lkjip::cells::{header, left, middle, percent, right, row, strong, text, whole};
use crate::naskah::{Bagian, Blok, Kertas, Naskah, Tabel};

/// The recapitulation of a year's evaluations: for each template its offices and grades, then the evaluators beside each other.
pub fn build(daerah: &str, tahun: Tahun, hasil: &RekapDaerah<'_>) -> Naskah {
    let mut isi =
        vec![heading(1, "", format!("REKAPITULASI HASIL EVALUASI AKIP TAHUN {tahun}\n{}", daerah.to_uppercase()))];
    if hasil.rekap.is_empty() {
        isi.push(paragraph(format!("{} perangkat daerah sudah dievaluasi.", hasil.dievaluasi)));
    }
    for rekap in &hasil.rekap {
        if hasil.rekap.len() > 1 {
            isi.push(heading(2, "", rekap.templat.judul.as_str()));
        }
        isi.extend([paragraph(summary(rekap)), Blok::Tabel(offices(rekap)), Blok::Tabel(grades(rekap))]);
    }
    isi.extend(evaluators(&hasil.sebaran).map(Blok::Tabel));
    Naskah {
        judul: format!("Rekapitulasi Hasil Evaluasi AKIP {tahun} {daerah}"),
        penerbit: daerah.to_owned(),
        tanggal: format!("{tahun}-12-31"),
        kertas: Kertas::F4,
        bagian: vec![Bagian { lebar: true, mulai_ulang: true, isi, ..Bagian::default() }],
        ..Naskah::default()
    }
}

fn summary(rekap: &Rekap<'_>) -> String {
    let mean = rekap
        .nilai
        .nilai
        .map_or_else(|| "belum ada nilai".to_owned(), |x| format!("nilai rata-rata {}", write_percent(x)));
    let better = match rekap.meningkat.dari {
        0 => String::new(),
        _ => format!(" Nilai {} perangkat daerah yang dapat dibandingkan naik dari tahun sebelumnya.", rekap.meningkat),
    };
    format!(
        "{} dari {} perangkat daerah sudah bernilai, dengan {mean}. Yang belum selesai dinilai tidak dihitung sebagai nol.{better}",
        rekap.nilai.ada, rekap.nilai.dari
    )
}

/// The offices of a recapitulation with their points by component.
pub fn offices(rekap: &Rekap<'_>) -> Tabel {
    let templat = rekap.templat;
    let mut head = vec!["No".to_owned(), "Perangkat daerah".to_owned()];
    head.extend(templat.komponen.iter().map(|k| format!("{} ({})", k.nama, write_decimal(k.bobot.normalize(), None))));
    head.extend(["Nilai", "Predikat", "Tahun lalu", "Naik/turun", "Dinilai"].map(str::to_owned));
    let words: Vec<&str> = head.iter().map(String::as_str).collect();
    let mut rows: Vec<_> = (1..)
        .zip(&rekap.baris)
        .map(|(n, b)| {
            let key = |part: &str| format!("lke {} {part}", b.kode);
            let mut cells = vec![text(n.to_string()), text(&b.nama)];
            let parts = |i: usize| b.skor.as_ref().and_then(|s| s.komponen.get(i).copied()?);
            cells.extend(templat.komponen.iter().enumerate().map(|(i, k)| percent(parts(i), key(&k.kode))));
            let grade = b.skor.as_ref().and_then(|s| s.predikat).map_or("–", |p| p.kode);
            let scored = b.skor.as_ref().map_or_else(|| "belum dievaluasi".to_owned(), |s| s.dinilai.to_string());
            cells.extend([
                percent(b.nilai(), key("nilai")),
                text(grade),
                percent(b.lalu, key("nilai tahun lalu")),
                change(b.selisih()),
                text(scored),
            ]);
            row(cells)
        })
        .collect();
    let counted = |r: &Rerata| format!("{} dari {}", r.ada, r.dari);
    let mut mean = vec![text(""), text("Rata-rata")];
    mean.extend(rekap.komponen.iter().map(|k| percent(k.nilai.nilai, format!("rata-rata {}", k.nama))));
    mean.extend([
        percent(rekap.nilai.nilai, "rata-rata nilai".to_owned()),
        text(""),
        text(""),
        text(""),
        text(counted(&rekap.nilai)),
    ]);
    rows.push(strong(mean));
    let mut kolom = vec![middle(5), left(34)];
    kolom.extend(std::iter::repeat_n(right(12), templat.komponen.len()));
    kolom.extend([right(10), middle(10), right(10), right(10), middle(14)]);
    Tabel {
        nama: "rekap_lke".to_owned(),
        judul: "Nilai menurut komponen".to_owned(),
        kolom,
        kepala: vec![header(&words)],
        isi: rows,
        ..Tabel::default()
    }
}

fn change(x: Option<Decimal>) -> crate::naskah::Sel {
    let Some(x) = x else { return text("–") };
    let sign = if x > Decimal::ZERO { "+" } else { "" };
    text(format!("{sign}{}", write_percent(x)))
}

fn grades(rekap: &Rekap<'_>) -> Tabel {
    Tabel {
        nama: "rekap_predikat".to_owned(),
        judul: "Perangkat daerah menurut predikat".to_owned(),
        kolom: vec![middle(12), left(30), right(16)],
        kepala: vec![header(&["Predikat", "Sebutan", "Perangkat daerah"])],
        isi: rekap.predikat.iter().map(|(p, n)| row(vec![text(p.kode), text(p.label), whole(*n)])).collect(),
        ..Tabel::default()
    }
}

/// Evaluators beside each other; `None` where nobody is named.
fn evaluators(sebaran: &[SebaranEvaluator<'_>]) -> Option<Tabel> {
    let rows: Vec<_> = sebaran
        .iter()
        .map(|s| {
            let key = |what: &str| format!("evaluator {} {what}", s.evaluator);
            row(vec![
                text(s.evaluator),
                text(format!("{} dari {}", s.nilai.ada, s.nilai.dari)),
                percent(s.nilai.nilai, key("rata-rata")),
                percent(s.rentang.map(|(low, _)| low), key("terendah")),
                percent(s.rentang.map(|(_, high)| high), key("tertinggi")),
                change(s.selisih.nilai),
                text(format!("{} dari {}", s.selisih.ada, s.selisih.dari)),
            ])
        })
        .collect();
    (!rows.is_empty()).then(|| Tabel {
        nama: "rekap_evaluator".to_owned(),
        judul: "Sebaran nilai antarevaluator".to_owned(),
        kolom: vec![left(34), middle(14), right(12), right(12), right(12), right(16), middle(16)],
        kepala: vec![header(&[
            "Evaluator",
            "Sudah bernilai",
            "Rata-rata",
            "Terendah",
            "Tertinggi",
            "Selisih dari mandiri",
            "Dapat dibandingkan",
        ])],
        isi: rows,
        ..Tabel::default()
    })
}
