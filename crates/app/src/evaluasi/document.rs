//! The LHE as a file.

use std::collections::BTreeMap;
use std::sync::Arc;

use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::period::Tahun;
use tolok_report::{Naskah, lhe};
use tolok_store::{Ctx, Galat, Hasil};

use crate::{App, Berkas, Format, file_name, render, require};

/// Forms of the LHE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BentukLhe {
    /// The letter.
    Surat,
    /// The long form with the worksheet.
    Lengkap,
}

impl BentukLhe {
    /// The beginning of its file name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Surat => "surat-lhe",
            Self::Lengkap => "lhe",
        }
    }
}

/// The LHE of an evaluation.
///
/// # Errors
/// When there is no such evaluation, or its template is gone.
pub fn compose_evaluation(potret: &Potret, evaluasi: &str, bentuk: BentukLhe) -> Hasil<Naskah> {
    let found = potret.evaluation(evaluasi).ok_or_else(|| Galat::TidakDitemukan(format!("evaluasi {evaluasi}")))?;
    let made = match bentuk {
        BentukLhe::Surat => lhe::build_letter(potret, found),
        BentukLhe::Lengkap => lhe::build_long(potret, found),
    };
    made.ok_or_else(|| Galat::TidakDitemukan(format!("templat {}", found.templat)))
}

impl App {
    /// The LHE of an evaluation in one format.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn evaluation_document(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        evaluasi: &str,
        bentuk: BentukLhe,
        format: Format,
    ) -> Hasil<Berkas> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        let naskah = compose_evaluation(&loaded.potret, evaluasi, bentuk)?;
        let cetak = Arc::clone(&self.cetak);
        let _permit = self.cache.typesetting().await;
        let make = move || {
            // Word's list of contents takes its page numbers from the print; without a printer they come when Word updates the fields.
            let halaman = match (format, bentuk) {
                (Format::Docx, BentukLhe::Lengkap) => cetak.print(&naskah).map(|(_, pages)| pages).unwrap_or_default(),
                _ => BTreeMap::new(),
            };
            render(&naskah, format, &*cetak, &halaman)
        };
        let isi = tokio::task::spawn_blocking(make).await.map_err(Galat::unavailable)?.map_err(Galat::unavailable)?;
        Ok(Berkas { nama: file_name(bentuk.as_str(), &loaded.potret, format), format, isi })
    }
}
