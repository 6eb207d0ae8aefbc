//! A sheet holds several tables, with empty rows between them: it is cut there, where a new header begins.

use tolok_domain::bacaan::{Letak, SelBaca};

use super::header;

/// The grids of a grid. Only sheets are cut: in documents each table stands alone.
pub(super) fn pieces<'a>(rows: &'a [Vec<SelBaca>], letak: &Letak) -> Vec<&'a [Vec<SelBaca>]> {
    if letak.di.lembar.is_none() {
        return vec![rows];
    }
    let empty = |row: &Vec<SelBaca>| row.iter().all(|cell| cell.teks.trim().is_empty());
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < rows.len() {
        if !empty(&rows[at]) {
            at += 1;
            continue;
        }
        let next = rows[at..].iter().position(|row| !empty(row)).map_or(rows.len(), |gap| at + gap);
        // A block that begins with title and header is a table of its own; anything else goes on after the gap.
        let block = rows[next..].iter().position(empty).map_or(rows.len(), |gap| next + gap);
        let begins = header::find(&rows[next..block]).is_some_and(|b| !b.kepala.is_empty() && b.data < block - next);
        let was_table = header::find(&rows[start..at]).is_some_and(|b| !b.kepala.is_empty() && b.data < at - start);
        if begins && was_table {
            found.push(&rows[start..at]);
            start = next;
        }
        at = next.max(at + 1);
    }
    found.push(&rows[start..]);
    found
}
