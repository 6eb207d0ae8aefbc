//! Changing a pohon kinerja: one step covers adding, moving up, down, in and out. What comes out can always be kept.

use std::collections::{HashMap, HashSet};

use super::{DEEPEST, Kondisi, TingkatKondisi};
use crate::id::Kode;

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
    if let Some(first) = faults(&rest).into_iter().next() {
        return Err(first);
    }
    *pohon = rest;
    Ok(())
}

/// A step of a condition within its tree, with everything below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Geser {
    /// Before the sibling above.
    Naik,
    /// Behind the sibling below.
    Turun,
    /// Under the sibling above, as its last cause. A level that would then be too high is lowered.
    Masuk,
    /// Out of the condition that it is a cause of, to stand right behind it.
    Keluar,
}

impl Geser {
    /// Every step.
    pub const ALL: [Self; 4] = [Self::Naik, Self::Turun, Self::Masuk, Self::Keluar];

    /// The word that a form sends.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Naik => "naik",
            Self::Turun => "turun",
            Self::Masuk => "masuk",
            Self::Keluar => "keluar",
        }
    }

    /// The step of that word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.as_str() == word)
    }
}

/// Moves a condition one step. Where there is nowhere to go it stays.
///
/// # Errors
/// Says why it cannot stand there; the list is then as it was.
pub fn shift(pohon: &mut Vec<Kondisi>, kode: &str, geser: Geser) -> Result<(), String> {
    let Some(kondisi) = pohon.iter().find(|k| k.kode == kode).cloned() else {
        return Err(format!("kondisi {kode} tidak ada; muat ulang halaman"));
    };
    let siblings: Vec<&Kondisi> = pohon.iter().filter(|k| k.induk == kondisi.induk).collect();
    let at = siblings.iter().position(|k| k.kode == kode).unwrap_or_default();
    let above = at.checked_sub(1).and_then(|i| siblings.get(i)).map(|k| (k.kode.clone(), k.tingkat));
    let code_at = |i: usize| siblings.get(i).map(|k| k.kode.clone());
    match geser {
        Geser::Naik => match above {
            Some((kode, _)) => place(pohon, kondisi, Some(&kode)),
            None => Ok(()),
        },
        Geser::Turun if at + 1 < siblings.len() => {
            let next = code_at(at + 2);
            place(pohon, kondisi, next.as_deref())
        }
        Geser::Turun => Ok(()),
        Geser::Masuk => match above {
            Some((induk, tingkat)) => {
                let mut lowered = pohon.clone();
                lower(&mut lowered, kode, tingkat);
                let tingkat = kondisi.tingkat.max(tingkat);
                place(&mut lowered, Kondisi { induk: Some(induk), tingkat, ..kondisi }, None)?;
                *pohon = lowered;
                Ok(())
            }
            None => Ok(()),
        },
        Geser::Keluar => {
            let Some(parent) = kondisi.induk.as_deref().and_then(|induk| pohon.iter().find(|k| k.kode == induk)) else {
                return Ok(());
            };
            let induk = parent.induk.clone();
            let mut aunts = pohon.iter().filter(|k| k.induk == induk).skip_while(|k| k.kode != parent.kode).skip(1);
            let next = aunts.next().map(|k| k.kode.clone());
            place(pohon, Kondisi { induk, ..kondisi }, next.as_deref())
        }
    }
}

/// No level of the branch stays above this one.
fn lower(pohon: &mut [Kondisi], kode: &str, tingkat: TingkatKondisi) {
    let branch: Vec<String> = part(pohon, kode).0.into_iter().map(|k| k.kode).collect();
    for k in pohon.iter_mut().filter(|k| branch.contains(&k.kode)) {
        k.tingkat = k.tingkat.max(tingkat);
    }
}

/// A code that none of these conditions has: K1, K2 and so on.
pub fn next_code<'a>(taken: impl IntoIterator<Item = &'a Kondisi>) -> Kode {
    let taken: HashSet<&str> = taken.into_iter().map(|k| k.kode.as_str()).collect();
    let mut codes = (1..).map(|n| format!("K{n}"));
    codes.find(|kode| !taken.contains(kode.as_str())).unwrap_or_default()
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

/// What is wrong with levels and depth of a list in order, a line for each condition.
pub(super) fn faults(pohon: &[Kondisi]) -> Vec<String> {
    let mut above: HashMap<&str, (&Kondisi, usize)> = HashMap::new();
    let mut found = Vec::new();
    for k in pohon {
        let parent = k.induk.as_deref().and_then(|induk| above.get(induk));
        if let Some(why) = parent.and_then(|(induk, _)| k.tingkat.refusal(induk.tingkat)) {
            found.push(format!("{}: {why}; pilih tingkat atau induk lain", k.kode));
        }
        let depth = parent.map_or(0, |(_, depth)| depth + 1);
        if depth > DEEPEST {
            found.push(format!("{}: lebih dari {DEEPEST} tingkat di bawah puncak; ringkas cabangnya", k.kode));
        }
        above.insert(&k.kode, (k, depth));
    }
    found
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

    fn shifted(kode: &str, geser: Geser) -> Vec<String> {
        let mut list = tree(&TREE);
        shift(&mut list, kode, geser).unwrap();
        shown(&list)
    }

    #[test]
    fn a_condition_goes_up_down_in_and_out_with_its_branch() {
        assert_eq!(shifted("f2", Geser::Naik), ["o1", "f2<o1", "f1<o1", "a1<f1", "p1<a1", "o2"]);
        assert_eq!(shifted("f1", Geser::Turun), ["o1", "f2<o1", "f1<o1", "a1<f1", "p1<a1", "o2"]);
        assert_eq!(shifted("o1", Geser::Turun), ["o2", "o1", "f1<o1", "a1<f1", "p1<a1", "f2<o1"]);
        assert_eq!(shifted("f2", Geser::Masuk), ["o1", "f1<o1", "a1<f1", "p1<a1", "f2<f1", "o2"]);
        assert_eq!(shifted("a1", Geser::Keluar), ["o1", "f1<o1", "a1<o1", "p1<a1", "f2<o1", "o2"]);
        assert_eq!(shifted("f1", Geser::Keluar), ["o1", "f2<o1", "f1", "a1<f1", "p1<a1", "o2"]);
        // At the edge there is nowhere to go.
        for (kode, geser) in [("o1", Geser::Naik), ("o2", Geser::Turun), ("f1", Geser::Masuk), ("o1", Geser::Keluar)] {
            assert_eq!(shifted(kode, geser), TREE, "{kode} {geser:?}");
        }
    }

    #[test]
    fn going_in_lowers_levels_that_would_be_too_high() {
        let mut list = tree(&["o1", "a1<o1", "f1<o1", "f2<f1"]);
        shift(&mut list, "f1", Geser::Masuk).unwrap();
        assert_eq!(shown(&list), ["o1", "a1<o1", "f1<a1", "f2<f1"]);
        assert!(list[1..].iter().all(|k| k.tingkat == TingkatKondisi::KondisiAntara));
        assert!(shift(&mut list, "x", Geser::Naik).unwrap_err().contains("x tidak ada"));
    }

    #[test]
    fn a_new_code_is_one_that_nobody_has() {
        assert_eq!(next_code(&[]), "K1");
        assert_eq!(next_code(&tree(&["K1", "a", "K2"])), "K3");
    }
}
