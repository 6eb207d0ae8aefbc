//! Markdown as people and converters write it: pipe tables, and tables whose cells are parted by tabs.

use tolok_domain::bacaan::{Bagian, Letak};

use super::galat::SebabGalat;
use super::kisi::{Jatah, Mentah, index, lay_out};
use super::teks::plain;

/// Parts of a Markdown text. A row of a table is a line that starts and ends cells with `|`, or has tabs between them.
///
/// # Errors
/// When it has more cells than can be kept.
pub(crate) fn parts(text: &str, nama: &str) -> Result<Vec<Bagian>, SebabGalat> {
    let mut reader = Pembaca { letak: Letak::file(nama), ..Pembaca::default() };
    for (at, line) in text.lines().enumerate() {
        reader.line(index(at + 1), line)?;
    }
    reader.end()?;
    Ok(reader.bagian)
}

/// The kind of table that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Jenis {
    Pipa,
    Tab,
}

/// A row with its line.
type Baris = (u32, Vec<Mentah>);

#[derive(Default)]
struct Pembaca {
    letak: Letak,
    bagian: Vec<Bagian>,
    tables: u32,
    jatah: Jatah,
    paragraph: Option<(u32, String)>,
    table: Option<(Jenis, Vec<Baris>)>,
}

impl Pembaca {
    fn line(&mut self, number: u32, line: &str) -> Result<(), SebabGalat> {
        let trimmed = line.trim();
        if trimmed.is_empty() && !line.contains('\t') {
            return self.end();
        }
        if let Some(cells) = pipe_row(trimmed) {
            return if is_rule(&cells) { Ok(()) } else { self.row(Jenis::Pipa, number, cells) };
        }
        if is_tab_row(line) {
            let cells: Vec<Mentah> = line.split('\t').map(cell).collect();
            return if is_rule(&cells) { Ok(()) } else { self.row(Jenis::Tab, number, cells) };
        }
        if let Some((tingkat, words)) = heading(trimmed) {
            self.end()?;
            let (teks, _) = plain(words);
            self.bagian.push(Bagian::Judul { tingkat, teks, letak: self.letak.at_row(number) });
            return Ok(());
        }
        if self.table.is_some() || starts_item(trimmed) {
            self.end()?;
        }
        if trimmed.bytes().all(|b| matches!(b, b'-' | b'*' | b'_' | b' ')) && trimmed.len() >= 3 {
            return self.end();
        }
        let (words, _) = plain(trimmed);
        match &mut self.paragraph {
            Some((_, text)) => {
                text.push(' ');
                text.push_str(&words);
            }
            None => self.paragraph = Some((number, words)),
        }
        Ok(())
    }

    fn row(&mut self, jenis: Jenis, number: u32, cells: Vec<Mentah>) -> Result<(), SebabGalat> {
        if self.paragraph.is_some() || self.table.as_ref().is_some_and(|(known, _)| *known != jenis) {
            self.end()?;
        }
        self.table.get_or_insert_with(|| (jenis, Vec::new())).1.push((number, cells));
        Ok(())
    }

    /// Ends the paragraph or table that is being read.
    fn end(&mut self) -> Result<(), SebabGalat> {
        if let Some((number, text)) = self.paragraph.take() {
            // A bold text over several lines leaves its marks at the ends.
            let (teks, _) = plain(&text);
            if !teks.is_empty() {
                self.bagian.push(Bagian::Paragraf { teks, letak: self.letak.at_row(number) });
            }
        }
        let Some((_, rows)) = self.table.take() else { return Ok(()) };
        if rows.iter().all(|(_, cells)| cells.iter().all(|cell| cell.teks.is_empty())) {
            return Ok(());
        }
        self.tables += 1;
        let letak = self.letak.in_table(self.tables);
        let start = rows.first().map_or(1, |(number, _)| *number);
        let baris = lay_out(rows, &letak, &mut self.jatah)?;
        self.bagian.push(Bagian::Kisi { judul: String::new(), baris, letak: letak.at_row(start) });
        Ok(())
    }
}

fn cell(raw: &str) -> Mentah {
    let (teks, tebal) = plain(raw);
    Mentah { tebal, ..Mentah::text(teks) }
}

/// The cells of a row with pipes; a list mark may stand before it.
fn pipe_row(trimmed: &str) -> Option<Vec<Mentah>> {
    let row = trimmed.strip_prefix("- ").unwrap_or(trimmed).trim();
    let inside = row.strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, _) in inside.match_indices('|') {
        if !inside[..at].ends_with('\\') {
            cells.push(cell(&inside[start..at]));
            start = at + 1;
        }
    }
    cells.push(cell(&inside[start..]));
    Some(cells)
}

/// The line of hyphens under a heading of pipes.
fn is_rule(cells: &[Mentah]) -> bool {
    let dashes = |c: &Mentah| c.teks.len() > 1 && c.teks.bytes().all(|b| matches!(b, b'-' | b':'));
    cells.iter().any(dashes) && cells.iter().all(|c| c.teks.is_empty() || dashes(c))
}

/// Tabs between cells; a line that is only indented with tabs and then begins an item is no row.
fn is_tab_row(line: &str) -> bool {
    let body = line.trim_start();
    line.contains('\t') && (body.contains('\t') || !starts_item(body.trim_end()))
}

fn heading(trimmed: &str) -> Option<(u8, &str)> {
    let marks = trimmed.bytes().take_while(|b| *b == b'#').count();
    let words = trimmed.get(marks..)?;
    let tingkat = u8::try_from(marks).ok().filter(|n| (1..=6).contains(n))?;
    words.starts_with(' ').then(|| (tingkat, words.trim().trim_end_matches('#')))
}

/// `- a`, `* a`, `1. a`, `a) a`: an item of a list is a paragraph of its own.
fn starts_item(trimmed: &str) -> bool {
    let Some((mark, rest)) = trimmed.split_once(' ') else { return false };
    let numbered = |mark: &str| {
        let name = mark.trim_end_matches(['.', ')']);
        let is_mark = name.len() < mark.len() && name.len() <= 3;
        is_mark && (name.bytes().all(|b| b.is_ascii_digit()) || name.len() == 1)
    };
    !rest.is_empty() && (matches!(mark, "-" | "*" | "+" | "•") || numbered(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let bagian = parts(text, "a.md").expect("small");
        let one = |bagian: &Bagian| match bagian {
            Bagian::Judul { tingkat, teks, letak } => format!("#{tingkat} {teks} @{}", letak.baris.unwrap_or(0)),
            Bagian::Paragraf { teks, letak } => format!("{teks} @{}", letak.baris.unwrap_or(0)),
            Bagian::Kisi { baris, letak, .. } => {
                let rows = baris.iter().map(|row| row.iter().map(|c| &*c.teks).collect::<Vec<_>>().join("|"));
                format!("{} @{}", rows.collect::<Vec<_>>().join("/"), letak.baris.unwrap_or(0))
            }
        };
        bagian.iter().map(one).collect()
    }

    #[test]
    fn headings_paragraphs_and_items_are_told_apart() {
        let text = "## **BAB II**\n\n**LAPORAN  \nTAHUN 2021**\n\n1. satu\n2. dua\n   lanjut\n\n---\n";
        assert_eq!(shown(text), ["#2 BAB II @1", "LAPORAN TAHUN 2021 @3", "1. satu @6", "2. dua lanjut @7"]);
    }

    #[test]
    fn tables_have_pipes_or_tabs() {
        let text = "- | 1. Struktural | : 21 Orang |\n|---|---|\n| 2. a \\| b | |\n\nNO\tURAIAN\t\n\t<b>x</b>\t5\n";
        assert_eq!(shown(text), ["1. Struktural|: 21 Orang/2. a | b| @1", "NO|URAIAN|/|x|5 @5"]);
    }

    #[test]
    fn lines_that_are_only_indented_are_no_rows() {
        assert_eq!(shown("\t- butir\n\t\t1. anak"), ["- butir @1", "1. anak @2"]);
    }
}
