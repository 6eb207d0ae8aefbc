//! Files that are not what they say, or mean harm: a clear message or an ordinary reading, never a panic, never all the memory.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use tolok_ingest::fakta::facts;

use proptest::prelude::*;
use tolok_ingest::baca::{SebabGalat, read_file};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const ENDS: [&str; 12] = ["md", "csv", "tsv", "html", "xlsx", "xls", "ods", "docx", "txt", "json", "pdf", ""];

/// A packed file of the given files.
fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in files {
        zip.start_file(*name, options).expect("file");
        zip.write_all(content).expect("content");
    }
    zip.finish().expect("archive").into_inner()
}

fn document(body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    packed(&[("word/document.xml", xml.as_bytes())])
}

fn refusal(nama: &str, bytes: &[u8]) -> String {
    read_file(nama, bytes).expect_err("refused").to_string()
}

#[test]
fn files_that_cannot_be_read_say_what_to_do() {
    for (nama, bytes, expected) in [
        ("a.xlsx", &b""[..], "berkasnya kosong"),
        ("a.md", b" \n\t ", "berkasnya kosong"),
        ("a.xls", b"\x09\x08\x10\x00\x00\x06\x05\x00 truncated", "bukan buku kerja Excel lama (.xls) yang utuh"),
        ("a.xlsx", b"PK\x03\x04 nothing", "bukan buku kerja Excel (.xlsx) yang utuh"),
        ("a.docx", b"not a document", "bukan dokumen Word (.docx) yang utuh"),
        ("a.pdf", b"%PDF-1.7", "halamannya tidak ditemukan"),
        ("a.rtf", b"{\\rtf1", "(RTF)"),
        ("a", b"x", "tanpa akhiran nama"),
        ("folder/a.png", b"\x89PNG", "a.png: jenis berkas ini tidak dapat dibaca (.png)"),
    ] {
        let message = refusal(nama, bytes);
        assert!(message.contains(expected), "{nama}: {message}");
    }
}

/// A workbook of the old format with one sheet of the given records.
fn old_workbook(records: &[(u16, &[u8])]) -> Vec<u8> {
    old_workbook_with(&[], records)
}

/// The same with records of the workbook.
fn old_workbook_with(common: &[(u16, &[u8])], records: &[(u16, &[u8])]) -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let length = u16::try_from(data.len()).expect("short");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    };
    let begin = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let end = record(0x000A, &[]);
    let all = |list: &[(u16, &[u8])]| list.iter().flat_map(|(kind, data)| record(*kind, data)).collect::<Vec<u8>>();
    let globals = [begin(5), all(common)].concat();
    let start = u32::try_from(globals.len() + 4 + 12 + end.len()).expect("short");
    let sheet = [&start.to_le_bytes()[..], &[0, 0, 4, 0], b"Isi1"].concat();
    let stream = [globals, record(0x0085, &sheet), end.clone(), begin(16), all(records), end].concat();
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("file");
    // Smaller streams are kept in another way.
    let long = [stream, vec![0; 8_192]].concat();
    file.create_stream("/Workbook").expect("stream").write_all(&long).expect("written");
    file.flush().expect("written");
    file.into_inner().into_inner()
}

/// A cell with the number 7.
fn number_at(row: u16, column: u16) -> Vec<u8> {
    [&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], &7_f64.to_le_bytes()].concat()
}

#[test]
fn an_old_workbook_cannot_make_room_for_more_cells_than_are_kept() {
    let (first, second, far) = (number_at(0, 0), number_at(2, 3), number_at(65_535, 65_535));
    let read = read_file("a.xls", &old_workbook(&[(0x0203, &first), (0x0203, &second)])).expect("readable");
    assert_eq!(read.bagian.len(), 1);
    let message = refusal("a.xls", &old_workbook(&[(0x0203, &first), (0x0203, &far)]));
    assert!(message.contains("1,5 juta sel"), "{message}");
    // A size that is announced, from row 9 to row 2 of the largest number of columns.
    let announced = [&9_u32.to_le_bytes()[..], &2_u32.to_le_bytes(), &[0, 0, 255, 255, 0, 0]].concat();
    let read = read_file("a.xls", &old_workbook(&[(0x0200, &announced), (0x0203, &first)])).expect("readable");
    assert_eq!(read.bagian.len(), 1);
}

#[test]
fn texts_of_an_old_workbook_are_read_and_limited() {
    // "Pelatihan" in one shared text; a label announces more letters than it has.
    let texts = [&[1_u8, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0][..], b"Pelatihan"].concat();
    let cell = |row: u16| [&row.to_le_bytes()[..], &[0, 0, 0, 0, 0, 0, 0, 0]].concat();
    let (first, second) = (cell(0), cell(1));
    let liar = [&[5_u8, 0, 0, 0, 0, 0, 255, 255, 0][..], b"x"].concat();
    let bytes = old_workbook_with(&[(0x00FC, &texts)], &[(0x00FD, &first), (0x00FD, &second), (0x0204, &liar)]);
    let read = read_file("a.xls", &bytes).expect("readable");
    assert_eq!(read.cells(), 2, "{read:?}");
    assert!(read.bagian.iter().any(|part| format!("{part:?}").contains("Pelatihan")));
    // A long one in very many cells.
    let long = [&[1_u8, 0, 0, 0, 1, 0, 0, 0, 255, 255, 0][..], &[b'a'; 8_000]].concat();
    let cells: Vec<Vec<u8>> = (0..2_000).map(cell).collect();
    let many: Vec<(u16, &[u8])> = cells.iter().map(|cell| (0x00FD, cell.as_slice())).collect();
    assert!(refusal("a.xls", &old_workbook_with(&[(0x00FC, &long)], &many)).contains("64 juta huruf"));
    // A text result without a formula before it would stand in the first cell of the sheet.
    let far = number_at(65_535, 0);
    let read = read_file("a.xls", &old_workbook(&[(0x0207, &[1, 0, 0, b'x']), (0x0203, &far)])).expect("readable");
    assert_eq!(read.cells(), 1);
    let locked = old_workbook_with(&[(0x002F, &[1, 0, 1, 0, 1, 0])], &[(0x0203, &first)]);
    assert!(refusal("a.xls", &locked).contains("dikunci dengan sandi"));
}

#[test]
fn one_text_in_very_many_cells_of_a_workbook_is_refused() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let text = "a".repeat(30_000);
    for row in 0..2_500 {
        sheet.write_string(row, 0, &text).expect("cell");
    }
    let bytes = book.save_to_buffer().expect("workbook");
    assert!(bytes.len() < 100_000 && refusal("a.xlsx", &bytes).contains("64 juta huruf"));
}

#[test]
fn sectors_of_an_old_workbook_that_lead_in_a_circle_are_refused() {
    let mut bytes = old_workbook(&[(0x0203, &number_at(0, 0))]);
    // The first table of sectors is named at byte 76 of the header; each of its entries is the sector that follows.
    let size = 1_usize << bytes[30];
    let table = size * (usize::from(bytes[76]) + 1);
    let directory = usize::from(bytes[48]);
    let entry = table + 4 * directory;
    let own = u32::try_from(directory).expect("small").to_le_bytes();
    bytes[entry..entry + 4].copy_from_slice(&own);
    let message = refusal("a.xls", &bytes);
    assert!(message.contains("bukan buku kerja Excel lama"), "{message}");
}

#[test]
fn a_locked_workbook_is_told_from_a_damaged_one() {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let compound = |name: &str| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 600], wide(name)].concat();
    assert!(refusal("a.xlsx", &compound("EncryptedPackage")).contains("dikunci dengan sandi"));
    assert!(refusal("a.xls", &compound("Workbook")).contains("bukan buku kerja Excel lama"));
    assert!(refusal("a.doc", &compound("WordDocument")).contains("dokumen Word lama .doc"));
    let manifest = b"<manifest><encryption-data/></manifest>";
    let ods = packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"x"),
    ]);
    assert!(refusal("a.ods", &ods).contains("dikunci dengan sandi"));
}

#[test]
fn a_page_under_the_name_of_a_workbook_is_read_as_a_page() {
    let html = "\u{feff}<html><table><tr><th>Program</th><th>Pagu (Rp)</th></tr><tr><td>a</td><td>1.000.000</td></tr></table></html>";
    let bacaan = read_file("laporan.xls", html.as_bytes()).expect("readable");
    assert_eq!(facts(&bacaan).len(), 1);
    assert!(super::notes(&bacaan).contains("isinya halaman web (HTML)"), "{}", super::notes(&bacaan));
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let zeros = vec![b' '; 65 << 20];
    let bomb = packed(&[("word/document.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    let started = Instant::now();
    let error = read_file("a.docx", &bomb).expect_err("refused");
    assert!(matches!(error.sebab, SebabGalat::TerlaluBanyak { .. }), "{error}");
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn deep_nesting_is_refused_or_read_without_the_stack() {
    let deep =
        document(&format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(20_000), "</w:tc></w:tr></w:tbl>".repeat(20_000)));
    assert!(refusal("a.docx", &deep).contains("bersarang"));
    let html = format!("<html>{}x{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert!(refusal("a.html", html.as_bytes()).contains("bersarang"));
    let quotes = format!("{}x", "> ".repeat(100_000));
    assert!(read_file("a.md", quotes.as_bytes()).is_ok());
}

#[test]
fn spans_and_repeats_without_end_are_limited() {
    let html = "<table>".to_owned() + &"<tr><td colspan=99999 rowspan=99999>x</td></tr>".repeat(5_000) + "</table>";
    assert!(refusal("a.html", html.as_bytes()).contains("1,5 juta sel"));
    let content = "<table:table xmlns:table=\"t\" table:name=\"a\"><table:table-row table:number-rows-repeated=\"1048576\">\
                   <table:table-cell table:number-columns-repeated=\"16384\"><text:p xmlns:text=\"x\">1</text:p></table:table-cell>\
                   </table:table-row></table:table>";
    let ods =
        packed(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())]);
    assert!(refusal("a.ods", &ods).contains("1,5 juta sel"));
    let empty = content.replace("<text:p xmlns:text=\"x\">1</text:p>", "");
    let ods =
        packed(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", empty.as_bytes())]);
    assert!(read_file("a.ods", &ods).is_ok(), "empty cells to the edge of the sheet are usual");
    let csv = "a,b\n".repeat(1_000_000);
    assert!(refusal("a.csv", csv.as_bytes()).contains("1,5 juta sel"));
}

#[test]
fn formulas_saved_without_result_are_named() {
    let parts: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", b"<Types/>"),
        (
            "_rels/.rels",
            b"<Relationships><Relationship Id=\"r1\" Target=\"xl/workbook.xml\" \
              Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/></Relationships>",
        ),
        ("xl/workbook.xml", b"<workbook xmlns:r=\"r\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
              Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>5</v></c><c r=\"B1\"><f>A1*2</f></c></row></sheetData></worksheet>",
        ),
    ];
    let bacaan = read_file("a.xlsx", &packed(&parts)).expect("readable");
    assert!(
        super::notes(&bacaan).contains("a.xlsx, lembar A, sel B1: 1 sel berumus tersimpan tanpa hasil"),
        "{}",
        super::notes(&bacaan)
    );
}

/// Small whole files of each packed kind, to be damaged.
fn whole() -> Vec<(&'static str, Vec<u8>)> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 2, "Target", &rust_xlsxwriter::Format::new()).expect("merge");
    for row in 1..6 {
        sheet.write_number(row, 1, row * 11).expect("cell");
    }
    let xlsx = book.save_to_buffer().expect("workbook");
    let docx = document(
        "<w:p><w:r><w:t>Tahun 2021</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Target</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    );
    let content = b"<t:table xmlns:t=\"t\" t:name=\"a\"><t:table-row><t:table-cell><p>1</p></t:table-cell></t:table-row></t:table>";
    let ods = packed(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]);
    vec![("a.xlsx", xlsx), ("a.docx", docx), ("a.ods", ods)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_under_any_name_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        for end in ENDS {
            let _ = read_file(&format!("a.{end}"), &bytes);
        }
    }

    #[test]
    fn any_text_under_any_name_does_no_harm(
        text in "([a-zA-Z0-9 .,;:%/|*<>()=_\"'-]|\t|\n|Rp|NO|Target|Realisasi|Satuan|Pagu|\\| |<td>|<tr>|<table>|2\\.07|1\t2\t3\n|\u{e9}|–){0,200}"
    ) {
        for end in ENDS {
            let _ = read_file(&format!("a.{end}"), text.as_bytes());
        }
    }

    #[test]
    fn damaged_files_do_no_harm(place in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        for (nama, bytes) in whole() {
            let mut damaged = bytes.clone();
            let at = place.index(damaged.len());
            damaged[at] = byte;
            let _ = read_file(nama, &damaged);
            let _ = read_file(nama, &bytes[..cut.index(bytes.len())]);
            // The old workbook's beginning before other content.
            let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &damaged].concat();
            let _ = read_file("a.xls", &old);
        }
    }
}
