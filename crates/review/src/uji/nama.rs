//! Names that differ between places.

use std::collections::{BTreeMap, HashMap};

use crate::aturan::{Aturan, JenisTabel, Tingkat};
use crate::kumpulan::Kumpulan;
use crate::model::{Model, Rekam, node_of};
use crate::nama::{Kecocokan, Nama};
use crate::temuan::{Keparahan, Temuan};

/// Alike in so many percent of their words: proposed as one indicator.
const PROPOSED: Kecocokan = Kecocokan::Mirip(60);

/// Indicators whose name changed a little from one table to the next that is about the same node.
pub(super) fn drifted(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut by_node: BTreeMap<String, Vec<&Rekam<'_>>> = BTreeMap::new();
    for r in m.rekam.iter().filter(|r| !r.indikator.is_empty()) {
        by_node.entry(node_of(r)).or_default().push(r);
    }
    let mut found: Vec<Temuan> = Vec::new();
    for rows in by_node.into_values() {
        let mut tables: Vec<usize> = rows.iter().map(|r| r.tabel).collect();
        tables.dedup();
        if tables.len() < 2 {
            continue;
        }
        let rows: Vec<(&Rekam<'_>, Nama)> = rows.into_iter().map(|r| (r, Nama::new(&r.indikator))).collect();
        let sequence = |t: usize| m.tabel[t].jenis == JenisTabel::Runtun;
        for (i, t) in tables.iter().enumerate() {
            // Tables over several years are a line of their own: the year's tables follow each other.
            let next = tables[i + 1..].iter().find(|n| !sequence(**n) && **n != *t);
            let last = tables[..i].iter().rev().find(|n| !sequence(**n));
            let (from, to) = match (sequence(*t), next, last) {
                (false, Some(next), _) => (*t, *next),
                (true, _, Some(last)) => (*last, *t),
                _ => continue,
            };
            found.extend(changes(m, a, &rows, from, to));
        }
    }
    found
}

fn changes(m: &Model<'_>, a: &'static Aturan, rows: &[(&Rekam<'_>, Nama)], from: usize, to: usize) -> Vec<Temuan> {
    let of = |t: usize| rows.iter().filter(move |(r, _)| r.tabel == t).cloned();
    let named = |t: usize| of(t).map(|(r, nama)| (nama, r)).collect::<Kumpulan<&Rekam<'_>>>();
    let (before, after) = (named(from), named(to));
    let free: Kumpulan<&Rekam<'_>> = after.iter().filter(|(n, _)| before.same(n).is_none()).cloned().collect();
    let mut found = Vec::new();
    for (nama, r) in before.iter().filter(|(n, _)| after.same(n).is_none()) {
        let Some((how, (_, other))) = free.best(nama, before.len(), PROPOSED) else { continue };
        let finding = Temuan::new(
            a,
            format!("{} kemungkinan sama dengan {}", r.indikator, other.indikator),
            m.row_side(r, r.indikator.clone()),
        )
        .against(m.row_side(other, other.indikator.clone()));
        found.push(match how {
            Kecocokan::Ejaan => finding.graded(Keparahan::Info).because("Hanya ejaannya yang berbeda."),
            Kecocokan::Mirip(score) => finding
                .because(format!("{score}% kata sama pada simpul yang sama; pastikan apakah ini indikator yang sama.")),
            _ => finding,
        });
    }
    found
}

/// Tujuan and sasaran that are written in two ways.
pub(super) fn nodes(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    // Kept apart by their words: names that differ in a space alone are two ways of writing one.
    let mut known: HashMap<Nama, usize> = HashMap::new();
    let mut names: Vec<(Nama, Vec<&Rekam<'_>>)> = Vec::new();
    for r in m.rekam.iter().filter(|r| r.nama_tertulis && matches!(r.tingkat, Tingkat::Tujuan | Tingkat::Sasaran)) {
        let nama = Nama::new(&r.nama);
        let at = *known.entry(nama.clone()).or_insert(names.len());
        if at == names.len() {
            names.push((nama, Vec::new()));
        }
        names[at].1.push(r);
    }
    let names: Kumpulan<Vec<&Rekam<'_>>> = names.into_iter().collect();
    let mut found = Vec::new();
    for (i, (nama, rows)) in names.iter().enumerate() {
        let near = names.near(nama, names.len()).into_iter().map(|j| (j, names.get(j)));
        let alike = near.filter(|(j, (n, other))| {
            *j != i
                && n.compare(nama) >= Kecocokan::Mirip(70)
                && (other.len() > rows.len() || other.len() == rows.len() && *j < i)
                && other[0].tingkat == rows[0].tingkat
                && !stand_together(other, rows)
        });
        let Some((_, (_, other))) = alike.max_by_key(|(_, (n, o))| (n.compare(nama), o.len())) else { continue };
        let (r, q) = (rows[0], other[0]);
        let what = if r.tingkat == Tingkat::Tujuan { "tujuan" } else { "sasaran" };
        found.push(
            Temuan::new(a, format!("Rumusan {what} berbeda antartabel"), m.row_side(r, r.nama.clone()))
                .against(m.row_side(q, q.nama.clone()))
                .because(format!("\"{}\" di {} tempat, \"{}\" di {} tempat.", q.nama, other.len(), r.nama, rows.len())),
        );
    }
    found
}

/// Two names that stand in one table beside each other are two things.
fn stand_together(a: &[&Rekam<'_>], b: &[&Rekam<'_>]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.tabel == y.tabel && x.indikator != y.indikator))
}

/// A code that names different things.
pub(super) fn codes(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut first: HashMap<&str, &Rekam<'_>> = HashMap::new();
    let mut found = Vec::new();
    for r in m.rekam.iter().filter(|r| r.kode_tertulis && r.nama_tertulis) {
        let Some(kode) = r.kode.as_deref() else { continue };
        let other = *first.entry(kode).or_insert(r);
        if other.nama != r.nama && Nama::new(&other.nama).compare(&Nama::new(&r.nama)) < Kecocokan::Mirip(60) {
            found.push(
                Temuan::new(a, format!("Kode {kode} bernama lain"), m.row_side(r, r.nama.clone()))
                    .against(m.row_side(other, other.nama.clone())),
            );
        }
    }
    found
}
