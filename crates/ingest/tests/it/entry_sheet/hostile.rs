//! Files that are meant to do harm, or were damaged on the way.

use std::io::Write;

use proptest::prelude::*;

use super::*;

fn refused(bytes: &[u8]) -> String {
    outcome(bytes).expect_err("a fault").remove(0)
}

#[test]
fn other_kinds_of_files_are_refused() {
    for bytes in [&b""[..], b"%PDF-1.7", b"PK\x03\x04", b"kode;uraian\n1;2\n", &[0; 100]] {
        assert!(refused(bytes).starts_with("berkas: bukan berkas Excel (.xlsx) yang utuh; unggah"), "{bytes:?}");
    }
    let old = refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on");
    assert!(old.contains("lama (.xls) atau dikunci dengan sandi; simpan sebagai"), "{old}");
    let bytes = workbook();
    assert!(refused(&bytes[..bytes.len() / 2]).contains("bukan berkas Excel"));
}

#[test]
fn files_that_are_large_or_unpack_to_more_are_refused() {
    assert!(refused(&vec![0; (8 << 20) + 1]).contains("terlalu besar"));
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("xl/workbook.xml", SimpleFileOptions::default()).expect("a part");
    for _ in 0..65 {
        writer.write_all(&vec![b' '; 1 << 20]).expect("a part");
    }
    let bomb = writer.finish().expect("an archive").into_inner();
    assert!(bomb.len() < 1 << 20);
    assert!(refused(&bomb).contains("terlalu besar"));
}

#[test]
fn a_sheet_of_endless_cells_or_text_is_refused() {
    let cells = |count: u32, cell: &str| {
        let rows: String = (20..20 + count).map(|row| format!("<row r=\"{row}\">{cell}</row>")).collect();
        edited(&workbook(), FORM, |xml| xml.replace("</sheetData>", &format!("{rows}</sheetData>")))
    };
    assert!(refused(&cells(200_001, "<c><v>1</v></c>")).contains("terlalu besar"));
    let long = "x".repeat(30_000);
    let bytes = edited(&cells(2000, "<c t=\"s\"><v>0</v></c>"), "xl/sharedStrings.xml", |xml| {
        xml.replacen("<si><t>", &format!("<si><t>{long}"), 1)
    });
    assert!(refused(&bytes).contains("terlalu besar"));
}

#[test]
fn places_that_no_sheet_has_are_refused() {
    for cell in ["XFE7", "F1048577", "F4294967295", "F99999999999", "ZZZZZZZZZZ1", "7", "F", "É7", "A0"] {
        for part in [FORM, KEY] {
            let bytes = edited(&workbook(), part, |xml| {
                xml.replace("</sheetData>", &format!("<row r=\"20\"><c r=\"{cell}\"><v>1</v></c></row></sheetData>"))
            });
            assert!(outcome(&bytes).is_err(), "{cell}");
        }
    }
    let wide = edited(&workbook(), KEY, |xml| {
        xml.replace("</sheetData>", "<row r=\"15\"><c r=\"XFD15\" t=\"str\"><v>x</v></c></row></sheetData>")
    });
    assert!(refused(&wide).contains("Kunci sudah diubah"));
    let long = edited(&workbook(), KEY, |xml| {
        let rows: String =
            (15..20_100).map(|row| format!("<row r=\"{row}\"><c t=\"str\"><v>x</v></c></row>")).collect();
        xml.replace("</sheetData>", &format!("{rows}</sheetData>"))
    });
    assert!(refused(&long).contains("Kunci sudah diubah"));
}

#[test]
fn xml_that_means_more_than_it_says_is_not_followed() {
    let bytes = edited(&workbook(), FORM, |xml| {
        let xml = with_cell(&xml, "G7", "t=\"inlineStr\"", "<is><t>&amp;b;&b;</t></is>");
        xml.replacen("<worksheet", "<!DOCTYPE x [<!ENTITY b \"bbbbbbbbbb\">]><worksheet", 1)
    });
    assert!(refused(&bytes).contains("bukan berkas Excel"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_files_do_no_harm(at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let mut bytes = workbook();
        let at = at.index(bytes.len());
        bytes[at] = with;
        let _ = read(&bytes);
    }

    #[test]
    fn damaged_parts_do_no_harm(
        part in prop::sample::select(vec![FORM, KEY, "xl/styles.xml", "xl/workbook.xml", "xl/sharedStrings.xml"]),
        damage in prop::collection::vec((any::<prop::sample::Index>(), "[<>/\"A-Z0-9=&; ]{0,4}"), 1..4),
    ) {
        let bytes = edited(&workbook(), part, |mut xml| {
            for (at, with) in &damage {
                let at = at.index(xml.len());
                if xml.is_char_boundary(at) {
                    let end = (at + 3).min(xml.len());
                    if xml.is_char_boundary(end) {
                        xml.replace_range(at..end, with);
                    }
                }
            }
            xml
        });
        let _ = read(&bytes);
    }
}
