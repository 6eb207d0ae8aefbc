//! Which places of a table's grid its cells take.

use crate::naskah::Sel;

/// A place in a row: a cell, a place that a cell above reaches into, or an empty place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Petak<'a> {
    /// First column.
    pub(super) kolom: usize,
    /// Number of columns.
    pub(super) lebar: usize,
    /// Whether it is part of a cell over several rows.
    pub(super) menurun: bool,
    /// The cell that starts here.
    pub(super) sel: Option<&'a Sel>,
}

/// A cell from above: the columns it takes, and in how many more rows.
#[derive(Clone, Copy, Default)]
struct Tutupan {
    lebar: usize,
    sisa: usize,
}

/// Walks the rows as HTML does: each cell goes to the first free place, and places covered by a span are left out of
/// the input. Rows are filled up to `columns`; rows that need more columns get them.
pub(super) fn lay_out<'a>(rows: &[&'a [Sel]], columns: usize) -> Vec<Vec<Petak<'a>>> {
    // By column: the cell from above that starts there.
    let mut covers: Vec<Tutupan> = vec![Tutupan::default(); columns];
    let mut grid = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let rows_left = rows.len() - index - 1;
        let mut cells = row.iter();
        let mut places = Vec::new();
        let mut kolom = 0;
        while kolom < covers.len() || cells.len() > 0 {
            if kolom == covers.len() {
                covers.push(Tutupan::default());
            }
            let cover = covers[kolom];
            if cover.sisa > 0 {
                covers[kolom].sisa -= 1;
                places.push(Petak { kolom, lebar: cover.lebar, menurun: true, sel: None });
                kolom += cover.lebar;
                continue;
            }
            let Some(sel) = cells.next() else {
                places.push(Petak { kolom, lebar: 1, ..Petak::default() });
                kolom += 1;
                continue;
            };
            // A cell ends where another reaches down into its row.
            let free = covers[kolom..].iter().take_while(|cover| cover.sisa == 0).count();
            let open_end = kolom + free == covers.len();
            let lebar = if open_end { sel.columns() } else { sel.columns().min(free) };
            covers.resize((kolom + lebar).max(covers.len()), Tutupan::default());
            let sisa = (sel.rows() - 1).min(rows_left);
            covers[kolom] = Tutupan { lebar, sisa };
            places.push(Petak { kolom, lebar, menurun: sisa > 0, sel: Some(sel) });
            kolom += lebar;
        }
        grid.push(places);
    }
    fill_up(&mut grid, covers.len());
    grid
}

/// Earlier rows may be shorter than the widest.
fn fill_up(grid: &mut [Vec<Petak<'_>>], columns: usize) {
    for places in grid {
        let end = places.last().map_or(0, |place| place.kolom + place.lebar);
        places.extend((end..columns).map(|kolom| Petak { kolom, lebar: 1, ..Petak::default() }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(rows: &[Vec<Sel>], columns: usize) -> Vec<String> {
        let rows: Vec<&[Sel]> = rows.iter().map(Vec::as_slice).collect();
        let place = |p: &Petak<'_>| {
            let name = p.sel.map_or_else(|| if p.menurun { "|".into() } else { ".".into() }, Sel::plain);
            let mark = if p.menurun && p.sel.is_some() { "v" } else { "" };
            format!("{}:{name}{mark}x{}", p.kolom, p.lebar)
        };
        lay_out(&rows, columns).iter().map(|row| row.iter().map(place).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn spans_over_rows_are_restarted_and_continued() {
        let head = [
            vec![Sel::text("no").span(1, 3), Sel::text("kinerja").span(3, 1), Sel::text("ket").span(1, 2)],
            vec![Sel::text("target").span(2, 2), Sel::text("capaian")],
            vec![Sel::text("persen"), Sel::text("x")],
        ];
        let expected =
            ["0:novx1 1:kinerjax3 4:ketvx1", "0:|x1 1:targetvx2 3:capaianx1 4:|x1", "0:|x1 1:|x2 3:persenx1 4:xx1"];
        assert_eq!(show(&head, 5), expected);
    }

    #[test]
    fn short_rows_are_filled_and_wide_rows_widen_the_grid() {
        let rows = [vec![Sel::text("a")], vec![Sel::text("b").span(2, 9), Sel::text("c"), Sel::text("d")], vec![]];
        let expected = ["0:ax1 1:.x1 2:.x1 3:.x1", "0:bvx2 2:cx1 3:dx1", "0:|x2 2:.x1 3:.x1"];
        assert_eq!(show(&rows, 2), expected);
    }

    #[test]
    fn a_cell_does_not_run_over_one_from_above() {
        let rows = [vec![Sel::text("a"), Sel::text("b").span(1, 2)], vec![Sel::text("c").span(2, 1)]];
        assert_eq!(show(&rows, 2), ["0:ax1 1:bvx1", "0:cx1 1:|x1"]);
    }
}
