//! The same thing in several tables.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use tolok_domain::Decimal;
use tolok_domain::period::Tahun;

use super::angka::slip;
use super::shown;
use crate::aturan::{Aturan, Tingkat, Ukuran};
use crate::model::{Isi, Model, Rekam};
use crate::nama::{Nama, words};
use crate::temuan::{Sisi, Temuan};

/// One place where a measure of a subject stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Muncul<'m> {
    pub tabel: usize,
    /// Its row in the model.
    pub rekam: usize,
    pub nilai: Decimal,
    /// Its cell; of a sum of several rows, the first.
    isi: &'m Isi<'m>,
    dijumlahkan: bool,
}

impl Muncul<'_> {
    /// It as one side of a comparison.
    pub(super) fn side(&self, m: &Model<'_>, ukuran: Ukuran) -> Sisi {
        let row = &m.rekam[self.rekam];
        if !self.dijumlahkan {
            return m.side(row, self.isi, ukuran.label());
        }
        let what = format!("Jumlah {} program, mulai dari baris ini,", ukuran.label().to_lowercase());
        Sisi { nilai: shown(self.nilai), ..m.side(row, self.isi, &what) }
    }
}

/// Places of a measure by subject and year.
pub(super) type Kemunculan<'m> = BTreeMap<(String, Option<Tahun>), Vec<Muncul<'m>>>;

/// Every place of a measure at some levels; one for each table, the first.
pub(super) fn occurrences<'m>(m: &'m Model<'_>, ukuran: Ukuran, tingkat: &[Tingkat]) -> Kemunculan<'m> {
    let mut all = Kemunculan::new();
    for (i, r) in m.rekam.iter().enumerate() {
        let money = ukuran.is_money();
        if !tingkat.contains(&r.tingkat) || (money && matches!(r.tingkat, Tingkat::Tujuan | Tingkat::Sasaran)) {
            continue;
        }
        let key = if money { Model::node_key(r) } else { (!r.kunci.is_empty()).then(|| r.kunci.clone()) };
        let Some(key) = key else { continue };
        for isi in r.values(ukuran) {
            let Some(nilai) = isi.angka else { continue };
            let year = isi.tahun();
            if !isi.is_whole_year() || (ukuran == Ukuran::Pagu && m.salah_judul.contains(&r.tabel)) {
                continue;
            }
            let places = all.entry((key.clone(), year)).or_default();
            if places.iter().all(|p| p.tabel != r.tabel) {
                places.push(Muncul { tabel: r.tabel, rekam: i, nilai, isi, dijumlahkan: false });
            }
        }
    }
    if ukuran.is_money() && tingkat.contains(&Tingkat::Sasaran) {
        sums_of_sasaran(m, ukuran, &mut all);
    }
    all
}

/// The money of each sasaran as each table has it: its own rows, or the programmes below it.
fn sums_of_sasaran<'m>(m: &'m Model<'_>, ukuran: Ukuran, all: &mut Kemunculan<'m>) {
    for t in (0..m.tabel.len()).filter(|t| ukuran != Ukuran::Pagu || !m.salah_judul.contains(t)) {
        let mut sums: BTreeMap<(String, Option<Tahun>), (Muncul<'_>, bool)> = BTreeMap::new();
        let mut current: Option<&str> = None;
        let mut piece = usize::MAX;
        for (i, r) in m.rows_of(t) {
            // A new page of the table begins with its own sasaran.
            if r.potong != piece {
                piece = r.potong;
                current = None;
            }
            match r.tingkat {
                Tingkat::Sasaran => current = Some(&r.kunci_sasaran),
                Tingkat::Program => {}
                Tingkat::Tujuan | Tingkat::Total => current = None,
                _ => continue,
            }
            let Some(key) = current else { continue };
            if r.tingkat == Tingkat::Program && !r.nama_tertulis {
                continue;
            }
            for isi in r.values(ukuran) {
                let Some(nilai) = isi.angka else { continue };
                let year = isi.tahun();
                let own = r.tingkat == Tingkat::Sasaran;
                let place = Muncul { tabel: t, rekam: i, nilai, isi, dijumlahkan: false };
                sums.entry((format!("sasaran|{key}"), year))
                    .and_modify(|(sum, of_own)| {
                        // Programmes under a sasaran that has a figure of its own are its breakdown.
                        if own == *of_own {
                            sum.nilai += nilai;
                            sum.dijumlahkan = true;
                        }
                    })
                    .or_insert((place, own));
            }
        }
        for (key, (place, _)) in sums {
            all.entry(key).or_default().push(place);
        }
    }
}

/// The value that most places name; at a draw the one that stands last, since later tables are usually made from the office's own records.
pub(super) fn majority<'p, 'm>(places: &'p [Muncul<'m>]) -> Option<&'p Muncul<'m>> {
    let count = |p: &Muncul<'_>| places.iter().filter(|q| q.nilai == p.nilai).count();
    places.iter().max_by_key(|p| count(p))
}

pub(super) fn between(m: &Model<'_>, a: &'static Aturan, ukuran: Ukuran, tingkat: &[Tingkat]) -> Vec<Temuan> {
    let mut found = Vec::new();
    let sums: Option<HashSet<Decimal>> = tingkat.contains(&Tingkat::Sasaran).then(|| single_amounts(m, ukuran));
    for places in occurrences(m, ukuran, tingkat).values() {
        let Some(most) = majority(places) else { continue };
        for p in places.iter().filter(|p| (p.nilai - most.nilai).abs() > a.toleransi) {
            let explained = ukuran.is_money()
                && (slip(p.nilai, most.nilai).is_some()
                    || sums.as_ref().is_some_and(|s| s.contains(&(p.nilai - most.nilai).abs())));
            if explained {
                continue;
            }
            let r = &m.rekam[p.rekam];
            let title = format!("{} {} berbeda antartabel", ukuran.label(), r.subject(ukuran.is_money()));
            let others = places.iter().filter(|q| q.nilai == most.nilai).count();
            let right = most.side(m, ukuran);
            let why = (others > 1).then(|| format!("{others} tabel lain menyebut {}.", right.nilai));
            let finding = Temuan::new(a, title, p.side(m, ukuran)).against(right).differing(p.nilai - most.nilai);
            found.push(finding.because(why.unwrap_or_default()));
        }
    }
    found
}

/// Amounts of single nodes: what a sum may have left out.
fn single_amounts(m: &Model<'_>, ukuran: Ukuran) -> HashSet<Decimal> {
    let nodes = m.rekam.iter().filter(|r| !matches!(r.tingkat, Tingkat::Tujuan | Tingkat::Sasaran | Tingkat::Total));
    nodes.flat_map(|r| r.values(ukuran)).filter_map(|i| i.angka).filter(|x| !x.is_zero()).collect()
}

/// The first node that has an amount in a year, or in any.
fn first_of_amounts<'m>(m: &'m Model<'_>, ukuran: Ukuran) -> HashMap<(Option<Tahun>, Decimal), &'m Rekam<'m>> {
    let mut amounts = HashMap::new();
    for r in m.rekam.iter().filter(|r| !matches!(r.tingkat, Tingkat::Tujuan | Tingkat::Sasaran | Tingkat::Total)) {
        for year in r.values(ukuran).map(Isi::tahun).chain([None]) {
            if let Some(x) = r.number(ukuran, year) {
                amounts.entry((year, x)).or_insert(r);
            }
        }
    }
    amounts
}

pub(super) fn without_a_part(m: &Model<'_>, a: &'static Aturan, ukuran: Ukuran) -> Vec<Temuan> {
    let mut found = Vec::new();
    let amounts = LazyCell::new(|| first_of_amounts(m, ukuran));
    for ((key, year), places) in occurrences(m, ukuran, &[Tingkat::Sasaran]) {
        if !key.starts_with("sasaran|") {
            continue;
        }
        let Some(most) = places.iter().max_by_key(|p| p.nilai) else { continue };
        for p in places.iter().filter(|p| p.nilai < most.nilai && slip(p.nilai, most.nilai).is_none()) {
            let gap = most.nilai - p.nilai;
            let Some(part) = amounts.get(&(year, gap)) else { continue };
            found.push(
                Temuan::new(
                    a,
                    format!("{} {} tanpa {}", ukuran.label(), m.rekam[p.rekam].nama, part.nama),
                    p.side(m, ukuran),
                )
                .against(most.side(m, ukuran))
                .differing(p.nilai - most.nilai)
                .because(format!(
                    "Selisihnya tepat {} {}; tabel ini tidak menjelaskan bahwa rincian itu tidak dihitung.",
                    ukuran.label().to_lowercase(),
                    part.subject(true)
                )),
            );
        }
    }
    found
}

pub(super) fn wrong_header(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut tables: Vec<usize> = m.salah_judul.iter().copied().collect();
    tables.sort_unstable();
    let mut found = Vec::new();
    for table in tables {
        let year = m.tabel[table].tahun.or(m.tahun);
        let row = m
            .rows_of(table)
            .map(|(_, r)| r)
            .find(|r| Model::node_key(r).is_some() && r.number(Ukuran::Pagu, year).is_some());
        let Some((r, isi)) = row.and_then(|r| Some((r, r.value(Ukuran::Pagu, year)?))) else { continue };
        let key = Model::node_key(r);
        let spent = m.rekam.iter().find_map(|q| {
            let same = q.value(Ukuran::RealisasiAnggaran, year).filter(|i| i.angka == isi.angka)?;
            (Model::node_key(q) == key).then_some((q, same))
        });
        let title = format!("Kolom \"{}\" berisi realisasi anggaran, bukan pagu", isi.kolom.judul);
        let finding = Temuan::new(a, title, m.side(r, isi, "Pagu"));
        found.push(match spent {
            Some((q, i)) => finding.against(m.side(q, i, "Realisasi anggaran")),
            None => finding,
        });
    }
    found
}

/// The number that a name carries: 60,24 of "Hasil Evaluasi 60,24 - B".
fn number_in(name: &str) -> Option<(Decimal, String)> {
    let token = name
        .split_whitespace()
        .find(|w| w.len() >= 3 && w.contains(',') && w.chars().all(|c| c.is_ascii_digit() || c == ','))?;
    let value = token.replace(',', ".").parse().ok()?;
    let rest = name.replace(token, " ");
    let key: Vec<String> = words(&rest).filter(|w| w.chars().count() > 2).collect();
    Some((value, Nama::new(&key.join(" ")).key().to_owned()))
}

pub(super) fn value_in_name(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut seen: BTreeMap<String, (Decimal, usize)> = BTreeMap::new();
    let mut found = Vec::new();
    for (i, r) in m.rekam.iter().enumerate() {
        let Some((value, key)) = number_in(&r.indikator) else { continue };
        match seen.get(&key) {
            None => {
                seen.insert(key, (value, i));
            }
            Some((other, first)) if *other != value => {
                let f = &m.rekam[*first];
                found.push(
                    Temuan::new(
                        a,
                        "Nilai tahun dasar dalam nama indikator berbeda",
                        m.row_side(f, f.indikator.clone()),
                    )
                    .against(m.row_side(r, r.indikator.clone()))
                    .differing(*other - value),
                );
            }
            Some(_) => {}
        }
    }
    found.dedup_by(|x, y| x.a == y.a);
    found
}

/// A unit made comparable: "%", "Persen" and "PERSEN" are one.
pub(super) fn unit_key(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    match lower.as_str() {
        "%" | "persen" | "percent" => "%".to_owned(),
        "nilai" | "angka" | "skor" | "poin" | "point" => "nilai".to_owned(),
        _ => Nama::new(&lower.replace("dokumen", "berkas").replace("dok", "berkas")).key().to_owned(),
    }
}

pub(super) fn unit(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut by_key: BTreeMap<&str, Vec<(&Rekam<'_>, String)>> = BTreeMap::new();
    let mut units: HashMap<&str, String> = HashMap::new();
    for r in m.rekam.iter().filter(|r| !r.indikator.is_empty()) {
        let unit = units.entry(&r.satuan).or_insert_with(|| unit_key(&r.satuan)).clone();
        // In tables of money the unit is rupiah, whatever the indicator is measured in.
        if matches!(unit.as_str(), "" | "rp")
            || r.values(Ukuran::Target).next().is_none() && r.values(Ukuran::Realisasi).next().is_none()
        {
            continue;
        }
        by_key.entry(&r.kunci).or_default().push((r, unit));
    }
    let mut found = Vec::new();
    for rows in by_key.values() {
        let mut count: HashMap<&str, usize> = HashMap::new();
        rows.iter().for_each(|(_, unit)| *count.entry(unit).or_default() += 1);
        let Some((most, usual)) = rows.iter().rev().max_by_key(|(_, unit)| count[unit.as_str()]) else { continue };
        for (r, _) in rows.iter().filter(|(_, unit)| unit != usual) {
            found.push(
                Temuan::new(a, format!("Satuan {} berbeda antartabel", r.indikator), m.row_side(r, r.satuan.clone()))
                    .against(m.row_side(most, most.satuan.clone())),
            );
        }
    }
    found
}
