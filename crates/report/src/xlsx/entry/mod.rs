//! The entry sheet as a workbook: a form that an office fills in and hands back. `tolok-ingest` reads it; what both must agree
//! on stands in [`tolok_domain::entry_sheet`].

mod answer;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, ProtectionOptions, Workbook,
    Worksheet, XlsxError,
};
use tolok_domain::entry_sheet::{
    BARIS_JUDUL, BarisIsian, ISIAN, KOLOM, KUNCI, LembarIsian, REALISASI, Struktur, clean,
};

use super::{FONT, GROUP, LINE, MUTED, fit, header_format, set_up_page, text_format};
use crate::naskah::Kertas;

/// The cells to fill in. They are named by their colour, so it must be seen on any screen.
const INPUT: Color = Color::RGB(0xff_f8_d6);
/// Line around them: stronger than elsewhere, to be seen in black and white.
const INPUT_LINE: Color = Color::RGB(0x9a_86_2c);

/// Widths in letters; the code takes what the longest one needs.
const WIDTHS: [u32; KOLOM.len()] = [8, 38, 10, 15, 15, 18, 30, 26, 26];
/// Widest column of codes: the official code of a sub kegiatan.
const WIDEST_CODE: u32 = 18;
/// Columns from the value on are filled in.
const FIRST_INPUT: u16 = 5;
const _: () = assert!(FIRST_INPUT as usize == REALISASI);

/// How to fill it in; one line each.
const HOW: [&str; 2] = [
    "Isi sel berwarna kuning saja; sel lain dan baris abu-abu terkunci. Jangan menambah, menghapus, atau mengurutkan baris. Simpan tetap sebagai \
     .xlsx, lalu unggah kembali di Tolok.",
    "Tulis nilainya, bukan rumus. Yang belum ada nilainya dikosongkan, bukan 0, dan alasannya ditulis di kolom \
     Keterangan/alasan. Baris yang seluruhnya kosong dianggap belum diisi.",
];

/// Stands before a number as the reader's own program writes it.
const SAMPLE: &str = "Di komputer ini seribu dua ratus tiga puluh empat setengah ditulis:";

/// The workbook of an entry sheet. Equal sheets give equal bytes: the creation time is the first day of the year.
///
/// # Errors
/// When a text is longer than a cell can hold (32.767 characters).
pub fn render(lembar: &LembarIsian, kertas: Kertas) -> Result<Vec<u8>, XlsxError> {
    let structure = lembar.structure();
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(u16::try_from(lembar.tahun).unwrap_or(2000), 1, 1)?;
    let properties = DocProperties::new().set_title(title(lembar)).set_author(&lembar.instansi_nama);
    workbook.set_properties(&properties.set_creation_datetime(&created));
    write_form(workbook.add_worksheet(), lembar, &structure, kertas)?;
    write_structure(workbook.add_worksheet(), &structure)?;
    workbook.save_to_buffer()
}

fn title(lembar: &LembarIsian) -> String {
    format!("Lembar isian realisasi {}", lembar.periode.heading())
}

/// The sheet that people see.
fn write_form(
    sheet: &mut Worksheet,
    lembar: &LembarIsian,
    structure: &Struktur,
    kertas: Kertas,
) -> Result<(), XlsxError> {
    sheet.set_name(ISIAN)?;
    set_up_page(sheet, kertas, &lembar.instansi_nama);
    protect(sheet);
    let widths = widths(lembar);
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, width)?;
    }
    write_head(sheet, lembar, &widths)?;
    for (index, (row, baris)) in (BARIS_JUDUL..).zip(&lembar.baris).enumerate() {
        write_row(sheet, row, baris, &widths)?;
        if baris.dapat_diubah {
            answer::restrict(sheet, row, baris, structure.answers(index))?;
        }
    }
    // Codes and targets are texts that look like numbers; without this every one of them carries a warning mark.
    let last_row = BARIS_JUDUL + u32::try_from(lembar.baris.len()).unwrap_or(0);
    sheet.ignore_error_range(0, 0, last_row, last_column(), IgnoreError::NumberStoredAsText)?;
    sheet.set_freeze_panes(BARIS_JUDUL, 2)?;
    sheet.set_repeat_rows(BARIS_JUDUL - 1, BARIS_JUDUL - 1)?;
    let first_open = (BARIS_JUDUL..).zip(&lembar.baris).find(|(_, baris)| baris.dapat_diubah);
    let (row, _) = first_open.unzip();
    let row = row.unwrap_or(BARIS_JUDUL);
    sheet.set_selection(row, FIRST_INPUT, row, FIRST_INPUT)?;
    Ok(())
}

/// Without a password: it keeps people from slips, not from anything they want. Whether a row may be written is decided
/// when the sheet comes back. Columns and rows may still be widened, to read long texts.
fn protect(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
}

fn last_column() -> u16 {
    u16::try_from(KOLOM.len() - 1).unwrap_or(u16::MAX)
}

fn widths(lembar: &LembarIsian) -> [u32; KOLOM.len()] {
    let longest = lembar.baris.iter().map(|baris| fit::letters(&baris.kode) + 1).max().unwrap_or(0);
    let mut widths = WIDTHS;
    widths[0] = longest.clamp(widths[0], WIDEST_CODE);
    widths
}

/// Title, office, instructions and headings.
fn write_head(sheet: &mut Worksheet, lembar: &LembarIsian, widths: &[u32]) -> Result<(), XlsxError> {
    let room = widths.iter().sum();
    let plain = text_format().set_text_wrap();
    let muted = text_format().set_font_color(MUTED);
    let lines = [
        (title(lembar), text_format().set_bold().set_font_size(14), 20),
        (lembar.instansi_nama.clone(), muted.clone().set_font_size(11), 18),
        (HOW[0].to_owned(), plain.clone(), fit::lines(HOW[0], room) * fit::LINE + 3),
        (HOW[1].to_owned(), plain, fit::lines(HOW[1], room) * fit::LINE + 3),
    ];
    for (row, (text, format, height)) in (0..).zip(lines) {
        sheet.merge_range(row, 0, row, last_column(), &clean(&text), &format)?;
        sheet.set_row_height(row, height)?;
    }
    // A number that the reader's own program writes: many computers here are set to English, where 40,98 is no number.
    let sample = muted.set_align(FormatAlign::Right).set_align(FormatAlign::VerticalCenter).set_indent(1);
    sheet.merge_range(BARIS_JUDUL - 2, 0, BARIS_JUDUL - 2, FIRST_INPUT - 1, SAMPLE, &sample)?;
    sheet.write_number_with_format(BARIS_JUDUL - 2, FIRST_INPUT, 1234.5, &sample.set_num_format("#,##0.0"))?;
    sheet.set_row_height(BARIS_JUDUL - 2, fit::LINE + 6)?;
    for (column, words) in (0..).zip(KOLOM) {
        sheet.write_with_format(BARIS_JUDUL - 1, column, words, &header_format())?;
    }
    sheet.set_row_height(BARIS_JUDUL - 1, 2 * fit::LINE + 4)?;
    Ok(())
}

fn write_row(sheet: &mut Worksheet, row: u32, baris: &BarisIsian, widths: &[u32]) -> Result<(), XlsxError> {
    let mut texts = Vec::from(baris.description());
    texts.push(clean(&baris.value_text()));
    texts.extend(baris.remarks());
    for (column, text) in (0..).zip(&texts) {
        let format = cell_format(baris, column);
        if column == FIRST_INPUT && baris.dapat_diubah {
            answer::write(sheet, row, baris, &format)?;
        } else if text.is_empty() {
            sheet.write_blank(row, column, &format)?;
        } else {
            sheet.write_string_with_format(row, column, text, &format)?;
        }
    }
    let lines = texts.iter().zip(widths).map(|(text, width)| fit::lines(text, *width)).max();
    // Two lines at least: a remark is seldom one word.
    let height = lines.unwrap_or(1).max(2) * fit::LINE + 6;
    sheet.set_row_height(row, height.min(fit::HIGHEST))?;
    Ok(())
}

fn cell_format(baris: &BarisIsian, column: u16) -> Format {
    let format = text_format().set_align(FormatAlign::VerticalCenter).set_text_wrap();
    let format = format.set_border(FormatBorder::Thin).set_border_color(LINE);
    let format = match column {
        2 => format.set_align(FormatAlign::Center),
        3..=FIRST_INPUT => format.set_align(FormatAlign::Right).set_indent(1),
        _ => format.set_align(FormatAlign::Left).set_indent(1),
    };
    if !baris.dapat_diubah {
        return format.set_background_color(GROUP).set_font_color(MUTED);
    }
    if column < FIRST_INPUT {
        return format;
    }
    // As text, so that "3/4" is not made a date, nor a remark that begins with "-" a formula.
    format.set_border_color(INPUT_LINE).set_background_color(INPUT).set_unlocked().set_num_format("@")
}

/// The sheet that nobody sees, not even in the menu of hidden sheets.
fn write_structure(sheet: &mut Worksheet, structure: &Struktur) -> Result<(), XlsxError> {
    sheet.set_name(KUNCI)?;
    let text = Format::new().set_font_name(FONT).set_num_format("@");
    for (row, cells) in (0..).zip(structure.rows()) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(row, column, cell, &text)?;
        }
    }
    sheet.set_very_hidden(true).protect();
    Ok(())
}

#[cfg(test)]
mod tests;
