//! Any text: reading a formula and computing it never panics, and its canonical text reads back as the same formula.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tolok_domain::formula::{Rumus, SumberVariabel};
use tolok_domain::{Decimal, Periode};

/// Values that follow from the variable's name alone: missing, zero, negative, tiny and the largest.
struct Sumber;

fn value(nama: &str, turn: usize) -> Option<Decimal> {
    match (nama.bytes().map(usize::from).sum::<usize>() + turn) % 6 {
        0 => None,
        1 => Some(Decimal::ZERO),
        2 => Some(Decimal::MAX),
        3 => Some(Decimal::new(1, 28)),
        4 => Some(Decimal::new(-7, 1)),
        _ => Some(Decimal::from(3)),
    }
}

impl SumberVariabel for Sumber {
    fn value(&self, nama: &str) -> Option<Decimal> {
        value(nama, 0)
    }

    fn series(&self, nama: &str) -> Vec<(Periode, Option<Decimal>)> {
        let quarters = Periode::quarters(2021).into_iter().take(nama.len() % 5).enumerate();
        quarters.map(|(turn, periode)| (periode, value(nama, turn))).collect()
    }
}

fuzz_target!(|text: &str| {
    if let Ok(rumus) = Rumus::parse(text) {
        rumus.evaluate(&Sumber);
        assert_eq!(Rumus::parse(&rumus.to_string()), Ok(rumus));
    }
});
