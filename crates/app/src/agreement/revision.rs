//! Perubahan: agreements that take the place of signed ones.

use tolok_domain::Potret;
use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::agreement::{AlasanPerubahan, Perjanjian};
use tolok_domain::measure::Rencana;
use tolok_domain::period::Tahun;
use tolok_store::{Ctx, Galat, Hasil};

use super::{
    Isi, add_version, content_of, copy_figures, covers_unit, free_code, planned, read_day, set_content, unsigned,
    versions,
};
use crate::edit::Catat;
use crate::{App, require};

/// Which agreements are changed, and why.
#[derive(Debug, Clone, Default)]
pub struct PerubahanPerjanjian {
    /// Codes of the agreements as the user saw them: each the latest of its unit.
    pub perjanjian: Vec<String>,
    /// The reason; obligatory.
    pub alasan: Option<AlasanPerubahan>,
    /// Date of the new agreements, ISO text; empty while not set.
    pub tanggal: String,
}

impl App {
    /// Makes a new version of the year's agreement for the chosen ones: what they hold, with the newest targets and money of the
    /// plan. The old ones stay as they were.
    ///
    /// Permission: [`Hak::UbahRencana`] for each unit.
    pub async fn revise_agreements(&self, ctx: &Ctx, tahun: Tahun, input: &PerubahanPerjanjian) -> Hasil<i64> {
        require(ctx, Hak::UbahRencana)?;
        let lingkup = ctx.scope(Hak::UbahRencana);
        let Some(alasan) = input.alasan else {
            return Err(Galat::TidakSah("pilih alasan perubahan; perjanjian hanya dapat diubah karena salah satu dari tiga alasan (PermenPANRB 53/2014)".to_owned()));
        };
        if input.perjanjian.is_empty() {
            return Err(Galat::TidakSah("belum ada perjanjian yang dipilih; centang paling sedikit satu".to_owned()));
        }
        let day = read_day(&input.tanggal, tahun, "tanggal perjanjian")?;
        self.edit(ctx, tahun, |potret| {
            let mut old = Vec::new();
            for kode in &input.perjanjian {
                old.push(superseded(potret, kode, &lingkup)?);
            }
            let last = versions(potret).map(|d| d.versi).max().unwrap_or(0);
            let dokumen = add_version(potret, last.saturating_add(1));
            for before in &old {
                let isi = still_planned(potret, &content_of(potret, &before.kode));
                let kode = free_code(&format!("{dokumen}-{}", before.unit), |kode| potret.agreement(kode).is_some());
                potret.perjanjian.push(Perjanjian {
                    tanggal: day.map(|d| d.to_string()).unwrap_or_default(),
                    alasan: Some(alasan),
                    ..unsigned(kode.clone(), dokumen.clone(), before.unit.clone())
                });
                set_content(potret, &kode, &isi);
                copy_figures(potret, ctx, &dokumen, &isi, false)?;
            }
            let units: Vec<&str> = old.iter().map(|p| p.unit.as_str()).collect();
            Ok(Catat {
                tindakan: "ubah perjanjian (perubahan)",
                sasaran: format!("{dokumen} {tahun}"),
                rincian: format!("{}; {}", units.join(", "), alasan.label()),
            })
        })
        .await
    }
}

/// The signed agreement that is to be changed.
fn superseded(potret: &Potret, kode: &str, lingkup: &Lingkup) -> Hasil<Perjanjian> {
    let found = potret.agreement(kode).ok_or_else(|| Galat::TidakDitemukan(format!("perjanjian {kode}")))?;
    covers_unit(potret, &found.unit, lingkup)?;
    if potret.is_superseded(found) {
        return Err(Galat::Bentrok);
    }
    if !found.is_signed() {
        return Err(Galat::TidakSah(format!(
            "perjanjian {kode} belum ditandatangani; ubah langsung isinya, tidak perlu perubahan perjanjian"
        )));
    }
    Ok(found.clone())
}

/// What of it the newest plan still has.
fn still_planned(potret: &Potret, isi: &[Isi]) -> Vec<Isi> {
    let rencana = Rencana::new(potret);
    isi.iter().filter(|what| planned(&rencana, what).is_some()).cloned().collect()
}
