//! What is refused, with the cell named.

use super::*;

/// The only fault, which must be at the cell.
fn refused(bytes: &[u8], cell: &str) -> String {
    let faults = outcome(bytes).expect_err("a fault");
    let [fault] = &faults[..] else { panic!("one fault: {faults:?}") };
    assert!(fault.starts_with(&format!("Isian!{cell}: ")), "{cell}: {fault}");
    fault.clone()
}

/// Rows from one on put further down, with everything in them.
fn moved_down(xml: &str, from: u32) -> String {
    (from..=14).rev().fold(xml.to_owned(), |xml, row| renumbered(&xml, row, row + 1))
}

fn renumbered(xml: &str, from: u32, to: u32) -> String {
    "ABCDEFGHI".chars().fold(xml.replace(&format!("<row r=\"{from}\""), &format!("<row r=\"{to}\"")), |xml, column| {
        xml.replace(&format!("<c r=\"{column}{from}\""), &format!("<c r=\"{column}{to}\""))
    })
}

#[test]
fn an_inserted_row_is_named() {
    let fault = refused(&edited(&workbook(), FORM, |xml| moved_down(&xml, 9)), "A9");
    assert!(fault.contains("kosong, seharusnya \"rasio\"") && fault.contains("disisipkan"), "{fault}");
}

#[test]
fn a_deleted_row_is_named() {
    let deleted = edited(&workbook(), FORM, |xml| {
        let (before, rest) = xml.split_once("<row r=\"9\"").expect("row 9");
        let rest = rest.split_once("</row>").expect("its end").1;
        (10..=14).fold(format!("{before}{rest}"), |xml, row| renumbered(&xml, row, row - 1))
    });
    let fault = refused(&deleted, "A9");
    assert!(
        fault.contains("\"rentang\", seharusnya \"rasio\": di sini berdiri baris 10; ada baris yang dihapus"),
        "{fault}"
    );
}

#[test]
fn swapped_rows_are_named() {
    let swapped = edited(&workbook(), FORM, |xml| renumbered(&renumbered(&renumbered(&xml, 8, 99), 11, 8), 99, 11));
    let fault = refused(&swapped, "A8");
    assert!(fault.contains("\"predikat\", seharusnya \"persen\": di sini berdiri baris 11"), "{fault}");
}

#[test]
fn a_changed_description_is_named() {
    for (cell, was) in [("A8", "persen"), ("B8", "Uraian persen yang panjang"), ("C8", "satuan"), ("D8", "40,98")] {
        let fault = refused(&typed(&workbook(), cell, "lain"), cell);
        assert!(fault.contains(&format!("\"lain\", seharusnya \"{was}\": isi sel terkunci berubah")), "{fault}");
    }
    let fault = refused(&typed(&workbook(), "E8", "lain"), "E8");
    assert!(fault.contains("\"lain\", seharusnya kosong"), "{fault}");
    let fault = refused(&number(&workbook(), "D8", "40.98"), "D8");
    assert!(fault.contains("berisi angka, tanggal atau rumus, seharusnya \"40,98\""), "{fault}");
}

#[test]
fn a_closed_row_is_not_filled_in() {
    let fault = refused(&number(&workbook(), "F14", "5"), "F14");
    assert!(fault.contains("seharusnya kosong"), "{fault}");
    refused(&typed(&workbook(), "G14", "lain"), "G14");
}

#[test]
fn blanks_and_line_ends_of_other_programs_change_nothing() {
    assert_eq!(outcome(&typed(&workbook(), "B8", " Uraian  persen\r\nyang panjang")), Ok(Vec::new()));
}

#[test]
fn a_changed_heading_is_named() {
    let fault = refused(&typed(&workbook(), "F6", "Realisasi TW III"), "F6");
    assert!(fault.contains("\"Realisasi TW III\", seharusnya \"Realisasi\": judul kolom berubah"), "{fault}");
    let row_above = edited(&workbook(), FORM, |xml| moved_down(&renumbered(&xml, 6, 106), 7));
    refused(&row_above, "A6");
}

#[test]
fn what_stands_outside_the_table_is_named() {
    let add = |cell: &str, row: u32| {
        let content = format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>catatan</t></is></c></row>");
        edited(&workbook(), FORM, |xml| {
            let (before, rest) = xml.split_at(xml.find(&format!("<row r=\"{row}\"")).expect("the row"));
            format!("{before}{}", rest.replacen("</row>", &content, 1))
        })
    };
    assert!(refused(&add("K8", 8), "K8").contains("di luar tabel"));
    assert!(refused(&add("A20", 14), "A20").contains("di luar tabel"));
}

#[test]
fn a_formula_is_refused_whatever_it_gives() {
    let formula = |cell: &str, xml: &str| edited(&workbook(), FORM, |form| with_cell(&form, cell, "", xml));
    let fault = refused(&formula("F7", "<f>1+1</f><v>2</v>"), "F7");
    assert!(fault.contains("berisi rumus; isi dengan nilai, bukan rumus"), "{fault}");
    refused(&formula("F7", "<f>1+1</f>"), "F7");
    refused(&formula("F7", "<f t=\"shared\" si=\"0\"/><v>2</v>"), "F7");
    refused(&formula("H9", "<f>F7</f><v>2</v>"), "H9");
    refused(&formula("A8", "<f>A7</f><v>2</v>"), "A8");
}

#[test]
fn errors_dates_and_truth_values_are_refused() {
    let cell = |attributes: &str, value: &str| {
        edited(&workbook(), FORM, |xml| with_cell(&xml, "F7", attributes, &format!("<v>{value}</v>")))
    };
    assert!(refused(&cell("t=\"e\"", "#REF!"), "F7").contains("berisi kesalahan #REF!; tulis bilangan"));
    assert!(refused(&cell("t=\"b\"", "1"), "F7").contains("BENAR atau SALAH"));
    assert!(refused(&cell("t=\"d\"", "2021-03-04"), "F7").contains("tanggal"));
    let fault = refused(&formatted(&workbook(), &cell_of(TipeNilai::Rasio), 14, "44259"), "F9");
    assert!(fault.contains("berisi tanggal atau waktu; tulis pembilang dan penyebut"), "{fault}");
    refused(&formatted(&workbook(), "G7", 14, "44259"), "G7");
}

#[test]
fn texts_of_another_style_or_type_are_asked_about() {
    for (tipe, text, says) in [
        (TipeNilai::Bilangan, "71,366,000", "tampak bergaya Inggris"),
        (TipeNilai::Bilangan, "98,13%", "bukan bilangan biasa"),
        (TipeNilai::Persen, "98.13", "tampak bergaya Inggris"),
        (TipeNilai::Persen, "28/35", "bukan persentase"),
        (TipeNilai::Rasio, "80%", "bukan rasio"),
        (TipeNilai::Predikat, "ZZ", "\"ZZ\" tidak ada dalam daftar; pilih salah satu: AA, A, BB"),
        (TipeNilai::Dokumen, "sudah", "tidak dapat dibaca"),
        (TipeNilai::Uang, "467,500", "dapat berarti"),
        (TipeNilai::Uang, "5 M", "bukan nilai rupiah"),
    ] {
        let cell = cell_of(tipe);
        let fault = refused(&typed(&workbook(), &cell, text), &cell);
        assert!(fault.contains(says), "{text}: {fault}");
    }
}

#[test]
fn numbers_of_another_type_are_asked_about() {
    let fault = refused(&number(&workbook(), &cell_of(TipeNilai::Rasio), "0.8"), "F9");
    assert!(fault.contains("\"0,8\" bukan rasio"), "{fault}");
    let fault = refused(&number(&workbook(), &cell_of(TipeNilai::Uang), "1234.567"), "F13");
    assert!(fault.contains("\"1234,567\" tidak dapat disimpan sebagai rupiah"), "{fault}");
    let fault = refused(&formatted(&workbook(), "F7", 10, "0.9813"), "F7");
    assert!(fault.contains("\"98,13%\" bukan bilangan biasa"), "{fault}");
    let fault = refused(&number(&workbook(), "F7", "98765432109876.54"), "F7");
    assert!(fault.contains("15 angka"), "{fault}");
}

#[test]
fn a_percentage_that_may_be_a_slip_is_asked_about() {
    let cell = cell_of(TipeNilai::Persen);
    let fault = refused(&number(&workbook(), &cell, "98.13"), &cell);
    assert!(fault.contains("dapat berarti 98,13% atau 9813%") && fault.contains("'98,13%"), "{fault}");
    let fault = refused(&formatted(&workbook(), &cell, 0, "0.9813"), &cell);
    assert!(fault.contains("dapat berarti 0,9813% atau 98,13%"), "{fault}");
    // As a text it is what it says.
    for (text, nilai) in [("9813%", "9813"), ("0,9813%", "0,9813")] {
        assert_eq!(outcome(&typed(&workbook(), &cell, text)).expect("a value")[0].nilai, nilai);
    }
}

#[test]
fn every_wrong_cell_is_named_at_once() {
    let bytes = typed(&workbook(), "F7", "banyak");
    let bytes = typed(&bytes, "F12", "sudah");
    let bytes = typed(&bytes, "H8", &"x".repeat(2001));
    let faults = outcome(&bytes).expect_err("faults");
    let cells: Vec<&str> = faults.iter().filter_map(|fault| fault.split(':').next()).collect();
    assert_eq!(cells, ["Isian!F7", "Isian!H8", "Isian!F12"]);
}

#[test]
fn another_workbook_is_no_entry_sheet() {
    let other = tolok_report::xlsx::render(&tolok_report::Naskah::default()).expect("a workbook");
    let faults = outcome(&other).expect_err("a fault");
    assert!(faults[0].starts_with("lembar Kunci: tidak ada, jadi ini bukan lembar isian"), "{faults:?}");
    let renamed = edited(&workbook(), "xl/workbook.xml", |xml| xml.replace("name=\"Isian\"", "name=\"TW III\""));
    let faults = outcome(&renamed).expect_err("a fault");
    assert_eq!(faults, ["lembar Isian: tidak ada; kembalikan nama lembar yang diisi menjadi Isian"]);
}

#[test]
fn a_changed_key_is_refused() {
    for (cell, says) in
        [("A1", "bukan lembar isian"), ("B1", "versi Tolok yang lain"), ("B2", "Kunci sudah diubah"), ("B7", "Kunci")]
    {
        let content = "<is><t>lain</t></is>";
        let bytes = edited(&workbook(), KEY, |xml| with_cell(&xml, cell, "t=\"inlineStr\"", content));
        let faults = outcome(&bytes).expect_err("a fault");
        assert!(faults[0].starts_with("Kunci!A1: ") && faults[0].contains(says), "{faults:?}");
        assert!(faults[0].contains("unduh lembar isian baru"), "{faults:?}");
    }
}
