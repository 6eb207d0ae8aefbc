//! Faults that occurred in real files, by the id under which they were collected. What reading has to do with each is checked here; the
//! list at the end says which ids that are and why others are not.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tolok_ingest::fakta::facts;

use tolok_domain::bacaan::{GayaTanggal, Keyakinan, PeranKolom as P, date_style, read_date};
use tolok_domain::code::EraKode;
use tolok_domain::number::{Isi, Konteks, read};
use tolok_domain::{InstansiId, KodeRekening, Nomenklatur};
use tolok_ingest::baca::read_file;
use tolok_ingest::{nomenklatur, package};

use super::{notes, rows, shared, text, value, values};

/// A table with one column of values.
fn column(header: &str, unit: &str, cells: &[&str]) -> tolok_domain::bacaan::Bacaan {
    let mut lines = format!("Indikator Kinerja\tSatuan\t{header}\n");
    for (at, cell) in cells.iter().enumerate() {
        lines.push_str(&format!("Jumlah {}\t{unit}\t{cell}\n", ["a", "b", "c", "d", "e", "f"][at]));
    }
    text("kasus.md", &lines)
}

#[test]
fn c002_counts_with_and_without_points_are_whole() {
    let bacaan = column("Target", "orang", &["1922", "1.924", "3.351", "1051", "1.288"]);
    assert_eq!(values(&bacaan, P::Target), ["1922", "1924", "3351", "1051", "1288"]);
}

#[test]
fn c003_a_fraction_keeps_its_printed_result_beside_it() {
    let cell = read("36.743 / 39.834 x 100 = 92.22", &Konteks::indonesia()).expect("a fraction");
    let Isi::Pecahan { n, d } = cell.isi else { panic!("{cell:?}") };
    assert_eq!((n.to_string(), d.to_string()), ("36743".into(), "39834".into()));
    assert!(cell.catatan.contains("92.22"), "{cell:?}");
}

#[test]
fn c005_two_styles_in_a_column_are_read_and_noted() {
    let bacaan = column("Realisasi", "ton", &["7328.707475", "9,073.45", "24,507.46", "7,7"]);
    assert_eq!(values(&bacaan, P::Realisasi), ["7328,707475", "9073,45", "24507,46", "7,7"]);
    assert!(notes(&bacaan).contains("bergaya Indonesia (1.234,5) dan Inggris"), "{}", notes(&bacaan));
}

#[test]
fn c007_a_point_is_decided_by_its_column_or_asked_about() {
    let clear = text("a.csv", "Indikator;Satuan;Target\nJumlah a;ton;1.000\nJumlah b;ton;1.111,11\nJumlah c;ton;5\n");
    assert_eq!(values(&clear, P::Target), ["1000", "1111,11", "5"]);
    let open = text("a.csv", "Indikator;Satuan;Target\nJumlah a;ton;1.000\nJumlah b;ton;7\nJumlah c;ton;5\n");
    assert_eq!(values(&open, P::Target), ["7", "5"]);
    assert!(notes(&open).contains("\"1.000\" dapat berarti 1000 (ribuan) atau"), "{}", notes(&open));
}

#[test]
fn c008_to_c013_units_scales_and_remarks_stand_in_the_cell() {
    let one = |cell: &str| {
        let bacaan = column("Target", "", &[cell]);
        let known = facts(&bacaan);
        let fakta = known.iter().find(|f| f.peran == P::Target).unwrap_or_else(|| panic!("{cell}: {}", notes(&bacaan)));
        format!("{} [{}] ({})", value(fakta), fakta.satuan, fakta.nilai.catatan)
    };
    assert_eq!(one("Rp1.355,90"), "1355,9 [] ()", "C008");
    assert_eq!(one("1,49 (21 km)"), "1,49 [] (21 km)", "C010");
    assert_eq!(one("91,55 Milyar kend-km"), "91550000000 [kend-km] ()", "C011");
    assert_eq!(one("97,56Milyar"), "97560000000 [] ()", "C011");
    assert_eq!((one("5 juta"), one("2,5 juta")), ("5000000 [] ()".into(), "2500000 [] ()".into()), "C012");
    assert_eq!(one("0,9 Angka"), "0,9 [Angka] ()", "C013");
    assert_eq!(
        (one("100,00 Persen"), one("4,47 persen")),
        ("100 [Persen] ()".into(), "4,47 [Persen] ()".into()),
        "C013"
    );
}

#[test]
fn c018_parentheses_in_a_remark_are_not_negative() {
    let bacaan = text(
        "a.md",
        "Indikator\tSatuan\tRealisasi\tKeterangan\nJumlah a\torang\t30.167\t(30.192)\nJumlah b\torang\t12\t\n",
    );
    assert_eq!(values(&bacaan, P::Realisasi), ["30167", "12"]);
    assert_eq!(&*bacaan.tabel[0].baris[0][3].teks, "(30.192)");
}

#[test]
fn c019_to_c023_signs_exponents_and_tabs() {
    assert_eq!(values(&column("Realisasi", "ton", &["−1.250,00"]), P::Realisasi), ["-1250"], "C019");
    assert_eq!(values(&column("Realisasi", "ton", &["1.2000000000000000e+006"]), P::Realisasi), ["1200000"], "C021");
    let bacaan = text("a.tsv", "Indikator\tSatuan\tRealisasi\nJumlah a\tton\t\"40775880\t\"\n");
    assert_eq!(values(&bacaan, P::Realisasi), ["40775880"], "C023");
}

#[test]
fn c024_an_amount_in_full_rupiah_among_millions_is_noted() {
    let lines = "Program\tPagu Rp. (juta)\nProgram a\t9,154\nProgram b\t9,423\nProgram c\t6,318,563,994\n";
    let bacaan = text("a.md", lines);
    assert_eq!(values(&bacaan, P::Pagu), ["9154000000", "9423000000", "6318563994"]);
    assert!(notes(&bacaan).contains("tampaknya rupiah penuh"), "{}", notes(&bacaan));
    assert_eq!(facts(&bacaan).last().map(|f| f.keyakinan), Some(Keyakinan::Rendah));
}

#[test]
fn c027_and_c034_codes_are_normalised_and_keep_their_era() {
    for (text, code) in
        [("1 02 02 202", "1.02.02.2.02"), ("1 02 01 2.02", "1.02.01.2.02"), ("X XX 01 2.10", "X.XX.01.2.10")]
    {
        let lines = format!("Kode\tProgram\tPagu (Rp)\n{text}\tProgram a\t1.000.000\n2.07.03\tProgram b\t2.000.000\n");
        let bacaan = super::text("a.md", &lines);
        assert_eq!(facts(&bacaan)[0].subjek.kode.as_deref(), Some(code), "C027");
    }
    let (old, new): (KodeRekening, KodeRekening) =
        ("1.02.02.2.02.32".parse().expect("old"), "1.02.02.2.02.0032".parse().expect("new"));
    assert_ne!(old, new, "C034");
    assert_eq!((old.era(), new.era()), (Some(EraKode::Kode2019), Some(EraKode::Kode2023)), "C034");
}

#[test]
fn c029_to_c032_codes_that_a_workbook_holds_as_numbers() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let wide = rust_xlsxwriter::Format::new().set_num_format("0000000");
    for (column, header) in ["Kode Urusan", "Nama Urusan", "Pagu (Rp)"].into_iter().enumerate() {
        sheet.write_string(0, u16::try_from(column).expect("small"), header).expect("cell");
    }
    for (row, code) in [1.01, 1.02, 1.1, 1.11].into_iter().enumerate() {
        let row = u32::try_from(row + 1).expect("small");
        sheet.write_number(row, 0, code).expect("cell");
        sheet.write_string(row, 1, format!("Urusan {row}")).expect("cell");
        sheet.write_number(row, 2, 1_000_000.0).expect("cell");
    }
    let second = book.add_worksheet();
    for (column, header) in ["Kode Wilayah", "Nama", "Pagu (Rp)"].into_iter().enumerate() {
        second.write_string(0, u16::try_from(column).expect("small"), header).expect("cell");
    }
    second.write_number_with_format(1, 0, 123.0, &wide).expect("cell");
    second.write_number(2, 0, 3400.0).expect("cell");
    second.write_number(3, 0, 4.0).expect("cell");
    second.write_number(4, 0, 9_104_000_102.0).expect("cell");
    for row in 1..=4 {
        second.write_string(row, 1, format!("Daerah {row}")).expect("cell");
        second.write_number(row, 2, 1_000_000.0).expect("cell");
    }
    let bacaan = read_file("kode.xlsx", &book.save_to_buffer().expect("workbook")).expect("readable");
    let codes = |at: usize| -> Vec<&str> { bacaan.tabel[at].baris.iter().map(|row| &*row[0].teks).collect() };
    assert_eq!(codes(0), ["1.01", "1.02", "1.10", "1.11"], "C031");
    assert_eq!(codes(1), ["0000123", "3400", "4", "9104000102"], "C029, C032, C145");
}

#[test]
fn c036_blanks_beside_hyphens_do_not_part_names() {
    let mut list = Nomenklatur { tahun: 2021, nama: String::new(), item: Vec::new() };
    let bacaan = text("a.md", "Kode\tNama\tPagu (Rp)\n2.07.03\tBelanja Kantor- Kertas dan Cover\t1.000.000\n");
    assert_eq!(facts(&bacaan)[0].subjek.nama, "Belanja Kantor- Kertas dan Cover", "the text stays as it is");
    list.item.clear();
}

#[test]
fn c071_to_c079_ways_of_having_no_value_stay_apart() {
    let lines = "Program\tAnggaran (Rp)\tRealisasi (Rp)\nProgram a\t5.000.000\t\nProgram b\t5.000.000\t0\n";
    let bacaan = text("a.md", lines);
    assert_eq!(values(&bacaan, P::RealisasiAnggaran), ["Kosong", "0"], "C071");
    let bacaan = column("Realisasi", "%", &["n/a", "NA", "-", "33,33"]);
    assert_eq!(values(&bacaan, P::Realisasi), ["TidakAda", "TidakAda", "Strip", "33,33"], "C073, C077, C079");
}

#[test]
fn c139_a_page_for_signing_in_is_no_data() {
    let page =
        b"<!DOCTYPE html>\n<html><head><title>Masuk</title></head><body><form>Sesi Anda habis</form></body></html>";
    for nama in ["pagu.json", "pagu.csv", "pagu.xlsx"] {
        let error = read_file(nama, page).expect_err(nama).to_string();
        assert!(error.starts_with(nama) && error.contains("halaman web (HTML) tanpa tabel"), "{error}");
        assert!(error.contains("unduh ulang"), "{error}");
    }
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo/serang-2021");
    let good = package::read(&demo, InstansiId::new()).expect("folder").paket.expect("package");
    for nama in ["pagu.csv", "datapackage.json"] {
        let mut files: package::Isi = package::files(&good).into_iter().collect();
        files.insert(nama.to_owned(), page.to_vec());
        let got = package::read_files(&files, InstansiId::new());
        assert!(got.paket.is_none(), "nothing of it is kept");
        let told: Vec<String> = got.masalah.iter().map(ToString::to_string).collect();
        assert!(
            matches!(told.as_slice(), [one] if one.starts_with(nama) && one.contains("halaman web (HTML)")),
            "{told:?}"
        );
    }
    let list = nomenklatur::read_files(&[("nomenklatur.csv".to_owned(), page.to_vec())]);
    assert!(list.item.is_empty() && list.masalah.len() == 1 && list.masalah[0].apa.contains("halaman web"));
}

#[test]
fn c145_and_c150_long_codes_and_blanks_in_headers() {
    let bacaan = text("a.csv", "Kode Wilayah,Nama Daerah,Target \n9104000102,Distrik a,5\n9104000103,Distrik b,6\n");
    assert_eq!(&*bacaan.tabel[0].baris[0][0].teks, "9104000102", "C145");
    assert_eq!(bacaan.tabel[0].kolom[2].judul, "Target", "C150");
    assert_eq!(values(&bacaan, P::Target), ["5", "6"]);
}

#[test]
fn c146_a_decimal_comma_that_splits_a_cell_moves_nothing() {
    let Some(path) = shared("samples/files/csv/bappenas_indikator_kab_1.csv") else { return };
    let bacaan = read_file("bappenas.csv", &fs::read(path).expect("file")).expect("readable");
    let named = bacaan.catatan.iter().filter(|c| c.pesan.starts_with("ada 16 kolom, bukan 15")).count();
    assert_eq!(named, 8);
    assert!(bacaan.tabel[0].baris.iter().all(|row| row.len() == bacaan.tabel[0].kolom.len()));
    assert!(bacaan.tabel[0].kolom.iter().any(|k| k.judul == "target_makro_rpjmn"), "C150");
}

#[test]
fn c147_a_list_without_header_is_read_and_its_columns_asked_about() {
    let Some(path) = shared("samples/files/csv/kegiatan_bom_titikkoma.csv") else { return };
    let bacaan = read_file("kegiatan.csv", &fs::read(path).expect("file")).expect("readable");
    assert_eq!(rows(&bacaan).len(), 514);
    assert!(notes(&bacaan).contains("tanpa baris kepala"), "{}", notes(&bacaan));
}

#[test]
fn c152_a_row_with_nothing_but_a_name_is_a_heading() {
    let lines = "Perangkat Daerah/Program\tIndikator\tSatuan\tTarget\n1.01.2.22.0.00.02.0000 – Dinas Pendidikan\t\t\t\n\
                 Program a\tPersentase a\t%\t95\nProgram b\tPersentase b\t%\t90\n";
    let bacaan = text("a.md", lines);
    let known = facts(&bacaan);
    let names: Vec<&str> = known.iter().map(|f| f.subjek.nama.as_str()).collect();
    assert_eq!(names, ["Program a", "Program b"]);
    assert_eq!(bacaan.tabel[0].baris.len(), 3, "the heading stays in the table");
}

#[test]
fn c153_two_header_rows_with_merged_cells_give_one_name_each() {
    let html = "<table><tr><th rowspan=2>Indikator</th><th colspan=2>Target</th></tr><tr><th>2020</th><th>2021</th></tr>\
                <tr><td rowspan=2>Indeks a</td><td>5</td><td>6</td></tr><tr><td>7</td><td>8</td></tr></table>";
    let bacaan = text("a.html", html);
    let headers: Vec<&str> = bacaan.tabel[0].kolom.iter().map(|k| k.judul.as_str()).collect();
    assert_eq!(headers, ["Indikator", "Target / 2020", "Target / 2021"]);
    assert_eq!(rows(&bacaan)[3], "Indeks a*|7|8");
    assert!(facts(&bacaan).iter().all(|f| f.subjek.indikator.as_deref() == Some("Indeks a")));
}

#[test]
fn c155_faulty_rows_are_named_by_number_and_the_others_read() {
    let mut lines = "kode,nama,target\n".to_owned();
    for row in 1..=300 {
        lines.push_str(if row % 75 == 0 { "1.01,a,5,00\n" } else { "1.01,a,5\n" });
    }
    let bacaan = text("a.csv", &lines);
    assert_eq!(bacaan.tabel[0].baris.len(), 296);
    let places: Vec<_> = bacaan.catatan.iter().filter_map(|c| c.letak.baris).collect();
    assert_eq!(places, [76, 151, 226, 301]);
}

#[test]
fn c177_and_c179_dates_in_two_styles() {
    assert_eq!(read_date("30/12/2025 08:59 AM", None).expect("C177").to_string(), "2025-12-30");
    assert_eq!(read_date("30 Juni 2026", None).expect("C179").to_string(), "2026-06-30");
    assert_eq!(date_style("12/24/2021"), Some(GayaTanggal::BulanDahulu));
}

/// Ids that are not reading's, and whose they are.
const ELSEWHERE: [(&str, &str); 4] = [
    ("C037", "a list of codes in one cell stays as written; who needs the codes splits it"),
    ("C039", "whether a code is known is a question to the nomenclature, asked by the review"),
    ("C069", "what a target of zero means is the indicator's rule (measure)"),
    ("C070", "what a target of zero means is the indicator's rule (measure)"),
];

#[test]
fn every_case_about_reading_is_checked_or_explained() {
    let Some(path) = shared("samples/cases.csv") else { return };
    let source = include_str!("kasus.rs").to_uppercase();
    let areas = ["format-angka", "kode", "struktur-impor", "nol-kosong", "tanggal"];
    let mut reader = csv::Reader::from_path(path).expect("file");
    let (mut covered, mut open) = (BTreeSet::new(), Vec::new());
    for record in reader.records().map(|r| r.expect("record")).filter(|r| areas.contains(&&r[1])) {
        let id = record[0].to_owned();
        match ELSEWHERE.iter().find(|(known, _)| *known == id) {
            Some((_, why)) => eprintln!("{id}: {why}"),
            None if source.contains(&id) || in_a_range(&id) => {
                covered.insert(id);
            }
            None => open.push(id),
        }
    }
    eprintln!("checked: {covered:?}");
    assert_eq!(open, [] as [String; 0]);
}

/// Ids inside the ranges that test names give.
fn in_a_range(id: &str) -> bool {
    ["C011", "C012", "C021", "C031", "C073", "C077"].contains(&id)
}
