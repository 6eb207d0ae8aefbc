//! The recapitulation of all evaluations as a file.

use std::collections::BTreeMap;
use std::sync::Arc;

use tolok_domain::access::Hak;
use tolok_report::{csv, lhe};
use tolok_store::{Ctx, Galat, Hasil};

use super::DaerahTermuat;
use crate::{App, Berkas, Format, render, require};

impl App {
    /// The recapitulation of a year's evaluations in one format.
    ///
    /// Permission: [`Hak::LihatDaerah`] in each office.
    pub async fn region_recap(
        &self,
        kantor: &[(String, Ctx)],
        termuat: &DaerahTermuat,
        format: Format,
    ) -> Hasil<Berkas> {
        kantor.iter().try_for_each(|(_, ctx)| require(ctx, Hak::LihatDaerah))?;
        let tahun = termuat.daerah.sampai.tahun();
        let naskah = lhe::build_recap(&termuat.nama, tahun, &termuat.daerah.evaluations());
        let cetak = Arc::clone(&self.cetak);
        let _permit = self.cache.typesetting().await;
        let make = move || render(&naskah, format, &*cetak, &BTreeMap::new());
        let isi = tokio::task::spawn_blocking(make).await.map_err(Galat::unavailable)?.map_err(Galat::unavailable)?;
        Ok(Berkas { nama: format!("rekap-evaluasi-{tahun}.{}", format.extension()), format, isi })
    }
}

impl DaerahTermuat {
    /// The recapitulation as CSV: the offices by template, one table below the other.
    pub fn recap_csv(&self) -> String {
        let hasil = self.daerah.evaluations();
        let tables: Vec<String> = hasil.rekap.iter().map(|rekap| csv::render(&lhe::recap_table(rekap))).collect();
        tables.join("\n")
    }
}
