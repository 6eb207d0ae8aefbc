//! The charts of the report, by name.

use tolok_domain::{JenisSimpul, Pengukuran};

use crate::chart::{BarisSerapan, BarisTarget, Deret, Grafik, TitikTahun, absorption_bars, target_bars, trend};
use crate::naskah::Gambar;

/// Makes the chart of that name.
pub(super) fn build(hasil: &Pengukuran<'_>, nama: &str) -> Result<Gambar, String> {
    let tahun = hasil.potret.tahun;
    let (judul, chart) = match nama {
        "capaian_sasaran" => {
            let judul = format!("Capaian Indikator Kinerja Utama Tahun {tahun}");
            (judul.clone(), target_bars(&judul, &targets(hasil)))
        }
        "tren" => {
            let from = (hasil.potret.instansi.renstra_awal - 1).max(tahun - 3);
            let judul = format!("Target dan Realisasi Indikator Kinerja Utama Tahun {from}–{tahun}");
            (judul.clone(), trend(&judul, &series(hasil, from)))
        }
        "serapan_program" => {
            let judul = format!("Capaian Kinerja dan Serapan Anggaran per Program Tahun {tahun}");
            (judul.clone(), absorption_bars(&judul, &programmes(hasil)))
        }
        _ => return Err("tidak dikenal; grafik yang ada: capaian_sasaran, tren, serapan_program".to_owned()),
    };
    let Grafik { svg, ukuran, alt } = chart;
    Ok(Gambar { nomor: String::new(), judul, alt, svg, ukuran })
}

fn targets(hasil: &Pengukuran<'_>) -> Vec<BarisTarget> {
    let key = hasil.indikator.iter().filter(|u| u.indikator.iku && u.berlaku);
    key.map(|u| BarisTarget {
        label: u.indikator.nama.clone(),
        capaian: u.capaian.percent(),
        step: u.predikat.map(|p| p.step),
        keterangan: u.predikat.map_or_else(|| u.capaian.to_string(), |p| p.label.to_lowercase()),
    })
    .collect()
}

fn series(hasil: &Pengukuran<'_>, from: i16) -> Vec<Deret> {
    let key = hasil.indikator.iter().filter(|u| u.indikator.iku && u.berlaku);
    key.map(|u| Deret {
        label: u.indikator.nama.clone(),
        satuan: u.indikator.satuan.clone(),
        titik: hasil
            .years(u.indikator, from, hasil.potret.tahun)
            .into_iter()
            // What was measured in another unit is no point of the same line.
            .filter(|y| y.sebanding)
            .map(|y| TitikTahun {
                tahun: y.tahun,
                target: y.target.and_then(|t| t.number()),
                realisasi: y.realisasi.number(),
            })
            .collect(),
    })
    // A single year is no trend.
    .filter(|d| d.titik.iter().filter(|t| t.target.is_some() || t.realisasi.is_some()).count() > 1)
    .collect()
}

fn programmes(hasil: &Pengukuran<'_>) -> Vec<BarisSerapan> {
    let programmes = hasil.simpul.iter().filter(|u| u.simpul.jenis == JenisSimpul::Program && u.uang.pagu.is_some());
    programmes
        .map(|u| BarisSerapan {
            label: u.simpul.calm_name(),
            kinerja: u.capaian.nilai,
            serapan: u.uang.absorption().ok(),
        })
        .collect()
}
