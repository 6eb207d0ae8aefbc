//! Texts with separated values, from whatever program: the separator is found, rows of another length are named.

use tolok_domain::bacaan::{Bagian, CatatanBaca, Letak};

use super::galat::SebabGalat;
use super::kisi::{Jatah, Mentah, lay_out};
use super::teks::tidy;

const FORMAT: &str = "berkas CSV";
/// Longest cell, in bytes: more is a quotation mark that swallowed lines.
const MAX_CELL: usize = 20_000;
/// Lines from which the separator is told.
const SAMPLE: usize = 40;

/// The rows of a text as one grid, with notes on rows that do not fit.
///
/// # Errors
/// When it cannot be read as such, or has more cells than can be kept.
pub(super) fn parts(text: &str, nama: &str, prefer: Option<u8>) -> Result<(Vec<Bagian>, Vec<CatatanBaca>), SebabGalat> {
    let (hint, body) = said_separator(text);
    let skipped = if body.len() < text.len() { 1 } else { 0 };
    let separator = hint.or(prefer).unwrap_or_else(|| separator(body));
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(body.as_bytes());
    let letak = Letak::file(nama);
    let mut jatah = Jatah::default();
    let mut records: Vec<(u32, Vec<Mentah>)> = Vec::new();
    let mut catatan = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| SebabGalat::damaged(FORMAT, e))?;
        let line = record.position().map_or(0, csv::Position::line) + skipped;
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        if record.iter().any(|cell| cell.len() > MAX_CELL) {
            let pesan = "ada sel yang memuat puluhan ribu huruf; tampaknya tanda kutip yang tidak ditutup menelan baris sesudahnya";
            catatan.push(CatatanBaca { letak: letak.at_row(line), pesan: pesan.to_owned() });
        }
        let mut cells: Vec<Mentah> =
            record.iter().map(|cell| Mentah::text(tidy(&cell.chars().take(MAX_CELL).collect::<String>()))).collect();
        // An empty line says nothing in a list.
        if cells.iter().all(|cell| cell.teks.is_empty()) {
            continue;
        }
        while cells.len() > 1 && cells.last().is_some_and(|cell| cell.teks.is_empty()) {
            cells.pop();
        }
        jatah.take(cells.len())?;
        records.push((line, cells));
    }
    let width = usual_width(&records);
    records.retain(|(line, cells)| {
        let fits = cells.len() <= width;
        if !fits {
            let pesan = format!(
                "ada {} kolom, bukan {width}, sehingga baris ini tidak dipakai; nilai yang memuat pemisah kolom \
                 (misalnya koma desimal) harus diapit tanda kutip",
                cells.len()
            );
            catatan.push(CatatanBaca { letak: letak.at_row(*line), pesan });
        }
        fits
    });
    let baris = lay_out(records, &letak, &mut Jatah::default())?;
    let start = baris
        .first()
        .and_then(|row| row.first())
        .map_or_else(|| letak.clone(), |c| letak.at_row(c.letak.baris.unwrap_or(1)));
    Ok((vec![Bagian::Kisi { judul: String::new(), baris, letak: start }], catatan))
}

/// The longest row that is no exception: rows of that length are at least a twentieth of all.
fn usual_width(records: &[(u32, Vec<Mentah>)]) -> usize {
    let mut counts = std::collections::BTreeMap::new();
    for (_, cells) in records {
        *counts.entry(cells.len()).or_insert(0_usize) += 1;
    }
    let enough = (records.len() / 20).max(1);
    let first = records.first().map_or(0, |(_, cells)| cells.len());
    let usual = counts.iter().rev().find(|(_, n)| **n >= enough).map_or(0, |(width, _)| *width);
    // A header that names more columns than the rows fill says how many there may be.
    usual.max(first)
}

/// The first line "sep=;" that Excel writes, and the rest.
fn said_separator(text: &str) -> (Option<u8>, &str) {
    let Some(rest) = text.strip_prefix("sep=") else { return (None, text) };
    let Some((sign, body)) = rest.split_once('\n') else { return (None, text) };
    match sign.trim_end_matches('\r').as_bytes() {
        [sign] => (Some(*sign), body),
        _ => (None, text),
    }
}

/// The sign that parts the most lines into equally many cells.
fn separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE).collect();
    let score = |sign: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, sign)).collect();
        let usual = counts.iter().copied().max_by_key(|n| counts.iter().filter(|m| *m == n).count()).unwrap_or(0);
        let same = counts.iter().filter(|n| **n == usual).count();
        if usual == 0 { (0, 0) } else { (same, usual) }
    };
    let signs = [b';', b'\t', b',', b'|'];
    signs
        .into_iter()
        .max_by_key(|sign| (score(*sign), usize::from(*sign == b';')))
        .filter(|sign| score(*sign).0 > 0)
        .unwrap_or(b',')
}

fn outside_quotes(line: &str, sign: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b if b == sign && !quoted => count += 1,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> (Vec<String>, Vec<String>) {
        let (bagian, catatan) = parts(text, "a.csv", None).expect("small");
        let Some(Bagian::Kisi { baris, .. }) = bagian.into_iter().next() else { return Default::default() };
        let row = |row: &Vec<tolok_domain::bacaan::SelBaca>| {
            let line = row.first().and_then(|c| c.letak.baris).unwrap_or(0);
            format!("{line} {}", row.iter().map(|c| &*c.teks).collect::<Vec<_>>().join("|"))
        };
        (baris.iter().map(row).collect(), catatan.into_iter().map(|c| format!("{}: {}", c.letak, c.pesan)).collect())
    }

    #[test]
    fn separators_and_quoted_lines_are_read() {
        assert_eq!(shown("sep=;\nkode;nama\n1;\"a\nb\"\n2;c,d\n").0, ["2 kode|nama", "3 1|a b", "5 2|c,d"]);
        assert_eq!(shown("kode\tnama\n1\ta, b\n").0, ["1 kode|nama", "2 1|a, b"]);
        assert_eq!(shown("kode,nama\n1,\"a;b;c\"\n2,x\n").0, ["1 kode|nama", "2 1|a;b;c", "3 2|x"]);
    }

    #[test]
    fn a_row_with_too_many_cells_is_named_and_not_moved() {
        let mut text = "kode,tahun,nilai\n".to_owned();
        for _ in 0..50 {
            text.push_str("1201,2022,9.54\n");
        }
        text.push_str("1201,2022,16,00\n");
        let (rows, notes) = shown(&text);
        assert_eq!(rows.len(), 51, "C146");
        assert!(notes[0].starts_with("a.csv, baris 52: ada 4 kolom, bukan 3"), "{notes:?}");
    }
}
