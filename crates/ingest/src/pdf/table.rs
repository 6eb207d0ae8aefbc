//! Tables on a page: a grid of rulings filled with its letters, or lines whose words leave the same gaps.

use super::cell::{Reading, read};
use super::columns::{partings, placed};
use super::geometry::Rect;
use super::ruling::{Cell, Grid, without_slivers};
use super::text::{Glyph, Line, Segment, lines};

/// A table as it stands on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub columns: usize,
    pub rows: usize,
    /// Its cells, from the top and from the left; they cover the table.
    pub cells: Vec<(Cell, Reading)>,
    pub bounds: Rect,
    /// What concerns the table as a whole.
    pub remarks: Vec<String>,
}

impl Table {
    /// How many cells have a text.
    pub(super) fn filled(&self) -> usize {
        self.cells.iter().filter(|(_, reading)| !reading.text.is_empty()).count()
    }
}

/// Fills a grid with the letters in it. `None` where it is no table but a frame around a text.
pub(super) fn ruled(grid: &Grid, glyphs: &[&Glyph]) -> Option<Table> {
    let mut used = vec![false; grid.cells.len()];
    for glyph in glyphs.iter().filter(|glyph| glyph.letter != ' ') {
        if let Some(own) = grid.cell_at(glyph.at).and_then(|cell| used.get_mut(cell)) {
            *own = true;
        }
    }
    let grid = without_slivers(grid, &|cell| used.get(cell) == Some(&true));
    let mut letters: Vec<Vec<&Glyph>> = vec![Vec::new(); grid.cells.len()];
    for glyph in glyphs {
        if let Some(own) = grid.cell_at(glyph.at).and_then(|cell| letters.get_mut(cell)) {
            own.push(glyph);
        }
    }
    let lines: Vec<Vec<Line>> = letters.iter().map(|letters| lines(letters)).collect();
    if grid.columns() == 1 {
        return banded(&grid, &lines);
    }
    let cells: Vec<(Cell, Reading)> =
        grid.cells.iter().zip(&lines).map(|(cell, lines)| (*cell, fill(&grid, *cell, lines))).collect();
    let table = Table { columns: grid.columns(), rows: grid.rows(), cells, bounds: grid.bounds(), remarks: vec![] };
    (table.filled() >= 2).then_some(table)
}

fn fill(grid: &Grid, cell: Cell, lines: &[Line]) -> Reading {
    let place = grid.place(cell);
    read(lines, |line| match line.direction {
        super::geometry::Direction::Right | super::geometry::Direction::Left => place.width(),
        super::geometry::Direction::Up | super::geometry::Direction::Down => place.height(),
    })
}

/// A table whose rows are ruled and whose columns are not.
fn banded(grid: &Grid, lines: &[Vec<Line>]) -> Option<Table> {
    let bands: Vec<Vec<&Line>> = lines.iter().map(|band| band.iter().collect()).collect();
    table_of(&bands, grid.bounds(), Vec::new())
}

/// A table of rows of lines, if gaps part columns.
fn table_of(bands: &[Vec<&Line>], bounds: Rect, remarks: Vec<String>) -> Option<Table> {
    let rows = bands.iter().flat_map(|band| band.iter().map(|line| line.segments.as_slice()));
    let partings = partings(rows);
    if partings.is_empty() {
        return None;
    }
    let columns = partings.len() + 1;
    let mut edges = vec![bounds.x0];
    edges.extend(&partings);
    edges.push(bounds.x1);
    let first_full = bands.iter().position(|band| band.iter().any(|line| line.segments.len() == columns)).unwrap_or(0);
    let mut cells = Vec::new();
    for (row, band) in bands.iter().enumerate() {
        // Lines of one column, from the top; what spans columns takes them all.
        let mut groups: Vec<(usize, usize, Vec<Line>)> = Vec::new();
        for line in band {
            let heading = row < first_full && line.segments.len() > 1;
            let places = placed(&line.segments, &partings, heading);
            for (segment, (from, to)) in line.segments.iter().zip(places) {
                let part = piece(line, segment);
                let touching = |group: &(usize, usize, Vec<Line>)| group.0 <= to && from <= group.1;
                match groups.iter_mut().find(|group| touching(group)) {
                    Some(group) => {
                        (group.0, group.1) = (group.0.min(from), group.1.max(to));
                        group.2.push(part);
                    }
                    None => groups.push((from, to, vec![part])),
                }
            }
        }
        groups.sort_by_key(|group| group.0);
        let mut column = 0;
        for (from, to, lines) in groups {
            // A group that grew over its neighbour begins where that ends.
            let (from, to) = (from.max(column), to.max(from.max(column)));
            if to >= columns {
                break;
            }
            cells.extend((column..from).map(|column| (single(row, column), Reading::default())));
            let width = edges.get(to + 1).zip(edges.get(from)).map_or(f64::INFINITY, |(end, start)| end - start);
            cells.push((Cell { row, column: from, rows: 1, columns: to + 1 - from }, read(&lines, |_| width)));
            column = to + 1;
        }
        cells.extend((column..columns).map(|column| (single(row, column), Reading::default())));
    }
    let table = Table { columns, rows: bands.len(), cells, bounds, remarks };
    (table.filled() >= 2).then_some(table)
}

const fn single(row: usize, column: usize) -> Cell {
    Cell { row, column, rows: 1, columns: 1 }
}

/// A segment as a line of its own.
fn piece(line: &Line, segment: &Segment) -> Line {
    Line { text: segment.text.clone(), u0: segment.u0, u1: segment.u1, segments: vec![segment.clone()], ..line.clone() }
}

/// What the lines between ruled tables are: tables by their gaps, or text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    Text(Line),
    Table(Table),
}

/// Finds tables without any rulings among level lines, which come from the top.
pub(super) fn unruled(lines: Vec<Line>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = lines.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let run = run_length(rest);
        match rest.get(..run).and_then(gapped) {
            Some(table) if run > 1 => {
                blocks.push(Block::Table(table));
                rest = rest.get(run..).unwrap_or_default();
            }
            _ => {
                blocks.push(Block::Text(first.clone()));
                rest = after;
            }
        }
    }
    blocks
}

/// How many lines from the first may be one table: near each other, most of them with gaps, the last one too.
fn run_length(lines: &[Line]) -> usize {
    /// Rows of a table may stand wider apart than lines of a paragraph.
    const APART: f64 = 3.0;
    if !lines.first().is_some_and(is_tabular) {
        return 0;
    }
    let mut length = 1;
    let mut since = 0;
    for pair in lines.windows(2) {
        let [above, below] = pair else { break };
        if below.v - above.v > APART * below.size.max(above.size) {
            break;
        }
        since = if is_tabular(below) { 0 } else { since + 1 };
        // Three lines without a gap are a paragraph.
        if since > 3 {
            break;
        }
        length += 1;
    }
    while length > 0 && !lines.get(length - 1).is_some_and(is_tabular) {
        length -= 1;
    }
    // The last row may go on in its column.
    if let (Some(last), Some(next)) = (lines.get(length - 1), lines.get(length))
        && next.v - last.v <= 1.4 * last.size
        && last.segments.iter().any(|segment| next.u0 >= segment.u0 - 2.0 && next.u1 <= segment.u1 + 2.0)
    {
        length += 1;
    }
    length
}

fn is_tabular(line: &Line) -> bool {
    line.segments.len() >= 2
}

/// A table out of lines with gaps.
fn gapped(lines: &[Line]) -> Option<Table> {
    let partings = partings(lines.iter().map(|line| line.segments.as_slice()));
    if partings.is_empty() {
        return None;
    }
    let tabular: Vec<&Line> = lines.iter().filter(|line| is_tabular(line)).collect();
    // Numbered paragraphs, lists of abbreviations and signatures have gaps too; a table has values in most rows.
    let valued = |line: &&&Line| line.segments.iter().skip(1).any(|segment| is_value(&segment.text));
    let values = tabular.iter().filter(valued).count();
    let enough = if partings.len() == 1 { values >= 3 } else { values >= 2 };
    if tabular.len() * 2 < lines.len() || !enough || values * 2 < tabular.len() {
        return None;
    }
    let (bands, remarks) = rows(lines, &partings);
    let bounds = lines.iter().map(Line::bounds).reduce(|a, b| Rect {
        x0: a.x0.min(b.x0),
        y0: a.y0.min(b.y0),
        x1: a.x1.max(b.x1),
        y1: a.y1.max(b.y1),
    })?;
    table_of(&bands, bounds, remarks)
}

fn is_value(text: &str) -> bool {
    let text = text.trim_start_matches("Rp");
    text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic)
}

/// Lines put together to rows: a line without gaps goes on with the row above.
fn rows<'a>(lines: &'a [Line], partings: &[f64]) -> (Vec<Vec<&'a Line>>, Vec<String>) {
    let mut rows: Vec<Vec<&Line>> = Vec::new();
    let mut remarks = Vec::new();
    let first_parting = partings.first().copied().unwrap_or_default();
    let labelled = |row: &[&Line]| row.iter().any(|line| line.u0 < first_parting);
    for line in lines {
        let label_alone = line.segments.len() == 1 && line.u1 < first_parting;
        match rows.last_mut() {
            // Values that stand above their label: offered as a pair, never put to the label before.
            Some(row) if label_alone && !labelled(row) => {
                let values: Vec<&str> = row.iter().map(|line| line.text.as_str()).collect();
                remarks.push(format!(
                    "nilai \"{}\" berdiri di atas labelnya; dibaca sebagai nilai \"{}\", periksa dengan berkas asalnya",
                    values.join(" "),
                    line.text
                ));
                row.push(line);
            }
            Some(row)
                if line.segments.len() == 1
                    && row.last().is_some_and(|above| line.v - above.v <= 1.4 * line.size.max(above.size))
                    && labelled(row) =>
            {
                row.push(line);
            }
            _ => rows.push(vec![line]),
        }
    }
    (rows, remarks)
}
