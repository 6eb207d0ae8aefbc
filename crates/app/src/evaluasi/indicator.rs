//! The score as the value of an indicator.

use tolok_domain::access::Hak;
use tolok_domain::number::write_decimal;
use tolok_domain::period::Tahun;
use tolok_domain::{Periode, Petak};
use tolok_store::{Ctx, Galat, Hasil};

use crate::{App, HasilIsian, IsianAngka, require};

impl App {
    /// Takes a published score over as the year's realisation of an indicator such as "Hasil evaluasi AKIP". It is a figure like any
    /// other: handed in and verified afterwards, refused where its period is locked.
    ///
    /// Permission: [`Hak::UbahRealisasi`] for the indicator's unit.
    pub async fn take_over_score(&self, ctx: &Ctx, tahun: Tahun, evaluasi: &str, indikator: &str) -> Hasil<HasilIsian> {
        require(ctx, Hak::UbahRealisasi)?;
        let loaded = self.load(ctx, tahun).await?;
        let potret = &loaded.potret;
        let found = potret.evaluation(evaluasi).filter(|e| e.tahun == tahun);
        let found = found.ok_or_else(|| Galat::TidakDitemukan(format!("evaluasi {evaluasi} tahun {tahun}")))?;
        let Some(nilai) = found.nilai else {
            return Err(Galat::TidakSah(format!("evaluasi {evaluasi} belum terbit; nilainya belum ada")));
        };
        let petak = Petak::realisation(indikator, None, Periode::Tahun(tahun));
        let isian = IsianAngka {
            nilai: write_decimal(nilai, Some(2)),
            keterangan: format!("Nilai evaluasi AKIP menurut LHE {} tanggal {}", found.nomor_lhe, found.tanggal_lhe),
            bukti: None,
            dilihat: petak.figure(potret).map(|a| a.id),
            petak,
        };
        self.save_figures(ctx, tahun, &[isian]).await
    }
}
