//! Rows of evaluations, their answers, and of recommendations with their follow-up.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::plan::{each, year};
use super::references::Laporan;
use super::row::{Masalah, Pembaca};
use super::write::{opt, s};
use super::{Isian, Lembar, templat, templat_write};
use crate::evaluasi::{Evaluasi, Jawaban, KeadaanEvaluasi, Penilai};
use crate::number::write_plain;
use crate::rekomendasi::{KeadaanTindakLanjut, LangkahTindakLanjut, PemberiPutusan, Prioritas, Putusan, Rekomendasi};
use crate::snapshot::Potret;

pub(super) fn recommendations(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Rekomendasi> {
    let mut priorities = vec![("", None)];
    priorities.extend(Prioritas::ALL.map(|p| (p.as_str(), Some(p))));
    each(isian, "rekomendasi", masalah, |row| {
        Some(Rekomendasi {
            kode: row.string("kode"),
            aspek: row.string("aspek"),
            rekomendasi: row.string("rekomendasi"),
            tindak_lanjut: row.string("tindak_lanjut"),
            status: row.string("status"),
            unit: row.optional("unit"),
            evaluasi: row.optional("evaluasi"),
            kriteria: row.string("kriteria"),
            kondisi: row.string("kondisi"),
            batas: row.date("batas"),
            prioritas: row.choice("prioritas", &priorities)?,
            sumber: row.string("sumber"),
        })
    })
}

pub(super) fn steps(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<LangkahTindakLanjut> {
    each(isian, "tindak_lanjut", masalah, |row| {
        Some(LangkahTindakLanjut {
            kode: row.string("kode"),
            rekomendasi: row.string("rekomendasi"),
            uraian: row.string("uraian"),
            unit: row.optional("unit"),
            batas: row.date("batas"),
            selesai: row.date("selesai"),
            bukti: row.string("bukti"),
            sumber: row.string("sumber"),
        })
    })
}

pub(super) fn verdicts(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Putusan> {
    let sides = PemberiPutusan::ALL.map(|p| (p.as_str(), p));
    let states = KeadaanTindakLanjut::ALL.map(|k| (k.as_str(), k));
    each(isian, "putusan", masalah, |row| {
        let keadaan = row.choice("keadaan", &states)?;
        if keadaan == KeadaanTindakLanjut::TidakDapat && row.text("alasan").is_empty() {
            row.wrong("alasan", "tidak dapat ditindaklanjuti tanpa alasan", "tulis mengapa tidak dapat");
        }
        Some(Putusan {
            rekomendasi: row.string("rekomendasi"),
            tahun: year(row, "tahun")?,
            oleh: row.choice("oleh", &sides)?,
            keadaan,
            alasan: row.string("alasan"),
            tanggal: row.date("tanggal"),
            sumber: row.string("sumber"),
        })
    })
}

pub(super) fn evaluations(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Evaluasi> {
    let mut states = vec![("", KeadaanEvaluasi::default())];
    states.extend(KeadaanEvaluasi::ALL.map(|k| (k.as_str(), k)));
    each(isian, "evaluasi", masalah, |row| {
        let keadaan = row.choice("keadaan", &states)?;
        let nilai = score_of(row);
        if keadaan == KeadaanEvaluasi::Terbit && nilai.is_none() && row.text("nilai").is_empty() {
            row.wrong("nilai", "evaluasi terbit tanpa nilai", "isi nilainya atau ubah keadaannya");
        }
        Some(Evaluasi {
            kode: row.string("kode"),
            tahun: year(row, "tahun")?,
            templat: row.string("templat"),
            keadaan,
            evaluator: row.string("evaluator"),
            penjamin_mutu: row.string("penjamin_mutu"),
            nomor_lhe: row.string("nomor_lhe"),
            tanggal_lhe: row.date("tanggal_lhe"),
            nilai,
            catatan: row.string("catatan"),
            sumber: row.string("sumber"),
        })
    })
}

fn score_of(row: &mut Pembaca<'_>) -> Option<Decimal> {
    let nilai = row.number("nilai")?;
    if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&nilai) {
        row.wrong("nilai", format!("nilai {} di luar 0 sampai 100", write_plain(nilai)), "tulis misalnya 66,24");
        return None;
    }
    Some(nilai)
}

pub(super) fn answers(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Jawaban> {
    let raters = Penilai::ALL.map(|p| (p.as_str(), p));
    each(isian, "jawaban_lke", masalah, |row| {
        Some(Jawaban {
            evaluasi: row.string("evaluasi"),
            kode: row.string("kode"),
            penilai: row.choice("penilai", &raters)?,
            pilihan: row.string("jawaban"),
            alasan: row.string("alasan"),
            bukti: row.string("bukti"),
            sumber: row.string("sumber"),
            oleh: row.string("oleh"),
        })
    })
}

/// Drops rows whose references lead nowhere, and says so.
pub(super) fn references(potret: &mut Potret, isian: &Isian, masalah: &mut Vec<Masalah>) {
    let mut report = Laporan::new(isian, masalah);
    let mut evaluasi = std::mem::take(&mut potret.evaluasi);
    evaluasi.retain(|e| {
        let known = potret.template(&e.templat).is_some();
        if !known {
            report.dangling("evaluasi", &e.kode, "templat", &e.templat);
        }
        known
    });
    potret.evaluasi = evaluasi;
    let evaluations: HashSet<String> = potret.evaluasi.iter().map(|e| e.kode.clone()).collect();
    let mut jawaban = std::mem::take(&mut potret.jawaban);
    jawaban.retain(|j| {
        report.leads("jawaban_lke", &j.evaluasi, "evaluasi", &j.evaluasi, &evaluations)
            && is_option(potret, j, &mut report)
    });
    potret.jawaban = jawaban;
    let units: HashSet<String> = potret.unit.iter().map(|u| u.kode.clone()).collect();
    for r in &mut potret.rekomendasi {
        report.mend("rekomendasi", &r.kode, "evaluasi", &mut r.evaluasi, &evaluations);
    }
    let known: HashSet<String> = potret.rekomendasi.iter().map(|r| r.kode.clone()).collect();
    potret.tindak_lanjut.retain(|l| report.leads("tindak_lanjut", &l.kode, "rekomendasi", &l.rekomendasi, &known));
    for l in &mut potret.tindak_lanjut {
        report.mend("tindak_lanjut", &l.kode, "unit", &mut l.unit, &units);
    }
    potret.putusan.retain(|p| report.leads("putusan", &p.rekomendasi, "rekomendasi", &p.rekomendasi, &known));
}

/// Whether the template asks for such an answer.
fn is_option(potret: &Potret, j: &Jawaban, report: &mut Laporan<'_, '_>) -> bool {
    let Some(templat) = potret.evaluation(&j.evaluasi).and_then(|e| potret.template(&e.templat)) else { return false };
    let options = templat.options(&j.kode);
    if options.iter().any(|(kode, _)| *kode == j.pilihan) {
        return true;
    }
    let keys = [("evaluasi", j.evaluasi.as_str()), ("kode", &j.kode), ("penilai", j.penilai.as_str())];
    if options.is_empty() {
        let apa = format!("\"{}\" tidak ada dalam templat {}", j.kode, templat.kode);
        report.row_of("jawaban_lke", &keys, "kode", apa, "betulkan kode kriterianya".to_owned());
    } else {
        let words: Vec<&str> = options.iter().map(|(kode, _)| *kode).collect();
        let apa = format!("\"{}\" bukan jawaban {}", j.pilihan, j.kode);
        report.row_of("jawaban_lke", &keys, "jawaban", apa, format!("pilih salah satu: {}", words.join(", ")));
    }
    false
}

/// Rows of one of the sheets above; `None` for another sheet.
pub(super) fn rows(potret: &Potret, lembar: &Lembar) -> Option<Vec<Vec<String>>> {
    Some(match lembar.nama {
        "rekomendasi" => potret.rekomendasi.iter().map(recommendation).collect(),
        "tindak_lanjut" => potret
            .tindak_lanjut
            .iter()
            .map(|l| {
                let unit = opt(l.unit.as_ref());
                vec![
                    s(&l.kode),
                    s(&l.rekomendasi),
                    s(&l.uraian),
                    unit,
                    s(&l.batas),
                    s(&l.selesai),
                    s(&l.bukti),
                    s(&l.sumber),
                ]
            })
            .collect(),
        "putusan" => potret
            .putusan
            .iter()
            .map(|p| {
                let (oleh, keadaan) = (s(p.oleh.as_str()), s(p.keadaan.as_str()));
                vec![s(&p.rekomendasi), s(p.tahun), oleh, keadaan, s(&p.alasan), s(&p.tanggal), s(&p.sumber)]
            })
            .collect(),
        templat::LEMBAR => potret.templat.iter().flat_map(templat_write::rows).collect(),
        "evaluasi" => potret.evaluasi.iter().map(evaluation).collect(),
        "jawaban_lke" => potret
            .jawaban
            .iter()
            .map(|j| {
                let rater = s(j.penilai.as_str());
                vec![
                    s(&j.evaluasi),
                    s(&j.kode),
                    rater,
                    s(&j.pilihan),
                    s(&j.alasan),
                    s(&j.bukti),
                    s(&j.sumber),
                    s(&j.oleh),
                ]
            })
            .collect(),
        _ => return None,
    })
}

fn recommendation(r: &Rekomendasi) -> Vec<String> {
    vec![
        s(&r.kode),
        s(&r.aspek),
        s(&r.rekomendasi),
        s(&r.tindak_lanjut),
        s(&r.status),
        opt(r.unit.as_ref()),
        opt(r.evaluasi.as_ref()),
        s(&r.kriteria),
        s(&r.kondisi),
        s(&r.batas),
        s(r.prioritas.map_or("", Prioritas::as_str)),
        s(&r.sumber),
    ]
}

fn evaluation(e: &Evaluasi) -> Vec<String> {
    vec![
        s(&e.kode),
        s(e.tahun),
        s(&e.templat),
        s(e.keadaan.as_str()),
        s(&e.evaluator),
        s(&e.penjamin_mutu),
        s(&e.nomor_lhe),
        s(&e.tanggal_lhe),
        e.nilai.map_or_else(String::new, write_plain),
        s(&e.catatan),
        s(&e.sumber),
    ]
}
