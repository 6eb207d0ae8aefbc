//! The main part: cover, sections and blocks.

use super::Pilihan;
use super::fields;
use super::numbering::{DaftarBernomor, indent, level};
use super::page::{Bidang, twips};
use super::paragraph::{Alinea, run, runs};
use super::xml::Xml;
use crate::naskah::{Bagian, Blok, Judul, Naskah, Penanda, Rata, Ruas, Sampul};
use crate::outline::{ButirDaftar, Pencacah};

const LABEL_DRAF: &str = "Draf — disusun Tolok dari data, belum ditulis instansi";

/// The document as it is being written.
pub(super) struct Body<'a> {
    pub(super) xml: Xml,
    pub(super) outline: &'a [ButirDaftar],
    pub(super) options: &'a Pilihan<'a>,
    /// The page of the current section.
    pub(super) page: Bidang,
    /// The page of upright sections.
    pub(super) upright: Bidang,
    /// Pictures, in order.
    pub(super) media: Vec<Vec<u8>>,
    /// Numbered lists, in order.
    pub(super) lists: Vec<DaftarBernomor>,
    /// Depth of lists around the current block.
    pub(super) depth: usize,
    counter: Pencacah,
    bookmarks: usize,
    in_draft: bool,
    /// A page break that the next paragraph has to make.
    break_due: bool,
    /// A list item that the next paragraph has to mark.
    item_due: Option<(usize, usize)>,
    /// Room that the next paragraph has to leave above it, in twips.
    room_due: Option<u32>,
    /// Where the properties of the last paragraph end, if a paragraph stands last.
    last_properties: Option<usize>,
}

impl<'a> Body<'a> {
    /// Nothing written yet.
    pub(super) fn new(naskah: &Naskah, outline: &'a [ButirDaftar], options: &'a Pilihan<'a>) -> Self {
        let upright = Bidang::new(naskah.kertas, false);
        let mut xml = Xml::part();
        xml.open("w:document", &[("xmlns:w", &super::NS_W), ("xmlns:r", &super::NS_R), ("xmlns:wp", &super::NS_WP)]);
        xml.open("w:body", &[]);
        Self {
            xml,
            outline,
            options,
            page: upright,
            upright,
            media: Vec::new(),
            lists: Vec::new(),
            depth: 0,
            counter: Pencacah::default(),
            bookmarks: 0,
            in_draft: false,
            break_due: false,
            item_due: None,
            room_due: None,
            last_properties: None,
        }
    }

    /// The cover as a section of its own: titles in the upper part, office and address at the foot.
    pub(super) fn cover(&mut self, cover: &Sampul, more_follows: bool) {
        let top = self.page.text_height() / 8;
        for (index, line) in cover.judul.iter().enumerate() {
            let style = if index == 0 { "Title" } else { "Subtitle" };
            let sebelum = (index == 0).then_some(top);
            self.paragraph(&Alinea { sebelum, ..Alinea::new(style) }, |xml| run(xml, line, false, false));
        }
        let foot = [("SampulInstansi", &cover.instansi), ("SampulAlamat", &cover.alamat)];
        for (style, line) in foot.into_iter().flat_map(|(style, lines)| lines.iter().map(move |line| (style, line))) {
            self.paragraph(&Alinea { di_kaki: true, ..Alinea::new(style) }, |xml| run(xml, line, false, false));
        }
        // Not in the frame of the last lines.
        self.keep_section_end_away();
        self.end_section(&self.page.properties(None), more_follows);
    }

    /// A section with its footer.
    pub(super) fn section(&mut self, section: &Bagian, page: Bidang, footer: &str, more_follows: bool) {
        self.page = page;
        self.break_due = false;
        self.last_properties = None;
        self.room_due = (section.ruang_atas > 0).then(|| twips(section.ruang_atas));
        self.blocks(&section.isi);
        self.end_section(&page.properties(Some((footer, section))), more_follows);
    }

    /// All but the last section end in the properties of their last paragraph.
    fn end_section(&mut self, properties: &str, more_follows: bool) {
        if self.last_properties.is_none() {
            self.spacer();
        }
        match self.last_properties.take() {
            Some(position) if more_follows => self.xml.insert(position, properties),
            _ => self.xml.raw(properties),
        }
    }

    fn blocks(&mut self, blocks: &[Blok]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Blok) {
        let entry = self.counter.entry(block);
        match block {
            Blok::Judul(heading) => self.heading(heading, entry.as_ref()),
            Blok::Paragraf { isi, rata, menjorok } => self.text(isi, *rata, *menjorok, block.leads()),
            Blok::Daftar { penanda, mulai, butir } => self.list(*penanda, *mulai, butir),
            Blok::Tabel(table) => self.table(table, entry.as_ref()),
            Blok::Gambar(figure) => self.figure(figure, entry.as_ref()),
            Blok::DaftarIsi(kind) => self.contents(*kind),
            Blok::Isian(fields) => self.fields(fields),
            Blok::TandaTangan(signature) => self.signature(signature),
            Blok::Draf(inner) => self.draft(inner),
            Blok::HalamanBaru => self.break_due = true,
        }
    }

    fn heading(&mut self, heading: &Judul, entry: Option<&ButirDaftar>) {
        // Word rebuilds its list of contents from heading styles, so what the list leaves out needs another style.
        let hidden = entry.is_none() && heading.tingkat <= self.listed_depth();
        let style = match (heading.tingkat, hidden) {
            (0 | 1, false) => "Heading1",
            (0 | 1, true) => "JudulBab",
            (2, false) => "Heading2",
            (2, true) => "JudulSubbab",
            (3, false) => "Heading3",
            (3, true) => "JudulBagian",
            (_, false) => "Heading4",
            (_, true) => "JudulButir",
        };
        let between = match (heading.nomor.is_empty(), heading.tingkat) {
            (true, _) => "",
            (false, 0 | 1) => "\n",
            (false, _) => " ",
        };
        let text = format!("{}{between}{}", heading.nomor, heading.teks);
        self.bookmarked(&Alinea::new(style), entry, |xml| run(xml, &text, false, false));
    }

    fn text(&mut self, isi: &[Ruas], rata: Rata, menjorok: bool, lanjut: bool) {
        let style = match (self.in_draft, self.depth) {
            (true, _) => "Draf",
            (false, 0) => "Normal",
            (false, _) => "ListParagraph",
        };
        let rata = (rata != Rata::Penuh).then_some(rata);
        let menjorok = menjorok && self.depth == 0;
        self.paragraph(&Alinea { rata, menjorok, lanjut, ..Alinea::new(style) }, |xml| runs(xml, isi, false));
    }

    fn list(&mut self, penanda: Penanda, mulai: u32, butir: &[Vec<Blok>]) {
        self.settle_item();
        let tingkat = level(self.depth);
        self.lists.push(DaftarBernomor { penanda, mulai, tingkat });
        let id = self.lists.len();
        self.depth += 1;
        for item in butir {
            self.item_due = Some((id, tingkat));
            self.blocks(item);
            self.settle_item();
        }
        self.depth -= 1;
    }

    fn draft(&mut self, inner: &[Blok]) {
        let outer = std::mem::replace(&mut self.in_draft, true);
        if !outer {
            // In a list the mark belongs to the text, not to the label.
            let item = self.item_due.take();
            let label = Alinea { lanjut: true, ..Alinea::new("DrafLabel") };
            self.paragraph(&label, |xml| run(xml, LABEL_DRAF, false, false));
            self.item_due = item;
        }
        self.blocks(inner);
        self.in_draft = outer;
        if !outer {
            self.spacer();
        }
    }

    fn fields(&mut self, fields: &[(String, String)]) {
        self.settle_item();
        for (index, (label, value)) in fields.iter().enumerate() {
            let sebelum = (index == 0).then_some(160);
            let line = format!("{label}\t:\t{value}");
            self.paragraph(&Alinea { sebelum, ..Alinea::new("Isian") }, |xml| run(xml, &line, false, false));
        }
    }

    /// A caption above tables or below figures, with its anchor.
    pub(super) fn caption(&mut self, style: &'static str, kind: &str, number: &str, title: &str, key: &ButirDaftar) {
        let lanjut = style == "JudulTabel";
        let paragraph = Alinea { lanjut, ..Alinea::new(style) };
        self.bookmarked(&paragraph, Some(key), |xml| fields::caption(xml, kind, number, title));
    }

    fn bookmarked(&mut self, paragraph: &Alinea, entry: Option<&ButirDaftar>, content: impl FnOnce(&mut Xml)) {
        let Some(entry) = entry else { return self.paragraph(paragraph, content) };
        self.bookmarks += 1;
        let id = self.bookmarks;
        self.paragraph(paragraph, |xml| {
            xml.leaf("w:bookmarkStart", &[("w:id", &id), ("w:name", &entry.kunci)]);
            content(xml);
            xml.leaf("w:bookmarkEnd", &[("w:id", &id)]);
        });
    }

    /// A paragraph; page break, list mark, indent and frame due at this place are added.
    pub(super) fn paragraph(&mut self, paragraph: &Alinea, content: impl FnOnce(&mut Xml)) {
        let nomor = self.item_due.take();
        let kiri = match (nomor, paragraph.kiri) {
            (Some(_), _) => 0,
            (None, 0) => indent(self.depth),
            (None, own) => own,
        };
        let starts_page = matches!(paragraph.gaya, "Heading1" | "JudulBab");
        let halaman_baru = std::mem::take(&mut self.break_due) && !starts_page;
        // The frame is part of the draft styles; other styles and places need their own.
        let edge = nomor.map_or(kiri, |(_, level)| indent(level));
        let framed_by_style = edge == 0 && matches!(paragraph.gaya, "Draf" | "DrafLabel");
        let draf = (self.in_draft && !framed_by_style).then_some(edge);
        self.xml.open("w:p", &[]);
        let sebelum = self.room_due.take().or(paragraph.sebelum);
        let full = Alinea { nomor, kiri, halaman_baru, draf, sebelum, ..paragraph.clone() };
        self.last_properties = Some(full.write(&mut self.xml));
        content(&mut self.xml);
        self.xml.close();
    }

    /// Writes what is due as an empty paragraph before a block that is none, or at the end of an empty item.
    pub(super) fn settle(&mut self) {
        self.settle_item();
        if self.break_due {
            self.paragraph(&Alinea::new("Jarak"), |_| {});
        }
    }

    /// Gives a list mark that is due a line of its own.
    pub(super) fn settle_item(&mut self) {
        if self.item_due.is_some() {
            self.paragraph(&Alinea::new("ListParagraph"), |_| {});
        }
    }

    /// A paragraph without height of its own: room below tables and drafts, and a place for a section's end.
    /// A page break that is due stays due, or this alone would fill a page before a chapter or at a section's end.
    pub(super) fn spacer(&mut self) {
        let break_due = std::mem::take(&mut self.break_due);
        self.paragraph(&Alinea::new("Jarak"), |_| {});
        self.break_due = break_due;
    }

    /// What stands last cannot carry the end of a section.
    pub(super) fn keep_section_end_away(&mut self) {
        self.last_properties = None;
    }
}
