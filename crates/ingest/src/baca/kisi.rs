//! From cells as a file lists them, some spanning rows and columns, to a grid in which every place has a cell.

use tolok_domain::Decimal;
use tolok_domain::bacaan::{Letak, SelBaca};

use super::galat::SebabGalat;

/// Most columns of a grid; the widest real one (months times plan and result) has some two hundred.
pub(crate) const MAX_COLUMNS: usize = 512;
/// Most cells of all grids of a file, those that only fill up a row included.
pub const MAX_CELLS: usize = 1_500_000;

/// What is refused when a file has more cells.
pub(crate) const TOO_MANY: SebabGalat = SebabGalat::TerlaluBanyak { apa: "lebih dari 1,5 juta sel" };

/// Most letters of all cells of a file: one text of a workbook may stand in a million cells.
pub(crate) const MAX_TEXT: usize = 64 << 20;
/// What is refused when a file has more text.
pub(crate) const TOO_MUCH_TEXT: SebabGalat = SebabGalat::TerlaluBanyak { apa: "lebih dari 64 juta huruf" };

/// A cell as it stands in the file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mentah {
    pub teks: String,
    pub nilai: Option<Decimal>,
    /// Columns and rows spanned; 0 counts as 1.
    pub lebar: u32,
    pub tinggi: u32,
    pub tebal: bool,
}

impl Mentah {
    pub(crate) fn text(teks: impl Into<String>) -> Self {
        Self { teks: teks.into(), ..Self::default() }
    }
}

/// Counts the cells of a file, so that a thousand small tables are limited like one large one.
#[derive(Debug, Default)]
pub(crate) struct Jatah {
    used: usize,
    letters: usize,
}

impl Jatah {
    /// Takes room for the letters of so many cells with a text.
    pub(crate) fn take_text(&mut self, text: &str, cells: usize) -> Result<(), SebabGalat> {
        self.letters = self.letters.saturating_add(text.len().saturating_mul(cells));
        if self.letters > MAX_TEXT { Err(TOO_MUCH_TEXT) } else { Ok(()) }
    }

    /// Takes room for more cells.
    pub(crate) fn take(&mut self, cells: usize) -> Result<(), SebabGalat> {
        self.used = self.used.saturating_add(cells);
        if self.used > MAX_CELLS { Err(TOO_MANY) } else { Ok(()) }
    }
}

/// Lays rows out as HTML and word processors do: a cell goes to the next free column; what it spans carries its text and
/// `tergabung`. Each row comes with its number in the file.
///
/// # Errors
/// When there are more cells than can be kept.
pub(crate) fn lay_out(
    rows: Vec<(u32, Vec<Mentah>)>,
    letak: &Letak,
    jatah: &mut Jatah,
) -> Result<Vec<Vec<SelBaca>>, SebabGalat> {
    let mut grid: Vec<Vec<Option<SelBaca>>> = Vec::new();
    let height = rows.len();
    let numbers: Vec<u32> = rows.iter().map(|(number, _)| *number).collect();
    let mut pending: Vec<(u32, SelBaca)> = Vec::new();
    for (at, (number, cells)) in rows.into_iter().enumerate() {
        let mut row: Vec<Option<SelBaca>> = Vec::with_capacity(cells.len().min(MAX_COLUMNS));
        // Cells that hang down from above come first, at their column.
        for (column, (left, cell)) in pending.iter_mut().enumerate().filter(|(_, (left, _))| *left > 0) {
            *left -= 1;
            put(
                &mut row,
                column,
                SelBaca { letak: letak.at_cell(number, index(column)), tergabung: true, ..cell.clone() },
            );
        }
        let mut column = 0;
        for cell in cells {
            while row.get(column).is_some_and(Option::is_some) {
                column += 1;
            }
            if column >= MAX_COLUMNS {
                break;
            }
            let lebar = cell.lebar.clamp(1, index(MAX_COLUMNS - column));
            let tinggi = cell.tinggi.clamp(1, u32::try_from(height - at).unwrap_or(1));
            let mut made = SelBaca {
                teks: cell.teks.into(),
                letak: letak.at_cell(number, index(column + 1)),
                nilai: cell.nilai,
                lebar,
                tinggi,
                tergabung: false,
                tebal: cell.tebal,
            };
            for step in 0..lebar as usize {
                let place = column + step;
                if row.get(place).is_some_and(Option::is_some) {
                    break;
                }
                if tinggi > 1 {
                    if pending.len() <= place {
                        pending.resize_with(place + 1, Default::default);
                    }
                    pending[place] = (tinggi - 1, made.clone());
                }
                made.letak = letak.at_cell(number, index(place + 1));
                put(&mut row, place, made.clone());
                made.tergabung = true;
            }
            column += lebar as usize;
        }
        jatah.take(row.len())?;
        grid.push(row);
    }
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    jatah.take(grid.iter().map(|row| width - row.len()).sum())?;
    Ok(grid
        .into_iter()
        .zip(numbers)
        .map(|(row, number)| {
            // Made anew, since a row that grew has room for twice as many cells.
            let mut full = Vec::with_capacity(width);
            let given = row.into_iter().chain(std::iter::repeat(None)).take(width).enumerate();
            full.extend(given.map(|(column, cell)| cell.unwrap_or_else(|| blank(letak, number, column))));
            full
        })
        .collect())
}

/// An empty cell; `column` counts from 0.
pub(crate) fn blank(letak: &Letak, number: u32, column: usize) -> SelBaca {
    SelBaca { letak: letak.at_cell(number, index(column + 1)), lebar: 1, tinggi: 1, ..SelBaca::default() }
}

fn put(row: &mut Vec<Option<SelBaca>>, column: usize, cell: SelBaca) {
    if row.len() <= column {
        row.resize(column + 1, None);
    }
    row[column] = Some(cell);
}

/// A count as places hold it.
pub(crate) fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rows: Vec<Vec<Mentah>>) -> Vec<String> {
        let rows = rows.into_iter().enumerate().map(|(at, row)| (index(at + 1), row)).collect();
        let grid = lay_out(rows, &Letak::file("a.html"), &mut Jatah::default()).expect("small");
        let cell = |c: &SelBaca| format!("{}{}", c.teks, if c.tergabung { "*" } else { "" });
        grid.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|")).collect()
    }

    #[test]
    fn spanned_places_carry_the_text_of_their_cell() {
        let span = |teks: &str, lebar, tinggi| Mentah { lebar, tinggi, ..Mentah::text(teks) };
        let rows = vec![
            vec![span("No", 1, 2), span("Target", 2, 1), span("Ket", 1, 2)],
            vec![span("2020", 1, 1), span("2021", 1, 1)],
            vec![span("1", 1, 1), span("5", 1, 1)],
        ];
        assert_eq!(shown(rows), ["No|Target|Target*|Ket", "No*|2020|2021|Ket*", "1|5||"]);
    }

    #[test]
    fn a_span_ends_where_the_table_ends() {
        let wide = Mentah { lebar: u32::MAX, tinggi: u32::MAX, ..Mentah::text("x") };
        let grid = lay_out(vec![(1, vec![wide])], &Letak::file("a.html"), &mut Jatah::default()).expect("small");
        assert_eq!((grid.len(), grid[0].len()), (1, MAX_COLUMNS));
    }
}
