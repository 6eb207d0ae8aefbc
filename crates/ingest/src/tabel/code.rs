//! Codes written over several columns, one segment in each: they become one column, and what a longer code pushed aside moves back.

use tolok_domain::KodeRekening;
use tolok_domain::bacaan::SelBaca;

/// Most columns that segments of a code take.
const MOST: usize = 7;

/// A code in the cells of a row.
struct Larik {
    /// First and one after the last column of its segments.
    start: usize,
    end: usize,
    /// Column of the next cell with something in it.
    next: Option<usize>,
}

/// Whether a cell can be a segment: "2", "07", "2.01", "2,01", "0001", "X", "XX".
fn is_segment(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.len() <= 5
        && (text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) || matches!(text, "X" | "XX"))
}

/// The code of a row: a one-digit segment, then at least two more.
fn find(row: &[SelBaca], width: usize) -> Option<Larik> {
    let text = |at: usize| row.get(at).map_or("", |cell| cell.teks.trim());
    let urusan = |t: &str| t == "X" || (t.len() == 1 && t.bytes().all(|b| b.is_ascii_digit()));
    let two = |t: &str| t == "XX" || (t.len() == 2 && t.bytes().all(|b| b.is_ascii_digit()));
    let start = (0..row.len()).find(|&at| urusan(text(at)) && two(text(at + 1)) && two(text(at + 2)))?;
    let run = (start..row.len()).take(MOST).take_while(|&at| is_segment(text(at))).count();
    // The longest run that is a code: numbers may follow it at once.
    let end = (start + 3..=start + run).rev().find(|&end| joined(row, start, end).parse::<KodeRekening>().is_ok())?;
    // A segment that lost its digits ("2" for "2.01") still is none of the cells behind.
    let cut = (end..start + run.min(width)).take_while(|&at| is_segment(text(at))).count();
    let end = end + cut;
    let next = (end..row.len()).find(|&at| !text(at).is_empty());
    Some(Larik { start, end, next })
}

fn joined(row: &[SelBaca], start: usize, end: usize) -> String {
    row.get(start..end).unwrap_or_default().iter().map(|cell| cell.teks.trim()).collect::<Vec<_>>().join(".")
}

/// Where codes stand in a table.
pub(super) struct Kolom {
    /// Their first column.
    pub start: usize,
    /// Columns that they take, as the rows with short codes show.
    pub width: usize,
}

/// Finds codes written over several columns; `None` where they are not the rule.
pub(super) fn columns(rows: &[Vec<SelBaca>]) -> Option<Kolom> {
    let found: Vec<Larik> = rows.iter().take(5_000).filter_map(|row| find(row, 0)).collect();
    let start = most_common(found.iter().map(|l| l.start))?;
    let same: Vec<&Larik> = found.iter().filter(|l| l.start == start).collect();
    if same.len() < 2 || same.len() * 5 < rows.len().min(5_000) {
        return None;
    }
    // A short code leaves cells empty before the name: they show where the name belongs.
    let offset = |l: &Larik| l.next.map(|next| next - l.start).filter(|n| *n <= MOST);
    let padded = same.iter().filter(|l| l.next.is_some_and(|next| next > l.end)).filter_map(|l| offset(l));
    let width = most_common(padded).or_else(|| same.iter().filter_map(|l| offset(l)).min())?;
    Some(Kolom { start, width })
}

fn most_common(values: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts = std::collections::BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0_usize) += 1;
    }
    counts.into_iter().max_by_key(|(value, count)| (*count, std::cmp::Reverse(*value))).map(|(value, _)| value)
}

/// Joins the columns of the code. Returns whether the row was moved, because its code had more or fewer segments than it has columns.
pub(super) fn gather(row: &mut Vec<SelBaca>, kolom: &Kolom) -> bool {
    let Kolom { start, width } = *kolom;
    let found = find(row, width).filter(|l| l.start == start);
    let mut rest_from = start + width;
    let mut moved = false;
    let code = match &found {
        Some(l) => {
            if let Some(next) = l.next.filter(|next| next - start <= MOST) {
                // The name stands right behind the code, wherever that ends.
                moved = next != rest_from && (l.end > rest_from || next < rest_from);
                if moved {
                    rest_from = next;
                }
            }
            joined(row, start, l.end)
        }
        None => {
            let end = (start + width).min(row.len());
            let texts = row.get(start..end).unwrap_or_default().iter().filter(|c| !c.tergabung).map(|c| c.teks.trim());
            texts.filter(|t| !t.is_empty()).collect::<Vec<_>>().join(".")
        }
    };
    if start >= row.len() {
        return false;
    }
    let mut rest: Vec<SelBaca> = row.split_off(rest_from.min(row.len()));
    row.truncate(start + 1);
    if let Some(cell) = row.last_mut() {
        cell.teks = code.into();
        cell.lebar = 1;
    }
    row.append(&mut rest);
    moved
}

/// Joins the columns of the code in a row of the header: its name is the first that stands there.
pub(super) fn gather_header(row: &mut Vec<SelBaca>, kolom: &Kolom) {
    let end = (kolom.start + kolom.width).min(row.len());
    if kolom.start + 1 >= end {
        return;
    }
    let name = row[kolom.start..end].iter().position(|cell| !cell.teks.trim().is_empty()).unwrap_or(0);
    row.swap(kolom.start, kolom.start + name);
    row.drain(kolom.start + 1..end);
    row[kolom.start].lebar = 1;
}

/// Moves the code of a further page from column `here` to column `there`, where the first page has it.
pub(super) fn line_up(row: &mut Vec<SelBaca>, there: usize, here: usize) {
    let at = here.min(row.len());
    if there > here {
        let letak = row.get(at).map(|cell| cell.letak.clone()).unwrap_or_default();
        let blank = SelBaca { letak, lebar: 1, tinggi: 1, ..SelBaca::default() };
        row.splice(at..at, std::iter::repeat_n(blank, there - here));
    } else {
        // Only empty columns can be given up.
        for _ in there..here {
            match row[..at].iter().rposition(|cell| cell.teks.trim().is_empty()) {
                Some(empty) => drop(row.remove(empty)),
                None => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: &str) -> Vec<SelBaca> {
        texts.split('|').map(|teks| SelBaca { teks: teks.into(), lebar: 1, tinggi: 1, ..SelBaca::default() }).collect()
    }

    fn gathered(rows: &[&str]) -> Vec<String> {
        let mut rows: Vec<_> = rows.iter().map(|r| row(r)).collect();
        let columns = columns(&rows).expect("codes");
        let shown = |row: &mut Vec<SelBaca>| {
            let moved = gather(row, &columns);
            let texts = row.iter().map(|c| &*c.teks).collect::<Vec<_>>().join("|");
            format!("{texts}{}", if moved { " <" } else { "" })
        };
        rows.iter_mut().map(shown).collect()
    }

    #[test]
    fn segments_become_one_code_and_the_rest_lines_up() {
        assert_eq!(
            gathered(&[
                "|2|07|03||PROGRAM PELATIHAN|Capaian|%|68",
                "|2|07|03|2.01|Pelaksanaan|Persentase|%|100",
                "|2|07|03|2,01|01|Proses|Jumlah|org|75",
                "Sasaran|||||||%|1",
                "||||||Jumlah peserta|org|32",
            ]),
            [
                "|2.07.03|PROGRAM PELATIHAN|Capaian|%|68",
                "|2.07.03.2.01|Pelaksanaan|Persentase|%|100",
                "|2.07.03.2,01.01|Proses|Jumlah|org|75 <",
                "Sasaran||||%|1",
                "|||Jumlah peserta|org|32",
            ]
        );
    }

    #[test]
    fn plain_numbers_are_no_codes() {
        let rows: Vec<_> = ["1|10|20|30", "2|10|20|30"].iter().map(|r| row(r)).collect();
        assert!(columns(&rows).is_none_or(|c| c.start == 0), "what looks like one is one");
        let rows: Vec<_> = ["a|100|20,5|30", "b|10|201|30"].iter().map(|r| row(r)).collect();
        assert!(columns(&rows).is_none());
    }
}
