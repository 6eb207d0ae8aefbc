//! The pohon kinerja on paper: the document, and its drawings alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use tolok_domain::access::Hak;
use tolok_domain::period::Tahun;
use tolok_domain::{Periode, Potret, ukur};
use tolok_report::chart::Helai;
use tolok_report::pohon::NamaInstansi;
use tolok_report::{Naskah, pohon};
use tolok_store::{Ctx, Galat, Hasil, Tetangga};

use crate::document::{file_name, render};
use crate::{App, Berkas, Format, require};

/// The document of a snapshot: its drawings on A3, then the same as tables.
pub fn compose_tree(potret: &Potret, instansi: NamaInstansi<'_>) -> Naskah {
    pohon::build(&ukur(potret, Periode::Tahun(potret.tahun)), instansi)
}

/// The drawings of a snapshot: one for the whole tree, or an overview and one for each branch.
pub fn tree_drawings(potret: &Potret, instansi: NamaInstansi<'_>) -> Vec<Helai> {
    pohon::drawings(&ukur(potret, Periode::Tahun(potret.tahun)), instansi)
}

impl App {
    /// The pohon kinerja of a year in one format.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn tree_document(&self, ctx: &Ctx, tahun: Tahun, format: Format) -> Hasil<Berkas> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        let names = self.names_for(ctx, &loaded.potret).await?;
        let app = self.clone();
        let _permit = self.cache.typesetting().await;
        let make = move || {
            let naskah = compose_tree(&loaded.potret, &|kode| names.get(kode).cloned());
            // It has no list of contents, so Word needs no page numbers.
            let isi = render(&naskah, format, &*app.cetak, &BTreeMap::new()).map_err(Galat::unavailable)?;
            Ok(Berkas { nama: file_name("pohon-kinerja", &loaded.potret, format), format, isi })
        };
        tokio::task::spawn_blocking(make).await.map_err(Galat::unavailable)?
    }

    /// The drawings of a year, in the order in which they name each other from 1. Drawn once for a snapshot.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn tree_drawings(&self, ctx: &Ctx, tahun: Tahun) -> Hasil<Arc<Vec<Helai>>> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        let names = self.names_for(ctx, &loaded.potret).await?;
        if let Some(drawn) = self.cache.drawn(&loaded, &names) {
            return Ok(drawn);
        }
        let app = self.clone();
        // Finding the places of some hundred boxes takes its time: not on the threads that answer requests.
        let draw = move || {
            let drawn = Arc::new(tree_drawings(&loaded.potret, &|kode| names.get(kode).cloned()));
            app.cache.keep_drawn(&loaded, names, &drawn);
            drawn
        };
        tokio::task::spawn_blocking(draw).await.map_err(Galat::unavailable)
    }

    /// Names of the offices by code that links name.
    async fn names_for(&self, ctx: &Ctx, potret: &Potret) -> Hasil<BTreeMap<String, String>> {
        if potret.silang.is_empty() {
            return Ok(BTreeMap::new());
        }
        let linked = |t: &Tetangga| potret.silang.iter().any(|s| s.instansi == t.kode);
        let neighbours = self.neighbours(ctx).await?;
        Ok(neighbours.into_iter().filter(linked).map(|t| (t.kode, t.nama)).collect())
    }
}
