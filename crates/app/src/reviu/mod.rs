//! Reviu: findings of an office's data or of its files, what people decided about them, and what is published with the list of that day.

mod files;
mod paper;
mod publish;

use std::sync::Arc;

use tolok_domain::access::Hak;
use tolok_domain::number::write_decimal;
use tolok_domain::period::Tahun;
use tolok_domain::publication::{JumlahTemuan, PutusanTemuan};
use tolok_domain::{Pengukuran, Periode, Potret, ukur};
use tolok_review::{Keparahan, Tempat, Temuan, reviu, reviu_kalimat};
use tolok_store::{Ctx, Galat, Hasil};

use crate::edit::Catat;
use crate::remark::short_enough;
use crate::{App, Termuat, require};

pub use files::{BerkasReviu, HasilBerkas, MAX_FILES};
pub use paper::working_paper;
pub use publish::Terbitkan;

/// A finding with what somebody decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemuanDinilai {
    /// The finding.
    pub temuan: Temuan,
    /// Who accepted it and why, where the values are still those that were looked at.
    pub putusan: Option<PutusanTemuan>,
}

impl TemuanDinilai {
    /// Whether it is an error that nobody has accepted.
    pub fn is_open_error(&self) -> bool {
        self.temuan.keparahan == Keparahan::Kesalahan && self.putusan.is_none()
    }
}

/// The findings of a snapshot: of its data, or of the words of its report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DaftarTemuan {
    /// The most serious first, those that explain others before them.
    pub temuan: Vec<TemuanDinilai>,
}

impl DaftarTemuan {
    /// Reviews a snapshot.
    pub fn of(potret: &Potret) -> Self {
        Self::measured(&ukur(potret, Periode::Tahun(potret.tahun)))
    }

    /// Reviews a snapshot that was measured up to the end of its year.
    pub fn measured(hasil: &Pengukuran<'_>) -> Self {
        Self::judged(hasil.potret, reviu(hasil))
    }

    /// Reviews the words of the report that is composed from a snapshot; nothing is found while it cannot be composed.
    pub fn of_words(potret: &Potret) -> Self {
        Self::judged(potret, words(potret))
    }

    fn judged(potret: &Potret, found: Vec<Temuan>) -> Self {
        let judge = |temuan: Temuan| {
            let (tempat, nilai) = (place_of(&temuan), values_of(&temuan));
            let about = |p: &&PutusanTemuan| p.aturan == temuan.aturan.kode && p.tempat == tempat && p.nilai == nilai;
            let putusan = potret.putusan_temuan.iter().find(about).cloned();
            TemuanDinilai { temuan, putusan }
        };
        Self { temuan: found.into_iter().map(judge).collect() }
    }

    /// Both lists as one.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.temuan.extend(other.temuan);
        self
    }

    /// How many they are; what was accepted counts as accepted only.
    pub fn count(&self) -> JumlahTemuan {
        let mut sum = JumlahTemuan::default();
        for t in &self.temuan {
            let place = match (t.putusan.is_some(), t.temuan.keparahan) {
                (true, _) => &mut sum.diterima,
                (_, Keparahan::Kesalahan) => &mut sum.kesalahan,
                (_, Keparahan::Peringatan) => &mut sum.peringatan,
                (_, Keparahan::Info) => &mut sum.info,
            };
            *place += 1;
        }
        sum
    }

    /// What an earlier list holds and this one does not: it was mended since.
    pub fn mended_since<'a>(&self, earlier: &'a Self) -> Vec<&'a Temuan> {
        let still = |old: &Temuan| {
            let same = |new: &TemuanDinilai| {
                new.temuan.aturan.kode == old.aturan.kode && place_of(&new.temuan) == place_of(old)
            };
            self.temuan.iter().any(same)
        };
        earlier.temuan.iter().map(|t| &t.temuan).filter(|old| !still(old)).collect()
    }

    /// The findings about an indicator or a plan node of that code.
    pub fn about<'a>(&'a self, kode: &'a str) -> impl Iterator<Item = &'a TemuanDinilai> {
        self.temuan.iter().filter(move |t| {
            t.temuan.sides().any(|s| matches!(&s.tempat, Tempat::Indikator(k) | Tempat::Simpul(k) if k == kode))
        })
    }

    /// What was decided about a finding, in words; empty where nothing was.
    pub fn answer(&self, temuan: &Temuan) -> String {
        let decided = self.temuan.iter().find(|t| t.temuan == *temuan).and_then(|t| t.putusan.as_ref());
        decided.map(|p| format!("Diterima oleh {}: {}", p.oleh, p.alasan)).unwrap_or_default()
    }
}

fn words(potret: &Potret) -> Vec<Temuan> {
    publish::own_report(potret).as_ref().map(reviu_kalimat).unwrap_or_default()
}

/// Both places of a finding as one text: with the rule, what tells it from others.
pub fn place_of(t: &Temuan) -> String {
    let places: Vec<String> = t.sides().map(|s| format!("{} {}", s.tempat, s.hal).trim().to_owned()).collect();
    places.join(" | ")
}

/// The difference as a reader sees it: four decimals at most, the exact one stays in the finding. Empty where there is none.
pub fn difference_of(t: &Temuan) -> String {
    t.selisih.map(|x| write_decimal(x.round_dp(4).normalize(), None)).unwrap_or_default()
}

/// Both values as one text.
pub fn values_of(t: &Temuan) -> String {
    let values: Vec<&str> = t.sides().map(|s| s.nilai.as_str()).collect();
    values.join(" | ")
}

impl App {
    /// Everything that does not add up in a year's data.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn findings(&self, ctx: &Ctx, tahun: Tahun) -> Hasil<DaftarTemuan> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        Ok(DaftarTemuan::of(&loaded.potret))
    }

    /// What does not add up in the words of the year's report.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn report_findings(&self, ctx: &Ctx, tahun: Tahun) -> Hasil<DaftarTemuan> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        self.word_findings(&loaded).await
    }

    /// The same of a snapshot that is loaded already.
    pub(crate) async fn word_findings(&self, loaded: &Arc<Termuat>) -> Hasil<DaftarTemuan> {
        let found = match self.cache.words(loaded) {
            Some(found) => found,
            None => {
                let of = Arc::clone(loaded);
                let made = tokio::task::spawn_blocking(move || words(&of.potret));
                let found = Arc::new(made.await.map_err(Galat::unavailable)?);
                self.cache.keep_words(loaded, &found);
                found
            }
        };
        Ok(DaftarTemuan::judged(&loaded.potret, found.to_vec()))
    }

    /// Accepts a finding with a reason, or, with an empty one, opens it again. `nilai` are the values that the user saw: when they have
    /// changed, the finding is looked at again first.
    ///
    /// Permission: [`Hak::PutuskanTemuan`].
    pub async fn decide_finding(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        aturan: &str,
        tempat: &str,
        nilai: &str,
        alasan: &str,
    ) -> Hasil<i64> {
        require(ctx, Hak::PutuskanTemuan)?;
        short_enough(alasan)?;
        let alasan = alasan.trim();
        self.edit(ctx, tahun, |potret| {
            let there = |list: DaftarTemuan| -> Vec<TemuanDinilai> {
                let same = |t: &TemuanDinilai| t.temuan.aturan.kode == aturan && place_of(&t.temuan) == tempat;
                list.temuan.into_iter().filter(same).collect()
            };
            let mut found = there(DaftarTemuan::of(potret));
            if found.is_empty() {
                found = there(DaftarTemuan::of_words(potret));
            }
            if found.is_empty() {
                return Err(Galat::TidakDitemukan(format!("temuan {aturan}")));
            }
            // A passage may break one rule more than once; its values tell which is meant.
            let meant = found.iter().find(|t| values_of(&t.temuan) == nilai).ok_or(Galat::Bentrok)?;
            let still = |p: &PutusanTemuan| found.iter().any(|t| values_of(&t.temuan) == p.nilai);
            potret.putusan_temuan.retain(|p| p.aturan != aturan || p.tempat != tempat || p.nilai != nilai && still(p));
            if !alasan.is_empty() {
                potret.putusan_temuan.push(PutusanTemuan {
                    aturan: aturan.to_owned(),
                    tempat: tempat.to_owned(),
                    nilai: nilai.to_owned(),
                    judul: meant.temuan.judul.clone(),
                    alasan: alasan.to_owned(),
                    oleh: ctx.pelaku.clone(),
                    waktu: ctx.waktu,
                });
            }
            let tindakan = if alasan.is_empty() { "buka lagi temuan" } else { "terima temuan" };
            Ok(Catat { tindakan, sasaran: format!("{aturan} {tempat}"), rincian: alasan.chars().take(120).collect() })
        })
        .await
    }
}
