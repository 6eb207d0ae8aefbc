//! Chapters: Markdown with directives on lines of their own and live figures inside sentences.

use std::iter::Peekable;
use std::vec::IntoIter;

use pulldown_cmark::{Event, Parser, Tag, TagEnd, TextMergeWithOffset};

use crate::naskah::{Blok, Judul, Penanda, Rata, Ruas};

/// A piece of a chapter.
pub(super) enum Potongan {
    /// Text to be read as Markdown.
    Markdown(String),
    /// The words between `{{` and `}}` of a directive that stands on a line of its own.
    Arahan(String),
}

/// Directives that stand for blocks; everything else in braces is a figure inside a sentence.
const BLOCKS: [&str; 8] = ["tabel", "grafik", "struktur", "misi", "landasan", "ringkasan", "analisis", "tanda_tangan"];

/// Cuts a chapter at its directives; each piece with the line on which it begins.
pub(super) fn pieces(text: &str) -> Vec<(usize, Potongan)> {
    let mut pieces = Vec::new();
    let (mut start, mut current) = (1, String::new());
    for (i, line) in text.lines().enumerate() {
        let words = line.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")).map(str::trim);
        match words {
            Some(words) if BLOCKS.contains(&words.split_whitespace().next().unwrap_or_default()) => {
                pieces.push((start, Potongan::Markdown(std::mem::take(&mut current))));
                pieces.push((i + 1, Potongan::Arahan(words.to_owned())));
                start = i + 2;
            }
            _ => {
                current.push_str(line);
                current.push('\n');
            }
        }
    }
    pieces.push((start, Potongan::Markdown(current)));
    pieces
}

/// What a live figure resolves to, or what is wrong with it.
pub(super) type Penyelesai<'r> = dyn Fn(&str) -> Result<String, String> + 'r;

/// Reads Markdown into blocks. An error carries the line within the text, counted from 0.
pub(super) fn blocks(text: &str, resolve: &Penyelesai<'_>) -> Result<Vec<Blok>, (usize, String)> {
    let events: Vec<(Event<'_>, usize)> = TextMergeWithOffset::new(Parser::new(text).into_offset_iter())
        .map(|(event, range)| (event, text[..range.start].matches('\n').count()))
        .collect();
    let mut reader = Pembaca { events: events.into_iter().peekable(), resolve };
    let mut blocks = Vec::new();
    while let Some(block) = reader.block(0)? {
        blocks.push(block);
    }
    Ok(blocks)
}

type Masalah = (usize, String);

/// Levels of lists within lists; more is no report.
const DEEPEST: usize = 8;

struct Pembaca<'e, 'r> {
    events: Peekable<IntoIter<(Event<'e>, usize)>>,
    resolve: &'r Penyelesai<'r>,
}

impl Pembaca<'_, '_> {
    /// The next block; `None` at the end of the text or of what surrounds it.
    fn block(&mut self, depth: usize) -> Result<Option<Blok>, Masalah> {
        loop {
            match self.events.peek().map(|(event, _)| event.clone()) {
                None | Some(Event::End(TagEnd::Item | TagEnd::List(_))) => return Ok(None),
                Some(Event::Start(Tag::Heading { level, .. })) => {
                    self.events.next();
                    let runs = self.runs()?;
                    let text: String = runs.iter().map(|r| r.teks.as_str()).collect();
                    return Ok(Some(heading(level as u8, &text)));
                }
                Some(Event::Start(Tag::Paragraph)) => {
                    self.events.next();
                    let isi = self.runs()?;
                    return Ok(Some(paragraph(isi, depth == 0)));
                }
                Some(Event::Start(Tag::List(first))) => {
                    self.events.next();
                    return self.list(first, depth).map(Some);
                }
                // Loose text of a tight list item.
                Some(Event::Text(_) | Event::Start(Tag::Strong | Tag::Emphasis) | Event::Code(_)) => {
                    let isi = self.runs_until_block()?;
                    return Ok(Some(Blok::Paragraf { isi, rata: Rata::Penuh, menjorok: false }));
                }
                Some(_) => {
                    self.events.next();
                }
            }
        }
    }

    /// Numbers on the first level, letters on the second, as official reports count.
    fn list(&mut self, first: Option<u64>, depth: usize) -> Result<Blok, Masalah> {
        if depth > DEEPEST {
            let line = self.events.peek().map_or(0, |(_, line)| *line);
            return Err((line, format!("daftar lebih dari {DEEPEST} tingkat")));
        }
        let penanda = match (first, depth) {
            (None, _) => Penanda::Butir,
            (Some(_), 0) => Penanda::Angka,
            (Some(_), _) => Penanda::Huruf,
        };
        let mut butir = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => {
                    let mut item = Vec::new();
                    while let Some(block) = self.block(depth + 1)? {
                        item.push(block);
                    }
                    self.events.next();
                    butir.push(item);
                }
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        let mulai = first.and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
        Ok(Blok::Daftar { penanda, mulai, butir })
    }

    /// Runs up to the end of the block that has been entered.
    fn runs(&mut self) -> Result<Vec<Ruas>, Masalah> {
        let runs = self.runs_until_block()?;
        self.events.next();
        Ok(runs)
    }

    /// Runs up to the next event that is not text.
    fn runs_until_block(&mut self) -> Result<Vec<Ruas>, Masalah> {
        let mut style = Ruas::default();
        let mut runs = Vec::new();
        while let Some((event, line)) = self.events.peek().cloned() {
            match event {
                Event::Text(text) | Event::Code(text) => self.text(&text, line, &style, &mut runs)?,
                Event::SoftBreak => runs.push(Ruas { teks: " ".to_owned(), ..style.clone() }),
                Event::HardBreak => runs.push(Ruas { teks: "\n".to_owned(), ..style.clone() }),
                Event::Start(Tag::Strong) => style.tebal = true,
                Event::End(TagEnd::Strong) => style.tebal = false,
                Event::Start(Tag::Emphasis) => style.miring = true,
                Event::End(TagEnd::Emphasis) => style.miring = false,
                // Raw HTML has no place in a report; links keep their text.
                Event::InlineHtml(_)
                | Event::Start(Tag::Link { .. } | Tag::Image { .. })
                | Event::End(TagEnd::Link | TagEnd::Image) => {}
                _ => break,
            }
            self.events.next();
        }
        Ok(runs)
    }

    /// Text with its live figures put in.
    fn text(&self, text: &str, line: usize, style: &Ruas, runs: &mut Vec<Ruas>) -> Result<(), Masalah> {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((key, tail)) = after.split_once("}}") else {
                return Err((line, "\"{{\" tanpa \"}}\"".to_owned()));
            };
            let key = key.trim();
            let value = (self.resolve)(key).map_err(|apa| (line, format!("{{{{{key}}}}} {apa}")))?;
            runs.push(Ruas { teks: before.to_owned(), ..style.clone() });
            runs.push(Ruas { teks: value, angka: Some(key.to_owned()), ..style.clone() });
            rest = tail;
        }
        runs.push(Ruas { teks: rest.to_owned(), ..style.clone() });
        runs.retain(|run| !run.teks.is_empty());
        Ok(())
    }
}

/// A heading, its number taken off: "BAB I PENDAHULUAN", "1.1 Latar Belakang", "a. Tugas", "b) Kebijakan".
pub(super) fn heading(tingkat: u8, text: &str) -> Blok {
    let text = text.trim();
    let words = |n: usize| text.match_indices(' ').nth(n - 1).map_or(text.len(), |(i, _)| i);
    let first = &text[..words(1)];
    let cut = if first == "BAB" && tingkat == 1 {
        words(2)
    } else if is_number(first) {
        words(1)
    } else {
        0
    };
    Blok::Judul(Judul {
        tingkat,
        nomor: text[..cut].to_owned(),
        teks: text[cut..].trim().to_owned(),
        di_daftar: tingkat <= 3 && text != "DAFTAR ISI",
    })
}

/// "1.1", "2.", "a.", "A.", "b)".
fn is_number(word: &str) -> bool {
    let body = word.trim_end_matches(['.', ')']);
    let marked = body.len() < word.len();
    let numeric = !body.is_empty() && body.split('.').all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    numeric || (marked && body.len() == 1 && body.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// A paragraph of running text. One all in bold is a line to be looked at, not read along: it is neither indented nor
/// stretched, and a motto in quotation marks stands in the middle.
fn paragraph(isi: Vec<Ruas>, menjorok: bool) -> Blok {
    let mut words = isi.iter().filter(|run| !run.teks.trim().is_empty()).peekable();
    let motto = words.peek().is_some_and(|run| run.teks.trim_start().starts_with(['“', '"']));
    if words.peek().is_none() || !words.all(|run| run.tebal) {
        return Blok::Paragraf { isi, rata: Rata::Penuh, menjorok };
    }
    Blok::Paragraf { isi, rata: if motto { Rata::Tengah } else { Rata::Kiri }, menjorok: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(key: &str) -> Result<String, String> {
        if key == "tahun" { Ok("2021".to_owned()) } else { Err("tidak dikenal".to_owned()) }
    }

    #[test]
    fn headings_lose_their_numbers() {
        let Blok::Judul(h) = heading(1, "BAB III AKUNTABILITAS KINERJA") else { panic!("heading") };
        assert_eq!((h.nomor.as_str(), h.teks.as_str()), ("BAB III", "AKUNTABILITAS KINERJA"));
        let Blok::Judul(h) = heading(2, "1.1 Latar Belakang") else { panic!("heading") };
        assert_eq!((h.nomor.as_str(), h.teks.as_str()), ("1.1", "Latar Belakang"));
        let Blok::Judul(h) = heading(3, "a. Tugas, Fungsi") else { panic!("heading") };
        assert_eq!((h.nomor.as_str(), h.teks.as_str()), ("a.", "Tugas, Fungsi"));
        let Blok::Judul(h) = heading(3, "Kebijakan Umum") else { panic!("heading") };
        assert_eq!((h.nomor.as_str(), h.teks.as_str()), ("", "Kebijakan Umum"));
    }

    #[test]
    fn live_figures_keep_their_key() {
        let blocks = blocks("Pada tahun {{tahun}} **tercapai**.", &resolve).expect("good");
        let Blok::Paragraf { isi, .. } = &blocks[0] else { panic!("paragraph") };
        assert_eq!(isi[1].teks, "2021");
        assert_eq!(isi[1].angka.as_deref(), Some("tahun"));
        assert!(isi.iter().any(|r| r.tebal && r.teks == "tercapai"));
    }

    #[test]
    fn an_unknown_reference_is_named_with_its_line() {
        let error = blocks("Satu.\n\nDua {{capaian iku.99 2021}}.", &resolve).expect_err("unknown");
        assert_eq!(error, (2, "{{capaian iku.99 2021}} tidak dikenal".to_owned()));
        assert!(blocks("{{tahun", &resolve).is_err());
    }

    #[test]
    fn bold_lines_are_not_stretched() {
        let look = |text: &str| match &blocks(text, &resolve).expect("good")[0] {
            Blok::Paragraf { rata, menjorok, .. } => (*rata, *menjorok),
            other => panic!("{other:?}"),
        };
        assert_eq!(look("**a. Menurut Jabatan**"), (Rata::Kiri, false));
        assert_eq!(look("**“TERWUJUDNYA KOTA”**"), (Rata::Tengah, false));
        assert_eq!(look("Biasa dan **tebal**."), (Rata::Penuh, true));
    }

    #[test]
    fn lists_nest() {
        let blocks = blocks("1. satu\n   1. anak\n   2. anak\n2. dua\n\n- butir\n", &resolve).expect("good");
        let Blok::Daftar { penanda, butir, .. } = &blocks[0] else { panic!("list") };
        assert_eq!((*penanda, butir.len()), (Penanda::Angka, 2));
        assert!(matches!(&butir[0][1], Blok::Daftar { penanda: Penanda::Huruf, .. }), "{butir:?}");
        assert!(matches!(&blocks[1], Blok::Daftar { penanda: Penanda::Butir, .. }));
    }

    #[test]
    fn no_text_is_lost_whatever_surrounds_it() {
        let text =
            "satu\n\n> dua\n\n<!-- komentar -->\n\n```\ntiga\n```\n\n![empat](gambar.png)\n\n***\n\nlima [enam](x)\n";
        let found = format!("{:?}", blocks(text, &resolve).expect("good"));
        for word in ["satu", "dua", "tiga", "empat", "lima", "enam"] {
            assert!(found.contains(word), "{word} is missing: {found}");
        }
        assert!(blocks(&format!("{}x", "- ".repeat(30_000)), &resolve).is_err());
    }

    #[test]
    fn directives_are_cut_out() {
        let found = pieces("# Judul\n\n{{tabel iku}}\n\nSetelah {{tahun}}\n");
        assert_eq!(found.len(), 3);
        assert!(matches!(&found[1], (3, Potongan::Arahan(words)) if words == "tabel iku"));
    }
}
