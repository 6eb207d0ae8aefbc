//! A tree written as an outline: one line to a condition, further in what causes the line above it.

use std::collections::HashSet;

use super::edit::faults;
use super::{Kondisi, TingkatKondisi, next_code};
use crate::id::Kode;

/// A line of an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarisKerangka {
    /// The condition; empty for one that is not there yet, and of which an empty line makes none.
    pub kode: Kode,
    /// How far in it stands; only more or less than the lines above it counts.
    pub dalam: usize,
    /// Its level.
    pub tingkat: TingkatKondisi,
    /// What is then true, in words.
    pub uraian: String,
    /// Whether it is taken out; what stands further in below it stays, one step further out.
    pub hapus: bool,
}

/// The tree that an outline says. What a line does not tell (indicators, plan node, unit) stays as it is in `pohon`; new conditions
/// get codes of their own.
///
/// # Errors
/// Everything that is wrong, a line each.
pub fn rebuild(pohon: &[Kondisi], baris: &[BarisKerangka]) -> Result<Vec<Kondisi>, Vec<String>> {
    let mut wrong = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut made: Vec<Kondisi> = Vec::new();
    // The lines above that are further out: how far in, and the condition, where it stays.
    let mut above: Vec<(usize, Option<Kode>)> = Vec::new();
    for line in baris {
        let old = pohon.iter().find(|k| k.kode == line.kode);
        if !line.kode.is_empty() {
            let known = old.is_some();
            if !known {
                wrong.push(format!("{}: tidak ada lagi dalam pohon; muat ulang halaman", line.kode));
            } else if !seen.insert(&line.kode) {
                wrong.push(format!("{}: tertulis dua kali; muat ulang halaman", line.kode));
            } else if !line.hapus && line.uraian.trim().is_empty() {
                wrong.push(format!("{}: uraian kosong; tulis keadaan yang dituju, atau hapus barisnya", line.kode));
            }
            if !known || made.iter().any(|k| k.kode == line.kode) {
                continue;
            }
        } else if line.uraian.trim().is_empty() {
            continue;
        }
        while above.last().is_some_and(|(dalam, _)| *dalam >= line.dalam) {
            above.pop();
        }
        if line.hapus {
            above.push((line.dalam, None));
            continue;
        }
        let induk = above.iter().rev().find_map(|(_, kode)| kode.clone());
        let kode = if line.kode.is_empty() { next_code(pohon.iter().chain(&made)) } else { line.kode.clone() };
        above.push((line.dalam, Some(kode.clone())));
        let rest = old.cloned().unwrap_or(Kondisi {
            kode: String::new(),
            induk: None,
            tingkat: line.tingkat,
            uraian: String::new(),
            indikator: Vec::new(),
            simpul: None,
            unit: None,
        });
        made.push(Kondisi { kode, induk, tingkat: line.tingkat, uraian: line.uraian.trim().to_owned(), ..rest });
    }
    // A line that got lost on the way must not take its condition away.
    let lost = pohon.iter().filter(|k| !seen.contains(k.kode.as_str()));
    wrong.extend(lost.map(|k| format!("{}: tidak ikut terkirim; muat ulang halaman", k.kode)));
    wrong.extend(faults(&made));
    if wrong.is_empty() { Ok(made) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{condition, shown, tree};
    use super::*;

    /// Lines from "..kode" (a dot for each step in), "-" before the code for one that is taken out, "+uraian" for a new one.
    fn lines(texts: &[&str]) -> Vec<BarisKerangka> {
        let line = |text: &&str| {
            let name = text.trim_start_matches('.');
            let dalam = text.len() - name.len();
            let (hapus, name) = name.strip_prefix('-').map_or((false, name), |name| (true, name));
            let (kode, uraian) = name.strip_prefix('+').map_or((name, name), |uraian| ("", uraian));
            let level = condition(if uraian.is_empty() { "a" } else { uraian }).tingkat;
            BarisKerangka { kode: kode.to_owned(), dalam, tingkat: level, uraian: uraian.to_owned(), hapus }
        };
        texts.iter().map(line).collect()
    }

    const TREE: [&str; 5] = ["o1", "f1<o1", "a1<f1", "a2<f1", "f2<o1"];

    fn rebuilt(texts: &[&str]) -> Result<Vec<String>, Vec<String>> {
        rebuild(&tree(&TREE), &lines(texts)).map(|list| shown(&list))
    }

    #[test]
    fn an_outline_says_order_and_depth() {
        assert_eq!(rebuilt(&["o1", ".f1", "..a1", "..a2", ".f2"]).unwrap(), TREE);
        let moved = rebuilt(&["o1", ".f2", "..a2", ".f1", "..a1"]).unwrap();
        assert_eq!(moved, ["o1", "f2<o1", "a2<f2", "f1<o1", "a1<f1"]);
        // Only further in or out than the lines above counts.
        assert_eq!(rebuilt(&["..o1", ".....f1", ".......a1", "......a2", "...f2"]).unwrap(), TREE);
    }

    #[test]
    fn new_lines_get_codes_and_empty_ones_are_nothing() {
        let grown = rebuilt(&["o1", ".f1", "..a1", "...+p lengkap", "..+", "..a2", "..+a baru", ".f2"]).unwrap();
        assert_eq!(grown, ["o1", "f1<o1", "a1<f1", "K1<a1", "a2<f1", "K2<f1", "f2<o1"]);
        assert_eq!(rebuild(&[], &lines(&["+o"])).unwrap()[0].uraian, "o");
    }

    #[test]
    fn what_hangs_below_a_line_that_goes_comes_one_step_out() {
        assert_eq!(rebuilt(&["o1", ".-f1", "..a1", "..a2", ".f2"]).unwrap(), ["o1", "a1<o1", "a2<o1", "f2<o1"]);
        assert_eq!(rebuilt(&["-o1", ".f1", "..-a1", "..a2", ".f2"]).unwrap(), ["f1", "a2<f1", "f2"]);
    }

    #[test]
    fn indicators_and_owner_stay() {
        let mut old = tree(&["o1"]);
        old[0].indikator = vec!["i1".to_owned()];
        old[0].unit = Some("KD".to_owned());
        let mut line = lines(&["o1"]);
        line[0].uraian = " Hasil baru ".to_owned();
        let new = rebuild(&old, &line).unwrap();
        assert_eq!(new, [Kondisi { uraian: "Hasil baru".to_owned(), ..old[0].clone() }]);
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let mut sent = lines(&["o1", ".f1", ".x9", "..f1", "...a1"]);
        sent[0].uraian.clear();
        sent[4].tingkat = TingkatKondisi::OutcomeAkhir;
        let told = rebuild(&tree(&TREE), &sent).unwrap_err();
        let expected = [
            "x9: tidak ada lagi dalam pohon",
            "f1: tertulis dua kali",
            "o1: uraian kosong",
            "a2: tidak ikut terkirim",
            "f2: tidak ikut terkirim",
            "a1: Outcome akhir tidak dapat berada di bawah",
        ];
        assert_eq!(told.len(), expected.len(), "{told:#?}");
        assert!(expected.iter().all(|part| told.iter().any(|line| line.starts_with(part))), "{told:#?}");
    }
}
