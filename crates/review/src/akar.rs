//! One fault shows in many places: the finding that explains others is named first, and they hang on it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::{Decimal, dec};
use tolok_domain::bacaan::{Letak, Wadah};

use crate::aturan::{Uji, Ukuran};
use crate::model::{Isi, Model, Rekam};
use crate::temuan::{Sisi, Temuan};

/// Rounding of a percentage that is recomputed with a corrected part.
const ROUNDING: Decimal = dec!(0.01);

/// A row of a file: the sheet or table, and the line.
type Baris<'a> = (&'a Wadah, Option<u32>);

fn row(letak: &Letak) -> Baris<'_> {
    (&letak.di, letak.baris)
}

fn row_of(sisi: &Sisi) -> Option<Baris<'_>> {
    sisi.tempat.letak().map(row)
}

/// Where each finding belongs.
struct Peta<'m> {
    m: &'m Model<'m>,
    /// Row and cell of both sides of each finding.
    of: Vec<[Option<(usize, &'m Isi<'m>)>; 2]>,
    /// Findings that have a side in a row.
    in_row: HashMap<Baris<'m>, Vec<usize>>,
    /// Findings that hold one place against another, by how far these are apart.
    between: HashMap<Option<Decimal>, Vec<usize>>,
    slips: Vec<usize>,
    /// Rows below each row in the plan.
    below: BTreeMap<usize, Vec<usize>>,
}

impl<'m> Peta<'m> {
    fn new(m: &'m Model<'m>, found: &'m [Temuan]) -> Self {
        let mut rows: HashMap<Baris<'_>, Vec<usize>> = HashMap::new();
        for (i, r) in m.rekam.iter().enumerate() {
            rows.entry(row(&r.letak)).or_default().push(i);
        }
        let cell = |sisi: Option<&Sisi>| {
            let letak = sisi?.tempat.letak()?;
            let cell = |i: &usize| Some((*i, m.rekam[*i].isi.iter().find(|x| x.sel.letak == *letak)?));
            rows.get(&row(letak))?.iter().find_map(cell)
        };
        let of = found.iter().map(|t| [cell(Some(&t.a)), cell(t.b.as_ref())]).collect();
        let mut map =
            Self { m, of, in_row: HashMap::new(), between: HashMap::new(), slips: Vec::new(), below: m.by_parent() };
        for (i, t) in found.iter().enumerate() {
            for at in t.sides().filter_map(row_of) {
                map.in_row.entry(at).or_default().push(i);
            }
            if is_between(t) || is_own_sum(t) {
                map.between.entry(t.selisih).or_default().push(i);
            }
            if is_slip(t) {
                map.slips.push(i);
            }
        }
        map
    }

    /// The findings among which a cause of this one can be, in their order: of thousands, those that share a row or an amount with it.
    fn near(&self, e: usize, effect: &Temuan) -> Vec<usize> {
        let in_rows = |rows: &mut dyn Iterator<Item = Baris<'_>>| {
            ascending(rows.filter_map(|at| self.in_row.get(&at)).flatten().copied())
        };
        match &effect.aturan.uji {
            Uji::IkutDigit(_) => self.slips.clone(),
            Uji::JumlahAnak(_) => {
                let Some((parent, ..)) = self.of(e) else { return Vec::new() };
                let parts = self.below.get(&parent).into_iter().flatten();
                in_rows(&mut parts.chain([&parent]).map(|i| row(&self.m.rekam[*i].letak)))
            }
            Uji::JumlahProgram(_) => {
                let apart = effect.selisih.map_or([None, None], |gap| [Some(gap), Some(-gap)]);
                ascending(apart.iter().filter_map(|gap| self.between.get(gap)).flatten().copied())
            }
            Uji::AntarTabel { ukuran, .. } if ukuran.is_money() => {
                self.between.get(&effect.selisih).cloned().unwrap_or_default()
            }
            _ => in_rows(&mut effect.sides().filter_map(row_of)),
        }
    }

    /// The row and cell of the first side of a finding.
    fn of(&self, i: usize) -> Option<(usize, &'m Rekam<'m>, &'m Isi<'m>)> {
        let (row, isi) = self.of[i][0]?;
        Some((row, &self.m.rekam[row], isi))
    }

    /// The side of a comparison that stands in a row, and the value that it would have if the other side were right.
    fn corrected(&self, i: usize, t: &Temuan, row: usize) -> Option<(&'m Rekam<'m>, &'m Isi<'m>, Decimal)> {
        let gap = t.selisih?;
        let (at, (_, isi)) = self.of[i].iter().flatten().enumerate().find(|(_, (r, _))| *r == row)?;
        let second = at == 1 || self.of[i][0].is_none_or(|(r, _)| r != row);
        let value = isi.angka?;
        Some((&self.m.rekam[row], isi, if second { value + gap } else { value - gap }))
    }
}

/// A finding with its number in the list.
type Bernomor<'t> = (usize, &'t Temuan);

/// Links findings to the one that explains them and sorts: the most serious first, those that explain most before others, each followed
/// by what it explains.
pub(crate) fn arrange(found: Vec<Temuan>, m: Option<&Model<'_>>) -> Vec<Temuan> {
    let mut root: Vec<Option<usize>> = vec![None; found.len()];
    if let Some(m) = m {
        let map = Peta::new(m, &found);
        for (i, slot) in root.iter_mut().enumerate() {
            let mut near = map.near(i, &found[i]).into_iter().filter(|j| *j != i);
            *slot = near.find(|j| explains((*j, &found[*j]), (i, &found[i]), &map));
        }
    }
    // A root's root is the root; in a circle it is the first.
    let last = |mut i: usize| {
        let mut seen = BTreeSet::new();
        while let Some(next) = root[i] {
            if !seen.insert(i) {
                return first_of_circle(&root, i);
            }
            i = next;
        }
        i
    };
    let of: Vec<usize> = (0..found.len()).map(last).collect();
    let mut followers = vec![0_usize; found.len()];
    for (i, r) in of.iter().enumerate() {
        if i != *r {
            followers[*r] += 1;
        }
    }
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| {
        let r = of[*i];
        let t = &found[r];
        (t.keparahan, Reverse(is_slip(t)), Reverse(followers[r]), r, *i != r, found[*i].keparahan, *i)
    });
    let position: HashMap<usize, usize> = order.iter().enumerate().map(|(at, i)| (*i, at)).collect();
    let mut slots: Vec<Option<Temuan>> = found.into_iter().map(Some).collect();
    order
        .iter()
        .filter_map(|i| {
            let mut t = slots[*i].take()?;
            t.akar = (of[*i] != *i).then(|| position[&of[*i]]);
            Some(t)
        })
        .collect()
}

fn ascending(list: impl Iterator<Item = usize>) -> Vec<usize> {
    list.collect::<BTreeSet<usize>>().into_iter().collect()
}

/// The first finding of a circle that one of its findings leads through.
fn first_of_circle(root: &[Option<usize>], start: usize) -> usize {
    let mut circle = vec![start];
    let mut at = root[start];
    while let Some(next) = at.filter(|next| *next != start) {
        circle.push(next);
        at = root[next];
    }
    circle.into_iter().min().unwrap_or(start)
}

const fn is_slip(t: &Temuan) -> bool {
    matches!(t.aturan.uji, Uji::Digit(_))
}

const fn is_own_sum(t: &Temuan) -> bool {
    matches!(t.aturan.uji, Uji::JumlahAnak(_))
}

const fn is_between(t: &Temuan) -> bool {
    matches!(t.aturan.uji, Uji::AntarTabel { .. } | Uji::Digit(_))
}

/// Whether the first finding explains the second.
fn explains((c, cause): Bernomor<'_>, (e, effect): Bernomor<'_>, map: &Peta<'_>) -> bool {
    match &effect.aturan.uji {
        Uji::IkutDigit(ukuran) => matches!(cause.aturan.uji, Uji::Digit(u) if u == *ukuran) && took_over(cause, effect),
        Uji::JumlahAnak(ukuran) | Uji::JumlahProgram(ukuran) => sum_explained((c, cause), (e, effect), *ukuran, map),
        Uji::Persen(_) | Uji::Ambang { ukuran: Ukuran::Serapan | Ukuran::Capaian, .. } | Uji::Melebihi { .. } => {
            is_between(cause) && part_explained((c, cause), (e, effect), map)
                || matches!(effect.aturan.uji, Uji::Ambang { .. })
                    && matches!(cause.aturan.uji, Uji::Melebihi { .. } | Uji::Persen(_))
                    && same_row(cause, effect)
        }
        Uji::AntarTabel { ukuran: Ukuran::Capaian, .. } => {
            matches!(
                cause.aturan.uji,
                Uji::AntarTabel { ukuran: Ukuran::Target | Ukuran::Realisasi, .. } | Uji::Persen(Ukuran::Capaian)
            ) && rows_meet(cause, effect)
        }
        // Two names of a place where one sum of a sasaran holds the wrong amount of a programme.
        Uji::AntarTabel { ukuran, tingkat }
            if tingkat.contains(&crate::aturan::Tingkat::Sasaran) && ukuran.is_money() =>
        {
            is_between(cause)
                && !std::ptr::eq(cause.aturan, effect.aturan)
                && cause.selisih == effect.selisih
                && in_file(cause, effect)
        }
        Uji::Lubang { tanpa: crate::aturan::Unsur::Realisasi, punya, .. } => {
            punya.contains(&crate::aturan::Unsur::Capaian)
                && matches!(&cause.aturan.uji, Uji::Lubang { tanpa: crate::aturan::Unsur::Realisasi, punya, .. } if !punya.contains(&crate::aturan::Unsur::Capaian))
                && same_row(cause, effect)
        }
        _ => false,
    }
}

fn same_row(x: &Temuan, y: &Temuan) -> bool {
    row_of(&x.a).is_some_and(|r| Some(r) == row_of(&y.a))
}

fn rows_meet(x: &Temuan, y: &Temuan) -> bool {
    x.sides().any(|s| y.sides().any(|t| row_of(s).is_some_and(|r| Some(r) == row_of(t))))
}

fn in_file(x: &Temuan, y: &Temuan) -> bool {
    x.a.tempat
        .letak()
        .zip(y.a.tempat.letak())
        .is_some_and(|(a, b)| a.di.berkas == b.di.berkas && a.di.tabel == b.di.tabel)
}

/// A sum or a percentage that took over the value of the cell with the slip. Sums name that cell as their other side; percentages stand in
/// its row or in the row of such a sum.
fn took_over(cause: &Temuan, effect: &Temuan) -> bool {
    effect.b.as_ref().is_some_and(|b| b.tempat == cause.a.tempat) || same_row(cause, effect) || in_file(cause, effect)
}

/// A sum that would agree if the cell of the cause had its other value: the parent's own, or one of the parts.
fn sum_explained((c, cause): Bernomor<'_>, (e, effect): Bernomor<'_>, ukuran: Ukuran, map: &Peta<'_>) -> bool {
    let Some(gap) = effect.selisih else { return false };
    let Some((parent, ..)) = map.of(e) else { return false };
    let own_sum = is_own_sum(cause);
    let places = if own_sum { 1 } else { 2 };
    map.of[c].iter().take(places).flatten().any(|(at, isi)| {
        let r = &map.m.rekam[*at];
        if isi.peran != ukuran.peran() || map.m.rekam[parent].tabel != r.tabel {
            return false;
        }
        // How far the value is from what the other side says.
        let Some(slip) = (if own_sum { cause.selisih } else { off(map, c, cause, *at) }) else { return false };
        if *at == parent {
            return is_between(cause) && gap == slip;
        }
        let below = r.induk == Some(parent) || matches!(effect.aturan.uji, Uji::JumlahProgram(_));
        below && gap == -slip && (is_between(cause) || own_sum)
    })
}

/// A side's value less what the other side says.
fn off(map: &Peta<'_>, c: usize, cause: &Temuan, row: usize) -> Option<Decimal> {
    let (_, isi, right) = map.corrected(c, cause, row)?;
    Some(isi.angka? - right)
}

/// A percentage or a limit that would hold if the cell of the cause, in the same row, had its other value.
fn part_explained((c, cause): Bernomor<'_>, (e, effect): Bernomor<'_>, map: &Peta<'_>) -> bool {
    let Some((row, _, printed)) = map.of(e) else { return false };
    let Some((r, isi, right)) = map.corrected(c, cause, row) else { return false };
    if isi.tahun() != printed.tahun() {
        return false;
    }
    let year = isi.tahun();
    let with = |u: Ukuran| if u.peran() == isi.peran { Some(right) } else { r.number(u, year) };
    match &effect.aturan.uji {
        Uji::Melebihi { ukuran, batas } => with(*ukuran).zip(with(*batas)).is_some_and(|(a, b)| a <= b),
        uji => {
            let serapan = matches!(uji, Uji::Persen(Ukuran::Serapan) | Uji::Ambang { ukuran: Ukuran::Serapan, .. });
            let (above, below) =
                if serapan { (Ukuran::RealisasiAnggaran, Ukuran::Pagu) } else { (Ukuran::Realisasi, Ukuran::Target) };
            let share =
                with(above).zip(with(below)).and_then(|(a, b)| a.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(b));
            match uji {
                Uji::Ambang { .. } => share.is_some_and(|s| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&s)),
                _ => share.zip(printed.angka).is_some_and(|(s, p)| (s - p).abs() <= ROUNDING),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_a_circle_is_its_first_from_wherever_it_is_entered() {
        let root = [Some(3), Some(2), Some(1), Some(2), None];
        assert_eq!([1, 2].map(|start| first_of_circle(&root, start)), [1, 1]);
    }
}
