//! Changing what an unsigned agreement holds, and taking it away.

use std::collections::HashSet;

use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::agreement::{JenisIsi, Perjanjian};
use tolok_domain::figure::Asal;
use tolok_domain::period::Tahun;
use tolok_store::{Ctx, Galat, Hasil};

use super::{COPIED, Isi, content_of, copy_figures, drop_figures, held_by_others, read_day, seen, set_content};
use crate::edit::Catat;
use crate::{App, require};

/// What an agreement is to hold.
#[derive(Debug, Clone, Default)]
pub struct UbahPerjanjian {
    /// Its date, ISO text; empty while not set.
    pub tanggal: String,
    /// Codes of the indicators that are promised.
    pub indikator: Vec<String>,
    /// Codes of the nodes whose money is listed.
    pub simpul: Vec<String>,
    /// Whether targets and money are to be taken anew from the plan; those that somebody has signed stay.
    pub segarkan: bool,
    /// The mark of the agreement that the user saw.
    pub dilihat: String,
}

impl App {
    /// Changes date and content of an agreement that nobody has signed.
    ///
    /// Permission: [`Hak::UbahRencana`] for its unit.
    pub async fn change_agreement(&self, ctx: &Ctx, tahun: Tahun, kode: &str, input: &UbahPerjanjian) -> Hasil<i64> {
        require(ctx, Hak::UbahRencana)?;
        let lingkup = ctx.scope(Hak::UbahRencana);
        let day = read_day(&input.tanggal, tahun, "tanggal perjanjian")?;
        self.edit(ctx, tahun, |potret| {
            let old = seen(potret, kode, &input.dilihat, &lingkup)?;
            unsigned_only(&old)?;
            let before = content_of(potret, kode);
            let after = chosen(potret, input)?;
            if let Some(p) = potret.perjanjian.iter_mut().find(|p| p.kode == kode) {
                p.tanggal = day.map(|d| d.to_string()).unwrap_or_default();
            }
            set_content(potret, kode, &after);
            copy_figures(potret, ctx, &old.dokumen, &after, false)?;
            if input.segarkan {
                let signed = held_by_others(potret, &old.dokumen, kode, true);
                let free: Vec<Isi> = after.iter().filter(|what| !signed.contains(*what)).cloned().collect();
                copy_figures(potret, ctx, &old.dokumen, &free, true)?;
            }
            let kept: HashSet<&Isi> = after.iter().collect();
            let gone: Vec<Isi> = before.iter().filter(|what| !kept.contains(what)).cloned().collect();
            drop_figures(potret, &old.dokumen, &gone, |_| true);
            let count = |jenis| after.iter().filter(|(j, _)| *j == jenis).count();
            Ok(Catat {
                tindakan: "ubah perjanjian",
                sasaran: kode.to_owned(),
                rincian: format!("{} indikator, {} anggaran", count(JenisIsi::Indikator), count(JenisIsi::Simpul)),
            })
        })
        .await
    }

    /// Takes an agreement away that nobody has signed, with the targets and money that were copied for it.
    ///
    /// Permission: [`Hak::UbahRencana`] for its unit.
    pub async fn delete_agreement(&self, ctx: &Ctx, tahun: Tahun, kode: &str, dilihat: &str) -> Hasil<i64> {
        require(ctx, Hak::UbahRencana)?;
        let lingkup = ctx.scope(Hak::UbahRencana);
        self.edit(ctx, tahun, |potret| {
            let old = seen(potret, kode, dilihat, &lingkup)?;
            unsigned_only(&old)?;
            let gone = content_of(potret, kode);
            potret.perjanjian.retain(|p| p.kode != kode);
            set_content(potret, kode, &[]);
            // What the document said before agreements were made of it is not theirs to take away.
            let copied = |asal: &Asal| matches!(asal, Asal::Berkas { tempat } if tempat.starts_with(COPIED));
            drop_figures(potret, &old.dokumen, &gone, |a| copied(&a.asal));
            drop_empty_revision(potret, &old.dokumen);
            Ok(Catat { tindakan: "hapus perjanjian", sasaran: kode.to_owned(), rincian: old.unit.clone() })
        })
        .await
    }
}

fn unsigned_only(perjanjian: &Perjanjian) -> Hasil<()> {
    if perjanjian.is_signed() {
        return Err(Galat::TidakSah(
            "perjanjian ini sudah ditandatangani dan tidak dapat diubah; buat perubahan perjanjian".to_owned(),
        ));
    }
    Ok(())
}

/// What was chosen, in the order of the plan.
fn chosen(potret: &Potret, input: &UbahPerjanjian) -> Hasil<Vec<Isi>> {
    for kode in &input.indikator {
        potret.indicator(kode).ok_or_else(|| Galat::TidakDitemukan(format!("indikator {kode}")))?;
    }
    for kode in &input.simpul {
        potret.node(kode).ok_or_else(|| Galat::TidakDitemukan(format!("rencana {kode}")))?;
    }
    let indicators = potret.indikator.iter().map(|i| &i.kode).filter(|kode| input.indikator.contains(kode));
    let nodes = potret.simpul.iter().map(|s| &s.kode).filter(|kode| input.simpul.contains(kode));
    let all = indicators.map(|kode| (JenisIsi::Indikator, kode.clone()));
    Ok(all.chain(nodes.map(|kode| (JenisIsi::Simpul, kode.clone()))).collect())
}

/// A revision without agreements revises nothing.
fn drop_empty_revision(potret: &mut Potret, dokumen: &str) {
    let used = potret.perjanjian.iter().any(|p| p.dokumen == dokumen)
        || potret.angka.iter().any(|a| a.jenis.document() == Some(dokumen))
        || potret.sebutan.iter().any(|s| s.dokumen == dokumen);
    if !used {
        potret.dokumen.retain(|d| d.kode != dokumen || d.versi == 0);
    }
}
