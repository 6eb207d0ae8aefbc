//! A snapshot as rows: the exact counterpart of reading.

use super::{LEMBAR, Lembar, Rekam, evaluasi, publication, year};
use crate::figure::{Angka, Asal, JenisAngka};
use crate::number::write_value_plain;
use crate::pohon::Silang;
use crate::snapshot::Potret;
use crate::value::Nilai;

/// Rows per sheet, in the order of [`LEMBAR`]; each row has a text per column.
pub fn rows(potret: &Potret) -> Vec<(&'static Lembar, Vec<Vec<String>>)> {
    let of = |lembar: &Lembar| {
        let year = year::rows(potret, lembar).or_else(|| evaluasi::rows(potret, lembar));
        year.unwrap_or_else(|| sheet_rows(potret, lembar.nama))
    };
    LEMBAR.iter().map(|lembar| (lembar, of(lembar))).collect()
}

/// An owned text of whatever can be one; keeps the row literals below readable.
pub(super) fn s(text: impl ToString) -> String {
    text.to_string()
}

pub(super) fn opt(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

fn sheet_rows(potret: &Potret, nama: &str) -> Vec<Vec<String>> {
    match nama {
        "instansi" => {
            let i = &potret.instansi;
            vec![vec![
                s(&i.kode),
                s(&i.nama),
                s(&i.singkatan),
                s(&i.daerah),
                s(&i.kepala_daerah),
                s(&i.alamat),
                s(&i.telepon),
                s(&i.tempat),
                s(&i.penanda_tangan),
                s(i.renstra_awal),
                s(i.renstra_akhir),
                s(&i.skala),
                s(&i.visi),
                s(&i.berakhir),
                s(&i.penerus),
            ]]
        }
        "unit" => potret.unit.iter().map(Rekam::cells).collect(),
        "dokumen" => potret.dokumen.iter().map(Rekam::cells).collect(),
        "rencana" => potret.simpul.iter().map(Rekam::cells).collect(),
        "indikator" => potret.indikator.iter().map(Rekam::cells).collect(),
        "sebutan" => {
            potret.sebutan.iter().map(|n| vec![s(&n.indikator), s(&n.dokumen), s(&n.nama), s(&n.satuan)]).collect()
        }
        "pohon" => potret.pohon.iter().map(Rekam::cells).collect(),
        "silang" => potret.silang.iter().map(link).collect(),
        "terbitan" => potret.terbitan.iter().map(publication::publication).collect(),
        "putusan_temuan" => potret.putusan_temuan.iter().map(publication::decision).collect(),
        "bukti" => potret
            .bukti
            .iter()
            .map(|b| vec![s(&b.sha256), s(&b.nama), s(&b.jenis_isi), s(b.ukuran), s(&b.keterangan)])
            .collect(),
        "target" | "realisasi" | "pagu" | "realisasi_anggaran" | "pembanding" => {
            potret.angka.iter().filter(|a| figure_sheet(&a.jenis) == nama).map(figure).collect()
        }
        register => potret.records(register).map(|c| c.isi.clone()).collect(),
    }
}

fn link(l: &Silang) -> Vec<String> {
    vec![
        s(&l.kode),
        s(l.arah.as_str()),
        opt(l.kondisi.as_ref()),
        s(&l.instansi),
        s(&l.kondisi_lain),
        s(&l.uraian),
        s(l.keadaan.as_str()),
        s(&l.alasan),
        s(if l.penawaran { "ya" } else { "" }),
    ]
}

/// The sheet that a figure of that kind stands on.
fn figure_sheet(jenis: &JenisAngka) -> &'static str {
    match jenis {
        JenisAngka::Target { .. } => "target",
        JenisAngka::Pagu { .. } => "pagu",
        JenisAngka::Realisasi | JenisAngka::Variabel { .. } => "realisasi",
        JenisAngka::RealisasiAnggaran => "realisasi_anggaran",
        JenisAngka::Pembanding { .. } => "pembanding",
    }
}

fn figure(a: &Angka) -> Vec<String> {
    let source = match &a.asal {
        Asal::Diketik => String::new(),
        Asal::Berkas { tempat } => tempat.clone(),
    };
    let (subject, period, value) = (s(a.subjek.kode()), s(a.periode), write_value_plain(&a.nilai));
    match &a.jenis {
        JenisAngka::Target { dokumen } | JenisAngka::Pagu { dokumen } => {
            vec![subject, s(dokumen), period, value, s(&a.keterangan), source]
        }
        JenisAngka::Realisasi | JenisAngka::Variabel { .. } => {
            let variabel = if let JenisAngka::Variabel { nama } = &a.jenis { s(nama) } else { String::new() };
            let alasan = if let Nilai::BelumAda { alasan } = &a.nilai { s(alasan) } else { String::new() };
            let (state, evidence) = (s(a.keadaan.as_str()), a.bukti.join(" "));
            vec![subject, period, variabel, value, alasan, s(&a.keterangan), state, evidence, source]
        }
        JenisAngka::RealisasiAnggaran => {
            vec![subject, period, value, s(&a.keterangan), s(a.keadaan.as_str()), a.bukti.join(" "), source]
        }
        JenisAngka::Pembanding { wilayah } => vec![subject, s(wilayah), period, value, source],
    }
}
