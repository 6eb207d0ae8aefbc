//! Codes for rows that have only names: a table without codes is about the same programmes as the one with them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Rekam;
use crate::aturan::Tingkat;
use crate::kumpulan::Kumpulan;
use crate::nama::{Kecocokan, Nama};

/// Levels whose nodes have no official code.
const fn is_without_code(tingkat: Tingkat) -> bool {
    matches!(tingkat, Tingkat::Tujuan | Tingkat::Sasaran | Tingkat::Total)
}

/// Names with their codes, from the rows that write both.
#[derive(Default)]
pub(super) struct Kamus {
    names: Kumpulan<Vec<String>>,
    /// How many names are looked for.
    seekers: usize,
}

/// A name that fits another in so many percent of its words is taken for it, where no other fits as well.
const ALIKE: usize = 84;

impl Kamus {
    pub(super) fn new(rekam: &[Rekam<'_>]) -> Self {
        let seeks = |r: &&Rekam<'_>| r.kode.is_none() && !r.nama.is_empty() && !is_without_code(r.tingkat);
        let seekers = rekam.iter().filter(seeks).map(|r| r.nama.as_str()).collect::<HashSet<_>>().len();
        if seekers == 0 {
            return Self::default();
        }
        let mut by_code: BTreeMap<&str, Vec<Nama>> = BTreeMap::new();
        for r in rekam.iter().filter(|r| r.kode_tertulis && r.nama_tertulis && !r.nama.is_empty()) {
            if let Some(kode) = &r.kode {
                let names = by_code.entry(kode).or_default();
                let nama = Nama::new(&r.nama);
                if !names.contains(&nama) {
                    names.push(nama);
                }
            }
        }
        let mut names: Kumpulan<Vec<String>> = Kumpulan::default();
        for (kode, all) in by_code {
            all.into_iter().for_each(|nama| names.entry(nama).push(kode.to_owned()));
        }
        Self { names, seekers }
    }

    /// Gives each row without a code the one that its name has elsewhere. Where a kegiatan and its sub kegiatan share a name, rows take
    /// the codes in their order.
    pub(super) fn give_codes(&self, rekam: &mut [Rekam<'_>]) {
        if self.names.len() == 0 {
            return;
        }
        let mut found: HashMap<String, Vec<String>> = HashMap::new();
        let mut used: HashSet<String> = HashSet::new();
        let mut table = usize::MAX;
        let mut last: Option<(String, String)> = None;
        for r in rekam.iter_mut() {
            if r.tabel != table {
                table = r.tabel;
                used.clear();
                last = None;
            }
            if is_without_code(r.tingkat) || r.nama.is_empty() {
                last = None;
                continue;
            }
            if let Some(kode) = r.kode.clone() {
                used.insert(kode.clone());
                last = Some((r.nama.clone(), kode));
                continue;
            }
            // A row that goes on with the node above it.
            if let Some((nama, kode)) = &last
                && !r.nama_tertulis
                && *nama == r.nama
            {
                r.kode = Some(kode.clone());
                r.tingkat = level(kode).unwrap_or(r.tingkat);
                continue;
            }
            let codes = found.entry(r.nama.clone()).or_insert_with(|| self.codes(&r.nama));
            let choice = codes.iter().find(|k| !used.contains(*k)).or(codes.first()).cloned();
            match choice {
                Some(kode) => {
                    used.insert(kode.clone());
                    r.tingkat = level(&kode).unwrap_or(r.tingkat);
                    last = Some((r.nama.clone(), kode.clone()));
                    r.kode = Some(kode);
                }
                None => last = None,
            }
        }
    }

    fn codes(&self, text: &str) -> Vec<String> {
        for nama in [Nama::new(text), Nama::without_parentheses(text)] {
            if let Some((_, codes)) = self.names.same(&nama) {
                return codes.clone();
            }
            if let Some(codes) = self.best(&nama) {
                return codes;
            }
        }
        Vec::new()
    }

    fn best(&self, nama: &Nama) -> Option<Vec<String>> {
        let near = self.names.near(nama, self.seekers).into_iter().map(|at| self.names.get(at));
        let scored = near.flat_map(|(n, codes)| {
            let how = n.compare(nama);
            codes.iter().map(move |kode| (how, kode.as_str()))
        });
        let mut scored: Vec<(Kecocokan, &str)> = scored.collect();
        scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let top = scored.first()?.0;
        let good = match top {
            Kecocokan::Sama | Kecocokan::Ejaan => true,
            Kecocokan::Mirip(score) => score >= ALIKE,
            Kecocokan::Lain => false,
        };
        let mut codes: Vec<String> =
            scored.iter().take_while(|(k, _)| *k == top).map(|(_, c)| (*c).to_owned()).collect();
        codes.dedup();
        let one = codes.len() == 1 || matches!(top, Kecocokan::Sama | Kecocokan::Ejaan);
        (good && one).then_some(codes)
    }
}

/// The node within which an indicator is meant: its own for programmes and below, none for tujuan and sasaran, where each indicator is
/// meant by its name alone.
pub(crate) fn node_of(rekam: &Rekam<'_>) -> String {
    match rekam.tingkat {
        Tingkat::Program | Tingkat::Kegiatan | Tingkat::SubKegiatan => {
            rekam.kode.clone().unwrap_or_else(|| Nama::new(&rekam.nama).key().to_owned())
        }
        _ => String::new(),
    }
}

/// Gives each row the subject of its indicator, and each sasaran its own. Spellings that differ by a slip share one.
pub(super) fn give_keys(rekam: &mut [Rekam<'_>]) {
    let mut known: Kumpulan<()> = Kumpulan::default();
    let mut goals: Kumpulan<()> = Kumpulan::default();
    for r in rekam {
        if !r.indikator.is_empty() {
            r.kunci = known.shared(Nama::without_numbers(&r.indikator).within(&node_of(r))).to_owned();
        }
        if r.tingkat == Tingkat::Sasaran {
            r.kunci_sasaran = goals.shared(Nama::new(&r.nama)).to_owned();
        }
    }
}

/// The level that a code names.
pub(super) fn level(kode: &str) -> Option<Tingkat> {
    use tolok_domain::code::TingkatKode;
    let kode: tolok_domain::KodeRekening = kode.parse().ok()?;
    Some(match kode.jenis() {
        TingkatKode::Urusan | TingkatKode::BidangUrusan => Tingkat::Lain,
        TingkatKode::Program => Tingkat::Program,
        TingkatKode::Kegiatan => Tingkat::Kegiatan,
        TingkatKode::SubKegiatan => Tingkat::SubKegiatan,
    })
}
