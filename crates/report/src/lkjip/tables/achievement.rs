//! Achievement: the year, three years, the medium term, the key indicators.

use tolok_domain::figure::JenisAngka;
use tolok_domain::measure::UkurIndikator;
use tolok_domain::{Indikator, JenisDokumen, JenisSimpul, Pengukuran, Periode};

use super::whose;
use crate::lkjip::cells::{
    achievement, bold, group, header, in_its_unit, left, middle, money, numbers, past, right, row, strong, text, value,
    with_unit,
};
use crate::lkjip::tree::{Garis, columns, is_strong, lines};
use crate::naskah::{Kolom, Sel, Tabel};

/// Remark of an indicator: what was recorded, or why there is no achievement.
pub(super) fn remark(u: &UkurIndikator<'_>) -> String {
    match (u.remark(), u.capaian.percent()) {
        ("", None) => u.capaian.to_string(),
        (text, _) => text.to_owned(),
    }
}

/// Target, realisation and achievement of everything (table 3.1 of the source).
pub(super) fn year(hasil: &Pengukuran<'_>) -> Tabel {
    let tahun = hasil.potret.tahun;
    let in_force = |i: &Indikator| hasil.indicator(&i.kode).is_some_and(|u| u.berlaku);
    let keep = |s: &tolok_domain::Simpul| hasil.indicators_of(&s.kode).next().is_some();
    let mut isi = Vec::new();
    let mut number = 0;
    for line in lines(hasil, keep, in_force) {
        match line {
            Garis::Urusan(urusan) => isi.push(group(urusan.to_uppercase(), 10)),
            Garis::Simpul { simpul, indikator, pertama } => {
                let Some(u) = indikator.and_then(|i| hasil.indicator(&i.kode)) else { continue };
                let top = pertama && simpul.jenis < JenisSimpul::Program;
                number += usize::from(top);
                let [tujuan, sasaran, program] = columns(simpul, pertama);
                let kode = &u.indikator.kode;
                // Bold in its names only: the remark of a programme may be long.
                let name = |teks: &str| if is_strong(simpul) { bold(teks) } else { text(teks) };
                let cells = vec![
                    text(if top { number.to_string() } else { String::new() }),
                    text(tujuan),
                    text(sasaran),
                    name(&program),
                    name(&u.indikator.nama),
                    text(&u.indikator.satuan),
                    value(u.target.as_ref().map(|t| &t.nilai), format!("target {kode} {tahun}")),
                    value(Some(&u.realisasi.nilai), format!("realisasi {kode} {tahun}")),
                    achievement(&u.capaian, format!("capaian {kode} {tahun}")),
                    text(remark(u)),
                ];
                isi.push(row(cells));
            }
        }
    }
    Tabel {
        judul: format!("Pencapaian Realisasi Kinerja {}", whose(hasil)),
        kolom: vec![
            middle(4),
            left(13),
            left(13),
            left(21),
            left(21),
            middle(7),
            right(8),
            right(9),
            right(9),
            left(18),
        ],
        kepala: vec![
            header(&[
                "No",
                "Tujuan",
                "Sasaran",
                "Program/Kegiatan/Sub Kegiatan",
                "Indikator Kinerja",
                "Satuan",
                "Target",
                "Realisasi",
                "% Capaian",
                "Keterangan",
            ]),
            numbers(10),
        ],
        isi,
        ..Tabel::default()
    }
}

/// Performance and spending of this and the two years before, down to kegiatan (table 3.2).
pub(super) fn three_years(hasil: &Pengukuran<'_>) -> Tabel {
    let tahun = hasil.potret.tahun;
    let years = [tahun - 2, tahun - 1, tahun];
    let spent: Vec<_> = years.iter().map(|t| hasil.money_at(Periode::Tahun(*t))).collect();
    let known = |i: &Indikator| {
        years.iter().any(|t| hasil.at(i, Periode::Tahun(*t)).realisasi.nilai.is_known())
            || hasil.indicator(&i.kode).is_some_and(|u| u.berlaku)
    };
    let keep = |s: &tolok_domain::Simpul| s.jenis <= JenisSimpul::Kegiatan;
    let mut isi = Vec::new();
    for line in lines(hasil, keep, known) {
        match line {
            Garis::Urusan(urusan) => isi.push(group(urusan.to_uppercase(), 12)),
            Garis::Simpul { simpul, indikator, pertama } => {
                let Some(indikator) = indikator else { continue };
                let [tujuan, sasaran, program] = columns(simpul, pertama);
                let official = simpul.jenis >= JenisSimpul::Program && pertama;
                let mut cells = vec![
                    text(tujuan),
                    text(sasaran),
                    text(if official { simpul.kode.clone() } else { String::new() }),
                    text(program),
                    text(&indikator.nama),
                    text(&indikator.satuan),
                ];
                for (t, money_of) in years.iter().zip(&spent) {
                    let nilai = hasil.at(indikator, Periode::Tahun(*t)).realisasi.nilai;
                    let key = format!("realisasi {} {t}", indikator.kode);
                    cells.push(if *t == tahun { value(Some(&nilai), key) } else { past(&nilai, key) });
                    let uang = money_of.get(simpul.kode.as_str()).and_then(|u| u.realisasi);
                    let shown = uang.filter(|_| pertama);
                    cells.push(money(shown, format!("belanja {} {t}", simpul.kode)));
                }
                isi.push(if is_strong(simpul) { strong(cells) } else { row(cells) });
            }
        }
    }
    let mut first: Vec<Sel> = ["Tujuan", "Sasaran", "Kode Rekening", "Program/Kegiatan", "Indikator Kinerja", "Satuan"]
        .into_iter()
        .map(|w| text(w).span(1, 2))
        .collect();
    first.extend(years.iter().map(|t| text(t.to_string()).span(2, 1)));
    let second = years.iter().flat_map(|_| ["Kinerja", "Realisasi (Rp)"]).map(text).collect();
    Tabel {
        judul: format!(
            "Pencapaian Realisasi Kinerja dan Anggaran {} {} Tahun {}–{tahun}",
            hasil.potret.instansi.nama,
            hasil.potret.instansi.daerah,
            tahun - 2
        ),
        kolom: [left(12), left(12), left(10), left(19), left(19), middle(6)]
            .into_iter()
            .chain(years.iter().flat_map(|_| [right(7), right(13)]))
            .collect(),
        kepala: vec![first, second, numbers(12)],
        isi,
        ..Tabel::default()
    }
}

/// Targets, realisations and achievements from the base year on (table 3.3).
pub(super) fn medium_term(hasil: &Pengukuran<'_>) -> Tabel {
    let tahun = hasil.potret.tahun;
    let first_year = (hasil.potret.instansi.renstra_awal - 1).max(tahun - 3);
    let years: Vec<i16> = (first_year..=tahun).collect();
    let span = u16::try_from(years.len()).unwrap_or(1);
    let in_renstra = |i: &Indikator| has_target_in(hasil, i, JenisDokumen::Renstra);
    let mut isi = Vec::new();
    let mut number = 0;
    for line in lines(hasil, |s| s.jenis <= JenisSimpul::Sasaran, in_renstra) {
        let Garis::Simpul { simpul, indikator: Some(indikator), pertama } = line else { continue };
        number += usize::from(pertama);
        let [tujuan, sasaran, _] = columns(simpul, pertama);
        let kode = &indikator.kode;
        let past_years = hasil.years(indikator, first_year, tahun);
        let mut cells = vec![
            text(if pertama { number.to_string() } else { String::new() }),
            text(tujuan),
            text(sasaran),
            text(&indikator.nama),
            text(&indikator.satuan),
        ];
        cells.extend(
            past_years.iter().map(|y| in_its_unit(value(y.target.as_ref(), format!("target {kode} {}", y.tahun)), y)),
        );
        cells.extend(past_years.iter().map(|y| {
            let key = format!("realisasi {kode} {}", y.tahun);
            let cell = if y.tahun == tahun { value(Some(&y.realisasi), key) } else { past(&y.realisasi, key) };
            in_its_unit(cell, y)
        }));
        cells.extend(past_years.iter().map(|y| achievement(&y.capaian, format!("capaian {kode} {}", y.tahun))));
        isi.push(row(cells));
    }
    let mut first: Vec<Sel> = ["No", "Tujuan", "Sasaran", "Indikator Tujuan/Sasaran", "Satuan"]
        .into_iter()
        .map(|w| text(w).span(1, 2))
        .collect();
    first.extend(["Target Kinerja", "Capaian Kinerja", "Persentase Capaian (%)"].map(|w| text(w).span(span, 1)));
    let second = (0..3).flat_map(|_| years.iter().map(|t| text(t.to_string()))).collect();
    Tabel {
        judul: format!(
            "Pencapaian Realisasi Kinerja Indikator Tujuan dan Sasaran Jangka Menengah {} {} Tahun {first_year}–{tahun}",
            hasil.potret.instansi.nama, hasil.potret.instansi.daerah
        ),
        kolom: [middle(4), left(16), left(18), left(18), middle(7)]
            .into_iter()
            .chain((0..3 * years.len()).map(|_| right(7)))
            .collect::<Vec<Kolom>>(),
        kepala: vec![first, second, numbers(5 + 3 * years.len())],
        isi,
        ..Tabel::default()
    }
}

/// Whether any version of a kind of document sets a target for the indicator.
pub(super) fn has_target_in(hasil: &Pengukuran<'_>, indikator: &Indikator, jenis: JenisDokumen) -> bool {
    hasil.figures_of(&indikator.kode).iter().any(|a| match &a.jenis {
        JenisAngka::Target { dokumen } => hasil.potret.document(dokumen).is_some_and(|d| d.jenis == jenis),
        _ => false,
    })
}

/// The key indicators with what was achieved.
pub(super) fn key_indicators(hasil: &Pengukuran<'_>) -> Tabel {
    let tahun = hasil.potret.tahun;
    let keep = |i: &Indikator| i.iku && hasil.indicator(&i.kode).is_some_and(|u| u.berlaku);
    let mut isi = Vec::new();
    let mut number = 0;
    for line in lines(hasil, |s| s.jenis <= JenisSimpul::Sasaran, keep) {
        let Garis::Simpul { simpul, indikator: Some(indikator), pertama } = line else { continue };
        let Some(u) = hasil.indicator(&indikator.kode) else { continue };
        number += usize::from(pertama);
        let kode = &indikator.kode;
        let unit = &indikator.satuan;
        let mut target = value(u.target.as_ref().map(|t| &t.nilai), format!("target {kode} {tahun}"));
        let mut realisasi = value(Some(&u.realisasi.nilai), format!("realisasi {kode} {tahun}"));
        // A percentage carries its sign here, since units differ from row to row.
        for (cell, nilai) in
            [(&mut target, u.target.as_ref().map(|t| &t.nilai)), (&mut realisasi, Some(&u.realisasi.nilai))]
        {
            if let (Some(run), Some(nilai), true) = (cell.isi.first_mut(), nilai, cell.nilai.is_some()) {
                run.teks = if unit == "%" { with_unit(nilai, unit) } else { nilai.to_string() };
            }
        }
        isi.push(row(vec![
            text(if pertama { number.to_string() } else { String::new() }),
            text(if pertama { simpul.nama.clone() } else { String::new() }),
            text(&indikator.nama),
            text(&indikator.satuan),
            target,
            realisasi,
            achievement(&u.capaian, format!("capaian {kode} {tahun}")),
        ]));
    }
    Tabel {
        judul: format!("Capaian Indikator Kinerja Utama {}", whose(hasil)),
        kolom: vec![middle(4), left(26), left(26), middle(8), right(10), right(11), right(11)],
        kepala: vec![
            header(&[
                "No",
                "Sasaran Strategis",
                "Indikator Kinerja Utama",
                "Satuan",
                "Target",
                "Realisasi",
                "Capaian (%)",
            ]),
            numbers(7),
        ],
        isi,
        ..Tabel::default()
    }
}
