//! Reading and writing together: the collected cases, and laws that hold for every number.

use proptest::prelude::*;
use rstest::rstest;
use rust_decimal::{Decimal, dec};

use super::*;
use crate::value::{Nilai, Rupiah, TipeNilai};

const INDONESIA: Konteks = Konteks::indonesia();
const ANY: Konteks = Konteks { gaya: None, kurung_negatif: false, bulat: false };
const COUNTS: Konteks = Konteks { bulat: true, ..ANY };

fn number(text: &str, ctx: &Konteks) -> Decimal {
    match read(text, ctx) {
        Ok(Terbaca { isi: Isi::Bilangan(x), .. }) => x,
        other => panic!("{text:?}: {other:?}"),
    }
}

#[rstest]
#[case::c002("1922", COUNTS, dec!(1922))]
#[case::c002("1.924", COUNTS, dec!(1924))]
#[case::c002("3.351", COUNTS, dec!(3351))]
#[case::c002("1051", COUNTS, dec!(1051))]
#[case::c002("1.288", COUNTS, dec!(1288))]
#[case::c005("7328.707475", ANY, dec!(7328.707475))]
#[case::c005("9,073.45", ANY, dec!(9073.45))]
#[case::c005("24,507.46", ANY, dec!(24507.46))]
#[case::c005("7,7", ANY, dec!(7.7))]
#[case::c007("1.000", INDONESIA, dec!(1000))]
#[case::c008("Rp1.355,90", ANY, dec!(1355.90))]
#[case::c010("1,49 (21 km)", ANY, dec!(1.49))]
#[case::c010("1,81 (25,478 km)", ANY, dec!(1.81))]
#[case::c011("91,55 Milyar kend-km", ANY, dec!(91_550_000_000))]
#[case::c011("97,56Milyar", ANY, dec!(97_560_000_000))]
#[case::c012("5 juta", ANY, dec!(5_000_000))]
#[case::c012("2,5 juta", ANY, dec!(2_500_000))]
#[case::c013("0,9 Angka", ANY, dec!(0.9))]
#[case::c013("100,00 Persen", ANY, dec!(100))]
#[case::c013("4,47 persen", ANY, dec!(4.47))]
#[case::c018("30.167", INDONESIA, dec!(30167))]
#[case::c019("\u{2212}1.250,00", ANY, dec!(-1250.00))]
#[case::c021("1.2000000000000000e+006", ANY, dec!(1_200_000))]
#[case::c023("40775880\t", ANY, dec!(40775880))]
#[case::c024("9,154", Konteks::inggris(), dec!(9154))]
#[case::c024("6,318,563,994", Konteks::inggris(), dec!(6_318_563_994))]
#[case::c133("1.234.567,89", ANY, dec!(1234567.89))]
#[case::c119("Rp 440.768.000,- (empat ratus empat puluh juta ... ribu rupiah)", ANY, dec!(440_768_000))]
fn collected_cases(#[case] text: &str, #[case] ctx: Konteks, #[case] expected: Decimal) {
    assert_eq!(number(text, &ctx), expected, "{text}");
}

#[rstest]
#[case("7.851.608.419", dec!(7_851_608_419))]
#[case("90,95", dec!(90.95))]
#[case("1.500.000,50", dec!(1500000.50))]
#[case("Rp. 5.000,-", dec!(5000))]
#[case("Rp. 71.366,000,-", dec!(71366))]
#[case("-Rp500", dec!(-500))]
#[case("Rp -500", dec!(-500))]
#[case("98,13%", dec!(98.13))]
#[case("9,16 %", dec!(9.16))]
#[case("-1250", dec!(-1250))]
#[case("1,2 juta", dec!(1_200_000))]
#[case("97,56 Miliar", dec!(97_560_000_000))]
#[case("71.366,000", dec!(71366.000))]
#[case("0,325", dec!(0.325))]
#[case("\u{a0}12\u{202f}orang\u{a0}", dec!(12))]
#[case("1,2E+06", dec!(1_200_000))]
#[case("1.5e-3", dec!(0.0015))]
#[case("5 (lima) orang", dec!(5))]
#[case("66,24 - B", dec!(66.24))]
#[case("95 per 100.000 KH", dec!(95))]
#[case("5 km2", dec!(5))]
#[case("-0", dec!(0))]
fn indonesian_cells(#[case] text: &str, #[case] expected: Decimal) {
    assert_eq!(number(text, &INDONESIA), expected, "{text}");
}

#[test]
fn what_stands_beside_a_number_is_kept() {
    let read = |text| read(text, &INDONESIA).expect(text);
    let cell = read("91,55 Milyar kend-km");
    assert_eq!((cell.skala, cell.satuan.as_str()), (Some(Skala::Miliar), "kend-km"));
    assert_eq!(read("1,81 (25,478 km)").catatan, "25,478 km");
    let cell = read("4,47 persen");
    assert_eq!((cell.persen, cell.satuan.as_str()), (true, "Persen"));
    let cell = read("5 (lima) orang");
    assert_eq!((cell.satuan.as_str(), cell.catatan.as_str()), ("orang", "lima"));
    assert_eq!(read("0,9 Angka").satuan, "Angka");
    assert_eq!(read("66,24 - B").catatan, "B");
    assert!(read("5 juta rupiah").rupiah && read("Rp5").rupiah && !read("5").rupiah);
    assert_eq!(read("30.167 (30.192)").catatan, "30.192", "C018");
}

#[rstest]
#[case("≥95", Batas::PalingSedikit)]
#[case(">= 95", Batas::PalingSedikit)]
#[case("minimal 95", Batas::PalingSedikit)]
#[case("≤95", Batas::PalingBanyak)]
#[case("<=95", Batas::PalingBanyak)]
#[case(">95", Batas::LebihDari)]
#[case("< 95", Batas::KurangDari)]
#[case("kurang dari 95%", Batas::KurangDari)]
fn bounds(#[case] text: &str, #[case] expected: Batas) {
    assert_eq!(read(text, &INDONESIA).expect(text).batas, Some(expected));
    assert_eq!(number(text, &INDONESIA), dec!(95));
}

#[rstest]
#[case("5-7", dec!(5), dec!(7))]
#[case("5 – 7 org", dec!(5), dec!(7))]
#[case("80..90", dec!(80), dec!(90))]
#[case("60% - 85%", dec!(60), dec!(85))]
#[case("5-7 juta", dec!(5_000_000), dec!(7_000_000))]
#[case("-5..-3", dec!(-5), dec!(-3))]
#[case("5 s.d. 7", dec!(5), dec!(7))]
#[case("5 s.d 7", dec!(5), dec!(7))]
#[case("5 sampai dengan 7", dec!(5), dec!(7))]
fn ranges(#[case] text: &str, #[case] bawah: Decimal, #[case] atas: Decimal) {
    assert_eq!(read(text, &INDONESIA).expect(text).isi, Isi::Rentang { bawah, atas });
}

#[rstest]
#[case("28/35", dec!(28), dec!(35), "", "")]
#[case("28 / 35", dec!(28), dec!(35), "", "")]
#[case::c058("100 dari 110 Organisasi Kepemudaan", dec!(100), dec!(110), "Organisasi Kepemudaan", "")]
#[case("28/35×100%", dec!(28), dec!(35), "", "×100%")]
#[case::c003("36.743 / 39.834 x 100 = 92.22", dec!(36743), dec!(39834), "", "x 100 = 92.22")]
fn fractions(#[case] text: &str, #[case] n: Decimal, #[case] d: Decimal, #[case] unit: &str, #[case] remark: &str) {
    let cell = read(text, &INDONESIA).expect(text);
    assert_eq!(cell.isi, Isi::Pecahan { n, d });
    assert_eq!((cell.satuan.as_str(), cell.catatan.as_str()), (unit, remark));
}

#[rstest]
#[case("", Isi::Kosong(Kosong::Kosong))]
#[case("\t\u{a0}\u{200b}", Isi::Kosong(Kosong::Kosong))]
#[case::c079("-", Isi::Kosong(Kosong::Strip))]
#[case("—", Isi::Kosong(Kosong::Strip))]
#[case::c073("n/a", Isi::Kosong(Kosong::TidakAda))]
#[case::c077("NA", Isi::Kosong(Kosong::TidakAda))]
#[case("BB", Isi::Predikat("BB".into()))]
#[case("A-", Isi::Predikat("A-".into()))]
#[case("WTP", Isi::Predikat("WTP".into()))]
fn cells_without_number(#[case] text: &str, #[case] expected: Isi) {
    assert_eq!(read(text, &ANY).expect(text).isi, expected);
}

#[rstest]
#[case::c007("1.000", dec!(1000), dec!(1.000))]
#[case("1,234", dec!(1234), dec!(1.234))]
#[case("-1.234 juta", dec!(-1_234_000_000), dec!(-1_234_000))]
fn one_separator_and_three_digits_are_ambiguous(#[case] text: &str, #[case] ribuan: Decimal, #[case] desimal: Decimal) {
    match read(text, &ANY) {
        Err(GalatAngka::Ambigu { ribuan: r, desimal: d, .. }) => assert_eq!((r, d), (ribuan, desimal)),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn style_or_counts_decide_what_is_ambiguous() {
    assert_eq!(number("1,234", &INDONESIA), dec!(1.234));
    assert_eq!(number("1.234", &Konteks::inggris()), dec!(1.234));
    assert_eq!(number("1,234", &COUNTS), dec!(1234));
    // A scale word says that the number is not counted out.
    let scaled = Konteks { bulat: true, ..INDONESIA };
    assert_eq!(number("1,234 juta", &scaled), dec!(1_234_000));
    assert!(matches!(read("1,234 juta", &COUNTS), Err(GalatAngka::Ambigu { .. })));
    let contradiction = read("1,234", &Konteks { bulat: true, ..INDONESIA });
    assert!(matches!(contradiction, Err(GalatAngka::Ambigu { .. })), "{contradiction:?}");
}

#[test]
fn an_ambiguous_number_is_shown_in_both_readings() {
    let message = read("1.234", &ANY).expect_err("ambiguous").to_string();
    assert!(message.contains("tulis 1234 bila ribuan atau 1,2340 bila desimal"), "{message}");
}

#[rstest]
#[case("71,366,000", "71.366.000")]
#[case("0.325", "0,325")]
#[case("61.45", "61,45")]
#[case("9,073.45", "9.073,45")]
#[case("61.45 Persen", "61,45")]
fn english_style_is_refused_with_the_indonesian_form(#[case] text: &str, #[case] suggestion: &str) {
    let error = read(text, &INDONESIA).expect_err(text);
    assert!(matches!(error, GalatAngka::GayaLain { gaya: Gaya::Indonesia, .. }), "{error:?}");
    let message = error.to_string();
    assert!(message.contains("bergaya Inggris") && message.ends_with(&format!("tulis {suggestion}")), "{message}");
}

#[test]
fn parentheses_are_negative_only_where_that_is_known() {
    let statements = Konteks { kurung_negatif: true, ..INDONESIA };
    assert_eq!(number("(53,88)", &statements), dec!(-53.88));
    assert_eq!(number("(53,88)%", &statements), dec!(-53.88));
    assert_eq!(number("Rp (5.000,00)", &statements), dec!(-5000.00));
    let error = read("(30.192)", &INDONESIA).expect_err("C018");
    assert!(error.to_string().contains("berkurung"), "{error}");
}

#[rstest]
#[case("banyak")]
#[case("(21 km)")]
#[case("5 (lima) 6")]
#[case("7 dan 15964500")]
#[case("7 program, 28 kegiatan")]
#[case("25/02/2021")]
#[case("2021-02-25")]
#[case("85-60")]
#[case("5/7 juta")]
#[case("100.")]
#[case("--5")]
#[case("-Rp-5")]
#[case::c159("1229\n9")]
#[case::c159("140 56")]
#[case::c161("11.445.699.70")]
#[case::c157("928.573.941.8")]
#[case("1.2.3e5")]
#[case("٣")]
fn no_number_or_more_than_one(#[case] text: &str) {
    for ctx in [ANY, INDONESIA] {
        let result = read(text, &ctx);
        assert!(matches!(result, Err(GalatAngka::BukanAngka { .. })), "{text:?}: {result:?}");
    }
}

#[rstest]
#[case("123456789012345678901234567890")]
#[case("0,12345678901234567890123456789")]
#[case("1e29")]
#[case("1e-29")]
#[case("1e99999999999")]
#[case("79228162514264337593543950335 triliun")]
fn more_digits_than_can_be_kept(#[case] text: &str) {
    let result = read(text, &INDONESIA);
    assert!(matches!(result, Err(GalatAngka::TerlaluBesar { .. })), "{text}: {result:?}");
}

#[test]
fn messages_stay_short() {
    let message = read(&"x".repeat(100_000), &ANY).expect_err("not a number").to_string();
    assert!(message.len() < 400, "{}", message.len());
}

fn decimals() -> impl Strategy<Value = Decimal> {
    let any = (any::<i64>(), any::<u32>(), 0..=28_u32, any::<bool>());
    any.prop_map(|(high, low, scale, small)| {
        let mantissa = if small { i128::from(high >> 40) } else { (i128::from(high) << 32) | i128::from(low) };
        Decimal::from_i128_with_scale(mantissa, scale)
    })
}

fn values() -> impl Strategy<Value = Nilai> {
    prop_oneof![
        decimals().prop_map(Nilai::Bilangan),
        decimals().prop_map(Nilai::Persen),
        (decimals(), decimals()).prop_map(|(n, d)| Nilai::Rasio { n, d }),
        (decimals(), decimals()).prop_map(|(a, b)| Nilai::Rentang { bawah: a.min(b), atas: a.max(b) }),
        "(AA|A-?|BB|WTP|[A-Z][a-z]{2,8} [A-Z][a-z]{2,8})".prop_map(Nilai::Predikat),
        any::<bool>().prop_map(Nilai::Dokumen),
        any::<i64>().prop_map(|sen| Nilai::Uang(Rupiah::from_sen(sen))),
    ]
}

/// Texts made of the pieces that numbers are made of: these reach further than random characters.
fn number_like() -> impl Strategy<Value = String> {
    let pieces = [
        "0", "1", "23", "456", ".", ",", "..", "-", "−", "–", "(", ")", "%", " ", "Rp", "Rp.", ",-", "e+", "E", "/",
        "dari ", "juta", "M", "≥", "<", "\u{a0}", "\u{200b}", "x", "×", "per ", "é", "BB", "n/a",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..12).prop_map(|pieces| pieces.concat())
}

fn contexts() -> impl Strategy<Value = Konteks> {
    let gaya = prop_oneof![Just(None), Just(Some(Gaya::Indonesia)), Just(Some(Gaya::Inggris))];
    (gaya, any::<bool>(), any::<bool>()).prop_map(|(gaya, kurung_negatif, bulat)| Konteks {
        gaya,
        kurung_negatif,
        bulat,
    })
}

proptest! {
    #[test]
    fn numbers_read_back(x in decimals()) {
        for text in [write_plain(x), write_decimal(x, None)] {
            let back = number(&text, &INDONESIA);
            prop_assert_eq!(back, x, "{}", &text);
            prop_assert_eq!(back.scale(), x.scale(), "{}", &text);
        }
    }

    #[test]
    fn plain_texts_are_written_as_they_were(text in "-?[1-9][0-9]{0,14}(,[0-9]{1,9})?") {
        prop_assert_eq!(write_plain(number(&text, &INDONESIA)), text);
    }

    #[test]
    fn reader_texts_are_written_as_they_were(text in r"-?[1-9][0-9]{0,2}(\.[0-9]{3}){0,4}(,[0-9]{1,9})?") {
        prop_assert_eq!(write_decimal(number(&text, &INDONESIA), None), text);
    }

    #[test]
    fn values_read_back(v in values()) {
        let tipe = v.tipe().expect("known");
        prop_assert_eq!(parse_value(&write_value_plain(&v), tipe, &INDONESIA), Ok(v.clone()));
        // Readers are shown computed numbers shortened; what a person enters reads back from their form as well.
        let parts = match &v {
            Nilai::Bilangan(x) | Nilai::Persen(x) => vec![*x],
            Nilai::Rasio { n, d } => vec![*n, *d],
            Nilai::Rentang { bawah, atas } => vec![*bawah, *atas],
            _ => Vec::new(),
        };
        if parts.iter().all(|x| x.scale() <= 4) {
            prop_assert_eq!(parse_value(&write_value(&v), tipe, &INDONESIA), Ok(v.clone()));
        }
    }

    #[test]
    fn money_reads_back(sen in any::<i64>()) {
        let v = Rupiah::from_sen(sen);
        prop_assert_eq!(parse_value(&write_rupiah(v), TipeNilai::Uang, &INDONESIA), Ok(Nilai::Uang(v)));
    }

    #[test]
    fn nothing_panics(text in prop_oneof![any::<String>(), number_like()], ctx in contexts()) {
        if let Err(error) = read(&text, &ctx) {
            prop_assert!(!error.to_string().is_empty());
        }
        for tipe in TipeNilai::ALL {
            if let Err(error) = parse_value(&text, tipe, &ctx) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
        detect_style([&text]);
    }

    #[test]
    fn a_range_never_runs_backwards(text in number_like()) {
        if let Ok(Terbaca { isi: Isi::Rentang { bawah, atas }, .. }) = read(&text, &INDONESIA) {
            prop_assert!(bawah <= atas);
        }
    }
}
