//! Obstacles with their follow-up, and comments.

use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::period::Tahun;
use tolok_domain::remark::{Kendala, Komentar};
use tolok_domain::{Indikator, Periode, Potret};
use tolok_store::{Ctx, Galat, Hasil};
use uuid::Uuid;

use crate::edit::Catat;
use crate::{App, require};

/// Longest text of a remark, in characters.
pub(crate) const MAX_REMARK: usize = 2000;

/// What somebody writes about an indicator's period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IsiKendala {
    /// What stood in the way.
    pub kendala: String,
    /// Why.
    pub sebab: String,
    /// What is done about it.
    pub tindak_lanjut: String,
    /// What became of it.
    pub hasil: String,
}

impl App {
    /// Notes what stood in the way of an indicator in a period; all texts empty takes the note away.
    ///
    /// Permission: [`Hak::UbahRealisasi`] for the indicator's unit.
    pub async fn note_obstacle(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        indikator: &str,
        periode: Periode,
        isi: &IsiKendala,
    ) -> Hasil<i64> {
        require(ctx, Hak::UbahRealisasi)?;
        let lingkup = ctx.scope(Hak::UbahRealisasi);
        let texts = [&isi.kendala, &isi.sebab, &isi.tindak_lanjut, &isi.hasil];
        for text in texts {
            short_enough(text)?;
        }
        let [kendala, sebab, tindak_lanjut, hasil] = texts.map(|t| t.trim().to_owned());
        let new = Kendala { indikator: indikator.to_owned(), periode, kendala, sebab, tindak_lanjut, hasil };
        let empty = texts.iter().all(|t| t.trim().is_empty());
        self.edit(ctx, tahun, |potret| {
            let found = find(potret, indikator)?;
            covers(potret, found, &lingkup)?;
            let at = potret.kendala.iter().position(|k| k.indikator == new.indikator && k.periode == periode);
            match at.and_then(|at| potret.kendala.get_mut(at)) {
                Some(old) if !empty => old.clone_from(&new),
                None if !empty => potret.kendala.push(new.clone()),
                _ => potret.kendala.retain(|k| k.indikator != new.indikator || k.periode != periode),
            }
            Ok(Catat {
                tindakan: "catat kendala",
                sasaran: format!("{indikator} {periode}"),
                rincian: new.kendala.chars().take(120).collect(),
            })
        })
        .await
    }

    /// Writes a comment on an indicator's figures of a period.
    ///
    /// Permission: [`Hak::Komentar`].
    pub async fn comment(&self, ctx: &Ctx, tahun: Tahun, indikator: &str, periode: Periode, isi: &str) -> Hasil<i64> {
        require(ctx, Hak::Komentar)?;
        let isi = isi.trim();
        if isi.is_empty() {
            return Err(Galat::TidakSah("komentar masih kosong".to_owned()));
        }
        short_enough(isi)?;
        let kode = Uuid::now_v7().to_string();
        self.edit(ctx, tahun, |potret| {
            find(potret, indikator)?;
            potret.komentar.push(Komentar {
                kode: kode.clone(),
                indikator: indikator.to_owned(),
                periode,
                oleh: ctx.pelaku.clone(),
                waktu: ctx.waktu,
                isi: isi.to_owned(),
            });
            Ok(Catat {
                tindakan: "komentar",
                sasaran: format!("{indikator} {periode}"),
                rincian: isi.chars().take(120).collect(),
            })
        })
        .await
    }
}

/// Refuses a text that is too long.
pub(crate) fn short_enough(text: &str) -> Hasil<()> {
    if text.chars().count() > MAX_REMARK {
        return Err(Galat::TidakSah(format!("tulisan paling panjang {MAX_REMARK} huruf")));
    }
    Ok(())
}

/// The indicator of that code.
pub(crate) fn find<'a>(potret: &'a Potret, kode: &str) -> Hasil<&'a Indikator> {
    potret.indicator(kode).ok_or_else(|| Galat::TidakDitemukan(format!("indikator {kode}")))
}

/// Denies what another unit answers for.
pub(crate) fn covers(potret: &Potret, indikator: &Indikator, lingkup: &Lingkup) -> Hasil<()> {
    let unit = potret.unit_of(indikator);
    if lingkup.covers(potret.upwards(unit)) { Ok(()) } else { Err(Galat::Terlarang) }
}
