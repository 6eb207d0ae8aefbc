//! OpenDocument spreadsheets: the text that a cell shows, with the exact value behind it.

use tolok_domain::Decimal;
use tolok_domain::bacaan::{Bagian, Letak};

use super::arsip::{Arsip, Simpul, attribute, count, walk};
use super::galat::SebabGalat;
use super::kisi::{Jatah, MAX_COLUMNS, Mentah, lay_out};
use super::teks::tidy;

const FORMAT: &str = "buku kerja OpenDocument (.ods)";
/// Most rows of a sheet, as spreadsheet programs have them.
const ROWS: u32 = 1_048_576;

/// Sheets of a workbook, each one grid.
///
/// # Errors
/// When it is damaged, locked or larger than can be kept.
pub(super) fn parts(bytes: &[u8], nama: &str) -> Result<Vec<Bagian>, SebabGalat> {
    let mut arsip = Arsip::open(bytes, FORMAT)?;
    if arsip.text("META-INF/manifest.xml")?.is_some_and(|m| m.contains("encryption-data")) {
        return Err(SebabGalat::Bersandi);
    }
    let Some(xml) = arsip.text("content.xml")? else { return Err(SebabGalat::damaged(FORMAT, "isinya tidak ada")) };
    let mut reader = Pembaca { letak: Letak::file(nama), ..Pembaca::default() };
    walk(&xml, FORMAT, |node| reader.node(&node))?;
    Ok(reader.bagian)
}

#[derive(Default)]
struct Pembaca {
    letak: Letak,
    bagian: Vec<Bagian>,
    jatah: Jatah,
    lembar: Option<String>,
    rows: Vec<(u32, Vec<Mentah>)>,
    line: u32,
    row: Vec<Mentah>,
    row_repeats: u32,
    /// The open cell, how often it repeats, and whether a merged one covers it.
    cell: Option<(Mentah, u32, bool)>,
    paragraphs: usize,
    in_note: bool,
}

impl Pembaca {
    fn node(&mut self, node: &Simpul<'_>) -> Result<(), SebabGalat> {
        match node {
            Simpul::Buka(start, empty) => {
                let name = start.local_name();
                match name.as_ref() {
                    "table" if self.lembar.is_none() => {
                        self.lembar = Some(attribute(start, "name").unwrap_or_default());
                        (self.line, self.rows) = (0, Vec::new());
                    }
                    "table-row" => self.row_repeats = count(start, "number-rows-repeated").unwrap_or(1).clamp(1, ROWS),
                    "annotation" => self.in_note = !empty,
                    "table-cell" | "covered-table-cell" => {
                        let repeats = count(start, "number-columns-repeated").unwrap_or(1);
                        let covered = name.as_ref() == "covered-table-cell";
                        self.cell = Some((cell(start), repeats, covered));
                        self.paragraphs = 0;
                        if *empty {
                            self.end_cell()?;
                        }
                    }
                    "p" => self.paragraphs += 1,
                    "s" | "tab" | "line-break" => self.put(" "),
                    _ => {}
                }
                if name.as_ref() == "table-row" && *empty {
                    self.end_row()?;
                }
            }
            Simpul::Teks(text) => {
                if self.paragraphs > 0 {
                    self.put(text);
                }
            }
            Simpul::Tutup(name) => match *name {
                "table-cell" | "covered-table-cell" => self.end_cell()?,
                "p" => self.put(" "),
                "annotation" => self.in_note = false,
                "table-row" => self.end_row()?,
                "table" => self.end_sheet()?,
                _ => {}
            },
        }
        Ok(())
    }

    fn put(&mut self, text: &str) {
        if let Some((cell, ..)) = self.cell.as_mut().filter(|_| !self.in_note) {
            cell.teks.push_str(text);
        }
    }

    fn end_cell(&mut self) -> Result<(), SebabGalat> {
        let Some((mut cell, repeats, covered)) = self.cell.take() else { return Ok(()) };
        cell.teks = tidy(&cell.teks);
        // What a merged cell covers has no place of its own in the row.
        if covered {
            return Ok(());
        }
        let room = MAX_COLUMNS.saturating_sub(self.row.len());
        // Thousands of empty cells fill up a row to the edge of the sheet.
        let times = if cell.teks.is_empty() { repeats.min(64) } else { repeats } as usize;
        let times = times.min(room);
        self.jatah.take_text(&cell.teks, times)?;
        self.row.extend(std::iter::repeat_n(cell, times));
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), SebabGalat> {
        let mut row = std::mem::take(&mut self.row);
        while row.last().is_some_and(|cell| cell.teks.is_empty() && cell.lebar <= 1 && cell.tinggi <= 1) {
            row.pop();
        }
        // An empty row stays as one, since it parts tables.
        let times = if row.is_empty() { 1 } else { self.row_repeats };
        for n in 0..times {
            self.jatah.take(row.len())?;
            row.iter().filter(|_| n > 0).try_for_each(|cell| self.jatah.take_text(&cell.teks, 1))?;
            self.rows.push((self.line.saturating_add(n + 1), row.clone()));
        }
        self.line = self.line.saturating_add(self.row_repeats);
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), SebabGalat> {
        let Some(lembar) = self.lembar.take() else { return Ok(()) };
        let mut rows = std::mem::take(&mut self.rows);
        while rows.last().is_some_and(|(_, row)| row.is_empty()) {
            rows.pop();
        }
        if rows.is_empty() {
            return Ok(());
        }
        let letak = self.letak.in_sheet(&lembar);
        let baris = lay_out(rows, &letak, &mut self.jatah)?;
        self.bagian.push(Bagian::Kisi { judul: String::new(), baris, letak });
        Ok(())
    }
}

/// A cell with its exact value; what it shows comes as its text.
fn cell(start: &quick_xml::events::BytesStart<'_>) -> Mentah {
    let kind = attribute(start, "value-type").unwrap_or_default();
    let value = || {
        attribute(start, "value")
            .and_then(|v| Decimal::from_str_exact(&v).or_else(|_| Decimal::from_scientific(&v)).ok())
    };
    let nilai = match kind.as_str() {
        "float" | "currency" => value(),
        "percentage" => value().and_then(|v| v.checked_mul(Decimal::ONE_HUNDRED)),
        _ => None,
    };
    Mentah {
        nilai: nilai.map(|v| v.normalize()),
        lebar: count(start, "number-columns-spanned").unwrap_or(1),
        tinggi: count(start, "number-rows-spanned").unwrap_or(1),
        ..Mentah::default()
    }
}
