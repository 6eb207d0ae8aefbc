//! How long a long document takes. Run with:
//! `cargo test --release -p tolok-ingest --test it pdf::speed -- --ignored --nocapture`

use std::time::Instant;

use tolok_domain::bacaan::Bagian;
use tolok_ingest::pdf::read_pdf;

use super::builder::{grid, pdf, text};

/// A page as in the annexes of a report: a table of 30 rows and 10 columns, and some lines below.
fn page(number: usize) -> String {
    let xs: Vec<f64> = (0..=10_u32).map(|column| 40.0 + 52.0 * f64::from(column)).collect();
    let ys: Vec<f64> = (0..=30_u32).map(|row| 780.0 - 20.0 * f64::from(row)).collect();
    let mut content = text(40.0, 800.0, 10.0, &format!("Tabel {number} Anggaran dan Realisasi")) + &grid(&xs, &ys);
    for (row, y) in ys.iter().skip(1).enumerate() {
        for (column, x) in xs.iter().take(10).enumerate() {
            content += &text(x + 3.0, y + 7.0, 7.0, &format!("{}.{:03}.{:03}", number % 90 + 1, row, column));
        }
    }
    for line in 0..8_u32 {
        let y = 160.0 - 13.0 * f64::from(line);
        content += &text(
            40.0,
            y,
            10.0,
            "Realisasi anggaran mencapai 98,13% dari pagu yang tersedia pada tahun tersebut, naik",
        );
    }
    content
}

#[test]
#[ignore = "measures; 200 pages should take less than 3 s when optimised"]
fn two_hundred_pages() {
    let pages: Vec<String> = (1..=200).map(page).collect();
    let bytes = pdf(&pages.iter().map(String::as_str).collect::<Vec<_>>());
    let start = Instant::now();
    let (parts, _) = read_pdf("panjang.pdf", &bytes).unwrap();
    let took = start.elapsed();
    let tables = parts.iter().filter(|part| matches!(part, Bagian::Kisi { .. })).count();
    assert_eq!(tables, 200);
    eprintln!("200 pages, {} KB: {} ms (goal 3000 ms)", bytes.len() / 1024, took.as_millis());
}
