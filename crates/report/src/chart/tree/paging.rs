//! Which sheets there are, and how large their letters are.

use super::super::svg::times;
use super::content::{Rincian, Ukuran, words_fit};
use super::layout::{Cara, Susunan, layout, least_width};
use super::view::{Cabang, Tampilan};
use super::{A3, Ranting};

/// Sizes of the smallest letters that are tried, in tenths of a unit: from twelve points to six.
const SIZES: [i64; 12] = [160, 147, 134, 127, 120, 114, 108, 102, 96, 90, 85, 80];
/// Widths of a box that are tried, in tenths of the smallest letters; the narrower ones only for stacks.
const WIDTHS: [i64; 15] = [220, 210, 200, 190, 182, 175, 168, 160, 152, 145, 138, 130, 122, 114, 106];
const NARROW: i64 = 150;
/// Ways that are tried, the calmest first.
const ROWS: &[Cara] = &[Cara::Baris];
const STACKS: &[Cara] = &[Cara::Tumpuk(1), Cara::Tumpuk(2), Cara::Tumpuk(3)];
/// Heights between rows that are tried, in tenths of the smallest letters.
const GAPS: [i64; 4] = [50, 38, 28, 20];
/// What the legend takes of the height.
pub(super) const LEGEND: i64 = 300;

/// One sheet.
pub(super) struct Halaman {
    /// The box whose branch it shows; none for everything.
    pub puncak: Option<usize>,
    pub tampilan: Tampilan,
    pub ukuran: Ukuran,
    pub susunan: Susunan,
}

/// The sheets of a tree.
pub(super) fn pages(ranting: &[Ranting]) -> Vec<Halaman> {
    let cabang = Cabang::new(ranting);
    let mut pages = Vec::new();
    add(ranting, &cabang, None, &mut pages);
    pages
}

fn add(ranting: &[Ranting], cabang: &Cabang, puncak: Option<usize>, pages: &mut Vec<Halaman>) {
    let tops = puncak.map_or_else(|| cabang.puncak.clone(), |top| vec![top]);
    let page = |tampilan: Tampilan, (ukuran, susunan): (Ukuran, Susunan)| Halaman { puncak, tampilan, ukuran, susunan };
    let whole = Tampilan::new(cabang, &tops, usize::MAX, None);
    if let Some(found) = fit(ranting, &whole, Rincian::Penuh) {
        pages.push(page(whole, found));
        return;
    }
    let next = split(ranting, cabang, &tops, whole.depth());
    let shown = |depth: usize| Tampilan::new(cabang, &tops, depth, Some(next));
    // One row more than has sheets of its own, if there is room: it says what those sheets are about.
    let tries =
        [(next + 1, Rincian::Penuh), (next + 1, Rincian::Ringkas), (next, Rincian::Penuh), (next, Rincian::Ringkas)];
    let overview = tries.into_iter().find_map(|(depth, rincian)| {
        let tampilan = shown(depth);
        // In stacks it is read from afar.
        largest(ranting, &tampilan, rincian, STACKS).map(|found| page(tampilan, found))
    });
    pages.push(overview.unwrap_or_else(|| {
        let tampilan = shown(next);
        let found = forced(ranting, &tampilan);
        page(tampilan, found)
    }));
    for top in cabang.forks(&tops, next) {
        add(ranting, cabang, Some(top), pages);
    }
}

/// The depth whose boxes get sheets of their own: the first at which there are several branches, if all above it fits on one sheet,
/// otherwise the deepest that does.
fn split(ranting: &[Ranting], cabang: &Cabang, tops: &[usize], deepest: usize) -> usize {
    let first = usize::from(tops.len() == 1);
    let forked = (first..deepest).find(|depth| cabang.forks(tops, *depth).len() > 1).unwrap_or(deepest);
    let fits = |depth: &usize| {
        let tampilan = Tampilan::new(cabang, tops, *depth, Some(*depth));
        largest(ranting, &tampilan, Rincian::Ringkas, STACKS).is_some()
    };
    (first..=forked).rev().find(fits).unwrap_or(first)
}

/// The largest letters and the widest boxes with which everything is on one sheet; in stacks only what does not fit in rows.
fn fit(ranting: &[Ranting], tampilan: &Tampilan, rincian: Rincian) -> Option<(Ukuran, Susunan)> {
    largest(ranting, tampilan, rincian, ROWS).or_else(|| largest(ranting, tampilan, rincian, STACKS))
}

/// The same in one of these ways. What fits in large letters fits in small ones, so that sizes are halved, not tried one by one.
fn largest(ranting: &[Ranting], tampilan: &Tampilan, rincian: Rincian, ways: &[Cara]) -> Option<(Ukuran, Susunan)> {
    let mut best = sized(ranting, tampilan, rincian, ways, SIZES[SIZES.len() - 1])?;
    let (mut low, mut high) = (0, SIZES.len() - 1);
    while low < high {
        let half = usize::midpoint(low, high);
        match sized(ranting, tampilan, rincian, ways, SIZES[half]) {
            Some(found) => (best, high) = (found, half),
            None => low = half + 1,
        }
    }
    Some(best)
}

/// The widest boxes with which letters of that size fit.
fn sized(
    ranting: &[Ranting],
    tampilan: &Tampilan,
    rincian: Rincian,
    ways: &[Cara],
    huruf: i64,
) -> Option<(Ukuran, Susunan)> {
    let widths = WIDTHS.into_iter().filter(|w| ways == STACKS || *w >= NARROW);
    widths.map(|w| huruf * w / 10).find_map(|lebar| {
        let u = Ukuran { huruf, lebar, jarak: huruf * GAPS[GAPS.len() - 1] / 10 };
        let narrowest = if ways == STACKS { lebar - u.indent() } else { lebar };
        if !words_fit(ranting, tampilan, u, narrowest, rincian) {
            return None;
        }
        ways.iter().find_map(|cara| airy(ranting, tampilan, u, rincian, *cara))
    })
}

/// The sheet with as much height between rows as there is, if it fits at all.
fn airy(
    ranting: &[Ranting],
    tampilan: &Tampilan,
    u: Ukuran,
    rincian: Rincian,
    cara: Cara,
) -> Option<(Ukuran, Susunan)> {
    let (width, height) = (i64::from(A3.0) * 10, i64::from(A3.1) * 10 - LEGEND);
    // A box has a line for its code and one for its wording at least.
    let least_area = times(tampilan.titik.len()) * (u.lebar - u.indent()) * 3 * u.huruf;
    if least_width(tampilan, u, cara) > width || least_area > width * height {
        return None;
    }
    let fitting = |jarak: i64| {
        let u = Ukuran { jarak, ..u };
        let s = layout(ranting, tampilan, u, rincian, cara, height);
        (s.lebar <= width && s.tinggi <= height).then_some((u, s))
    };
    let tight = fitting(u.jarak)?;
    GAPS.into_iter().map(|gap| u.huruf * gap / 10).find_map(fitting).or(Some(tight))
}

/// For what does not fit at all: the smallest boxes, on a drawing larger than the sheet but of its shape, which documents shrink.
fn forced(ranting: &[Ranting], tampilan: &Tampilan) -> (Ukuran, Susunan) {
    let huruf = SIZES[SIZES.len() - 1];
    let u = Ukuran { huruf, lebar: huruf * WIDTHS[WIDTHS.len() - 1] / 10, jarak: huruf * GAPS[GAPS.len() - 1] / 10 };
    let (width, height) = (i64::from(A3.0) * 10, i64::from(A3.1) * 10);
    let lay = |room: i64| layout(ranting, tampilan, u, Rincian::Ringkas, Cara::Tumpuk(1), room);
    let (mut room, mut laid) = (height, lay(height));
    // Higher stacks make it narrower, as long as there are any.
    while laid.lebar * height > room * width {
        let higher = lay(room * 3 / 2);
        if higher.lebar >= laid.lebar {
            break;
        }
        (room, laid) = (room * 3 / 2, higher);
    }
    (u, laid)
}
