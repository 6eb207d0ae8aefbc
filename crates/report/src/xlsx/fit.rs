//! How wide columns and how high rows must be. Excel fits rows to their text only where nothing is merged, and other
//! programs not at all, so the heights are written; lengths are counted in letters, which is near enough for a cell.

use super::grid::Letak;
use crate::naskah::Kolom;

/// Height of a line of text in a cell, in points.
pub(super) const LINE: u32 = 13;
/// Letters that fit on a landscape page at a legible size.
const PAGE: u32 = 150;
/// Excel's limit is 409 points.
pub(super) const HIGHEST: u32 = 400;

/// Widths in letters: as the document divides the page, but never too narrow for a number or a usual word.
pub(super) fn column_widths(columns: &[Kolom], head: &[Letak<'_>], body: &[Letak<'_>]) -> Vec<u32> {
    let sum = columns.iter().map(|column| u32::from(column.lebar)).sum::<u32>().max(1);
    let mut widths: Vec<u32> =
        columns.iter().map(|column| (u32::from(column.lebar) * PAGE / sum).clamp(5, PAGE)).collect();
    for place in head.iter().chain(body) {
        if widths.len() < place.kolom + place.lebar {
            widths.resize(place.kolom + place.lebar, 10);
        }
        let Some(sel) = place.sel.filter(|_| place.lebar == 1) else { continue };
        let text = sel.plain();
        let needed = match sel.nilai {
            Some(_) => letters(text.trim()).min(40) + 3,
            None => text.split_whitespace().map(letters).max().unwrap_or(0).min(13) + 1,
        };
        widths[place.kolom] = widths[place.kolom].max(needed);
    }
    widths
}

/// Heights of rows in points, so that the text of every cell is seen.
pub(super) fn row_heights(rows: usize, places: &[Letak<'_>], widths: &[u32]) -> Vec<u32> {
    let needed = |place: &Letak<'_>| {
        let sel = place.sel?;
        let room: u32 = widths.get(place.kolom..place.kolom + place.lebar)?.iter().sum();
        // A number is never wrapped.
        let lines = if sel.nilai.is_some() { 1 } else { lines(&sel.plain(), room) };
        Some(lines * LINE + 3)
    };
    let mut heights = vec![LINE + 3; rows];
    let spanning = |place: &&Letak<'_>| place.tinggi > 1;
    for place in places.iter().filter(|place| !spanning(place)).chain(places.iter().filter(spanning)) {
        let Some(rows) = heights.get_mut(place.baris..place.baris + place.tinggi) else { continue };
        let missing = needed(place).unwrap_or(0).saturating_sub(rows.iter().sum());
        if let Some(last) = rows.last_mut() {
            *last = (*last + missing).min(HIGHEST);
        }
    }
    heights
}

/// Lines of a text in so much room, broken at words.
pub(super) fn lines(text: &str, room: u32) -> u32 {
    let room = room.max(1);
    text.split('\n')
        .map(|paragraph| {
            let (mut lines, mut filled) = (1, 0);
            for word in paragraph.split_whitespace().map(letters) {
                if filled > 0 && filled + 1 + word > room {
                    lines += 1;
                    filled = 0;
                }
                filled += word + u32::from(filled > 0);
                lines += filled.saturating_sub(1) / room;
                filled = if filled > room { filled % room } else { filled };
            }
            lines
        })
        .sum()
}

/// Length in letters of usual width; capitals take a third more.
pub(super) fn letters(text: &str) -> u32 {
    let tenths: u32 = text.chars().map(|c| if c.is_uppercase() { 13 } else { 10 }).sum();
    tenths.div_ceil(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naskah::{NilaiSel, Rata, Sel};
    use crate::xlsx::grid::place;

    #[test]
    fn lines_break_at_words() {
        assert_eq!(lines("", 10), 1);
        assert_eq!(lines("satu dua", 10), 1);
        assert_eq!(lines("satu dua tiga", 10), 2);
        assert_eq!(lines("satu\ndua", 10), 2);
        assert_eq!(lines("SATU DUA", 10), 2);
        assert_eq!(lines("abcdefghijklmnopqrstuvwxy", 10), 3);
    }

    #[test]
    fn rows_are_high_enough_for_spanning_cells() {
        let rows = [vec![Sel::text("satu dua tiga empat lima enam").span(1, 2), Sel::text("a")], vec![Sel::text("b")]];
        let rows: Vec<&[Sel]> = rows.iter().map(Vec::as_slice).collect();
        let heights = row_heights(2, &place(&rows, 2), &[5, 10]);
        assert_eq!(heights[0], LINE + 3);
        assert_eq!(heights.iter().sum::<u32>(), 6 * LINE + 3);
    }

    #[test]
    fn columns_are_wide_enough_for_numbers() {
        let money = NilaiSel::Uang(tolok_domain::Rupiah::from_sen(785_160_841_900));
        let rows = [vec![Sel::text("x"), Sel { nilai: Some(money), ..Sel::text("7.851.608.419") }]];
        let rows: Vec<&[Sel]> = rows.iter().map(Vec::as_slice).collect();
        let columns = [Kolom { lebar: 99, rata: Rata::Kiri }, Kolom { lebar: 1, rata: Rata::Kanan }];
        assert_eq!(column_widths(&columns, &[], &place(&rows, 2)), [148, 16]);
    }
}
