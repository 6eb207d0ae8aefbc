//! Years and dates.

use std::collections::BTreeMap;

use tolok_domain::bacaan::Letak;
use tolok_domain::period::{BULAN, Tahun};

use super::naskah::excerpt;
use crate::aturan::Aturan;
use crate::model::Model;
use crate::nama::words;
use crate::temuan::{Sisi, Temuan};

/// Spans of years in a text: "2019 – 2023", with the words before them.
fn spans(text: &str) -> Vec<(Tahun, Tahun, String, Vec<String>)> {
    let mut found = Vec::new();
    for (at, _) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        // Only where a number begins.
        if text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | ',')) {
            continue;
        }
        let Some(first) = text.get(at..at + 4).filter(|s| s.bytes().all(|b| b.is_ascii_digit())) else { continue };
        let rest = text[at + 4..].trim_start();
        let Some(rest) = rest
            .strip_prefix(['-', '–', '—'])
            .or_else(|| rest.strip_prefix("s.d."))
            .or_else(|| rest.strip_prefix("s/d"))
        else {
            continue;
        };
        let Some(last) = rest.trim_start().get(..4).filter(|s| s.bytes().all(|b| b.is_ascii_digit())) else { continue };
        let behind = rest.trim_start()[4..].chars().next();
        let (Ok(a), Ok(b)) = (first.parse::<Tahun>(), last.parse::<Tahun>()) else { continue };
        let plausible = |t: Tahun| (1990..=2100).contains(&t);
        if plausible(a) && plausible(b) && behind.is_none_or(|c| !c.is_alphanumeric()) {
            found.push((a, b, format!("{a}-{b}"), words(&text[..at]).collect()));
        }
    }
    found
}

pub(super) fn backwards(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for (_, text, letak) in m.texts() {
        for (from, to, shown, _) in spans(text) {
            if from > to {
                let title = format!("Rentang tahun {shown} mustahil");
                found.push(Temuan::new(a, title, Sisi::read(letak, "teks", excerpt(text, &from.to_string()))));
            }
        }
    }
    found
}

/// A span of years, where it stands, and as it is written.
type Rentang<'t> = ((Tahun, Tahun), &'t Letak, String);

const PLANS: [&str; 3] = ["rpjmd", "renstra", "rpjmn"];

/// A plan's span of years written in two ways: the rarer one is named.
pub(super) fn spans_differ(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut seen: BTreeMap<&str, Vec<Rentang<'_>>> = BTreeMap::new();
    for (_, text, letak) in m.texts() {
        for (from, to, shown, before) in spans(text).into_iter().filter(|(a, b, ..)| a < b) {
            let near: Vec<&String> = before.iter().rev().take(12).collect();
            let plan = near.iter().find_map(|w| PLANS.iter().find(|p| *p == w));
            if let Some(plan) = plan {
                seen.entry(plan).or_default().push(((from, to), letak, shown));
            }
        }
    }
    let mut found = Vec::new();
    for (plan, places) in seen {
        let count = |span: (Tahun, Tahun)| places.iter().filter(|(s, ..)| *s == span).count();
        let Some((most, at, shown)) = places.iter().rev().max_by_key(|(s, ..)| count(*s)) else { continue };
        for (span, letak, other) in places.iter().filter(|(s, ..)| s != most) {
            // A plan of an earlier or later term is another plan.
            if span.0.abs_diff(most.0) < 5 {
                found.push(
                    Temuan::new(
                        a,
                        format!("Periode {} ditulis {other} dan {shown}", plan.to_uppercase()),
                        Sisi::read(letak, "teks", other.clone()),
                    )
                    .against(Sisi::read(at, "bagian lain", shown.clone())),
                );
            }
        }
    }
    found
}

/// The year that the first lines call the budget year, against the year of the report.
pub(super) fn cover(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    const COVER: usize = 12;
    let mut found = Vec::new();
    for (i, n) in m.naskah.iter().enumerate() {
        let first: Vec<_> = m.texts().filter(|(f, ..)| *f == i).take(COVER).collect();
        let title = first.iter().find_map(|(_, text, letak)| {
            let list: Vec<String> = words(text).collect();
            let report = list.iter().any(|w| matches!(w.as_str(), "laporan" | "lkjip" | "lakip" | "kinerja"));
            let at = list.iter().position(|w| w == "tahun").filter(|_| report)?;
            Some((list.get(at + 1)?.parse::<Tahun>().ok()?, *letak))
        });
        let Some((year, at)) = title.or_else(|| first.first().and_then(|(_, _, l)| Some((n.tahun?, *l)))) else {
            continue;
        };
        for (_, text, letak) in &first {
            let list: Vec<String> = words(text).collect();
            for three in list.windows(3) {
                let budget = three[0] == "tahun" && three[1] == "anggaran";
                if let (true, Ok(said)) = (budget, three[2].parse::<Tahun>())
                    && said != year
                {
                    found.push(
                        Temuan::new(
                            a,
                            format!("Sampul menyebut tahun anggaran {said}, laporannya tahun {year}"),
                            Sisi::read(letak, "sampul", format!("Tahun Anggaran {said}")),
                        )
                        .against(Sisi::read(at, "judul", format!("Tahun {year}"))),
                    );
                }
            }
        }
    }
    found
}

/// "Serang, 3 Februari 2021": the year and month of signatures of the report, against its year.
pub(super) fn early(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for (i, text, letak) in m.texts() {
        let Some(year) = m.naskah[i].tahun else { continue };
        // Dates of signature stand on lines of their own.
        if text.split_whitespace().count() > 8 || !text.contains(',') {
            continue;
        }
        let list: Vec<String> = words(text).collect();
        let month = list.iter().position(|w| BULAN.iter().any(|b| b.eq_ignore_ascii_case(w)));
        let Some(at) = month else { continue };
        let Some(said) = list.get(at + 1).and_then(|w| w.parse::<Tahun>().ok()) else { continue };
        let place = list.first().is_some_and(|w| !w.bytes().any(|b| b.is_ascii_digit()));
        let is_report = m.texts().filter(|(f, ..)| *f == i).take(40).any(|(_, t, _)| {
            let lower = t.to_lowercase();
            lower.contains("laporan kinerja") || lower.contains("lkjip") || lower.contains("lakip")
        });
        if place && is_report && said <= year {
            let title = format!("Laporan tahun {year} bertanggal {}", text.trim());
            found.push(
                Temuan::new(a, title, Sisi::read(letak, "tanggal", text.trim()))
                    .because(format!("Laporan baru dapat ditandatangani setelah tahun {year} berakhir.")),
            );
        }
    }
    found
}
