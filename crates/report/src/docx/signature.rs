//! Signature blocks: one signer at the right, or two side by side.

use super::body::Body;
use super::page::twips;
use super::paragraph::{Alinea, run};
use super::xml::Xml;
use crate::naskah::{PenandaTangan, TandaTangan};

/// Lines left free for the hand.
const HAND: usize = 4;

/// Room above the place and date, in twips.
const ABOVE: u32 = 360;

impl Body<'_> {
    /// Writes a signature block that stays on one page.
    pub(super) fn signature(&mut self, signature: &TandaTangan) {
        match &signature.kiri {
            None => self.alone(&signature.tempat_tanggal, &signature.kanan),
            Some(left) => self.beside(&signature.tempat_tanggal, left, &signature.kanan),
        }
    }

    fn alone(&mut self, tempat_tanggal: &str, signer: &PenandaTangan) {
        let mut lines = vec![tempat_tanggal];
        lines.extend(signer.jabatan.iter().map(String::as_str));
        lines.extend([""; HAND]);
        lines.extend(below(signer));
        let kiri = self.page.text_width().saturating_sub(twips(750));
        let line = Alinea { kiri, ..Alinea::new("TandaTangan") };
        let last = lines.len() - 1;
        for (index, text) in lines.iter().enumerate() {
            let sebelum = (index == 0).then_some(ABOVE);
            self.paragraph(&Alinea { sebelum, lanjut: index < last, ..line.clone() }, |xml| {
                run(xml, text, false, false)
            });
        }
    }

    /// Both stand in a table without lines: its rows keep names at one height however long the positions are.
    fn beside(&mut self, tempat_tanggal: &str, left: &PenandaTangan, right: &PenandaTangan) {
        self.settle();
        self.keep_section_end_away();
        let width = self.page.text_width();
        let xml = &mut self.xml;
        xml.open("w:tbl", &[]);
        xml.open("w:tblPr", &[]);
        xml.leaf("w:tblStyle", &[("w:val", &"TableNormal")]);
        xml.leaf("w:tblW", &[("w:w", &width), ("w:type", &"dxa")]);
        xml.leaf("w:tblLayout", &[("w:type", &"fixed")]);
        xml.close();
        xml.open("w:tblGrid", &[]);
        let columns = [width / 2, width - width / 2];
        columns.iter().for_each(|column| xml.leaf("w:gridCol", &[("w:w", column)]));
        xml.close();
        let hand = [""; HAND];
        let names = [below(left), below(right)];
        let positions = [left, right].map(|signer| signer.jabatan.iter().map(String::as_str).collect::<Vec<_>>());
        let rows =
            [[&[][..], &[tempat_tanggal, ""]], [&positions[0], &positions[1]], [&hand, &hand], [&names[0], &names[1]]];
        let last = rows.len() - 1;
        for (index, cells) in rows.iter().enumerate() {
            xml.open("w:tr", &[]);
            xml.raw("<w:trPr><w:cantSplit/></w:trPr>");
            for (lines, width) in cells.iter().zip(columns) {
                let above = if index == 0 { ABOVE } else { 0 };
                cell(xml, lines, width, above, index < last);
            }
            xml.close();
        }
        xml.close();
        self.spacer();
    }
}

fn cell(xml: &mut Xml, lines: &[&str], width: u32, above: u32, lanjut: bool) {
    xml.open("w:tc", &[]);
    xml.open("w:tcPr", &[]);
    xml.leaf("w:tcW", &[("w:w", &width), ("w:type", &"dxa")]);
    xml.close();
    // A cell without a paragraph is no cell.
    for (index, text) in if lines.is_empty() { &[""] } else { lines }.iter().enumerate() {
        xml.open("w:p", &[]);
        let sebelum = (index == 0 && above > 0).then_some(above);
        Alinea { lanjut, sebelum, ..Alinea::new("ParaPihak") }.write(xml);
        run(xml, text, false, false);
        xml.close();
    }
    xml.close();
}

/// What stands below the signature.
fn below(signer: &PenandaTangan) -> Vec<&str> {
    if signer.nama.is_empty() {
        return vec!["(...........................)", "NIP."];
    }
    std::iter::once(&signer.nama).chain(&signer.keterangan).map(String::as_str).collect()
}
