//! What must come and go so that the stored rows say what a snapshot says.

use std::collections::{BTreeMap, HashMap};

use tolok_domain::Potret;
use tolok_domain::sheet::{Lembar, REGISTER, rows};
use tolok_store::{Butir, Galat, Hasil, Perubahan};

/// Sheets whose rows are kept as figures.
const FIGURES: [&str; 5] = ["target", "realisasi", "pagu", "realisasi_anggaran", "pembanding"];
/// The sheet name under which chapters are kept.
const NARASI: &str = "narasi";

/// A row that is wanted: its key and its cells as JSON.
type Wanted = (String, String);

/// Sheet rows of a snapshot as they are stored, by sheet and in order.
fn wanted(potret: &Potret) -> Hasil<BTreeMap<&'static str, Vec<Wanted>>> {
    let json = |cells: &[String]| serde_json::to_string(cells).map_err(Galat::unavailable);
    let mut found: BTreeMap<&'static str, Vec<Wanted>> = BTreeMap::new();
    for (lembar, rows) in rows(potret).into_iter().filter(|(l, _)| !FIGURES.contains(&l.nama)) {
        let kept = found.entry(lembar.nama).or_default();
        for (i, row) in rows.iter().enumerate() {
            kept.push((key_of(lembar, i, row), json(row)?));
        }
    }
    let chapters = found.entry(NARASI).or_default();
    for n in &potret.narasi {
        chapters.push((n.kode.clone(), json(std::slice::from_ref(&n.isi))?));
    }
    Ok(found)
}

fn key_of(lembar: &Lembar, place: usize, row: &[String]) -> String {
    // Records have no key of their own: their place tells them apart.
    if REGISTER.contains(&lembar.nama) {
        return format!("{place:06}");
    }
    let cells = lembar.kunci.iter().filter_map(|k| row.get(lembar.position(k)?));
    cells.map(String::as_str).collect::<Vec<_>>().join("|")
}

/// Compares a snapshot's sheet rows with the stored ones of its year. `whole`: what the snapshot does not have is meant to go.
pub(crate) fn compare_rows(potret: &Potret, stored: Vec<Butir>, whole: bool, change: &mut Perubahan) -> Hasil<()> {
    let tahun = i64::from(potret.tahun);
    let mut by_sheet: HashMap<String, HashMap<String, Butir>> = HashMap::new();
    for butir in stored {
        by_sheet.entry(butir.lembar.clone()).or_default().insert(butir.kunci.clone(), butir);
    }
    for (lembar, rows) in wanted(potret)? {
        let mut old = by_sheet.remove(lembar).unwrap_or_default();
        // With rows that stay although they are not wanted, places are taken that are not seen here.
        let taken = if whole { 0 } else { old.values().map(|b| b.urut + 1).max().unwrap_or(0) };
        let places: Vec<Option<i64>> = rows.iter().map(|(kunci, _)| old.get(kunci).map(|b| b.urut)).collect();
        for ((kunci, isi), urut) in rows.into_iter().zip(arrange(&places, taken)) {
            let new = Butir { tahun, lembar: lembar.to_owned(), kunci, urut, isi };
            match old.remove(&new.kunci) {
                Some(same) if same == new => {}
                Some(before) => {
                    change.butir_keluar.push((before.tahun, before.lembar, before.kunci));
                    change.butir_masuk.push(new);
                }
                None => change.butir_masuk.push(new),
            }
        }
        by_sheet.insert(lembar.to_owned(), old);
    }
    if whole {
        let mut left: Vec<_> = by_sheet.into_values().flatten().map(|(_, b)| (b.tahun, b.lembar, b.kunci)).collect();
        left.sort();
        change.butir_keluar.extend(left);
    }
    Ok(())
}

/// Room between two rows that follow each other, so that others can come between them without moving any.
const GAP: i64 = 1 << 20;

/// Places for rows in their order: as many as possible keep theirs, so that a row in the middle does not rewrite those after it.
/// `from`: no new place below this one.
fn arrange(places: &[Option<i64>], from: i64) -> Vec<i64> {
    let kept = longest_rising(places);
    let mut arranged: Vec<i64> = Vec::with_capacity(places.len());
    let mut last = from - GAP;
    let mut i = 0;
    while let Some(place) = places.get(i) {
        if kept.get(i).copied().unwrap_or(false)
            && let Some(urut) = place
        {
            arranged.push(*urut);
            last = *urut;
            i += 1;
            continue;
        }
        // A run of rows without a place, up to the next one that keeps its own.
        let run = kept.iter().skip(i).take_while(|k| !**k).count();
        let until = places.get(i + run).copied().flatten();
        let count = i64::try_from(run).unwrap_or(i64::MAX);
        let step = until.map_or(GAP, |next| (next - last) / (count + 1));
        if step < 1 {
            // No room left here: all are placed anew.
            return (0..).map(|n| n * GAP).take(places.len()).collect();
        }
        for n in 1..=count {
            arranged.push(last + n * step);
        }
        last += count * step;
        i += run;
    }
    arranged
}

/// Which places can stay: the longest run of them, not necessarily side by side, that rises.
fn longest_rising(places: &[Option<i64>]) -> Vec<bool> {
    // ends[n]: row at which a rising run of n + 1 places ends lowest; before[i]: the row before it in its run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; places.len()];
    let place = |row: usize| places.get(row).copied().flatten();
    for (i, urut) in places.iter().enumerate().filter_map(|(i, p)| p.map(|p| (i, p))) {
        let at = ends.partition_point(|end| place(*end).is_some_and(|p| p < urut));
        if let Some(slot) = before.get_mut(i) {
            *slot = at.checked_sub(1).and_then(|n| ends.get(n).copied());
        }
        match ends.get_mut(at) {
            Some(end) => *end = i,
            None => ends.push(i),
        }
    }
    let mut kept = vec![false; places.len()];
    let run = std::iter::successors(ends.last().copied(), |row| before.get(*row).copied().flatten());
    for row in run {
        if let Some(slot) = kept.get_mut(row) {
            *slot = true;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_row_in_the_middle_moves_no_other() {
        assert_eq!(arrange(&[Some(0), None, Some(GAP)], 0), [0, GAP / 2, GAP]);
        assert_eq!(arrange(&[None, None], 0), [0, GAP]);
        assert_eq!(arrange(&[Some(5 * GAP), Some(GAP), Some(2 * GAP)], 0)[1..], [GAP, 2 * GAP]);
        assert_eq!(arrange(&[Some(GAP), None], 0), [GAP, 2 * GAP]);
        // Room used up: everything is placed anew.
        assert_eq!(arrange(&[Some(7), None, Some(8)], 0), [0, GAP, 2 * GAP]);
    }

    proptest! {
        #[test]
        fn places_always_rise(places in prop::collection::vec(prop::option::of(0_i64..50), 0..40)) {
            let arranged = arrange(&places, 0);
            prop_assert_eq!(arranged.len(), places.len());
            prop_assert!(arranged.windows(2).all(|w| w[0] < w[1]), "{:?}", arranged);
        }

        #[test]
        fn what_is_in_order_stays(mut places in prop::collection::btree_set(0_i64..10_000, 0..40)) {
            let in_order: Vec<Option<i64>> = std::mem::take(&mut places).into_iter().map(Some).collect();
            let expected: Vec<i64> = in_order.iter().copied().flatten().collect();
            prop_assert_eq!(arrange(&in_order, 0), expected);
        }
    }
}
