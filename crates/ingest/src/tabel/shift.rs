//! Rows whose cells slid into other columns. They are moved back only where units and numbers prove where they belong.

use tolok_domain::bacaan::SelBaca;

use super::sign::{Rupa, rupa};

/// Columns by which a cell may have slid.
const REACH: usize = 3;
/// Cost of a cell of another kind than its column.
const MISFIT: u32 = 100;
/// Cost of small amounts in a column of money, or the other way round: it happens, but it proves nothing.
const DOUBT: u32 = 20;
/// Cost of a cell that moves otherwise than the one before it.
const BREAK: u32 = 4;
/// Widest table in which slid cells are looked for.
const WIDEST: usize = 40;

/// The kind of each column, where most of its cells are of one.
pub(super) fn kinds(rows: &[Vec<SelBaca>], width: usize) -> Vec<Option<Rupa>> {
    let mut counts = vec![[0_usize; 7]; width];
    for row in rows {
        for (cell, counts) in row.iter().zip(&mut counts) {
            counts[rupa(&cell.teks) as usize] += 1;
        }
    }
    const KINDS: [Rupa; 5] = [Rupa::Satuan, Rupa::Uang, Rupa::Angka, Rupa::Kode, Rupa::Teks];
    let kind = |counts: &[usize; 7]| {
        let total: usize = KINDS.iter().map(|k| counts[*k as usize]).sum();
        KINDS.into_iter().find(|k| total >= 3 && counts[*k as usize] * 10 >= total * 7)
    };
    counts.iter().map(kind).collect()
}

fn cost(cell: Rupa, column: Option<Rupa>) -> u32 {
    match (cell, column) {
        (Rupa::Strip | Rupa::Kosong, _) => 0,
        // A unit needs its column; anything else may stand where nothing is the rule.
        (Rupa::Satuan, None) => DOUBT,
        (_, None) => 1,
        (a, Some(b)) if a == b => 0,
        (Rupa::Angka, Some(Rupa::Uang)) | (Rupa::Uang, Some(Rupa::Angka)) => DOUBT,
        // "%" and "Nilai" are words too.
        (Rupa::Satuan, Some(Rupa::Teks)) => DOUBT * 2,
        _ => MISFIT,
    }
}

/// Moves the cells of a row to where their kinds fit. Returns whether it did: only when a cell stood where it cannot belong, when
/// everything fits afterwards, and when a unit and a number, or two amounts of money, agree on it.
pub(super) fn repair(row: &mut [SelBaca], kinds: &[Option<Rupa>]) -> bool {
    let width = row.len().min(kinds.len());
    if width > WIDEST || row.iter().any(|cell| cell.tergabung) {
        return false;
    }
    let filled: Vec<(usize, Rupa)> = row
        .iter()
        .take(width)
        .enumerate()
        .map(|(at, cell)| (at, rupa(&cell.teks)))
        .filter(|(_, r)| *r != Rupa::Kosong)
        .collect();
    let before: Vec<u32> = filled.iter().map(|(at, r)| cost(*r, kinds[*at])).collect();
    let is_number = |r: &Rupa| matches!(r, Rupa::Angka | Rupa::Uang);
    let has_unit = filled.iter().any(|(_, r)| *r == Rupa::Satuan) && kinds.contains(&Some(Rupa::Satuan));
    let has_number = filled.iter().any(|(_, r)| is_number(r));
    // In a row of totals, two amounts of money say as much.
    let amounts = filled.iter().filter(|(_, r)| *r == Rupa::Uang).count();
    let total = amounts >= 2 && filled.iter().all(|(_, r)| is_number(r) || *r == Rupa::Strip);
    if !(has_unit && has_number || total) || before.iter().all(|cost| *cost < DOUBT) {
        return false;
    }
    let Some((columns, after)) = align(&filled, kinds, width) else { return false };
    let strict = |at: &usize, r: &Rupa| cost(*r, kinds[*at]) >= DOUBT;
    let misfits = columns.iter().zip(&filled).filter(|(at, (_, r))| strict(at, r)).count();
    if misfits > 0 || after + DOUBT > before.iter().sum() {
        return false;
    }
    let texts: Vec<SelBaca> = filled.iter().map(|(at, _)| row[*at].clone()).collect();
    for (at, _) in &filled {
        let empty = SelBaca { letak: row[*at].letak.clone(), lebar: 1, tinggi: 1, ..SelBaca::default() };
        row[*at] = empty;
    }
    // The cell keeps the place at which the person finds it.
    for (cell, at) in texts.into_iter().zip(columns) {
        row[at] = cell;
    }
    true
}

/// The cheapest columns for the cells in their order, with the cost.
fn align(filled: &[(usize, Rupa)], kinds: &[Option<Rupa>], width: usize) -> Option<(Vec<usize>, u32)> {
    // best[i][c]: cost of placing cells up to i with cell i at column c, and the column of the cell before.
    let mut best: Vec<Vec<Option<(u32, usize)>>> = Vec::with_capacity(filled.len());
    for (i, (from, rupa)) in filled.iter().enumerate() {
        let mut line = vec![None; width];
        for at in from.saturating_sub(REACH)..=(from + REACH).min(width - 1) {
            let own = cost(*rupa, kinds[at]) + u32::try_from(at.abs_diff(*from)).unwrap_or(0);
            let Some(previous) = i.checked_sub(1) else {
                line[at] = Some((own, usize::MAX));
                continue;
            };
            let before = filled[previous].0;
            line[at] = (0..at)
                .filter_map(|left| {
                    let (so_far, _) = best[previous][left]?;
                    let same = at + before == left + from;
                    Some((so_far + own + if same { 0 } else { BREAK }, left))
                })
                .min();
        }
        best.push(line);
    }
    let last = best.last()?;
    let (mut at, (total, _)) =
        last.iter().enumerate().filter_map(|(at, b)| Some((at, (*b)?))).min_by_key(|(_, (cost, _))| *cost)?;
    let mut columns = vec![at];
    for line in best.iter().skip(1).rev() {
        at = line[at]?.1;
        columns.push(at);
    }
    columns.reverse();
    Some((columns, total))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: &str) -> Vec<SelBaca> {
        texts.split('|').map(|teks| SelBaca { teks: teks.into(), lebar: 1, tinggi: 1, ..SelBaca::default() }).collect()
    }

    fn repaired(table: &[&str], slid: &str) -> Option<String> {
        let rows: Vec<_> = table.iter().map(|r| row(r)).collect();
        let kinds = kinds(&rows, rows[0].len());
        let mut slid = row(slid);
        let moved = repair(&mut slid, &kinds);
        moved.then(|| slid.iter().map(|c| &*c.teks).collect::<Vec<_>>().join("|"))
    }

    const TABLE: [&str; 4] = [
        "Pelatihan|Jumlah peserta pelatihan|org|45|586.995.500|45",
        "Pembinaan|Persentase LPK yang dibina|%|100|92.920.000|100",
        "Konsultasi|Persentase perusahaan|%|100|60.370.000|100",
        "Pengukuran|Jumlah dokumen|dok|7|91.746.000|7",
    ];

    #[test]
    fn a_row_that_slid_as_a_whole_moves_back() {
        assert_eq!(repaired(&TABLE, "Jumlah pengelola|org|25||25|").as_deref(), Some("|Jumlah pengelola|org|25||25"));
    }

    #[test]
    fn parts_may_have_slid_apart() {
        assert_eq!(repaired(&TABLE, "a|Jumlah event||org|3|3").as_deref(), Some("a|Jumlah event|org|3||3"));
        assert_eq!(repaired(&TABLE, "|Jumlah peserta|25|org||25"), None, "cells never change their order");
    }

    #[test]
    fn what_fits_and_what_proves_nothing_stays() {
        assert_eq!(repaired(&TABLE, "Pelatihan|Jumlah event|org|3||belum ada"), None);
        assert_eq!(repaired(&TABLE, "Jumlah||||832.031.500|"), None);
        assert_eq!(repaired(&TABLE, "Pelatihan|Jumlah event|org|-|-|-"), None);
    }
}
