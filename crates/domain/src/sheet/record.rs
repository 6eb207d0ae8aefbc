//! Records of the plan that people add and change one by one: read from a row of texts, written as one. A form is such a row.

use super::plan::{each, known_scale, year};
use super::row::{Baris, Masalah, Pembaca};
use super::write::{opt, s};
use super::{Isian, Lembar, words};
use crate::document::Dokumen;
use crate::formula::Rumus;
use crate::indicator::{AturanNol, Indikator, MutuData};
use crate::number::write_plain;
use crate::plan::{Simpul, Unit};

/// A record that has a sheet of its own.
pub trait Rekam: Sized {
    /// Name of the sheet.
    const LEMBAR: &'static str;

    /// Reads it from a row; `None` when a cell is wrong, which the row then knows.
    fn read(row: &mut Pembaca<'_>) -> Option<Self>;

    /// A text per column of the sheet.
    fn cells(&self) -> Vec<String>;

    /// Reads it from texts in the order of the sheet's columns.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    fn parse(sel: &[String]) -> Result<Self, Vec<Masalah>> {
        let mut masalah = Vec::new();
        let baris = Baris { nomor: 1, sel: sel.to_vec() };
        let read = Lembar::find(Self::LEMBAR).and_then(|lembar| {
            let mut row = Pembaca::new(lembar, &baris, &mut masalah);
            Self::read(&mut row)
        });
        match read {
            Some(record) if masalah.is_empty() => Ok(record),
            _ => Err(masalah),
        }
    }
}

/// Every record of its sheet; rows with a problem are left out.
pub(super) fn all<T: Rekam>(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<T> {
    each(isian, T::LEMBAR, masalah, T::read)
}

impl Rekam for Unit {
    const LEMBAR: &'static str = "unit";

    fn read(row: &mut Pembaca<'_>) -> Option<Self> {
        Some(Self {
            kode: row.string("kode"),
            induk: row.optional("induk"),
            jenis: row.string("jenis"),
            nama: row.string("nama"),
            pejabat: row.string("pejabat"),
            berakhir: row.date("berakhir"),
        })
    }

    fn cells(&self) -> Vec<String> {
        vec![
            s(&self.kode),
            opt(self.induk.as_ref()),
            s(&self.jenis),
            s(&self.nama),
            s(&self.pejabat),
            s(&self.berakhir),
        ]
    }
}

impl Rekam for Dokumen {
    const LEMBAR: &'static str = "dokumen";

    fn read(row: &mut Pembaca<'_>) -> Option<Self> {
        Some(Self {
            kode: row.string("kode"),
            jenis: row.choice("jenis", &words::document_kinds())?,
            versi: row.whole("versi")?,
            judul: row.string("judul"),
            nomor: row.string("nomor"),
            tanggal: row.date("tanggal"),
            keterangan: row.string("keterangan"),
        })
    }

    fn cells(&self) -> Vec<String> {
        vec![
            s(&self.kode),
            s(self.jenis.as_str()),
            s(self.versi),
            s(&self.judul),
            s(&self.nomor),
            s(&self.tanggal),
            s(&self.keterangan),
        ]
    }
}

impl Rekam for Simpul {
    const LEMBAR: &'static str = "rencana";

    fn read(row: &mut Pembaca<'_>) -> Option<Self> {
        Some(Self {
            kode: row.string("kode"),
            induk: row.optional("induk"),
            jenis: row.choice("jenis", &words::node_kinds())?,
            nama: row.string("nama"),
            unit: row.optional("unit"),
            urusan: row.string("urusan"),
            mendukung: row.optional("mendukung"),
        })
    }

    fn cells(&self) -> Vec<String> {
        vec![
            s(&self.kode),
            opt(self.induk.as_ref()),
            s(self.jenis.as_str()),
            s(&self.nama),
            opt(self.unit.as_ref()),
            s(&self.urusan),
            opt(self.mendukung.as_ref()),
        ]
    }
}

impl Rekam for Indikator {
    const LEMBAR: &'static str = "indikator";

    fn read(row: &mut Pembaca<'_>) -> Option<Self> {
        let rumus = row.string("rumus");
        if !rumus.is_empty() {
            row.parse("rumus", Rumus::parse);
        }
        let zero = [("", AturanNol::TidakDinilai), ("nol_tercapai", AturanNol::NolTercapai)];
        let berakhir = if row.text("berakhir").is_empty() { None } else { Some(year(row, "berakhir")?) };
        let penerus = row.optional("penerus");
        if penerus.is_some() && berakhir.is_none() {
            row.wrong("penerus", "indikator ini belum berakhir", "isi tahun berakhirnya atau kosongkan penerusnya");
        }
        Some(Self {
            kode: row.string("kode"),
            simpul: row.string("simpul"),
            nama: row.string("nama"),
            satuan: row.string("satuan"),
            tipe: row.choice("tipe", &words::value_types())?,
            arah: row.parse("arah", words::read_direction)?,
            akumulasi: row.choice("akumulasi", &words::accumulations())?,
            rumus,
            cara_ukur: row.string("cara_ukur"),
            batas: row.number("batas"),
            aturan_nol: row.choice("aturan_nol", &zero)?,
            iku: row.choice("iku", &[("", false), ("ya", true)])?,
            definisi: row.string("definisi"),
            sumber_data: row.string("sumber_data"),
            unit: row.optional("unit"),
            frekuensi: row.string("frekuensi"),
            bukti: row.string("bukti"),
            skala: known_scale(row)?,
            mutu: MutuData {
                verifikasi: row.string("mutu_verifikasi"),
                sumber: row.string("mutu_sumber"),
                ketelitian: row.string("mutu_ketelitian"),
                keterbatasan: row.string("mutu_keterbatasan"),
                penanganan: row.string("mutu_penanganan"),
            },
            berakhir,
            penerus,
        })
    }

    fn cells(&self) -> Vec<String> {
        vec![
            s(&self.kode),
            s(&self.simpul),
            s(&self.nama),
            s(&self.satuan),
            s(self.tipe.as_str()),
            words::write_direction(self.arah),
            s(self.akumulasi.as_str()),
            s(&self.rumus),
            s(&self.cara_ukur),
            self.batas.map_or_else(String::new, write_plain),
            s(if self.aturan_nol == AturanNol::NolTercapai { "nol_tercapai" } else { "" }),
            s(if self.iku { "ya" } else { "" }),
            s(&self.definisi),
            s(&self.sumber_data),
            opt(self.unit.as_ref()),
            s(&self.frekuensi),
            s(&self.bukti),
            s(&self.skala),
            s(&self.mutu.verifikasi),
            s(&self.mutu.sumber),
            s(&self.mutu.ketelitian),
            s(&self.mutu.keterbatasan),
            s(&self.mutu.penanganan),
            self.berakhir.map_or_else(String::new, s),
            opt(self.penerus.as_ref()),
        ]
    }
}
