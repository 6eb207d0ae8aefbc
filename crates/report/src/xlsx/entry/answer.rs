//! The cells that are filled in: what they hold already, how they show it, and what a spreadsheet program lets in.

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule, Format, Formula, Worksheet,
    XlsxError,
};
use tolok_domain::entry_sheet::{BarisIsian, KUNCI, PERSEN_TERJAUH, TEKS_TERPANJANG};
use tolok_domain::number::write_value_plain;
use tolok_domain::{Decimal, Nilai, TipeNilai};

use super::{FIRST_INPUT, last_column};

/// A float, and so a cell, holds any number of so many digits.
const DIGITS: usize = 15;

/// Writes the value that is there already, or an empty cell.
pub(super) fn write(sheet: &mut Worksheet, row: u32, baris: &BarisIsian, text: &Format) -> Result<(), XlsxError> {
    let column = FIRST_INPUT;
    let format = match number_format(baris.tipe) {
        Some(number) => &text.clone().set_num_format(number),
        None => text,
    };
    match &baris.nilai {
        None | Some(Nilai::BelumAda { .. }) => sheet.write_blank(row, column, format)?,
        Some(value) => match cell_number(value) {
            Some(number) => sheet.write_number_with_format(row, column, number, format)?,
            None => sheet.write_string_with_format(row, column, write_value_plain(value), format)?,
        },
    };
    Ok(())
}

/// How numbers of a type are shown, in the separators of the reader's own program (dots and a comma in Indonesia); none for
/// types that are written as text.
const fn number_format(tipe: TipeNilai) -> Option<&'static str> {
    match tipe {
        TipeNilai::Bilangan => Some("#,##0.00##"),
        TipeNilai::Uang => Some("#,##0.00"),
        // A true percentage: it is right whether people type 98,13 or 98,13%. With a sign that is only shown, 98,13% would
        // become 0,9813.
        TipeNilai::Persen => Some("0.00##%"),
        TipeNilai::Rasio | TipeNilai::Rentang | TipeNilai::Predikat | TipeNilai::Dokumen => None,
    }
}

/// The number that a cell can hold exactly; none when the value must be written as text.
fn cell_number(value: &Nilai) -> Option<f64> {
    let exact = match value {
        Nilai::Bilangan(x) => *x,
        Nilai::Uang(x) => x.to_decimal(),
        Nilai::Persen(x) if x.abs() <= Decimal::from(PERSEN_TERJAUH) => {
            let hundredth = x.checked_div(Decimal::ONE_HUNDRED)?;
            // What has as many decimals as can be kept would be rounded.
            (hundredth.checked_mul(Decimal::ONE_HUNDRED)? == *x).then_some(hundredth)?
        }
        _ => return None,
    };
    let exact = exact.normalize();
    // Who reads a fraction wants to be sure of its sen, also where it ends with one decimal.
    let unwritten = if exact.scale() == 1 { 1 } else { 0 };
    let digits = exact.mantissa().unsigned_abs().to_string().len() + unwritten;
    // Parsing gives the nearest float, which is written and read back as the same digits.
    (digits <= DIGITS).then(|| exact.to_string().parse().ok())?
}

/// Lets a spreadsheet program refuse at once what would be refused later; `answers` is where the allowed ones stand.
pub(super) fn restrict(
    sheet: &mut Worksheet,
    row: u32,
    baris: &BarisIsian,
    answers: Option<(usize, usize, usize)>,
) -> Result<(), XlsxError> {
    let place = format!("$F{}", row + 1);
    let rule = match answers {
        Some(answers) => one_of(answers)?,
        None => by_type(baris.tipe, &place)?,
    };
    sheet.add_data_validation(row, FIRST_INPUT, row, FIRST_INPUT, &rule)?;
    sheet.add_data_validation(row, FIRST_INPUT + 1, row, last_column(), &short_text()?)?;
    if matches!(baris.tipe, TipeNilai::Bilangan | TipeNilai::Uang) {
        // Whole numbers without ",00": a number format alone cannot tell them.
        let whole = ConditionalFormatFormula::new()
            .set_rule(Formula::new(format!("=AND(ISNUMBER({place}),{place}=INT({place}))")))
            .set_format(Format::new().set_num_format("#,##0"));
        sheet.add_conditional_format(row, FIRST_INPUT, row, FIRST_INPUT, &whole)?;
    }
    Ok(())
}

fn one_of((row, first, last): (usize, usize, usize)) -> Result<DataValidation, XlsxError> {
    // A list written into the rule itself may have only 255 letters, and no commas in its words.
    let name =
        |column: usize| rust_xlsxwriter::utility::column_number_to_name(u16::try_from(column).unwrap_or(u16::MAX));
    let row = row + 1;
    let list = format!("={KUNCI}!${}${row}:${}${row}", name(first), name(last));
    DataValidation::new()
        .allow_list_formula(Formula::new(list))
        .set_error_title("Tidak ada dalam daftar")?
        .set_error_message("Pilih salah satu dari daftar di sel ini.")
}

fn by_type(tipe: TipeNilai, place: &str) -> Result<DataValidation, XlsxError> {
    // As many digits as a cell keeps.
    let any = |least: &str, most: &str| DataValidationRule::Between(Formula::new(least), Formula::new(most));
    let (least, most) = ("-999999999999999", "999999999999999");
    let rule = DataValidation::new();
    match tipe {
        TipeNilai::Bilangan => {
            rule.allow_decimal_number_formula(any(least, most)).set_error_title("Bukan bilangan")?.set_error_message(
                "Tulis satu bilangan saja, tanpa satuan. Bila belum ada, kosongkan dan tulis alasannya.",
            )
        }
        TipeNilai::Uang => rule
            .allow_whole_number_formula(any(least, most))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_input_title("Rupiah penuh")?
            .set_input_message("Bukan dalam ribuan atau jutaan, tanpa \"Rp\".")?
            .set_error_title("Bukan rupiah bulat")?
            .set_error_message(
                "Tulis jumlah rupiah penuh dengan angka. Pilih Ya hanya bila memang ada sen di belakang koma.",
            ),
        TipeNilai::Persen => {
            let most = PERSEN_TERJAUH / 100;
            rule.allow_decimal_number_formula(any(&format!("-{most}"), &most.to_string()))
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_input_title("Persentase")?
                .set_input_message("Tulis dengan tanda persen, misalnya 98,13%.")?
                .set_error_title("Bukan persentase yang lazim")?
                .set_error_message("Tulis dengan tanda persen, misalnya 98,13%. Pilih Ya hanya bila memang di luar -1.000% sampai 1.000%.")
        }
        TipeNilai::Rasio => rule
            .allow_custom(Formula::new(format!(
                "=OR(ISNUMBER(SEARCH(\"?/?\",{place})),ISNUMBER(SEARCH(\"dari\",{place})))"
            )))
            .set_input_title("Pembilang/penyebut")?
            .set_input_message("Misalnya 28/35.")?
            .set_error_title("Bukan pembilang/penyebut")?
            .set_error_message("Tulis pembilang dan penyebut, misalnya 28/35."),
        TipeNilai::Rentang => short_text()?
            .set_input_title("Bilangan atau rentang")?
            .set_input_message("Satu bilangan, misalnya 75,87, atau dari dan sampai, misalnya 60-85."),
        TipeNilai::Predikat => short_text()?.set_input_title("Predikat")?.set_input_message("Misalnya BB atau WTP."),
        TipeNilai::Dokumen => rule
            .allow_list_strings(&["ada", "tidak ada"])?
            .set_error_title("Ada atau tidak ada")?
            .set_error_message("Pilih ada atau tidak ada."),
    }
}

fn short_text() -> Result<DataValidation, XlsxError> {
    let most = u32::try_from(TEKS_TERPANJANG).unwrap_or(u32::MAX);
    DataValidation::new()
        .allow_text_length(DataValidationRule::LessThanOrEqualTo(most))
        .set_error_title("Terlalu panjang")?
        .set_error_message(format!("Paling panjang {TEKS_TERPANJANG} huruf."))
}
