//! What if: which criteria, met in full, would lift the grade; as few as possible.

use rust_decimal::Decimal;

use super::gradasi::{grade_for, suggest};
use super::skor::{score, value};
use super::templat::{CaraNilai, Subkomponen, Templat};
use super::{Kriteria, Pilih};
use crate::coverage::Cakupan;
use crate::scale::Predikat;

/// A way to a better grade.
#[derive(Debug, Clone, PartialEq)]
pub struct Andai<'a> {
    /// The score now.
    pub kini: Decimal,
    /// The score then.
    pub nilai: Decimal,
    /// The grade then.
    pub predikat: &'static Predikat,
    /// What to do, most points first.
    pub kenaikan: Vec<Kenaikan<'a>>,
}

impl Andai<'_> {
    /// How many criteria are to be met.
    pub fn criteria(&self) -> usize {
        self.kenaikan.iter().map(|k| k.kriteria.len()).sum()
    }
}

/// What lifts one subkomponen.
#[derive(Debug, Clone, PartialEq)]
pub struct Kenaikan<'a> {
    /// The subkomponen.
    pub subkomponen: &'a Subkomponen,
    /// The grade that it would be suggested, where it gets one.
    pub gradasi: Option<&'a str>,
    /// The criteria to be met.
    pub kriteria: Vec<&'a Kriteria>,
    /// Points that it brings.
    pub poin: Decimal,
}

/// A subkomponen with what its open criteria would bring.
struct Peluang<'a> {
    subkomponen: &'a Subkomponen,
    /// Criteria not met in full, those that lack most first.
    terbuka: Vec<&'a Kriteria>,
    /// Points for meeting the first 0, 1, 2, ... of them.
    poin: Vec<Decimal>,
}

/// The fewest criteria that lift the score to a better grade; `None` where nothing can.
///
/// # Errors
/// How much is scored, while not everything is: then there is no score to lift.
pub fn next_grade<'a>(templat: &'a Templat, pilih: &Pilih<'_>) -> Result<Option<Andai<'a>>, Cakupan> {
    let now = score(templat, pilih);
    let (Some(kini), Some(predikat)) = (now.nilai, now.predikat) else { return Err(now.dinilai) };
    let parts: Vec<Peluang<'a>> = templat.parts().map(|s| chance(templat, s, pilih)).collect();
    let most: usize = parts.iter().map(|p| p.terbuka.len()).sum();
    let plan = plans(&parts, most);
    let rank = |p: &Predikat| templat.skala.rank(p.kode);
    Ok((1..=most).find_map(|count| {
        let chosen = plan(count);
        let mut then: Pilih<'_> = pilih.iter().map(|(k, v)| (*k, *v)).collect();
        for (part, n) in parts.iter().zip(&chosen) {
            meet(templat, part, *n, &mut then);
        }
        let better = score(templat, &then);
        let (nilai, grade) = (better.nilai?, better.predikat?);
        if rank(grade) <= rank(predikat) {
            return None;
        }
        let mut kenaikan: Vec<Kenaikan<'a>> = parts
            .iter()
            .zip(&chosen)
            .filter(|(_, n)| **n > 0)
            .map(|(part, n)| Kenaikan {
                subkomponen: part.subkomponen,
                gradasi: suggest(templat, part.subkomponen, &then).gradasi.map(|g| g.kode.as_str()),
                kriteria: part.terbuka[..*n].to_vec(),
                poin: part.poin[*n],
            })
            .collect();
        kenaikan.sort_by_key(|k| std::cmp::Reverse(k.poin));
        Some(Andai { kini, nilai, predikat: grade, kenaikan })
    }))
}

fn chance<'a>(templat: &'a Templat, s: &'a Subkomponen, pilih: &Pilih<'_>) -> Peluang<'a> {
    let worth = |k: &Kriteria| value(templat, pilih, &k.kode).unwrap_or_default();
    let best = |k: &Kriteria| k.pilihan.first().map_or(Decimal::ONE, |p| p.nilai);
    let lack = |k: &Kriteria| k.bobot * (best(k) - worth(k));
    let mut terbuka: Vec<&Kriteria> = s.kriteria.iter().filter(|k| lack(k) > Decimal::ZERO).collect();
    terbuka.sort_by_key(|k| std::cmp::Reverse(lack(k)));
    let weights = s.kriteria.iter().map(|k| k.bobot).sum::<Decimal>();
    let met = s.kriteria.iter().map(|k| k.bobot * worth(k)).sum::<Decimal>();
    let more = |n: usize| terbuka[..n].iter().map(|k| lack(k)).sum::<Decimal>();
    let grade = value(templat, pilih, &s.kode).unwrap_or_default() * Decimal::ONE_HUNDRED;
    let poin = (0..=terbuka.len())
        .map(|n| match s.cara {
            CaraNilai::Rerata => (s.bobot * more(n)).checked_div(weights).unwrap_or_default(),
            CaraNilai::Gradasi => {
                let then = grade_for(templat, s, met + more(n), weights).map_or(grade, |g| g.nilai.max(grade));
                s.bobot * (then - grade) / Decimal::ONE_HUNDRED
            }
        })
        .collect();
    Peluang { subkomponen: s, terbuka, poin }
}

/// Answers as they would be with the first of a part's open criteria met.
fn meet<'a>(templat: &'a Templat, part: &Peluang<'a>, n: usize, then: &mut Pilih<'a>) {
    if n == 0 {
        return;
    }
    for k in &part.terbuka[..n] {
        if let Some(best) = k.pilihan.first() {
            then.insert(&k.kode, &best.kode);
        }
    }
    if part.subkomponen.cara == CaraNilai::Gradasi
        && let Some(g) = suggest(templat, part.subkomponen, then).terendah
        && Some(g.nilai) > value(templat, then, &part.subkomponen.kode).map(|w| w * Decimal::ONE_HUNDRED)
    {
        then.insert(&part.subkomponen.kode, &g.kode);
    }
}

/// For each number of criteria the split over the parts that brings most points.
fn plans(parts: &[Peluang<'_>], most: usize) -> impl Fn(usize) -> Vec<usize> {
    let mut best: Vec<Option<Decimal>> = vec![None; most + 1];
    best[0] = Some(Decimal::ZERO);
    let mut choice: Vec<Vec<usize>> = Vec::with_capacity(parts.len());
    for part in parts {
        let mut next: Vec<Option<Decimal>> = vec![None; most + 1];
        let mut taken = vec![0; most + 1];
        for total in 0..=most {
            for (n, poin) in part.poin.iter().enumerate().take(total + 1) {
                let sum = best[total - n].map(|b| b + poin);
                if sum.is_some() && (next[total].is_none() || sum > next[total]) {
                    next[total] = sum;
                    taken[total] = n;
                }
            }
        }
        best = next;
        choice.push(taken);
    }
    move |count| {
        let mut left = count;
        let mut chosen = vec![0; choice.len()];
        for (i, taken) in choice.iter().enumerate().rev() {
            chosen[i] = taken[left];
            left -= taken[left];
        }
        chosen
    }
}
