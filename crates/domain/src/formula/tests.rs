use std::collections::BTreeMap;

use super::lexer::MOST_CHARS;
use super::parser::MOST_DEPTH;
use super::*;

mod properties;

/// Variables by name with their values per quarter of 2021; the accumulated value is the last one.
#[derive(Debug)]
struct Data(BTreeMap<String, Vec<Option<Decimal>>>);

impl SumberVariabel for Data {
    fn value(&self, nama: &str) -> Option<Decimal> {
        self.0.get(nama)?.iter().rev().find_map(|x| *x)
    }

    /// Latest first: the order is the formula's business.
    fn series(&self, nama: &str) -> Vec<(Periode, Option<Decimal>)> {
        let values = self.0.get(nama).cloned().unwrap_or_default();
        Periode::quarters(2021).into_iter().zip(values).rev().collect()
    }
}

fn dec(text: &str) -> Decimal {
    text.parse().expect(text)
}

fn data() -> Data {
    let rows: [(&str, &[&str]); 8] = [
        ("a", &["6"]),
        ("b", &["4"]),
        ("nol", &["0"]),
        ("minus", &["-2.5"]),
        ("tw", &["10", "-", "-3", "5.5"]),
        ("kosong", &["-", "-"]),
        ("pelatihan_mandiri", &["61"]),
        ("pelatihan_peserta", &["61"]),
    ];
    let read = |x: &&str| (*x != "-").then(|| dec(x));
    Data(rows.into_iter().map(|(nama, values)| (nama.to_owned(), values.iter().map(read).collect())).collect())
}

fn evaluate(text: &str) -> Hasil {
    Rumus::parse(text).expect(text).evaluate(&data())
}

fn steps(text: &str) -> Vec<String> {
    evaluate(text).jejak.into_iter().map(|x| x.uraian).collect()
}

#[test]
fn values() {
    for (text, expected) in [
        ("100", "100"),
        ("0,5", "0.5"),
        ("007,50", "7.5"),
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 4 - 3", "3"),
        ("10 - (4 - 3)", "9"),
        ("100 / 10 / 2", "5"),
        ("100 / (10 / 2)", "20"),
        ("2 * 3 + 4 * 5", "26"),
        ("8 / 4 * 2", "4"),
        ("-2 * 3", "-6"),
        ("2 * -3", "-6"),
        ("2 - -3", "5"),
        ("-(2 + 3)", "-5"),
        ("--a", "6"),
        ("a / b", "1.5"),
        ("pelatihan_mandiri / pelatihan_peserta * 100 %", "100"),
        ("1 / 3 * 300", "100"),
        ("(1 / 3 + 1 / 3 + 1 / 3) * 100", "100"),
        ("1 - 1 / 3 - 2 / 3", "0"),
        ("2 / 3", "0.6666666666666666666666666667"),
        ("jumlah(tw)", "12.5"),
        ("rata(tw) * 3", "12.5"),
        ("terakhir(tw)", "5.5"),
        ("min(a; b; 5)", "4"),
        ("maks(a; b; 5)", "6"),
        ("min(1 / 3; 0,33)", "0.33"),
        ("bulat(2,345; 2)", "2.35"),
        ("bulat(-2,5; 0)", "-3"),
        ("bulat(2 / 3 * 100; 2)", "66.67"),
        ("bila_kosong(kosong; 7)", "7"),
        ("bila_kosong(a; 7)", "6"),
        ("bila_kosong(a; kosong)", "6"),
        ("bila_kosong(rata(kosong); 1) + bila_kosong(kosong + a; b)", "5"),
        ("79228162514264337593543950335 / 3 * 3", "79228162514264337593543950335"),
    ] {
        assert_eq!(evaluate(text).nilai, Ok(dec(expected)), "{text}");
    }
}

#[test]
fn no_value_is_said_and_never_zero() {
    let missing = |names: &[&str]| TanpaHasil::TidakAdaData { variabel: names.iter().map(|x| x.to_string()).collect() };
    let zero = |text: &str| TanpaHasil::PenyebutNol { penyebut: text.to_owned() };
    for (text, expected) in [
        ("kosong * 0", missing(&["kosong"])),
        ("z / kosong * tak_dikenal + z", missing(&["kosong", "tak_dikenal", "z"])),
        ("maks(a; kosong)", missing(&["kosong"])),
        ("jumlah(kosong) + terakhir(y)", missing(&["kosong", "y"])),
        ("bila_kosong(kosong; z)", missing(&["kosong", "z"])),
        ("bulat(-kosong; 1)", missing(&["kosong"])),
        ("a / nol", zero("nol")),
        ("a / (b - 4) * 100 %", zero("b - 4")),
        ("a / nol + kosong", missing(&["kosong"])),
        ("a / kosong + 1 / 0", missing(&["kosong"])),
        ("1 / 0 + 1 / nol", zero("0")),
        ("bila_kosong(a / nol; 0)", zero("nol")),
        ("79228162514264337593543950335 * 2", TanpaHasil::TerlaluBesar),
        ("79228162514264337593543950335 + 1", TanpaHasil::TerlaluBesar),
        ("79228162514264337593543950335 / 0,1", TanpaHasil::TerlaluBesar),
    ] {
        assert_eq!(evaluate(text).nilai, Err(expected), "{text}");
    }
    assert_eq!(missing(&["p", "q"]).to_string(), "belum ada data: p, q");
    assert_eq!(zero("b - 4").to_string(), "penyebut nol: b - 4");
}

#[test]
fn the_trace_shows_each_variable_once_and_each_operation() {
    assert_eq!(
        steps("pelatihan_mandiri / pelatihan_peserta * 100 %"),
        ["pelatihan_mandiri = 61", "pelatihan_peserta = 61", "61 / 61 = 1", "1 * 100 = 100"]
    );
    assert_eq!(steps("minus - minus"), ["minus = -2,5", "-2,5 - (-2,5) = 0"]);
    assert_eq!(
        steps("bulat(2 / 3; 2) * -a"),
        ["2 / 3 = 0,66666666…", "bulat(0,66666666…; 2) = 0,67", "a = 6", "-(6) = -6", "0,67 * (-6) = -4,02"]
    );
    assert_eq!(steps("a / nol"), ["a = 6", "nol = 0", "6 / 0: penyebut nol"]);
    assert_eq!(steps("a + kosong"), ["a = 6", "kosong: belum ada data"]);
    assert_eq!(
        steps("bila_kosong(kosong; 1) + min(a; b)"),
        [
            "kosong: belum ada data",
            "bila_kosong(kosong; 1) = 1 (belum ada data: kosong)",
            "a = 6",
            "b = 4",
            "min(6; 4) = 4",
            "1 + 4 = 5"
        ]
    );
    assert_eq!(
        steps("jumlah(tw) - rata(tw) + terakhir(tw) + jumlah(kosong) + jumlah(tw)"),
        [
            "jumlah(tw) = 10 + (-3) + 5,5 = 12,5 (tanpa data: 2021-TW2)",
            "rata(tw) = (10 + (-3) + 5,5) / 3 = 4,16666666… (tanpa data: 2021-TW2)",
            "terakhir(tw) = nilai 2021-TW4 = 5,5 (tanpa data: 2021-TW2)",
            "jumlah(kosong): belum ada data",
        ]
    );
    let quotient = evaluate("1 / 3").jejak.pop().and_then(|x| x.hasil);
    assert_eq!(quotient, Some(dec("0.3333333333333333333333333333")));
    assert_eq!(evaluate("a / nol").jejak.pop().and_then(|x| x.hasil), None);
}

#[test]
fn what_is_read_is_written_canonically() {
    for (text, canonical) in [
        ("pelatihan_mandiri/pelatihan_peserta*100%", "pelatihan_mandiri / pelatihan_peserta * 100 %"),
        ("((a)) + (b * 2)", "a + b * 2"),
        ("(a + b) + (a - b)", "(a + b) + (a - b)"),
        ("- ( a+b ) * -c", "-(a + b) * -c"),
        ("maks( jumlah (x);0,50 ;bila_kosong(y;0))", "maks(jumlah(x); 0,5; bila_kosong(y; 0))"),
        ("bulat(a/b;1)\u{a0}%", "bulat(a / b; 1) %"),
        ("min + jumlah", "min + jumlah"),
    ] {
        let rumus = Rumus::parse(text).expect(text);
        assert_eq!(rumus.to_string(), canonical);
        assert_eq!(Rumus::parse(canonical).as_ref(), Ok(&rumus));
        assert_eq!(rumus.is_percent(), text.ends_with('%'));
    }
    let rumus = Rumus::parse("z + rata(b) * maks(a; z)").expect("formula");
    assert_eq!(rumus.variables(), ["a", "b", "z"]);
}

#[test]
fn errors_say_where_and_what_to_write() {
    for (text, posisi, part) in [
        ("", 1, "kosong"),
        ("  ", 1, "kosong"),
        ("a +", 4, "belum selesai"),
        ("a b", 3, "operator"),
        ("2x", 2, "operator"),
        ("(a", 3, "kurung tutup"),
        ("a)", 2, "kurung buka"),
        ("a; b", 2, "titik koma"),
        ("* a", 1, "bilangan"),
        ("% a", 1, "bilangan"),
        ("1.5", 2, "koma"),
        ("1,", 2, "desimal"),
        (",5", 1, "desimal"),
        ("min(a,b)", 6, "titik koma"),
        ("min(1,2)", 1, "titik koma"),
        ("A", 1, "huruf kecil"),
        ("é × b", 1, "tidak dikenal"),
        ("\u{a0}\u{a0}A", 3, "huruf kecil"),
        ("a × b", 3, "*"),
        ("a : b", 3, "/"),
        ("a – b", 3, "-"),
        ("5 % * a", 3, "akhir rumus"),
        ("(5 %) * a", 4, "akhir rumus"),
        ("a % %", 3, "akhir rumus"),
        ("max(a; b)", 1, "maks"),
        ("jumlah(a + b)", 10, "satu nama variabel"),
        ("jumlah(1)", 8, "satu nama variabel"),
        ("bulat(a)", 8, "bulat(x; 2)"),
        ("bulat(a; 1,5)", 10, "0 sampai 10"),
        ("bulat(a; 11)", 10, "0 sampai 10"),
        ("bulat(a; b)", 10, "0 sampai 10"),
        ("bila_kosong(a; b; c)", 17, "kurung tutup"),
        ("min()", 5, "bilangan"),
        ("79228162514264337593543950336", 1, "28 angka"),
        ("1 + 0,00000000000000000000000000001", 5, "28 angka"),
    ] {
        let error = Rumus::parse(text).expect_err(text);
        assert_eq!(error.posisi, posisi, "{text}: {error}");
        assert!(error.pesan.contains(part), "{text}: {error}");
    }
}

#[test]
fn length_and_depth_are_bounded() {
    let deepest = format!("{}a{}", "(".repeat(MOST_DEPTH), ")".repeat(MOST_DEPTH));
    assert!(Rumus::parse(&deepest).is_ok());
    for deeper in [format!("({deepest})"), format!("-{}", deepest.replace('(', "-").replace(')', ""))] {
        let error = Rumus::parse(&deeper).expect_err("too deep");
        assert_eq!(error.posisi, MOST_DEPTH + 1, "{error}");
    }
    // The deepest tree that brackets allow is computed and written within an ordinary stack.
    let tree = format!("{}a{}", "1+1*bulat(".repeat(MOST_DEPTH), ";2)".repeat(MOST_DEPTH));
    let rumus = Rumus::parse(&tree).expect("within the limit");
    assert_eq!(rumus.evaluate(&data()).nilai, Ok(Decimal::from(MOST_DEPTH + 6)));
    assert_eq!(Rumus::parse(&rumus.to_string()), Ok(rumus));
    // A sum as long as allowed: its canonical text is longer by its spaces and must still be read.
    let longest = format!("aa{}", "+a".repeat(MOST_CHARS / 2 - 1));
    let rumus = Rumus::parse(&longest).expect("within the limit");
    assert_eq!(Rumus::parse(&rumus.to_string()), Ok(rumus.clone()));
    assert_eq!(rumus.variables(), ["a", "aa"]);
    assert!(rumus.evaluate(&data()).nilai.is_err());
    assert_eq!(Rumus::parse(&format!("{longest}+a")).map_err(|e| e.posisi), Err(MOST_CHARS + 1));
}
