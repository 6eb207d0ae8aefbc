//! Pages: sizes, margins, section properties and footers.

use super::fields;
use super::xml::Xml;
use crate::naskah::{Bagian, Kertas, Penomoran};

/// Lengths here are twips (1/1440 inch), rounded to the nearest.
pub(super) const fn twips(tenths_of_mm: u32) -> u32 {
    (tenths_of_mm * 720 + 63) / 127
}

/// A page with its margins, in twips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bidang {
    pub(super) lebar: u32,
    pub(super) tinggi: u32,
    pub(super) mendatar: bool,
    kiri: u32,
    tepi: u32,
    kaki: u32,
}

impl Bidang {
    /// The page of upright or landscape sections. Upright pages leave room for binding at the left.
    pub(super) const fn new(kertas: Kertas, mendatar: bool) -> Self {
        let (short, long) = kertas.size();
        let (short, long) = (twips(short), twips(long));
        if mendatar {
            Self { lebar: long, tinggi: short, mendatar, kiri: twips(200), tepi: twips(200), kaki: twips(90) }
        } else {
            Self { lebar: short, tinggi: long, mendatar, kiri: twips(300), tepi: twips(250), kaki: twips(125) }
        }
    }

    /// Width of the text.
    pub(super) const fn text_width(self) -> u32 {
        self.lebar - self.kiri - self.tepi
    }

    /// Height of the text.
    pub(super) const fn text_height(self) -> u32 {
        self.tinggi - 2 * self.tepi
    }

    /// `sectPr` of a section; the cover has neither footer nor numbering.
    pub(super) fn properties(self, footer: Option<(&str, &Bagian)>) -> String {
        let mut xml = Xml::default();
        xml.open("w:sectPr", &[]);
        if let Some((relation, _)) = footer {
            xml.leaf("w:footerReference", &[("w:type", &"default"), ("r:id", &relation)]);
        }
        xml.leaf("w:type", &[("w:val", &"nextPage")]);
        if self.mendatar {
            let orient = "landscape";
            xml.leaf("w:pgSz", &[("w:w", &self.lebar), ("w:h", &self.tinggi), ("w:orient", &orient)]);
        } else {
            xml.leaf("w:pgSz", &[("w:w", &self.lebar), ("w:h", &self.tinggi)]);
        }
        xml.leaf(
            "w:pgMar",
            &[
                ("w:top", &self.tepi),
                ("w:right", &self.tepi),
                ("w:bottom", &self.tepi),
                ("w:left", &self.kiri),
                ("w:header", &self.kaki),
                ("w:footer", &self.kaki),
                ("w:gutter", &0),
            ],
        );
        if let Some((_, section)) = footer {
            let format = match section.penomoran {
                Penomoran::Romawi => Some("lowerRoman"),
                Penomoran::Arab => Some("decimal"),
                Penomoran::Tanpa => None,
            };
            match format {
                Some(format) if section.mulai_ulang => {
                    xml.leaf("w:pgNumType", &[("w:fmt", &format), ("w:start", &1)]);
                }
                Some(format) => xml.leaf("w:pgNumType", &[("w:fmt", &format)]),
                None => {}
            }
        }
        xml.finish()
    }

    /// A footer part: the office at the left, the page number at the right. Without numbering it is empty: a section that has
    /// none of its own would take over that of the section before.
    pub(super) fn footer(self, penerbit: &str, penomoran: Penomoran) -> String {
        let mut xml = Xml::part();
        xml.open("w:ftr", &[("xmlns:w", &super::NS_W), ("xmlns:r", &super::NS_R)]);
        if penomoran == Penomoran::Tanpa {
            xml.raw("<w:p/>");
            return xml.finish();
        }
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.leaf("w:pStyle", &[("w:val", &"Footer")]);
        xml.open("w:tabs", &[]);
        xml.leaf("w:tab", &[("w:val", &"right"), ("w:pos", &self.text_width())]);
        xml.close();
        xml.close();
        xml.open("w:r", &[]);
        xml.element("w:t", &[("xml:space", &"preserve")], penerbit);
        xml.leaf("w:tab", &[]);
        xml.close();
        fields::field(&mut xml, "PAGE", "1");
        xml.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_is_measured_in_twips() {
        let upright = Bidang::new(Kertas::F4, false);
        assert_eq!((upright.lebar, upright.tinggi), (11906, 18709));
        let wide = Bidang::new(Kertas::A4, true);
        assert_eq!((wide.lebar, wide.tinggi), (16838, 11906));
        let wall = Bidang::new(Kertas::A3, true);
        assert_eq!((wall.lebar, wall.tinggi), (23811, 16838));
        assert!(wide.properties(None).contains(r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#));
    }
}
