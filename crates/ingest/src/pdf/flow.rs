//! Pages put together to a document: headings, paragraphs and tables with their captions; what repeats on each page apart.

use std::collections::BTreeMap;
use std::sync::Arc;

use tolok_domain::bacaan::{Bagian, CatatanBaca, Letak, SelBaca};

use super::cell::{is_formula_noise, shortened};
use super::page::Layout;
use super::table::{Block, Table};
use super::text::{Line, undoubled};

/// Share of the page's height at its top and at its bottom where headers and footers stand.
const EDGE: f64 = 0.1;
/// Longest heading, in characters.
const LONGEST_HEADING: usize = 160;

/// What a document becomes.
#[derive(Default)]
pub(super) struct Flow {
    pub bagian: Vec<Bagian>,
    pub catatan: Vec<CatatanBaca>,
}

/// Puts pages together. `pages` come with their number, from 1.
pub(super) fn flow(berkas: &str, pages: &[(u32, Layout)]) -> Flow {
    let mut running = running(pages);
    let body = body_size(pages);
    let mut out = Writer { body, flow: Flow::default(), tables: 0, paragraph: None, last: Last::default() };
    for (number, page) in pages {
        let place = Letak::file(berkas).on_page(*number);
        out.remarks(&page.remarks, &place);
        out.last.on_page = false;
        for block in &page.blocks {
            match block {
                Block::Text(line) if line.running => {
                    running.entry(alike(&line.text)).or_insert_with(|| (line.text.clone(), *number));
                }
                _ if key(block, page.height).is_some_and(|key| running.contains_key(&key)) => {}
                Block::Text(line) => out.line(line, &place),
                Block::Table(table) => out.table(table, &place),
            }
        }
        out.end_paragraph();
    }
    for (text, first) in running.into_values() {
        let place = Letak::file(berkas).on_page(first);
        out.flow.catatan.push(CatatanBaca {
            letak: place,
            pesan: format!("\"{}\" berulang di tepi halaman; tidak dibaca sebagai isi", shortened(&text)),
        });
    }
    out.flow
}

/// What stands at an edge of the page, with its numbers made alike; `None` in the middle.
fn key(block: &Block, height: f64) -> Option<String> {
    let (top, bottom, text) = match block {
        // A caption may begin a page.
        Block::Text(line) if is_caption(&line.text) => return None,
        Block::Text(line) => (line.bounds().y0, line.bounds().y1, line.text.clone()),
        Block::Table(table) if table.filled() <= 3 => {
            let texts: Vec<&str> = table.cells.iter().map(|(_, reading)| reading.text.as_str()).collect();
            (table.bounds.y0, table.bounds.y1, texts.concat())
        }
        Block::Table(_) => return None,
    };
    let at_edge = bottom < height * EDGE || top > height * (1.0 - EDGE);
    at_edge.then(|| alike(&text))
}

/// A text with its numbers made alike, Roman ones too: what is the same on each page but for the page's number.
fn alike(text: &str) -> String {
    let roman = |word: &str| word.chars().all(|c| "ivxlcIVXLC".contains(c));
    let words: Vec<&str> = text.split_whitespace().map(|word| if roman(word) { "#" } else { word }).collect();
    let mut alike = String::new();
    for c in words.join(" ").chars().map(|c| if c.is_ascii_digit() { '#' } else { c }) {
        if c != '#' || !alike.ends_with('#') {
            alike.push(c);
        }
    }
    alike
}

/// What repeats at the edges of the pages, with its first text and page. A lone number there is the page's, even if it stands once.
fn running(pages: &[(u32, Layout)]) -> BTreeMap<String, (String, u32)> {
    let mut seen: BTreeMap<String, (usize, String, u32)> = BTreeMap::new();
    for (number, page) in pages {
        let mut here: Vec<(String, &Block)> =
            page.blocks.iter().filter_map(|block| Some((key(block, page.height)?, block))).collect();
        here.sort_by(|a, b| a.0.cmp(&b.0));
        here.dedup_by(|a, b| a.0 == b.0);
        for (key, block) in here {
            let text = match block {
                Block::Text(line) => line.text.clone(),
                Block::Table(table) => {
                    table.cells.iter().map(|(_, reading)| reading.text.as_str()).collect::<Vec<_>>().join(" ")
                }
            };
            seen.entry(key).and_modify(|entry| entry.0 += 1).or_insert((1, text.trim().to_owned(), *number));
        }
    }
    let needed = if pages.len() < 4 { 2 } else { 3 };
    let lone = |key: &str| key.chars().all(|c| matches!(c, '#' | '-' | ' ' | '|')) && key.contains('#');
    let kept = seen.into_iter().filter(|(key, (count, ..))| *count >= needed || lone(key));
    kept.map(|(key, (_, text, page))| (key, (text, page))).collect()
}

/// The size in which most letters outside tables are set, in tenths of a point.
fn body_size(pages: &[(u32, Layout)]) -> u32 {
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for block in pages.iter().flat_map(|(_, page)| &page.blocks) {
        if let Block::Text(line) = block
            && !line.running
        {
            *sizes.entry(tenths(line.size)).or_default() += line.text.len();
        }
    }
    sizes.into_iter().max_by_key(|(size, count)| (*count, *size)).map_or(0, |(size, _)| size)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of fonts are small and not negative"
)]
fn tenths(size: f64) -> u32 {
    (size * 10.0).round() as u32
}

/// The table before, for the caption of one that goes on.
#[derive(Default)]
struct Last {
    caption: String,
    columns: usize,
    /// Nothing came after it.
    is_last: bool,
    /// Something of the current page was written already.
    on_page: bool,
}

struct Writer {
    body: u32,
    flow: Flow,
    tables: u32,
    /// The paragraph that is being put together, its last line and where it began.
    paragraph: Option<(String, Line, Letak)>,
    last: Last,
}

impl Writer {
    fn remarks(&mut self, remarks: &[String], place: &Letak) {
        self.flow
            .catatan
            .extend(remarks.iter().map(|pesan| CatatanBaca { letak: place.clone(), pesan: pesan.clone() }));
    }

    fn line(&mut self, line: &Line, place: &Letak) {
        if is_formula_noise(&line.text) {
            let pesan = format!("rumus \"{}\" tidak terbaca, hurufnya tidak dikenal; diabaikan", shortened(&line.text));
            self.remarks(&[pesan], place);
            return;
        }
        let text = undoubled(&line.text).unwrap_or_else(|| line.text.clone());
        (self.last.is_last, self.last.on_page) = (false, true);
        if let Some(tingkat) = self.heading(line, &text) {
            self.end_paragraph();
            self.flow.bagian.push(Bagian::Judul { tingkat, teks: text, letak: place.clone() });
            return;
        }
        match &mut self.paragraph {
            Some((words, last, _)) if follows(last, line) => {
                // A word that is broken at the end of a line keeps its stroke: "sub-kegiatan" has one too.
                if !words.ends_with('-') {
                    words.push(' ');
                }
                words.push_str(&text);
                *last = line.clone();
            }
            _ => {
                self.end_paragraph();
                self.paragraph = Some((text, line.clone(), place.clone()));
            }
        }
    }

    fn end_paragraph(&mut self) {
        if let Some((teks, _, letak)) = self.paragraph.take() {
            self.flow.bagian.push(Bagian::Paragraf { teks, letak });
        }
    }

    fn heading(&self, line: &Line, text: &str) -> Option<u8> {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 3 || text.chars().count() > LONGEST_HEADING {
            return None;
        }
        let size = tenths(line.size);
        let upper = text.chars().filter(|c| c.is_alphabetic()).all(|c| !c.is_lowercase());
        if text.starts_with("BAB ") && upper {
            return Some(1);
        }
        if size * 10 >= self.body * 14 {
            return Some(1);
        }
        if size * 20 >= self.body * 23 {
            return Some(2);
        }
        // A caption belongs to its table, however it is set.
        if !line.bold || is_caption(text) {
            return None;
        }
        let number = text.split(' ').next().unwrap_or_default();
        let levels = number.trim_end_matches('.').split('.').count();
        if number.starts_with(|c: char| c.is_ascii_digit()) && number.contains('.') && levels >= 2 {
            return Some(u8::try_from(levels).unwrap_or(6).min(6));
        }
        upper.then_some(2)
    }

    fn table(&mut self, table: &Table, place: &Letak) {
        self.end_paragraph();
        self.tables += 1;
        let letak = place.in_table(self.tables);
        let goes_on = self.last.is_last && !self.last.on_page && self.last.columns == table.columns;
        let judul = if goes_on { self.last.caption.clone() } else { self.caption() };
        self.remarks(&table.remarks, &letak);
        let mut baris: Vec<Vec<SelBaca>> = (1..)
            .take(table.rows)
            .map(|row| (1..).take(table.columns).map(|column| empty(letak.at_cell(row, column))).collect())
            .collect();
        for (cell, reading) in &table.cells {
            let text: Arc<str> = reading.text.as_str().into();
            for (r, row) in baris.iter_mut().enumerate().skip(cell.row).take(cell.rows) {
                for (c, sel) in row.iter_mut().enumerate().skip(cell.column).take(cell.columns) {
                    sel.teks = Arc::clone(&text);
                    sel.tergabung = (r, c) != (cell.row, cell.column);
                    if !sel.tergabung {
                        sel.lebar = u32::try_from(cell.columns).unwrap_or(u32::MAX);
                        sel.tinggi = u32::try_from(cell.rows).unwrap_or(u32::MAX);
                        let remarks = reading.remarks.iter();
                        let notes = remarks.map(|pesan| CatatanBaca { letak: sel.letak.clone(), pesan: pesan.clone() });
                        self.flow.catatan.extend(notes);
                    }
                }
            }
        }
        self.last = Last { caption: judul.clone(), columns: table.columns, is_last: true, on_page: true };
        self.flow.bagian.push(Bagian::Kisi { judul, baris, letak });
    }

    /// The caption among the last parts: from the line that begins with "Tabel", or the heading just before.
    fn caption(&self) -> String {
        const REACH: usize = 3;
        let texts: Vec<(&str, bool)> = self
            .flow
            .bagian
            .iter()
            .rev()
            .take(REACH)
            .map_while(|part| match part {
                Bagian::Judul { teks, .. } => Some((teks.as_str(), true)),
                Bagian::Paragraf { teks, .. } => Some((teks.as_str(), false)),
                Bagian::Kisi { .. } => None,
            })
            .collect();
        match texts.iter().position(|(text, _)| is_caption(text)) {
            Some(at) => texts.iter().take(at + 1).rev().map(|(text, _)| *text).collect::<Vec<_>>().join(" "),
            None => {
                texts.first().filter(|(_, heading)| *heading).map(|(text, _)| (*text).to_owned()).unwrap_or_default()
            }
        }
    }
}

fn empty(letak: Letak) -> SelBaca {
    SelBaca { letak, lebar: 1, tinggi: 1, ..SelBaca::default() }
}

/// "Tabel 3.1 ...", "TABEL T-C.23", "Gambar 2".
fn is_caption(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    matches!(first.as_str(), "tabel" | "table" | "gambar" | "grafik")
        && words.next().is_some_and(|word| word.chars().any(|c| c.is_ascii_digit()) || word.len() <= 6)
}

/// Whether a line goes on with the paragraph of the line before.
fn follows(last: &Line, line: &Line) -> bool {
    let gap = line.v - last.v;
    let same_size = (last.size - line.size).abs() <= 0.15 * line.size;
    // Lines of a document stand up to 1.5 lines apart, 1.9 font sizes.
    let near = gap > 0.0 && gap <= 2.3 * line.size;
    // A line that begins further in, or with a number or a stroke, begins a paragraph.
    let starts = line.u0 > last.u0 + 1.5 * line.size && last.u1 > line.u0;
    let word = line.text.split(' ').next().unwrap_or_default();
    let listed = word.ends_with(['.', ')']) && word.len() <= 4 || matches!(word, "-" | "•" | "–");
    let caption = is_caption(&line.text);
    same_size && near && !starts && !listed && !caption && last.direction == line.direction && last.bold == line.bold
}
