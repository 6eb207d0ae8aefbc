//! Where boxes stand and lines run.
//!
//! A tidy tree in the manner of Reingold and Tilford: each branch is laid out by itself, branches are put side by side as close as
//! their outlines allow, and the box above stands over the middle of its first and last.

use super::super::svg::Kotak;
use super::Ranting;
use super::content::{Isi, Pil, Rincian, Ukuran, fill};
use super::pack::{Bagian, Rumpun, side_by_side};
use super::view::{Tampilan, Titik};

/// A sheet laid out, from its left upper corner.
pub(super) struct Susunan {
    /// The box of each shown condition.
    pub kotak: Vec<Kotak>,
    /// What stands in it.
    pub isi: Vec<Isi>,
    /// Lines from boxes to those below them.
    pub garis: Vec<Vec<(i64, i64)>>,
    pub lebar: i64,
    pub tinggi: i64,
    /// Whether a box leaves out who answers for it, because the box above says so.
    pub hemat: bool,
}

impl Susunan {
    /// The texts about other offices: the box, which of its links, and where it stands.
    pub fn links(&self, u: Ukuran) -> impl Iterator<Item = (usize, usize, Kotak)> {
        self.isi.iter().zip(&self.kotak).enumerate().flat_map(move |(t, (isi, k))| {
            let place = move |(i, pil): (usize, &Pil)| {
                (t, i, Kotak { x: k.x + k.w + u.bridge(), y: k.y + pil.y, w: pil.lebar, h: pil.tinggi })
            };
            isi.pil.iter().enumerate().map(place)
        })
    }
}

/// How boxes are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cara {
    /// All in rows, equally wide.
    Baris,
    /// Boxes with nothing below them stand under each other; one above several columns is as wide as so many of them.
    Tumpuk(i64),
}

impl Cara {
    /// Which boxes stand in a stack.
    fn stacked(self, tampilan: &Tampilan) -> Vec<bool> {
        tampilan.titik.iter().map(|t| self != Self::Baris && t.induk.is_some() && t.anak.is_empty()).collect()
    }

    const fn widest(self) -> i64 {
        match self {
            Self::Baris => 1,
            Self::Tumpuk(widest) => widest,
        }
    }
}

/// Lays out a sheet in so much height.
pub(super) fn layout(
    ranting: &[Ranting],
    tampilan: &Tampilan,
    u: Ukuran,
    rincian: Rincian,
    cara: Cara,
    tinggi: i64,
) -> Susunan {
    let stacked = cara.stacked(tampilan);
    let widths = widths(tampilan, u, &stacked, cara.widest());
    // In a stack only what differs from the box above is said.
    let owner_of = |t: usize| &ranting[tampilan.titik[t].ranting].pemilik;
    let says_owner = |t: usize| {
        let above = tampilan.titik[t].induk.map(owner_of);
        !stacked[t] || owner_of(t).is_empty() || above != Some(owner_of(t))
    };
    let isi: Vec<Isi> = tampilan
        .titik
        .iter()
        .enumerate()
        .map(|(t, titik)| fill(&ranting[titik.ranting], titik, u, widths[t], rincian, says_owner(t)))
        .collect();
    // What hangs from a box in a stack follows right below it. Such a box is as high as its text and its row does not wait for it,
    // except at the top.
    let above_stack = |t: &Titik| t.dalam > 0 && !t.anak.is_empty() && t.anak.iter().all(|child| stacked[*child]);
    let hangs: Vec<bool> = tampilan.titik.iter().map(above_stack).collect();
    let mut rows = vec![0; tampilan.depth() + 1];
    for t in (0..isi.len()).filter(|t| !stacked[*t] && !hangs[*t]) {
        let row = tampilan.titik[t].dalam;
        rows[row] = isi[t].tinggi.max(rows[row]);
    }
    let mut tops = Vec::with_capacity(rows.len());
    let mut y = 0;
    for row in &rows {
        tops.push(y);
        y += row + u.jarak;
    }
    let plan = Penata {
        tampilan,
        u,
        stacked: &stacked,
        hangs: &hangs,
        isi: &isi,
        widths: &widths,
        rows: &rows,
        tops: &tops,
        tinggi,
    };
    let branches: Vec<Rumpun> = tampilan.tops().map(|t| plan.branch(t)).collect();
    let mut whole = Rumpun::default();
    // Trees are further from each other than branches of one.
    side_by_side(branches, 3 * u.gap()).into_iter().for_each(|(branch, _)| whole.join(branch));
    let hemat = rincian == Rincian::Penuh && !(0..stacked.len()).all(says_owner);
    Susunan { hemat, ..finish(whole, isi) }
}

/// Width of each box. One above several columns may take the width of some of them: it costs no width and makes its row low.
fn widths(tampilan: &Tampilan, u: Ukuran, stacked: &[bool], widest: i64) -> Vec<i64> {
    let several = |columns: i64| columns.min(widest) * (u.lebar + u.gap()) - u.gap();
    let columns = tampilan.columns(stacked).into_iter().zip(stacked);
    columns.map(|(columns, stacked)| if *stacked { u.lebar - u.indent() } else { several(columns) }).collect()
}

struct Penata<'a> {
    tampilan: &'a Tampilan,
    u: Ukuran,
    stacked: &'a [bool],
    hangs: &'a [bool],
    isi: &'a [Isi],
    /// Width of each box.
    widths: &'a [i64],
    /// Height of each row of boxes.
    rows: &'a [i64],
    /// Upper edge of each row.
    tops: &'a [i64],
    tinggi: i64,
}

impl Penata<'_> {
    /// A box with all that hangs below it.
    fn branch(&self, t: usize) -> Rumpun {
        let u = self.u;
        let titik = &self.tampilan.titik[t];
        let top = self.tops[titik.dalam];
        let groups = self.groups(&titik.anak);
        let h = if self.hangs[t] { self.isi[t].tinggi } else { self.rows[titik.dalam] };
        let w = self.widths[t];
        let own = Kotak { x: -w / 2, y: top, w, h };
        let mut branch = Rumpun::default();
        branch.bagian.push((Bagian::Kotak(t), own));
        let outside = self.isi[t].outside(u);
        if outside > 0 {
            let room = Kotak { x: own.x + own.w, w: outside, ..own };
            branch.bagian.push((Bagian::Ruang, room));
        }
        let (bottom, middle, next) = (top + h, top + h + u.jarak / 2, top + h + u.jarak);
        let close = bottom + self.between();
        if let [Kelompok::Tumpukan(items)] = groups.as_slice()
            && let [only] = self.columns(items, close).as_slice()
        {
            let (mut column, spine) = self.column(only, own.x, close);
            column.garis.push(vec![(spine, bottom), (spine, close)]);
            branch.join(column);
            return branch;
        }
        let mut feet = Vec::new();
        let blocks: Vec<Rumpun> = groups
            .iter()
            .map(|group| match group {
                Kelompok::Cabang(child) => {
                    feet.push(vec![0]);
                    self.branch(*child)
                }
                Kelompok::Tumpukan(items) => {
                    let (stack, spines) = self.stack(items, next);
                    feet.push(spines);
                    stack
                }
            })
            .collect();
        let placed = side_by_side(blocks, u.gap());
        let (Some((_, first)), Some((_, last))) = (placed.first(), placed.last()) else { return branch };
        let centre = (first + last).div_euclid(2);
        let mut reach = (0, 0);
        for ((mut block, x), feet) in placed.into_iter().zip(feet) {
            block.shift(-centre);
            for foot in feet {
                let foot = foot + x - centre;
                reach = (foot.min(reach.0), foot.max(reach.1));
                block.garis.push(vec![(0, bottom), (0, middle), (foot, middle), (foot, next)]);
            }
            branch.join(block);
        }
        // No box of another branch may stand on the line across.
        branch.bagian.push((Bagian::Ruang, Kotak { x: reach.0, y: middle, w: reach.1 - reach.0, h: 1 }));
        branch
    }

    /// Boxes below a box: each a branch, or next to each other in a stack.
    fn groups(&self, below: &[usize]) -> Vec<Kelompok> {
        let mut groups: Vec<Kelompok> = Vec::new();
        for child in below {
            match (self.stacked[*child], groups.last_mut()) {
                (true, Some(Kelompok::Tumpukan(items))) => items.push(*child),
                (true, _) => groups.push(Kelompok::Tumpukan(vec![*child])),
                (false, _) => groups.push(Kelompok::Cabang(*child)),
            }
        }
        groups
    }

    /// A stack in as few columns as its height allows, all about equally high; their middle is x = 0. Also where its lines begin.
    fn stack(&self, items: &[usize], y: i64) -> (Rumpun, Vec<i64>) {
        let mut stack = Rumpun::default();
        let mut spines = Vec::new();
        let mut x = 0;
        let mut width = 0;
        for column in self.columns(items, y) {
            let (part, spine) = self.column(&column, x, y);
            stack.join(part);
            spines.push(spine);
            width = x + self.u.lebar;
            x = width + self.u.gap() + column.iter().map(|t| self.isi[*t].outside(self.u)).max().unwrap_or(0);
        }
        stack.shift(-width / 2);
        (stack, spines.into_iter().map(|spine| spine - width / 2).collect())
    }

    fn columns(&self, items: &[usize], y: i64) -> Vec<Vec<usize>> {
        let tallest = items.iter().map(|t| self.isi[*t].tinggi).max().unwrap_or(0);
        let room = (self.tinggi - y).max(tallest);
        let fewest = self.filled(items, room).len();
        // The lowest height that needs no more columns.
        let (mut low, mut high) = (tallest, room);
        while low < high {
            let half = i64::midpoint(low, high);
            if self.filled(items, half).len() > fewest { low = half + 1 } else { high = half }
        }
        self.filled(items, high)
    }

    /// Columns of at most that height.
    fn filled(&self, items: &[usize], most: i64) -> Vec<Vec<usize>> {
        let mut columns: Vec<Vec<usize>> = Vec::new();
        let mut used = 0;
        for t in items {
            let h = self.isi[*t].tinggi;
            match columns.last_mut() {
                Some(column) if used + self.between() + h <= most => {
                    used += self.between() + h;
                    column.push(*t);
                }
                _ => {
                    used = h;
                    columns.push(vec![*t]);
                }
            }
        }
        columns
    }

    /// Height between stacked boxes.
    const fn between(&self) -> i64 {
        self.u.huruf * 6 / 10
    }

    /// Boxes under each other beside a line, and the x of that line.
    fn column(&self, items: &[usize], x: i64, y: i64) -> (Rumpun, i64) {
        let u = self.u;
        let spine = x + u.indent() / 2;
        let (mut column, mut at, mut end) = (Rumpun::default(), y, y);
        for t in items {
            let k = Kotak { x: x + u.indent(), y: at, w: u.lebar - u.indent(), h: self.isi[*t].tinggi };
            end = k.y + k.h / 2;
            column.garis.push(vec![(spine, end), (k.x, end)]);
            column.bagian.push((Bagian::Kotak(*t), k));
            let outside = self.isi[*t].outside(u);
            if outside > 0 {
                column.bagian.push((Bagian::Ruang, Kotak { x: k.x + k.w, w: outside, ..k }));
            }
            at += k.h + self.between();
        }
        column.bagian.push((Bagian::Ruang, Kotak { x, y, w: u.indent(), h: at - self.between() - y }));
        column.garis.push(vec![(spine, y), (spine, end)]);
        (column, spine)
    }
}

enum Kelompok {
    Cabang(usize),
    Tumpukan(Vec<usize>),
}

/// Moves everything into the first quadrant.
fn finish(mut whole: Rumpun, isi: Vec<Isi>) -> Susunan {
    let left = whole.bagian.iter().map(|(_, k)| k.x).min().unwrap_or(0);
    whole.shift(-left);
    let mut kotak = vec![Kotak { x: 0, y: 0, w: 0, h: 0 }; isi.len()];
    let (mut lebar, mut tinggi) = (0, 0);
    for (bagian, k) in &whole.bagian {
        lebar = lebar.max(k.x + k.w);
        tinggi = tinggi.max(k.y + k.h);
        if let Bagian::Kotak(t) = bagian {
            kotak[*t] = *k;
        }
    }
    Susunan { kotak, isi, garis: whole.garis, lebar, tinggi, hemat: false }
}

/// Width that a sheet takes at least: a quick answer to what cannot fit.
pub(super) fn least_width(tampilan: &Tampilan, u: Ukuran, cara: Cara) -> i64 {
    let columns = tampilan.columns(&cara.stacked(tampilan));
    tampilan.tops().map(|top| columns[top] * (u.lebar + u.gap())).sum::<i64>() - u.gap()
}
