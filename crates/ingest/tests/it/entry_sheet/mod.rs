//! The entry sheet: written by `tolok-report`, filled in by hand and by other programs, and read back.

mod hostile;
mod programs;
mod refusals;
mod roundtrip;

use std::io::{Cursor, Read, Write};

use tolok_domain::entry_sheet::{BarisIsian, LembarIsian};
use tolok_domain::{Periode, TipeNilai};
use tolok_ingest::entry_sheet::{BarisDibaca, read};
use tolok_report::naskah::Kertas;
use tolok_report::xlsx::entry::render;
use zip::write::SimpleFileOptions;

const FORM: &str = "xl/worksheets/sheet1.xml";
const KEY: &str = "xl/worksheets/sheet2.xml";

fn row(kode: &str, tipe: TipeNilai) -> BarisIsian {
    BarisIsian {
        kunci: format!("indikator|{kode}|realisasi|"),
        kode: kode.into(),
        uraian: format!("Uraian {kode}\nyang panjang"),
        satuan: "satuan".into(),
        tipe,
        pilihan: Vec::new(),
        target: "40,98".into(),
        lalu: String::new(),
        nilai: None,
        keterangan: String::new(),
        hambatan: String::new(),
        tindak_lanjut: String::new(),
        dapat_diubah: true,
    }
}

/// One row of each type in rows 7 to 13, then a closed one.
fn rows() -> Vec<BarisIsian> {
    let mut rows: Vec<BarisIsian> = TipeNilai::ALL.map(|tipe| row(tipe.as_str(), tipe)).to_vec();
    rows[4].pilihan = ["AA", "A", "BB"].map(str::to_owned).to_vec();
    rows.push(BarisIsian {
        keterangan: "sudah diverifikasi".into(),
        dapat_diubah: false,
        ..row("terkunci", TipeNilai::Bilangan)
    });
    rows
}

/// The cell of the value in the row of a type.
fn cell_of(tipe: TipeNilai) -> String {
    let index = TipeNilai::ALL.iter().position(|t| *t == tipe).expect("a type");
    format!("F{}", index + 7)
}

fn sheet(baris: Vec<BarisIsian>) -> LembarIsian {
    LembarIsian {
        instansi_kode: "disnakertrans-serang".into(),
        instansi_nama: "Dinas Tenaga Kerja dan Transmigrasi".into(),
        tahun: 2021,
        periode: Periode::Triwulan(2021, 3),
        versi: 12,
        baris,
    }
}

fn workbook() -> Vec<u8> {
    render(&sheet(rows()), Kertas::F4).expect("a workbook")
}

/// The rows that are read, or the faults as people see them.
fn outcome(bytes: &[u8]) -> Result<Vec<BarisDibaca>, Vec<String>> {
    match read(bytes) {
        Ok(isian) => Ok(isian.baris),
        Err(masalah) => Err(masalah.iter().map(ToString::to_string).collect()),
    }
}

/// The workbook with one part changed.
fn edited(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("a part");
        if name == part {
            content = change(String::from_utf8(content).expect("text")).into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(&content).expect("a part");
    }
    writer.finish().expect("an archive").into_inner()
}

/// The cell's XML replaced: what is in it, and attributes beside its place and style.
fn with_cell(xml: &str, cell: &str, attributes: &str, content: &str) -> String {
    let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("{cell} is not in the sheet"));
    let (before, rest) = xml.split_at(start);
    let head = &rest[..rest.find('>').expect("an element")];
    let end = if head.ends_with('/') { head.len() + 1 } else { rest.find("</c>").expect("a cell") + 4 };
    let style = head.split("s=\"").nth(1).and_then(|s| s.split('"').next()).expect("a style");
    let style = if attributes.contains("s=") { String::new() } else { format!("s=\"{style}\"") };
    format!("{before}<c r=\"{cell}\" {style} {attributes}>{content}</c>{}", &rest[end..])
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text typed into a cell.
fn typed(bytes: &[u8], cell: &str, text: &str) -> Vec<u8> {
    let content = format!("<is><t xml:space=\"preserve\">{}</t></is>", escaped(text));
    edited(bytes, FORM, |xml| with_cell(&xml, cell, "t=\"inlineStr\"", &content))
}

/// A number in a cell, as it stands in the file.
fn number(bytes: &[u8], cell: &str, text: &str) -> Vec<u8> {
    edited(bytes, FORM, |xml| with_cell(&xml, cell, "", &format!("<v>{text}</v>")))
}

/// A number in a cell of another format, by the format's number in the standard.
fn formatted(bytes: &[u8], cell: &str, format: u32, text: &str) -> Vec<u8> {
    let mut index = 0;
    let styles = "xl/styles.xml";
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut xml = String::new();
    archive.by_name(styles).expect("styles").read_to_string(&mut xml).expect("text");
    if let Some(formats) = xml.split("<cellXfs").nth(1).and_then(|rest| rest.split("</cellXfs>").next()) {
        index = formats.matches("<xf ").count();
    }
    let style = format!("<xf numFmtId=\"{format}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>");
    let bytes = edited(bytes, styles, |xml| xml.replace("</cellXfs>", &style));
    edited(&bytes, FORM, |xml| with_cell(&xml, cell, &format!("s=\"{index}\""), &format!("<v>{text}</v>")))
}
