//! Where the cells of rows stand once spans are counted, as in HTML.

use crate::naskah::Sel;

/// A cell at its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letak<'a> {
    pub baris: usize,
    pub kolom: usize,
    pub tinggi: usize,
    pub lebar: usize,
    /// `None` for a place that no cell of the document covers.
    pub sel: Option<&'a Sel>,
}

/// Places the cells of a block of rows in so many columns. Spans end where the block, the columns or another cell begin,
/// so that places never overlap; cells beyond the last column widen the block for their row.
pub(super) fn place<'a>(rows: &[&'a [Sel]], columns: usize) -> Vec<Letak<'a>> {
    let mut free_from: Vec<usize> = vec![0; columns];
    let mut placed = Vec::new();
    for (baris, row) in rows.iter().enumerate() {
        let mut kolom = 0;
        for sel in *row {
            kolom = next_free(&free_from, kolom, baris);
            if kolom >= free_from.len() {
                free_from.resize(kolom + 1, 0);
            }
            let most = sel.columns().min(free_from.len() - kolom);
            let lebar = (0..most).take_while(|i| free_from[kolom + i] <= baris).count().max(1);
            let tinggi = sel.rows().min(rows.len() - baris);
            free_from[kolom..kolom + lebar].fill(baris + tinggi);
            placed.push(Letak { baris, kolom, tinggi, lebar, sel: Some(sel) });
            kolom += lebar;
        }
        for (kolom, free) in free_from.iter_mut().enumerate().filter(|(_, free)| **free <= baris) {
            *free = baris + 1;
            placed.push(Letak { baris, kolom, tinggi: 1, lebar: 1, sel: None });
        }
    }
    placed
}

fn next_free(free_from: &[usize], start: usize, row: usize) -> usize {
    (start..free_from.len()).find(|column| free_from[*column] <= row).unwrap_or_else(|| free_from.len().max(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(rows: &[Vec<Sel>], columns: usize) -> Vec<(usize, usize, usize, usize, bool)> {
        let rows: Vec<&[Sel]> = rows.iter().map(Vec::as_slice).collect();
        place(&rows, columns).iter().map(|p| (p.baris, p.kolom, p.tinggi, p.lebar, p.sel.is_some())).collect()
    }

    #[test]
    fn spans_push_the_cells_after_them() {
        let rows = vec![
            vec![Sel::text("No").span(1, 2), Sel::text("Target").span(2, 1), Sel::text("%").span(1, 2)],
            vec![Sel::text("TW I"), Sel::text("TW II")],
        ];
        let expected =
            [(0, 0, 2, 1, true), (0, 1, 1, 2, true), (0, 3, 2, 1, true), (1, 1, 1, 1, true), (1, 2, 1, 1, true)];
        assert_eq!(places(&rows, 4), expected);
    }

    #[test]
    fn gaps_are_filled_and_spans_stay_inside() {
        let rows = vec![vec![Sel::text("a").span(9, 9)], vec![]];
        assert_eq!(places(&rows, 2), [(0, 0, 2, 2, true)]);
        assert_eq!(places(&[vec![Sel::text("a")]], 2), [(0, 0, 1, 1, true), (0, 1, 1, 1, false)]);
    }

    #[test]
    fn places_never_overlap() {
        let rows = vec![
            vec![Sel::text("a"), Sel::text("b").span(1, 2), Sel::text("c")],
            vec![Sel::text("d").span(3, 1), Sel::text("e"), Sel::text("f")],
        ];
        let mut seen = std::collections::HashSet::new();
        for (row, column, height, width, _) in places(&rows, 3) {
            for cell in (row..row + height).flat_map(|r| (column..column + width).map(move |c| (r, c))) {
                assert!(seen.insert(cell), "{cell:?}");
            }
        }
    }
}
