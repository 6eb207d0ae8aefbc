//! The document as a text: numbering, references, names of offices, places left open, parts that must be there.

use std::collections::BTreeMap;

use tolok_domain::bacaan::{Bagian, Letak};

use crate::aturan::{Aturan, Rujukan};
use crate::model::{Model, table_number};
use crate::nama::{Kecocokan, Nama, words};
use crate::temuan::{Sisi, Temuan};

/// A text cut to what fits on a line.
pub(super) fn excerpt(text: &str, around: &str) -> String {
    const BEFORE: usize = 30;
    const LENGTH: usize = 110;
    let at = text.find(around).unwrap_or(0);
    let start = text[..at].char_indices().rev().take(BEFORE).last().map_or(at, |(i, _)| i);
    let cut: String = text[start..].chars().take(LENGTH).collect();
    let ends = cut.len() + start < text.len();
    format!("{}{}{}", if start > 0 { "…" } else { "" }, cut.trim(), if ends { "…" } else { "" })
}

/// Captions of numbered tables, in order.
fn captions<'a>(m: &Model<'a>) -> Vec<(usize, String, &'a Letak, Nama)> {
    let mut found: Vec<(usize, String, &Letak, Nama)> = Vec::new();
    let title = |text: &str| {
        let said = words(text).filter(|w| w != "tabel" && !w.bytes().all(|b| b.is_ascii_digit()));
        Nama::new(&said.collect::<Vec<_>>().join(" "))
    };
    for (i, text, letak) in m.texts() {
        // A list of tables names each once more, with its page.
        let listed = text.contains("....") || text.contains("……");
        if let Some(number) = table_number(text).filter(|_| !listed && text.chars().count() < 240) {
            found.push((i, number, letak, title(text)));
        }
    }
    for t in &m.tabel {
        let Some(number) = table_number(&t.asal.judul) else { continue };
        // The caption that stands before the grid as a paragraph is the same one.
        let known = found.iter().any(|(i, n, l, _)| {
            *i == t.naskah && *n == number && l.baris.zip(t.asal.letak.baris).is_none_or(|(c, g)| c <= g && g - c <= 12)
        });
        if !known {
            found.push((t.naskah, number, &t.asal.letak, title(&t.asal.judul)));
        }
    }
    found.sort_by_key(|(file, _, l, _)| (*file, l.di.halaman, l.baris));
    found
}

pub(super) fn number_twice(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut first: BTreeMap<(usize, String), (&Letak, Nama)> = BTreeMap::new();
    let mut found = Vec::new();
    for (file, number, letak, title) in captions(m) {
        match first.get(&(file, number.clone())) {
            // The same title again is its line in the list of tables, or its continuation.
            Some((_, known)) if !title.is_empty() && known.compare(&title) >= Kecocokan::Mirip(80) => {}
            Some((other, _)) => found.push(
                Temuan::new(
                    a,
                    format!("Tabel {number} ada dua"),
                    Sisi::read(letak, "judul tabel", format!("Tabel {number}")),
                )
                .against(Sisi::read(other, "judul tabel", format!("Tabel {number}"))),
            ),
            None => {
                first.insert((file, number), (letak, title));
            }
        }
    }
    found
}

pub(super) fn number_skipped(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut last: BTreeMap<(usize, String), (u32, &Letak)> = BTreeMap::new();
    let mut found = Vec::new();
    for (file, number, letak, _) in captions(m) {
        let Some((chapter, n)) = number.rsplit_once('.') else { continue };
        let Ok(n) = n.parse::<u32>() else { continue };
        let key = (file, chapter.to_owned());
        if let Some((before, at)) = last.get(&key).filter(|(before, _)| n > before + 1) {
            let missing = before + 1;
            found.push(
                Temuan::new(
                    a,
                    format!("Tabel {chapter}.{missing} tidak ada"),
                    Sisi::read(letak, "judul tabel", format!("Tabel {number}")),
                )
                .against(Sisi::read(at, "judul tabel sebelumnya", format!("Tabel {chapter}.{before}"))),
            );
        }
        last.insert(key, (n, letak));
    }
    found
}

/// A regulation as a text names it: kind, number, year, and what it is about.
fn citations<'t>(text: &'t str, jenis: &str) -> Vec<(String, String, &'t str)> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = lower.get(from..).and_then(|rest| rest.find(&jenis.to_lowercase())).map(|n| n + from) {
        from = at + jenis.len();
        // Lower case keeps the length of Indonesian texts; where it does not, the text is left alone.
        let Some(rest) = text.get(from..).filter(|_| lower.len() == text.len()) else { break };
        let mut numbers = rest.split(|c: char| !c.is_ascii_digit()).filter(|w| !w.is_empty());
        let (Some(nomor), Some(tahun)) = (numbers.next(), numbers.next()) else { continue };
        let upto = rest.find(tahun).map_or(rest.len(), |n| n + tahun.len());
        // Number and year stand close behind the kind, the subject behind them.
        if upto > 80 || tahun.len() != 4 {
            continue;
        }
        let subject: String = rest[upto..].chars().take(140).collect();
        let end = rest.len().min(upto + subject.len());
        found.push((nomor.to_owned(), tahun.to_owned(), &rest[upto..end]));
    }
    found
}

pub(super) fn regulations(m: &Model<'_>, a: &'static Aturan, list: &[Rujukan]) -> Vec<Temuan> {
    let mut found = Vec::new();
    for (_, text, letak) in m.texts() {
        for rule in list {
            for (nomor, tahun, subject) in citations(text, &rule.jenis) {
                // The subject belongs to this citation when no other begins before it.
                let lower = subject.to_lowercase();
                let own = lower.find(&rule.perihal.to_lowercase());
                let other = lower.find("nomor").or_else(|| lower.find("peraturan "));
                let meant = own.is_some_and(|at| other.is_none_or(|o| at < o));
                if meant && (nomor != rule.nomor || tahun != rule.tahun) {
                    let said = format!("{} Nomor {nomor} Tahun {tahun}", rule.jenis);
                    let right = format!("{} Nomor {} Tahun {}", rule.jenis, rule.nomor, rule.tahun);
                    found.push(
                        Temuan::new(
                            a,
                            format!("{said} tentang {} seharusnya {right}", rule.perihal),
                            Sisi::read(letak, "teks", said),
                        )
                        .against(Sisi::read(letak, "seharusnya", right)),
                    );
                }
            }
        }
    }
    found
}

const OFFICES: [&str; 3] = ["Dinas", "Badan", "Kecamatan"];

/// Names of offices in a text: "Dinas Tenaga Kerja dan Transmigrasi", with the word before and the word after.
fn offices(text: &str) -> Vec<(String, String, String)> {
    let list: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    for (i, word) in list.iter().enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !OFFICES.iter().any(|o| o.eq_ignore_ascii_case(bare)) || bare.chars().next().is_none_or(char::is_lowercase) {
            continue;
        }
        let mut name: Vec<&str> = vec![bare];
        let mut end = i + 1;
        while let Some(next) = list.get(end) {
            let clean = next.trim_matches(|c: char| !c.is_alphanumeric());
            let capital = clean.chars().next().is_some_and(char::is_uppercase);
            if matches!(clean.to_lowercase().as_str(), "kota" | "kabupaten" | "provinsi")
                || !(capital || clean == "dan")
            {
                break;
            }
            name.push(clean);
            end += 1;
            if next.ends_with([',', '.', ';', ':', ')']) {
                break;
            }
        }
        while name.last() == Some(&"dan") {
            name.pop();
        }
        let before = i.checked_sub(1).and_then(|j| list.get(j)).map_or("", |w| *w).to_lowercase();
        let after = list.get(end).map_or("", |w| *w).to_lowercase();
        if name.len() > 2 {
            found.push((name.join(" "), before, after));
        }
    }
    found
}

/// Words before an office's name that make it the office of this document.
const OWN_WORK: [&str; 12] = [
    "anggaran",
    "kinerja",
    "renja",
    "renstra",
    "lkjip",
    "lakip",
    "strategis",
    "kepala",
    "kerja",
    "aksi",
    "(pk)",
    "(iku)",
];

pub(super) fn other_office(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for file in 0..m.naskah.len() {
        let texts = || m.texts().filter(move |(i, _, _)| *i == file);
        let mut count: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for (_, text, _) in texts() {
            for (name, ..) in offices(text) {
                count.entry(Nama::new(&name).key().to_owned()).or_insert((0, name)).0 += 1;
            }
        }
        let Some((own, (times, own_name))) = count.iter().max_by_key(|(_, (n, _))| *n) else { continue };
        if *times < 3 {
            continue;
        }
        let place = texts().find(|(_, text, _)| offices(text).iter().any(|(n, ..)| Nama::new(n).key() == own));
        for (_, text, letak) in texts() {
            for (name, before, after) in offices(text) {
                let key = Nama::new(&name).key().to_owned();
                // A part of the own name, such as a bidang, is no other office.
                let bare = OFFICES.iter().find_map(|o| key.strip_prefix(o.to_lowercase().as_str())).unwrap_or(&key);
                let related = key.starts_with(own.as_str()) || own.starts_with(&key) || own.contains(bare);
                let here = OWN_WORK.contains(&before.trim_matches(','))
                    && matches!(
                        after.trim_matches(|c: char| !c.is_alphanumeric()),
                        "kota" | "kabupaten" | "provinsi" | "telah"
                    );
                let rare = count.get(&key).is_some_and(|(n, _)| n * 3 < *times);
                if related || !here || !rare {
                    continue;
                }
                let finding = Temuan::new(
                    a,
                    format!("{name} disebut sebagai pemilik dokumen"),
                    Sisi::read(letak, "teks", excerpt(text, &name)),
                );
                found.push(match place {
                    Some((_, _, at)) => finding.against(Sisi::read(at, "perangkat daerah ini", own_name.clone())),
                    None => finding,
                });
            }
        }
    }
    found
}

/// "Keputusan ... Nomor :" with nothing behind it, also over a page break.
pub(super) fn decree_without_number(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let list: Vec<(usize, &str, &Letak)> = m.texts().collect();
    let mut found = Vec::new();
    for (i, (_, text, letak)) in list.iter().enumerate() {
        let decree = |before: &str| {
            let said: Vec<String> = words(before).collect();
            said.iter().rev().take(22).any(|w| matches!(w.as_str(), "keputusan" | "peraturan" | "surat"))
        };
        for (at, word) in text.match_indices("omor").chain(text.match_indices("OMOR")) {
            let rest = text[at + word.len()..].trim_start_matches([' ', ':', '.', '…', '_', '-', '\u{a0}', '*']);
            let runs_on = rest.is_empty()
                && list.get(i + 1).is_some_and(|(_, next, _)| {
                    next.trim_start_matches(['*', ' ']).to_lowercase().starts_with("tahun")
                });
            let open = rest.to_lowercase().starts_with("tahun") || runs_on;
            if open && decree(&text[..at]) {
                found.push(
                    Temuan::new(
                        a,
                        "Nomor keputusan belum diisi",
                        Sisi::read(letak, "teks", excerpt(text, &text[at.saturating_sub(1)..])),
                    )
                    .because("Setelah kata \"Nomor\" langsung \"Tahun\": nomornya kosong."),
                );
            }
        }
    }
    found
}

/// Places that were to be filled in.
pub(super) fn unfilled(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    const MARKS: [&str; 8] = ["[isi", "<isi", "[nama", "xxxx", "XXXX", "____", "(diisi", "lorem ipsum"];
    let mut found = Vec::new();
    for (_, text, letak) in m.texts() {
        let lower = text.to_lowercase();
        // Leaders of a table of contents end in a page number.
        let leaders =
            text.trim_end().chars().next_back().is_some_and(|c| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x'));
        let dots = ["....", "……"].iter().find(|d| text.contains(**d)).filter(|_| !leaders);
        let mark = MARKS.iter().find(|mark| text.contains(**mark) || lower.contains(&mark.to_lowercase()));
        if let Some(mark) = mark.or(dots) {
            found.push(Temuan::new(a, "Isian belum diisi", Sisi::read(letak, "teks", excerpt(text, mark))));
        }
    }
    found
}

/// List items that name something and say nothing of it: "1. SMA sejumlah :", "3.".
pub(super) fn empty_item(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    let mut look = |text: &str, letak: &Letak| {
        let bare = text.trim().trim_start_matches(['-', '*', ' ']);
        let number = bare
            .split_once('.')
            .filter(|(n, _)| !n.is_empty() && n.len() <= 2 && n.bytes().all(|b| b.is_ascii_digit()));
        let Some((_, rest)) = number else { return };
        let rest = rest.trim();
        let counts = rest.to_lowercase().contains("sejumlah") || rest.to_lowercase().contains("sebanyak");
        let open = rest.trim_end_matches([':', ' ', '|']);
        let blank = rest.is_empty()
            || (counts && open.to_lowercase().ends_with("sejumlah"))
            || (counts && open.to_lowercase().ends_with("sebanyak"));
        if blank {
            found.push(Temuan::new(a, "Butir daftar tanpa isi", Sisi::read(letak, "butir", text.trim())));
        }
    };
    for n in &m.naskah {
        for part in &n.bacaan.bagian {
            match part {
                Bagian::Paragraf { teks, letak } => look(teks, letak),
                Bagian::Kisi { baris, .. } => {
                    for row in baris {
                        let text: Vec<&str> = row.iter().filter(|s| !s.tergabung).map(|s| s.teks.trim()).collect();
                        if let Some(first) = row.first().filter(|_| text.len() <= 3) {
                            look(&text.join(" "), &first.letak);
                        }
                    }
                }
                Bagian::Judul { .. } => {}
            }
        }
    }
    found
}

/// A part that no text of the file speaks of.
pub(super) fn lacks(m: &Model<'_>, a: &'static Aturan, list: &[String]) -> Vec<Temuan> {
    let mut found = Vec::new();
    for (i, n) in m.naskah.iter().enumerate() {
        let text = || m.texts().filter(move |(f, _, _)| *f == i);
        let is_report = text().take(40).any(|(_, t, _)| {
            let lower = t.to_lowercase();
            lower.contains("laporan kinerja") || lower.contains("lkjip") || lower.contains("lakip")
        });
        let there = text().any(|(_, t, _)| {
            let lower = t.to_lowercase();
            list.iter().any(|w| lower.contains(w.as_str()))
        });
        if is_report && !there {
            let letak = Letak::file(n.bacaan.berkas.as_str());
            found.push(Temuan::new(a, a.judul.clone(), Sisi::read(&letak, "tidak ditemukan", list.join(" / "))));
        }
    }
    found
}
