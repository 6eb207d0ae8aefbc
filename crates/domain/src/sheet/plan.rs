//! Rows of the plan: office, wordings, evidence; see [`super::record`] for the rest.

use super::row::{Masalah, Pembaca};
use super::{Isian, Lembar, sheet};
use crate::id::InstansiId;
use crate::indicator::Sebutan;
use crate::period::{Tahun, YEARS};
use crate::scale::{self, Skala};
use crate::snapshot::{Bukti, Instansi};

/// Reads every row of a sheet; rows with a problem are left out.
pub(super) fn each<T>(
    isian: &Isian,
    nama: &str,
    masalah: &mut Vec<Masalah>,
    read: impl Fn(&mut Pembaca<'_>) -> Option<T>,
) -> Vec<T> {
    let Some(lembar) = Lembar::find(nama) else { return Vec::new() };
    sheet(isian, nama)
        .iter()
        .filter_map(|baris| {
            let mut row = Pembaca::new(lembar, baris, masalah);
            let value = read(&mut row);
            if row.is_good() { value } else { None }
        })
        .collect()
}

pub(super) fn office(id: InstansiId, isian: &Isian, masalah: &mut Vec<Masalah>) -> Option<Instansi> {
    let rows = sheet(isian, "instansi").len();
    if rows != 1 {
        masalah.push(Masalah {
            berkas: "instansi.csv".to_owned(),
            baris: None,
            kolom: String::new(),
            apa: format!("ada {rows} baris instansi"),
            saran: "harus tepat satu baris".to_owned(),
            ikutan: false,
        });
        return None;
    }
    each(isian, "instansi", masalah, |row| {
        let skala = match known_scale(row)? {
            text if text.is_empty() => scale::PERMENDAGRI_86_2017.kode.to_owned(),
            text => text,
        };
        if let (Some(first), Some(last)) = (year(row, "renstra_awal"), year(row, "renstra_akhir"))
            && !(first..=first + 10).contains(&last)
        {
            row.wrong(
                "renstra_akhir",
                format!("{first} sampai {last} bukan masa rencana"),
                "paling lama sepuluh tahun",
            );
        }
        let penerus = row.string("penerus");
        if !penerus.is_empty() && row.text("berakhir").is_empty() {
            row.wrong("penerus", "instansi ini belum berakhir", "isi tanggal berakhirnya atau kosongkan penerusnya");
        } else if !penerus.is_empty() && penerus == row.text("kode") {
            row.wrong("penerus", format!("{penerus} adalah instansi ini sendiri"), "tulis kode instansi lain");
        }
        Some(Instansi {
            id,
            kode: row.string("kode"),
            nama: row.string("nama"),
            singkatan: row.string("singkatan"),
            daerah: row.string("daerah"),
            kepala_daerah: row.string("kepala_daerah"),
            alamat: row.string("alamat"),
            telepon: row.string("telepon"),
            tempat: row.string("tempat"),
            penanda_tangan: row.string("penanda_tangan"),
            renstra_awal: year(row, "renstra_awal")?,
            renstra_akhir: year(row, "renstra_akhir")?,
            skala,
            visi: row.string("visi"),
            berakhir: row.date("berakhir"),
            penerus,
        })
    })
    .pop()
}

/// The scale that a row names; empty for none.
pub(super) fn known_scale(row: &mut Pembaca<'_>) -> Option<String> {
    let text = row.text("skala");
    if !text.is_empty() && Skala::find(text).is_none() {
        let known: Vec<&str> = scale::SCALES.iter().map(|s| s.kode).collect();
        row.wrong("skala", format!("\"{text}\" tidak dikenal"), format!("pilih {}", known.join(" atau ")));
        return None;
    }
    Some(text.to_owned())
}

/// A year that an office can have plans for.
pub(super) fn year(row: &mut Pembaca<'_>, kolom: &str) -> Option<Tahun> {
    let year: Tahun = row.whole(kolom)?;
    if !YEARS.contains(&year) {
        row.wrong(kolom, format!("{year} bukan tahun yang wajar"), "tulis tahun seperti 2021");
        return None;
    }
    Some(year)
}

pub(super) fn wordings(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Sebutan> {
    each(isian, "sebutan", masalah, |row| {
        Some(Sebutan {
            indikator: row.string("indikator"),
            dokumen: row.string("dokumen"),
            nama: row.string("nama"),
            satuan: row.string("satuan"),
        })
    })
}

pub(super) fn evidence(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Bukti> {
    each(isian, "bukti", masalah, |row| {
        let sha256 = row.string("sha256");
        if sha256.len() != 64 || !sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            row.wrong("sha256", "bukan SHA-256", "64 angka heksadesimal huruf kecil");
        }
        Some(Bukti {
            sha256,
            nama: row.string("nama"),
            jenis_isi: row.string("jenis_isi"),
            ukuran: row.whole("ukuran")?,
            keterangan: row.string("keterangan"),
        })
    })
}
