//! Annexes: agreement with its money, key indicators with their definitions, quality of the data.

use tolok_domain::{Indikator, JenisSimpul, Pengukuran};

use super::cells::{header, left, middle, row, text};
use super::markdown::heading;
use super::tables;
use super::tree::{Garis, lines};
use crate::naskah::{Blok, Sel, Tabel};

/// The annexes of the report.
pub(super) fn build(hasil: &Pengukuran<'_>) -> Vec<Blok> {
    let mut blocks = vec![heading(1, "LAMPIRAN")];
    blocks.push(heading(2, "Lampiran 1. Perjanjian Kinerja"));
    // The same table as in chapter II, under a name of its own: a spreadsheet has one sheet per name.
    if let Ok(mut table) = tables::build(hasil, "perjanjian_kinerja") {
        table.nama = "lampiran_pk".to_owned();
        blocks.push(Blok::Tabel(table));
    }
    blocks.push(Blok::Tabel(tables::money::programmes(hasil)));
    blocks.push(heading(2, "Lampiran 2. Indikator Kinerja Utama"));
    blocks.push(Blok::Tabel(definitions(hasil)));
    blocks.push(heading(2, "Lampiran 3. Pengukuran Kinerja"));
    if let Ok(mut table) = tables::build(hasil, "capaian_iku") {
        table.nama = "lampiran_pengukuran".to_owned();
        blocks.push(Blok::Tabel(table));
    }
    blocks.push(heading(2, "Lampiran 4. Mutu Data Kinerja"));
    blocks.push(Blok::Tabel(quality(hasil)));
    blocks
}

fn key_indicators<'a>(hasil: &Pengukuran<'a>) -> Vec<&'a Indikator> {
    let keep = |i: &Indikator| i.iku && hasil.indicator(&i.kode).is_some_and(|u| u.berlaku);
    lines(hasil, |s| s.jenis <= JenisSimpul::Sasaran, keep)
        .into_iter()
        .filter_map(|line| match line {
            Garis::Simpul { indikator, .. } => indikator,
            Garis::Urusan(_) => None,
        })
        .collect()
}

/// A dash says that nothing was written; an empty cell looks forgotten.
fn known(teks: &str) -> Sel {
    text(if teks.is_empty() { "–" } else { teks })
}

fn definitions(hasil: &Pengukuran<'_>) -> Tabel {
    let isi = key_indicators(hasil)
        .iter()
        .enumerate()
        .map(|(n, i)| {
            let unit = i.unit.as_deref().and_then(|kode| hasil.potret.unit(kode)).map_or("", |u| &u.nama);
            let how = if i.cara_ukur.is_empty() { &i.rumus } else { &i.cara_ukur };
            row(vec![
                text((n + 1).to_string()),
                text(&i.nama),
                known(&i.definisi),
                known(how),
                known(&i.sumber_data),
                known(unit),
            ])
        })
        .collect();
    Tabel {
        nama: "iku_definisi".to_owned(),
        judul: format!("Definisi dan Cara Pengukuran Indikator Kinerja Utama Tahun {}", hasil.potret.tahun),
        kolom: vec![middle(5), left(20), left(24), left(22), left(14), left(15)],
        kepala: vec![header(&["No", "Indikator", "Definisi", "Cara Pengukuran", "Sumber Data", "Penanggung Jawab"])],
        isi,
        ..Tabel::default()
    }
}

/// The five items on data quality (PermenPANRB 53/2014).
fn quality(hasil: &Pengukuran<'_>) -> Tabel {
    let isi = key_indicators(hasil)
        .iter()
        .enumerate()
        .map(|(n, i)| {
            row(vec![
                text((n + 1).to_string()),
                text(&i.nama),
                known(&i.mutu.verifikasi),
                known(&i.mutu.sumber),
                known(&i.mutu.ketelitian),
                known(&i.mutu.keterbatasan),
                known(&i.mutu.penanganan),
            ])
        })
        .collect();
    Tabel {
        nama: "mutu_data".to_owned(),
        judul: format!("Mutu Data Indikator Kinerja Utama Tahun {}", hasil.potret.tahun),
        kolom: vec![middle(5), left(17), left(17), left(15), left(15), left(16), left(15)],
        kepala: vec![header(&["No", "Indikator", "Verifikasi", "Sumber", "Ketelitian", "Keterbatasan", "Penanganan"])],
        isi,
        ..Tabel::default()
    }
}
