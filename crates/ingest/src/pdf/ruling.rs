//! Rulings put together to tables: lines that touch make a grid, and what no line parts is one cell.

use super::content::Rule;
use super::geometry::Rect;

/// Lines nearer than this are the same line, in points: borders are drawn cell by cell.
const SNAP: f64 = 2.0;
/// Gap over which a line goes on.
const JOIN: f64 = 3.0;
/// Share of the side of a cell that has to be ruled to part it from the next.
const RULED: f64 = 0.6;
/// Most fields of a grid; more is a drawing.
const MAX_FIELDS: usize = 120_000;
/// Most lines of a page after they were joined.
const MAX_LINES: usize = 6_000;

/// A grid of cells on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// Where columns and rows begin and end, from the left and from the top.
    pub xs: Vec<f64>,
    pub ys: Vec<f64>,
    /// Its cells, from the top and from the left.
    pub cells: Vec<Cell>,
    /// For each field, row by row, the index of its cell.
    pub owner: Vec<usize>,
}

/// A cell: the fields that no line parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
}

impl Grid {
    pub(super) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    pub(super) fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    pub(super) fn bounds(&self) -> Rect {
        let first = |list: &[f64]| list.first().copied().unwrap_or_default();
        let last = |list: &[f64]| list.last().copied().unwrap_or_default();
        Rect { x0: first(&self.xs), y0: first(&self.ys), x1: last(&self.xs), y1: last(&self.ys) }
    }

    /// The cell at a point.
    pub(super) fn cell_at(&self, (x, y): (f64, f64)) -> Option<usize> {
        let column = self.xs.partition_point(|at| *at <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|at| *at <= y).checked_sub(1)?;
        if column >= self.columns() || row >= self.rows() {
            return None;
        }
        self.owner.get(row * self.columns() + column).copied()
    }

    /// Where a cell stands.
    pub(super) fn place(&self, cell: Cell) -> Rect {
        let at = |list: &[f64], index: usize| list.get(index).copied().unwrap_or_default();
        Rect {
            x0: at(&self.xs, cell.column),
            y0: at(&self.ys, cell.row),
            x1: at(&self.xs, cell.column + cell.columns),
            y1: at(&self.ys, cell.row + cell.rows),
        }
    }
}

/// The tables that the lines of a page make, from the top; `None` where there are too many lines to be tables.
pub(super) fn grids(rules: &[Rule]) -> Option<Vec<Grid>> {
    let level = joined(rules.iter().filter(|rule| rule.horizontal));
    let upright = joined(rules.iter().filter(|rule| !rule.horizontal));
    if level.len() + upright.len() > MAX_LINES {
        return None;
    }
    let mut grids: Vec<Grid> =
        components(&level, &upright).into_iter().filter_map(|(level, upright)| grid(&level, &upright)).collect();
    grids.sort_by(|a, b| a.bounds().y0.total_cmp(&b.bounds().y0).then(a.bounds().x0.total_cmp(&b.bounds().x0)));
    // A grid within a cell of another is decoration of that cell.
    let bounds: Vec<Rect> = grids.iter().map(Grid::bounds).collect();
    let inner = |index: usize, own: &Rect| {
        bounds.iter().enumerate().any(|(other, around)| {
            other != index
                && around.x0 <= own.x0 + SNAP
                && around.y0 <= own.y0 + SNAP
                && around.x1 >= own.x1 - SNAP
                && around.y1 >= own.y1 - SNAP
                && (around.width() * around.height() > own.width() * own.height() || other < index)
        })
    };
    let kept = grids.iter().zip(&bounds).enumerate().filter(|(index, (_, own))| !inner(*index, own));
    Some(kept.map(|(_, (grid, _))| grid.clone()).collect())
}

/// Lines of one kind with pieces and doubles made one.
fn joined<'a>(rules: impl Iterator<Item = &'a Rule>) -> Vec<Rule> {
    let mut rules: Vec<Rule> = rules.copied().collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut lines = Vec::new();
    let mut rest = rules.as_slice();
    while let Some(first) = rest.first() {
        // From the first of the group, so that a hatching does not become one line.
        let count = rest.partition_point(|rule| rule.at - first.at <= SNAP);
        let (group, after) = rest.split_at(count);
        rest = after;
        let mut group = group.to_vec();
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let weight: f64 = group.iter().map(|rule| rule.to - rule.from).sum();
        let at = group.iter().map(|rule| rule.at * (rule.to - rule.from)).sum::<f64>() / weight;
        let mut open: Option<Rule> = None;
        for rule in group {
            match &mut open {
                Some(line) if rule.from <= line.to + JOIN => line.to = line.to.max(rule.to),
                _ => lines.extend(open.replace(Rule { at, ..rule })),
            }
        }
        lines.extend(open);
    }
    // What is left alone and short is a dash or a dot.
    lines.retain(|line| line.to - line.from >= JOIN);
    lines
}

/// Lines that touch, straight or over others.
fn components(level: &[Rule], upright: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut parents: Vec<usize> = (0..level.len() + upright.len()).collect();
    for (i, h) in level.iter().enumerate() {
        for (j, v) in upright.iter().enumerate() {
            let meets = v.at >= h.from - JOIN && v.at <= h.to + JOIN && h.at >= v.from - JOIN && h.at <= v.to + JOIN;
            if meets {
                let (a, b) = (root(&mut parents, i), root(&mut parents, level.len() + j));
                if let Some(parent) = parents.get_mut(a) {
                    *parent = b;
                }
            }
        }
    }
    let mut found: Vec<(usize, Vec<Rule>, Vec<Rule>)> = Vec::new();
    for (index, rule) in level.iter().chain(upright).enumerate() {
        let own = root(&mut parents, index);
        let at = found.iter().position(|(root, ..)| *root == own).unwrap_or_else(|| {
            found.push((own, Vec::new(), Vec::new()));
            found.len() - 1
        });
        if let Some((_, level, upright)) = found.get_mut(at) {
            if rule.horizontal { level.push(*rule) } else { upright.push(*rule) }
        }
    }
    found.into_iter().map(|(_, level, upright)| (level, upright)).collect()
}

fn root(parents: &mut [usize], mut index: usize) -> usize {
    while let Some(&parent) = parents.get(index) {
        if parent == index {
            break;
        }
        // Halving the way keeps the next search short.
        let above = parents.get(parent).copied().unwrap_or(parent);
        if let Some(own) = parents.get_mut(index) {
            *own = above;
        }
        index = above;
    }
    index
}

/// The grid of lines that touch, if they part anything.
fn grid(level: &[Rule], upright: &[Rule]) -> Option<Grid> {
    let positions = |rules: &[Rule], low: f64, high: f64| {
        let mut list: Vec<f64> = rules.iter().map(|rule| rule.at).chain([low, high]).collect();
        list.sort_by(f64::total_cmp);
        list.dedup_by(|next, kept| *next - *kept <= SNAP);
        list
    };
    let ends = |rules: &[Rule]| {
        rules
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), rule| (low.min(rule.from), high.max(rule.to)))
    };
    // A table open at its sides is closed where its lines end.
    let (x0, x1) = ends(level);
    let (y0, y1) = ends(upright);
    if level.len() < 2 || !x0.is_finite() {
        return None;
    }
    let (y0, y1) = if y0.is_finite() { (y0, y1) } else { (level.first()?.at, level.last()?.at) };
    let (xs, ys) = (positions(upright, x0, x1), positions(level, y0, y1));
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns * rows < 2 || columns * rows > MAX_FIELDS {
        return None;
    }
    let parted_right = covered(upright, &xs, &ys);
    let parted_below = covered(level, &ys, &xs);
    // Fields that no line parts belong together.
    let mut parents: Vec<usize> = (0..columns * rows).collect();
    for row in 0..rows {
        for column in 0..columns {
            let field = row * columns + column;
            if column + 1 < columns && !parted_right(column + 1, row) {
                unite(&mut parents, field, field + 1);
            }
            if row + 1 < rows && !parted_below(row + 1, column) {
                unite(&mut parents, field, field + columns);
            }
        }
    }
    Some(cut(xs, ys, &mut parents))
}

fn unite(parents: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parents, a), root(parents, b));
    if let Some(parent) = parents.get_mut(a.max(b)) {
        *parent = a.min(b);
    }
}

/// Whether the lines at position `at` (by index into `across`) rule the stretch between two neighbours of `along`.
fn covered(rules: &[Rule], across: &[f64], along: &[f64]) -> impl Fn(usize, usize) -> bool + use<> {
    let stretches = along.len().saturating_sub(1);
    let mut ruled = vec![0.0_f64; across.len() * stretches];
    for rule in rules {
        let Some(at) = (0..across.len()).min_by(|a, b| {
            let off = |index: &usize| across.get(*index).map_or(f64::INFINITY, |x| (x - rule.at).abs());
            off(a).total_cmp(&off(b))
        }) else {
            continue;
        };
        for (stretch, ends) in along.windows(2).enumerate() {
            if let [from, to] = ends {
                let length = (rule.to.min(*to) - rule.from.max(*from)).max(0.0);
                if let Some(sum) = ruled.get_mut(at * stretches + stretch) {
                    *sum += length / (to - from);
                }
            }
        }
    }
    move |at, stretch| ruled.get(at * stretches + stretch).is_none_or(|share| *share >= RULED)
}

/// Cells out of fields that belong together. What is no rectangle is cut into rows of fields, so that a missing piece of a line does not
/// make one cell of a whole table.
fn cut(xs: Vec<f64>, ys: Vec<f64>, parents: &mut [usize]) -> Grid {
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    let roots: Vec<usize> = (0..columns * rows).map(|field| root(parents, field)).collect();
    let mut owner = vec![usize::MAX; columns * rows];
    let mut cells: Vec<Cell> = Vec::new();
    let same = |row: usize, column: usize, of: usize| roots.get(row * columns + column) == Some(&of);
    for row in 0..rows {
        for column in 0..columns {
            let field = row * columns + column;
            let (Some(&of), Some(&usize::MAX)) = (roots.get(field), owner.get(field)) else { continue };
            let free = |row: usize, column: usize, owner: &[usize]| {
                same(row, column, of) && owner.get(row * columns + column) == Some(&usize::MAX)
            };
            let width = (column..columns).take_while(|next| free(row, *next, &owner)).count();
            let height = (row..rows)
                .take_while(|next| (column..column + width).all(|across| free(*next, across, &owner)))
                .count();
            for r in row..row + height {
                for c in column..column + width {
                    if let Some(own) = owner.get_mut(r * columns + c) {
                        *own = cells.len();
                    }
                }
            }
            cells.push(Cell { row, column, rows: height, columns: width });
        }
    }
    Grid { xs, ys, cells, owner }
}

/// The grid without columns and rows so thin that nothing stands in them: two borders that were meant to be one.
pub(super) fn without_slivers(grid: &Grid, used: &dyn Fn(usize) -> bool) -> Grid {
    /// A column of digits is wider, a line of text is higher.
    const SLIVER: (f64, f64) = (7.0, 5.0);
    let begins_or_ends = |along: bool, index: usize| {
        // A strip is a sliver only where each cell that lies in it alone is empty.
        grid.cells.iter().enumerate().any(|(number, cell)| {
            let (at, span) = if along { (cell.column, cell.columns) } else { (cell.row, cell.rows) };
            at == index && span == 1 && used(number)
        })
    };
    let keep = |list: &[f64], along: bool, limit: f64| -> Vec<usize> {
        // New index of each position: the ends of a sliver get the same.
        let mut map = vec![0];
        for (index, ends) in list.windows(2).enumerate() {
            let last = map.last().copied().unwrap_or_default();
            let thin = matches!(ends, [from, to] if to - from < limit);
            let previous_thin = index > 0 && map.get(index - 1) == Some(&last);
            map.push(if thin && !previous_thin && !begins_or_ends(along, index) { last } else { last + 1 });
        }
        map
    };
    let (columns, rows) = (keep(&grid.xs, true, SLIVER.0), keep(&grid.ys, false, SLIVER.1));
    rebuilt(grid, &columns, &rows)
}

/// The grid with positions renumbered; positions that share a number become one, in their middle.
fn rebuilt(grid: &Grid, columns: &[usize], rows: &[usize]) -> Grid {
    let merge = |list: &[f64], map: &[usize]| {
        let mut out: Vec<(f64, f64)> = Vec::new();
        for (at, index) in list.iter().zip(map) {
            match out.get_mut(*index) {
                Some((sum, count)) => (*sum, *count) = (*sum + at, *count + 1.0),
                None => out.push((*at, 1.0)),
            }
        }
        out.into_iter().map(|(sum, count)| sum / count).collect::<Vec<f64>>()
    };
    let (xs, ys) = (merge(&grid.xs, columns), merge(&grid.ys, rows));
    let at = |map: &[usize], index: usize| map.get(index).copied().unwrap_or_default();
    let (across, down) = (xs.len().saturating_sub(1), ys.len().saturating_sub(1));
    let mut owner = vec![usize::MAX; across * down];
    let mut cells = Vec::new();
    for cell in &grid.cells {
        let (column, row) = (at(columns, cell.column), at(rows, cell.row));
        let (to_column, to_row) = (at(columns, cell.column + cell.columns), at(rows, cell.row + cell.rows));
        if to_column == column || to_row == row {
            continue;
        }
        for r in row..to_row {
            for c in column..to_column {
                if let Some(own) = owner.get_mut(r * across + c) {
                    *own = cells.len();
                }
            }
        }
        cells.push(Cell { row, column, rows: to_row - row, columns: to_column - column });
    }
    Grid { xs, ys, cells, owner }
}
