//! Local variants of the worksheet, from files as people have them.

use rust_xlsxwriter::Workbook;
use tolok_domain::evaluasi::Templat;
use tolok_domain::sheet::Masalah;
use tolok_ingest::package::read_template;

const RUBRIK: &str = include_str!("../../../domain/src/evaluasi/contoh/rubrik.csv");
const YA_TIDAK: &str = include_str!("../../../domain/src/evaluasi/contoh/ya-tidak.csv");

fn told(read: Result<Templat, Vec<Masalah>>) -> String {
    read.map_or_else(|faults| faults.iter().map(|m| format!("{m}\n")).collect(), |templat| templat.kode)
}

/// The rows of a CSV file as a workbook, numbers as numbers.
fn workbook(csv: &str, sheet: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name(sheet).expect("name");
    for (row, line) in (0..).zip(csv.lines()) {
        for (column, cell) in (0..).zip(line.split(';')) {
            match cell.replace(',', ".").parse::<f64>() {
                Ok(number) => page.write_number(row, column, number).expect("cell"),
                Err(_) => page.write_string(row, column, cell).expect("cell"),
            };
        }
    }
    book.save_to_buffer().expect("workbook")
}

#[test]
fn two_variants_are_read_from_csv_and_workbook() {
    for (csv, kode) in [(RUBRIK, "kota-rubrik"), (YA_TIDAK, "kab-yt")] {
        let from_csv = read_template("lke.csv", csv.as_bytes());
        assert_eq!(from_csv.as_ref().map(|t| t.kode.as_str()), Ok(kode));
        assert_eq!(told(read_template("lke.xlsx", &workbook(csv, "templat_lke"))), kode);
        // Codes such as 1.1 are numbers in a workbook, and no other than in the file.
        assert_eq!(read_template("lke.xlsx", &workbook(csv, "templat_lke")), from_csv);
    }
}

#[test]
fn a_faulty_variant_is_refused_with_file_and_line() {
    let faulty = YA_TIDAK.replace("Capaian;55", "Capaian;54").replace("kriteria;1.2;1.2.2", "kriteria;1.2;1.2.1");
    for (name, bytes) in [("lke.csv", faulty.clone().into_bytes()), ("lke.xlsx", workbook(&faulty, "templat_lke"))] {
        let found = told(read_template(name, &bytes));
        assert!(
            found.contains(&format!("{name} baris 14 kolom bobot: bobot komponen berjumlah 99, seharusnya 100")),
            "{found}"
        );
        assert!(
            found.contains(&format!("{name} baris 12 kolom kode: kriteria 1.2.1 dua kali, baris 11 dan 12")),
            "{found}"
        );
    }
}

#[test]
fn what_is_no_template_is_refused() {
    let heading = told(read_template("lke.csv", b"templat;baris\n"));
    assert!(heading.contains("lke.csv baris 1 kolom induk: kolom tidak ada"), "{heading}");
    let sheet = told(read_template("lke.xlsx", &workbook(YA_TIDAK, "Sheet1")));
    assert!(sheet.contains("lke.xlsx: lembar templat_lke tidak ada"), "{sheet}");
    assert!(told(read_template("lke.xlsx", b"PK\x03\x04 damaged")).contains("bukan berkas Excel (.xlsx) yang utuh"));
    assert!(told(read_template("lke.csv", b"\xff\xfe\x00")).contains("bukan UTF-8"));
    assert!(told(read_template("lke.csv", b"")).contains("lke.csv"));
}
