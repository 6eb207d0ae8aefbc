//! The blocks of a document.

use super::text;
use crate::columns::is_dense;
use crate::naskah::{
    Blok, Gambar, GayaBaris, JenisDaftar, Judul, Naskah, Penanda, PenandaTangan, Rata, Ruas, Sel, Tabel, TandaTangan,
};
use crate::outline::{ButirDaftar, Pencacah, outline};

/// What a reader is told above text that no person wrote.
const DRAF: &str = "Draf — disusun Tolok dari data, belum ditulis instansi";

/// More columns than this do not fit a sheet of text; the table scrolls instead of shrinking.
const MANY_COLUMNS: usize = 8;

/// Every section, on sheets of its orientation.
pub(super) fn write_sections(out: &mut String, naskah: &Naskah) {
    let mut writer = Penulis { out, daftar: outline(naskah), pencacah: Pencacah::default(), nav: 0 };
    for section in &naskah.bagian {
        writer.put(if section.lebar { "<section class=\"bagian lebar\">\n" } else { "<section class=\"bagian\">\n" });
        writer.blocks(&section.isi);
        writer.put("</section>\n");
    }
}

struct Penulis<'a> {
    out: &'a mut String,
    daftar: Vec<ButirDaftar>,
    pencacah: Pencacah,
    nav: usize,
}

impl Penulis<'_> {
    fn put(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn blocks(&mut self, blocks: &[Blok]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Blok) {
        let entry = self.pencacah.entry(block);
        let id = entry.as_ref().map_or(String::new(), |entry| format!(" id=\"{}\"", entry.kunci));
        match block {
            Blok::Judul(heading) => self.heading(heading, &id),
            Blok::Paragraf { isi, rata, menjorok } => {
                let mut classes = alignment(*rata).to_owned();
                if *menjorok {
                    classes.push_str(" menjorok");
                }
                let html = format!("<p{}>{}</p>\n", class(&classes), runs(isi));
                self.put(&html);
            }
            Blok::Daftar { penanda, mulai, butir } => self.list(*penanda, *mulai, butir),
            Blok::Tabel(table) => self.table(table, &id, entry.as_ref()),
            Blok::Gambar(figure) => self.figure(figure, &id, entry.as_ref()),
            Blok::DaftarIsi(kind) => self.contents(*kind),
            Blok::Isian(fields) => {
                let rows: String = fields
                    .iter()
                    .map(|(label, value)| format!("<div><dt>{}</dt><dd>{}</dd></div>", text(label), text(value)))
                    .collect();
                self.put(&format!("<dl class=\"isian\">{rows}</dl>\n"));
            }
            Blok::TandaTangan(signature) => self.put(&sign_here(signature)),
            Blok::Draf(inner) => {
                self.put(&format!("<aside class=\"draf\">\n<p class=\"draf-label\">{DRAF}</p>\n"));
                self.blocks(inner);
                self.put("</aside>\n");
            }
            Blok::HalamanBaru => self.put("<div class=\"halaman-baru\"></div>\n"),
        }
    }

    fn heading(&mut self, heading: &Judul, id: &str) {
        let level = heading.tingkat.clamp(1, 6);
        let number = match heading.nomor.as_str() {
            "" => String::new(),
            number => format!("<span class=\"nomor\">{}</span> ", text(number)),
        };
        let html = format!("<h{level}{id}>{number}{}</h{level}>\n", lines(&heading.teks));
        self.put(&html);
    }

    fn list(&mut self, marks: Penanda, start: u32, items: &[Vec<Blok>]) {
        let (open, close) = match marks {
            Penanda::Butir => ("<ul>\n".to_owned(), "</ul>\n"),
            Penanda::Angka => (format!("<ol{}>\n", start_at(start)), "</ol>\n"),
            Penanda::Huruf => (format!("<ol type=\"a\"{}>\n", start_at(start)), "</ol>\n"),
        };
        self.put(&open);
        for item in items {
            self.put("<li>");
            // The usual item is one paragraph; its text stands in the item itself.
            if let [Blok::Paragraf { isi, .. }] = item.as_slice() {
                self.put(&runs(isi));
            } else {
                self.put("\n");
                self.blocks(item);
            }
            self.put("</li>\n");
        }
        self.put(close);
    }

    fn contents(&mut self, kind: JenisDaftar) {
        let name = match kind {
            JenisDaftar::Isi => "Daftar isi",
            JenisDaftar::Tabel => "Daftar tabel",
            JenisDaftar::Gambar => "Daftar gambar",
        };
        let mut html = format!("<nav class=\"daftar\" aria-label=\"{name}\">\n<ol>\n");
        for entry in self.daftar.iter().filter(|entry| entry.jenis == kind) {
            let level = entry.tingkat.clamp(1, 4);
            html.push_str(&format!(
                "<li class=\"t{level}\"><a href=\"#{}\">{}</a></li>\n",
                entry.kunci,
                text(&entry.label())
            ));
        }
        html.push_str("</ol>\n</nav>\n");
        self.put(&html);
    }

    fn figure(&mut self, figure: &Gambar, id: &str, entry: Option<&ButirDaftar>) {
        let label = entry.map(ButirDaftar::label).unwrap_or_default();
        // The SVG is not escaped: it is drawn by this program, which escapes the words in it.
        let html = format!(
            "<figure{id}>\n<div class=\"gambar\" role=\"img\" aria-label=\"{}\">{}</div>\n<figcaption>{}</figcaption>\n\
             </figure>\n",
            text(&figure.alt),
            figure.svg,
            text(&label)
        );
        self.put(&html);
    }

    fn table(&mut self, table: &Tabel, id: &str, entry: Option<&ButirDaftar>) {
        let caption = entry.map(ButirDaftar::label).unwrap_or_default();
        self.nav += 1;
        // Regions need names that differ; a table without caption has its short name.
        let name = if caption.is_empty() { format!("Tabel {} {}", self.nav, table.nama) } else { caption.clone() };
        let many = match table.kolom.len() {
            _ if is_dense(table) => " banyak rapat",
            columns if columns > MANY_COLUMNS => " banyak",
            _ => "",
        };
        let mut html = format!(
            "<div class=\"tabel\"{id}>\n<div class=\"gulir\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n\
             <table class=\"data{many}\">\n",
            text(name.trim())
        );
        if !caption.is_empty() {
            html.push_str(&format!("<caption>{}</caption>\n", text(&caption)));
        }
        write_columns(&mut html, table);
        if !table.kepala.is_empty() {
            html.push_str("<thead>\n");
            for row in &table.kepala {
                let cells: String = row.iter().map(header_cell).collect();
                html.push_str(&format!("<tr>{cells}</tr>\n"));
            }
            html.push_str("</thead>\n");
        }
        html.push_str("<tbody>\n");
        write_body(&mut html, table);
        html.push_str("</tbody>\n</table>\n</div>\n");
        for note in &table.catatan {
            html.push_str(&format!("<p class=\"catatan\">{}</p>\n", text(note)));
        }
        html.push_str("</div>\n");
        self.put(&html);
    }
}

fn sign_here(signature: &TandaTangan) -> String {
    let signer = |signer: &PenandaTangan, place: &str| {
        let joined = |lines: &[String]| lines.iter().map(|line| text(line)).collect::<Vec<_>>().join("<br>");
        let mut html = String::from("<div class=\"tanda-tangan\">");
        if !place.is_empty() {
            html.push_str(&format!("<p>{}</p>", text(place)));
        }
        html.push_str(&format!("<p>{}</p>", joined(&signer.jabatan)));
        if !signer.nama.is_empty() {
            let name = std::iter::once(signer.nama.clone()).chain(signer.keterangan.iter().cloned());
            html.push_str(&format!("<p class=\"nama\">{}</p>", joined(&name.collect::<Vec<_>>())));
        }
        html.push_str("</div>");
        html
    };
    let right = signer(&signature.kanan, &signature.tempat_tanggal);
    match &signature.kiri {
        None => format!("{right}\n"),
        Some(left) => format!("<div class=\"para-pihak\">{}{right}</div>\n", signer(left, "")),
    }
}

fn start_at(start: u32) -> String {
    if start == 1 { String::new() } else { format!(" start=\"{start}\"") }
}

/// Widths as classes in steps of five per cent: a page with a strict content policy forbids style attributes.
fn write_columns(html: &mut String, table: &Tabel) {
    let sum: u32 = table.kolom.iter().map(|column| u32::from(column.lebar)).sum();
    if sum == 0 {
        return;
    }
    html.push_str("<colgroup>");
    for column in &table.kolom {
        let step = (u32::from(column.lebar) * 20 + sum / 2) / sum;
        html.push_str(&format!("<col class=\"l{}\">", step.clamp(1, 20)));
    }
    html.push_str("</colgroup>\n");
}

fn header_cell(cell: &Sel) -> String {
    let scope = if cell.columns() > 1 { "colgroup" } else { "col" };
    format!("<th scope=\"{scope}\"{}>{}</th>", spans(cell), runs(&cell.isi))
}

fn write_body(html: &mut String, table: &Tabel) {
    // Rows until which each column is taken by a cell from above, to know the column of every cell.
    let mut taken: Vec<usize> = vec![0; table.kolom.len()];
    for (y, row) in table.isi.iter().enumerate() {
        let look = match row.gaya {
            GayaBaris::Biasa => "",
            GayaBaris::Tebal => "tebal",
            GayaBaris::Kelompok => "kelompok",
        };
        html.push_str(&format!("<tr{}>", class(look)));
        let mut x = 0;
        for cell in &row.sel {
            while taken.get(x).is_some_and(|until| *until > y) {
                x += 1;
            }
            let align = cell.rata.or_else(|| table.kolom.get(x).map(|column| column.rata)).unwrap_or_default();
            html.push_str(&format!("<td{}{}>{}</td>", class(alignment(align)), spans(cell), runs(&cell.isi)));
            let end = (x + cell.columns()).min(taken.len());
            taken.get_mut(x..end).unwrap_or_default().fill(y + cell.rows());
            x += cell.columns();
        }
        html.push_str("</tr>\n");
    }
}

fn spans(cell: &Sel) -> String {
    let mut out = String::new();
    if cell.columns() > 1 {
        out.push_str(&format!(" colspan=\"{}\"", cell.columns()));
    }
    if cell.rows() > 1 {
        out.push_str(&format!(" rowspan=\"{}\"", cell.rows()));
    }
    out
}

fn class(names: &str) -> String {
    let names = names.trim();
    if names.is_empty() { String::new() } else { format!(" class=\"{names}\"") }
}

fn alignment(align: Rata) -> &'static str {
    match align {
        Rata::Kiri => "",
        Rata::Tengah => "tengah",
        Rata::Kanan => "kanan",
        Rata::Penuh => "penuh",
    }
}

fn runs(runs: &[Ruas]) -> String {
    runs.iter().map(run).collect()
}

fn run(run: &Ruas) -> String {
    let mut html = lines(&run.teks);
    if run.miring {
        html = format!("<em>{html}</em>");
    }
    if run.tebal {
        html = format!("<strong>{html}</strong>");
    }
    if let Some(key) = &run.angka {
        html = format!("<span data-angka=\"{}\">{html}</span>", text(key));
    }
    html
}

/// Escaped text whose line breaks stay.
fn lines(words: &str) -> String {
    text(words).replace('\n', "<br>")
}
