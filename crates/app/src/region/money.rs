//! Money beside performance of all offices. It is kept as the summaries are: by office, version, day and period.

use std::collections::HashMap;
use std::sync::Arc;

use tolok_domain::access::Hak;
use tolok_domain::region::{RingkasUang, UangKantor};
use tolok_domain::{InstansiId, Potret, ukur};
use tolok_report::region::money;
use tolok_report::{csv, xlsx};
use tolok_store::{Ctx, Galat, Hasil};

use super::{DaerahTermuat, keep, place};
use crate::{App, day, require};

impl App {
    /// Money beside performance of each office, with what next year's plan asks for where there is one.
    ///
    /// Permission: [`Hak::LihatDaerah`] in each office.
    pub async fn region_money(&self, kantor: &[(String, Ctx)], termuat: &DaerahTermuat) -> Hasil<Vec<UangKantor>> {
        kantor.iter().try_for_each(|(_, ctx)| require(ctx, Hak::LihatDaerah))?;
        let contexts: HashMap<&str, &Ctx> = kantor.iter().map(|(kode, ctx)| (kode.as_str(), ctx)).collect();
        let sampai = termuat.daerah.sampai;
        let with_data = termuat.daerah.known().filter_map(|(k, _)| contexts.get(k.kode.as_str()).copied());
        let with_data: Vec<&Ctx> = with_data.collect();
        let fresh = |ctx: &&Ctx| Some((ctx.instansi, self.rekap.money(ctx, sampai)?));
        let mut all: HashMap<InstansiId, Arc<RingkasUang>> = with_data.iter().filter_map(fresh).collect();
        if all.len() < with_data.len() {
            let _turn = self.rekap.loading.acquire().await.map_err(Galat::unavailable)?;
            all.extend(with_data.iter().filter_map(fresh));
            let stale: Vec<&Ctx> = with_data.iter().filter(|ctx| !all.contains_key(&ctx.instansi)).copied().collect();
            let of_office: HashMap<InstansiId, &Ctx> = stale.iter().map(|ctx| (ctx.instansi, *ctx)).collect();
            // Plans without figures yet, so that all of them together stay small.
            let mut next: HashMap<InstansiId, Potret> = HashMap::new();
            let keep_plan = |potret: Potret, _| drop(next.insert(potret.instansi.id, potret));
            self.store.each_potret(&stale, sampai.tahun() + 1, keep_plan).await?;
            self.store
                .each_potret(&stale, sampai.tahun(), |potret, _| {
                    let Some(ctx) = of_office.get(&potret.instansi.id) else { return };
                    let Some(counted) = potret.instansi.counted_until(sampai) else { return };
                    let made = Arc::new(RingkasUang::of(&ukur(&potret, counted), next.get(&ctx.instansi)));
                    all.insert(ctx.instansi, Arc::clone(&made));
                    let (versi, hari) = (ctx.versi.unwrap_or_default(), day(ctx.waktu));
                    keep(&self.rekap.uang, (place(ctx), sampai), super::Dihitung { versi, hari, isi: made });
                })
                .await?;
        }
        let office = |k: &tolok_domain::region::Kantor| UangKantor {
            kode: k.kode.clone(),
            nama: k.nama.clone(),
            ringkasan: contexts.get(k.kode.as_str()).and_then(|ctx| all.get(&ctx.instansi)).cloned(),
        };
        Ok(termuat.daerah.kantor.iter().map(office).collect())
    }
}

impl DaerahTermuat {
    /// Money beside performance as CSV: one row for each line that is to be looked at.
    pub fn money_csv(&self, uang: &[UangKantor]) -> String {
        csv::render(&money::lines(self.daerah.sampai, uang))
    }

    /// The same as a workbook, with the counts of each office.
    pub fn money_xlsx(&self, uang: &[UangKantor]) -> Hasil<Vec<u8>> {
        let naskah = money::document(&self.nama, self.hari_ini, self.daerah.sampai, uang);
        xlsx::render(&naskah).map_err(Galat::unavailable)
    }
}
