//! By which weights a region ranks its offices and units: Tolok's own until the region sets others.

use tolok_domain::Decimal;
use tolok_domain::access::Hak;
use tolok_domain::number::{Isi, Konteks, read};
use tolok_domain::region::{BOBOT, Unsur, formula};
use tolok_store::{BobotTersimpan, Ctx, Galat, Hasil};

use super::invalid;
use crate::{App, require};

/// The weights that hold, and where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BobotDaerah {
    /// Criteria with their weights.
    pub bobot: Vec<(Unsur, Decimal)>,
    /// The region that may set them; `None` where the user looks at offices of several regions.
    pub daerah: Option<String>,
    /// Each time that the region set weights, the latest first; empty where it set none, and Tolok's own hold.
    pub riwayat: Vec<BobotTersimpan>,
}

impl BobotDaerah {
    /// How many times the region has set weights: a form carries it, so that nobody overwrites what he has not seen.
    pub fn nomor(&self) -> i64 {
        self.riwayat.first().map_or(0, |b| b.nomor)
    }
}

impl App {
    /// The weights by which the offices are ranked, at the moment that is looked at.
    ///
    /// Permission: [`Hak::LihatDaerah`] in each office.
    pub async fn ranking_weights(&self, kantor: &[(String, Ctx)]) -> Hasil<BobotDaerah> {
        let Some((_, first)) = kantor.first() else { return Err(Galat::Terlarang) };
        kantor.iter().try_for_each(|(_, ctx)| require(ctx, Hak::LihatDaerah))?;
        let own = || BOBOT.to_vec();
        let Some(daerah) = self.only_region(kantor).await? else {
            return Ok(BobotDaerah { bobot: own(), daerah: None, riwayat: Vec::new() });
        };
        let riwayat = self.store.find_weights(&daerah, first.waktu).await?;
        let bobot = riwayat.first().map_or_else(|| Ok(own()), stored)?;
        Ok(BobotDaerah { bobot, daerah: Some(daerah), riwayat })
    }

    /// Sets the weights of the region, as they were typed, from now on. `dilihat`: [`BobotDaerah::nomor`] of what the user saw.
    ///
    /// Permission: [`Hak::TetapkanBobot`] in each office.
    ///
    /// # Errors
    /// Everything that is wrong with the weights; a conflict where somebody else has set weights since.
    pub async fn adopt_weights(
        &self,
        kantor: &[(String, Ctx)],
        diketik: &[(Unsur, String)],
        dilihat: i64,
    ) -> Hasil<()> {
        let Some((_, first)) = kantor.first() else { return Err(Galat::Terlarang) };
        kantor.iter().try_for_each(|(_, ctx)| require(ctx, Hak::TetapkanBobot))?;
        let several =
            || Galat::TidakSah("Anda melihat beberapa daerah; bobot ditetapkan oleh akun dari satu daerah".to_owned());
        let daerah = self.only_region(kantor).await?.ok_or_else(several)?;
        let bobot = typed_weights(diketik).map_err(|faults| invalid(&faults))?;
        formula(&bobot).map_err(|faults| invalid(&faults))?;
        let held = self.store.find_weights(&daerah, first.waktu).await?;
        if held.first().map_or(0, |b| b.nomor) != dilihat {
            return Err(Galat::Bentrok);
        }
        let words = |(unsur, bobot): &(Unsur, Decimal)| (unsur.as_str().to_owned(), bobot.normalize().to_string());
        let isi = bobot.iter().map(words).collect();
        let baru = BobotTersimpan { nomor: dilihat + 1, isi, oleh: first.pelaku.clone(), waktu: first.waktu };
        self.store.create_weights(&daerah, &baru).await
    }

    /// The region of the offices, where it is one.
    async fn only_region(&self, kantor: &[(String, Ctx)]) -> Hasil<Option<String>> {
        let contexts: Vec<&Ctx> = kantor.iter().map(|(_, ctx)| ctx).collect();
        let kenal = self.identify(&contexts).await?;
        let first = kenal.first().map(|k| k.daerah.clone()).filter(|d| !d.is_empty());
        Ok(first.filter(|d| kenal.iter().all(|k| k.daerah == *d)))
    }
}

/// Weights as they were typed, by criterion; an empty field leaves its criterion out.
///
/// # Errors
/// Each field that is no number, in a sentence.
pub fn typed_weights(diketik: &[(Unsur, String)]) -> Result<Vec<(Unsur, Decimal)>, Vec<String>> {
    let mut faults = Vec::new();
    let mut bobot = Vec::new();
    for (unsur, text) in diketik {
        let text = text.trim();
        if text.is_empty() || text == "0" {
            continue;
        }
        match read(text, &Konteks::indonesia()).map(|r| r.isi) {
            Ok(Isi::Bilangan(x)) => bobot.push((*unsur, x)),
            _ => faults.push(format!("bobot {}: \"{text}\" bukan bilangan; tulis misalnya 12,5", unsur.label())),
        }
    }
    if faults.is_empty() { Ok(bobot) } else { Err(faults) }
}

fn stored(bobot: &BobotTersimpan) -> Hasil<Vec<(Unsur, Decimal)>> {
    let wrong = |unsur: &str| Galat::unavailable(format!("bobot {} unsur {unsur}", bobot.nomor));
    let pair = |(unsur, text): &(String, String)| {
        let found = Unsur::find(unsur).zip(text.parse().ok());
        found.ok_or_else(|| wrong(unsur))
    };
    bobot.isi.iter().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn what_is_typed_is_read_or_told_by_its_field() {
        let typed = |texts: &[(Unsur, &str)]| {
            let texts: Vec<_> = texts.iter().map(|(unsur, text)| (*unsur, (*text).to_owned())).collect();
            typed_weights(&texts)
        };
        let found = typed(&[
            (Unsur::Capaian, "62,5"),
            (Unsur::Serapan, " 37,5 "),
            (Unsur::Kelengkapan, "0"),
            (Unsur::MutuData, ""),
        ]);
        assert_eq!(found, Ok(vec![(Unsur::Capaian, dec!(62.5)), (Unsur::Serapan, dec!(37.5))]));
        let faults = typed(&[(Unsur::Capaian, "100"), (Unsur::MutuData, "banyak")]).expect_err("no number");
        assert_eq!(faults, ["bobot Mutu data: \"banyak\" bukan bilangan; tulis misalnya 12,5"]);
    }
}
