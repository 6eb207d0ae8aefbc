//! Comparison of an indicator with earlier years, the end of the plan and other regions (PermenPANRB 53/2014, analyses 1 to 4).

use rust_decimal::Decimal;

use super::{Capaian, Pengukuran, TargetBerlaku, achievement};
use crate::figure::JenisAngka;
use crate::indicator::{Indikator, is_same_unit};
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
    /// The unit of its values: as the document that set the target words it.
    pub satuan: String,
    /// Whether that is the unit of the reported year. Where it is not, no rise or fall can be told, although each year has its achievement.
    pub sebanding: bool,
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
        let now = self.unit_in(indikator, self.at(indikator, self.sampai).target.as_ref());
        (from..=to)
            .map(|tahun| {
                let sampai = if tahun == self.sampai.tahun() { self.sampai } else { Periode::Tahun(tahun) };
                let u = self.at(indikator, sampai);
                let satuan = self.unit_in(indikator, u.target.as_ref());
                Setahun {
                    tahun,
                    target: u.target.map(|t| t.nilai),
                    realisasi: u.realisasi.nilai,
                    capaian: u.capaian,
                    satuan: satuan.to_owned(),
                    sebanding: is_same_unit(satuan, now),
                }
            })
            .collect()
    }

    /// The unit in which a target was set.
    fn unit_in(&self, indikator: &'a Indikator, target: Option<&TargetBerlaku<'a>>) -> &'a str {
        let document = target.and_then(|t| t.dokumen);
        let worded = document.map(|d| self.potret.wording(indikator, &d.kode).1).filter(|unit| !unit.is_empty());
        worded.unwrap_or(&indikator.satuan)
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

#[cfg(test)]
mod tests {
    use crate::document::JenisDokumen;
    use crate::figure::{Angka, JenisAngka};
    use crate::indicator::Sebutan;
    use crate::measure::ukur;
    use crate::period::Periode;
    use crate::snapshot::Potret;
    use crate::snapshot::testing::{document, figure, potret};

    /// Agreements of two years, the first with 60 of 80 and the second with 12 of 10.
    fn two_years() -> Potret {
        let mut potret = potret();
        potret.dokumen = vec![
            document("pk-2020", JenisDokumen::PerjanjianKinerja, 0),
            document("pk", JenisDokumen::PerjanjianKinerja, 0),
        ];
        for (dokumen, tahun, target, nilai) in [("pk-2020", "2020", "80", "60"), ("pk", "2021", "10", "12")] {
            potret.angka.push(figure("i2", dokumen, tahun, target));
            potret.angka.push(Angka { jenis: JenisAngka::Realisasi, ..figure("i2", "", tahun, nilai) });
        }
        potret
    }

    fn shown(potret: &Potret) -> Vec<String> {
        let hasil = ukur(potret, Periode::Tahun(2021));
        let years = hasil.years(potret.indicator("i2").expect("there"), 2020, 2021);
        years.iter().map(|y| format!("{} {} {}", y.satuan, y.capaian, y.sebanding)).collect()
    }

    #[test]
    fn c167_a_year_in_another_unit_is_not_compared() {
        let mut potret = two_years();
        assert_eq!(shown(&potret), ["org 75,00 true", "org 120,00 true"]);
        let said = |satuan: &str| Sebutan {
            indikator: "i2".to_owned(),
            dokumen: "pk-2020".to_owned(),
            nama: "Persentase orang dilatih".to_owned(),
            satuan: satuan.to_owned(),
        };
        potret.sebutan = vec![said("%")];
        assert_eq!(shown(&potret), ["% 75,00 false", "org 120,00 true"]);
        potret.sebutan = vec![said("Orang")];
        assert_eq!(shown(&potret)[0], "Orang 75,00 true", "only another spelling");
    }
}
