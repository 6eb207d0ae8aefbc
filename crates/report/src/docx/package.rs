//! The zip package: parts, content types and relationships.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::xml::Xml;
use crate::naskah::Naskah;

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const CORE: &str = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
const EXTENDED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Everything that goes into the file besides what is the same in all.
pub(super) struct Isi {
    pub(super) document: String,
    pub(super) styles: String,
    pub(super) numbering: String,
    pub(super) footers: Vec<String>,
    pub(super) media: Vec<Vec<u8>>,
}

/// Relationship of the footer of that section, counted from 1.
pub(super) fn footer_relation(number: usize) -> String {
    format!("rIdFooter{number}")
}

/// Relationship of that picture, counted from 1.
pub(super) fn picture_relation(number: usize) -> String {
    format!("rIdGambar{number}")
}

/// Writes the package. Same content, same bytes: entries stand in a fixed order with the first date that zip knows.
pub(super) fn write(naskah: &Naskah, isi: &Isi) -> io::Result<Vec<u8>> {
    let footers = isi.footers.len();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::DEFAULT
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Unix);
    let mut part = |name: &str, content: &[u8]| -> io::Result<()> {
        zip.start_file(name, options)?;
        zip.write_all(content)
    };
    part("[Content_Types].xml", content_types(footers).as_bytes())?;
    part("_rels/.rels", package_relations().as_bytes())?;
    part("docProps/core.xml", core(naskah).as_bytes())?;
    part("docProps/app.xml", app(naskah).as_bytes())?;
    part("word/document.xml", isi.document.as_bytes())?;
    part("word/_rels/document.xml.rels", document_relations(footers, isi.media.len()).as_bytes())?;
    part("word/styles.xml", isi.styles.as_bytes())?;
    part("word/numbering.xml", isi.numbering.as_bytes())?;
    part("word/settings.xml", super::styles::settings().as_bytes())?;
    part("word/fontTable.xml", super::styles::fonts().as_bytes())?;
    for (index, footer) in isi.footers.iter().enumerate() {
        part(&format!("word/footer{}.xml", index + 1), footer.as_bytes())?;
    }
    for (index, picture) in isi.media.iter().enumerate() {
        part(&format!("word/media/gambar{}.png", index + 1), picture)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content_types(footers: usize) -> String {
    let mut xml = Xml::part();
    xml.open("Types", &[("xmlns", &TYPES)]);
    for (extension, kind) in [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("png", "image/png"),
    ] {
        xml.leaf("Default", &[("Extension", &extension), ("ContentType", &kind)]);
    }
    let mut part = |name: &str, kind: &str| xml.leaf("Override", &[("PartName", &name), ("ContentType", &kind)]);
    part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    part("/word/document.xml", &format!("{MAIN}.document.main+xml"));
    for name in ["styles", "numbering", "settings", "fontTable"] {
        part(&format!("/word/{name}.xml"), &format!("{MAIN}.{name}+xml"));
    }
    for number in 1..=footers {
        part(&format!("/word/footer{number}.xml"), &format!("{MAIN}.footer+xml"));
    }
    xml.finish()
}

fn package_relations() -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let mut xml = Xml::part();
    xml.open("Relationships", &[("xmlns", &RELATIONS)]);
    for (id, kind, target) in [
        ("rId1", format!("{}/officeDocument", super::NS_R), "word/document.xml"),
        ("rId2", core.to_owned(), "docProps/core.xml"),
        ("rId3", format!("{}/extended-properties", super::NS_R), "docProps/app.xml"),
    ] {
        xml.leaf("Relationship", &[("Id", &id), ("Type", &kind), ("Target", &target)]);
    }
    xml.finish()
}

fn document_relations(footers: usize, pictures: usize) -> String {
    let mut xml = Xml::part();
    xml.open("Relationships", &[("xmlns", &RELATIONS)]);
    let mut relation = |id: &str, kind: &str, target: &str| {
        let kind = format!("{}/{kind}", super::NS_R);
        xml.leaf("Relationship", &[("Id", &id), ("Type", &kind), ("Target", &target)]);
    };
    for name in ["styles", "numbering", "settings", "fontTable"] {
        relation(&format!("rId{name}"), name, &format!("{name}.xml"));
    }
    for number in 1..=footers {
        relation(&footer_relation(number), "footer", &format!("footer{number}.xml"));
    }
    for number in 1..=pictures {
        relation(&picture_relation(number), "image", &format!("media/gambar{number}.png"));
    }
    xml.finish()
}

fn core(naskah: &Naskah) -> String {
    let mut xml = Xml::part();
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", &CORE),
            ("xmlns:dc", &"http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", &"http://purl.org/dc/terms/"),
            ("xmlns:xsi", &"http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    xml.element("dc:title", &[], &naskah.judul);
    xml.element("dc:creator", &[], &naskah.penerbit);
    xml.element("dc:language", &[], "id-ID");
    if is_date(&naskah.tanggal) {
        let moment = format!("{}T00:00:00Z", naskah.tanggal);
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.element(name, &[("xsi:type", &"dcterms:W3CDTF")], &moment);
        }
    }
    xml.finish()
}

/// Word refuses a file whose properties hold a date that is none.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

fn app(naskah: &Naskah) -> String {
    let mut xml = Xml::part();
    xml.open("Properties", &[("xmlns", &EXTENDED)]);
    xml.element("Application", &[], "Tolok");
    xml.element("Company", &[], &naskah.penerbit);
    xml.finish()
}
