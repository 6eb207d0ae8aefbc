//! Styles, fonts and settings.

use super::paragraph::draft_frame;
use super::xml::Xml;

const HURUF: &str = "Times New Roman";

/// A paragraph style; properties are XML in the order of the schema.
struct Gaya {
    id: &'static str,
    nama: &'static str,
    dasar: &'static str,
    /// Properties that stand before the spacing.
    awal: &'static str,
    /// Twips before and after, and the line in 240ths of its usual height.
    jarak: Option<(u32, u32, u32)>,
    /// Properties that stand after the spacing.
    akhir: &'static str,
    /// Properties of the runs.
    huruf: &'static str,
}

const fn gaya(id: &'static str, nama: &'static str, dasar: &'static str, jarak: Option<(u32, u32, u32)>) -> Gaya {
    Gaya { id, nama, dasar, awal: "", jarak, akhir: "", huruf: "" }
}

const NORMAL: &str = "Normal";
const LANJUT: &str = "<w:keepNext/><w:keepLines/>";
const KIRI: &str = r#"<w:jc w:val="left"/>"#;
const TENGAH: &str = r#"<w:jc w:val="center"/>"#;
const TEBAL: &str = "<w:b/><w:bCs/>";
const TEBAL_14: &str = r#"<w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/>"#;
const TEBAL_16: &str = r#"<w:b/><w:bCs/><w:sz w:val="32"/><w:szCs w:val="32"/>"#;
const TEBAL_20: &str = r#"<w:b/><w:bCs/><w:sz w:val="40"/><w:szCs w:val="40"/>"#;
const UKURAN_7: &str = r#"<w:sz w:val="15"/><w:szCs w:val="15"/>"#;
const UKURAN_9: &str = r#"<w:sz w:val="18"/><w:szCs w:val="18"/>"#;
const UKURAN_11: &str = r#"<w:sz w:val="22"/><w:szCs w:val="22"/>"#;
/// Stands for the right tab of lists until the width of the text is known.
const TAB: &str = "{tab}";

/// Stands for the frame of drafts.
const BINGKAI: &str = "{bingkai}";
const TANPA_TINGKAT: &str = r#"<w:outlineLvl w:val="9"/>"#;

const GAYA: &[Gaya] = &[
    Gaya {
        awal: "<w:keepNext/><w:keepLines/><w:pageBreakBefore/>",
        akhir: r#"<w:jc w:val="center"/><w:outlineLvl w:val="0"/>"#,
        huruf: TEBAL_14,
        ..gaya("Heading1", "heading 1", NORMAL, Some((0, 360, 300)))
    },
    Gaya {
        awal: LANJUT,
        akhir: r#"<w:jc w:val="left"/><w:outlineLvl w:val="1"/>"#,
        huruf: TEBAL,
        ..gaya("Heading2", "heading 2", NORMAL, Some((240, 120, 276)))
    },
    Gaya {
        awal: LANJUT,
        akhir: r#"<w:jc w:val="left"/><w:outlineLvl w:val="2"/>"#,
        huruf: TEBAL,
        ..gaya("Heading3", "heading 3", NORMAL, Some((180, 80, 276)))
    },
    Gaya {
        awal: LANJUT,
        akhir: r#"<w:jc w:val="left"/><w:outlineLvl w:val="3"/>"#,
        huruf: "<w:b/><w:bCs/><w:i/><w:iCs/>",
        ..gaya("Heading4", "heading 4", NORMAL, Some((120, 60, 276)))
    },
    // Headings that the list of contents leaves out: the same look without the outline level.
    Gaya { akhir: TANPA_TINGKAT, ..gaya("JudulBab", "Judul Bab Tanpa Daftar", "Heading1", None) },
    Gaya { akhir: TANPA_TINGKAT, ..gaya("JudulSubbab", "Judul Subbab Tanpa Daftar", "Heading2", None) },
    Gaya { akhir: TANPA_TINGKAT, ..gaya("JudulBagian", "Judul Bagian Tanpa Daftar", "Heading3", None) },
    Gaya { akhir: TANPA_TINGKAT, ..gaya("JudulButir", "Judul Butir Tanpa Daftar", "Heading4", None) },
    Gaya { akhir: TENGAH, huruf: TEBAL_20, ..gaya("Title", "Title", NORMAL, Some((0, 120, 276))) },
    Gaya { akhir: TENGAH, huruf: TEBAL_16, ..gaya("Subtitle", "Subtitle", NORMAL, Some((0, 120, 276))) },
    Gaya { akhir: TENGAH, huruf: TEBAL_16, ..gaya("SampulInstansi", "Sampul Instansi", NORMAL, Some((0, 0, 276))) },
    Gaya { akhir: TENGAH, huruf: UKURAN_11, ..gaya("SampulAlamat", "Sampul Alamat", NORMAL, Some((40, 0, 240))) },
    gaya("ListParagraph", "List Paragraph", NORMAL, Some((0, 40, 300))),
    Gaya {
        akhir: TENGAH,
        huruf: r#"<w:b/><w:bCs/><w:sz w:val="22"/><w:szCs w:val="22"/>"#,
        ..gaya("Caption", "caption", NORMAL, Some((0, 120, 240)))
    },
    Gaya { awal: LANJUT, ..gaya("JudulTabel", "Judul Tabel", "Caption", Some((120, 80, 240))) },
    Gaya { awal: "<w:keepLines/>", ..gaya("JudulGambar", "Judul Gambar", "Caption", Some((60, 240, 240))) },
    Gaya { awal: "<w:keepNext/>", akhir: TENGAH, ..gaya("Gambar", "Gambar", NORMAL, Some((120, 0, 240))) },
    Gaya { akhir: KIRI, huruf: UKURAN_9, ..gaya("TableText", "Teks Tabel", NORMAL, Some((0, 0, 240))) },
    Gaya { huruf: UKURAN_7, ..gaya("TableTextSmall", "Teks Tabel Rapat", "TableText", None) },
    Gaya { huruf: "<w:i/><w:iCs/>", ..gaya("CatatanTabel", "Catatan Tabel", "TableText", Some((40, 0, 240))) },
    // One point high, whatever the line spacing.
    Gaya {
        akhir: r#"<w:spacing w:after="160" w:line="20" w:lineRule="exact"/>"#,
        huruf: r#"<w:sz w:val="2"/><w:szCs w:val="2"/>"#,
        ..gaya("Jarak", "Jarak", NORMAL, None)
    },
    gaya("AkhirDaftar", "Akhir Daftar", "Jarak", None),
    Gaya { awal: "<w:keepLines/>", akhir: KIRI, ..gaya("TandaTangan", "Tanda Tangan", NORMAL, Some((0, 0, 240))) },
    Gaya { akhir: TENGAH, ..gaya("ParaPihak", "Para Pihak", "TandaTangan", None) },
    // Label, colon and value each at its own place; long values stay behind the colon.
    Gaya {
        awal: r#"<w:tabs><w:tab w:val="left" w:pos="1418"/><w:tab w:val="left" w:pos="1588"/></w:tabs>"#,
        akhir: r#"<w:ind w:left="1588" w:hanging="1588"/><w:jc w:val="left"/>"#,
        ..gaya("Isian", "Isian", NORMAL, Some((0, 120, 276)))
    },
    Gaya { awal: TAB, akhir: KIRI, huruf: TEBAL, ..gaya("TOC1", "toc 1", NORMAL, Some((50, 0, 252))) },
    Gaya {
        awal: TAB,
        akhir: r#"<w:ind w:left="284"/><w:jc w:val="left"/>"#,
        ..gaya("TOC2", "toc 2", NORMAL, Some((0, 0, 252)))
    },
    Gaya {
        awal: TAB,
        akhir: r#"<w:ind w:left="567"/><w:jc w:val="left"/>"#,
        ..gaya("TOC3", "toc 3", NORMAL, Some((0, 0, 252)))
    },
    Gaya {
        awal: TAB,
        akhir: r#"<w:ind w:left="851"/><w:jc w:val="left"/>"#,
        ..gaya("TOC4", "toc 4", NORMAL, Some((0, 0, 252)))
    },
    Gaya {
        awal: TAB,
        akhir: r#"<w:ind w:left="1134" w:hanging="1134"/><w:jc w:val="left"/>"#,
        ..gaya("TableofFigures", "table of figures", NORMAL, Some((0, 40, 276)))
    },
    Gaya {
        awal: r#"<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="8A94A0"/></w:pBdr>"#,
        akhir: KIRI,
        huruf: r#"<w:color w:val="5C6878"/><w:sz w:val="18"/><w:szCs w:val="18"/>"#,
        ..gaya("Footer", "footer", NORMAL, Some((0, 0, 240)))
    },
    Gaya { awal: BINGKAI, ..gaya("Draf", "Draf", NORMAL, Some((0, 60, 310))) },
    Gaya {
        awal: BINGKAI,
        akhir: KIRI,
        huruf: r#"<w:i/><w:iCs/><w:color w:val="5C6878"/><w:sz w:val="20"/><w:szCs w:val="20"/>"#,
        ..gaya("DrafLabel", "Draf Label", NORMAL, Some((0, 0, 300)))
    },
];

/// The part `styles.xml`; entries of lists end at a right tab at `text_width`.
pub(super) fn part(text_width: u32) -> String {
    let tab = format!(r#"<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{text_width}"/></w:tabs>"#);
    let mut xml = Xml::part();
    xml.open("w:styles", &[("xmlns:w", &super::NS_W)]);
    xml.raw(&AWAL.replace("{huruf}", HURUF));
    for style in GAYA {
        let before = style.awal.replace(TAB, &tab).replace(BINGKAI, &draft_frame(0));
        paragraph_style(&mut xml, style, &before);
    }
    xml.raw(TABEL);
    xml.finish()
}

fn paragraph_style(xml: &mut Xml, style: &Gaya, before_spacing: &str) {
    // Word's own names are in lower case but for these.
    let built_in =
        style.nama.starts_with(char::is_lowercase) || matches!(style.id, "Title" | "Subtitle" | "ListParagraph");
    if built_in {
        xml.open("w:style", &[("w:type", &"paragraph"), ("w:styleId", &style.id)]);
    } else {
        xml.open("w:style", &[("w:type", &"paragraph"), ("w:customStyle", &1), ("w:styleId", &style.id)]);
    }
    xml.leaf("w:name", &[("w:val", &style.nama)]);
    xml.leaf("w:basedOn", &[("w:val", &style.dasar)]);
    if style.id.starts_with("Heading") || style.id.starts_with("Judul") {
        xml.leaf("w:next", &[("w:val", &NORMAL)]);
    }
    xml.leaf("w:qFormat", &[]);
    xml.open("w:pPr", &[]);
    xml.raw(before_spacing);
    if let Some((before, after, line)) = style.jarak {
        let rule = "auto";
        xml.leaf("w:spacing", &[("w:before", &before), ("w:after", &after), ("w:line", &line), ("w:lineRule", &rule)]);
    }
    xml.raw(style.akhir);
    xml.close();
    if !style.huruf.is_empty() {
        xml.open("w:rPr", &[]);
        xml.raw(style.huruf);
        xml.close();
    }
    xml.close();
}

/// What every document starts from.
const AWAL: &str = concat!(
    r#"<w:docDefaults><w:rPrDefault><w:rPr>"#,
    r#"<w:rFonts w:ascii="{huruf}" w:eastAsia="{huruf}" w:hAnsi="{huruf}" w:cs="{huruf}"/>"#,
    r#"<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="id-ID" w:eastAsia="id-ID" w:bidi="ar-SA"/>"#,
    r#"</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"#,
    r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>"#,
    r#"<w:pPr><w:spacing w:after="120" w:line="290" w:lineRule="auto"/><w:jc w:val="both"/></w:pPr></w:style>"#,
    r#"<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">"#,
    r#"<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>"#,
);

/// The table styles.
const TABEL: &str = concat!(
    r#"<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>"#,
    r#"<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>"#,
    r#"<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>"#,
    r#"<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#,
    r#"<w:style w:type="table" w:customStyle="1" w:styleId="TabelTolok"><w:name w:val="Tabel Tolok"/>"#,
    r#"<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>"#,
    r#"<w:top w:val="single" w:sz="4" w:space="0" w:color="8A94A0"/>"#,
    r#"<w:left w:val="single" w:sz="4" w:space="0" w:color="8A94A0"/>"#,
    r#"<w:bottom w:val="single" w:sz="4" w:space="0" w:color="8A94A0"/>"#,
    r#"<w:right w:val="single" w:sz="4" w:space="0" w:color="8A94A0"/>"#,
    r#"<w:insideH w:val="single" w:sz="4" w:space="0" w:color="8A94A0"/>"#,
    r#"<w:insideV w:val="single" w:sz="4" w:space="0" w:color="8A94A0"/></w:tblBorders><w:tblCellMar>"#,
    r#"<w:top w:w="36" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>"#,
    r#"<w:bottom w:w="36" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#,
);

/// The part `fontTable.xml`.
pub(super) fn fonts() -> String {
    let mut xml = Xml::part();
    xml.open("w:fonts", &[("xmlns:w", &super::NS_W)]);
    xml.open("w:font", &[("w:name", &HURUF)]);
    xml.leaf("w:altName", &[("w:val", &"Liberation Serif")]);
    xml.leaf("w:panose1", &[("w:val", &"02020603050405020304")]);
    xml.leaf("w:charset", &[("w:val", &"00")]);
    xml.leaf("w:family", &[("w:val", &"roman")]);
    xml.leaf("w:pitch", &[("w:val", &"variable")]);
    xml.finish()
}

/// The part `settings.xml`. Without `updateFields`: page numbers are written already, and Word would ask the reader.
pub(super) fn settings() -> String {
    let mut xml = Xml::part();
    xml.open("w:settings", &[("xmlns:w", &super::NS_W)]);
    xml.leaf("w:zoom", &[("w:percent", &100)]);
    xml.leaf("w:defaultTabStop", &[("w:val", &720)]);
    xml.leaf("w:characterSpacingControl", &[("w:val", &"doNotCompress")]);
    xml.open("w:compat", &[]);
    // Lines before a line break are not stretched to the right edge.
    xml.leaf("w:doNotExpandShiftReturn", &[]);
    // Today's layout rules; without it Word opens the file in the mode of 2007.
    let uri = "http://schemas.microsoft.com/office/word";
    xml.leaf("w:compatSetting", &[("w:name", &"compatibilityMode"), ("w:uri", &uri), ("w:val", &15)]);
    xml.close();
    xml.leaf("w:themeFontLang", &[("w:val", &"id-ID")]);
    xml.leaf("w:decimalSymbol", &[("w:val", &",")]);
    xml.leaf("w:listSeparator", &[("w:val", &";")]);
    xml.finish()
}
