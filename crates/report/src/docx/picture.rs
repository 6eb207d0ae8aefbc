//! Pictures.

use super::body::Body;
use super::numbering::indent;
use super::paragraph::{Alinea, run};
use super::xml::Xml;
use crate::naskah::Gambar;
use crate::outline::ButirDaftar;

/// English metric units in a twip.
const EMU: u64 = 635;

impl Body<'_> {
    /// A picture as wide as the text, with its caption below.
    pub(super) fn figure(&mut self, figure: &Gambar, entry: Option<&ButirDaftar>) {
        self.settle_item();
        let bytes = (self.options.gambar)(figure);
        let paragraph = Alinea { lanjut: true, ..Alinea::new("Gambar") };
        if bytes.is_empty() {
            self.paragraph(&paragraph, |xml| run(xml, &figure.alt, false, true));
        } else {
            self.media.push(bytes);
            let number = self.media.len();
            // Two thirds of a page at most, so that a tall picture still leaves room for its caption; a page that lies is for its picture.
            let widest = u64::from(self.page.text_width().saturating_sub(indent(self.depth))) * EMU;
            let share = if self.page.mendatar { (17, 20) } else { (2, 3) };
            let size = fit(figure.ukuran, widest, u64::from(self.page.text_height()) * EMU * share.0 / share.1);
            self.paragraph(&paragraph, |xml| drawing(xml, number, figure, size));
        }
        if let Some(entry) = entry {
            self.caption("JudulGambar", "Gambar", &figure.nomor, &figure.judul, entry);
        }
    }
}

/// The largest size of that shape within the given width and height.
fn fit(shape: (u32, u32), widest: u64, tallest: u64) -> (u64, u64) {
    let (width, height) = (u64::from(shape.0.max(1)), u64::from(shape.1.max(1)));
    let at_full_width = widest * height / width;
    if at_full_width <= tallest { (widest, at_full_width) } else { (tallest * width / height, tallest) }
}

fn drawing(xml: &mut Xml, number: usize, figure: &Gambar, (width, height): (u64, u64)) {
    let relation = super::package::picture_relation(number);
    let name = format!("Gambar {number}");
    xml.open("w:r", &[]);
    xml.open("w:drawing", &[]);
    xml.open("wp:inline", &[("distT", &0), ("distB", &0), ("distL", &0), ("distR", &0)]);
    xml.leaf("wp:extent", &[("cx", &width), ("cy", &height)]);
    xml.leaf("wp:docPr", &[("id", &number), ("name", &name), ("descr", &figure.alt)]);
    xml.open("wp:cNvGraphicFramePr", &[]);
    xml.leaf("a:graphicFrameLocks", &[("xmlns:a", &super::NS_A), ("noChangeAspect", &1)]);
    xml.close();
    xml.open("a:graphic", &[("xmlns:a", &super::NS_A)]);
    xml.open("a:graphicData", &[("uri", &super::NS_PIC)]);
    xml.open("pic:pic", &[("xmlns:pic", &super::NS_PIC)]);
    xml.open("pic:nvPicPr", &[]);
    xml.leaf("pic:cNvPr", &[("id", &number), ("name", &name), ("descr", &figure.alt)]);
    xml.leaf("pic:cNvPicPr", &[]);
    xml.close();
    xml.open("pic:blipFill", &[]);
    xml.leaf("a:blip", &[("r:embed", &relation)]);
    xml.raw("<a:stretch><a:fillRect/></a:stretch>");
    xml.close();
    xml.open("pic:spPr", &[]);
    xml.open("a:xfrm", &[]);
    xml.leaf("a:off", &[("x", &0), ("y", &0)]);
    xml.leaf("a:ext", &[("cx", &width), ("cy", &height)]);
    xml.close();
    xml.raw(r#"<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>"#);
    // Down to the run: spPr, pic, graphicData, graphic, inline, drawing, r.
    (0..7).for_each(|_| xml.close());
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn pictures_keep_their_shape() {
        assert_eq!(fit((600, 300), 1000, 900), (1000, 500));
        assert_eq!(fit((300, 600), 1000, 900), (450, 900));
        assert_eq!(fit((0, 0), 10, 90), (10, 10));
    }
}
