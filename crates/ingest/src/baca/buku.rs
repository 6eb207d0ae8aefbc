//! Workbooks of Excel, new (.xlsx) and old (.xls): each cell with the text that it shows and the exact number behind it. Of a formula, the
//! result that was saved with it is taken.

mod format;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Dimensions, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx};
use tolok_domain::bacaan::{Bagian, CatatanBaca, Letak};

use super::arsip::Arsip;
use super::galat::SebabGalat;
use super::kisi::{Jatah, MAX_COLUMNS, Mentah, index, lay_out};
use super::xls::harmless;
use format::Tampilan;

const XLSX: &str = "buku kerja Excel (.xlsx)";
const XLS: &str = "buku kerja Excel lama (.xls)";
/// Largest file of the old format, whose reader unpacks all sheets at once.
const MAX_XLS: usize = 16 << 20;
/// Most notes on error values of one file.
const MOST_NOTES: usize = 40;

type Isi = (Vec<Bagian>, Vec<CatatanBaca>);

/// Sheets of an .xlsx, each one grid.
///
/// # Errors
/// When it is damaged or larger than can be kept.
pub(super) fn xlsx(bytes: &[u8], nama: &str) -> Result<Isi, SebabGalat> {
    Arsip::open(bytes, XLSX)?.check_size()?;
    guarded(XLSX, || {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|e| SebabGalat::damaged(XLSX, e))?;
        let mut made = Pembuat::new(nama);
        for sheet in workbook.sheets_metadata().to_vec() {
            if sheet.typ != SheetType::WorkSheet {
                continue;
            }
            let merged = workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
            let mut cells = workbook.worksheet_cells_reader(&sheet.name).map_err(|e| SebabGalat::damaged(XLSX, e))?;
            let formats: Vec<Tampilan> = cells
                .styles()
                .iter()
                .map(|style| {
                    style.number_format.as_ref().map_or_else(Tampilan::default, |f| Tampilan::of(&f.format_code))
                })
                .collect();
            let mut lembar = Lembar::default();
            while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|e| SebabGalat::damaged(XLSX, e))? {
                let format = formats.get(style).copied().unwrap_or_default();
                let (row, column) = cell.get_position();
                lembar.blank |= matches!(cell.get_value(), DataRef::Empty);
                made.cell(&mut lembar, (row, column), &Data::from(cell.get_value().clone()), format, &sheet.name)?;
            }
            drop(cells);
            if lembar.blank {
                let mut cells =
                    workbook.worksheet_cells_reader(&sheet.name).map_err(|e| SebabGalat::damaged(XLSX, e))?;
                let mut open = 0;
                let mut first = None;
                while let Some(cell) =
                    cells.next_cell_with_formula_metadata().map_err(|e| SebabGalat::damaged(XLSX, e))?
                {
                    if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
                        open += 1;
                        first.get_or_insert(cell.pos);
                    }
                }
                made.unsolved(&sheet.name, first, open);
            }
            made.sheet(lembar, &merged, &sheet.name, sheet.visible)?;
        }
        Ok(made.done())
    })
}

/// Sheets of an .xls, each one grid.
///
/// # Errors
/// When it is damaged, locked or larger than can be kept.
pub(super) fn xls(bytes: &[u8], nama: &str) -> Result<Isi, SebabGalat> {
    if bytes.len() > MAX_XLS {
        return Err(SebabGalat::TerlaluBesar { besar: bytes.len() >> 20, batas: MAX_XLS >> 20 });
    }
    guarded(XLS, || {
        let bytes = harmless(bytes, XLS)?;
        let mut workbook = Xls::new(Cursor::new(bytes)).map_err(|e| match e {
            XlsError::Password => SebabGalat::Bersandi,
            other => SebabGalat::damaged(XLS, other),
        })?;
        let mut made = Pembuat::new(nama);
        for sheet in workbook.sheets_metadata().to_vec() {
            if sheet.typ != SheetType::WorkSheet {
                continue;
            }
            let merged = workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
            let range = workbook.worksheet_range(&sheet.name).map_err(|e| SebabGalat::damaged(XLS, e))?;
            let (top, left) = range.start().unwrap_or_default();
            let mut lembar = Lembar::default();
            for (row, column, value) in range.used_cells() {
                let place = (top.saturating_add(index(row)), left.saturating_add(index(column)));
                made.cell(&mut lembar, place, value, Tampilan::default(), &sheet.name)?;
            }
            made.sheet(lembar, &merged, &sheet.name, sheet.visible)?;
        }
        Ok(made.done())
    })
}

/// The readers compute with what a file says about itself; where that overflows they may panic.
fn guarded(format: &'static str, read: impl FnOnce() -> Result<Isi, SebabGalat>) -> Result<Isi, SebabGalat> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(SebabGalat::damaged(format, "")))
}

/// Cells of a sheet that show something, by row and column from 0.
#[derive(Default)]
struct Lembar {
    rows: BTreeMap<u32, Vec<(u32, Mentah)>>,
    beyond: bool,
    /// A cell without value was met; a formula may stand in it.
    blank: bool,
}

struct Pembuat {
    letak: Letak,
    jatah: Jatah,
    bagian: Vec<Bagian>,
    catatan: Vec<CatatanBaca>,
}

impl Pembuat {
    fn new(nama: &str) -> Self {
        Self { letak: Letak::file(nama), jatah: Jatah::default(), bagian: Vec::new(), catatan: Vec::new() }
    }

    fn done(self) -> Isi {
        (self.bagian, self.catatan)
    }

    fn cell(
        &mut self,
        lembar: &mut Lembar,
        (row, column): (u32, u32),
        value: &Data,
        format: Tampilan,
        name: &str,
    ) -> Result<(), SebabGalat> {
        let Some(mentah) = format::shown(value, format) else { return Ok(()) };
        if column as usize >= MAX_COLUMNS {
            lembar.beyond = true;
            return Ok(());
        }
        if matches!(value, Data::Error(_)) && self.catatan.len() < MOST_NOTES {
            let letak = self.letak.in_sheet(name).at_cell(row.saturating_add(1), column + 1);
            let pesan = format!("sel berisi galat rumus {}; perbaiki rumusnya di Excel", mentah.teks);
            self.catatan.push(CatatanBaca { letak, pesan });
        }
        self.jatah.take(1)?;
        self.jatah.take_text(&mentah.teks, 1)?;
        lembar.rows.entry(row).or_default().push((column, mentah));
        Ok(())
    }

    /// Notes formulas that were saved without their result.
    fn unsolved(&mut self, name: &str, first: Option<(u32, u32)>, count: usize) {
        let Some((row, column)) = first else { return };
        let letak = self.letak.in_sheet(name);
        let letak = letak.at_cell(row.saturating_add(1), column.saturating_add(1));
        let pesan = format!(
            "{count} sel berumus tersimpan tanpa hasil, mulai dari sel ini; buka di Excel, hitung ulang, simpan, lalu kirim lagi"
        );
        self.catatan.push(CatatanBaca { letak, pesan });
    }

    fn sheet(
        &mut self,
        lembar: Lembar,
        merged: &[Dimensions],
        name: &str,
        visible: SheetVisible,
    ) -> Result<(), SebabGalat> {
        let letak = self.letak.in_sheet(name);
        if lembar.beyond {
            let pesan = format!("kolom sesudah yang ke-{MAX_COLUMNS} tidak dibaca; pindahkan tabelnya ke kolom awal");
            self.catatan.push(CatatanBaca { letak: letak.clone(), pesan });
        }
        if lembar.rows.is_empty() {
            return Ok(());
        }
        if visible != SheetVisible::Visible {
            let pesan = "lembar ini tersembunyi dan ikut dibaca; hapus bila bukan bagian dari laporan".to_owned();
            self.catatan.push(CatatanBaca { letak: letak.clone(), pesan });
        }
        let rows = arrange(lembar.rows, merged, &mut self.jatah)?;
        let baris = lay_out(rows, &letak, &mut self.jatah)?;
        self.bagian.push(Bagian::Kisi { judul: String::new(), baris, letak });
        Ok(())
    }
}

/// Rows as `lay_out` takes them: gaps filled, covered places left out, of several empty rows one.
fn arrange(
    mut rows: BTreeMap<u32, Vec<(u32, Mentah)>>,
    merged: &[Dimensions],
    jatah: &mut Jatah,
) -> Result<Vec<(u32, Vec<Mentah>)>, SebabGalat> {
    // By row: what merged cells cover, from the row of their origin down.
    let mut covered: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for Dimensions { start, end } in merged {
        let Some(cells) = rows.get_mut(&start.0) else { continue };
        let Some((_, origin)) = cells.iter_mut().find(|(column, _)| *column == start.1) else { continue };
        let height = end.0.saturating_sub(start.0).saturating_add(1);
        let width = end.1.saturating_sub(start.1).saturating_add(1);
        if (height <= 1 && width <= 1) || width as usize > MAX_COLUMNS || height > 100_000 {
            continue;
        }
        jatah.take(height as usize)?;
        (origin.lebar, origin.tinggi) = (width, height);
        for row in start.0..start.0.saturating_add(height) {
            covered.entry(row).or_default().push((start.1, end.1));
        }
    }
    let mut made: Vec<(u32, Vec<Mentah>)> = Vec::with_capacity(rows.len());
    let mut wanted: Vec<u32> = rows.keys().chain(covered.keys()).copied().collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut last: Option<u32> = None;
    for row in wanted {
        if last.is_some_and(|last| row > last.saturating_add(1)) {
            made.push((row, Vec::new()));
        }
        last = Some(row);
        let mut cells = rows.remove(&row).unwrap_or_default();
        cells.sort_by_key(|(column, _)| *column);
        let spans = covered.get(&row).map_or(&[][..], Vec::as_slice);
        let mut line = Vec::new();
        let mut column = 0;
        for (at, cell) in cells {
            let is_origin = cell.lebar > 1 || cell.tinggi > 1;
            let hidden = !is_origin && spans.iter().any(|(start, end)| (*start..=*end).contains(&at));
            if hidden || at < column {
                continue;
            }
            // Places that hang down from above fill themselves.
            let gap = (column..at).filter(|c| !spans.iter().any(|(start, end)| (*start..=*end).contains(c))).count();
            line.extend(std::iter::repeat_n(Mentah::default(), gap));
            column = at.saturating_add(cell.lebar.max(1));
            line.push(cell);
        }
        made.push((row.saturating_add(1), line));
    }
    Ok(made)
}
