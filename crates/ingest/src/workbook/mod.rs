//! Cells of a workbook (.xlsx), read without trusting it: every size is limited before it is used, and only what stands in the
//! file is taken, not what it claims about itself.

mod number;

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

pub(crate) use number::{exact, is_percent};

/// Largest file, in bytes. The form of the largest office has a few hundred kilobytes.
const MAX_FILE: usize = 8 << 20;
/// Most bytes that it may unpack to.
const MAX_UNPACKED: u64 = 64 << 20;
/// Most cells with something in them, on one sheet.
const MAX_CELLS: usize = 200_000;
/// Most bytes of text on one sheet: any number of cells may show the same long text.
const MAX_TEXT: usize = 32 << 20;
/// Rows and columns of a sheet, as spreadsheet programs have them.
const SHEET: (u32, u32) = (1_048_576, 16_384);
/// How files of the format begin that hides a workbook with a password, and that .xls is.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Isi {
    /// A number.
    Bilangan {
        /// As stored.
        nilai: f64,
        /// Whether it is shown times a hundred, with a percent sign.
        persen: bool,
    },
    /// A text.
    Teks(String),
    /// Anything else.
    Lain(Lain),
}

/// What is neither number nor text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lain {
    /// A number that is shown as date or time.
    Tanggal,
    /// TRUE or FALSE.
    Logis,
    /// An error value ("#REF!").
    Galat(String),
    /// A formula, whatever it gives.
    Rumus,
}

/// Cells of a sheet that are not empty, by row and column from 0.
pub(crate) type Kisi = BTreeMap<(u32, u32), Isi>;

/// Why a file cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum GalatBuku {
    /// Larger than any real one.
    #[error("berkas terlalu besar")]
    TerlaluBesar,
    /// Of the format before .xlsx, which is also that of files with a password.
    #[error("berkas Excel lama (.xls) atau dikunci dengan sandi")]
    LamaAtauBersandi,
    /// Another kind of file, or damaged.
    #[error("bukan berkas Excel (.xlsx) yang utuh")]
    BukanXlsx,
}

impl From<XlsxError> for GalatBuku {
    fn from(_: XlsxError) -> Self {
        Self::BukanXlsx
    }
}

/// Cells of the named sheets, in the order of the names; `None` for a sheet that is not there.
///
/// # Errors
/// When the file cannot be read as a workbook.
pub(crate) fn read<const N: usize>(bytes: &[u8], sheets: [&str; N]) -> Result<[Option<Kisi>; N], GalatBuku> {
    if bytes.len() > MAX_FILE {
        return Err(GalatBuku::TerlaluBesar);
    }
    if bytes.starts_with(COMPOUND) {
        return Err(GalatBuku::LamaAtauBersandi);
    }
    check_unpacked(bytes)?;
    // The reader computes with what cells say about their own place; where that overflows it may panic.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut workbook = Xlsx::new(Cursor::new(bytes))?;
        let names = workbook.sheet_names();
        let mut found = [const { None }; N];
        for (place, name) in found.iter_mut().zip(sheets) {
            if names.iter().any(|n| n == name) {
                *place = Some(cells(&mut workbook, name)?);
            }
        }
        Ok(found)
    }));
    read.unwrap_or(Err(GalatBuku::BukanXlsx))
}

/// A small file may unpack to any size, whatever it says.
fn check_unpacked(bytes: &[u8]) -> Result<(), GalatBuku> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| GalatBuku::BukanXlsx)?;
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|_| GalatBuku::BukanXlsx)?;
        let unpacked = io::copy(&mut (&mut file).take(left + 1), &mut io::sink()).map_err(|_| GalatBuku::BukanXlsx)?;
        left = left.checked_sub(unpacked).ok_or(GalatBuku::TerlaluBesar)?;
    }
    Ok(())
}

fn cells(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Kisi, GalatBuku> {
    let mut found = Kisi::new();
    let mut text_left = MAX_TEXT;
    let mut put = |place: (u32, u32), isi: Isi| {
        if place.0 >= SHEET.0 || place.1 >= SHEET.1 {
            return Err(GalatBuku::BukanXlsx);
        }
        if let Isi::Teks(text) = &isi {
            text_left = text_left.checked_sub(text.len()).ok_or(GalatBuku::TerlaluBesar)?;
        }
        found.insert(place, isi);
        if found.len() > MAX_CELLS { Err(GalatBuku::TerlaluBesar) } else { Ok(()) }
    };
    // One pass for values with their formats and one for formulas: the reader does not give them together.
    let mut values = workbook.worksheet_cells_reader(name)?;
    let percent: Vec<bool> = values
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| number::is_percent(&format.format_code)))
        .collect();
    while let Some((cell, style)) = values.next_cell_with_style_id()? {
        let persen = percent.get(style).copied().unwrap_or(false);
        if let Some(isi) = content(cell.get_value(), persen) {
            put(cell.get_position(), isi)?;
        }
    }
    drop(values);
    let mut formulas = workbook.worksheet_cells_reader(name)?;
    while let Some(cell) = formulas.next_cell_with_formula_metadata()? {
        if cell.formula.is_some() {
            put(cell.pos, Isi::Lain(Lain::Rumus))?;
        }
    }
    Ok(found)
}

fn content(value: &DataRef<'_>, persen: bool) -> Option<Isi> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Isi::Teks(text.to_owned()));
    match value {
        DataRef::Empty => None,
        // No file of this format holds them: its whole numbers are floats too.
        DataRef::Int(whole) => text(&whole.to_string()),
        DataRef::Float(nilai) => Some(Isi::Bilangan { nilai: *nilai, persen }),
        DataRef::String(string) => text(string),
        DataRef::SharedString(string) => text(string),
        DataRef::Bool(_) => Some(Isi::Lain(Lain::Logis)),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Some(Isi::Lain(Lain::Tanggal)),
        DataRef::Error(error) => Some(Isi::Lain(Lain::Galat(error.to_string()))),
    }
}
