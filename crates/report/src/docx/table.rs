//! Tables.

use super::body::Body;
use super::grid::{Petak, lay_out};
use super::numbering::indent;
use super::paragraph::{Alinea, justification, run, runs};
use super::xml::Xml;
use crate::columns::{self, TataTabel};
use crate::naskah::{GayaBaris, Kolom, Rata, Ruas, Sel, Tabel};
use crate::outline::ButirDaftar;

const WARNA_KEPALA: &str = "E8F0F8";
const WARNA_KELOMPOK: &str = "F1F4F7";

const STYLE: &str = "TableText";
const STYLE_SMALL: &str = "TableTextSmall";

/// Cells of tables with many columns have less room at their sides.
const CELL_MARGINS_SMALL: &str = concat!(
    r#"<w:tblCellMar><w:top w:w="48" w:type="dxa"/><w:left w:w="36" w:type="dxa"/>"#,
    r#"<w:bottom w:w="48" w:type="dxa"/><w:right w:w="36" w:type="dxa"/></w:tblCellMar>"#
);

/// How the cells of a row look.
#[derive(Clone, Copy)]
struct RupaBaris {
    kepala: bool,
    tebal: bool,
    warna: Option<&'static str>,
    /// Kept on the page of the next row.
    lanjut: bool,
    /// Style of its paragraphs.
    gaya: &'static str,
}

impl Body<'_> {
    /// A table with its caption above and its notes below.
    pub(super) fn table(&mut self, table: &Tabel, entry: Option<&ButirDaftar>) {
        self.settle_item();
        if let Some(entry) = entry {
            self.caption("JudulTabel", "Tabel", &table.nomor, &table.judul, entry);
        }
        self.settle();
        if !table.kepala.is_empty() || !table.isi.is_empty() {
            self.keep_section_end_away();
            let left = indent(self.depth);
            write_table(&mut self.xml, table, left, self.page.text_width().saturating_sub(left));
        }
        for note in &table.catatan {
            self.paragraph(&Alinea::new("CatatanTabel"), |xml| run(xml, note, false, false));
        }
        // Two tables in a row would become one without a paragraph between them.
        self.spacer();
    }
}

fn write_table(xml: &mut Xml, table: &Tabel, left: u32, width: u32) {
    let head: Vec<&[Sel]> = table.kepala.iter().map(Vec::as_slice).collect();
    let body: Vec<&[Sel]> = table.isi.iter().map(|row| row.sel.as_slice()).collect();
    let (head, body) = (lay_out(&head, table.kolom.len()), lay_out(&body, table.kolom.len()));
    let columns = [&head, &body].iter().flat_map(|grid| grid.iter()).map(|row| row_width(row)).max().unwrap_or(0);
    let laid = columns::measure(table, width);
    let edges = column_edges(&fitted(table, &laid), columns, width);
    let gaya = if laid.rapat { STYLE_SMALL } else { STYLE };

    xml.open("w:tbl", &[]);
    xml.open("w:tblPr", &[]);
    xml.leaf("w:tblStyle", &[("w:val", &"TabelTolok")]);
    xml.leaf("w:tblW", &[("w:w", &width), ("w:type", &"dxa")]);
    xml.leaf("w:tblInd", &[("w:w", &left), ("w:type", &"dxa")]);
    xml.leaf("w:tblLayout", &[("w:type", &"fixed")]);
    if laid.rapat {
        xml.raw(CELL_MARGINS_SMALL);
    }
    xml.leaf("w:tblLook", &[("w:val", &"0420"), ("w:firstRow", &1), ("w:noVBand", &1)]);
    if !table.judul.is_empty() {
        xml.leaf("w:tblCaption", &[("w:val", &table.judul)]);
    }
    xml.close();
    xml.open("w:tblGrid", &[]);
    for pair in edges.windows(2) {
        xml.leaf("w:gridCol", &[("w:w", &(pair[1] - pair[0]))]);
    }
    xml.close();
    for row in &head {
        let look = RupaBaris { kepala: true, tebal: true, warna: Some(WARNA_KEPALA), lanjut: true, gaya };
        write_row(xml, row, look, &table.kolom, &edges);
    }
    let whole = laid.is_short();
    for (index, (row, source)) in body.iter().zip(&table.isi).enumerate() {
        let (tebal, warna) = match source.gaya {
            GayaBaris::Biasa => (false, None),
            GayaBaris::Tebal => (true, None),
            GayaBaris::Kelompok => (true, Some(WARNA_KELOMPOK)),
        };
        // The last row may be parted from what comes after the table.
        let lanjut = columns::leads(table, index) || (whole && index + 1 < table.isi.len());
        write_row(xml, row, RupaBaris { kepala: false, tebal, warna, lanjut, gaya }, &table.kolom, &edges);
    }
    xml.close();
}

/// The columns with widths in which no number breaks.
fn fitted(table: &Tabel, laid: &TataTabel) -> Vec<Kolom> {
    let widths = laid.lebar.iter().map(|width| u16::try_from(*width).unwrap_or(u16::MAX));
    table.kolom.iter().zip(widths).map(|(column, lebar)| Kolom { lebar, ..*column }).collect()
}

fn write_row(xml: &mut Xml, row: &[Petak<'_>], look: RupaBaris, columns: &[Kolom], edges: &[u32]) {
    xml.open("w:tr", &[]);
    xml.open("w:trPr", &[]);
    xml.leaf("w:cantSplit", &[]);
    if look.kepala {
        xml.leaf("w:tblHeader", &[]);
    }
    xml.close();
    let filled = row_width(row);
    for cell in row {
        write_cell(xml, cell, look, columns, edges);
    }
    // The shorter of head and body is filled up, so that every row ends at the right edge.
    for kolom in filled..edges.len() - 1 {
        write_cell(xml, &Petak { kolom, lebar: 1, ..Petak::default() }, look, columns, edges);
    }
    xml.close();
}

fn write_cell(xml: &mut Xml, cell: &Petak<'_>, look: RupaBaris, columns: &[Kolom], edges: &[u32]) {
    xml.open("w:tc", &[]);
    xml.open("w:tcPr", &[]);
    let width = edges[cell.kolom + cell.lebar] - edges[cell.kolom];
    xml.leaf("w:tcW", &[("w:w", &width), ("w:type", &"dxa")]);
    if cell.lebar > 1 {
        xml.leaf("w:gridSpan", &[("w:val", &cell.lebar)]);
    }
    if cell.menurun {
        let kind = if cell.sel.is_some() { "restart" } else { "continue" };
        xml.leaf("w:vMerge", &[("w:val", &kind)]);
    }
    if let Some(fill) = look.warna {
        xml.leaf("w:shd", &[("w:val", &"clear"), ("w:color", &"auto"), ("w:fill", &fill)]);
    }
    if look.kepala {
        xml.leaf("w:vAlign", &[("w:val", &"center")]);
    }
    xml.close();
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.leaf("w:pStyle", &[("w:val", &look.gaya)]);
    if look.lanjut {
        xml.leaf("w:keepNext", &[]);
    }
    let usual = if look.kepala { Rata::Tengah } else { columns.get(cell.kolom).map_or(Rata::Kiri, |c| c.rata) };
    let rata = cell.sel.and_then(|sel| sel.rata).unwrap_or(usual);
    if rata != Rata::Kiri {
        xml.leaf("w:jc", &[("w:val", &justification(rata))]);
    }
    xml.close();
    if let Some(sel) = cell.sel {
        let small = look.gaya == STYLE_SMALL;
        let isi: Vec<Ruas> =
            sel.isi.iter().map(|run| Ruas { teks: openings(&run.teks, width, small), ..run.clone() }).collect();
        runs(xml, &isi, look.tebal);
    }
    xml.close();
    xml.close();
}

/// The text with places where words too long for the cell may break: Word breaks at a hyphen, but not at a slash.
fn openings(text: &str, cell: u32, small: bool) -> String {
    let whole = |word: &str| !word.contains('/') || columns::fits(word.trim_end(), cell, small);
    let open = |word: &str| {
        if whole(word) { word.to_owned() } else { columns::words(word).collect::<Vec<_>>().join("\u{200b}") }
    };
    text.split_inclusive(char::is_whitespace).map(open).collect()
}

fn row_width(row: &[Petak<'_>]) -> usize {
    row.last().map_or(0, |cell| cell.kolom + cell.lebar)
}

/// The edges of the columns, left to right, the last at the full width whatever rounding does.
fn column_edges(columns: &[Kolom], count: usize, width: u32) -> Vec<u32> {
    let mean = columns.iter().map(|c| u64::from(c.lebar)).sum::<u64>() / (columns.len() as u64).max(1);
    let share = |index: usize| columns.get(index).map_or(mean, |c| u64::from(c.lebar)).max(1);
    let total: u64 = (0..count).map(share).sum();
    let mut passed = 0;
    let mut edges = vec![0];
    for index in 0..count {
        passed += share(index);
        edges.push(u32::try_from(u64::from(width) * passed / total).unwrap_or(width));
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_open_at_slashes_only() {
        assert_eq!(openings("a/b 28/35 Berakibat/Berdampak", 900, false), "a/b 28/35 Berakibat/\u{200b}Berdampak");
        assert_eq!(openings("a/b Berakibat/Berdampak", 9000, false), "a/b Berakibat/Berdampak");
    }

    #[test]
    fn columns_share_the_width_exactly() {
        let column = |lebar| Kolom { lebar, rata: Rata::Kiri };
        assert_eq!(column_edges(&[column(1), column(1), column(1)], 3, 100), [0, 33, 66, 100]);
        assert_eq!(column_edges(&[column(10), column(30)], 3, 600), [0, 100, 400, 600]);
    }
}
