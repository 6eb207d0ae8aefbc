//! A page put in reading order: its tables, and the lines around them.

use super::content::Drawing;
use super::ruling::grids;
use super::table::{Block, ruled, unruled};
use super::text::{Glyph, Line, lines};

/// A page as blocks from the top.
pub(super) struct Layout {
    pub blocks: Vec<Block>,
    /// Height of the page, for what stands at its edges.
    pub height: f64,
    /// Sentences about the page.
    pub remarks: Vec<String>,
}

/// Lays out what a page draws.
pub(super) fn layout(drawing: &Drawing, height: f64) -> Layout {
    let mut remarks = Vec::new();
    let grids = grids(&drawing.rules).unwrap_or_else(|| {
        remarks.push(
            "garis di halaman ini terlalu banyak untuk sebuah tabel; tabelnya dibaca menurut jarak katanya".to_owned(),
        );
        Vec::new()
    });
    let mut inside: Vec<Vec<&Glyph>> = vec![Vec::new(); grids.len()];
    let mut outside: Vec<&Glyph> = Vec::new();
    for glyph in &drawing.glyphs {
        let at = glyph.at;
        let grid = grids.iter().position(|grid| grid.bounds().contains(at));
        match grid.and_then(|grid| inside.get_mut(grid)) {
            Some(own) => own.push(glyph),
            None => outside.push(glyph),
        }
    }
    let mut blocks = Vec::new();
    for (grid, glyphs) in grids.iter().zip(inside) {
        match ruled(grid, &glyphs) {
            Some(table) => blocks.push(Block::Table(table)),
            // A frame around a text: the text stands for itself.
            None => outside.extend(glyphs),
        }
    }
    let all = lines(&outside);
    // A run of lines ends where a ruled table stands.
    let borders: Vec<f64> = blocks
        .iter()
        .filter_map(|block| if let Block::Table(table) = block { Some(table.bounds.y0) } else { None })
        .collect();
    let mut runs: Vec<(usize, Vec<Line>)> = Vec::new();
    for line in all {
        let before = borders.iter().filter(|y| **y < line.v).count();
        let level = line.direction == super::geometry::Direction::Right;
        match runs.last_mut() {
            Some((number, run)) if *number == before && level => run.push(line),
            _ => runs.push((before, vec![line])),
        }
    }
    blocks.extend(runs.into_iter().flat_map(|(_, run)| unruled(run)));
    blocks.sort_by(|a, b| top(a).total_cmp(&top(b)));
    Layout { blocks, height, remarks }
}

fn top(block: &Block) -> f64 {
    match block {
        Block::Text(line) => line.bounds().y0,
        Block::Table(table) => table.bounds.y0,
    }
}
