//! Ranking of the offices of a region: what counts, and by how much.

use rust_decimal::{Decimal, dec};

use super::{Daerah, Kantor};
use crate::coverage::Cakupan;
use crate::ranking::{Kriteria, Pembobotan, PembobotanTidakSah, Peserta};

/// What can count in the ranking of offices. Each value lies between 0 and 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unsur {
    /// Mean achievement of the key indicators, at most 100: more than the target does not make up for what others lack.
    Capaian,
    /// Absorption, at most 100.
    Serapan,
    /// Figures handed in in time, of those on which the verdict is in.
    KetepatanWaktu,
    /// Figures entered, of those that are asked for.
    Kelengkapan,
    /// Figures checked against their evidence, of those entered.
    MutuData,
    /// Recommendations done, of those that can be done.
    TindakLanjut,
}

/// Criteria with their weights.
///
/// No regulation sets a formula for comparing the offices of a region; this one is Tolok's own: achievement counts half, since it is what
/// SAKIP is about; money a fifth; the two that an office has wholly in its own hands the rest. A region that rewards and punishes by
/// the ranking sets its own weights, which may also count quality of data and follow-up.
pub const BOBOT: [(Unsur, Decimal); 4] = [
    (Unsur::Capaian, dec!(50)),
    (Unsur::Serapan, dec!(20)),
    (Unsur::KetepatanWaktu, dec!(15)),
    (Unsur::Kelengkapan, dec!(15)),
];

impl Unsur {
    /// Everything that can count.
    pub const ALL: [Self; 6] =
        [Self::Capaian, Self::Serapan, Self::KetepatanWaktu, Self::Kelengkapan, Self::MutuData, Self::TindakLanjut];

    /// The word in settings and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Capaian => "capaian",
            Self::Serapan => "serapan",
            Self::KetepatanWaktu => "ketepatan_waktu",
            Self::Kelengkapan => "kelengkapan",
            Self::MutuData => "mutu_data",
            Self::TindakLanjut => "tindak_lanjut",
        }
    }

    /// What counts under that word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|u| u.as_str() == word)
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Capaian => "Capaian IKU",
            Self::Serapan => "Serapan anggaran",
            Self::KetepatanWaktu => "Ketepatan waktu",
            Self::Kelengkapan => "Kelengkapan isian",
            Self::MutuData => "Mutu data",
            Self::TindakLanjut => "Tindak lanjut rekomendasi",
        }
    }

    /// The value of an office; `None` where it is not known.
    pub fn value(self, kantor: &Kantor) -> Option<Decimal> {
        let ringkasan = kantor.ringkasan.as_ref()?;
        let value = match self {
            Self::Capaian => kantor.achievement(),
            Self::Serapan => kantor.absorption(),
            Self::KetepatanWaktu => ringkasan.tepat_waktu.percent(),
            Self::Kelengkapan => ringkasan.kemajuan.entered().percent(),
            Self::MutuData => {
                let k = ringkasan.kemajuan;
                Cakupan { ada: k.diverifikasi, dari: k.terisi }.percent()
            }
            Self::TindakLanjut => ringkasan.tindak_lanjut.percent(),
        };
        value.map(|x| x.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED))
    }
}

/// The formula of these weights.
///
/// # Errors
/// Whatever [`Pembobotan::new`] finds wrong with them.
pub fn formula(bobot: &[(Unsur, Decimal)]) -> Result<Pembobotan, Vec<PembobotanTidakSah>> {
    let criterion = |(unsur, bobot): &(Unsur, Decimal)| Kriteria { nama: unsur.label().to_owned(), bobot: *bobot };
    Pembobotan::new(bobot.iter().map(criterion).collect())
}

impl Daerah {
    /// The offices with their values by criterion, for [`rank`](crate::ranking::rank): first those of which every criterion is known,
    /// then the others. These have no rank yet: what is missing shall push nobody down, and nobody up either by being left out. An office
    /// that ended before has none either: its part of the year is not held against whole years.
    pub fn participants(&self, bobot: &[(Unsur, Decimal)]) -> (Vec<Peserta<&Kantor>>, Vec<Peserta<&Kantor>>) {
        let values = |k: &Kantor| bobot.iter().map(|(unsur, _)| unsur.value(k)).collect();
        let all = self.kantor.iter().map(|k| Peserta { subjek: k, nilai: values(k) });
        all.partition(|p| p.subjek.reaches(self.sampai) && p.nilai.iter().all(Option::is_some))
    }
}
