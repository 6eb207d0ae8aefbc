use std::io::Read;

use tolok_domain::{Decimal, Rupiah};

use super::render;
use crate::naskah::{Bagian, Baris, Blok, GayaBaris, Kolom, Naskah, NilaiSel, Rata, Ruas, Sel, Tabel};

fn value(text: &str, nilai: NilaiSel) -> Sel {
    Sel { nilai: Some(nilai), ..Sel::text(text) }
}

fn table(nama: &str) -> Tabel {
    let kolom = |lebar, rata| Kolom { lebar, rata };
    let mixed = Sel { isi: vec![Ruas::text("Persentase "), Ruas::bold("berdaya & mandiri")], ..Sel::default() };
    Tabel {
        nama: nama.into(),
        nomor: "3.1".into(),
        judul: "Capaian dan anggaran".into(),
        kolom: vec![kolom(10, Rata::Kiri), kolom(4, Rata::Kanan), kolom(4, Rata::Kanan)],
        kepala: vec![
            vec![Sel::text("Indikator").span(1, 2), Sel::text("Tahun 2021").span(2, 1)],
            vec![Sel::text("Capaian"), Sel::text("Anggaran")],
        ],
        isi: vec![
            Baris { gaya: GayaBaris::Kelompok, sel: vec![Sel::text("Sasaran 1").span(3, 1)] },
            Baris {
                gaya: GayaBaris::Biasa,
                sel: vec![
                    mixed,
                    value("88,20 %", NilaiSel::Bilangan(Decimal::new(8820, 2), 2)),
                    value("Rp7.851.608.419", NilaiSel::Uang(Rupiah::from_sen(785_160_841_900))),
                ],
            },
            Baris { gaya: GayaBaris::Tebal, sel: vec![Sel::text("Nilai LKjIP"), Sel::text("belum ada"), Sel::empty()] },
        ],
        catatan: vec!["Sumber: BPS".into()],
    }
}

fn document(tables: Vec<Tabel>) -> Naskah {
    Naskah {
        judul: "LKjIP 2021".into(),
        penerbit: "Dinas Tenaga Kerja & Transmigrasi".into(),
        tanggal: "2022-01-14".into(),
        bagian: vec![Bagian { isi: tables.into_iter().map(Blok::Tabel).collect(), ..Bagian::default() }],
        ..Naskah::default()
    }
}

/// The text of a part of the file.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn numbers_are_numbers_and_headers_are_merged() {
    let bytes = render(&document(vec![table("Capaian")])).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("<v>88.2</v>") && sheet.contains("<v>7851608419</v>"), "{sheet}");
    for merged in ["A5:A6", "B5:C5", "A7:C7"] {
        assert!(sheet.contains(&format!("<mergeCell ref=\"{merged}\"/>")), "{merged}");
    }
    assert!(sheet.contains(r#"orientation="landscape""#) && sheet.contains(r#"paperSize="14""#));
    assert!(sheet.contains(r#"topLeftCell="A7""#), "frozen below the header");
    let styles = part(&bytes, "xl/styles.xml");
    assert!(styles.contains("#,##0.00&quot; %&quot;") && styles.contains("&quot;Rp&quot;#,##0"), "{styles}");
    let workbook = part(&bytes, "xl/workbook.xml");
    assert!(workbook.contains("'Capaian'!$5:$6") || workbook.contains("Capaian!$5:$6"), "{workbook}");
}

#[test]
fn the_list_leads_to_every_table() {
    let bytes = render(&document(vec![table("Capaian"), table("Capaian")])).unwrap();
    let list = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(list.contains("location=\"'Capaian'!A1\"") && list.contains("location=\"'Capaian (2)'!A1\""), "{list}");
}

#[test]
fn equal_documents_give_equal_bytes() {
    let naskah = document(vec![table("Capaian"), table("Serapan")]);
    let bytes = render(&naskah).unwrap();
    assert_eq!(bytes, render(&naskah).unwrap());
    assert!(part(&bytes, "docProps/core.xml").contains("2022-01-14T00:00:00Z"));
    let undated = Naskah { tanggal: String::new(), ..naskah };
    assert!(part(&render(&undated).unwrap(), "docProps/core.xml").contains("2000-01-01T00:00:00Z"));
}

#[test]
fn a_document_without_tables_says_so() {
    let bytes = render(&document(vec![])).unwrap();
    assert!(part(&bytes, "xl/sharedStrings.xml").contains("Dokumen ini tidak memuat tabel."));
}

#[test]
fn odd_tables_are_written_all_the_same() {
    let ragged = Tabel {
        isi: vec![
            Baris { sel: vec![Sel::text("a").span(9, 9)], ..Baris::default() },
            Baris { sel: vec![Sel::text("b"), Sel::text("c")], ..Baris::default() },
        ],
        ..Tabel::default()
    };
    assert!(render(&document(vec![ragged, Tabel::default()])).is_ok());
}

#[test]
fn a_text_longer_than_a_cell_is_cut_and_says_so() {
    let long = Sel { isi: vec![Ruas::text("é𝐓".repeat(12_000)), Ruas::bold("akhir")], ..Sel::default() };
    let tabel = Tabel { isi: vec![Baris { sel: vec![long], ..Baris::default() }], ..table("Panjang") };
    let text = part(&render(&document(vec![tabel])).unwrap(), "xl/sharedStrings.xml");
    assert!(text.contains("𝐓… (terpotong") || text.contains("é… (terpotong"), "the end is told");
    assert!(!text.contains("akhir"));
}
