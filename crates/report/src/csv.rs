//! A table as CSV, the way Tolok's other data files are written: semicolons, decimal commas, no grouping.

use rust_decimal::RoundingStrategy;
use tolok_domain::number::write_plain;

use crate::naskah::{NilaiSel, Sel, Tabel};

/// The last header row, then every row of the body. Tables that merge cells lose their spans.
pub fn render(table: &Tabel) -> String {
    let mut out = String::new();
    let header = table.kepala.last().map(Vec::as_slice);
    for row in header.into_iter().chain(table.isi.iter().map(|row| row.sel.as_slice())) {
        let cells: Vec<String> = row.iter().map(cell).collect();
        out.push_str(&cells.join(";"));
        out.push('\n');
    }
    out
}

fn cell(sel: &Sel) -> String {
    match sel.nilai {
        Some(NilaiSel::Bilangan(x, places)) => {
            write_plain(x.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
        }
        Some(NilaiSel::Uang(x)) => write_plain(x.to_decimal()),
        None => text(&sel.plain()),
    }
}

/// A text with quotes only where they are needed. Spreadsheets would take one that begins like a formula for a formula, whoever wrote it:
/// an apostrophe keeps it a text.
fn text(words: &str) -> String {
    let guard = if words.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if words.contains([';', '"', '\n', '\r']) {
        format!("\"{guard}{}\"", words.replace('"', "\"\""))
    } else {
        format!("{guard}{words}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naskah::Baris;
    use tolok_domain::{Decimal, Rupiah};

    #[test]
    fn numbers_are_exact_and_texts_stay_texts() {
        let number = |text: &str, nilai| Sel { nilai: Some(nilai), ..Sel::text(text) };
        let row = vec![
            Sel::text("Dinas \"A\"; B"),
            number("1.234,57", NilaiSel::Bilangan(Decimal::new(1_234_567, 3), 2)),
            number("-7", NilaiSel::Bilangan(Decimal::from(-7), 0)),
            number("Rp1.000", NilaiSel::Uang(Rupiah::from_sen(100_050))),
            Sel::text("belum ada"),
            Sel::text("=HYPERLINK(\"http://contoh.test\")"),
        ];
        let table = Tabel {
            kepala: vec![vec![Sel::text("atas")], ["a", "b", "c", "d", "e", "f"].map(Sel::text).to_vec()],
            isi: vec![Baris { sel: row, ..Baris::default() }],
            ..Tabel::default()
        };
        let expected = "a;b;c;d;e;f\n\"Dinas \"\"A\"\"; B\";1234,57;-7;1000,5;belum ada;\"'=HYPERLINK(\"\"http://contoh.test\"\")\"\n";
        assert_eq!(render(&table), expected);
    }
}
