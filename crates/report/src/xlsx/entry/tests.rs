use std::io::Read;

use tolok_domain::{Decimal, Nilai, Periode, Rupiah, TipeNilai};

use super::*;

fn row(tipe: TipeNilai, nilai: Option<Nilai>) -> BarisIsian {
    BarisIsian {
        kunci: format!("indikator|{}|realisasi|", tipe.as_str()),
        kode: "2.07.03.2.01.0012".into(),
        uraian: "Persentase penyelesaian & tindak lanjut".into(),
        satuan: "%".into(),
        tipe,
        pilihan: Vec::new(),
        target: "40,98".into(),
        lalu: String::new(),
        nilai,
        keterangan: String::new(),
        hambatan: String::new(),
        tindak_lanjut: String::new(),
        dapat_diubah: true,
    }
}

fn sheet(baris: Vec<BarisIsian>) -> LembarIsian {
    LembarIsian {
        instansi_kode: "disnakertrans-serang".into(),
        instansi_nama: "Dinas Tenaga Kerja & Transmigrasi".into(),
        tahun: 2021,
        periode: Periode::Triwulan(2021, 3),
        versi: 12,
        baris,
    }
}

/// The text of a part of the workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn form(baris: Vec<BarisIsian>) -> String {
    part(&render(&sheet(baris), Kertas::F4).unwrap(), "xl/worksheets/sheet1.xml")
}

#[test]
fn the_form_is_protected_and_its_key_is_very_hidden() {
    let bytes = render(&sheet(vec![row(TipeNilai::Bilangan, None)]), Kertas::F4).unwrap();
    let workbook = part(&bytes, "xl/workbook.xml");
    assert!(workbook.contains(r#"name="Isian""#), "{workbook}");
    assert!(workbook.contains(r#"name="Kunci" sheetId="2" state="veryHidden""#), "{workbook}");
    for name in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
        assert!(part(&bytes, name).contains("<sheetProtection sheet=\"1\""), "{name}");
    }
    // Of the cell formats, only those of cells to fill in are not locked.
    assert!(part(&bytes, "xl/styles.xml").contains(r#"<protection locked="0"/>"#));
}

#[test]
fn the_form_prints_on_wide_pages_with_its_header() {
    let form = form(vec![row(TipeNilai::Bilangan, None)]);
    assert!(form.contains(r#"orientation="landscape""#) && form.contains(r#"paperSize="14""#), "{form}");
    assert!(form.contains(r#"topLeftCell="C7""#), "frozen below the header and beside the code: {form}");
    let bytes = render(&sheet(Vec::new()), Kertas::A4).unwrap();
    assert!(part(&bytes, "xl/workbook.xml").contains("Isian!$6:$6"));
    assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains(r#"paperSize="9""#));
}

#[test]
fn values_are_numbers_wherever_a_cell_can_hold_them() {
    let number = |text: &str| text.parse::<Decimal>().unwrap();
    let forms = [
        (TipeNilai::Bilangan, Nilai::Bilangan(number("1051.25")), "<v>1051.25</v>"),
        (TipeNilai::Persen, Nilai::Persen(number("98.13")), "<v>0.9813</v>"),
        (TipeNilai::Uang, Nilai::Uang(Rupiah::from_sen(785_160_841_900)), "<v>7851608419</v>"),
    ];
    for (tipe, value, cell) in forms {
        let form = form(vec![row(tipe, Some(value))]);
        assert!(form.contains(cell), "{form}");
    }
    // More digits than a float keeps, and a percentage that looks like a slip, are texts.
    for (tipe, value) in [
        (TipeNilai::Bilangan, Nilai::Bilangan(number("85.714285714285714286"))),
        (TipeNilai::Persen, Nilai::Persen(number("1250"))),
        (TipeNilai::Rasio, Nilai::Rasio { n: number("28"), d: number("35") }),
    ] {
        let form = form(vec![row(tipe, Some(value))]);
        assert!(form.split("r=\"F7\"").nth(1).unwrap().split_once('>').unwrap().0.contains("t=\"s\""), "{form}");
    }
}

#[test]
fn every_type_has_its_rule() {
    for (tipe, rule) in [
        (TipeNilai::Bilangan, r#"type="decimal""#),
        (TipeNilai::Persen, r#"type="decimal" errorStyle="warning""#),
        (TipeNilai::Uang, r#"type="whole" errorStyle="warning""#),
        (TipeNilai::Rasio, r#"type="custom""#),
        (TipeNilai::Rentang, r#"type="textLength""#),
        (TipeNilai::Predikat, r#"type="textLength""#),
        (TipeNilai::Dokumen, "<formula1>\"ada,tidak ada\"</formula1>"),
    ] {
        let form = form(vec![row(tipe, None)]);
        assert!(form.contains(rule), "{tipe:?}: {form}");
    }
    let grades =
        BarisIsian { pilihan: ["AA", "A", "BB"].map(str::to_owned).to_vec(), ..row(TipeNilai::Predikat, None) };
    let form = form(vec![row(TipeNilai::Bilangan, None), grades]);
    assert!(form.contains("<formula1>Kunci!$N$8:$P$8</formula1>"), "{form}");
}

#[test]
fn a_closed_row_is_only_shown() {
    let form = form(vec![BarisIsian { dapat_diubah: false, ..row(TipeNilai::Bilangan, None) }]);
    assert!(!form.contains("<dataValidation"), "{form}");
}

#[test]
fn equal_sheets_give_equal_bytes() {
    let lembar = sheet(vec![row(TipeNilai::Bilangan, None), row(TipeNilai::Rasio, None)]);
    let bytes = render(&lembar, Kertas::F4).unwrap();
    assert_eq!(bytes, render(&lembar, Kertas::F4).unwrap());
    assert!(part(&bytes, "docProps/core.xml").contains("2021-01-01T00:00:00Z"));
}
