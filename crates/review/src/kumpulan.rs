//! Names to be found again in another spelling, without holding each against each: a workbook may have fifty thousand.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::nama::{Kecocokan, Nama};

/// More pairs of names are not held against each other for likeness, only for spelling: it would take minutes, and nobody reads so many
/// proposals.
const MOST_PAIRS: usize = 1_000_000;
/// Of more names than these, [`MOST_ALIKE`] of the same shape are looked through for a slip, otherwise all.
const FEW: usize = 1_000;
const MOST_ALIKE: usize = 100;

/// Names, each with something that belongs to it, in the order in which they came.
#[derive(Debug, Clone)]
pub(crate) struct Kumpulan<T> {
    all: Vec<(Nama, T)>,
    by_key: HashMap<String, usize>,
    /// Names that could differ by slips alone, by [`Nama::shape`].
    by_shape: HashMap<String, Vec<usize>>,
}

impl<T> Default for Kumpulan<T> {
    fn default() -> Self {
        Self { all: Vec::new(), by_key: HashMap::new(), by_shape: HashMap::new() }
    }
}

impl<T> FromIterator<(Nama, T)> for Kumpulan<T> {
    fn from_iter<I: IntoIterator<Item = (Nama, T)>>(names: I) -> Self {
        let mut made = Self::default();
        names.into_iter().for_each(|(nama, of)| made.push(nama, of));
        made
    }
}

impl<T> Kumpulan<T> {
    pub(crate) fn push(&mut self, nama: Nama, of: T) {
        let at = self.all.len();
        self.by_key.entry(nama.key().to_owned()).or_insert(at);
        self.by_shape.entry(nama.shape()).or_default().push(at);
        self.all.push((nama, of));
    }

    /// What belongs to the name that is the same; for a new one, nothing yet.
    pub(crate) fn entry(&mut self, nama: Nama) -> &mut T
    where
        T: Default,
    {
        let at = self.by_key.get(nama.key()).copied().unwrap_or(self.all.len());
        if at == self.all.len() {
            self.push(nama, T::default());
        }
        &mut self.all[at].1
    }

    /// The key of the name under which it is known; a new one is known by its own.
    pub(crate) fn shared(&mut self, nama: Nama) -> &str
    where
        T: Default,
    {
        let known = self.spelled(&nama).map(|(other, _)| other.key().to_owned());
        let key = known.unwrap_or_else(|| nama.key().to_owned());
        if !self.by_key.contains_key(&key) {
            self.push(nama, T::default());
        }
        self.by_key.get_key_value(&key).map_or("", |(key, _)| key)
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn get(&self, at: usize) -> &(Nama, T) {
        &self.all[at]
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, (Nama, T)> {
        self.all.iter()
    }

    /// The places of names that may differ by slips alone.
    fn alike(&self, nama: &Nama) -> impl Iterator<Item = usize> {
        let most = if self.all.len() > FEW { MOST_ALIKE } else { FEW };
        self.by_shape.get(&nama.shape()).into_iter().flatten().take(most).copied()
    }

    /// The first that is the same.
    pub(crate) fn same(&self, nama: &Nama) -> Option<&(Nama, T)> {
        self.by_key.get(nama.key()).filter(|_| !nama.is_empty()).map(|at| &self.all[*at])
    }

    /// The first that is the same, otherwise the first that differs by spelling alone.
    pub(crate) fn spelled(&self, nama: &Nama) -> Option<&(Nama, T)> {
        let mut alike = self.alike(nama).map(|at| &self.all[at]);
        self.same(nama).or_else(|| alike.find(|(n, _)| n.compare(nama) >= Kecocokan::Ejaan))
    }

    /// The places of those worth holding against a name that is one of so many: all, or of very many those that may differ by slips.
    pub(crate) fn near(&self, nama: &Nama, names: usize) -> Vec<usize> {
        if names.saturating_mul(self.all.len()) <= MOST_PAIRS {
            return (0..self.all.len()).collect();
        }
        let mut near: Vec<usize> = self.by_key.get(nama.key()).copied().into_iter().chain(self.alike(nama)).collect();
        near.sort_unstable();
        near.dedup();
        near
    }

    /// The first of those that fit best, where they fit as well as wanted.
    pub(crate) fn best(&self, nama: &Nama, names: usize, wanted: Kecocokan) -> Option<(Kecocokan, &(Nama, T))> {
        let near = self.near(nama, names).into_iter().map(|at| (self.all[at].0.compare(nama), Reverse(at)));
        let (how, Reverse(at)) = near.max().filter(|(how, _)| *how >= wanted)?;
        Some((how, &self.all[at]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(list: impl Iterator<Item = String>) -> Kumpulan<()> {
        list.map(|text| (Nama::new(&text), ())).collect()
    }

    #[test]
    fn every_spelling_that_comparing_finds_is_found() {
        let pairs = [
            ("Administerasi Keuangan", "Administrasi Keuangan"),
            ("Penguat SDM", "Penguatan SDM"),
            ("Kerja Peserta", "Peserta Kerja"),
            ("Pelayanan Antarkerja", "Pelayanan Antar Kerja"),
        ];
        for (a, b) in pairs {
            let (a, b) = (Nama::new(a), Nama::new(b));
            assert!(a.compare(&b) >= Kecocokan::Ejaan, "{a:?}");
            let names: Kumpulan<()> = [(a, ())].into_iter().collect();
            assert!(names.spelled(&b).is_some(), "{b:?}");
        }
        let numbered = named((1..=3).map(|n| format!("Jumlah peserta angkatan {n}")));
        assert!(numbered.spelled(&Nama::new("Jumlah peserta angkatan 4")).is_none(), "numbers are never misspelled");
        assert!(numbered.spelled(&Nama::new("")).is_none());
    }

    #[test]
    fn of_very_many_names_likeness_is_left_out_and_spelling_is_not() {
        let many = named((0..2_000).map(|n| format!("Jumlah peserta pelatihan {n}")));
        let near = Nama::new("Jumlah peserta pelatihan 7 orang");
        let wanted = Kecocokan::Mirip(60);
        assert!(many.best(&near, 1, wanted).is_some_and(|(how, _)| how < Kecocokan::Ejaan));
        assert!(many.best(&near, 2_000, wanted).is_none());
        let slip = many.best(&Nama::new("Jumlah pesarta pelatihan 7"), 2_000, wanted);
        assert_eq!(slip.map(|(how, _)| how), Some(Kecocokan::Ejaan));
    }

    #[test]
    fn in_a_set_of_ordinary_size_every_slip_is_found() {
        let letters =
            |n: usize| [b'a' + (n / 26) as u8, b'a' + (n % 26) as u8].map(char::from).iter().collect::<String>();
        let words = (0..400).map(|n| format!("Cakupan pelatihan p{}{}sisir", letters(n), letters(n)));
        let names = named(words.chain(["Cakupan pelatihan pemberdayaan".to_owned()]));
        assert!(names.spelled(&Nama::new("Cakupan pelatihan pembardayaan")).is_some());
    }
}
