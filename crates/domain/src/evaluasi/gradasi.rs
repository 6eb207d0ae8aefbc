//! The grade of a subkomponen that its criteria suggest.

use rust_decimal::Decimal;

use super::skor::value;
use super::templat::{Gradasi, Subkomponen, Syarat, Templat};
use super::{Kriteria, Pilih};
use crate::coverage::Cakupan;

/// A suggested grade. The evaluator decides: the best grades ask for more than criteria show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsulGradasi<'a> {
    /// Criteria answered, of all.
    pub dijawab: Cakupan,
    /// Share of the criteria that is met, in percent; `None` until all are answered.
    pub terpenuhi: Option<Decimal>,
    /// The grade; `None` until all are answered.
    pub gradasi: Option<&'a Gradasi>,
    /// The grade if everything that is open were not met.
    pub terendah: Option<&'a Gradasi>,
    /// The grade if everything that is open were met.
    pub tertinggi: Option<&'a Gradasi>,
}

/// The grade that the answers suggest for a subkomponen that gets one.
pub fn suggest<'a>(templat: &'a Templat, s: &'a Subkomponen, pilih: &Pilih<'_>) -> UsulGradasi<'a> {
    let known: Vec<(Decimal, Decimal)> =
        s.kriteria.iter().filter_map(|k| Some((k.bobot, value(templat, pilih, &k.kode)?))).collect();
    let dijawab = Cakupan { ada: known.len(), dari: s.kriteria.len() };
    let weights = s.kriteria.iter().map(|k: &Kriteria| k.bobot).sum::<Decimal>();
    let met = known.iter().map(|(bobot, x)| bobot * x).sum::<Decimal>();
    let open = weights - known.iter().map(|(bobot, _)| bobot).sum::<Decimal>();
    let complete = dijawab.is_complete() && dijawab.dari > 0;
    let terendah = grade_for(templat, s, met, weights);
    UsulGradasi {
        dijawab,
        terpenuhi: if complete { (met * Decimal::ONE_HUNDRED).checked_div(weights) } else { None },
        gradasi: terendah.filter(|_| complete),
        terendah,
        tertinggi: grade_for(templat, s, met + open, weights),
    }
}

/// The best grade whose condition is met by this much of the weights. Compared by products, so that no rounding moves an edge.
pub(super) fn grade_for<'a>(
    templat: &'a Templat,
    s: &Subkomponen,
    met: Decimal,
    weights: Decimal,
) -> Option<&'a Gradasi> {
    let percent = met * Decimal::ONE_HUNDRED;
    let fits = |g: &&Gradasi| match g.syarat {
        Syarat::Penilai => false,
        Syarat::Tepat(x) => percent == x * weights,
        Syarat::Lebih(x) => percent > x * weights,
    };
    templat.grades_of(s).into_iter().find(fits)
}
