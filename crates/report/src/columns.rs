//! How a table takes its place on paper: widths of columns in which no number breaks, and how many lines its rows need.
//! Every renderer that has pages asks here, so that a table looks the same in each.

use crate::chart::text::width;
use crate::naskah::{Baris, GayaBaris, Sel, Tabel};

/// Tables with more columns than this are set in smaller type.
const MANY: usize = 14;

/// Type size and padding of a cell at both sides, in twips (a twentieth of a point). Noto Sans is wider than the serif
/// faces that word processors use, so what fits here fits there at the same size.
const USUAL: (i64, i64) = (170, 150);
const SMALL: (i64, i64) = (140, 92);

/// Words up to so many letters are never broken; longer ones only where a table is too narrow for all of them.
const WHOLE: usize = 8;

/// Lines of a table that is better kept on one page than broken.
const TOGETHER: usize = 26;

/// Lines of a row that may still be kept on one page.
const WHOLE_ROW: usize = 22;

/// A table's place on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TataTabel {
    /// Widths of the columns in twips; their sum is the width asked for.
    pub lebar: Vec<u32>,
    /// About how many lines each body row needs.
    pub baris: Vec<usize>,
    /// Whether it is set in smaller type.
    pub rapat: bool,
}

impl TataTabel {
    /// Whether the table is short enough to stand on one page.
    pub fn is_short(&self) -> bool {
        self.baris.iter().sum::<usize>() <= TOGETHER
    }

    /// Whether the row is so low that it need not break across pages.
    pub fn is_low(&self, row: usize) -> bool {
        self.baris.get(row).is_none_or(|lines| *lines <= WHOLE_ROW)
    }
}

/// Whether a word fits into a cell of so many twips without being broken.
pub fn fits(word: &str, cell: u32, rapat: bool) -> bool {
    let (size, padding) = if rapat { SMALL } else { USUAL };
    word_width(word, size) + padding <= i64::from(cell)
}

/// Whether a table has so many columns that it is set in smaller type.
pub fn is_dense(table: &Tabel) -> bool {
    table.kolom.len() > MANY
}

/// Whether a row is a heading of the rows below it, which must not be parted from them.
pub fn leads(table: &Tabel, row: usize) -> bool {
    let heading = |r: &Baris| r.gaya == GayaBaris::Kelompok && r.sel.len() == 1;
    table.isi.get(row).is_some_and(heading) && table.isi.get(row + 1).is_some_and(|next| !heading(next))
}

/// Lays out a table in a width of so many twips.
pub fn measure(table: &Tabel, room: u32) -> TataTabel {
    let rapat = is_dense(table);
    let (size, padding) = if rapat { SMALL } else { USUAL };
    let needs = needs(table, size, padding, i64::from(room));
    let shares: Vec<i64> = table.kolom.iter().map(|k| i64::from(k.lebar.max(1))).collect();
    let widths = divide(i64::from(room), &shares, &settle(&needs, i64::from(room)));
    let baris = body(table).iter().map(|row| lines(row, &widths, size, padding)).collect();
    TataTabel { lebar: widths.iter().map(|w| u32::try_from(*w).unwrap_or(0)).collect(), baris, rapat }
}

/// What a column needs at least, and what it would like to have.
#[derive(Debug, Clone, Copy, Default)]
struct Butuh {
    paling_sedikit: i64,
    sebaiknya: i64,
}

fn needs(table: &Tabel, size: i64, padding: i64, room: i64) -> Vec<Butuh> {
    let mut needs = vec![Butuh::default(); table.kolom.len()];
    let mut see = |column: usize, cell: &Sel| {
        let Some(need) = needs.get_mut(column).filter(|_| cell.columns() == 1) else { return };
        for word in cell.isi.iter().flat_map(|run| words(&run.teks)) {
            let word = word.trim_end();
            let start: String = word.chars().take(WHOLE).collect();
            let full = word_width(word, size) + padding;
            // No single word may take the room of all other columns.
            let (best, least) = if is_number(word) {
                (full.min(room / 2), full.min(room / 2))
            } else {
                (full.min(room / 4), (word_width(&start, size) + padding).min(room / 4))
            };
            need.sebaiknya = need.sebaiknya.max(best);
            need.paling_sedikit = need.paling_sedikit.max(least);
        }
    };
    for (column, cell) in body(table).into_iter().chain(heads(table)).flatten() {
        see(column, cell);
    }
    needs
}

/// Cells of each row with their columns. Cells from above push those of the next row to the right.
fn placed<'a>(rows: impl Iterator<Item = &'a [Sel]>, columns: usize) -> Vec<Vec<(usize, &'a Sel)>> {
    let mut covered = vec![0_usize; columns];
    rows.map(|row| {
        let mut column = 0;
        let mut next = covered.iter().map(|n| n.saturating_sub(1)).collect::<Vec<_>>();
        let mut found = Vec::with_capacity(row.len());
        for cell in row {
            while covered.get(column).is_some_and(|n| *n > 0) {
                column += 1;
            }
            found.push((column, cell));
            let end = (column + cell.columns()).min(next.len());
            if let Some(below) = next.get_mut(column..end) {
                below.fill(cell.rows() - 1);
            }
            column = end;
        }
        covered = next;
        found
    })
    .collect()
}

fn heads(table: &Tabel) -> Vec<Vec<(usize, &Sel)>> {
    placed(table.kepala.iter().map(Vec::as_slice), table.kolom.len())
}

fn body(table: &Tabel) -> Vec<Vec<(usize, &Sel)>> {
    placed(table.isi.iter().map(|row| row.sel.as_slice()), table.kolom.len())
}

/// Width of a word whether bold or not: bold letters are wider, digits are not.
fn word_width(word: &str, size: i64) -> i64 {
    width(word, size, !is_number(word))
}

/// Pieces that a line may end between, with the space after them: words, and words at their slashes and hyphens.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(char::is_whitespace).flat_map(|word| {
        let whole = is_number(word);
        word.split_inclusive(move |c| !whole && matches!(c, '/' | '-'))
    })
}

/// Amounts, percentages, codes of accounts, counts like 28/35.
fn is_number(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit()) && !word.contains(char::is_alphabetic)
}

/// Minimum widths that fit into the room: what columns would like to have, or as much of it as there is room for.
fn settle(needs: &[Butuh], room: i64) -> Vec<i64> {
    let least: i64 = needs.iter().map(|n| n.paling_sedikit).sum();
    let best: i64 = needs.iter().map(|n| n.sebaiknya).sum();
    let part = |n: &Butuh| {
        if best <= room {
            n.sebaiknya
        } else if least >= room {
            n.paling_sedikit * room / least.max(1)
        } else {
            n.paling_sedikit + (n.sebaiknya - n.paling_sedikit) * (room - least) / (best - least).max(1)
        }
    };
    needs.iter().map(part).collect()
}

/// Divides the room by the shares, but gives no column less than its minimum.
fn divide(room: i64, shares: &[i64], minimum: &[i64]) -> Vec<i64> {
    let mut fixed: Vec<Option<i64>> = vec![None; shares.len()];
    loop {
        let taken: i64 = fixed.iter().flatten().sum();
        let free: i64 = shares.iter().zip(&fixed).filter(|(_, f)| f.is_none()).map(|(s, _)| *s).sum();
        let share = |i: usize| (room - taken) * shares[i] / free.max(1);
        let short: Vec<usize> = (0..shares.len()).filter(|i| fixed[*i].is_none() && share(*i) < minimum[*i]).collect();
        if short.is_empty() {
            let mut widths: Vec<i64> = (0..shares.len()).map(|i| fixed[i].unwrap_or_else(|| share(i)).max(1)).collect();
            // What rounding left over goes to the widest column, where it is seen least.
            let rest = room - widths.iter().sum::<i64>();
            if let Some(widest) = widths.iter_mut().max() {
                *widest = (*widest + rest).max(1);
            }
            return widths;
        }
        for i in short {
            fixed[i] = Some(minimum[i]);
        }
    }
}

/// Lines of a row; a cell over several rows divides its own among them.
fn lines(cells: &[(usize, &Sel)], widths: &[i64], size: i64, padding: i64) -> usize {
    let mut most = 1;
    for (column, cell) in cells {
        let end = (column + cell.columns()).min(widths.len());
        let room = widths.get(*column..end).map_or(0, |w| w.iter().sum::<i64>()) - padding;
        // Lines are not filled to the end; a tenth more makes up for it.
        let long = width(&cell.plain(), size, false) * 11 / 10;
        let breaks = cell.plain().matches('\n').count();
        let needed = usize::try_from(long / room.max(1)).unwrap_or(0) + 1 + breaks;
        most = most.max(needed.div_ceil(cell.rows()));
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naskah::{Kolom, Rata};

    fn table(columns: &[u16], cells: &[&str]) -> Tabel {
        Tabel {
            kolom: columns.iter().map(|lebar| Kolom { lebar: *lebar, rata: Rata::Kanan }).collect(),
            isi: vec![Baris { sel: cells.iter().map(|c| Sel::text(*c)).collect(), ..Baris::default() }],
            ..Tabel::default()
        }
    }

    #[test]
    fn a_number_gets_the_room_it_needs() {
        let laid = measure(&table(&[1, 9, 9], &["7.851.608.419", "Penyelenggaraan", "a"]), 4000);
        assert_eq!(laid.lebar.iter().sum::<u32>(), 4000);
        assert!(i64::from(laid.lebar[0]) >= width("7.851.608.419", 170, false) + 150, "{laid:?}");
    }

    #[test]
    fn where_all_is_too_narrow_numbers_go_before_words() {
        let cells = ["7.851.608.419", "Pertanggungjawaban", "7.705.162.110", "Penyelenggaraan"];
        let laid = measure(&table(&[1, 1, 1, 1], &cells), 6000);
        assert_eq!(laid.lebar.iter().sum::<u32>(), 6000);
        let number = i64::from(laid.lebar[0]);
        assert!(number >= (width(cells[0], 170, false) + 150).min(1500), "{laid:?}");
    }

    #[test]
    fn headers_count_in_their_own_column() {
        let mut table = table(&[1, 1, 1], &["1", "2", "3"]);
        table.kepala = vec![
            vec![Sel::text("No").span(1, 2), Sel::text("Kinerja").span(2, 1)],
            vec![Sel::text("a"), Sel::text("Pertanggungjawaban")],
        ];
        let found: Vec<(usize, String)> = heads(&table).concat().iter().map(|(c, s)| (*c, s.plain())).collect();
        let expected = [(0, "No"), (1, "Kinerja"), (1, "a"), (2, "Pertanggungjawaban")];
        assert_eq!(found, expected.map(|(c, s)| (c, s.to_owned())));
        let laid = measure(&table, 5000);
        assert!(laid.lebar[2] > laid.lebar[1]);
    }

    #[test]
    fn cells_beside_one_from_above_count_in_their_own_column() {
        let mut table = table(&[1, 9, 9], &["1", "Sasaran", "Penyelenggaraan"]);
        table.isi[0].sel[0].baris = 2;
        table.isi[0].sel[1].baris = 2;
        table.isi.push(Baris { sel: vec![Sel::text("Pertanggungjawaban pemerintahan")], ..Baris::default() });
        let laid = measure(&table, 9000);
        assert!(laid.lebar[0] < 1000, "a number needs no more: {laid:?}");
    }

    #[test]
    fn long_cells_make_high_rows() {
        let laid = measure(&table(&[1, 1], &["a", &"kata ".repeat(400)]), 5000);
        assert!(!laid.is_low(0) && !laid.is_short());
        assert!(measure(&table(&[1, 1], &["a", "b"]), 5000).is_short());
        assert!(measure(&Tabel::default(), 5000).lebar.is_empty());
    }
}
