//! The words before a table that name it, and the notes below it.

use tolok_domain::bacaan::{Bagian, SelBaca};

use crate::baca::lower;

/// Most parts before a table that belong to its caption.
const MOST: usize = 3;

/// The parts right before a table that name it, in reading order.
pub(super) fn before(parts: &[Bagian]) -> Vec<String> {
    let mut found = Vec::new();
    for part in parts.iter().rev().take(MOST) {
        match part {
            Bagian::Paragraf { teks, .. } if is_caption(teks) => found.push(teks.clone()),
            Bagian::Judul { teks, .. } => {
                found.push(teks.clone());
                break;
            }
            _ => break,
        }
        if starts_numbered(found.last().map_or("", String::as_str)) {
            break;
        }
    }
    found.reverse();
    found
}

/// The different texts of a row above the header.
pub(super) fn of_row(row: &[SelBaca]) -> Vec<String> {
    let own = row.iter().filter(|cell| !cell.tergabung && !cell.teks.trim().is_empty());
    own.map(|cell| cell.teks.trim().to_owned()).collect()
}

/// "Tabel 3.1 ...".
pub(super) fn starts_numbered(teks: &str) -> bool {
    let small = lower(teks);
    ["tabel ", "table ", "lampiran "]
        .iter()
        .any(|word| small.strip_prefix(word).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric())))
}

fn is_caption(teks: &str) -> bool {
    if starts_numbered(teks) {
        return teks.chars().count() <= 400;
    }
    let ends_sentence = teks.trim_end().ends_with(['.', ':', ';', ',']);
    let letters = teks.chars().filter(|c| c.is_alphabetic()).count();
    let capital = teks.chars().filter(|c| c.is_uppercase()).count();
    let item = teks
        .split_whitespace()
        .next()
        .is_some_and(|first| first.len() <= 3 && first.ends_with(['.', ')']) || first == "-");
    letters > 2
        && !ends_sentence
        && !item
        && (teks.chars().count() <= 90 || capital * 10 >= letters * 6 && teks.len() <= 400)
}

/// A page number that stands alone: "12", "- 12 -", "Halaman 12".
pub(super) fn is_page_number(teks: &str) -> bool {
    let small = lower(teks);
    let inside = small.trim_matches(|c: char| !c.is_alphanumeric());
    let number = inside.strip_prefix("halaman").or_else(|| inside.strip_prefix("hal")).unwrap_or(inside).trim();
    !number.is_empty()
        && number.len() <= 4
        && (number.bytes().all(|b| b.is_ascii_digit()) || number.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')))
}

/// "Sumber: BPS", "*) angka sementara", "Keterangan : ...".
pub(super) fn is_note(teks: &str) -> bool {
    let small = lower(teks);
    let named = ["sumber", "keterangan", "catatan", "ket.", "ket"].iter().any(|word| {
        small.strip_prefix(word).is_some_and(|rest| {
            rest.trim_start().starts_with([':', '.']) || (*word == "sumber" && rest.starts_with(' '))
        })
    });
    let starred = small.starts_with('*') && small.trim_start_matches('*').starts_with([')', ' ']);
    (named || starred) && teks.len() <= 400
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_notes_and_page_numbers_are_told_apart() {
        for teks in [
            "tabel 2.1 Tujuan",
            "DAFTAR PENGADAAN BARANG",
            "Semester II Tahun 2021",
            "PERJANJIAN KINERJA TAHUN 2021 DINAS",
        ] {
            assert!(is_caption(teks) && !is_note(teks), "{teks}");
        }
        for teks in
            ["Adapun penetapan adalah sebagai berikut:", "2. D3 sejumlah : -", "Demikian laporan ini kami susun."]
        {
            assert!(!is_caption(teks), "{teks}");
        }
        for teks in ["Sumber: BPS", "*) angka sementara", "Keterangan : n.a.", "Sumber data BPS, 2021"] {
            assert!(is_note(teks), "{teks}");
        }
        for teks in ["12", "- 12 -", "Halaman 7", "iv"] {
            assert!(is_page_number(teks), "{teks}");
        }
        assert!(!is_page_number("2021-2023") && !is_note("Sumberdaya manusia") && !is_note("Keterangan sikap"));
    }
}
