//! The units of one office beside each other, by the same criteria as offices.

use std::fmt;

use rust_decimal::Decimal;

use super::summary::punctuality;
use super::{Daerah, Kantor, Unsur, Waktu};
use crate::coverage::Cakupan;
use crate::duty::{Kemajuan, Petak, due, is_budget_line};
use crate::id::Kode;
use crate::measure::{Pengukuran, Rerata, Uang};
use crate::plan::Unit;
use crate::ranking::Peserta;
use crate::rekomendasi::KeadaanTindakLanjut;

/// A unit with what it answers for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KinerjaUnit<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// Mean achievement of its indicators.
    pub capaian: Rerata,
    /// Money of the budget lines in its charge.
    pub uang: Uang,
    /// How far its figures have come.
    pub kemajuan: Kemajuan,
    /// Its figures handed in in time, of those on which the verdict is in.
    pub tepat_waktu: Cakupan,
    /// Recommendations in its charge that are done, of those that can be done.
    pub tindak_lanjut: Cakupan,
}

/// Its name.
impl fmt::Display for KinerjaUnit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.unit.nama)
    }
}

impl KinerjaUnit<'_> {
    /// Its value by a criterion, 0 to 100; `None` where it is not known.
    pub fn value(&self, unsur: Unsur) -> Option<Decimal> {
        let value = match unsur {
            Unsur::Capaian => self.capaian.nilai.filter(|_| self.capaian.ada == self.capaian.dari),
            Unsur::Serapan => self.uang.absorption().ok(),
            Unsur::KetepatanWaktu => self.tepat_waktu.percent(),
            Unsur::Kelengkapan => self.kemajuan.entered().percent(),
            Unsur::MutuData => Cakupan { ada: self.kemajuan.diverifikasi, dari: self.kemajuan.terisi }.percent(),
            Unsur::TindakLanjut => self.tindak_lanjut.percent(),
        };
        value.map(|x| x.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED))
    }
}

/// Units that answer for something, as known on a day, in the order of the organisation.
pub fn units<'a>(hasil: &Pengukuran<'a>, waktu: Waktu<'_>) -> Vec<KinerjaUnit<'a>> {
    let potret = hasil.potret;
    let quarters = hasil.sampai.last_month() / 3;
    let places: Vec<Petak> = (1..=quarters).flat_map(|quarter| due(hasil, quarter)).collect();
    potret
        .unit
        .iter()
        .filter_map(|unit| {
            let kode = unit.kode.as_str();
            let own = hasil.indikator.iter().filter(|u| u.berlaku && potret.unit_of(u.indikator) == Some(kode));
            let lines = hasil
                .simpul
                .iter()
                .filter(|u| is_budget_line(hasil, u.simpul) && potret.unit_of_node(u.simpul) == Some(kode));
            let states =
                potret.rekomendasi.iter().filter(|r| r.unit.as_deref() == Some(kode)).map(|r| potret.state_of(&r.kode));
            let possible = states.filter(|keadaan| *keadaan != KeadaanTindakLanjut::TidakDapat);
            let places: Vec<&Petak> = places.iter().filter(|p| p.unit(potret) == Some(kode)).collect();
            let one = KinerjaUnit {
                unit,
                capaian: Rerata::of(own.map(|u| u.capaian.percent())),
                uang: lines.fold(Uang::default(), |sum, u| sum.plus(&u.uang)),
                kemajuan: Kemajuan::of(potret, places.iter().copied()),
                tepat_waktu: punctuality(hasil, &places, waktu),
                tindak_lanjut: Cakupan::count(possible.map(|keadaan| keadaan == KeadaanTindakLanjut::Selesai)),
            };
            let answers = one.capaian.dari > 0 || one.uang.is_known() || one.tindak_lanjut.dari > 0;
            answers.then_some(one)
        })
        .collect()
}

/// A unit in short: its value by everything that can count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NilaiUnit {
    /// Its code.
    pub kode: Kode,
    /// Its name.
    pub nama: String,
    nilai: [Option<Decimal>; Unsur::ALL.len()],
}

impl NilaiUnit {
    /// Of a unit.
    pub fn of(unit: &KinerjaUnit<'_>) -> Self {
        let nilai = Unsur::ALL.map(|unsur| unit.value(unsur));
        Self { kode: unit.unit.kode.clone(), nama: unit.unit.nama.clone(), nilai }
    }

    /// Its value by a criterion, 0 to 100; `None` where it is not known.
    pub fn value(&self, unsur: Unsur) -> Option<Decimal> {
        Unsur::ALL.iter().zip(self.nilai).find(|(u, _)| **u == unsur).and_then(|(_, x)| x)
    }
}

/// A unit among those of all offices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitKantor<'a> {
    /// Its office.
    pub kantor: &'a Kantor,
    /// The unit.
    pub unit: &'a NilaiUnit,
}

/// Its name and its office's.
impl fmt::Display for UnitKantor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.unit.nama, self.kantor.nama)
    }
}

impl Daerah {
    /// The units of all offices with their values by criterion, for [`rank`](crate::ranking::rank): first those of which every criterion
    /// is known, then the others. These have no rank: what is missing shall push nobody down, and nobody up either.
    pub fn unit_participants(
        &self,
        bobot: &[(Unsur, Decimal)],
    ) -> (Vec<Peserta<UnitKantor<'_>>>, Vec<Peserta<UnitKantor<'_>>>) {
        let all = self.known().flat_map(|(kantor, r)| r.unit.iter().map(move |unit| UnitKantor { kantor, unit }));
        let values = |u: &UnitKantor<'_>| bobot.iter().map(|(unsur, _)| u.unit.value(*unsur)).collect();
        let all = all.map(|subjek| Peserta { nilai: values(&subjek), subjek });
        all.partition(|p| p.subjek.kantor.reaches(self.sampai) && p.nilai.iter().all(Option::is_some))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use jiff::civil::date;
    use rust_decimal::dec;

    use super::*;
    use crate::measure::ukur;
    use crate::period::Periode;
    use crate::ranking::rank;
    use crate::region::formula;
    use crate::sheet::testing::assembled;

    #[test]
    fn units_are_ranked_by_what_they_answer_for() {
        let potret = assembled(&[
            (
                "unit",
                &["KD;;kepala;Dinas", "B1;KD;bidang;Pelatihan", "B2;KD;bidang;Penempatan", "B3;KD;bidang;Tanpa tugas"],
            ),
            (
                "rencana",
                &["S1;;sasaran;Sasaran;KD", "2.07.03;S1;program;Latihan;B1", "2.07.04;S1;program;Penempatan;B2"],
            ),
            (
                "indikator",
                &[
                    "p3;2.07.03;Lulus;org;bilangan;maksimal;terakhir",
                    "p4;2.07.04;Ditempatkan;org;bilangan;maksimal;terakhir",
                ],
            ),
            ("dokumen", &["dpa;dpa;0;DPA"]),
            ("target", &["p3;dpa;2021;100", "p4;dpa;2021;50"]),
            ("realisasi", &["p3;2021;;90;;;diverifikasi", "p4;2021;;;survei belum terbit"]),
            ("pagu", &["2.07.03;dpa;2021;1000", "2.07.04;dpa;2021;500"]),
            ("realisasi_anggaran", &["2.07.03;2021;800"]),
            ("rekomendasi", &["R1;;Terbitkan;;;B1", "R2;;Rinci;;;B1"]),
            ("putusan", &["R1;2021;evaluator;selesai"]),
        ]);
        let handed_in = HashMap::new();
        let hasil = ukur(&potret, Periode::Tahun(2021));
        let waktu = |hari_ini| Waktu { hari_ini, hari: |_| date(2022, 1, 14), pengajuan: &handed_in };
        let found = units(&hasil, waktu(date(2022, 2, 1)));
        let names: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["Pelatihan", "Penempatan"]);
        let bobot = [
            (Unsur::Capaian, dec!(40)),
            (Unsur::Serapan, dec!(20)),
            (Unsur::Kelengkapan, dec!(20)),
            (Unsur::TindakLanjut, dec!(20)),
        ];
        let values = |u: &KinerjaUnit<'_>| bobot.iter().map(|(unsur, _)| u.value(*unsur)).collect();
        let all = found.iter().map(|subjek| Peserta { nilai: values(subjek), subjek });
        let (complete, others): (Vec<_>, Vec<_>) = all.partition(|p| p.nilai.iter().all(Option::is_some));
        let formula = formula(&bobot).expect("100");
        let ranking = rank(&formula, &complete).expect("valid");
        // 40 x 90 + 20 x 80 + 20 x 100 + 20 x 50 = 8.200.
        assert_eq!((ranking.urutan[0].peserta.subjek.unit.kode.as_str(), ranking.urutan[0].skor), ("B1", dec!(82)));
        // The survey is not out, the spending not known: no rank, and not the last one.
        assert_eq!(others.len(), 1);
        assert_eq!((found[1].value(Unsur::Capaian), found[1].value(Unsur::Serapan)), (None, None));
        assert_eq!(found[0].value(Unsur::MutuData), Some(dec!(50)));
        // The year and its fourth quarter are due on 14 January 2022. B1: its indicator was handed in that day, its money is only a
        // draft. B2: nothing was handed in of one indicator and of the money of four quarters.
        let punctual =
            |found: &[KinerjaUnit<'_>]| [found[0].tepat_waktu, found[1].tepat_waktu].map(|c| (c.ada, c.dari));
        assert_eq!(punctual(&found), [(1, 2), (0, 5)]);
        assert_eq!(found[0].value(Unsur::KetepatanWaktu), Some(dec!(50)));
        // On that day only three quarters are late; before the first one nothing can be said.
        assert_eq!(punctual(&units(&hasil, waktu(date(2022, 1, 14)))), [(1, 1), (0, 3)]);
        let early = units(&hasil, waktu(date(2021, 4, 1)));
        assert_eq!((punctual(&early), early[1].value(Unsur::KetepatanWaktu)), ([(0, 0), (0, 0)], None));
    }
}
