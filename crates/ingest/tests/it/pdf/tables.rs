//! Tables and text as they are drawn, and as they are read. Cases by their number in the collection of misreadings.

use tolok_domain::bacaan::{Bagian, CatatanBaca, SelBaca};
use tolok_ingest::pdf::read_pdf;

use super::builder::{bold, grid, pdf, text, turned};

fn read(pages: &[&str]) -> (Vec<Bagian>, Vec<CatatanBaca>) {
    read_pdf("uji.pdf", &pdf(pages)).unwrap()
}

fn grids(parts: &[Bagian]) -> Vec<&Vec<Vec<SelBaca>>> {
    parts.iter().filter_map(|part| if let Bagian::Kisi { baris, .. } = part { Some(baris) } else { None }).collect()
}

/// The texts of the only table; covered cells as an arrow.
fn table(parts: &[Bagian]) -> Vec<Vec<&str>> {
    let grids = grids(parts);
    assert_eq!(grids.len(), 1, "{parts:?}");
    let cell = |cell: &'_ SelBaca| if cell.tergabung { "^" } else { "" };
    grids[0]
        .iter()
        .map(|row| row.iter().map(|sel| if sel.tergabung { cell(sel) } else { &*sel.teks }).collect())
        .collect()
}

fn noted(notes: &[CatatanBaca], words: &str) -> bool {
    notes.iter().any(|note| note.pesan.contains(words))
}

#[test]
fn a_ruled_table_is_read_with_places_and_caption() {
    let page = [
        text(60.0, 740.0, 11.0, "Tabel 2.1 Capaian Kinerja"),
        grid(&[50.0, 200.0, 300.0, 400.0], &[720.0, 700.0, 670.0, 650.0]),
        text(60.0, 706.0, 10.0, "Indikator")
            + &text(210.0, 706.0, 10.0, "Target")
            + &text(310.0, 706.0, 10.0, "Realisasi"),
        text(60.0, 688.0, 10.0, "Nilai hasil") + &text(60.0, 676.0, 10.0, "evaluasi"),
        text(210.0, 682.0, 10.0, "80,00") + &text(310.0, 682.0, 10.0, "66,24"),
        text(60.0, 656.0, 10.0, "Indeks") + &text(310.0, 656.0, 10.0, "3,41"),
    ]
    .concat();
    let (parts, notes) = read(&[&page]);
    assert_eq!(
        table(&parts),
        [
            vec!["Indikator", "Target", "Realisasi"],
            vec!["Nilai hasil evaluasi", "80,00", "66,24"],
            vec!["Indeks", "", "3,41"]
        ]
    );
    let Some(Bagian::Kisi { judul, baris, .. }) = parts.last() else { panic!("{parts:?}") };
    assert_eq!(judul, "Tabel 2.1 Capaian Kinerja");
    assert_eq!(baris[1][2].letak.to_string(), "uji.pdf, halaman 1, tabel 1, baris 2, kolom 3");
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn merged_cells_span_their_columns_and_rows() {
    // A heading over two columns, a label beside two rows.
    let page = [
        "50 720 m 350 720 l S 150 700 m 350 700 l S 50 680 m 350 680 l S 50 660 m 350 660 l S\n",
        "50 720 m 50 660 l S 150 720 m 150 660 l S 250 700 m 250 660 l S 350 720 m 350 660 l S\n",
        &text(60.0, 695.0, 10.0, "Uraian"),
        &text(220.0, 706.0, 10.0, "Target"),
        &(text(160.0, 686.0, 10.0, "2021") + &text(260.0, 686.0, 10.0, "2022")),
        &(text(60.0, 666.0, 10.0, "Program") + &text(160.0, 666.0, 10.0, "1") + &text(260.0, 666.0, 10.0, "2")),
    ]
    .concat();
    let (parts, _) = read(&[&page]);
    assert_eq!(table(&parts), [["Uraian", "Target", "^"], ["^", "2021", "2022"], ["Program", "1", "2"]]);
    let grid = grids(&parts)[0];
    assert_eq!((grid[0][0].lebar, grid[0][0].tinggi), (1, 2));
    assert_eq!((grid[0][1].lebar, grid[0][1].tinggi), (2, 1));
    assert_eq!(&*grid[0][2].teks, "Target");
}

#[test]
fn borders_drawn_cell_by_cell_as_thin_boxes_are_rulings() {
    let thin = |x: f64, y: f64, w: f64, h: f64| format!("{x} {y} {w} {h} re f\n");
    let mut page = String::new();
    for y in [700.0, 680.0, 660.0] {
        for x in [50.0, 150.48] {
            page += &thin(x, y, 100.0, 0.48);
        }
    }
    for x in [50.0, 150.0, 250.0] {
        for y in [680.0, 660.0] {
            page += &thin(x, y, 0.48, 20.0);
        }
    }
    // White behind the words is no ruling.
    page += "1 g 55 684 80 11 re f 0 g\n";
    page += &(text(55.0, 686.0, 10.0, "Nama") + &text(160.0, 686.0, 10.0, "Pagu"));
    page += &(text(55.0, 666.0, 10.0, "Rutin") + &text(160.0, 666.0, 10.0, "7.000"));
    assert_eq!(table(&read(&[&page]).0), [["Nama", "Pagu"], ["Rutin", "7.000"]]);
}

#[test]
fn columns_without_rulings_are_found_by_their_gaps() {
    let row = |y: f64, cells: [&str; 3]| {
        text(60.0, y, 10.0, cells[0]) + &text(250.0, y, 10.0, cells[1]) + &text(400.0, y, 10.0, cells[2])
    };
    let page = [
        text(
            60.0,
            760.0,
            10.0,
            "Kalimat biasa di atas tabel yang cukup panjang untuk satu baris penuh di halaman ini.",
        ),
        row(700.0, ["Program", "Pagu", "Realisasi"]),
        row(685.0, ["Pelatihan kerja", "1.500.000", "1.400.000"]),
        row(670.0, ["Penempatan", "2.500.000", "2.400.000"]),
        text(60.0, 658.0, 10.0, "tenaga kerja"),
        row(640.0, ["Jumlah", "4.000.000", "3.800.000"]),
    ]
    .concat();
    let (parts, _) = read(&[&page]);
    assert_eq!(
        table(&parts),
        [
            ["Program", "Pagu", "Realisasi"],
            ["Pelatihan kerja", "1.500.000", "1.400.000"],
            ["Penempatan tenaga kerja", "2.500.000", "2.400.000"],
            ["Jumlah", "4.000.000", "3.800.000"]
        ]
    );
    assert!(matches!(&parts[0], Bagian::Paragraf { teks, .. } if teks.starts_with("Kalimat biasa")), "{parts:?}");
}

#[test]
fn headings_and_paragraphs_are_told_apart_and_page_edges_left_out() {
    let page = |number: &str, body: &str| {
        text(60.0, 815.0, 9.0, "LKjIP Dinas Tenaga Kerja 2021")
            + &bold(60.0, 740.0, 16.0, "BAB I PENDAHULUAN")
            + &bold(60.0, 710.0, 11.0, "1.2 Dasar Hukum")
            + &text(60.0, 690.0, 11.0, body)
            + &text(60.0, 676.0, 11.0, "baris kedua dari paragraf yang sama.")
            + &text(300.0, 30.0, 9.0, number)
    };
    let pages = [page("12", "Laporan ini disusun"), page("13", "Kinerja diukur"), page("14", "Hasilnya dilaporkan")];
    let (parts, notes) = read(&pages.each_ref().map(String::as_str));
    let first: Vec<String> = parts
        .iter()
        .take(3)
        .map(|part| match part {
            Bagian::Judul { tingkat, teks, .. } => format!("{tingkat} {teks}"),
            Bagian::Paragraf { teks, .. } => teks.clone(),
            Bagian::Kisi { .. } => "tabel".into(),
        })
        .collect();
    assert_eq!(
        first,
        ["1 BAB I PENDAHULUAN", "2 1.2 Dasar Hukum", "Laporan ini disusun baris kedua dari paragraf yang sama."]
    );
    assert_eq!(parts.len(), 9, "{parts:?}");
    assert!(noted(&notes, "LKjIP Dinas Tenaga Kerja 2021") && noted(&notes, "12"), "{notes:?}");
}

#[test]
fn what_the_file_marks_as_footer_is_told_and_left_out() {
    let page = text(60.0, 700.0, 11.0, "Isi halaman.")
        + "/Artifact <</Type/Pagination/Subtype/Footer>> BDC\n"
        + &text(60.0, 400.0, 9.0, "Renstra Dinas 2025-2029")
        + "EMC\n"
        + &text(60.0, 380.0, 11.0, "Masih isi.");
    let (parts, notes) = read(&[&page]);
    let texts: Vec<&str> = parts
        .iter()
        .filter_map(|part| if let Bagian::Paragraf { teks, .. } = part { Some(teks.as_str()) } else { None })
        .collect();
    assert_eq!(texts, ["Isi halaman.", "Masih isi."]);
    assert!(noted(&notes, "\"Renstra Dinas 2025-2029\" berulang"), "{notes:?}");
}

#[test]
fn a_table_that_goes_on_keeps_its_caption() {
    let table = |y: f64| {
        grid(&[50.0, 150.0, 250.0], &[y, y - 20.0])
            + &text(60.0, y - 14.0, 10.0, "a")
            + &text(160.0, y - 14.0, 10.0, "b")
    };
    let first = text(60.0, 120.0, 11.0, "Tabel 3.4 Anggaran") + &table(100.0);
    let (parts, _) = read(&[&first, &table(800.0)]);
    let captions: Vec<&str> = parts
        .iter()
        .filter_map(|part| if let Bagian::Kisi { judul, .. } = part { Some(judul.as_str()) } else { None })
        .collect();
    assert_eq!(captions, ["Tabel 3.4 Anggaran", "Tabel 3.4 Anggaran"]);
}

/// C157: figures turned upright are read upwards or downwards, not backwards.
#[test]
fn c157_turned_figures_are_read_in_their_own_direction() {
    let page = [
        grid(&[50.0, 100.0, 150.0, 200.0], &[720.0, 620.0, 600.0]),
        turned(80.0, 630.0, 10.0, "8.149.375.829", [0.0, 1.0, -1.0, 0.0]),
        turned(120.0, 715.0, 10.0, "6.706.544.807", [0.0, -1.0, 1.0, 0.0]),
        text(160.0, 660.0, 10.0, "82,30"),
        text(60.0, 606.0, 10.0, "1") + &text(110.0, 606.0, 10.0, "2") + &text(160.0, 606.0, 10.0, "3"),
    ]
    .concat();
    assert_eq!(table(&read(&[&page]).0), [["8.149.375.829", "6.706.544.807", "82,30"], ["1", "2", "3"]]);
}

/// C159: a number that the narrow column broke is whole, and the person is asked to look; it is never 1229.
#[test]
fn c159_a_number_broken_by_its_column_is_offered_whole() {
    let page = [
        grid(&[50.0, 85.0, 120.0], &[720.0, 690.0, 670.0]),
        text(55.4, 708.0, 10.0, "1229") + &text(55.4, 696.0, 10.0, "9"),
        text(90.4, 702.0, 10.0, "1581") + &text(90.4, 692.0, 10.0, "3"),
        text(60.0, 676.0, 10.0, "2022") + &text(95.0, 676.0, 10.0, "2023"),
    ]
    .concat();
    let (parts, notes) = read(&[&page]);
    assert_eq!(table(&parts), [["12299", "15813"], ["2022", "2023"]]);
    assert!(noted(&notes, "12299") && noted(&notes, "15813"), "{notes:?}");
}

/// C161: a digit that ran out of its cell comes back to its number; one that is missing is told.
#[test]
fn c161_the_last_digit_of_a_cell_is_not_lost_to_the_next() {
    let clipped = |x: f64, words: String| format!("q {x} 700 70 20 re W n {words} Q\n");
    let page = [
        grid(&[50.0, 120.0, 190.0], &[720.0, 700.0, 680.0]),
        // The second number is wider than its cell, and only what is within it shows.
        clipped(50.0, text(62.0, 706.0, 10.0, "11.445.699.705")),
        clipped(120.0, text(125.0, 706.0, 10.0, "9.525.129")),
        text(55.0, 686.0, 10.0, "11.445.699.70") + &text(125.0, 686.0, 10.0, "1.000"),
    ]
    .concat();
    let (parts, notes) = read(&[&page]);
    assert_eq!(table(&parts), [["11.445.699.705", "9.525.129"], ["11.445.699.70", "1.000"]]);
    assert!(noted(&notes, "\"11.445.699.70\" tidak lengkap"), "{notes:?}");
}

/// C162: values that stand above their label are offered as its values, never put to the label before.
#[test]
fn c162_values_above_their_label_are_offered_for_it() {
    let page = [
        text(60.0, 700.0, 10.0, "Angka kemiskinan")
            + &text(250.0, 700.0, 10.0, "5,11")
            + &text(350.0, 700.0, 10.0, "4,99"),
        text(250.0, 680.0, 10.0, "7,69") + &text(350.0, 680.0, 10.0, "7,14"),
        text(60.0, 672.0, 10.0, "Pertumbuhan ekonomi"),
        text(60.0, 650.0, 10.0, "Indeks gini") + &text(250.0, 650.0, 10.0, "0,31") + &text(350.0, 650.0, 10.0, "0,30"),
    ]
    .concat();
    let (parts, notes) = read(&[&page]);
    assert_eq!(
        table(&parts),
        [
            ["Angka kemiskinan", "5,11", "4,99"],
            ["Pertumbuhan ekonomi", "7,69", "7,14"],
            ["Indeks gini", "0,31", "0,30"]
        ]
    );
    assert!(noted(&notes, "\"7,69 7,14\" berdiri di atas labelnya"), "{notes:?}");
}

/// C163: a heading with a shadow is read once, also where the shadow was written as letters between the letters.
#[test]
fn c163_a_shadow_is_not_read() {
    let shadow = bold(200.0, 740.0, 20.0, "KATA PENGANTAR") + &bold(200.8, 739.2, 20.0, "KATA PENGANTAR");
    let body = text(
        60.0,
        700.0,
        11.0,
        "Puji syukur kami panjatkan atas selesainya laporan ini, yang disusun menurut peraturan.",
    );
    let (parts, _) = read(&[&(shadow + &body)]);
    assert!(matches!(&parts[0], Bagian::Judul { teks, .. } if teks == "KATA PENGANTAR"), "{parts:?}");
    let between = bold(100.0, 740.0, 20.0, "K K A A T T A A P P e e n n G G A A N N T T A A R R") + &body;
    let (parts, _) = read(&[&between]);
    assert!(matches!(&parts[0], Bagian::Judul { teks, .. } if teks == "KATAPenGANTAR"), "{parts:?}");
}

/// C166: a formula whose letters are lost is left out with a note; indicator and "-" are read.
#[test]
fn c166_a_lost_formula_leaves_the_rest() {
    let page = [
        grid(&[50.0, 200.0, 400.0, 450.0], &[720.0, 680.0, 660.0]),
        text(60.0, 700.0, 10.0, "Persentase pencari kerja"),
        text(210.0, 700.0, 10.0, "????? ??????? x 100%") + &text(410.0, 700.0, 10.0, "-"),
        text(60.0, 666.0, 10.0, "Indeks") + &text(210.0, 666.0, 10.0, "Survei") + &text(410.0, 666.0, 10.0, "80"),
    ]
    .concat();
    let (parts, notes) = read(&[&page]);
    assert_eq!(table(&parts), [["Persentase pencari kerja", "", "-"], ["Indeks", "Survei", "80"]]);
    assert!(noted(&notes, "rumus"), "{notes:?}");
}
