//! What is written is what is read.

use proptest::prelude::*;
use tolok_domain::number::{Konteks, parse_value};
use tolok_domain::{Decimal, Nilai, Periode, Rupiah};

use super::*;

fn only(bytes: &[u8]) -> BarisDibaca {
    let rows = outcome(bytes).expect("a good sheet");
    let [row] = &rows[..] else { panic!("one row: {rows:?}") };
    row.clone()
}

#[test]
fn a_sheet_that_nobody_touched_says_nothing_new() {
    let isian = read(&workbook()).expect("a good sheet");
    assert_eq!(isian.instansi_kode, "disnakertrans-serang");
    assert_eq!((isian.tahun, isian.periode, isian.versi), (2021, Periode::Triwulan(2021, 3), 12));
    assert_eq!(isian.baris, []);
}

#[test]
fn a_sheet_without_rows_is_read() {
    let bytes = render(&sheet(Vec::new()), Kertas::A4).expect("a workbook");
    assert_eq!(outcome(&bytes), Ok(Vec::new()));
}

#[test]
fn the_sheet_says_for_whom_it_was_made() {
    let isian = read(&workbook()).expect("a good sheet");
    assert_eq!(isian.check_made_for("disnakertrans-serang", 2021, Periode::Triwulan(2021, 3)), None);
    let wrong = |kode: &str, tahun, periode| isian.check_made_for(kode, tahun, periode).expect("a fault").to_string();
    let message = wrong("disnakertrans-serang", 2021, Periode::Triwulan(2021, 4));
    assert!(
        message.starts_with("Isian!A1: lembar ini untuk disnakertrans-serang, Triwulan III 2021, padahal"),
        "{message}"
    );
    assert!(wrong("dinkes-serang", 2021, Periode::Triwulan(2021, 3)).contains("dinkes-serang"));
    assert!(wrong("disnakertrans-serang", 2022, Periode::Triwulan(2021, 3)).contains("rencana 2022"));
}

#[test]
fn texts_typed_by_hand_are_read() {
    for (tipe, text, nilai) in [
        (TipeNilai::Bilangan, "71.366.000", "71366000"),
        (TipeNilai::Bilangan, " 40,98 ", "40,98"),
        (TipeNilai::Persen, "98,13%", "98,13"),
        (TipeNilai::Rasio, "28 dari 35", "28/35"),
        (TipeNilai::Rentang, "60 - 85", "60..85"),
        (TipeNilai::Rentang, "75,87", "75,87"),
        (TipeNilai::Predikat, "bb", "BB"),
        (TipeNilai::Dokumen, "Ada", "ada"),
        (TipeNilai::Uang, "Rp7.851.608.419", "7851608419"),
    ] {
        let cell = cell_of(tipe);
        let row = only(&typed(&workbook(), &cell, text));
        assert_eq!((row.nilai.as_str(), row.sel), (nilai, format!("Isian!{cell}")), "{text}");
        assert_eq!(row.kunci, format!("indikator|{}|realisasi|", tipe.as_str()));
    }
}

#[test]
fn numbers_are_what_the_cell_shows() {
    for (tipe, stored, nilai) in [
        (TipeNilai::Bilangan, "1051", "1051"),
        (TipeNilai::Bilangan, "0.30000000000000004", "0,3"),
        (TipeNilai::Bilangan, "-2.5E-3", "-0,0025"),
        (TipeNilai::Persen, "0.98129999999999995", "98,13"),
        (TipeNilai::Persen, "1.2E-2", "1,2"),
        (TipeNilai::Persen, "0", "0"),
        (TipeNilai::Persen, "10", "1000"),
        (TipeNilai::Rentang, "75.87", "75,87"),
        (TipeNilai::Dokumen, "1", "ada"),
        (TipeNilai::Uang, "7851608419", "7851608419"),
        (TipeNilai::Uang, "1234.5", "1234,5"),
    ] {
        assert_eq!(only(&number(&workbook(), &cell_of(tipe), stored)).nilai, nilai, "{stored}");
    }
}

#[test]
fn numbers_at_the_edge_of_what_a_cell_holds_come_back() {
    let numbers = ["9999999999999.9", "9999999999999.99", "98765432109876.5", "999999999999999", "9999999999999999"];
    for number in numbers.map(|text| text.parse::<Decimal>().expect("a number")) {
        for sign in [Decimal::ONE, -Decimal::ONE] {
            let nilai = Nilai::Bilangan(number * sign);
            let bytes = render(
                &sheet(vec![BarisIsian { nilai: Some(nilai.clone()), ..row("a", nilai.tipe().expect("known")) }]),
                Kertas::F4,
            );
            let read = only(&bytes.expect("a workbook")).nilai;
            assert_eq!(parse_value(&read, TipeNilai::Bilangan, &Konteks::indonesia()), Ok(nilai));
        }
    }
}

#[test]
fn a_percentage_pasted_into_its_cell_is_read_by_its_format() {
    let cell = cell_of(TipeNilai::Persen);
    // 0 is General, 2 is 0.00, 9 is 0%, 10 is 0.00%.
    for (format, stored, nilai) in [(0, "98.13", "98,13"), (2, "-5.5", "-5,5"), (9, "0.98", "98"), (10, "0.004", "0,4")]
    {
        assert_eq!(only(&formatted(&workbook(), &cell, format, stored)).nilai, nilai);
    }
}

#[test]
fn remarks_are_read_with_or_without_a_value() {
    let bytes = typed(&workbook(), "G7", "kosong karena survei BPS belum terbit");
    let bytes = typed(&bytes, "H7", " = hambatan\nbaris kedua ");
    let bytes = number(&bytes, "I7", "2022");
    let row = only(&bytes);
    assert_eq!(row.nilai, "");
    assert_eq!(row.keterangan, "kosong karena survei BPS belum terbit");
    assert_eq!(row.hambatan, "= hambatan\nbaris kedua");
    assert_eq!(row.tindak_lanjut, "2022");
}

#[test]
fn the_reason_beside_no_value_becomes_the_remark() {
    let bytes = typed(&workbook(), "F7", "belum ada (survei berjalan)");
    assert_eq!(only(&bytes).keterangan, "survei berjalan");
    assert_eq!(only(&typed(&bytes, "G7", "terbit Maret")).keterangan, "survei berjalan; terbit Maret");
    assert_eq!(outcome(&typed(&workbook(), "F7", "-")), Ok(Vec::new()));
}

#[test]
fn a_row_that_was_emptied_is_not_filled_in() {
    let bytes = render(
        &sheet(vec![BarisIsian {
            nilai: Some(Nilai::Bilangan(Decimal::TEN)),
            keterangan: "lama".into(),
            ..row("a", TipeNilai::Bilangan)
        }]),
        Kertas::F4,
    );
    let bytes = bytes.expect("a workbook");
    assert_eq!(only(&bytes).nilai, "10");
    let emptied = edited(&bytes, FORM, |xml| with_cell(&with_cell(&xml, "F7", "", ""), "G7", "", ""));
    assert_eq!(outcome(&emptied), Ok(Vec::new()));
}

#[test]
fn rows_and_columns_may_be_hidden_or_widened() {
    let bytes = edited(&workbook(), FORM, |xml| {
        xml.replacen("<row r=\"8\"", "<row hidden=\"1\" r=\"8\"", 1).replacen("<col ", "<col hidden=\"1\" ", 1)
    });
    assert_eq!(outcome(&bytes), Ok(Vec::new()));
}

fn decimals() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0..=20_u32, any::<bool>())
        .prop_map(|(x, scale, short)| Decimal::new(if short { x % 1_000_000_000_000_000 } else { x }, scale))
}

fn values() -> impl Strategy<Value = Nilai> {
    prop_oneof![
        decimals().prop_map(Nilai::Bilangan),
        decimals().prop_map(Nilai::Persen),
        (-120_000_i64..120_000).prop_map(|x| Nilai::Persen(Decimal::new(x, 2))),
        (decimals(), decimals()).prop_map(|(n, d)| Nilai::Rasio { n, d }),
        (decimals(), decimals()).prop_map(|(a, b)| Nilai::Rentang { bawah: a.min(b), atas: a.max(b) }),
        "(AA|A-?|BB|WTP|[A-Z][a-z]{2,8} [A-Z][a-z]{2,8})".prop_map(Nilai::Predikat),
        any::<bool>().prop_map(Nilai::Dokumen),
        any::<i64>().prop_map(|sen| Nilai::Uang(Rupiah::from_sen(sen))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_value_comes_back_exactly(values in prop::collection::vec(values(), 1..12), remark in "[^\\p{Cc}]{0,40}") {
        let rows = values.iter().enumerate().map(|(i, value)| BarisIsian {
            nilai: Some(value.clone()),
            keterangan: remark.clone(),
            ..row(&format!("iku.{i}"), value.tipe().expect("known"))
        });
        let lembar = sheet(rows.collect());
        let read = outcome(&render(&lembar, Kertas::F4).expect("a workbook")).expect("a good sheet");
        prop_assert_eq!(read.len(), values.len());
        for ((read, value), row) in read.iter().zip(&values).zip(&lembar.baris) {
            let back = parse_value(&read.nilai, row.tipe, &Konteks::indonesia());
            prop_assert_eq!(back, Ok(value.clone()));
            prop_assert_eq!(&read.kunci, &row.kunci);
            prop_assert_eq!(&read.keterangan, remark.trim());
        }
    }
}
