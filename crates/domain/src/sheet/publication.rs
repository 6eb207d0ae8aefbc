//! Rows of publications and of decisions about findings.

use super::Isian;
use super::plan::each;
use super::row::Masalah;
use super::write::s;
use crate::publication::{JenisTerbitan, JumlahTemuan, PutusanTemuan, Terbitan};

pub(super) fn publications(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Terbitan> {
    let kinds = JenisTerbitan::ALL.map(|j| (j.as_str(), j));
    each(isian, "terbitan", masalah, |row| {
        Some(Terbitan {
            kode: row.string("kode"),
            jenis: row.choice("jenis", &kinds)?,
            nomor: row.string("nomor"),
            tanggal: row.date("tanggal"),
            oleh: row.string("oleh"),
            entri: row.whole("entri")?,
            pdf: row.string("pdf"),
            docx: row.string("docx"),
            kertas_kerja: row.string("kertas_kerja"),
            temuan: JumlahTemuan {
                kesalahan: row.whole("kesalahan")?,
                peringatan: row.whole("peringatan")?,
                info: row.whole("info")?,
                diterima: row.whole("diterima")?,
            },
        })
    })
}

pub(super) fn publication(t: &Terbitan) -> Vec<String> {
    vec![
        s(&t.kode),
        s(t.jenis.as_str()),
        s(&t.nomor),
        s(&t.tanggal),
        s(&t.oleh),
        s(t.entri),
        s(&t.pdf),
        s(&t.docx),
        s(&t.kertas_kerja),
        s(t.temuan.kesalahan),
        s(t.temuan.peringatan),
        s(t.temuan.info),
        s(t.temuan.diterima),
    ]
}

pub(super) fn decisions(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<PutusanTemuan> {
    each(isian, "putusan_temuan", masalah, |row| {
        Some(PutusanTemuan {
            aturan: row.string("aturan"),
            tempat: row.string("tempat"),
            nilai: row.string("nilai"),
            judul: row.string("judul"),
            alasan: row.string("alasan"),
            oleh: row.string("oleh"),
            waktu: row.whole("waktu")?,
        })
    })
}

pub(super) fn decision(p: &PutusanTemuan) -> Vec<String> {
    vec![s(&p.aturan), s(&p.tempat), s(&p.nilai), s(&p.judul), s(&p.alasan), s(&p.oleh), s(p.waktu)]
}
