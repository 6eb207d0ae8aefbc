//! A document as a web page: one file without scripts, or its body for a page of the web application.

mod blocks;

use crate::naskah::{Kertas, Naskah, Sampul};

/// The style of rendered documents. Everything in it stands below `.naskah`, so that it can join another page's style.
pub const STYLE: &str = include_str!("style.css");

/// The whole page, with its style inside.
pub fn render(naskah: &Naskah) -> String {
    let title = text(&naskah.judul);
    let author = text(&naskah.penerbit);
    let body = render_fragment(naskah);
    format!(
        "<!DOCTYPE html>\n<html lang=\"id\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <meta name=\"author\" content=\"{author}\">\n<style>\n{STYLE}</style>\n</head>\n<body class=\"naskah-halaman\">\n\
         <main>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// The document alone, to stand in the `<main>` of a page that has [`STYLE`].
pub fn render_fragment(naskah: &Naskah) -> String {
    let paper = match naskah.kertas {
        Kertas::F4 => "f4",
        Kertas::A4 => "a4",
        Kertas::A3 => "a3",
    };
    let mut out = format!("<article class=\"naskah {paper}\">\n");
    write_cover(&mut out, &naskah.sampul);
    blocks::write_sections(&mut out, naskah);
    out.push_str("</article>\n");
    out
}

fn write_cover(out: &mut String, cover: &Sampul) {
    if cover.judul.is_empty() && cover.instansi.is_empty() && cover.alamat.is_empty() {
        return;
    }
    out.push_str("<header class=\"sampul\">\n");
    for (class, lines) in [("judul", &cover.judul), ("instansi", &cover.instansi), ("alamat", &cover.alamat)] {
        if !lines.is_empty() {
            let lines: Vec<String> = lines.iter().map(|line| text(line)).collect();
            out.push_str(&format!("<p class=\"sampul-{class}\">{}</p>\n", lines.join("<br>")));
        }
    }
    out.push_str("</header>\n");
}

/// Text for content and for quoted attributes.
fn text(text: &str) -> String {
    crate::chart::escape(text)
}

#[cfg(test)]
mod tests;
