//! A sentence that gives an indicator a number, and what the tables say of that indicator.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use tolok_domain::bacaan::{Letak, PeranKolom};

use super::antartabel::unit_key;
use super::kutipan::{Kutipan, numbers, sentences};
use super::shown;
use crate::aturan::{Aturan, Ukuran};
use crate::model::{Model, Rekam};
use crate::nama::{Nama, words};
use crate::temuan::{Sisi, Temuan};

/// Words right before the number that give it to what was named before.
const SAYS: [&str; 6] = ["adalah", "sebesar", "sebanyak", "sejumlah", "mencapai", "yaitu"];

/// Words between name and number after which it is the number of something else.
const ELSE: [&str; 20] = [
    "target",
    "ditargetkan",
    "direncanakan",
    "capaian",
    "capaiannya",
    "naik",
    "kenaikan",
    "meningkat",
    "peningkatan",
    "turun",
    "menurun",
    "penurunan",
    "berkurang",
    "bertambah",
    "selisih",
    "kurang",
    "lebih",
    "lalu",
    "sebelumnya",
    "rata",
];

/// Shorter names stand in too many sentences.
const WORDS: usize = 2;

/// Indicators by their names, with the rows that speak of them.
fn indicators<'m>(m: &'m Model<'_>) -> Vec<(Nama, Vec<&'m Rekam<'m>>)> {
    let mut by_key: BTreeMap<String, (Nama, Vec<&Rekam<'_>>)> = BTreeMap::new();
    for r in m.rekam.iter().filter(|r| !r.indikator.is_empty()) {
        let nama = Nama::without_numbers(&r.indikator);
        if nama.len() >= WORDS {
            by_key.entry(nama.key().to_owned()).or_insert_with(|| (nama, Vec::new())).1.push(r);
        }
    }
    let mut all: Vec<_> = by_key.into_values().collect();
    // "Jumlah kasus selesai" is not "Jumlah kasus".
    all.sort_by_key(|(nama, _)| std::cmp::Reverse(nama.len()));
    all
}

/// Words between the name and the number, and words before the name that could make it something else ("kenaikan jumlah kasus").
const BETWEEN: usize = 6;
const BEFORE: usize = 2;

/// Numbers of a sentence that something is said to be, with the words before that.
fn said(sentence: &str) -> impl Iterator<Item = (Kutipan<'_>, Vec<String>)> {
    numbers(sentence).into_iter().filter(|n| !n.rupiah).filter_map(|n| {
        let mut before = n.preceding();
        before.pop().filter(|w| SAYS.contains(&w.as_str())).map(|_| (n, before))
    })
}

/// Which of the indicators the words name right at their end, or a few words before.
fn named<'k, 'm>(words: &[String], known: &'k [(Nama, Vec<&'m Rekam<'m>>)]) -> Option<&'k [&'m Rekam<'m>]> {
    let other = |list: &[String]| list.iter().any(|w| ELSE.contains(&w.as_str()));
    (0..=words.len().min(BETWEEN)).find_map(|skip| {
        let (head, tail) = words.split_at(words.len() - skip);
        let whole = Nama::new(&head.join(" "));
        let (nama, rows) = known.iter().find(|(nama, _)| whole.ends_with(nama))?;
        let begins = |at: &usize| Nama::new(&head[*at..].join(" ")).key() == nama.key();
        let start = (0..head.len()).rev().find(begins)?;
        let turned = other(tail) || other(&head[start.saturating_sub(BEFORE)..start]);
        (!turned).then_some(rows.as_slice())
    })
}

/// Whether a number of the tables is the one of the sentence, as far as that was printed.
fn is_it(said: Decimal, stands: Decimal) -> bool {
    stands.round_dp(said.scale()) == said || stands == said
}

pub(super) fn numbers_of_indicators(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let known = indicators(m);
    let mut found = Vec::new();
    for (_, text, letak) in m.texts() {
        for sentence in sentences(text) {
            let claim = said(sentence).find_map(|(n, before)| Some((named(&before, &known)?, n)));
            found.extend(claim.and_then(|(rows, n)| differs(m, a, letak, rows, &n)));
        }
    }
    found
}

fn differs(m: &Model<'_>, a: &'static Aturan, letak: &Letak, rows: &[&Rekam<'_>], n: &Kutipan<'_>) -> Option<Temuan> {
    let names_it = |k: PeranKolom| matches!(k, PeranKolom::Nomor | PeranKolom::Kode);
    let stands = rows.iter().any(|r| {
        let mut cells = m.numbers_of(r).filter(|(kolom, ..)| !names_it(kolom.peran));
        cells.any(|(_, _, x)| is_it(n.nilai, x)) || r.isi.iter().filter_map(|i| i.angka).any(|x| is_it(n.nilai, x))
    });
    if stands {
        return None;
    }
    // A share whose row counts something stands in the column of percentages.
    let share = |r: &Rekam<'_>| {
        let named = words(&r.indikator).next().is_some_and(|w| w == "persentase" || w == "prosentase");
        (n.persen || named) && unit_key(&r.satuan) != "%"
    };
    let (r, ukuran, isi) = rows.iter().find_map(|r| {
        let ukuran = if share(r) { Ukuran::Capaian } else { Ukuran::Realisasi };
        let isi = r.value(ukuran, m.tahun).filter(|i| i.angka.is_some() && i.is_whole_year())?;
        Some((*r, ukuran, isi))
    })?;
    let unit = if n.persen { "%" } else { "" };
    let side = Sisi::read(letak, "teks", format!("{}{unit}", n.teks));
    let right = isi.angka?;
    Some(
        Temuan::new(a, format!("Teks menyebut {}{unit} untuk {}, tabel tidak", shown(n.nilai), r.indikator), side)
            .against(m.side(r, isi, ukuran.label()))
            .differing(n.nilai - right),
    )
}
