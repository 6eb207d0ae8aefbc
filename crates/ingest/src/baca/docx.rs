//! Word documents: headings by style, paragraphs with their footnotes, tables with merged cells. Numbers of lists are left out, as are deleted
//! passages and the second copy of what old programs draw.

use std::collections::HashMap;

use tolok_domain::bacaan::{Bagian, Letak};

use super::arsip::{Arsip, Simpul, attribute, count, walk};
use super::galat::SebabGalat;
use super::kisi::{Jatah, Mentah, index, lay_out};
use super::teks::{lower, tidy};

const FORMAT: &str = "dokumen Word (.docx)";

/// Parts of a document.
///
/// # Errors
/// When it is damaged or larger than can be kept.
pub(super) fn parts(bytes: &[u8], nama: &str) -> Result<Vec<Bagian>, SebabGalat> {
    let mut arsip = Arsip::open(bytes, FORMAT)?;
    let Some(document) = arsip.text("word/document.xml")? else {
        return Err(SebabGalat::damaged(FORMAT, "isinya tidak ada"));
    };
    let headings = headings(arsip.text("word/styles.xml")?.as_deref().unwrap_or_default())?;
    let notes = footnotes(arsip.text("word/footnotes.xml")?.as_deref().unwrap_or_default())?;
    let mut reader = Pembaca { letak: Letak::file(nama), headings, notes, ..Pembaca::default() };
    walk(&document, FORMAT, |node| reader.node(&node))?;
    Ok(reader.bagian)
}

/// Levels of the styles that are headings, by their id.
fn headings(xml: &str) -> Result<HashMap<String, u8>, SebabGalat> {
    let mut found = HashMap::new();
    let mut id = String::new();
    walk(xml, FORMAT, |node| {
        let Simpul::Buka(start, _) = node else { return Ok(()) };
        let value = |name| attribute(start, name).unwrap_or_default();
        match start.local_name().as_ref() {
            "style" => id = value("styleId"),
            "name" => {
                let name = lower(&value("val"));
                let level = name
                    .strip_prefix("heading ")
                    .or_else(|| name.strip_prefix("judul "))
                    .and_then(|n| n.parse::<u8>().ok());
                if let Some(level) = level.or((name == "title").then_some(1)).filter(|n| (1..=9).contains(n)) {
                    found.insert(id.clone(), level);
                }
            }
            "outlineLvl" => {
                if let Some(level) = count(start, "val").and_then(|n| u8::try_from(n).ok()).filter(|n| *n < 9) {
                    found.entry(id.clone()).or_insert(level + 1);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

/// Texts of the footnotes by their number.
fn footnotes(xml: &str) -> Result<HashMap<String, String>, SebabGalat> {
    let mut found: HashMap<String, String> = HashMap::new();
    let mut id = None;
    walk(xml, FORMAT, |node| {
        match node {
            Simpul::Buka(start, false) if start.local_name().as_ref() == "footnote" => id = attribute(start, "id"),
            Simpul::Tutup("footnote") => id = None,
            Simpul::Teks(text) => {
                if let Some(id) = &id {
                    found.entry(id.clone()).or_default().push_str(text);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

/// Whether a cell begins, goes on or stands outside a vertical merge.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Tegak {
    #[default]
    Biasa,
    Lanjut,
}

#[derive(Default)]
struct Sel {
    mentah: Mentah,
    tegak: Tegak,
    /// Letters, and those in bold.
    letters: usize,
    bold: usize,
}

#[derive(Default)]
struct Tabel {
    rows: Vec<Vec<Sel>>,
    row: Vec<Sel>,
    sel: Option<Sel>,
}

#[derive(Default)]
struct Pembaca {
    letak: Letak,
    headings: HashMap<String, u8>,
    notes: HashMap<String, String>,
    bagian: Vec<Bagian>,
    jatah: Jatah,
    tables: u32,
    lines: u32,
    /// The outermost table, and how many are open.
    table: Option<Tabel>,
    depth: usize,
    text: String,
    style: Option<u8>,
    after: Vec<String>,
    in_text: bool,
    bold: bool,
    /// Elements whose content is left out, that are open.
    skipped: usize,
}

impl Pembaca {
    fn node(&mut self, node: &Simpul<'_>) -> Result<(), SebabGalat> {
        match node {
            Simpul::Buka(start, empty) => {
                let name = start.local_name();
                let name = name.as_ref();
                if matches!(name, "Fallback" | "del" | "moveFrom" | "instrText" | "txbxContent") && !empty {
                    self.skipped += 1;
                }
                if self.skipped == 0 {
                    self.open(name, start, *empty);
                }
            }
            Simpul::Tutup(name) => {
                if matches!(*name, "Fallback" | "del" | "moveFrom" | "instrText" | "txbxContent") {
                    self.skipped = self.skipped.saturating_sub(1);
                } else if self.skipped == 0 {
                    self.close(name)?;
                }
            }
            Simpul::Teks(text) => {
                if self.skipped == 0 && self.in_text {
                    self.put(text);
                }
            }
        }
        Ok(())
    }

    fn put(&mut self, text: &str) {
        self.text.push_str(text);
        if let Some(sel) = self.table.as_mut().and_then(|t| t.sel.as_mut()) {
            let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
            sel.letters += letters;
            sel.bold += if self.bold { letters } else { 0 };
        }
    }

    fn open(&mut self, name: &str, start: &quick_xml::events::BytesStart<'_>, empty: bool) {
        let value = || attribute(start, "val");
        match name {
            "p" if !empty => self.style = None,
            "pStyle" => self.style = value().and_then(|id| self.headings.get(&id).copied()),
            "outlineLvl" => {
                let level = count(start, "val").and_then(|n| u8::try_from(n).ok()).filter(|n| *n < 9);
                self.style = self.style.or(level.map(|n| n + 1));
            }
            "r" => self.bold = false,
            "b" => self.bold = value().is_none_or(|v| !matches!(v.as_str(), "0" | "false")),
            "t" => self.in_text = !empty,
            "tab" | "br" | "cr" => self.text.push(' '),
            "noBreakHyphen" => self.text.push('-'),
            "footnoteReference" => {
                let text = attribute(start, "id").and_then(|id| self.notes.get(&id).cloned());
                self.after.extend(text.map(|t| tidy(&t)).filter(|t| !t.is_empty()));
            }
            "tbl" if !empty => {
                self.depth += 1;
                if self.depth == 1 {
                    self.table = Some(Tabel::default());
                }
            }
            _ if self.depth != 1 => {}
            "tc" if !empty => {
                if let Some(table) = &mut self.table {
                    table.sel = Some(Sel::default());
                }
                self.text.clear();
            }
            "gridBefore" => {
                let blanks = count(start, "val").unwrap_or(0).min(512);
                if let Some(table) = &mut self.table {
                    table.row.extend((0..blanks).map(|_| Sel::default()));
                }
            }
            "gridSpan" => self.cell(|sel| sel.mentah.lebar = count(start, "val").unwrap_or(1)),
            "vMerge" => self.cell(|sel| {
                sel.tegak = if value().as_deref() == Some("restart") { Tegak::Biasa } else { Tegak::Lanjut }
            }),
            _ => {}
        }
    }

    fn cell(&mut self, set: impl FnOnce(&mut Sel)) {
        if let Some(sel) = self.table.as_mut().and_then(|t| t.sel.as_mut()) {
            set(sel);
        }
    }

    fn close(&mut self, name: &str) -> Result<(), SebabGalat> {
        match name {
            "t" => self.in_text = false,
            "p" if self.depth > 0 => self.text.push(' '),
            "p" => self.paragraph(),
            "tc" if self.depth == 1 => {
                let teks = tidy(&std::mem::take(&mut self.text));
                if let Some(table) = &mut self.table
                    && let Some(mut sel) = table.sel.take()
                {
                    sel.mentah.teks = teks;
                    sel.mentah.tebal = sel.letters > 0 && sel.bold == sel.letters;
                    table.row.push(sel);
                }
            }
            "tr" if self.depth == 1 => {
                if let Some(table) = &mut self.table {
                    let row = std::mem::take(&mut table.row);
                    table.rows.push(row);
                }
            }
            "tbl" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0
                    && let Some(table) = self.table.take()
                {
                    self.grid(table)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn paragraph(&mut self) {
        self.lines += 1;
        let teks = tidy(&std::mem::take(&mut self.text));
        let letak = self.letak.at_row(self.lines);
        if !teks.is_empty() {
            self.bagian.push(match self.style {
                Some(tingkat) => Bagian::Judul { tingkat, teks, letak: letak.clone() },
                None => Bagian::Paragraf { teks, letak: letak.clone() },
            });
        }
        for note in std::mem::take(&mut self.after) {
            self.bagian.push(Bagian::Paragraf { teks: note, letak: letak.clone() });
        }
    }

    fn grid(&mut self, table: Tabel) -> Result<(), SebabGalat> {
        self.tables += 1;
        let letak = self.letak.in_table(self.tables);
        let rows = heights(table.rows).into_iter().enumerate().map(|(at, row)| (index(at + 1), row)).collect();
        let baris = lay_out(rows, &letak, &mut self.jatah)?;
        if baris.iter().flatten().any(|cell| !cell.teks.is_empty()) {
            self.bagian.push(Bagian::Kisi { judul: String::new(), baris, letak });
        }
        for note in std::mem::take(&mut self.after) {
            self.bagian.push(Bagian::Paragraf { teks: note, letak: self.letak.at_row(self.lines) });
        }
        Ok(())
    }
}

/// Cells that go on from above become height of the cell where they began.
fn heights(rows: Vec<Vec<Sel>>) -> Vec<Vec<Mentah>> {
    let mut made: Vec<Vec<Mentah>> = Vec::with_capacity(rows.len());
    // By column: row and place of the cell that cells below may go on.
    let mut above: HashMap<u32, (usize, usize)> = HashMap::new();
    for (at, row) in rows.into_iter().enumerate() {
        let mut cells = Vec::with_capacity(row.len());
        let mut column = 0_u32;
        for sel in row {
            let lebar = sel.mentah.lebar.max(1);
            let start = column;
            column = column.saturating_add(lebar);
            let origin = above.get(&start).copied().filter(|_| sel.tegak == Tegak::Lanjut);
            if let Some((row, place)) = origin
                && let Some(cell) = made.get_mut(row).and_then(|cells: &mut Vec<Mentah>| cells.get_mut(place))
            {
                cell.tinggi = index(at - row + 1);
                continue;
            }
            above.insert(start, (at, cells.len()));
            cells.push(sel.mentah);
        }
        made.push(cells);
    }
    made
}
