//! One table on one sheet.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::fit;
use super::grid::{Letak, place};
use super::{
    DAFTAR, GROUP, LINE, caption, header_format, link_format, link_to, muted_format, text_format, title_format,
};
use crate::naskah::{GayaBaris, Naskah, NilaiSel, Rata, Ruas, Sel, Tabel};

/// Rows above the header: the way back, the title, the office, a blank one.
const ABOVE: u32 = 4;

/// Writes a table with its title above and its notes below.
pub(super) fn write(sheet: &mut Worksheet, naskah: &Naskah, table: &Tabel) -> Result<(), XlsxError> {
    let head: Vec<&[Sel]> = table.kepala.iter().map(Vec::as_slice).collect();
    let body: Vec<&[Sel]> = table.isi.iter().map(|row| row.sel.as_slice()).collect();
    let (head, body) = (place(&head, table.kolom.len()), place(&body, table.kolom.len()));
    let widths = fit::column_widths(&table.kolom, &head, &body);
    for (column, width) in (0..).zip(&widths) {
        sheet.set_column_width(column, *width)?;
    }
    sheet.write_url_with_options(
        0,
        0,
        link_to(DAFTAR),
        "Kembali ke daftar",
        "",
        Some(&link_format().unset_text_wrap()),
    )?;
    write_across(sheet, 1, &widths, &caption(table), &title_format(), 18)?;
    write_across(sheet, 2, &widths, &naskah.penerbit, &muted_format(), fit::LINE)?;

    for place in &head {
        write_cell(sheet, ABOVE, place, &header_format())?;
    }
    let top = write_heights(sheet, ABOVE, &fit::row_heights(table.kepala.len(), &head, &widths))?;
    for place in &body {
        let look = table.isi.get(place.baris).map(|row| row.gaya).unwrap_or_default();
        let column = table.kolom.get(place.kolom).map(|column| column.rata).unwrap_or_default();
        let align = place.sel.and_then(|sel| sel.rata).unwrap_or(column);
        write_cell(sheet, top, place, &body_format(look, align))?;
    }
    let mut row = write_heights(sheet, top, &fit::row_heights(table.isi.len(), &body, &widths))?;
    for note in &table.catatan {
        write_across(sheet, row, &widths, note, &muted_format(), fit::LINE)?;
        row += 1;
    }
    sheet.set_freeze_panes(top, 0)?;
    if top > ABOVE {
        sheet.set_repeat_rows(ABOVE, top - 1)?;
    }
    // The way back is of use on the screen only.
    sheet.set_print_area(1, 0, row.saturating_sub(1), last_column(&widths))?;
    Ok(())
}

/// Sets the heights of rows from `top` on and gives the row after them.
fn write_heights(sheet: &mut Worksheet, top: u32, heights: &[u32]) -> Result<u32, XlsxError> {
    let mut row = top;
    for height in heights {
        sheet.set_row_height(row, *height)?;
        row += 1;
    }
    Ok(row)
}

/// A line of text over all columns, with the height that it needs.
fn write_across(
    sheet: &mut Worksheet,
    row: u32,
    widths: &[u32],
    text: &str,
    format: &Format,
    line_height: u32,
) -> Result<(), XlsxError> {
    let last = last_column(widths);
    if last == 0 {
        sheet.write_with_format(row, 0, text, format)?;
    } else {
        sheet.merge_range(row, 0, row, last, text, format)?;
    }
    // Letters grow with the height of the line; the room counted in letters shrinks with it.
    let room = widths.iter().sum::<u32>() * fit::LINE / line_height;
    sheet.set_row_height(row, fit::lines(text, room) * line_height)?;
    Ok(())
}

fn last_column(widths: &[u32]) -> u16 {
    u16::try_from(widths.len().saturating_sub(1)).unwrap_or(u16::MAX)
}

fn body_format(look: GayaBaris, align: Rata) -> Format {
    let format =
        text_format().set_border(FormatBorder::Thin).set_border_color(LINE).set_text_wrap().set_align(match align {
            Rata::Kiri | Rata::Penuh => FormatAlign::Left,
            Rata::Tengah => FormatAlign::Center,
            Rata::Kanan => FormatAlign::Right,
        });
    match look {
        GayaBaris::Biasa => format,
        GayaBaris::Tebal => format.set_bold(),
        GayaBaris::Kelompok => format.set_bold().set_background_color(GROUP),
    }
}

fn write_cell(sheet: &mut Worksheet, top: u32, place: &Letak<'_>, format: &Format) -> Result<(), XlsxError> {
    let row = top + u32::try_from(place.baris).unwrap_or(u32::MAX);
    let column = u16::try_from(place.kolom).unwrap_or(u16::MAX);
    if place.tinggi * place.lebar > 1 {
        let last_row = row + u32::try_from(place.tinggi - 1).unwrap_or(0);
        let last_column = column + u16::try_from(place.lebar - 1).unwrap_or(0);
        sheet.merge_range(row, column, last_row, last_column, "", format)?;
    }
    let Some(sel) = place.sel else {
        sheet.write_blank(row, column, format)?;
        return Ok(());
    };
    match sel.nilai {
        Some(value) => {
            let format = format.clone().set_num_format(number_format(value, &sel.plain()));
            sheet.write_number_with_format(row, column, shown(value), &format)?;
        }
        None => write_text(sheet, row, column, &sel.isi, format)?,
    }
    Ok(())
}

/// Most letters of a cell of Excel, as UTF-16 counts them.
const MOST_LETTERS: usize = 32_767;
/// What stands at the end of a text that does not fit.
const CUT: &str = "… (terpotong, sel Excel memuat paling banyak 32.767 huruf)";

/// Text in one style goes in plainly, as does one that is too long for a cell; several styles make a rich text.
fn write_text(sheet: &mut Worksheet, row: u32, column: u16, runs: &[Ruas], format: &Format) -> Result<(), XlsxError> {
    let runs: Vec<&Ruas> = runs.iter().filter(|run| !run.teks.is_empty()).collect();
    let style = |base: Format, run: &Ruas| {
        let base = if run.tebal { base.set_bold() } else { base };
        if run.miring { base.set_italic() } else { base }
    };
    let Some(first) = runs.first() else {
        sheet.write_blank(row, column, format)?;
        return Ok(());
    };
    let long = runs.iter().map(|run| run.teks.encode_utf16().count()).sum::<usize>() > MOST_LETTERS;
    if long || runs.iter().all(|run| (run.tebal, run.miring) == (first.tebal, first.miring)) {
        let mut text: String = runs.iter().map(|run| run.teks.as_str()).collect();
        if long {
            let mut left = MOST_LETTERS - CUT.encode_utf16().count();
            let fits = |c: &char| left.checked_sub(c.len_utf16()).map(|rest| left = rest).is_some();
            text = text.chars().take_while(fits).chain(CUT.chars()).collect();
        }
        sheet.write_string_with_format(row, column, text, &style(format.clone(), first))?;
        return Ok(());
    }
    let formats: Vec<Format> = runs.iter().map(|run| style(text_format(), run)).collect();
    let parts: Vec<(&Format, &str)> = formats.iter().zip(&runs).map(|(f, run)| (f, run.teks.as_str())).collect();
    sheet.write_rich_string_with_format(row, column, &parts, format)?;
    Ok(())
}

/// The number format; what the document writes around the number ("Rp", "%") stays with it as text, since a per cent
/// format of Excel would multiply by a hundred.
fn number_format(value: NilaiSel, shown: &str) -> String {
    let places = match value {
        NilaiSel::Bilangan(_, places) => places,
        NilaiSel::Uang(money) if money.sen() % 100 == 0 => 0,
        NilaiSel::Uang(_) => 2,
    };
    let mut format = String::from("#,##0");
    if places > 0 {
        format.push('.');
        (0..places).for_each(|_| format.push('0'));
    }
    let shown = shown.trim();
    let before = if shown.trim_start_matches('-').starts_with("Rp") { "\"Rp\"" } else { "" };
    let after = if shown.ends_with('%') { "\" %\"" } else { "" };
    format!("{before}{format}{after}")
}

/// The number that Excel gets. It knows only floats, so this is the one place where a figure becomes one. That is harmless
/// for showing: nothing is computed with it here, and a float holds the 15 digits that Excel keeps, which is more money
/// than any office has.
fn shown(value: NilaiSel) -> f64 {
    let exact = match value {
        NilaiSel::Bilangan(number, _) => number,
        NilaiSel::Uang(money) => money.to_decimal(),
    };
    // Not a number shows as an error in the cell; a zero would be a lie.
    exact.to_f64().unwrap_or(f64::NAN)
}
