//! Web pages, also those saved under the name of a workbook: headings, paragraphs, tables with spanned cells. Nothing is fetched.

use scraper::{ElementRef, Html, Node};
use tolok_domain::bacaan::{Bagian, Letak};

use super::galat::SebabGalat;
use super::kisi::{Jatah, Mentah, index, lay_out};
use super::teks::tidy;

/// Longest page, in bytes.
const MAX_PAGE: usize = 24 << 20;
/// Deepest nesting of elements; old pages leave many open.
const MAX_DEPTH: usize = 2_000;

/// Elements that end the paragraph before them.
const BLOCKS: [&str; 16] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "section",
    "article",
    "blockquote",
    "pre",
    "dt",
    "dd",
    "header",
    "footer",
    "main",
    "figure",
    "body",
];

type Simpul<'a> = ego_tree::NodeRef<'a, Node>;

/// Parts of a page.
///
/// # Errors
/// When it is larger or nested deeper than can be kept.
pub(super) fn parts(text: &str, nama: &str) -> Result<Vec<Bagian>, SebabGalat> {
    if text.len() > MAX_PAGE {
        return Err(SebabGalat::TerlaluBesar { besar: text.len() >> 20, batas: MAX_PAGE >> 20 });
    }
    check_depth(text)?;
    let page = Html::parse_document(text);
    let mut reader = Pembaca { letak: Letak::file(nama), ..Pembaca::default() };
    reader.walk(page.tree.root())?;
    reader.paragraph();
    Ok(reader.bagian)
}

/// Elements without content, and those that the next of their kind closes.
const FLAT: [&str; 26] = [
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Counts open tags, closed ones taken off: an estimate from above, made before the tree is built, which takes long for deep ones.
fn check_depth(text: &str) -> Result<(), SebabGalat> {
    let mut depth = 0_usize;
    for (at, _) in text.match_indices('<') {
        let rest = &text[at + 1..];
        let name = rest.trim_start_matches('/');
        let length = name.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let name = &name[..length];
        if name.is_empty() || FLAT.iter().any(|flat| flat.eq_ignore_ascii_case(name)) {
            continue;
        }
        if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
        }
        if depth > MAX_DEPTH {
            return Err(SebabGalat::TerlaluBanyak { apa: "unsur bersarang lebih dari 2.000 tingkat" });
        }
    }
    Ok(())
}

#[derive(Default)]
struct Pembaca {
    letak: Letak,
    bagian: Vec<Bagian>,
    text: String,
    heading: Option<u8>,
    lines: u32,
    tables: u32,
    jatah: Jatah,
}

impl Pembaca {
    /// Walks over the page without recursion: a page may nest deeper than the stack.
    fn walk(&mut self, root: Simpul<'_>) -> Result<(), SebabGalat> {
        enum Langkah<'a> {
            Masuk(Simpul<'a>),
            Keluar,
        }
        let mut steps = vec![Langkah::Masuk(root)];
        while let Some(step) = steps.pop() {
            let Langkah::Masuk(node) = step else {
                self.paragraph();
                self.heading = None;
                continue;
            };
            if let Some(element) = ElementRef::wrap(node) {
                let name = element.value().name();
                match name {
                    "script" | "style" | "head" | "noscript" | "template" => continue,
                    "table" => {
                        self.paragraph();
                        self.table(element)?;
                        continue;
                    }
                    "br" => self.text.push(' '),
                    _ => {}
                }
                let heading = name.strip_prefix('h').and_then(|n| n.parse::<u8>().ok()).filter(|n| (1..=6).contains(n));
                if heading.is_some() || BLOCKS.contains(&name) {
                    self.paragraph();
                    self.heading = heading;
                    steps.push(Langkah::Keluar);
                }
            } else if let Node::Text(text) = node.value() {
                self.text.push_str(text);
            }
            steps.extend(node.children().rev().map(Langkah::Masuk));
        }
        Ok(())
    }

    fn paragraph(&mut self) {
        let teks = tidy(&std::mem::take(&mut self.text));
        if teks.is_empty() {
            return;
        }
        self.lines += 1;
        let letak = self.letak.at_row(self.lines);
        self.bagian.push(match self.heading {
            Some(tingkat) => Bagian::Judul { tingkat, teks, letak },
            None => Bagian::Paragraf { teks, letak },
        });
    }

    fn table(&mut self, table: ElementRef<'_>) -> Result<(), SebabGalat> {
        self.tables += 1;
        let letak = self.letak.in_table(self.tables);
        let mut judul = String::new();
        let mut rows: Vec<(u32, Vec<Mentah>)> = Vec::new();
        // Down to the rows of this table, not into tables within its cells.
        let mut open: Vec<Simpul<'_>> = table.children().rev().collect();
        while let Some(node) = open.pop() {
            let Some(element) = ElementRef::wrap(node) else { continue };
            match element.value().name() {
                "caption" => judul = tidy(&text_of(node)),
                "tr" => {
                    let cells = node
                        .children()
                        .filter_map(ElementRef::wrap)
                        .filter(|e| matches!(e.value().name(), "td" | "th"));
                    rows.push((index(rows.len() + 1), cells.map(cell).collect()));
                }
                "thead" | "tbody" | "tfoot" => open.extend(node.children().rev()),
                _ => {}
            }
        }
        let baris = lay_out(rows, &letak, &mut self.jatah)?;
        if baris.iter().flatten().any(|cell| !cell.teks.is_empty()) {
            self.bagian.push(Bagian::Kisi { judul, baris, letak });
        }
        Ok(())
    }
}

fn cell(element: ElementRef<'_>) -> Mentah {
    let span = |name| element.value().attr(name).and_then(|v| v.trim().parse().ok()).unwrap_or(1_u32);
    let teks = tidy(&text_of(*element));
    let inner =
        element.children().filter(|n| n.value().as_text().is_none_or(|t| !t.trim().is_empty())).collect::<Vec<_>>();
    let bold =
        matches!(inner[..], [only] if only.value().as_element().is_some_and(|e| matches!(e.name(), "b" | "strong")));
    Mentah {
        lebar: span("colspan"),
        tinggi: span("rowspan"),
        tebal: bold || element.value().name() == "th",
        ..Mentah::text(teks)
    }
}

/// All text below a node; line breaks and blocks part words.
fn text_of(node: Simpul<'_>) -> String {
    let mut text = String::new();
    for below in node.descendants() {
        match below.value() {
            Node::Text(t) => text.push_str(t),
            Node::Element(e) if e.name() == "br" || BLOCKS.contains(&e.name()) => text.push(' '),
            _ => {}
        }
    }
    text
}
