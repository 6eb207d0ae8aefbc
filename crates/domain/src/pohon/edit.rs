//! Changing a pohon kinerja: one step covers adding, moving up, down, in and out. What comes out can always be kept.

use std::collections::HashMap;

use super::{DEEPEST, Kondisi};

/// Puts a condition under its `induk` and right before the sibling `sebelum`, or last with none. One of that code that is there already
/// takes its new place and content, and what hangs below it goes along. The list stays in order: each condition after the one above it.
///
/// # Errors
/// Says why the condition cannot stand there; the list is then as it was.
pub fn place(pohon: &mut Vec<Kondisi>, kondisi: Kondisi, sebelum: Option<&str>) -> Result<(), String> {
    let (mut moved, mut rest) = part(pohon, &kondisi.kode);
    match moved.first_mut() {
        Some(first) => *first = kondisi.clone(),
        None => moved.push(kondisi.clone()),
    }
    if let Some(induk) = kondisi.induk.as_deref() {
        if moved.iter().any(|k| k.kode == induk) {
            return Err(format!("{} tidak dapat berada di bawah cabangnya sendiri; pilih induk lain", kondisi.kode));
        }
        if !rest.iter().any(|k| k.kode == induk) {
            return Err(format!("induk \"{induk}\" tidak ada; pilih kondisi yang ada"));
        }
    }
    let at = match sebelum {
        Some(kode) => rest
            .iter()
            .position(|k| k.kode == kode && k.induk == kondisi.induk)
            .ok_or_else(|| format!("\"{kode}\" bukan kondisi di bawah induk yang sama; pilih tempat lain"))?,
        // After everything that hangs below the one above.
        None => kondisi.induk.as_deref().and_then(|induk| end_of(&rest, induk)).unwrap_or(rest.len()),
    };
    rest.splice(at..at, moved);
    check(&rest)?;
    *pohon = rest;
    Ok(())
}

/// Takes a condition out with everything below it, and hands them back.
pub fn remove(pohon: &mut Vec<Kondisi>, kode: &str) -> Vec<Kondisi> {
    let (gone, rest) = part(pohon, kode);
    *pohon = rest;
    gone
}

/// A condition with everything below it, and all others.
fn part(pohon: &[Kondisi], kode: &str) -> (Vec<Kondisi>, Vec<Kondisi>) {
    let mut inside: Vec<&str> = Vec::new();
    for k in pohon {
        if k.kode == kode || k.induk.as_deref().is_some_and(|induk| inside.contains(&induk)) {
            inside.push(&k.kode);
        }
    }
    pohon.iter().cloned().partition(|k| inside.contains(&k.kode.as_str()))
}

/// The place after the last condition below `kode`.
fn end_of(pohon: &[Kondisi], kode: &str) -> Option<usize> {
    let last = part(pohon, kode).0.pop()?;
    pohon.iter().position(|k| k.kode == last.kode).map(|i| i + 1)
}

/// Levels and depth of a list in order.
fn check(pohon: &[Kondisi]) -> Result<(), String> {
    let mut above: HashMap<&str, (&Kondisi, usize)> = HashMap::new();
    for k in pohon {
        let parent = k.induk.as_deref().and_then(|induk| above.get(induk));
        if let Some(why) = parent.and_then(|(induk, _)| k.tingkat.refusal(induk.tingkat)) {
            return Err(format!("{}: {why}; pilih tingkat atau induk lain", k.kode));
        }
        let depth = parent.map_or(0, |(_, depth)| depth + 1);
        if depth > DEEPEST {
            return Err(format!("{}: lebih dari {DEEPEST} tingkat di bawah puncak; ringkas cabangnya", k.kode));
        }
        above.insert(&k.kode, (k, depth));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{condition, shown, tree};
    use super::*;

    fn placed(texts: &[&str], new: &str, sebelum: Option<&str>) -> Result<Vec<String>, String> {
        let mut list = tree(texts);
        place(&mut list, condition(new), sebelum).map(|()| shown(&list))
    }

    const TREE: [&str; 6] = ["o1", "f1<o1", "a1<f1", "p1<a1", "f2<o1", "o2"];

    #[test]
    fn a_condition_is_added_last_or_before_a_sibling() {
        let expected = ["o1", "f1<o1", "a1<f1", "p1<a1", "a2<f1", "f2<o1", "o2"];
        assert_eq!(placed(&TREE, "a2<f1", None).unwrap(), expected);
        let expected = ["o1", "f1<o1", "a2<f1", "a1<f1", "p1<a1", "f2<o1", "o2"];
        assert_eq!(placed(&TREE, "a2<f1", Some("a1")).unwrap(), expected);
        assert_eq!(placed(&[], "o1", None).unwrap(), ["o1"]);
    }

    #[test]
    fn a_condition_moves_with_everything_below_it() {
        let expected = ["o1", "f2<o1", "f1<o1", "a1<f1", "p1<a1", "o2"];
        assert_eq!(placed(&TREE, "f1<o1", None).unwrap(), expected);
        let expected = ["o1", "f1<o1", "f2<o1", "a1<f2", "p1<a1", "o2"];
        assert_eq!(placed(&TREE, "a1<f2", None).unwrap(), expected);
        let expected = ["f1", "a1<f1", "p1<a1", "o1", "f2<o1", "o2"];
        assert_eq!(placed(&TREE, "f1", Some("o1")).unwrap(), expected);
    }

    #[test]
    fn no_cycle_no_wrong_level_no_stray_place() {
        let why = |new: &str, sebelum| placed(&TREE, new, sebelum).unwrap_err();
        assert!(why("f1<p1", None).contains("cabangnya sendiri"));
        assert!(why("f1<f1", None).contains("cabangnya sendiri"));
        assert!(why("f3<a1", None).contains("tidak dapat berada di bawah"));
        assert!(why("a2<f9", None).contains("\"f9\" tidak ada"));
        assert!(why("a2<f2", Some("a1")).contains("bukan kondisi di bawah induk yang sama"));
        // A level lowered below that of its own causes.
        let mut list = tree(&TREE);
        let lowered = Kondisi { tingkat: super::super::TingkatKondisi::KondisiOperasional, ..condition("f1<o1") };
        assert!(place(&mut list, lowered, None).unwrap_err().starts_with("a1: Kondisi antara"));
        assert_eq!(shown(&list), TREE, "nothing changed");
    }

    #[test]
    fn a_branch_does_not_grow_without_end() {
        let mut list = tree(&["a0"]);
        let grow = |list: &mut Vec<Kondisi>, i: usize| place(list, condition(&format!("a{i}<a{}", i - 1)), None);
        for i in 1..=DEEPEST {
            grow(&mut list, i).unwrap();
        }
        assert!(grow(&mut list, DEEPEST + 1).unwrap_err().contains("lebih dari 20 tingkat"));
    }

    #[test]
    fn taking_out_takes_what_hangs_below() {
        let mut list = tree(&TREE);
        assert_eq!(shown(&remove(&mut list, "f1")), ["f1<o1", "a1<f1", "p1<a1"]);
        assert_eq!(shown(&list), ["o1", "f2<o1", "o2"]);
        assert!(remove(&mut list, "f9").is_empty());
    }
}
