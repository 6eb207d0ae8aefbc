use std::io::{Cursor, Read};

use super::*;
use crate::naskah::{
    Bagian, Baris, Blok, JenisDaftar, Judul, Kolom, Penanda, PenandaTangan, Penomoran, Rata, Ruas, Sampul, Sel, Tabel,
    TandaTangan,
};

fn paragraph(text: &str) -> Blok {
    Blok::Paragraf { isi: vec![Ruas::text(text)], rata: Rata::Penuh, menjorok: false }
}

fn heading(tingkat: u8, nomor: &str, teks: &str) -> Blok {
    Blok::Judul(Judul { tingkat, nomor: nomor.into(), teks: teks.into(), di_daftar: true })
}

fn table(nomor: &str) -> Blok {
    let columns = |lebar| Kolom { lebar, rata: Rata::Kiri };
    Blok::Tabel(Tabel {
        nomor: nomor.into(),
        judul: "Capaian".into(),
        kolom: vec![columns(1), columns(2), columns(2)],
        kepala: vec![
            vec![Sel::text("No").span(1, 2), Sel::text("Kinerja").span(2, 1)],
            vec![Sel::text("Target"), Sel::text("Realisasi")],
        ],
        isi: vec![Baris { sel: vec![Sel::text("1"), Sel::text("a"), Sel::text("b")], ..Baris::default() }],
        ..Tabel::default()
    })
}

fn section(isi: Vec<Blok>) -> Bagian {
    Bagian { isi, ..Bagian::default() }
}

fn naskah(bagian: Vec<Bagian>) -> Naskah {
    Naskah {
        judul: "LKjIP <2021>".into(),
        penerbit: "Dinas A & B".into(),
        tanggal: "2022-01-14".into(),
        sampul: Sampul { judul: vec!["LAPORAN".into()], alamat: vec!["Jl. Raya".into()], ..Sampul::default() },
        bagian,
        ..Naskah::default()
    }
}

fn parts(naskah: &Naskah, options: &Pilihan<'_>) -> Vec<(String, String)> {
    let bytes = render(naskah, options).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let read = |index| {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        (file.name().unwrap().into_owned(), String::from_utf8_lossy(&content).into_owned())
    };
    (0..count).map(read).collect()
}

fn part(naskah: &Naskah, name: &str) -> String {
    let found = parts(naskah, &Pilihan::default()).into_iter().find(|(part, _)| part == name);
    found.map(|(_, content)| content).unwrap()
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let naskah = naskah(vec![section(vec![heading(1, "BAB I", "Satu"), table("1.1")])]);
    let first = render(&naskah, &Pilihan::default()).unwrap();
    assert_eq!(first, render(&naskah, &Pilihan::default()).unwrap());
}

#[test]
fn each_section_has_its_footer_and_numbering_and_the_cover_none() {
    let roman = Bagian { penomoran: Penomoran::Romawi, mulai_ulang: true, ..section(vec![paragraph("a")]) };
    let wide = Bagian { lebar: true, ..section(vec![table("")]) };
    let naskah = naskah(vec![roman, wide]);
    let document = part(&naskah, "word/document.xml");
    let sections: Vec<&str> = document.split("<w:sectPr>").skip(1).collect();
    assert_eq!(sections.len(), 3);
    assert!(sections[0].starts_with(r#"<w:type w:val="nextPage"/>"#));
    assert!(sections[1].starts_with(r#"<w:footerReference w:type="default" r:id="rIdFooter1"/>"#));
    assert!(sections[1].contains(r#"<w:pgNumType w:fmt="lowerRoman" w:start="1"/>"#));
    assert!(sections[2].starts_with(r#"<w:footerReference w:type="default" r:id="rIdFooter2"/>"#));
    assert!(sections[2].contains(r#"<w:pgNumType w:fmt="decimal"/></w:sectPr></w:body>"#));
    let footer = part(&naskah, "word/footer2.xml");
    assert!(footer.contains("Dinas A &amp; B") && footer.contains(" PAGE "), "{footer}");
}

#[test]
fn properties_carry_title_office_and_date() {
    let core = part(&naskah(Vec::new()), "docProps/core.xml");
    assert!(core.contains("<dc:title>LKjIP &lt;2021&gt;</dc:title><dc:creator>Dinas A &amp; B</dc:creator>"));
    assert!(core.contains(">2022-01-14T00:00:00Z</dcterms:created>"));
    let undated = Naskah { tanggal: "Januari 2022".into(), ..naskah(Vec::new()) };
    assert!(!part(&undated, "docProps/core.xml").contains("dcterms:created"));
}

#[test]
fn header_rows_repeat_and_merged_cells_continue() {
    let document = part(&naskah(vec![section(vec![table("1.1")])]), "word/document.xml");
    assert_eq!(document.matches("<w:tblHeader/>").count(), 2);
    assert_eq!(document.matches("<w:cantSplit/>").count(), 3);
    assert_eq!(document.matches(r#"<w:vMerge w:val="restart"/>"#).count(), 1);
    assert_eq!(document.matches(r#"<w:vMerge w:val="continue"/>"#).count(), 1);
    assert_eq!(document.matches(r#"<w:gridSpan w:val="2"/>"#).count(), 1);
}

#[test]
fn contents_point_to_bookmarks_with_printed_pages() {
    let front = section(vec![Blok::DaftarIsi(JenisDaftar::Isi), Blok::DaftarIsi(JenisDaftar::Tabel)]);
    let rest = section(vec![heading(1, "BAB I", "Satu"), Blok::Draf(vec![table("1.1")])]);
    let halaman = |key: &str| (key == "_Toc000002").then(|| "17".to_owned());
    let options = Pilihan { halaman: &halaman, ..Pilihan::default() };
    let document = &parts(&naskah(vec![front, rest]), &options)[4].1;
    for key in ["_Toc000001", "_Toc000002"] {
        assert_eq!(document.matches(&format!(r#"w:name="{key}""#)).count(), 1);
        assert_eq!(document.matches(&format!(r#"<w:hyperlink w:anchor="{key}""#)).count(), 1);
    }
    assert!(document.contains("BAB I Satu</w:t>") && document.contains(">17</w:t>"));
    let marks = |kind: &str| document.matches(&format!(r#"w:fldCharType="{kind}""#)).count();
    assert_eq!((marks("begin"), marks("separate"), marks("end")), (5, 5, 5));
}

#[test]
fn every_list_counts_from_its_own_start() {
    let inner = Blok::Daftar { penanda: Penanda::Huruf, mulai: 1, butir: vec![vec![paragraph("x")]] };
    let list = |mulai, butir| Blok::Daftar { penanda: Penanda::Angka, mulai, butir };
    let blocks = vec![list(4, vec![vec![paragraph("a"), inner], vec![]]), list(1, vec![vec![paragraph("b")]])];
    let naskah = naskah(vec![section(blocks)]);
    let document = part(&naskah, "word/document.xml");
    let used = |level: u8, id: u8| {
        let number = format!(r#"<w:ilvl w:val="{level}"/><w:numId w:val="{id}"/>"#);
        document.matches(&number).count()
    };
    // The empty item keeps its mark.
    assert_eq!((used(0, 1), used(1, 2), used(0, 3)), (2, 1, 1));
    let numbering = part(&naskah, "word/numbering.xml");
    let first =
        r#"<w:num w:numId="1"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/>"#;
    assert!(numbering.contains(first), "{numbering}");
}

#[test]
fn a_page_break_before_a_chapter_makes_no_empty_page() {
    let breaks = |blocks| {
        let document = part(&naskah(vec![section(blocks)]), "word/document.xml");
        document.matches("<w:pageBreakBefore/>").count()
    };
    let chapter = || heading(1, "BAB I", "Satu");
    assert_eq!(breaks(vec![paragraph("a"), Blok::HalamanBaru, chapter(), Blok::HalamanBaru, table("")]), 1);
    assert_eq!(breaks(vec![Blok::Draf(vec![paragraph("a"), Blok::HalamanBaru]), chapter()]), 0);
    assert_eq!(breaks(vec![table(""), Blok::HalamanBaru]), 0);
}

#[test]
fn drafts_are_labelled_once_and_framed() {
    let list = Blok::Daftar { penanda: Penanda::Butir, mulai: 1, butir: vec![vec![paragraph("b"), paragraph("c")]] };
    let draft = Blok::Draf(vec![Blok::Draf(vec![paragraph("a")]), list]);
    let document = part(&naskah(vec![section(vec![draft, paragraph("d")])]), "word/document.xml");
    assert_eq!(document.matches("Draf — disusun Tolok dari data").count(), 1);
    assert_eq!(document.matches(r#"<w:pStyle w:val="Draf"/>"#).count(), 3);
    // Only the unmarked paragraph of the item stands in, so only its bar has to be moved out.
    assert_eq!(document.matches(r#"w:space="28""#).count(), 1);
}

#[test]
fn pictures_are_embedded_with_their_description() {
    let figure = Gambar {
        nomor: "3.12".into(),
        judul: "Capaian".into(),
        alt: "Batang <naik>".into(),
        svg: String::new(),
        ukuran: (600, 300),
    };
    let naskah = naskah(vec![section(vec![Blok::Gambar(figure)])]);
    let without = part(&naskah, "word/document.xml");
    assert!(without.contains(">Batang &lt;naik&gt;</w:t>") && !without.contains("<w:drawing>"));
    let options = Pilihan { gambar: &|_| b"png".to_vec(), ..Pilihan::default() };
    let parts = parts(&naskah, &options);
    assert!(parts.contains(&("word/media/gambar1.png".to_owned(), "png".to_owned())));
    let document = &parts[4].1;
    assert!(document.contains(r#"<wp:docPr id="1" name="Gambar 1" descr="Batang &lt;naik&gt;"/>"#));
    assert!(document.contains(r" SEQ Gambar \r 12 \* ARABIC "));
}

#[test]
fn two_signers_stand_side_by_side_and_forms_have_no_footer() {
    let signer = |jabatan: &str, nama: &str| PenandaTangan {
        jabatan: vec![jabatan.into()],
        nama: nama.into(),
        keterangan: vec!["NIP. 1".into()],
    };
    let both = Blok::TandaTangan(TandaTangan {
        tempat_tanggal: "Serang, 29 Januari 2021".into(),
        kiri: Some(signer("Walikota", "(....)")),
        kanan: signer("Kepala Dinas", "Nama Kepala"),
    });
    let fields = Blok::Isian(vec![("Nama".into(), "Nama <Kepala>".into())]);
    let form = Bagian { penomoran: Penomoran::Tanpa, ruang_atas: 254, ..section(vec![fields, both]) };
    let naskah = naskah(vec![form, section(vec![paragraph("a")])]);
    let document = part(&naskah, "word/document.xml");
    assert!(document.contains(r#"<w:pStyle w:val="Isian"/><w:spacing w:before="1440"/>"#), "room for a logo");
    assert!(document.contains("Nama &lt;Kepala&gt;</w:t>"));
    let table = document.split("<w:tbl>").nth(1).expect("a table without lines");
    let cells: Vec<&str> = table.split("<w:tc>").skip(1).collect();
    assert_eq!(cells.len(), 8);
    for (cell, text) in [(1, "29 Januari"), (2, "Walikota"), (3, "Kepala Dinas"), (6, "(....)"), (7, "Nama Kepala")] {
        assert!(cells[cell].contains(text), "{text}");
    }
    // Its own footer, though empty: without one it would take over another section's.
    assert_eq!(document.matches("<w:footerReference").count(), 2);
    assert!(!part(&naskah, "word/footer1.xml").contains("PAGE") && part(&naskah, "word/footer2.xml").contains("PAGE"));
    assert_eq!(document.matches("<w:pgNumType").count(), 1);
}
