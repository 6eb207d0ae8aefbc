//! Workbooks: every table of a document as a sheet, where numbers are numbers and headers are merged and repeated in print;
//! and the sheet that an office fills in.

pub mod entry;
mod fit;
mod grid;
mod names;
mod sheet;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Url, Workbook, Worksheet,
    XlsxError,
};

use crate::naskah::{Kertas, Naskah, Tabel};

const DAFTAR: &str = "Daftar";
/// Wherever it is missing, a font of the same widths stands in for it.
const FONT: &str = "Arial";
const INK: Color = Color::RGB(0x1a_23_30);
const MUTED: Color = Color::RGB(0x5c_68_78);
const LINE: Color = Color::RGB(0xbf_c7_d0);
const BRAND: Color = Color::RGB(0x14_50_8c);
const HEAD: Color = Color::RGB(0xe8_f0_f8);
const GROUP: Color = Color::RGB(0xf5_f7_f9);

/// The workbook: a list of the tables, then one sheet for each. Equal documents give equal bytes.
pub fn render(naskah: &Naskah) -> Result<Vec<u8>, XlsxError> {
    let tables = naskah.tables();
    let wanted: Vec<String> = tables.iter().map(|table| table.nama.replace('_', " ")).collect();
    let names = names::sheet_names(wanted.iter().map(String::as_str), DAFTAR);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(naskah)?);
    write_list(workbook.add_worksheet(), naskah, &tables, &names)?;
    for (table, name) in tables.iter().zip(&names) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        set_up_page(sheet, naskah.kertas, &naskah.penerbit);
        sheet::write(sheet, naskah, table)?;
    }
    workbook.save_to_buffer()
}

/// The properties of the file. The creation time is the date of the content: the writer's own default is the clock.
fn properties(naskah: &Naskah) -> Result<DocProperties, XlsxError> {
    let created = match ExcelDateTime::parse_from_str(&naskah.tanggal) {
        Ok(created) => created,
        Err(_) => ExcelDateTime::from_ymd(2000, 1, 1)?,
    };
    Ok(DocProperties::new()
        .set_title(&naskah.judul)
        .set_author(&naskah.penerbit)
        .set_company(&naskah.penerbit)
        .set_creation_datetime(&created))
}

/// Landscape, as wide as the paper, office and page at the foot.
fn set_up_page(sheet: &mut Worksheet, kertas: Kertas, office: &str) {
    let paper = match kertas {
        // Folio, 8.5 x 13 inch, is what Excel has for F4.
        Kertas::F4 => 14,
        Kertas::A4 => 9,
        Kertas::A3 => 8,
    };
    // An ampersand begins a code in header and footer.
    let office = office.replace('&', "&&");
    sheet
        .set_paper_size(paper)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3)
        .set_footer(format!("&L&8{office}&R&8Halaman &P dari &N"))
        .set_screen_gridlines(false);
}

/// What a table is called: "Tabel 3.1 Capaian ...", or its short name when it has no caption.
fn caption(table: &Tabel) -> String {
    let number = if table.nomor.is_empty() { String::new() } else { format!("Tabel {}", table.nomor) };
    let parts = [number.as_str(), table.judul.trim()];
    let caption = parts.iter().flat_map(|part| part.split_whitespace()).collect::<Vec<_>>().join(" ");
    if caption.is_empty() { table.nama.clone() } else { caption }
}

fn text_format() -> Format {
    Format::new().set_font_name(FONT).set_font_size(10).set_font_color(INK).set_align(FormatAlign::Top)
}

fn title_format() -> Format {
    text_format().set_bold().set_font_size(13).set_text_wrap()
}

fn muted_format() -> Format {
    text_format().set_font_color(MUTED).set_text_wrap()
}

fn header_format() -> Format {
    text_format()
        .set_bold()
        .set_background_color(HEAD)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

fn link_format() -> Format {
    text_format().set_font_color(BRAND).set_underline(FormatUnderline::Single).set_text_wrap()
}

/// A link to the top of a sheet; an apostrophe in its name is doubled, as in a formula.
fn link_to(name: &str) -> Url {
    Url::new(format!("internal:'{}'!A1", name.replace('\'', "''")))
}

fn write_list(sheet: &mut Worksheet, naskah: &Naskah, tables: &[&Tabel], names: &[String]) -> Result<(), XlsxError> {
    sheet.set_name(DAFTAR)?;
    set_up_page(sheet, naskah.kertas, &naskah.penerbit);
    sheet.set_column_width(0, 9)?.set_column_width(1, 90)?.set_column_width(2, 34)?;
    sheet.merge_range(0, 0, 0, 2, &naskah.judul, &title_format())?;
    sheet.merge_range(1, 0, 1, 2, &naskah.penerbit, &muted_format())?;
    if tables.is_empty() {
        sheet.write_with_format(3, 0, "Dokumen ini tidak memuat tabel.", &text_format())?;
        return Ok(());
    }
    for (column, words) in (0..).zip(["Nomor", "Tabel", "Lembar"]) {
        sheet.write_with_format(3, column, words, &header_format())?;
    }
    for (row, (table, name)) in (4..).zip(tables.iter().zip(names)) {
        let title = if table.judul.trim().is_empty() { caption(table) } else { table.judul.trim().to_owned() };
        sheet.write_with_format(row, 0, &table.nomor, &text_format())?;
        sheet.write_url_with_options(row, 1, link_to(name), &title, "", Some(&link_format()))?;
        sheet.write_with_format(row, 2, name, &muted_format())?;
    }
    sheet.set_freeze_panes(4, 0)?.set_repeat_rows(3, 3)?;
    Ok(())
}

#[cfg(test)]
mod tests;
