//! Rows of the year's work: agreements, action plan, obstacles, comments, deadlines, locks.

use super::plan::each;
use super::row::{Masalah, Pembaca};
use super::{Isian, Lembar, write};
use crate::action::Langkah;
use crate::agreement::{AlasanPerubahan, CaraTandaTangan, IsiPerjanjian, JenisIsi, Pejabat, Perjanjian, StatusPejabat};
use crate::approval::{Pembukaan, Penguncian};
use crate::deadline::{Jadwal, Tingkat};
use crate::number::write_value_plain;
use crate::period::Periode;
use crate::remark::{Kendala, Komentar};
use crate::snapshot::{Libur, Potret};
use crate::value::Nilai;

/// Words of a choice that may be left out.
fn optional<T: Copy>(words: impl IntoIterator<Item = (&'static str, T)>) -> Vec<(&'static str, Option<T>)> {
    std::iter::once(("", None)).chain(words.into_iter().map(|(word, value)| (word, Some(value)))).collect()
}

/// Fills the year's work into a snapshot whose plan has been read.
pub(super) fn read(potret: &mut Potret, isian: &Isian, masalah: &mut Vec<Masalah>) {
    potret.pejabat = officials(isian, masalah);
    potret.perjanjian = agreements(isian, masalah);
    potret.isi_perjanjian = contents(isian, masalah);
    potret.langkah = steps(isian, masalah);
    potret.kendala = obstacles(isian, masalah);
    potret.komentar = comments(isian, masalah);
    potret.jadwal = schedule(isian, masalah);
    potret.libur = each(isian, "libur", masalah, |row| {
        Some(Libur { tanggal: row.date("tanggal"), keterangan: row.string("keterangan") })
    });
    potret.penguncian = each(isian, "penguncian", masalah, |row| {
        Some(Penguncian { periode: period(row)?, tanggal: row.date("tanggal"), oleh: row.string("oleh") })
    });
    potret.pembukaan = each(isian, "pembukaan", masalah, |row| {
        Some(Pembukaan {
            kode: row.string("kode"),
            periode: period(row)?,
            indikator: row.optional("indikator"),
            sampai: row.date("sampai"),
            alasan: row.string("alasan"),
            oleh: row.string("oleh"),
        })
    });
}

fn period(row: &mut Pembaca<'_>) -> Option<Periode> {
    row.parse("periode", |text| text.parse::<Periode>())
}

fn officials(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Pejabat> {
    let mut states: Vec<(&str, StatusPejabat)> = StatusPejabat::ALL.iter().map(|s| (s.as_str(), *s)).collect();
    states.push(("", StatusPejabat::Definitif));
    each(isian, "pejabat", masalah, |row| {
        let (mulai, sampai) = (row.date("mulai"), row.date("sampai"));
        if !sampai.is_empty() && sampai < mulai {
            row.wrong("sampai", format!("{sampai} sebelum {mulai}"), "tanggal akhir tidak boleh sebelum tanggal mulai");
        }
        Some(Pejabat {
            unit: row.string("unit"),
            mulai,
            sampai,
            nama: row.string("nama"),
            nip: row.string("nip"),
            pangkat: row.string("pangkat"),
            status: row.choice("status", &states)?,
        })
    })
}

fn agreements(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Perjanjian> {
    let reasons = optional(AlasanPerubahan::ALL.map(|a| (a.as_str(), a)));
    let ways = optional(CaraTandaTangan::ALL.map(|c| (c.as_str(), c)));
    each(isian, "perjanjian", masalah, |row| {
        Some(Perjanjian {
            kode: row.string("kode"),
            dokumen: row.string("dokumen"),
            unit: row.string("unit"),
            tanggal: row.date("tanggal"),
            alasan: row.choice("alasan", &reasons)?,
            ditandatangani: row.date("ditandatangani"),
            cara: row.choice("cara", &ways)?,
            berkas: row.string("berkas"),
        })
    })
}

fn contents(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<IsiPerjanjian> {
    let kinds = JenisIsi::ALL.map(|j| (j.as_str(), j));
    each(isian, "isi_perjanjian", masalah, |row| {
        let jenis = row.choice("jenis", &kinds)?;
        Some(IsiPerjanjian { perjanjian: row.string("perjanjian"), jenis, kode: row.string("kode") })
    })
}

fn steps(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Langkah> {
    each(isian, "langkah", masalah, |row| {
        Some(Langkah {
            kode: row.string("kode"),
            indikator: row.string("indikator"),
            uraian: row.string("uraian"),
            simpul: row.optional("simpul"),
            periode: period(row)?,
            keluaran: row.string("keluaran"),
            rupiah: if row.text("rupiah").is_empty() { None } else { Some(row.rupiah("rupiah")?) },
            unit: row.optional("unit"),
        })
    })
}

fn obstacles(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Kendala> {
    each(isian, "kendala", masalah, |row| {
        Some(Kendala {
            indikator: row.string("indikator"),
            periode: period(row)?,
            kendala: row.string("kendala"),
            sebab: row.string("sebab"),
            tindak_lanjut: row.string("tindak_lanjut"),
            hasil: row.string("hasil"),
        })
    })
}

fn comments(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Komentar> {
    each(isian, "komentar", masalah, |row| {
        Some(Komentar {
            kode: row.string("kode"),
            indikator: row.string("indikator"),
            periode: period(row)?,
            oleh: row.string("oleh"),
            waktu: row.whole("waktu")?,
            isi: row.string("isi"),
        })
    })
}

/// The office's own days, on top of Tolok's for levels that it does not name.
fn schedule(isian: &Isian, masalah: &mut Vec<Masalah>) -> Jadwal {
    let levels = Tingkat::ALL.map(|t| (t.as_str(), t));
    let mut days = Jadwal::default().days();
    let rows: Vec<(Tingkat, u8)> =
        each(isian, "jadwal", masalah, |row| Some((row.choice("tingkat", &levels)?, row.whole("hari_kerja")?)));
    for (level, day) in rows {
        for (known, place) in Tingkat::ALL.into_iter().zip(&mut days) {
            if known == level {
                *place = day;
            }
        }
    }
    Jadwal::new(days).unwrap_or_else(|faults| {
        masalah.extend(faults.iter().map(|fault| Masalah {
            berkas: "jadwal.csv".to_owned(),
            baris: None,
            kolom: "hari_kerja".to_owned(),
            apa: fault.to_string(),
            saran: String::new(),
            ikutan: false,
        }));
        Jadwal::default()
    })
}

/// Rows of one of the sheets above; `None` for another sheet.
pub(super) fn rows(potret: &Potret, lembar: &Lembar) -> Option<Vec<Vec<String>>> {
    use write::{opt, s};
    let word = |text: Option<&'static str>| text.unwrap_or_default().to_owned();
    Some(match lembar.nama {
        "pejabat" => potret
            .pejabat
            .iter()
            .map(|p| {
                let status = p.status.as_str();
                vec![s(&p.unit), s(&p.mulai), s(&p.sampai), s(&p.nama), s(&p.nip), s(&p.pangkat), s(status)]
            })
            .collect(),
        "perjanjian" => potret
            .perjanjian
            .iter()
            .map(|p| {
                vec![
                    s(&p.kode),
                    s(&p.dokumen),
                    s(&p.unit),
                    s(&p.tanggal),
                    word(p.alasan.map(AlasanPerubahan::as_str)),
                    s(&p.ditandatangani),
                    word(p.cara.map(CaraTandaTangan::as_str)),
                    s(&p.berkas),
                ]
            })
            .collect(),
        "isi_perjanjian" => {
            potret.isi_perjanjian.iter().map(|i| vec![s(&i.perjanjian), s(i.jenis.as_str()), s(&i.kode)]).collect()
        }
        "langkah" => potret
            .langkah
            .iter()
            .map(|l| {
                vec![
                    s(&l.kode),
                    s(&l.indikator),
                    s(&l.uraian),
                    opt(l.simpul.as_ref()),
                    s(l.periode),
                    s(&l.keluaran),
                    l.rupiah.map_or_else(String::new, |r| write_value_plain(&Nilai::Uang(r))),
                    opt(l.unit.as_ref()),
                ]
            })
            .collect(),
        "kendala" => potret
            .kendala
            .iter()
            .map(|k| vec![s(&k.indikator), s(k.periode), s(&k.kendala), s(&k.sebab), s(&k.tindak_lanjut), s(&k.hasil)])
            .collect(),
        "komentar" => potret
            .komentar
            .iter()
            .map(|k| vec![s(&k.kode), s(&k.indikator), s(k.periode), s(&k.oleh), s(k.waktu), s(&k.isi)])
            .collect(),
        "jadwal" if potret.jadwal == Jadwal::default() => Vec::new(),
        "jadwal" => {
            Tingkat::ALL.into_iter().zip(potret.jadwal.days()).map(|(t, days)| vec![s(t.as_str()), s(days)]).collect()
        }
        "libur" => potret.libur.iter().map(|l| vec![s(&l.tanggal), s(&l.keterangan)]).collect(),
        "penguncian" => potret.penguncian.iter().map(|p| vec![s(p.periode), s(&p.tanggal), s(&p.oleh)]).collect(),
        "pembukaan" => potret
            .pembukaan
            .iter()
            .map(|p| vec![s(&p.kode), s(p.periode), opt(p.indikator.as_ref()), s(&p.sampai), s(&p.alasan), s(&p.oleh)])
            .collect(),
        _ => return None,
    })
}
