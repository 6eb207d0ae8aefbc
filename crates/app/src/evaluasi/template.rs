//! Templates of one's own.

use tolok_domain::access::Hak;
use tolok_domain::evaluasi::templat::builtin;
use tolok_domain::period::Tahun;
use tolok_ingest::package::read_template;
use tolok_store::{Ctx, Galat, Hasil};

use crate::edit::Catat;
use crate::{App, require};

impl App {
    /// Takes a worksheet template from a file (CSV or XLSX), in place of an earlier one of that code. Refused where answers were given by
    /// the earlier one, for they would mean something else.
    ///
    /// Permission: [`Hak::Evaluasi`].
    pub async fn import_template(&self, ctx: &Ctx, tahun: Tahun, nama: &str, bytes: &[u8]) -> Hasil<i64> {
        require(ctx, Hak::Evaluasi)?;
        let templat = read_template(nama, bytes).map_err(|faults| {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            Galat::TidakSah(lines.join("\n"))
        })?;
        if builtin().iter().any(|t| t.kode == templat.kode) {
            return Err(Galat::TidakSah(format!(
                "{nama}: kode templat \"{}\" dipakai templat peraturan; pakai kode lain",
                templat.kode
            )));
        }
        self.edit(ctx, tahun, |potret| {
            let by_it = |kode: &str| potret.evaluation(kode).is_some_and(|e| e.templat == templat.kode);
            let used = potret.jawaban.iter().any(|j| by_it(&j.evaluasi));
            if used && potret.template(&templat.kode).is_some_and(|old| *old != templat) {
                return Err(Galat::TidakSah(format!(
                    "templat {} sudah dipakai menjawab; beri kode lain pada versi barunya",
                    templat.kode
                )));
            }
            potret.templat.retain(|t| t.kode != templat.kode);
            potret.templat.push(templat.clone());
            let rincian = format!("{} kriteria dari {nama}", templat.criteria().count());
            Ok(Catat { tindakan: "impor templat evaluasi", sasaran: templat.kode.clone(), rincian })
        })
        .await
    }
}
