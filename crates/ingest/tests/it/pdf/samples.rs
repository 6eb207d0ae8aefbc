//! The share of the cells of real tables that are read, against what another program extracted from the same pages.
//!
//! A row of the answer is `page of the whole document, table, row, cells...`; line breaks in a cell are written as an arrow. The program
//! that wrote it takes the boxes behind words for rulings, so it cuts many cells into one piece per line, and it reads turned text
//! backwards. A cell of the answer counts as read when a cell of ours on the same page
//!
//! - has its text, spaces aside, or
//! - has the text of it and of the pieces below it in the same column, exactly, or
//! - is turned and has its text read in its own direction.
//!
//! Each of our cells answers for one cell (or one column of pieces), so that repeated numbers have to be read as often as they stand.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use tolok_domain::bacaan::Bagian;
use tolok_ingest::pdf::read_pdf;

/// Where samples stand beside the project.
fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/files")
}

/// How the cells of the answer were found.
#[derive(Default, Clone, Copy)]
struct Share {
    cells: usize,
    whole: usize,
    pieces: usize,
    turned: usize,
}

impl Share {
    fn read(&self) -> usize {
        self.whole + self.pieces + self.turned
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Texts of our cells of each page, with how often they stand.
fn ours(parts: &[Bagian]) -> BTreeMap<u32, HashMap<String, usize>> {
    let mut pages: BTreeMap<u32, HashMap<String, usize>> = BTreeMap::new();
    for part in parts {
        let Bagian::Kisi { baris, letak, .. } = part else { continue };
        for cell in baris.iter().flatten().filter(|cell| !cell.tergabung && !cell.teks.is_empty()) {
            *pages.entry(letak.di.halaman.unwrap()).or_default().entry(squeezed(&cell.teks)).or_default() += 1;
        }
    }
    pages
}

/// The answer: for each page its tables as grids of texts.
type Answer = BTreeMap<u32, BTreeMap<u32, Vec<Vec<String>>>>;

fn answer(path: &Path) -> Answer {
    let mut pages = Answer::new();
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_path(path).unwrap();
    for row in rows.records() {
        let row = row.unwrap();
        let number = |index: usize| row[index].parse().unwrap();
        let cells = row.iter().skip(3).map(str::to_owned).collect();
        pages.entry(number(0)).or_default().entry(number(1)).or_default().push(cells);
    }
    pages
}

fn take(cells: &mut HashMap<String, usize>, text: &str) -> bool {
    match cells.get_mut(text) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

/// A turned text as the other program wrote it, read in its own direction: each line backwards, or all of it.
fn turned(text: &str) -> [String; 2] {
    let lines: String = text.split('⏎').map(|line| line.chars().rev().collect::<String>()).collect();
    [squeezed(&lines), squeezed(&text.replace('⏎', "").chars().rev().collect::<String>())]
}

fn compare(table: &[Vec<String>], cells: &mut HashMap<String, usize>, share: &mut Share, missed: &mut Vec<String>) {
    let plain = |text: &str| squeezed(&text.replace('⏎', " "));
    let width = table.iter().map(Vec::len).max().unwrap_or(0);
    let mut open: Vec<Vec<bool>> =
        table.iter().map(|row| row.iter().map(|text| !text.trim().is_empty()).collect()).collect();
    share.cells += open.iter().flatten().filter(|open| **open).count();
    for (row, texts) in table.iter().enumerate() {
        for (column, text) in texts.iter().enumerate() {
            if open[row][column] && take(cells, &plain(text)) {
                open[row][column] = false;
                share.whole += 1;
            }
        }
    }
    for column in 0..width {
        for start in 0..table.len() {
            let mut text = String::new();
            let mut rows = Vec::new();
            for row in start..table.len() {
                if open[row].get(column) != Some(&true) {
                    continue;
                }
                text.push_str(&plain(&table[row][column]));
                rows.push(row);
                if open[start].get(column) == Some(&true) && rows.len() > 1 && take(cells, &text) {
                    share.pieces += rows.len();
                    rows.iter().for_each(|row| open[*row][column] = false);
                    break;
                }
            }
        }
    }
    for (row, texts) in table.iter().enumerate() {
        for (column, text) in texts.iter().enumerate() {
            if open[row][column] {
                if turned(text).iter().any(|text| take(cells, text)) {
                    share.turned += 1;
                } else {
                    missed.push(text.clone());
                }
            }
        }
    }
}

#[test]
fn at_least_95_percent_of_the_cells_of_real_tables_are_read() {
    let Ok(files) = fs::read_dir(samples().join("pdf")) else {
        eprintln!("not measured: no samples beside the project");
        return;
    };
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = Share::default();
    for path in &files {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let (parts, _) = read_pdf(name, &fs::read(path).unwrap()).unwrap();
        let mut ours = ours(&parts);
        let answer =
            answer(&samples().join("pdf_cells").join(format!("{}_cells.csv", name.trim_end_matches("_tabel"))));
        let (mut share, mut missed) = (Share::default(), Vec::new());
        // The samples hold the pages of the answer in their order, one of them with a page of text before.
        let pages: Vec<u32> = if ours.len() == answer.len() {
            ours.keys().copied().collect()
        } else {
            (1..).take(answer.len()).collect()
        };
        for (page, tables) in pages.iter().zip(answer.values()) {
            let cells = ours.entry(*page).or_default();
            tables.values().for_each(|table| compare(table, cells, &mut share, &mut missed));
        }
        let Share { cells, whole, pieces, turned } = share;
        eprintln!("{name}: {} of {cells} cells ({whole} whole, {pieces} in pieces, {turned} turned)", share.read());
        missed.iter().for_each(|text| eprintln!("  missed: {text}"));
        all = Share {
            cells: all.cells + cells,
            whole: all.whole + whole,
            pieces: all.pieces + pieces,
            turned: all.turned + turned,
        };
    }
    eprintln!("all: {} of {} cells", all.read(), all.cells);
    assert!(all.read() * 100 >= all.cells * 95, "{} of {} cells", all.read(), all.cells);
}
