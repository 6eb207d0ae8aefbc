//! Own small files, one for each fault that files of offices have.

use rust_xlsxwriter::{Format, Formula, Workbook};
use tolok_domain::bacaan::PeranKolom as P;
use tolok_ingest::baca::read_file;
use tolok_ingest::fakta::facts;

use super::{notes, rows, text, value, values};

/// A committed file.
fn file(nama: &str) -> tolok_domain::bacaan::Bacaan {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/berkas").join(nama);
    read_file(nama, &std::fs::read(path).expect("committed")).expect("readable")
}

#[test]
fn a_list_with_mark_semicolons_and_lines_in_quotes() {
    let bacaan = file("bom-titik-koma.csv");
    assert_eq!(
        rows(&bacaan),
        [
            "Kode|Program|Pagu (Rp)",
            "2.07.03|Program Pelatihan Kerja|832.031.500",
            "2.07.04|Program Penempatan; luar negeri|751.383.434"
        ]
    );
    assert_eq!(values(&bacaan, P::Pagu), ["832031500", "751383434"]);
    assert_eq!(facts(&bacaan)[1].subjek.kode.as_deref(), Some("2.07.04"));
    assert_eq!(facts(&bacaan)[1].letak.baris, Some(4), "the line in the file");
}

#[test]
fn a_list_in_an_old_encoding_says_so() {
    let bacaan = file("windows-1252.csv");
    assert_eq!(&*bacaan.tabel[0].baris[0][0].teks, "Café – Kota");
    assert!(notes(&bacaan).contains("Windows-1252"), "{}", notes(&bacaan));
}

#[test]
fn a_table_over_two_pages_with_number_row_and_arithmetic() {
    let bacaan = file("halaman.md");
    assert_eq!(bacaan.tahun, Some(2021));
    let [tabel] = &bacaan.tabel[..] else { panic!("{} tables", bacaan.tabel.len()) };
    assert_eq!(tabel.judul, "Tabel 3.1 Capaian Kinerja Tahun 2021");
    assert_eq!(tabel.kolom[6].hitungan.as_deref(), Some("6=5/4*100"));
    assert_eq!(tabel.baris.len(), 5);
    assert_eq!(tabel.catatan_kaki.iter().map(|c| &*c.teks).collect::<Vec<_>>(), ["Sumber: Dinas, 2021"]);
    assert_eq!(values(&bacaan, P::Capaian), ["68,3", "100", "100", "106,53", "100"]);
    // The slid row, at its own line.
    let known = facts(&bacaan);
    let slid = known.iter().find(|f| f.subjek.indikator.as_deref() == Some("Jumlah pengelola LPK")).expect("moved");
    assert_eq!((value(slid), &*slid.satuan), ("25".into(), "LPK"));
    assert!(notes(&bacaan).contains("sel digeser"), "{}", notes(&bacaan));
}

#[test]
fn a_page_with_merged_headers_and_groups() {
    let bacaan = file("gabungan.html");
    let headers: Vec<&str> = bacaan.tabel[0].kolom.iter().map(|k| k.judul.as_str()).collect();
    assert_eq!(
        headers,
        [
            "No",
            "Sasaran",
            "Indikator",
            "Satuan",
            "2020 / Target",
            "2020 / Realisasi",
            "2021 / Target",
            "2021 / Realisasi"
        ]
    );
    let of = |tahun: i16, peran| {
        let fits = |f: &&tolok_domain::bacaan::Fakta| f.peran == peran && f.periode.is_some_and(|p| p.tahun() == tahun);
        facts(&bacaan).iter().filter(fits).map(value).collect::<Vec<_>>()
    };
    assert_eq!(
        (of(2020, P::Target), of(2021, P::Realisasi)),
        (vec!["90".into(), "5".into()], vec!["28/35".to_owned(), "Strip".into()])
    );
    assert!(facts(&bacaan).iter().all(|f| f.subjek.nama == "Meningkatnya Kualitas"), "carried through the merged cell");
}

#[test]
fn amounts_in_american_style_and_in_millions() {
    let bacaan = file("gaya-amerika.csv");
    assert_eq!(values(&bacaan, P::Pagu), ["71366000", "37994000"]);
    let bacaan = file("juta.md");
    assert_eq!(values(&bacaan, P::Pagu), ["832000000", "751400000"]);
}

#[test]
fn dates_in_two_styles_are_named() {
    let bacaan = file("dua-tanggal.md");
    assert!(notes(&bacaan).contains("25/02/2021 (hari dahulu) dan 12/24/2021 (bulan dahulu)"), "{}", notes(&bacaan));
}

#[test]
fn ratios_are_percentages() {
    let lines = "Indikator\tTarget\tRealisasi\tRasio Capaian\nIndeks a\t79,58\t85,92\t1,08\nIndeks b\t50\t25\t0,50\nIndeks c\t10\t12\t1,20\n";
    let bacaan = text("a.md", lines);
    assert_eq!(values(&bacaan, P::Capaian), ["108", "50", "120"], "C065");
    assert!(facts(&bacaan).iter().filter(|f| f.peran == P::Capaian).all(|f| f.nilai.persen));
}

#[test]
fn a_workbook_with_merged_cells_percent_formats_formulas_and_two_tables() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Kinerja").expect("name");
    let plain = Format::new();
    let percent = Format::new().set_num_format("0.00%");
    let date = Format::new().set_num_format("dd/mm/yyyy");
    sheet.merge_range(0, 0, 0, 4, "CAPAIAN KINERJA TAHUN 2021", &plain).expect("title");
    for (column, header) in ["Sasaran", "Indikator", "Target", "Realisasi", "Capaian (%)"].into_iter().enumerate() {
        sheet.write_string(2, u16::try_from(column).expect("small"), header).expect("cell");
    }
    sheet.merge_range(3, 0, 4, 0, "Meningkatnya Mutu", &plain).expect("group");
    for (row, target, done) in [(3_u32, 60.0, 40.98), (4, 0.9, 0.9)] {
        sheet.write_string(row, 1, format!("Indeks {row}")).expect("cell");
        sheet.write_number(row, 2, target).expect("cell");
        sheet.write_number(row, 3, done).expect("cell");
        let formula = Formula::new(format!("=D{0}/C{0}", row + 1)).set_result(format!("{}", done / target));
        sheet.write_formula_with_format(row, 4, formula, &percent).expect("cell");
    }
    sheet.write_string(8, 0, "Program").expect("cell");
    sheet.write_string(8, 1, "Pagu (Rp)").expect("cell");
    sheet.write_string(8, 2, "Tanggal").expect("cell");
    sheet.write_string(9, 0, "Program a").expect("cell");
    sheet.write_number(9, 1, 832_031_500.0).expect("cell");
    sheet.write_number_with_format(9, 2, 44_252.0, &date).expect("cell");
    let bacaan = read_file("kinerja.xlsx", &book.save_to_buffer().expect("workbook")).expect("readable");
    assert_eq!(bacaan.tabel.len(), 2);
    assert_eq!(bacaan.tabel[0].judul, "CAPAIAN KINERJA TAHUN 2021");
    assert_eq!(values(&bacaan, P::Capaian), ["68,3", "100"]);
    assert_eq!(values(&bacaan, P::Pagu), ["832031500"]);
    assert_eq!(&*bacaan.tabel[1].baris[0][2].teks, "25/02/2021");
    assert!(facts(&bacaan).iter().take(6).all(|f| f.subjek.nama == "Meningkatnya Mutu"));
    let place = facts(&bacaan)[0].letak.to_string();
    assert_eq!(place, "kinerja.xlsx, lembar Kinerja, sel C4");
}

#[test]
fn a_document_with_headings_footnotes_and_merged_cells() {
    let body = "<w:p><w:pPr><w:pStyle w:val=\"J1\"/></w:pPr><w:r><w:t>BAB III TAHUN 2021</w:t></w:r></w:p>\
        <w:p><w:r><w:t xml:space=\"preserve\">Realisasi sebesar Rp. 7.705.162.110,- </w:t></w:r><w:del><w:r><w:delText>salah</w:delText></w:r></w:del>\
        <w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>Indikator</w:t></w:r></w:p></w:tc>\
        <w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>Target</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>2020</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:t>2021</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Indeks a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:t>6</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"J1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>Sumber &amp; catatan</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in
        [("word/document.xml", document.as_str()), ("word/styles.xml", styles), ("word/footnotes.xml", notes)]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("file");
        std::io::Write::write_all(&mut zip, content.as_bytes()).expect("content");
    }
    let bytes = zip.finish().expect("archive").into_inner();
    let bacaan = read_file("a.docx", &bytes).expect("readable");
    let texts: Vec<String> = bacaan
        .bagian
        .iter()
        .map(|part| match part {
            tolok_domain::bacaan::Bagian::Judul { tingkat, teks, .. } => format!("#{tingkat} {teks}"),
            tolok_domain::bacaan::Bagian::Paragraf { teks, .. } => teks.clone(),
            tolok_domain::bacaan::Bagian::Kisi { .. } => "grid".into(),
        })
        .collect();
    assert_eq!(texts, ["#1 BAB III TAHUN 2021", "Realisasi sebesar Rp. 7.705.162.110,-", "Sumber & catatan", "grid"]);
    assert_eq!(rows(&bacaan), ["Indikator|Target|Target*", "Indikator*|2020|2021", "Indeks a|5|6"]);
    assert!(bacaan.tabel[0].baris[0][0].tebal && !bacaan.tabel[0].baris[0][1].tebal);
    assert_eq!(values(&bacaan, P::Target), ["5", "6"]);
    assert_eq!(values(&bacaan, P::RealisasiAnggaran), ["7705162110"]);
}
