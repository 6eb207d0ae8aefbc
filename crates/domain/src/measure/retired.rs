//! Indicators after their last year.

use super::{Alasan, Capaian, Terkumpul, UkurIndikator};
use crate::indicator::Indikator;
use crate::period::Periode;
use crate::value::Nilai;

/// The measurement of a retired indicator after its last year: whatever is recorded for later does not count. `None` for one that
/// goes on, or went on then.
pub(super) fn measure(indikator: &Indikator, sampai: Periode) -> Option<UkurIndikator<'_>> {
    let last = indikator.berakhir.filter(|_| !indikator.is_active(sampai.tahun()))?;
    let why = Alasan::IndikatorBerakhir(last);
    Some(UkurIndikator {
        indikator,
        berlaku: false,
        target: None,
        realisasi: Terkumpul {
            nilai: Nilai::BelumAda { alasan: why.to_string() },
            ada: 0,
            dari: 0,
            kosong: vec![sampai],
        },
        jejak: Vec::new(),
        capaian: Capaian::TidakTerhitung(why),
        predikat: None,
        angka: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use crate::document::JenisDokumen;
    use crate::figure::{Angka, JenisAngka};
    use crate::measure::{Rerata, ukur};
    use crate::period::Periode;
    use crate::snapshot::Potret;
    use crate::snapshot::testing::{document, figure, potret};

    /// Two key indicators with target 100 and realisations of 50 and 80 in each of two years; `i1` ends after the first.
    fn office() -> Potret {
        let mut potret = potret();
        potret.tahun = 2022;
        potret.dokumen = vec![document("renstra", JenisDokumen::Renstra, 0)];
        for (kode, nilai) in [("i1", "50"), ("i2", "80")] {
            for tahun in ["2021", "2022"] {
                potret.angka.push(figure(kode, "renstra", tahun, "100"));
                potret.angka.push(Angka { jenis: JenisAngka::Realisasi, ..figure(kode, "", tahun, nilai) });
            }
        }
        potret.indikator.iter_mut().for_each(|i| i.iku = true);
        if let Some(first) = potret.indikator.first_mut() {
            first.berakhir = Some(2021);
        }
        potret
    }

    fn known(rerata: Rerata) -> (Option<String>, usize, usize) {
        (rerata.nilai.map(|x| x.normalize().to_string()), rerata.ada, rerata.dari)
    }

    #[test]
    fn a_retired_indicator_counts_in_the_years_it_held_for_and_not_after() {
        let potret = office();
        let held = ukur(&potret, Periode::Tahun(2021));
        assert_eq!(known(held.key_mean()), (Some("65".to_owned()), 2, 2));
        let after = ukur(&potret, Periode::Tahun(2022));
        assert_eq!(known(after.key_mean()), (Some("80".to_owned()), 1, 1));
        let sasaran = after.node("S1").expect("node").capaian;
        assert_eq!(known(sasaran), (Some("80".to_owned()), 1, 1));
        let ended = after.indicator("i1").expect("it stays in the list");
        assert!(!ended.berlaku && ended.target.is_none() && ended.angka.is_empty());
        assert_eq!(ended.capaian.to_string(), "indikator ini berakhir tahun 2021");
        assert_eq!(after.indicators_of("S1").count(), 1);
    }

    #[test]
    fn its_years_are_still_compared() {
        let potret = office();
        let after = ukur(&potret, Periode::Tahun(2022));
        let years = after.years(potret.indicator("i1").expect("there"), 2021, 2022);
        let texts: Vec<String> = years.iter().map(|y| y.capaian.to_string()).collect();
        assert_eq!(texts, ["50,00", "indikator ini berakhir tahun 2021"]);
    }
}
