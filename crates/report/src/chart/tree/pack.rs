//! Putting branches next to each other.
//!
//! Outlines are lists of rectangles instead of contours, since stacks of boxes reach down past the row of their neighbours; a sheet holds
//! a hundred boxes or two. Branches are packed once from the left and once from the right and stand halfway between, so that a small
//! one does not lean on its neighbour.

use super::super::svg::Kotak;

/// A part of a branch, with its top box around x = 0.
#[derive(Clone, Copy)]
pub(super) enum Bagian {
    /// A condition's box.
    Kotak(usize),
    /// Room for lines and for texts beside boxes.
    Ruang,
}

/// A branch laid out.
#[derive(Default)]
pub(super) struct Rumpun {
    pub bagian: Vec<(Bagian, Kotak)>,
    pub garis: Vec<Vec<(i64, i64)>>,
}

impl Rumpun {
    pub fn shift(&mut self, by: i64) {
        self.bagian.iter_mut().for_each(|(_, k)| k.x += by);
        self.garis.iter_mut().flatten().for_each(|(x, _)| *x += by);
    }

    pub fn join(&mut self, other: Self) {
        self.bagian.extend(other.bagian);
        self.garis.extend(other.garis);
    }
}

/// Branches next to each other in their order, none over another, with the x of each one's top.
pub(super) fn side_by_side(mut branches: Vec<Rumpun>, gap: i64) -> Vec<(Rumpun, i64)> {
    let count = branches.len();
    // What each pair needs at least from top to top.
    let needs: Vec<Vec<i64>> = (0..count)
        .map(|right| (0..right).map(|left| distance(&branches[left], &branches[right], gap)).collect())
        .collect();
    let mut from_left = vec![0; count];
    for right in 1..count {
        from_left[right] = (0..right).map(|left| from_left[left] + needs[right][left]).max().unwrap_or(0);
    }
    let mut from_right = from_left.clone();
    for left in (0..count.saturating_sub(1)).rev() {
        let nearest = (left + 1..count).map(|right| from_right[right] - needs[right][left]).min();
        from_right[left] = nearest.unwrap_or(from_right[left]);
    }
    branches
        .drain(..)
        .zip(from_left.iter().zip(&from_right))
        .map(|(mut branch, (left, right))| {
            let x = i64::midpoint(*left, *right);
            branch.shift(x);
            (branch, x)
        })
        .collect()
}

/// How far right of a branch another one has to stand: so that wherever both have something at a height, there is a gap between.
fn distance(left: &Rumpun, right: &Rumpun, gap: i64) -> i64 {
    let near = |a: &Kotak, b: &Kotak| a.y < b.y + b.h + gap / 2 && b.y < a.y + a.h + gap / 2;
    let mut needed = 0;
    for (_, a) in &left.bagian {
        for (_, b) in right.bagian.iter().filter(|(_, b)| near(a, b)) {
            needed = needed.max(a.x + a.w + gap - b.x);
        }
    }
    needed
}
