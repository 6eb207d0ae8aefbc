//! Which boxes a sheet shows.

use super::Ranting;

/// What hangs below each box, in order.
pub(super) struct Cabang {
    pub puncak: Vec<usize>,
    pub anak: Vec<Vec<usize>>,
}

impl Cabang {
    pub fn new(ranting: &[Ranting]) -> Self {
        let mut anak = vec![Vec::new(); ranting.len()];
        let mut puncak = Vec::new();
        for (i, r) in ranting.iter().enumerate() {
            match r.induk.filter(|induk| *induk < i) {
                Some(induk) => anak[induk].push(i),
                None => puncak.push(i),
            }
        }
        Self { puncak, anak }
    }

    /// How many boxes of that depth below `tops` have something below them.
    pub fn forks(&self, tops: &[usize], depth: usize) -> Vec<usize> {
        let mut row = tops.to_vec();
        for _ in 0..depth {
            row = row.iter().flat_map(|i| self.anak[*i].iter().copied()).collect();
        }
        row.retain(|i| !self.anak[*i].is_empty());
        row
    }
}

/// A box of a sheet.
pub(super) struct Titik {
    /// Place in the list of all.
    pub ranting: usize,
    /// Place of the box above on the sheet.
    pub induk: Option<usize>,
    /// Steps from the top of the sheet.
    pub dalam: usize,
    /// What hangs below it on the sheet.
    pub anak: Vec<usize>,
    /// Whether another sheet shows its branch.
    pub lanjut: bool,
}

/// The boxes of a sheet, each after the one above it.
pub(super) struct Tampilan {
    pub titik: Vec<Titik>,
}

impl Tampilan {
    /// The branches of `tops` down to so many steps. Boxes at the depth `next` have sheets of their own if anything is below them.
    pub fn new(cabang: &Cabang, tops: &[usize], depth: usize, next: Option<usize>) -> Self {
        let mut titik: Vec<Titik> = Vec::new();
        // The last one is taken next: children in reverse, so that boxes come in reading order.
        let mut open: Vec<(usize, Option<usize>, usize)> = tops.iter().rev().map(|top| (*top, None, 0)).collect();
        while let Some((ranting, induk, dalam)) = open.pop() {
            let place = titik.len();
            let below = &cabang.anak[ranting];
            let lanjut = next == Some(dalam) && !below.is_empty();
            titik.push(Titik { ranting, induk, dalam, anak: Vec::new(), lanjut });
            if let Some(above) = induk.and_then(|induk| titik.get_mut(induk)) {
                above.anak.push(place);
            }
            if dalam < depth {
                open.extend(below.iter().rev().map(|child| (*child, Some(place), dalam + 1)));
            }
        }
        Self { titik }
    }

    pub fn tops(&self) -> impl Iterator<Item = usize> {
        (0..self.titik.len()).filter(|t| self.titik[*t].induk.is_none())
    }

    /// How many boxes without anything below them stand next to each other below each box, counting those in one stack as one.
    pub fn columns(&self, stacked: &[bool]) -> Vec<i64> {
        let mut columns = vec![0; self.titik.len()];
        for t in (0..self.titik.len()).rev() {
            let mut before = false;
            for child in &self.titik[t].anak {
                // Neighbours in a stack are one column.
                if !(before && stacked[*child]) {
                    columns[t] += columns[*child];
                }
                before = stacked[*child];
            }
            columns[t] = columns[t].max(1);
        }
        columns
    }

    /// Steps from the tops to the deepest box.
    pub fn depth(&self) -> usize {
        self.titik.iter().map(|t| t.dalam).max().unwrap_or(0)
    }
}
