//! Time for large files. Run with `cargo test --release -p tolok-ingest --test it cepat -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use tolok_domain::bacaan::PeranKolom;
use tolok_ingest::baca::read_file;

use super::values;

/// A workbook of programmes with a header, names, units and six columns of numbers.
fn workbook(rows: u32) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let headers = [
        "Kode",
        "Sub Kegiatan",
        "Indikator",
        "Satuan",
        "Target",
        "Realisasi",
        "Capaian (%)",
        "Pagu (Rp)",
        "Realisasi Anggaran (Rp)",
        "Keterangan",
    ];
    for (column, header) in (0_u16..).zip(headers) {
        sheet.write_string(0, column, header).expect("cell");
    }
    for row in 1..=rows {
        sheet.write_string(row, 0, format!("2.07.03.2.01.{:04}", row % 10_000)).expect("cell");
        sheet.write_string(row, 1, format!("Pelaksanaan kegiatan nomor {row} pada kecamatan")).expect("cell");
        sheet.write_string(row, 2, format!("Jumlah peserta pelatihan {row}")).expect("cell");
        sheet.write_string(row, 3, "orang").expect("cell");
        sheet.write_number(row, 4, row % 500 + 1).expect("cell");
        sheet.write_number(row, 5, row % 400 + 1).expect("cell");
        sheet.write_number(row, 6, row % 100).expect("cell");
        sheet.write_number(row, 7, row * 1_000).expect("cell");
        sheet.write_number(row, 8, row * 990).expect("cell");
    }
    book.save_to_buffer().expect("workbook")
}

#[test]
#[ignore = "measures; meaningful only with --release"]
fn a_workbook_of_50000_rows_takes_less_than_two_seconds() {
    let bytes = workbook(50_000);
    let started = Instant::now();
    let bacaan = read_file("besar.xlsx", &bytes).expect("readable");
    let taken = started.elapsed();
    eprintln!("50.000 rows, {} MB: {taken:?}, {} facts", bytes.len() >> 20, bacaan.fakta.len());
    assert_eq!(values(&bacaan, PeranKolom::Pagu).len(), 50_000);
    assert!(taken < Duration::from_secs(2), "{taken:?}");
}
