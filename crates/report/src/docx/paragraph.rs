//! Paragraph properties and runs.

use super::xml::Xml;
use crate::naskah::{Rata, Ruas};

/// How a paragraph is set, beyond what its style says.
#[derive(Debug, Clone, Default)]
pub(super) struct Alinea {
    pub(super) gaya: &'static str,
    pub(super) lanjut: bool,
    pub(super) halaman_baru: bool,
    /// Sits at the bottom of the page, whatever stands above.
    pub(super) di_kaki: bool,
    /// Numbering: id and level.
    pub(super) nomor: Option<(usize, usize)>,
    /// Framed as a draft, with the frame moved out by so much.
    pub(super) draf: Option<u32>,
    /// Right tab to move: from, to.
    pub(super) tab: Option<(u32, u32)>,
    pub(super) sebelum: Option<u32>,
    pub(super) kiri: u32,
    pub(super) menjorok: bool,
    pub(super) rata: Option<Rata>,
}

/// Tint and bar of drafts. The bar of indented paragraphs is moved out by the indent, as far as Word allows, so that it
/// runs straight down beside lists.
pub(super) fn draft_frame(indent: u32) -> String {
    let points = (6 + indent / 20).min(31);
    format!(
        concat!(
            r#"<w:pBdr><w:left w:val="single" w:sz="24" w:space="{}" w:color="B98200"/></w:pBdr>"#,
            r#"<w:shd w:val="clear" w:color="auto" w:fill="FFF8E6"/>"#
        ),
        points
    )
}

impl Alinea {
    /// A paragraph of that style.
    pub(super) fn new(gaya: &'static str) -> Self {
        Self { gaya, ..Self::default() }
    }

    /// Writes `pPr` in the order of the schema, and gives the position before its end, where a `sectPr` may go.
    pub(super) fn write(&self, xml: &mut Xml) -> usize {
        xml.open("w:pPr", &[]);
        xml.leaf("w:pStyle", &[("w:val", &self.gaya)]);
        if self.lanjut {
            xml.leaf("w:keepNext", &[]);
        }
        if self.halaman_baru {
            xml.leaf("w:pageBreakBefore", &[]);
        }
        if self.di_kaki {
            xml.raw(concat!(
                r#"<w:framePr w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin""#,
                r#" w:xAlign="center" w:yAlign="bottom"/>"#
            ));
        }
        if let Some((id, level)) = self.nomor {
            xml.open("w:numPr", &[]);
            xml.leaf("w:ilvl", &[("w:val", &level)]);
            xml.leaf("w:numId", &[("w:val", &id)]);
            xml.close();
        }
        if let Some(out) = self.draf {
            xml.raw(&draft_frame(out));
        }
        if let Some((from, to)) = self.tab {
            xml.open("w:tabs", &[]);
            // Schema order of tab stops is by position; the landscape tab is always farther right.
            xml.leaf("w:tab", &[("w:val", &"clear"), ("w:pos", &from)]);
            xml.leaf("w:tab", &[("w:val", &"right"), ("w:leader", &"dot"), ("w:pos", &to)]);
            xml.close();
        }
        if let Some(before) = self.sebelum {
            xml.leaf("w:spacing", &[("w:before", &before)]);
        }
        match (self.kiri, self.menjorok) {
            (0, false) => {}
            (left, false) => xml.leaf("w:ind", &[("w:left", &left)]),
            (left, true) => xml.leaf("w:ind", &[("w:left", &left), ("w:firstLine", &720)]),
        }
        if let Some(rata) = self.rata {
            xml.leaf("w:jc", &[("w:val", &justification(rata))]);
        }
        let end = xml.position();
        xml.close();
        end
    }
}

/// The word for an alignment.
pub(super) const fn justification(rata: Rata) -> &'static str {
    match rata {
        Rata::Kiri => "left",
        Rata::Tengah => "center",
        Rata::Kanan => "right",
        Rata::Penuh => "both",
    }
}

/// Runs of text; `bold` makes all of them bold.
pub(super) fn runs(xml: &mut Xml, runs: &[Ruas], bold: bool) {
    for piece in runs {
        run(xml, &piece.teks, bold || piece.tebal, piece.miring);
    }
}

/// One run of text, with line breaks and tabs as the elements that word processors want.
pub(super) fn run(xml: &mut Xml, text: &str, bold: bool, italic: bool) {
    if text.is_empty() {
        return;
    }
    xml.open("w:r", &[]);
    if bold || italic {
        xml.open("w:rPr", &[]);
        for (wanted, names) in [(bold, ["w:b", "w:bCs"]), (italic, ["w:i", "w:iCs"])] {
            if wanted {
                names.iter().for_each(|name| xml.leaf(name, &[]));
            }
        }
        xml.close();
    }
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            xml.leaf("w:br", &[]);
        }
        for (index, piece) in line.split('\t').enumerate() {
            if index > 0 {
                xml.leaf("w:tab", &[]);
            }
            if !piece.is_empty() {
                xml.element("w:t", &[("xml:space", &"preserve")], piece);
            }
        }
    }
    xml.close();
}
