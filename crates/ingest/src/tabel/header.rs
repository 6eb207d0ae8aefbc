//! Which rows of a grid are title, header, number row and data.

use std::ops::Range;

use tolok_domain::Tahun;
use tolok_domain::bacaan::SelBaca;

use super::sign::{is_number, year};
use crate::baca::lower;

/// Rows from the top in which a header is looked for.
const REACH: usize = 24;

/// Words of headers, in small letters.
const WORDS: &[&str] = &[
    "no",
    "nomor",
    "kode",
    "rekening",
    "rekoning",
    "tujuan",
    "sasaran",
    "indikator",
    "satuan",
    "target",
    "realisasi",
    "capaian",
    "persentase",
    "presentase",
    "prosentase",
    "pagu",
    "anggaran",
    "program",
    "kegiatan",
    "uraian",
    "nama",
    "keterangan",
    "ket",
    "kinerja",
    "triwulan",
    "tw",
    "semester",
    "tahun",
    "bulan",
    "penanggung",
    "sumber",
    "rumus",
    "formula",
    "formulasi",
    "cara",
    "kondisi",
    "sebelum",
    "setelah",
    "awal",
    "akhir",
    "jumlah",
    "harga",
    "volume",
    "rp",
    "%",
    "tanggal",
    "bobot",
    "nilai",
    "kriteria",
    "komponen",
    "indicator",
    "volume",
    "alokasi",
    "urusan",
    "bidang",
    "misi",
    "strategi",
    "unit",
    "jenis",
    "skor",
    "predikat",
    "daerah",
    "provinsi",
];

/// How names of indicators and targets begin, which are no headers however many of their words are.
const NAMES: &[&str] = &[
    "jumlah ",
    "persentase ",
    "meningkat",
    "terlaksana",
    "tersedia",
    "terwujud",
    "tersusun",
    "indeks ",
    "nilai ",
    "tingkat ",
];

/// The rows of a grid by what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bentuk {
    /// Rows of title above the header.
    pub judul: Range<usize>,
    /// Header rows; empty for a table that goes on from the page before.
    pub kepala: Range<usize>,
    /// Row of column numbers.
    pub nomor: Option<usize>,
    /// First row of data.
    pub data: usize,
}

/// Texts of the cells that stand in a row themselves.
fn own(row: &[SelBaca]) -> impl Iterator<Item = &SelBaca> {
    row.iter().filter(|cell| !cell.tergabung && !cell.teks.trim().is_empty())
}

/// Finds what the rows are; `None` for a grid without header or number row.
pub(super) fn find(rows: &[Vec<SelBaca>]) -> Option<Bentuk> {
    let top = rows.get(..rows.len().min(REACH))?;
    if let Some(nomor) = top.iter().position(|row| is_number_row(row)) {
        let start = (0..nomor)
            .find(|&at| is_header(&top[at]) || (at + 1 == nomor && own(&top[at]).count() >= 2))
            .unwrap_or(nomor);
        // Between a real header and its number row there is nothing else.
        if nomor - start <= 6 {
            return Some(Bentuk { judul: 0..start, kepala: start..nomor, nomor: Some(nomor), data: nomor + 1 });
        }
    }
    let start = top.iter().position(|row| is_header(row))?;
    let mut end = start + 1;
    while end < top.len() && end - start < 5 && goes_on(&top[start..end], &top[end]) {
        end += 1;
    }
    Some(Bentuk { judul: 0..start, kepala: start..end, nomor: None, data: end })
}

/// The row "1 2 3 4 5=4/3*100", "(1) (2) (3)", "a b c".
pub(super) fn is_number_row(row: &[SelBaca]) -> bool {
    let mut last = 0;
    let mut count = 0;
    let mut letters = 0;
    for cell in own(row) {
        let text = cell.teks.trim().trim_start_matches(['(', '[']);
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        let after = text[digits.len()..].trim_start();
        if digits.is_empty() {
            let mut characters = text.trim_end_matches([')', ']']).chars();
            match (characters.next(), characters.next()) {
                // Word makes "(c)" a sign.
                (Some(letter), None) if letter.is_ascii_lowercase() || letter == '©' => letters += 1,
                _ => return false,
            }
            continue;
        }
        let behind = after.is_empty() || after.starts_with(['=', ')', ']', '(', ':']);
        let Ok(number) = digits.parse::<u32>() else { return false };
        // Numbers rise; some columns may be left out, and a converter may read "11" for "(10".
        if !behind || number <= last || number > 99 {
            return false;
        }
        last = number;
        count += 1;
    }
    (count >= 3 && last as usize <= count * 3) || letters >= 3 && count == 0
}

/// A row of words that headers are made of.
fn is_header(row: &[SelBaca]) -> bool {
    let mut count = 0;
    let mut known = 0;
    for cell in own(row) {
        let text = cell.teks.trim();
        count += 1;
        // Numbers are data, but for years and what a converter left of the number row.
        if is_number(text) && year(text).is_none() && text.len() > 2 {
            return false;
        }
        // Sentences are data.
        if text.len() > 160 {
            return false;
        }
        known += usize::from(is_header_word(text));
    }
    count >= 2 && known >= 2 && known * 5 >= count * 2
}

fn is_header_word(text: &str) -> bool {
    let small = lower(text);
    let length = small.split(' ').count();
    // "Jumlah surat permintaan pembayaran sesuai ..." is the name of an indicator.
    let name = NAMES.iter().any(|word| small.starts_with(word)) && length > 5;
    if length > 10 || name {
        return false;
    }
    let mut words = small.split(|c: char| !(c.is_alphanumeric() || c == '%')).filter(|w| !w.is_empty());
    year(text).is_some()
        || words.any(|word| WORDS.contains(&word) || word.strip_prefix("tw").is_some_and(|n| n.len() <= 3))
}

/// Whether a row goes on with the header above it: its words stand below cells that are empty, wide or merged.
fn goes_on(header: &[Vec<SelBaca>], row: &[SelBaca]) -> bool {
    let Some(last) = header.last() else { return false };
    // A cell of the header that reaches down into the row makes it one of the header.
    let hangs = |at: usize| {
        row.get(at).is_some_and(|c| c.tergabung && !c.teks.is_empty())
            && last.get(at).is_some_and(|above| above.teks == row[at].teks)
    };
    if hangs(0) {
        return true;
    }
    let mut any = false;
    let mut under_gap = false;
    for (at, cell) in row.iter().enumerate() {
        let text = cell.teks.trim();
        if text.is_empty() || (cell.tergabung && last.get(at).is_some_and(|above| above.teks == cell.teks)) {
            continue;
        }
        if !is_header_word(text) || text.len() > 80 || (is_number(text) && year(text).is_none()) {
            return false;
        }
        any = true;
        // A cell below a wide one, or with a gap beside or above it, is a part of it.
        let above = last.get(at).map_or("", |c| c.teks.trim());
        let wide = last.get(at).is_some_and(|c| c.lebar > 1 || c.tergabung);
        let gap = above.is_empty() || last.get(at + 1).is_none_or(|c| c.teks.trim().is_empty());
        under_gap |= wide || gap;
    }
    // The first column of data is numbered or named; below a header it is empty or merged.
    let first_is_empty = row.first().is_none_or(|cell| cell.teks.trim().is_empty() || cell.tergabung);
    any && under_gap && first_is_empty
}

/// Whether a row repeats the header, as on each page of a long table.
pub(super) fn repeats(header: &[Vec<SelBaca>], row: &[SelBaca]) -> bool {
    header.iter().any(|above| {
        let filled: Vec<_> = above.iter().zip(row).filter(|(a, b)| !(a.teks.is_empty() && b.teks.is_empty())).collect();
        let same = filled.iter().filter(|(a, b)| a.teks.trim().eq_ignore_ascii_case(b.teks.trim())).count();
        filled.len() >= 2 && same * 5 >= filled.len() * 4
    })
}

/// Moves wide names that slid to the right of the years they belong to: "Sebelum" and "Setelah" stand under one name, and a target is
/// set for the year of the report. Returns whether something was moved.
pub(super) fn regroup(header: &mut [Vec<SelBaca>], tahun: Option<Tahun>) -> bool {
    let Some((below, above)) = header.split_last_mut() else { return false };
    let Some(names) = above.last_mut().filter(|row| row.iter().all(|c| c.lebar <= 1 && !c.tergabung)) else {
        return false;
    };
    let year_at = |at: usize| below.get(at).and_then(|c| year(&c.teks));
    let filled = |at: usize| below.get(at).is_some_and(|c| !c.teks.trim().is_empty());
    let starts: Vec<usize> = (0..names.len()).filter(|at| !names[*at].teks.trim().is_empty() && filled(*at)).collect();
    let [.., before, group, last] = starts[..] else { return false };
    // Words under years, right before a name with only words under it.
    let words = (group..last).rev().take_while(|at| year_at(*at).is_none() && filled(*at)).count();
    let only_words = (last..below.len()).all(|at| year_at(at).is_none());
    if words == 0 || words >= last - group || !only_words || year_at(last - words - 1).is_none() {
        return false;
    }
    names.swap(last, last - words);
    let target = lower(&names[group].teks).contains("target");
    let reported = (group - words.min(group)..group).any(|at| tahun.is_some() && year_at(at) == tahun);
    if target && reported && group - words > before {
        names.swap(group, group - words);
    }
    true
}

/// Header words of each column, the levels from the top.
pub(super) fn joined(header: &[Vec<SelBaca>], width: usize) -> Vec<Vec<String>> {
    let mut columns = vec![Vec::<String>::new(); width];
    for (level, row) in header.iter().enumerate() {
        let mut group = "";
        for (at, levels) in columns.iter_mut().enumerate() {
            let own = row.get(at).map_or("", |cell| cell.teks.trim());
            let below = || header[level + 1..].iter().any(|row| row.get(at).is_some_and(|c| !c.teks.trim().is_empty()));
            if !own.is_empty() {
                group = own;
            } else if group.is_empty() || !below() || starts_anew(&header[..level], at) {
                // Nothing above it reaches here: the column has no name on this level.
                if starts_anew(&header[..level], at) {
                    group = "";
                }
                continue;
            }
            if levels.last().is_none_or(|above| lower(above) != lower(group)) {
                levels.push(group.to_owned());
            }
        }
    }
    columns
}

/// Whether a column has a name of its own above, so that a group beside it ends.
fn starts_anew(above: &[Vec<SelBaca>], at: usize) -> bool {
    above
        .iter()
        .any(|row| row.get(at).is_some_and(|cell| !cell.teks.trim().is_empty() && !cell.tergabung && cell.lebar <= 1))
}
