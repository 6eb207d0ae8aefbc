//! Rencana Aksi: how the year's targets are to be reached, step by step (PermenPANRB 53/2014; ).
//!
//! Targets of parts of the year are figures of a document of kind Rencana Aksi, as is the cash plan: ceilings by period. Steps
//! are the work behind them. The checks here say whether the parts make the whole; what is missing is never taken for zero.

mod cash;
mod cost;
mod frequency;
mod split;
mod target;

use rust_decimal::Decimal;

pub use cash::{AnggaranKas, Kas, KasPeriode, check_cash};
pub use cost::{KurangLangkah, PeriksaBiaya, check_costs};
pub use split::propose;
pub use target::{PeriksaTarget, check_target, check_targets};

use crate::coverage::Cakupan;
use crate::document::{Dokumen, JenisDokumen};
use crate::id::Kode;
use crate::period::Periode;
use crate::snapshot::Potret;
use crate::value::Rupiah;

/// One step towards an indicator's target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Langkah {
    /// Its code within office and year.
    pub kode: Kode,
    /// The indicator that it serves.
    pub indikator: Kode,
    /// What is done.
    pub uraian: String,
    /// The sub-activity (or other budget line) that pays for it.
    pub simpul: Option<Kode>,
    /// When.
    pub periode: Periode,
    /// What comes out of it, with its unit ("2 dokumen").
    pub keluaran: String,
    /// What it costs; zero where it costs nothing, none where nobody has said.
    pub rupiah: Option<Rupiah>,
    /// The unit that does it.
    pub unit: Option<Kode>,
}

/// How parts compare with the whole that they should make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kecocokan {
    /// They make it exactly.
    Sama,
    /// They make something else: parts minus whole, none where such values have no difference (grades, ranges).
    Beda(Option<Decimal>),
    /// Not all parts are known.
    BelumLengkap(Cakupan),
    /// The whole is not known.
    TanpaAcuan,
}

impl Kecocokan {
    /// Whether the parts are more than the whole.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Beda(Some(selisih)) if selisih > Decimal::ZERO)
    }
}

impl Potret {
    /// The action plan in force: its latest version.
    pub fn action_plan(&self) -> Option<&Dokumen> {
        self.dokumen.iter().filter(|d| d.jenis == JenisDokumen::RencanaAksi).max_by_key(|d| d.versi)
    }

    /// Steps of an indicator, in order.
    pub fn steps_of<'a>(&'a self, indikator: &'a str) -> impl Iterator<Item = &'a Langkah> {
        self.langkah.iter().filter(move |l| l.indikator == indikator)
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! A small office for the tests of this module: indicator `i`, kegiatan `k` with sub kegiatan `k.1` to `k.3`, budget `dpa`,
    //! action plan `aksi`.

    use super::*;
    use crate::figure::{Angka, Asal, JenisAngka, Keadaan, Subjek};
    use crate::id::{AngkaId, InstansiId};
    use crate::indicator::{Arah, Indikator};
    use crate::measure::testing::indicator;
    use crate::plan::{JenisSimpul, Simpul};
    use crate::sheet::{Baris, Isian, assemble};
    use crate::value::Nilai;

    pub fn office() -> Potret {
        let row = "tes;Dinas;Dinas;Kota;Walikota;;;Kota;Kepala Dinas;2019;2023;permendagri-86-2017";
        let sel = row.split(';').map(str::to_owned).collect();
        let isian = Isian::from([("instansi", vec![Baris { nomor: 2, sel }])]);
        let (potret, faults) = assemble(InstansiId::new(), 2021, &isian, Vec::new());
        let mut potret = potret.unwrap_or_else(|| panic!("{faults:?}"));
        let node = |kode: &str, induk: Option<&str>, jenis| Simpul {
            kode: kode.to_owned(),
            induk: induk.map(str::to_owned),
            jenis,
            nama: kode.to_owned(),
            unit: None,
            urusan: String::new(),
            mendukung: None,
        };
        potret.simpul = vec![node("s", None, JenisSimpul::Sasaran), node("k", Some("s"), JenisSimpul::Kegiatan)];
        potret.simpul.extend(["k.1", "k.2", "k.3"].map(|kode| node(kode, Some("k"), JenisSimpul::SubKegiatan)));
        potret.indikator = vec![Indikator { simpul: "s".to_owned(), ..indicator(Arah::Maksimal) }];
        potret.dokumen = vec![document("dpa", JenisDokumen::Dpa, 0, "DPA 2021"), plan("aksi", 0)];
        potret
    }

    fn document(kode: &str, jenis: JenisDokumen, versi: u8, judul: &str) -> Dokumen {
        Dokumen {
            kode: kode.to_owned(),
            jenis,
            versi,
            judul: judul.to_owned(),
            nomor: String::new(),
            tanggal: String::new(),
            keterangan: String::new(),
        }
    }

    pub fn plan(kode: &str, versi: u8) -> Dokumen {
        document(kode, JenisDokumen::RencanaAksi, versi, "Rencana Aksi 2021")
    }

    fn figure(subjek: Subjek, jenis: JenisAngka, periode: &str, nilai: Nilai) -> Angka {
        Angka {
            id: AngkaId::new(),
            subjek,
            jenis,
            periode: periode.parse().expect("period"),
            nilai,
            keterangan: String::new(),
            asal: Asal::Diketik,
            bukti: Vec::new(),
            keadaan: Keadaan::Dikunci,
            oleh: String::new(),
            dicatat: 0,
        }
    }

    pub fn target(kode: &str, dokumen: &str, periode: &str, nilai: Nilai) -> Angka {
        let jenis = JenisAngka::Target { dokumen: dokumen.to_owned() };
        figure(Subjek::Indikator(kode.to_owned()), jenis, periode, nilai)
    }

    pub fn ceiling(kode: &str, dokumen: &str, periode: &str, rupiah: i64) -> Angka {
        let jenis = JenisAngka::Pagu { dokumen: dokumen.to_owned() };
        let nilai = Nilai::Uang(Rupiah::from_rupiah(rupiah).expect("small"));
        figure(Subjek::Simpul(kode.to_owned()), jenis, periode, nilai)
    }

    pub fn step(indikator: &str) -> Langkah {
        Langkah {
            kode: "L1".to_owned(),
            indikator: indikator.to_owned(),
            uraian: "Menyusun".to_owned(),
            simpul: None,
            periode: Periode::Triwulan(2021, 1),
            keluaran: String::new(),
            rupiah: None,
            unit: None,
        }
    }
}
