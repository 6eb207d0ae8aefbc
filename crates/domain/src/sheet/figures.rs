//! Rows of figures: targets, realisations, ceilings, spending, figures of other regions.

use std::collections::{HashMap, HashSet};

use super::references::has_row;
use super::row::{Masalah, Pembaca};
use super::{Isian, Lembar, sheet, words};
use crate::figure::{Angka, Asal, JenisAngka, Keadaan, Subjek, file_of};
use crate::formula::Rumus;
use crate::id::AngkaId;
use crate::indicator::Indikator;
use crate::number::{Konteks, parse_value};
use crate::period::Periode;
use crate::snapshot::Potret;
use crate::value::Nilai;

/// What rows may refer to.
struct Known<'a> {
    indicators: HashMap<&'a str, &'a Indikator>,
    nodes: HashSet<&'a str>,
    documents: HashSet<&'a str>,
    evidence: HashSet<&'a str>,
    states: Vec<(&'static str, Keadaan)>,
    isian: &'a Isian,
}

pub(super) fn read(potret: &Potret, isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Angka> {
    let known = Known {
        indicators: potret.indikator.iter().map(|i| (i.kode.as_str(), i)).collect(),
        nodes: potret.simpul.iter().map(|s| s.kode.as_str()).collect(),
        documents: potret.dokumen.iter().map(|d| d.kode.as_str()).collect(),
        evidence: potret.bukti.iter().map(|b| b.sha256.as_str()).collect(),
        states: words::states(),
        isian,
    };
    let mut angka = Vec::new();
    let mut each = |nama: &str, read: &dyn Fn(&Known<'_>, &mut Pembaca<'_>) -> Option<Angka>| {
        let Some(lembar) = Lembar::find(nama) else { return };
        for baris in sheet(isian, nama) {
            let mut row = Pembaca::new(lembar, baris, masalah);
            let figure = read(&known, &mut row);
            if row.is_good() {
                angka.extend(figure);
            }
        }
    };
    each("target", &target);
    each("realisasi", &realisation);
    each("pagu", &ceiling);
    each("realisasi_anggaran", &spending);
    each("pembanding", &elsewhere);
    angka
}

fn target(known: &Known<'_>, row: &mut Pembaca<'_>) -> Option<Angka> {
    let indikator = indicator(known, row)?;
    let dokumen = document(known, row)?;
    let nilai = row.parse("nilai", |text| parse_value(text, indikator.tipe, &Konteks::indonesia()))?;
    if !nilai.is_known() {
        row.wrong("nilai", "target tanpa nilai", "isi nilainya atau hapus barisnya");
    }
    figure(row, Subjek::Indikator(indikator.kode.clone()), JenisAngka::Target { dokumen }, nilai, Keadaan::Dikunci)
}

fn realisation(known: &Known<'_>, row: &mut Pembaca<'_>) -> Option<Angka> {
    let indikator = indicator(known, row)?;
    let variabel = row.string("variabel");
    let nilai = if matches!(row.text("nilai"), "" | "-") {
        if row.text("alasan").is_empty() {
            row.wrong("alasan", "nilai kosong tanpa alasan", "isi nilainya, atau alasan mengapa belum ada");
        }
        Nilai::BelumAda { alasan: row.string("alasan") }
    } else if variabel.is_empty() {
        row.parse("nilai", |text| parse_value(text, indikator.tipe, &Konteks::indonesia()))?
    } else {
        Nilai::Bilangan(row.number("nilai")?)
    };
    let jenis = if variabel.is_empty() {
        JenisAngka::Realisasi
    } else {
        let formula = Rumus::parse(&indikator.rumus).ok();
        if !formula.is_some_and(|f| f.variables().contains(&variabel.as_str())) {
            row.wrong(
                "variabel",
                format!("\"{variabel}\" tidak ada dalam rumus indikator {}", indikator.kode),
                format!("rumusnya: {}", if indikator.rumus.is_empty() { "(kosong)" } else { &indikator.rumus }),
            );
        }
        JenisAngka::Variabel { nama: variabel }
    };
    let state = state(known, row)?;
    let mut angka = figure(row, Subjek::Indikator(indikator.kode.clone()), jenis, nilai, state)?;
    angka.bukti = evidence(known, row);
    Some(angka)
}

fn ceiling(known: &Known<'_>, row: &mut Pembaca<'_>) -> Option<Angka> {
    let simpul = node(known, row)?;
    let dokumen = document(known, row)?;
    let nilai = Nilai::Uang(row.rupiah("rupiah")?);
    figure(row, simpul, JenisAngka::Pagu { dokumen }, nilai, Keadaan::Dikunci)
}

fn spending(known: &Known<'_>, row: &mut Pembaca<'_>) -> Option<Angka> {
    let simpul = node(known, row)?;
    let nilai = Nilai::Uang(row.rupiah("rupiah")?);
    let state = state(known, row)?;
    let mut angka = figure(row, simpul, JenisAngka::RealisasiAnggaran, nilai, state)?;
    angka.bukti = evidence(known, row);
    Some(angka)
}

fn elsewhere(known: &Known<'_>, row: &mut Pembaca<'_>) -> Option<Angka> {
    let indikator = indicator(known, row)?;
    let nilai = row.parse("nilai", |text| parse_value(text, indikator.tipe, &Konteks::indonesia()))?;
    let jenis = JenisAngka::Pembanding { wilayah: row.string("wilayah") };
    figure(row, Subjek::Indikator(indikator.kode.clone()), jenis, nilai, Keadaan::Dikunci)
}

fn figure(row: &mut Pembaca<'_>, subjek: Subjek, jenis: JenisAngka, nilai: Nilai, keadaan: Keadaan) -> Option<Angka> {
    let tempat = row.string("sumber");
    Some(Angka {
        id: AngkaId::new(),
        subjek,
        jenis,
        periode: row.parse("periode", |text| text.parse::<Periode>())?,
        nilai,
        keterangan: row.string("keterangan"),
        asal: if tempat.is_empty() { Asal::Diketik } else { Asal::Berkas { tempat } },
        bukti: Vec::new(),
        keadaan,
        oleh: String::new(),
        dicatat: 0,
    })
}

fn state(known: &Known<'_>, row: &mut Pembaca<'_>) -> Option<Keadaan> {
    if row.text("keadaan").is_empty() { Some(Keadaan::Draf) } else { row.choice("keadaan", &known.states) }
}

fn evidence(known: &Known<'_>, row: &mut Pembaca<'_>) -> Vec<String> {
    let hashes: Vec<String> = row.text("bukti").split_whitespace().map(str::to_owned).collect();
    for hash in &hashes {
        if !known.evidence.contains(file_of(hash)) {
            row.wrong("bukti", format!("bukti {hash} tidak terdaftar"), "daftarkan di bukti.csv");
        }
    }
    hashes
}

fn indicator<'a>(known: &Known<'a>, row: &mut Pembaca<'_>) -> Option<&'a Indikator> {
    let found = known.indicators.get(row.text("indikator")).copied();
    if found.is_none() {
        missing(known, row, "indikator", "indikator");
    }
    found
}

fn node(known: &Known<'_>, row: &mut Pembaca<'_>) -> Option<Subjek> {
    let kode = row.text("simpul");
    if known.nodes.contains(kode) {
        return Some(Subjek::Simpul(kode.to_owned()));
    }
    missing(known, row, "simpul", "rencana");
    None
}

fn document(known: &Known<'_>, row: &mut Pembaca<'_>) -> Option<String> {
    let kode = row.text("dokumen");
    if known.documents.contains(kode) {
        return Some(kode.to_owned());
    }
    missing(known, row, "dokumen", "dokumen");
    None
}

/// What a row refers to is not there: because that row is wrong, or because there is none. An empty cell was reported already.
fn missing(known: &Known<'_>, row: &mut Pembaca<'_>, kolom: &str, home: &str) {
    let kode = row.text(kolom);
    if kode.is_empty() {
        return;
    }
    if has_row(known.isian, home, kode) {
        row.follows(kolom, kode);
    } else {
        row.wrong(
            kolom,
            format!("{kolom} \"{kode}\" tidak ada"),
            format!("tambahkan di {home}.csv atau betulkan kodenya"),
        );
    }
}
