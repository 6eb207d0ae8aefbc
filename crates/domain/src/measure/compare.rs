//! Comparison of an indicator with earlier years, the end of the plan and other regions (PermenPANRB 53/2014, analyses 1 to 4).

use rust_decimal::Decimal;

use super::{Capaian, Pengukuran, achievement};
use crate::figure::JenisAngka;
use crate::indicator::Indikator;
use crate::period::{Periode, Tahun};
use crate::value::Nilai;

/// One year of an indicator.
pub struct Setahun {
    /// The year.
    pub tahun: Tahun,
    /// Its target.
    pub target: Option<Nilai>,
    /// What was realised.
    pub realisasi: Nilai,
    /// Achievement.
    pub capaian: Capaian,
}

/// An indicator beside what it can be compared with.
pub struct Perbandingan {
    /// The years from the base year to the reported one.
    pub tahunan: Vec<Setahun>,
    /// Target of the plan's last year, and this year's realisation against it.
    pub akhir: Option<(Nilai, Capaian)>,
    /// Other regions' figures for the year: whose, value, own realisation minus theirs.
    pub wilayah: Vec<(String, Nilai, Option<Decimal>)>,
}

impl<'a> Pengukuran<'a> {
    /// Years of an indicator, `from` to `to`.
    pub fn years(&self, indikator: &'a Indikator, from: Tahun, to: Tahun) -> Vec<Setahun> {
        (from..=to)
            .map(|tahun| {
                let sampai = if tahun == self.sampai.tahun() { self.sampai } else { Periode::Tahun(tahun) };
                let u = self.at(indikator, sampai);
                Setahun { tahun, target: u.target.map(|t| t.nilai), realisasi: u.realisasi.nilai, capaian: u.capaian }
            })
            .collect()
    }

    /// Everything an indicator is compared with.
    pub fn comparison(&self, indikator: &'a Indikator) -> Perbandingan {
        let office = &self.potret.instansi;
        let this_year = self.at(indikator, self.sampai).realisasi.nilai;
        let end = Periode::Tahun(office.renstra_akhir);
        let akhir = self
            .index
            .target(&indikator.kode, end)
            .map(|(angka, _)| (angka.nilai.clone(), achievement(indikator, Some(&angka.nilai), &this_year)));
        let wilayah = self
            .index
            .of_indicator(&indikator.kode)
            .iter()
            .filter(|a| a.periode == Periode::Tahun(self.sampai.tahun()))
            .filter_map(|a| match &a.jenis {
                JenisAngka::Pembanding { wilayah } => {
                    let difference =
                        this_year.number().zip(a.nilai.number()).and_then(|(own, theirs)| own.checked_sub(theirs));
                    Some((wilayah.clone(), a.nilai.clone(), difference))
                }
                _ => None,
            })
            .collect();
        // The base year is the year before the plan begins.
        Perbandingan { tahunan: self.years(indikator, office.renstra_awal - 1, self.sampai.tahun()), akhir, wilayah }
    }
}
