//! What holds for every text and every formula.

use proptest::prelude::*;

use super::super::fraction::Pecahan;
use super::super::lexer::MOST_CHARS;
use super::super::parser::MOST_DIGITS;
use super::super::syntax::{Ekspresi, FungsiPeriode, Operator, Pilihan, Tingkat};
use super::*;

fn any_decimal() -> impl Strategy<Value = Decimal> {
    (any::<[u32; 3]>(), any::<bool>(), 0..=28_u32, 0..=95_u32).prop_map(|([lo, mid, hi], negative, scale, shift)| {
        let mantissa = (u128::from(hi) << 64 | u128::from(mid) << 32 | u128::from(lo)) >> shift;
        let mantissa = i128::try_from(mantissa).expect("96 bits");
        Decimal::from_i128_with_scale(if negative { -mantissa } else { mantissa }, scale)
    })
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-d]", "[a-z_][a-z0-9_]{0,5}"]
}

fn any_operator(tingkat: Tingkat) -> impl Strategy<Value = Operator> {
    match tingkat {
        Tingkat::Jumlah => prop_oneof![Just(Operator::Tambah), Just(Operator::Kurang)],
        Tingkat::Kali => prop_oneof![Just(Operator::Kali), Just(Operator::Bagi)],
    }
}

fn any_expression() -> impl Strategy<Value = Ekspresi> {
    let series = prop_oneof![Just(FungsiPeriode::Jumlah), Just(FungsiPeriode::Rata), Just(FungsiPeriode::Terakhir)];
    let leaf = prop_oneof![
        any_decimal().prop_map(|x| Ekspresi::Bilangan(x.abs())),
        any_name().prop_map(Ekspresi::Variabel),
        (series, any_name()).prop_map(|(fungsi, nama)| Ekspresi::Periode(fungsi, nama)),
    ];
    leaf.prop_recursive(5, 30, 4, |inner| {
        let level = prop_oneof![Just(Tingkat::Jumlah), Just(Tingkat::Kali)];
        let item = inner.clone();
        let chain = level.prop_flat_map(move |tingkat| {
            let rest = prop::collection::vec((any_operator(tingkat), item.clone()), 1..4);
            (Just(tingkat), item.clone(), rest)
        });
        let choice = prop_oneof![Just(Pilihan::Min), Just(Pilihan::Maks)];
        prop_oneof![
            4 => chain.prop_map(|(tingkat, awal, lanjut)| Ekspresi::Rantai { tingkat, awal: Box::new(awal), lanjut }),
            1 => inner.clone().prop_map(|x| Ekspresi::Negatif(Box::new(x))),
            1 => (choice, prop::collection::vec(inner.clone(), 2..4)).prop_map(|(p, isi)| Ekspresi::Pilihan(p, isi)),
            1 => (inner.clone(), 0..=MOST_DIGITS).prop_map(|(x, n)| Ekspresi::Bulat(Box::new(x), n)),
            1 => (inner.clone(), inner).prop_map(|(x, y)| Ekspresi::BilaKosong(Box::new(x), Box::new(y))),
        ]
    })
}

fn any_data() -> impl Strategy<Value = Data> {
    let values = prop::collection::vec(prop::option::of(any_decimal()), 0..5);
    prop::collection::btree_map(any_name(), values, 0..8).prop_map(Data)
}

proptest! {
    #[test]
    fn parse_never_panics(text in any::<String>()) {
        let _ = Rumus::parse(&text);
    }

    #[test]
    fn parse_and_evaluate_never_panic_on_nearly_a_formula(
        text in "(min\\(|bulat\\(|jumlah\\(|bila_kosong\\(|[a-c0-9,;%()+*/ -]){0,40}",
        data in any_data(),
    ) {
        if let Ok(rumus) = Rumus::parse(&text) {
            rumus.evaluate(&data);
            prop_assert_eq!(Rumus::parse(&rumus.to_string()), Ok(rumus));
        }
    }

    #[test]
    fn canonical_text_reads_back(pohon in any_expression(), persen in any::<bool>()) {
        let rumus = Rumus { pohon, persen };
        let text = rumus.to_string();
        if text.chars().filter(|c| !c.is_whitespace()).count() <= MOST_CHARS {
            prop_assert_eq!(Rumus::parse(&text), Ok(rumus), "{}", text);
        }
    }

    #[test]
    fn evaluate_never_panics_and_names_what_is_missing(pohon in any_expression(), data in any_data()) {
        let rumus = Rumus { pohon, persen: false };
        if let Err(TanpaHasil::TidakAdaData { variabel }) = rumus.evaluate(&data).nilai {
            prop_assert!(!variabel.is_empty());
            for nama in &variabel {
                prop_assert!(rumus.variables().contains(&nama.as_str()));
                prop_assert_eq!(data.value(nama), None);
            }
        }
    }

    #[test]
    fn a_decimal_survives_as_a_fraction(x in any_decimal(), y in any_decimal()) {
        prop_assert_eq!(Pecahan::from(x).to_decimal(), x);
        prop_assert_eq!(Pecahan::from(x).cmp(&Pecahan::from(y)), x.cmp(&y));
    }

    #[test]
    fn fractions_of_ordinary_numbers_are_exact(a in -1_000_000..1_000_000_i64, b in 1..1_000_000_i64, c in 1..1_000_000_i64) {
        let [a, b, c] = [a, b, c].map(|x| Pecahan::from(Decimal::from(x)));
        let quotient = a.divide(b);
        prop_assert_eq!(quotient.and_then(|x| x.multiply(b)), Some(a));
        prop_assert_eq!(quotient.and_then(|x| x.add(c)).and_then(|x| x.subtract(c)), quotient);
    }
}
