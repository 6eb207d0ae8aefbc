//! Rows of the two content tables: their hash, and their way to and from the domain.

use sha2::{Digest, Sha256};
use sqlx::FromRow;
use tolok_domain::figure::{Angka, Asal, JenisAngka, Keadaan, Subjek};
use tolok_domain::number::{Konteks, parse_value, write_value_plain};
use tolok_domain::{AngkaId, Nilai, TipeNilai};
use uuid::Uuid;

use crate::error::{Galat, Hasil};

/// A row of a sheet that is not a figure.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Butir {
    /// Year of the package it belongs to.
    pub tahun: i64,
    /// Its sheet.
    pub lembar: String,
    /// Its key in the sheet.
    pub kunci: String,
    /// Its place in the sheet.
    pub urut: i64,
    /// Its cells, as a JSON list of texts.
    pub isi: String,
}

/// A figure as a row.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct BarisAngka {
    /// Identity.
    pub angka_id: Uuid,
    /// "indikator" or "simpul".
    pub subjek_jenis: String,
    /// Code of the subject.
    pub subjek: String,
    /// Kind.
    pub jenis: String,
    /// Document version, variable or region, by kind; else empty.
    pub rincian: String,
    /// Period.
    pub periode: String,
    /// Type of the value; "belum" for one that is not known.
    pub tipe: String,
    /// The exact value as text, or the reason why there is none.
    pub nilai: String,
    /// Remark.
    pub keterangan: String,
    /// Place in the source; empty for what was typed in.
    pub asal: String,
    /// Evidence hashes, separated by spaces.
    pub bukti: String,
    /// State.
    pub keadaan: String,
}

/// Hash over parts, each with its length before it, so that no two lists of parts look alike.
pub(crate) fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

impl Butir {
    /// Hash of everything in the row.
    pub fn hash(&self) -> String {
        let (tahun, urut) = (self.tahun.to_string(), self.urut.to_string());
        digest(["butir", &tahun, &self.lembar, &self.kunci, &urut, &self.isi])
    }

    /// Its name in the ledger.
    pub(crate) fn name(&self) -> String {
        format!("butir {}/{}/{}", self.tahun, self.lembar, self.kunci)
    }
}

/// The word for a value that is not known, in the column of types.
const NOT_KNOWN: &str = "belum";

impl BarisAngka {
    /// From a figure.
    pub fn from_figure(angka: &Angka) -> Self {
        let (subjek_jenis, subjek) = match &angka.subjek {
            Subjek::Indikator(kode) => ("indikator", kode),
            Subjek::Simpul(kode) => ("simpul", kode),
        };
        let (jenis, rincian) = match &angka.jenis {
            JenisAngka::Target { dokumen } => ("target", dokumen.as_str()),
            JenisAngka::Pagu { dokumen } => ("pagu", dokumen.as_str()),
            JenisAngka::Realisasi => ("realisasi", ""),
            JenisAngka::Variabel { nama } => ("variabel", nama.as_str()),
            JenisAngka::RealisasiAnggaran => ("realisasi_anggaran", ""),
            JenisAngka::Pembanding { wilayah } => ("pembanding", wilayah.as_str()),
        };
        let (tipe, nilai) = match &angka.nilai {
            Nilai::BelumAda { alasan } => (NOT_KNOWN, alasan.clone()),
            known => (known.tipe().map_or(NOT_KNOWN, TipeNilai::as_str), write_value_plain(known)),
        };
        Self {
            angka_id: angka.id.0,
            subjek_jenis: subjek_jenis.to_owned(),
            subjek: subjek.clone(),
            jenis: jenis.to_owned(),
            rincian: rincian.to_owned(),
            periode: angka.periode.to_string(),
            tipe: tipe.to_owned(),
            nilai,
            keterangan: angka.keterangan.clone(),
            asal: match &angka.asal {
                Asal::Diketik => String::new(),
                Asal::Berkas { tempat } => tempat.clone(),
            },
            bukti: angka.bukti.join(" "),
            keadaan: angka.keadaan.as_str().to_owned(),
        }
    }

    /// As a figure, recorded by `oleh` at `dicatat`.
    pub(crate) fn to_figure(&self, oleh: String, dicatat: i64) -> Hasil<Angka> {
        let broken = |what: &str| Galat::unavailable(format!("angka {}: {what} tidak terbaca", self.angka_id));
        let subjek = match self.subjek_jenis.as_str() {
            "indikator" => Subjek::Indikator(self.subjek.clone()),
            "simpul" => Subjek::Simpul(self.subjek.clone()),
            _ => return Err(broken("subjek_jenis")),
        };
        let rincian = self.rincian.clone();
        let jenis = match self.jenis.as_str() {
            "target" => JenisAngka::Target { dokumen: rincian },
            "pagu" => JenisAngka::Pagu { dokumen: rincian },
            "realisasi" => JenisAngka::Realisasi,
            "variabel" => JenisAngka::Variabel { nama: rincian },
            "realisasi_anggaran" => JenisAngka::RealisasiAnggaran,
            "pembanding" => JenisAngka::Pembanding { wilayah: rincian },
            _ => return Err(broken("jenis")),
        };
        let nilai = if self.tipe == NOT_KNOWN {
            Nilai::BelumAda { alasan: self.nilai.clone() }
        } else {
            let tipe = TipeNilai::ALL.into_iter().find(|t| t.as_str() == self.tipe).ok_or_else(|| broken("tipe"))?;
            parse_value(&self.nilai, tipe, &Konteks::indonesia()).map_err(|_| broken("nilai"))?
        };
        Ok(Angka {
            id: AngkaId(self.angka_id),
            subjek,
            jenis,
            periode: self.periode.parse().map_err(|_| broken("periode"))?,
            nilai,
            keterangan: self.keterangan.clone(),
            asal: if self.asal.is_empty() { Asal::Diketik } else { Asal::Berkas { tempat: self.asal.clone() } },
            bukti: self.bukti.split_whitespace().map(str::to_owned).collect(),
            keadaan: Keadaan::ALL.into_iter().find(|k| k.as_str() == self.keadaan).ok_or_else(|| broken("keadaan"))?,
            oleh,
            dicatat,
        })
    }

    /// What tells figures apart: subject, kind and period. Of two with the same key the later one counts.
    pub fn key(&self) -> (String, String, String, String, String) {
        (self.subjek_jenis.clone(), self.subjek.clone(), self.jenis.clone(), self.rincian.clone(), self.periode.clone())
    }

    /// Whether another row says the same, identity aside.
    pub fn says_the_same(&self, other: &Self) -> bool {
        Self { angka_id: other.angka_id, ..self.clone() } == *other
    }

    /// Hash of everything in the row.
    pub fn hash(&self) -> String {
        let id = self.angka_id.to_string();
        digest([
            "angka",
            &id,
            &self.subjek_jenis,
            &self.subjek,
            &self.jenis,
            &self.rincian,
            &self.periode,
            &self.tipe,
            &self.nilai,
            &self.keterangan,
            &self.asal,
            &self.bukti,
            &self.keadaan,
        ])
    }

    /// Its name in the ledger.
    pub(crate) fn name(&self) -> String {
        let space = if self.rincian.is_empty() { "" } else { " " };
        format!("angka {}{space}{} {} {}", self.jenis, self.rincian, self.subjek, self.periode)
    }
}
