//! Fields: page numbers, caption numbers, and the lists of contents, tables and figures.

use super::body::Body;
use super::paragraph::Alinea;
use super::xml::Xml;
use crate::naskah::JenisDaftar;
use crate::outline::ButirDaftar;

/// A field whose result is plain text.
pub(super) fn field(xml: &mut Xml, instruction: &str, result: &str) {
    field_start(xml, instruction);
    if !result.is_empty() {
        xml.open("w:r", &[]);
        xml.element("w:t", &[("xml:space", &"preserve")], result);
        xml.close();
    }
    field_mark(xml, "end");
}

fn field_start(xml: &mut Xml, instruction: &str) {
    field_mark(xml, "begin");
    xml.open("w:r", &[]);
    xml.element("w:instrText", &[("xml:space", &"preserve")], &format!(" {instruction} "));
    xml.close();
    field_mark(xml, "separate");
}

fn field_mark(xml: &mut Xml, kind: &str) {
    xml.open("w:r", &[]);
    xml.leaf("w:fldChar", &[("w:fldCharType", &kind)]);
    xml.close();
}

/// A caption: "Tabel 3.1 Judul". The last part of the number is a `SEQ` field reset to just that number: it never
/// changes, and it is what Word collects when it rebuilds the list of tables or figures.
pub(super) fn caption(xml: &mut Xml, kind: &str, number: &str, title: &str) {
    let digits = number.len() - number.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (prefix, last) = number.split_at(number.len() - digits);
    let space = if number.is_empty() { "" } else { " " };
    super::paragraph::run(xml, &format!("{kind}{space}{prefix}"), false, false);
    if !last.is_empty() {
        field(xml, &format!(r"SEQ {kind} \r {last} \* ARABIC"), last);
    }
    super::paragraph::run(xml, &format!(" {title}"), false, false);
}

impl Body<'_> {
    /// A list of contents, tables or figures: one field around entries that are already there, so that it reads well
    /// before any program has refreshed it.
    pub(super) fn contents(&mut self, kind: JenisDaftar) {
        let outline = self.outline;
        let instruction = match kind {
            JenisDaftar::Isi => format!(r#"TOC \o "1-{}" \h \z \u"#, self.listed_depth()),
            JenisDaftar::Tabel => r#"TOC \h \z \c "Tabel""#.to_owned(),
            JenisDaftar::Gambar => r#"TOC \h \z \c "Gambar""#.to_owned(),
        };
        let mut started = false;
        for entry in outline.iter().filter(|entry| entry.jenis == kind) {
            let style = match (kind, entry.tingkat) {
                (JenisDaftar::Isi, 0 | 1) => "TOC1",
                (JenisDaftar::Isi, 2) => "TOC2",
                (JenisDaftar::Isi, 3) => "TOC3",
                (JenisDaftar::Isi, _) => "TOC4",
                _ => "TableofFigures",
            };
            let page = (self.options.halaman)(&entry.kunci).unwrap_or_default();
            let tab = self.leader_tab();
            self.paragraph(&Alinea { tab, ..Alinea::new(style) }, |xml| {
                if !started {
                    field_start(xml, &instruction);
                }
                contents_entry(xml, entry, &page);
            });
            started = true;
        }
        self.paragraph(&Alinea::new("AkhirDaftar"), |xml| {
            if !started {
                field_start(xml, &instruction);
            }
            field_mark(xml, "end");
        });
        // LibreOffice reads the footer while the field is still open, and loses its page number.
        self.keep_section_end_away();
    }

    /// The deepest heading level that is listed.
    pub(super) fn listed_depth(&self) -> u8 {
        let headings = self.outline.iter().filter(|entry| entry.jenis == JenisDaftar::Isi);
        headings.map(|entry| entry.tingkat).max().unwrap_or(3).clamp(1, 4)
    }

    /// The right tab of the entry styles is set for upright pages; elsewhere it is moved: from, to.
    fn leader_tab(&self) -> Option<(u32, u32)> {
        let (usual, here) = (self.upright.text_width(), self.page.text_width());
        (usual != here).then_some((usual, here))
    }
}

fn contents_entry(xml: &mut Xml, entry: &ButirDaftar, page: &str) {
    xml.open("w:hyperlink", &[("w:anchor", &entry.kunci), ("w:history", &1)]);
    super::paragraph::run(xml, &format!("{}\t", entry.label()), false, false);
    field(xml, &format!(r"PAGEREF {} \h", entry.kunci), page);
    xml.close();
}
