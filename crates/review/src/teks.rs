//! Findings as text: grouped by place, with the line that each is about, and as rows of a table.

use std::collections::HashMap;
use std::fmt::Write;

use tolok_domain::bacaan::{Bacaan, Bagian, Letak, SelBaca};

use crate::temuan::{Sisi, Temuan};
use crate::uji::shown;

/// Characters of a line that fit beside its number.
const WIDTH: usize = 110;

/// The line or row of a file at a place, as a reader sees it: cells parted by bars.
pub fn line_of(files: &[Bacaan], letak: &Letak) -> Option<String> {
    letak.baris?;
    let file = files.iter().find(|f| f.berkas == letak.di.berkas)?;
    let said = || {
        file.bagian.iter().find_map(|part| match part {
            Bagian::Judul { teks, letak: at, .. } | Bagian::Paragraf { teks, letak: at } => {
                (at.baris == letak.baris && at.di == letak.di).then(|| teks.clone())
            }
            Bagian::Kisi { .. } => None,
        })
    };
    let cells = |row: &[SelBaca]| {
        let filled = row.iter().filter(|c| !c.tergabung).map(|c| c.teks.trim()).filter(|t| !t.is_empty());
        filled.collect::<Vec<_>>().join(" │ ")
    };
    said().or_else(|| file.row_at(letak).map(cells))
}

/// A line cut so that a word in it stays visible.
fn cut(line: &str, word: &str) -> String {
    let count = line.chars().count();
    if count <= WIDTH {
        return line.to_owned();
    }
    let at = line.find(word).map_or(0, |i| line[..i].chars().count());
    let start = (at + word.chars().count()).saturating_sub(WIDTH * 3 / 4).min(count - WIDTH);
    let part: String = line.chars().skip(start).take(WIDTH).collect();
    format!("{}{part}{}", if start > 0 { "…" } else { "" }, if start + WIDTH < count { "…" } else { "" })
}

fn source(out: &mut String, files: &[Bacaan], side: &Sisi) {
    let Some(letak) = side.tempat.letak() else { return };
    if let Some(line) = line_of(files, letak) {
        let row = letak.baris.map(|b| b.to_string()).unwrap_or_default();
        let word = side.nilai.trim_matches('…').trim();
        let shown = cut(&line, word);
        let _ = writeln!(out, "  {row:>6} │ {shown}");
        if let Some(at) = shown.find(word).filter(|_| !word.is_empty() && word.chars().count() <= 40) {
            let pad = shown[..at].chars().count();
            let _ = writeln!(out, "         │ {}{}", " ".repeat(pad), "─".repeat(word.chars().count()));
        }
    }
}

fn one(out: &mut String, files: &[Bacaan], t: &Temuan, with_source: bool) {
    let _ = writeln!(out, "  {} {}: {}", t.keparahan.label(), t.aturan.kode, t.judul);
    if with_source {
        source(out, files, &t.a);
    }
    let hal = if t.a.hal.is_empty() { String::new() } else { format!("{}: ", t.a.hal) };
    let _ = writeln!(out, "         ├ {hal}{}", t.a.nilai);
    if let Some(b) = &t.b {
        let hal = if b.hal.is_empty() { String::new() } else { format!("{}: ", b.hal) };
        let place = if b.tempat == t.a.tempat { String::new() } else { format!(" [{}]", b.tempat) };
        let _ = writeln!(out, "         ├ {hal}{}{place}", b.nilai);
    }
    if let Some(gap) = t.selisih {
        let _ = writeln!(out, "         ├ selisih {}", shown(gap.round_dp(4)));
    }
    let _ = writeln!(out, "         ╰ {} {}", t.explanation(), t.saran());
}

/// The findings for a person at a terminal: what belongs to one line stands together, and what a finding explains stands below it.
pub fn render(found: &[Temuan], files: &[Bacaan]) -> String {
    let mut out = String::new();
    let place = |t: &Temuan| match t.a.tempat.letak() {
        Some(l) => l.row().to_string(),
        None => t.a.tempat.to_string(),
    };
    let mut places: Vec<(String, Vec<usize>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut followers: HashMap<usize, Vec<&Temuan>> = HashMap::new();
    for (i, t) in found.iter().enumerate() {
        if let Some(root) = t.akar {
            followers.entry(root).or_default().push(t);
            continue;
        }
        let here = place(t);
        let at = *known.entry(here.clone()).or_insert(places.len());
        if at == places.len() {
            places.push((here, Vec::new()));
        }
        places[at].1.push(i);
    }
    for (here, group) in &places {
        let _ = writeln!(out, "{here}");
        for (n, i) in group.iter().enumerate() {
            one(&mut out, files, &found[*i], n == 0);
            for f in followers.get(i).into_iter().flatten() {
                let should = f.b.as_ref().filter(|b| b.hal == "seharusnya");
                let should = should.map(|b| format!(", seharusnya {}", b.nilai)).unwrap_or_default();
                let (code, title, value) = (&f.aturan.kode, &f.judul, &f.a.nilai);
                let _ = writeln!(out, "           ↳ ikutan {code}: {title} ({}: {value}{should})", place(f));
            }
        }
        out.push('\n');
    }
    out
}

/// Columns of [`rows`].
pub const COLUMNS: [&str; 13] = [
    "nomor",
    "keparahan",
    "aturan",
    "judul",
    "tempat_a",
    "hal_a",
    "nilai_a",
    "tempat_b",
    "hal_b",
    "nilai_b",
    "selisih",
    "penjelasan",
    "akar",
];

/// The findings as rows of a table; `akar` is the number of the finding that explains one.
pub fn rows(found: &[Temuan]) -> Vec<Vec<String>> {
    let row = |(i, t): (usize, &Temuan)| {
        let b = t.b.as_ref();
        vec![
            (i + 1).to_string(),
            t.keparahan.as_str().to_owned(),
            t.aturan.kode.clone(),
            t.judul.clone(),
            t.a.tempat.to_string(),
            t.a.hal.clone(),
            t.a.nilai.clone(),
            b.map(|b| b.tempat.to_string()).unwrap_or_default(),
            b.map(|b| b.hal.clone()).unwrap_or_default(),
            b.map(|b| b.nilai.clone()).unwrap_or_default(),
            t.selisih.map(|x| tolok_domain::number::write_plain(x.normalize())).unwrap_or_default(),
            format!("{} {}", t.explanation(), t.saran()),
            t.akar.map(|a| (a + 1).to_string()).unwrap_or_default(),
        ]
    };
    found.iter().enumerate().map(row).collect()
}
