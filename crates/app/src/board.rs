//! Who is how far: completeness and timeliness of a quarter by unit.

use std::collections::{BTreeMap, HashMap};

use tolok_domain::access::Hak;
use tolok_domain::coverage::Cakupan;
use tolok_domain::duty::{Kemajuan, due};
use tolok_domain::figure::Keadaan;
use tolok_domain::id::Kode;
use tolok_domain::period::Tahun;
use tolok_domain::timeliness::{Kewajiban, assess};
use tolok_domain::{Periode, Petak, Potret, ukur};
use tolok_store::{Ctx, Hasil};

use crate::{App, day, require};

/// One unit's quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PapanUnit {
    /// The unit; none for what no unit answers for.
    pub unit: Option<Kode>,
    /// How far its figures have come.
    pub kemajuan: Kemajuan,
    /// Handed in in time, of those that are decided.
    pub tepat_waktu: Cakupan,
    /// Figures that are late.
    pub terlambat: usize,
    /// Working days of the latest one.
    pub hari: u32,
}

impl App {
    /// The quarter by unit, in the office's order; what no unit answers for comes last.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn unit_board(&self, ctx: &Ctx, tahun: Tahun, quarter: u8) -> Hasil<Vec<PapanUnit>> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        let handed_in: HashMap<Petak, i64> = self.store.handed_in(ctx, tahun).await?.into_iter().collect();
        Ok(board(ctx, &loaded.potret, &handed_in, quarter))
    }
}

fn board(ctx: &Ctx, potret: &Potret, handed_in: &HashMap<Petak, i64>, quarter: u8) -> Vec<PapanUnit> {
    let hasil = ukur(potret, Periode::Triwulan(potret.tahun, quarter));
    let (today, libur) = (day(ctx.waktu), potret.days_off());
    let mut by_unit: BTreeMap<Option<usize>, Vec<Petak>> = BTreeMap::new();
    for petak in due(&hasil, quarter) {
        let place = petak.unit(potret).and_then(|kode| potret.unit.iter().position(|u| u.kode == kode));
        by_unit.entry(place).or_default().push(petak);
    }
    // None sorts first; what nobody answers for belongs at the end.
    let nobody = by_unit.remove(&None).map(|petak| (None, petak));
    by_unit
        .into_iter()
        .map(|(place, petak)| (place.and_then(|i| potret.unit.get(i)).map(|u| u.kode.clone()), petak))
        .chain(nobody)
        .map(|(unit, petak)| {
            let obligations: Vec<Kewajiban<&Petak>> =
                petak.iter().filter_map(|p| obligation(potret, p, handed_in, &libur)).collect();
            let kept = assess(&obligations, today, &libur);
            PapanUnit {
                unit,
                kemajuan: Kemajuan::of(potret, &petak),
                tepat_waktu: kept.tepat_waktu,
                terlambat: kept.terlambat.len(),
                hari: kept.terlambat.first().map_or(0, |k| k.hari),
            }
        })
        .collect()
}

fn obligation<'a>(
    potret: &Potret,
    petak: &'a Petak,
    handed_in: &HashMap<Petak, i64>,
    libur: &tolok_domain::calendar::HariLibur,
) -> Option<Kewajiban<&'a Petak>> {
    let batas = potret.jadwal.due(petak.level(potret)?, petak.periode, libur);
    let figure = petak.figure(potret);
    let beyond = figure
        .filter(|a| matches!(a.keadaan, Keadaan::Diajukan | Keadaan::Diverifikasi | Keadaan::Dikunci))
        // What an import brought as verified was never handed in here.
        .and_then(|a| handed_in.get(petak).copied().or(Some(a.dicatat)));
    Some(Kewajiban { subjek: petak, batas, diisi: figure.map(|a| day(a.dicatat)), diajukan: beyond.map(day) })
}
