//! What the data say about the criteria.

use tolok_domain::access::Hak;
use tolok_domain::evaluasi::usul::{Bahan, UsulKriteria, suggest_all};
use tolok_domain::period::Tahun;
use tolok_domain::{Periode, ukur};
use tolok_store::{Ctx, Galat, Hasil};

use crate::{App, day, require};

impl App {
    /// Suggestions for the criteria of PermenPANRB 88/2021 from the live data of a year and the year before. What stands outside the
    /// office's data (publication, handing in, review) is not known here and is said to be so.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn suggestions(&self, ctx: &Ctx, tahun: Tahun) -> Hasil<Vec<UsulKriteria>> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        let before = match self.load(ctx, tahun - 1).await {
            Ok(before) => Some(before),
            Err(Galat::TidakDitemukan(_)) => None,
            Err(other) => return Err(other),
        };
        let hasil = ukur(&loaded.potret, Periode::Tahun(tahun));
        Ok(suggest_all(&Bahan {
            hasil: &hasil,
            lalu: before.as_ref().map(|b| &b.potret),
            hari_ini: day(ctx.waktu),
            terbitan: &[],
            disampaikan: None,
            reviu: None,
            kantor: None,
        }))
    }
}
