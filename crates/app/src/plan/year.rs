//! The five years and the single ones: vision and time of the plan, opening a new year.

use tolok_domain::period::{Tahun, YEARS};
use tolok_store::{Ctx, Galat, Hasil};

use super::{Dilihat, refuse, require_plan, short};
use crate::App;
use crate::edit::Catat;

impl App {
    /// Records the vision that the plan serves, and the years of the five-year plan.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn change_vision(&self, ctx: &Ctx, dilihat: Dilihat, visi: &str, renstra: (Tahun, Tahun)) -> Hasil<i64> {
        require_plan(ctx)?;
        let seen = self.seen(ctx, dilihat).await?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let office = &mut potret.instansi;
            let known = |i: &tolok_domain::snapshot::Instansi| (i.visi.clone(), i.renstra_awal, i.renstra_akhir);
            if known(&seen.potret.instansi) != known(office) {
                return Err(Galat::Bentrok);
            }
            visi.trim().clone_into(&mut office.visi);
            (office.renstra_awal, office.renstra_akhir) = renstra;
            let rincian = format!("{}–{}: {}", renstra.0, renstra.1, visi.trim());
            Ok(Catat { tindakan: "ubah visi", sasaran: "visi".to_owned(), rincian: short(&rincian) })
        })
        .await
    }

    /// Opens a year that has no data yet with what holds for several years of another one
    /// ([`tolok_domain::Potret::opening`]).
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn open_year(&self, ctx: &Ctx, from: Tahun, to: Tahun) -> Hasil<i64> {
        require_plan(ctx)?;
        if to <= from || !YEARS.contains(&to) {
            return Err(refuse([format!("tahun {to} tidak dapat dibuka dari {from}; pilih tahun sesudahnya")]));
        }
        self.derive(ctx, from, |loaded| {
            if loaded.tahun.contains(&to) {
                return Err(refuse([format!("tahun {to} sudah dibuka")]));
            }
            let note =
                Catat { tindakan: "buka tahun", sasaran: to.to_string(), rincian: format!("dari rencana {from}") };
            Ok((loaded.potret.opening(to), note))
        })
        .await
    }
}
