//! The results of all offices of a region.

use tolok_domain::Decimal;
use tolok_domain::evaluasi::{Rekap, Templat};
use tolok_domain::measure::Rerata;
use tolok_domain::number::{write_decimal, write_percent};
use tolok_domain::period::Tahun;

use super::{heading, paragraph};
use crate::lkjip::cells::{header, left, middle, percent, right, row, strong, text, whole};
use crate::naskah::{Bagian, Blok, Kertas, Naskah, Tabel};

/// The recapitulation of a year's evaluations.
pub fn build(daerah: &str, tahun: Tahun, templat: &Templat, rekap: &Rekap<'_>) -> Naskah {
    let isi = vec![
        heading(1, "", format!("REKAPITULASI HASIL EVALUASI AKIP TAHUN {tahun}\n{}", daerah.to_uppercase())),
        paragraph(summary(rekap)),
        Blok::Tabel(offices(templat, rekap)),
        Blok::Tabel(grades(rekap)),
    ];
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

fn offices(templat: &Templat, rekap: &Rekap<'_>) -> Tabel {
    let mut head = vec!["No".to_owned(), "Perangkat daerah".to_owned()];
    head.extend(templat.komponen.iter().map(|k| format!("{} ({})", k.nama, write_decimal(k.bobot.normalize(), None))));
    head.extend(["Nilai", "Predikat", "Tahun lalu", "Naik/turun", "Dinilai"].map(str::to_owned));
    let words: Vec<&str> = head.iter().map(String::as_str).collect();
    let mut rows: Vec<_> = (1..)
        .zip(&rekap.baris)
        .map(|(n, b)| {
            let key = |part: &str| format!("lke {} {part}", b.kode);
            let mut cells = vec![text(n.to_string()), text(&b.nama)];
            let parts = |i: usize| b.skor.as_ref().and_then(|s| s.komponen.get(i)?.nilai);
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
