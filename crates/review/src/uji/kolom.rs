//! Columns known by the words of their header alone.

use rust_decimal::Decimal;

use super::kutipan::{is_negative, numbers};
use super::shown;
use crate::aturan::Aturan;
use crate::model::Model;
use crate::nama::words;
use crate::temuan::{Sisi, Temuan};

/// What [`outside`] looks for.
pub(super) struct Rentang<'a> {
    /// The words that name the measure.
    pub kata: &'a str,
    pub atas: Decimal,
    pub bawah: Decimal,
}

/// Words between a measure's name and its number in a text.
const NEAR: usize = 3;

/// Values of a measure outside its range, in columns and in sentences that name it.
pub(super) fn outside(m: &Model<'_>, a: &'static Aturan, look: &Rentang<'_>) -> Vec<Temuan> {
    let name: Vec<String> = words(look.kata).collect();
    let names = |list: &[String]| list.windows(name.len().max(1)).any(|w| w == name.as_slice());
    let finding = |x: Decimal, side: Sisi| {
        let bound = if x > look.atas { look.atas } else { look.bawah };
        let title = format!("{} {} di luar {} sampai {}", look.kata, shown(x), shown(look.bawah), shown(look.atas));
        Temuan::new(a, title, side).differing(x - bound)
    };
    let is_outside = |x: Decimal| x > look.atas || x < look.bawah;
    let mut found = Vec::new();
    let about: Vec<bool> =
        m.tabel.iter().map(|t| t.asal.kolom.iter().any(|k| names(&words(&k.judul).collect::<Vec<_>>()))).collect();
    for r in m.rekam.iter().filter(|r| about[r.potong]) {
        for (kolom, sel, x) in m.numbers_of(r).filter(|(_, _, x)| is_outside(*x)) {
            let head: Vec<String> = words(&kolom.judul).collect();
            if names(&head) {
                found.push(finding(x, Sisi::read(&sel.letak, kolom.judul.as_str(), sel.teks.trim())));
            }
        }
    }
    for (_, text, letak) in m.texts() {
        for n in numbers(text).into_iter().filter(|n| n.persen) {
            let x = if is_negative(text, &n) { -n.nilai } else { n.nilai };
            let before = n.preceding();
            let near = before.get(before.len().saturating_sub(name.len() + NEAR)..).unwrap_or_default();
            if is_outside(x) && names(near) {
                found.push(finding(x, Sisi::read(letak, "teks", format!("{}%", shown(x)))));
            }
        }
    }
    found
}
