//! The score: exact fractions to the end, two decimals only there.

use rust_decimal::{Decimal, RoundingStrategy};

use super::templat::{CaraNilai, Komponen, Subkomponen, Templat};
use super::{Kriteria, Pilih};
use crate::coverage::Cakupan;
use crate::formula::Pecahan;
use crate::scale::Predikat;

/// Score of a worksheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Skor<'a> {
    /// By component, in order.
    pub komponen: Vec<SkorKomponen<'a>>,
    /// The whole, two decimals; `None` while a subkomponen has none. What is not answered is not zero.
    pub nilai: Option<Decimal>,
    /// Its grade.
    pub predikat: Option<&'static Predikat>,
    /// Points of what is scored so far, two decimals.
    pub terkumpul: Decimal,
    /// Weight of what is scored so far: the points that it could have.
    pub bobot: Decimal,
    /// Subkomponen that have a score, of all.
    pub dinilai: Cakupan,
}

/// Score of a component.
#[derive(Debug, Clone, PartialEq)]
pub struct SkorKomponen<'a> {
    /// The component.
    pub komponen: &'a Komponen,
    /// Its subkomponen, in order.
    pub subkomponen: Vec<SkorSubkomponen<'a>>,
    /// Its points, two decimals; `None` while a subkomponen has none.
    pub nilai: Option<Decimal>,
}

/// Score of a subkomponen.
#[derive(Debug, Clone, PartialEq)]
pub struct SkorSubkomponen<'a> {
    /// The subkomponen.
    pub subkomponen: &'a Subkomponen,
    /// The grade that counts, where it gets one.
    pub gradasi: Option<&'a str>,
    /// Criteria answered, of all.
    pub dijawab: Cakupan,
    /// Its points, two decimals; `None` while it is not answered in full.
    pub nilai: Option<Decimal>,
    pub(super) exact: Option<Pecahan>,
}

/// Scores a worksheet by its template.
pub fn score<'a>(templat: &'a Templat, pilih: &Pilih<'_>) -> Skor<'a> {
    let komponen: Vec<_> = templat.komponen.iter().map(|k| component(templat, k, pilih)).collect();
    let parts = || komponen.iter().flat_map(|k| &k.subkomponen);
    let terkumpul = sum(parts().filter_map(|s| s.exact));
    let dinilai = Cakupan::count(parts().map(|s| s.exact.is_some()));
    let bobot = parts().filter(|s| s.exact.is_some()).map(|s| s.subkomponen.bobot).sum();
    let nilai = terkumpul.filter(|_| dinilai.is_complete() && dinilai.dari > 0).map(points);
    Skor {
        nilai,
        predikat: nilai.map(|x| templat.skala.grade(x)),
        terkumpul: terkumpul.map_or(Decimal::ZERO, points),
        bobot,
        dinilai,
        komponen,
    }
}

fn component<'a>(templat: &'a Templat, komponen: &'a Komponen, pilih: &Pilih<'_>) -> SkorKomponen<'a> {
    let subkomponen: Vec<_> = komponen.subkomponen.iter().map(|s| part(templat, s, pilih)).collect();
    let known: Option<Vec<Pecahan>> = subkomponen.iter().map(|s| s.exact).collect();
    let nilai = known.filter(|k| !k.is_empty()).and_then(|parts| sum(parts.into_iter())).map(points);
    SkorKomponen { komponen, subkomponen, nilai }
}

fn part<'a>(templat: &'a Templat, s: &'a Subkomponen, pilih: &Pilih<'_>) -> SkorSubkomponen<'a> {
    let dijawab = Cakupan::count(s.kriteria.iter().map(|k| value(templat, pilih, &k.kode).is_some()));
    let (exact, gradasi) = match s.cara {
        CaraNilai::Gradasi => {
            let worth = value(templat, pilih, &s.kode);
            let counted = worth.and_then(|w| {
                let same = |x: &(&'a str, Decimal)| x.1 == w;
                templat.options(&s.kode).into_iter().find(same).map(|(kode, _)| kode)
            });
            (worth.and_then(|w| Pecahan::from(s.bobot).multiply(w.into())), counted)
        }
        CaraNilai::Rerata => (mean(templat, s, pilih), None),
    };
    SkorSubkomponen { subkomponen: s, gradasi, dijawab, nilai: exact.map(points), exact }
}

/// Weight times the weighted mean of the answers; `None` while one is missing.
fn mean(templat: &Templat, s: &Subkomponen, pilih: &Pilih<'_>) -> Option<Pecahan> {
    let product = |k: &Kriteria| Pecahan::from(k.bobot).multiply(value(templat, pilih, &k.kode)?.into());
    let products: Option<Vec<Pecahan>> = s.kriteria.iter().map(product).collect();
    let weights = s.kriteria.iter().map(|k| k.bobot).sum::<Decimal>();
    Pecahan::from(s.bobot).multiply(sum(products?.into_iter())?)?.divide(weights.into())
}

fn sum(parts: impl Iterator<Item = Pecahan>) -> Option<Pecahan> {
    parts.into_iter().try_fold(Pecahan::from(Decimal::ZERO), Pecahan::add)
}

/// Two decimals, half away from zero, as people round.
pub(super) fn points(x: Pecahan) -> Decimal {
    x.to_decimal().round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// What an answer is worth (0 to 1), limited by the control rules; `None` where there is none. A rule whose condition is not answered
/// does not apply: nobody knows yet.
pub(super) fn value(templat: &Templat, pilih: &Pilih<'_>, kode: &str) -> Option<Decimal> {
    let own = plain(templat, kode, pilih.get(kode)?)?;
    let limits = templat.kontrol.iter().filter(|k| k.kode == kode).filter_map(|k| {
        let condition = plain(templat, &k.bila, pilih.get(k.bila.as_str())?)?;
        let applies = condition <= plain(templat, &k.bila, &k.paling_baik)?;
        applies.then(|| plain(templat, kode, &k.paling_tinggi)).flatten()
    });
    Some(limits.fold(own, Decimal::min))
}

/// What an option is worth by itself.
fn plain(templat: &Templat, kode: &str, pilihan: &str) -> Option<Decimal> {
    templat.options(kode).into_iter().find(|(option, _)| *option == pilihan).map(|(_, worth)| worth)
}
