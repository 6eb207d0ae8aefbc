//! Money beside performance of all offices, kept in short for each of them.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::coverage::Cakupan;
use crate::id::Kode;
use crate::measure::Pengukuran;
use crate::snapshot::Potret;
use crate::uang_kinerja::{check_proposals, compare};
use crate::value::Rupiah;

/// How money and performance do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Timpang {
    /// Money that promises nothing.
    TanpaKinerja,
    /// A promise without money.
    TanpaUang,
    /// The money is spent, the target missed.
    Habis,
    /// Asked for next year, and to be looked at beside this year's result.
    Usulan,
}

impl Timpang {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::TanpaKinerja, Self::TanpaUang, Self::Habis, Self::Usulan];

    /// The word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TanpaKinerja => "tanpa-kinerja",
            Self::TanpaUang => "tanpa-uang",
            Self::Habis => "habis",
            Self::Usulan => "usulan",
        }
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::TanpaKinerja => "Uang tanpa kinerja",
            Self::TanpaUang => "Kinerja tanpa uang",
            Self::Habis => "Uang habis, target tidak tercapai",
            Self::Usulan => "Usulan tahun depan",
        }
    }

    /// The kind of that word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == word)
    }
}

/// One line that is to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarisUang {
    /// What does not go together.
    pub jenis: Timpang,
    /// Code of the node, or of the indicator where it has no money.
    pub kode: Kode,
    /// Its name.
    pub nama: String,
    /// This year's ceiling, where there is one.
    pub pagu: Option<Rupiah>,
    /// Mean achievement in percent, where it is known and of concern.
    pub capaian: Option<Decimal>,
    /// Absorption in percent, where it is of concern.
    pub serapan: Option<Decimal>,
    /// What is asked for next year.
    pub usulan: Option<Rupiah>,
    /// What is to be looked at, in words.
    pub catatan: Vec<String>,
}

/// Money beside performance of one office, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RingkasUang {
    /// All lines, by kind.
    pub baris: Vec<BarisUang>,
    /// Nodes with a ceiling that promise something, of all with a ceiling.
    pub berkinerja: Cakupan,
    /// Indicators of programmes and below that have money, of all.
    pub beruang: Cakupan,
    /// Nodes of which achievement and absorption are known, of all with a ceiling.
    pub terbanding: Cakupan,
    /// Programmes of next year's plan; `None` where there is no such plan.
    pub usulan: Option<usize>,
}

/// One office of a region with its money beside its performance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UangKantor {
    /// Its code in addresses.
    pub kode: Kode,
    /// Its name.
    pub nama: String,
    /// In short; `None` where it has no data for the year.
    pub ringkasan: Option<Arc<RingkasUang>>,
}

impl RingkasUang {
    /// Of a measurement, and of next year's plan where there is one.
    pub fn of(hasil: &Pengukuran<'_>, depan: Option<&Potret>) -> Self {
        let found = compare(hasil);
        let plain = |jenis, kode: &str, nama: String| BarisUang {
            jenis,
            kode: kode.to_owned(),
            nama,
            pagu: None,
            capaian: None,
            serapan: None,
            usulan: None,
            catatan: Vec::new(),
        };
        let mut baris: Vec<BarisUang> = Vec::new();
        baris.extend(
            found.tanpa_kinerja.iter().map(|(s, pagu)| BarisUang {
                pagu: Some(*pagu),
                ..plain(Timpang::TanpaKinerja, &s.kode, s.calm_name())
            }),
        );
        baris.extend(found.tanpa_uang.iter().map(|i| plain(Timpang::TanpaUang, &i.kode, i.nama.clone())));
        baris.extend(found.habis.iter().map(|h| BarisUang {
            pagu: Some(h.pagu),
            capaian: Some(h.capaian),
            serapan: Some(h.serapan),
            ..plain(Timpang::Habis, &h.simpul.kode, h.simpul.calm_name())
        }));
        let proposals = depan.map(|depan| check_proposals(hasil, depan));
        baris.extend(proposals.iter().flatten().filter(|p| !p.catatan.is_empty()).map(|p| BarisUang {
            pagu: p.pagu,
            capaian: p.capaian,
            usulan: p.usulan,
            catatan: p.catatan.iter().map(crate::uang_kinerja::CatatanUsulan::text).collect(),
            ..plain(Timpang::Usulan, &p.simpul.kode, p.simpul.calm_name())
        }));
        Self {
            baris,
            berkinerja: found.berkinerja,
            beruang: found.beruang,
            terbanding: found.terbanding,
            usulan: proposals.map(|p| p.len()),
        }
    }

    /// Its lines of a kind.
    pub fn of_kind(&self, jenis: Timpang) -> impl Iterator<Item = &BarisUang> {
        self.baris.iter().filter(move |b| b.jenis == jenis)
    }

    /// How many lines of a kind there are, of those that could be checked; `None` where there is nothing to check against.
    pub fn share(&self, jenis: Timpang) -> Option<Cakupan> {
        let dari = match jenis {
            Timpang::TanpaKinerja => self.berkinerja.dari,
            Timpang::TanpaUang => self.beruang.dari,
            Timpang::Habis => self.terbanding.ada,
            Timpang::Usulan => self.usulan?,
        };
        Some(Cakupan { ada: self.of_kind(jenis).count(), dari })
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::measure::ukur;
    use crate::period::Periode;
    use crate::sheet::testing::assembled;

    #[test]
    fn an_office_is_kept_in_short_with_what_could_be_checked() {
        let potret = assembled(&[
            (
                "rencana",
                &[
                    "S1;;sasaran;Sasaran",
                    "2.07.03;S1;program;Latihan",
                    "2.07.04;S1;program;Penempatan",
                    "2.07.05;S1;program;Tanpa janji",
                ],
            ),
            (
                "indikator",
                &[
                    "p3;2.07.03;Lulus;org;bilangan;maksimal;jumlah",
                    "p4;2.07.04;Ditempatkan;org;bilangan;maksimal;jumlah",
                ],
            ),
            ("dokumen", &["dpa;dpa;0;DPA"]),
            ("target", &["p3;dpa;2021;100", "p4;dpa;2021;50"]),
            ("realisasi", &["p3;2021;;90"]),
            ("pagu", &["2.07.03;dpa;2021;1000", "2.07.05;dpa;2021;500"]),
            ("realisasi_anggaran", &["2.07.03;2021;990"]),
        ]);
        let found = RingkasUang::of(&ukur(&potret, Periode::Tahun(2021)), None);
        let told = |jenis| found.of_kind(jenis).map(|b| b.kode.as_str()).collect::<Vec<_>>();
        assert_eq!(told(Timpang::TanpaKinerja), ["2.07.05"]);
        assert_eq!(told(Timpang::TanpaUang), ["p4"]);
        let habis: Vec<_> = found.of_kind(Timpang::Habis).map(|b| (b.capaian, b.serapan)).collect();
        assert_eq!(habis, [(Some(dec!(90)), Some(dec!(99)))]);
        let shares: Vec<Option<String>> =
            Timpang::ALL.iter().map(|jenis| found.share(*jenis).map(|c| c.to_string())).collect();
        // Of two ceilings, two indicators, one node that can be compared; there is no plan for next year.
        assert_eq!(
            shares,
            [Some("1 dari 2".to_owned()), Some("1 dari 2".to_owned()), Some("1 dari 1".to_owned()), None]
        );
        for jenis in Timpang::ALL {
            assert_eq!(Timpang::find(jenis.as_str()), Some(jenis));
        }
    }
}
