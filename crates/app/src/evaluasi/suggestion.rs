//! What the data say about the criteria.

use std::sync::Arc;

use tolok_domain::access::Hak;
use tolok_domain::evaluasi::usul::{Bahan, UsulKriteria, suggest_all};
use tolok_domain::period::Tahun;
use tolok_domain::{Periode, ukur};
use tolok_store::{Ctx, Hasil};

use crate::{App, Termuat, day, require};

impl App {
    /// The snapshot of the year before one that is loaded; none where the office has no data of it.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn year_before(&self, ctx: &Ctx, loaded: &Termuat) -> Hasil<Option<Arc<Termuat>>> {
        require(ctx, Hak::Lihat)?;
        let before = loaded.potret.tahun - 1;
        if !loaded.tahun.contains(&before) {
            return Ok(None);
        }
        self.load(ctx, before).await.map(Some)
    }

    /// The snapshot of the year after one that is loaded; none where the office has not opened it.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn year_after(&self, ctx: &Ctx, loaded: &Termuat) -> Hasil<Option<Arc<Termuat>>> {
        require(ctx, Hak::Lihat)?;
        let after = loaded.potret.tahun + 1;
        if !loaded.tahun.contains(&after) {
            return Ok(None);
        }
        self.load(ctx, after).await.map(Some)
    }

    /// Suggestions for the criteria of PermenPANRB 88/2021 from the live data of a year and the year before. What stands outside the
    /// office's data is not known here and is said to be so.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn suggestions(&self, ctx: &Ctx, tahun: Tahun) -> Hasil<Vec<UsulKriteria>> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        let before = self.year_before(ctx, &loaded).await?;
        let hasil = ukur(&loaded.potret, Periode::Tahun(tahun));
        Ok(suggest_all(&Bahan {
            hasil: &hasil,
            lalu: before.as_ref().map(|b| &b.potret),
            hari_ini: day(ctx.waktu),
            kantor: None,
        }))
    }
}
