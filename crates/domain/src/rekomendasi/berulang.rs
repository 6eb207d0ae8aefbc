//! Obstacles that come back: the same indicator with an obstacle in several periods.

use std::collections::BTreeSet;

use crate::indicator::Indikator;
use crate::period::Periode;
use crate::remark::Kendala;
use crate::snapshot::Potret;

/// An indicator with obstacles in more than one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KendalaBerulang<'a> {
    /// The indicator, as this year knows it.
    pub indikator: &'a Indikator,
    /// Its obstacles, the earlier first.
    pub kendala: Vec<&'a Kendala>,
}

impl KendalaBerulang<'_> {
    /// In how many periods.
    pub fn periods(&self) -> usize {
        self.kendala.iter().map(|k| k.periode).collect::<BTreeSet<Periode>>().len()
    }

    /// Obstacles after which nothing was done: without follow-up, or with one whose result nobody has written down.
    pub fn without_result(&self) -> usize {
        self.kendala.iter().filter(|k| k.tindak_lanjut.is_empty() || k.hasil.is_empty()).count()
    }
}

/// Indicators whose obstacle came back, in this year or from the year before; those with most periods first.
pub fn recurring<'a>(potret: &'a Potret, lalu: Option<&'a Potret>) -> Vec<KendalaBerulang<'a>> {
    let all = || lalu.into_iter().chain(std::iter::once(potret)).flat_map(|p| &p.kendala);
    let mut found: Vec<_> = potret
        .indikator
        .iter()
        .map(|indikator| {
            let own = all().filter(|k| k.indikator == indikator.kode && !k.kendala.trim().is_empty());
            let mut kendala: Vec<&Kendala> = own.collect();
            kendala.sort_by_key(|k| k.periode);
            KendalaBerulang { indikator, kendala }
        })
        .filter(|k| k.periods() > 1)
        .collect();
    found.sort_by_key(|k| std::cmp::Reverse(k.periods()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::testing::potret;

    fn obstacle(indikator: &str, periode: &str, kendala: &str, hasil: &str) -> Kendala {
        Kendala {
            indikator: indikator.to_owned(),
            periode: periode.parse().expect("period"),
            kendala: kendala.to_owned(),
            sebab: String::new(),
            tindak_lanjut: "Rapat".to_owned(),
            hasil: hasil.to_owned(),
        }
    }

    #[test]
    fn an_obstacle_of_one_period_does_not_come_back() {
        let mut potret = potret();
        potret.kendala = vec![
            obstacle("i1", "2021-TW3", "Instruktur kurang", ""),
            obstacle("i1", "2021-TW1", "Instruktur kurang", "Ditambah dua"),
            obstacle("i2", "2021-TW1", "Peserta sedikit", ""),
            obstacle("i2", "2021-TW2", " ", ""),
        ];
        let found = recurring(&potret, None);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].indikator.kode.as_str(), found[0].periods(), found[0].without_result()), ("i1", 2, 1));
        assert_eq!(found[0].kendala[0].periode, Periode::Triwulan(2021, 1));
        let mut before = potret.clone();
        before.kendala = vec![obstacle("i2", "2020-TW4", "Peserta sedikit", "")];
        let found: Vec<&str> = recurring(&potret, Some(&before)).iter().map(|k| k.indikator.kode.as_str()).collect();
        assert_eq!(found, ["i1", "i2"]);
    }
}
