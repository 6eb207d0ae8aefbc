//! Pairing the items of two lists: what became of each item of the old one. A proposal for people to check; nothing in
//! Tolok is renamed or recoded by it.

use std::collections::HashMap;

use super::{ItemNomenklatur, words};
use crate::code::{KodeRekening, TingkatKode};

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hubungan {
    /// Same code, same name.
    Tetap,
    /// Same code, another name.
    GantiNama,
    /// Same name below the same parent, another code.
    GantiKode,
    /// The new list has nothing that it could be.
    Hilang,
    /// The old list has nothing that it could have been.
    Baru,
}

/// An item of the old list with what it probably is in the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Padanan {
    /// What became of it.
    pub hubungan: Hubungan,
    /// The item of the old list; none for a new one.
    pub lama: Option<ItemNomenklatur>,
    /// The item of the new list; none for one that is gone.
    pub baru: Option<ItemNomenklatur>,
}

impl Hubungan {
    /// Every relation.
    pub const ALL: [Self; 5] = [Self::Tetap, Self::GantiNama, Self::GantiKode, Self::Hilang, Self::Baru];

    /// The word in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tetap => "tetap",
            Self::GantiNama => "ganti_nama",
            Self::GantiKode => "ganti_kode",
            Self::Hilang => "hilang",
            Self::Baru => "baru",
        }
    }
}

impl Padanan {
    /// The code by which it is sorted: the old one, or that of a new item.
    pub fn kode(&self) -> Option<&KodeRekening> {
        self.lama.as_ref().or(self.baru.as_ref()).map(|item| &item.kode)
    }
}

/// Pairs two lists, in the order of codes. Level by level from the top, so that what hangs on a recoded kegiatan is looked for
/// below its new code. A code whose name went to another code is free for a new item; two items with the same name below
/// the same parent are not guessed apart. Digits alone pair nothing: `01` of an older list is not `0001` of a newer one.
pub fn pair(lama: Vec<ItemNomenklatur>, baru: Vec<ItemNomenklatur>) -> Vec<Padanan> {
    let partner = Pairing::new(&lama, &baru).run();
    let mut baru: Vec<Option<ItemNomenklatur>> = baru.into_iter().map(Some).collect();
    let mut found = Vec::with_capacity(lama.len());
    for (old, at) in lama.into_iter().zip(partner) {
        let new = at.and_then(|j| baru[j].take());
        let hubungan = match &new {
            None => Hubungan::Hilang,
            Some(new) if new.kode != old.kode => Hubungan::GantiKode,
            Some(new) if words(&new.nama) != words(&old.nama) => Hubungan::GantiNama,
            Some(_) => Hubungan::Tetap,
        };
        found.push(Padanan { hubungan, lama: Some(old), baru: new });
    }
    let unmatched = baru.into_iter().flatten();
    found.extend(unmatched.map(|new| Padanan { hubungan: Hubungan::Baru, lama: None, baru: Some(new) }));
    found.sort_by(|a, b| a.kode().cmp(&b.kode()));
    found
}

/// One of the two lists while they are being paired.
struct Side<'a> {
    items: &'a [ItemNomenklatur],
    names: Vec<String>,
    by_code: HashMap<&'a KodeRekening, usize>,
    /// Place of each item's partner in the other list.
    partner: Vec<Option<usize>>,
}

impl<'a> Side<'a> {
    fn new(items: &'a [ItemNomenklatur]) -> Self {
        Self {
            items,
            names: items.iter().map(|i| words(&i.nama)).collect(),
            by_code: items.iter().enumerate().map(|(at, i)| (&i.kode, at)).collect(),
            partner: vec![None; items.len()],
        }
    }

    /// Items of a level that have no partner yet.
    fn open(&self, tingkat: TingkatKode) -> Vec<usize> {
        (0..self.items.len()).filter(|&i| self.items[i].tingkat() == tingkat && self.partner[i].is_none()).collect()
    }
}

/// Places of items with the same name below the same parent, in the old and in the new list.
type Namesakes = (Vec<usize>, Vec<usize>);

struct Pairing<'a> {
    old: Side<'a>,
    new: Side<'a>,
}

impl<'a> Pairing<'a> {
    fn new(lama: &'a [ItemNomenklatur], baru: &'a [ItemNomenklatur]) -> Self {
        Self { old: Side::new(lama), new: Side::new(baru) }
    }

    /// The place of each old item's partner in the new list.
    fn run(mut self) -> Vec<Option<usize>> {
        for tingkat in TingkatKode::ALL {
            self.by_code(tingkat, |same_name, in_place| same_name && in_place);
            self.by_name(tingkat);
            self.by_code(tingkat, |same_name, in_place| same_name || in_place);
        }
        self.old.partner
    }

    fn join(&mut self, i: usize, j: usize) {
        self.old.partner[i] = Some(j);
        self.new.partner[j] = Some(i);
    }

    /// Joins what has the same code, where `fits` says so of whether the names are the same and whether the parent kept its code.
    fn by_code(&mut self, tingkat: TingkatKode, fits: impl Fn(bool, bool) -> bool) {
        for i in self.old.open(tingkat) {
            let kode = &self.old.items[i].kode;
            let Some(&j) = self.new.by_code.get(kode) else { continue };
            let in_place = kode.parent().is_none_or(|parent| self.place(&parent).as_ref() == Some(&parent));
            if self.new.partner[j].is_none() && fits(self.old.names[i] == self.new.names[j], in_place) {
                self.join(i, j);
            }
        }
    }

    /// Joins what has the same name below the same parent, where there is just one on either side.
    fn by_name(&mut self, tingkat: TingkatKode) {
        let mut groups: HashMap<(String, &str), Namesakes> = HashMap::new();
        for i in self.old.open(tingkat) {
            let kode = &self.old.items[i].kode;
            if let Some(stem) = stem(kode, |parent| self.place(parent)) {
                groups.entry((stem, &self.old.names[i])).or_default().0.push(i);
            }
        }
        for j in self.new.open(tingkat) {
            let kode = &self.new.items[j].kode;
            if let Some(stem) = stem(kode, |parent| Some(parent.clone())) {
                groups.entry((stem, &self.new.names[j])).or_default().1.push(j);
            }
        }
        let single = |(old, new): Namesakes| match (old.as_slice(), new.as_slice()) {
            ([i], [j]) => Some((*i, *j)),
            _ => None,
        };
        let pairs: Vec<_> = groups.into_values().filter_map(single).collect();
        for (i, j) in pairs {
            self.join(i, j);
        }
    }

    /// The code that an old code has in the new list. Lists have gaps: a code that neither of them explains stays. `None`
    /// when it is gone and another item has its code now.
    fn place(&self, kode: &KodeRekening) -> Option<KodeRekening> {
        let partner = self.old.by_code.get(kode).and_then(|&i| self.old.partner[i]);
        match partner {
            Some(j) => Some(self.new.items[j].kode.clone()),
            None => {
                let is_taken = self.new.by_code.get(kode).is_some_and(|&j| self.new.partner[j].is_some());
                (!is_taken).then(|| kode.clone())
            }
        }
    }
}

/// What an item hangs on: its parent's code as `place` gives it, and for a kegiatan also the authority (province, regency), for
/// the same kegiatan is listed once for each.
fn stem(kode: &KodeRekening, place: impl Fn(&KodeRekening) -> Option<KodeRekening>) -> Option<String> {
    let Some(parent) = kode.parent() else { return Some(String::new()) };
    let (kode, above) = (kode.to_string(), parent.to_string());
    let rest = kode.strip_prefix(&above)?;
    let (authority, _) = rest.rsplit_once('.')?;
    Some(format!("{}{authority}", place(&parent)?))
}

#[cfg(test)]
mod tests {
    use super::super::tests::item;
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    /// Items from lines "code name".
    fn list(lines: &[&str]) -> Vec<ItemNomenklatur> {
        let read = |line: &&str| line.split_once(' ').map(|(kode, nama)| item(kode, nama)).expect("code and name");
        lines.iter().map(read).collect()
    }

    /// Lines "relation old new".
    fn pairs(lama: &[&str], baru: &[&str]) -> Vec<String> {
        let code = |i: &Option<ItemNomenklatur>| i.as_ref().map_or("-".to_owned(), |i| i.kode.to_string());
        let line = |p: &Padanan| format!("{} {} {}", p.hubungan.as_str(), code(&p.lama), code(&p.baru));
        pair(list(lama), list(baru)).iter().map(line).collect()
    }

    #[rstest]
    #[case::kept(&["2.07 A"], &["2.07 a."], &["tetap 2.07 2.07"])]
    #[case::renamed(&["2.07.03 Program A"], &["2.07.03 Program B"], &["ganti_nama 2.07.03 2.07.03"])]
    #[case::next_era(
        &["2.07.03.2.01.01 Proses Pelatihan", "2.07.03.2.01.02 Lama"],
        &["2.07.03.2.01.0001 Proses  pelatihan", "2.07.03.2.01.0002 Lain"],
        &[
            "ganti_kode 2.07.03.2.01.01 2.07.03.2.01.0001",
            "hilang 2.07.03.2.01.02 -",
            "baru - 2.07.03.2.01.0002",
        ]
    )]
    #[case::shifted(
        &["2.07.03 A", "2.07.04 B", "2.07.05 C"],
        &["2.07.03 B", "2.07.04 C", "2.07.05 D"],
        &["hilang 2.07.03 -", "ganti_kode 2.07.04 2.07.03", "ganti_kode 2.07.05 2.07.04", "baru - 2.07.05"]
    )]
    #[case::swapped_parents_take_their_children_along(
        &["2.07.03 A", "2.07.03.2.01 anak", "2.07.04 B", "2.07.04.2.01 anak"],
        &["2.07.03 B", "2.07.03.2.01 anak", "2.07.04 A", "2.07.04.2.01 anak"],
        &[
            "ganti_kode 2.07.03 2.07.04",
            "ganti_kode 2.07.03.2.01 2.07.04.2.01",
            "ganti_kode 2.07.04 2.07.03",
            "ganti_kode 2.07.04.2.01 2.07.03.2.01",
        ]
    )]
    #[case::not_renamed_into_another_family(
        &["2.07.03 A", "2.07.03.2.01 anak A"],
        &["2.07.03 B", "2.07.03.2.01 anak B", "2.07.04 A"],
        &["ganti_kode 2.07.03 2.07.04", "baru - 2.07.03", "hilang 2.07.03.2.01 -", "baru - 2.07.03.2.01"]
    )]
    #[case::elsewhere_is_another_item(
        &["2.07.03.2.01 Pelatihan"],
        &["2.07.04.2.01 Pelatihan"],
        &["hilang 2.07.03.2.01 -", "baru - 2.07.04.2.01"]
    )]
    #[case::each_authority_has_its_own(
        &["1.01.02.2.01 SD", "1.01.02.3.01 SD"],
        &["1.01.02.2.02 SD", "1.01.02.3.05 SD"],
        &["ganti_kode 1.01.02.2.01 1.01.02.2.02", "ganti_kode 1.01.02.3.01 1.01.02.3.05"]
    )]
    #[case::namesakes_are_not_guessed_apart(
        &["9.01.03.7.01.01 Kader", "9.01.03.7.01.02 Kader"],
        &["9.01.03.7.01.0001 Kader", "9.01.03.7.01.0002 Kader"],
        &[
            "hilang 9.01.03.7.01.01 -",
            "baru - 9.01.03.7.01.0001",
            "hilang 9.01.03.7.01.02 -",
            "baru - 9.01.03.7.01.0002",
        ]
    )]
    #[case::a_gap_above_does_not_matter(
        &["2.07.03.2.01 K", "2.07.03.2.01.01 S"],
        &["2.07.03.2.01.0001 S"],
        &["hilang 2.07.03.2.01 -", "ganti_kode 2.07.03.2.01.01 2.07.03.2.01.0001"]
    )]
    #[case::support(
        &["X.XX.01.2.10.01 BLUD"],
        &["X.XX.01.2.10.0001 BLUD"],
        &["ganti_kode X.XX.01.2.10.01 X.XX.01.2.10.0001"]
    )]
    fn pairs_items(#[case] lama: &[&str], #[case] baru: &[&str], #[case] expected: &[&str]) {
        assert_eq!(pairs(lama, baru), expected);
    }

    /// Lists of codes that occur once, with few names so that they meet.
    fn any_list() -> impl Strategy<Value = Vec<ItemNomenklatur>> {
        let code = r"2(\.0[1-2](\.0[2-3](\.[2-3]\.0[1-3](\.(0[1-3]|000[1-3]))?)?)?)?";
        prop::collection::btree_map(code, "[A-C]", 0..20)
            .prop_map(|codes| codes.iter().map(|(kode, nama)| item(kode, nama)).collect())
    }

    proptest! {
        #[test]
        fn a_list_paired_with_itself_stays(list in any_list()) {
            for p in pair(list.clone(), list) {
                prop_assert_eq!(p.hubungan, Hubungan::Tetap);
            }
        }

        #[test]
        fn every_item_appears_once(lama in any_list(), baru in any_list()) {
            let found = pair(lama.clone(), baru.clone());
            let sorted = |mut items: Vec<ItemNomenklatur>| {
                items.sort_by(|a, b| a.kode.cmp(&b.kode));
                items
            };
            prop_assert_eq!(sorted(found.iter().filter_map(|p| p.lama.clone()).collect()), sorted(lama));
            prop_assert_eq!(sorted(found.iter().filter_map(|p| p.baru.clone()).collect()), sorted(baru));
        }

        #[test]
        fn a_relation_says_what_is_so(lama in any_list(), baru in any_list()) {
            for p in pair(lama, baru) {
                let same = |f: fn(&ItemNomenklatur) -> String| p.lama.as_ref().map(f) == p.baru.as_ref().map(f);
                let (code, name) = (same(|i| i.kode.to_string()), same(|i| words(&i.nama)));
                match p.hubungan {
                    Hubungan::Tetap => prop_assert!(code && name),
                    Hubungan::GantiNama => prop_assert!(code && !name),
                    Hubungan::GantiKode => prop_assert!(!code && name),
                    Hubungan::Hilang => prop_assert!(p.lama.is_some() && p.baru.is_none()),
                    Hubungan::Baru => prop_assert!(p.lama.is_none() && p.baru.is_some()),
                }
            }
        }
    }
}
