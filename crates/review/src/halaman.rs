//! The page of a rule, for people: what `docs/aturan` holds and the command line shows.

use std::fmt::Write;

use rust_decimal::Decimal;
use tolok_domain::number::write_plain;

use crate::aturan::{Aturan, rules};

/// The page of a rule as Markdown.
pub fn page(a: &Aturan) -> String {
    let mut out = format!("# {}: {}\n\n{}\n\n", a.kode, a.judul, a.penjelasan);
    // Writing to a string does not fail.
    let mut line = |name: &str, text: &str| {
        let _ = writeln!(out, "| {name} | {text} |");
    };
    line("", "");
    line("---", "---");
    line("Yang dibandingkan", &a.membandingkan);
    line("Keparahan", a.keparahan.label());
    line("Dasar", &a.dasar);
    if a.toleransi > Decimal::ZERO {
        line("Toleransi", &write_plain(a.toleransi));
    }
    line("Berlaku atas", if a.is_live() { "data di dalam Tolok" } else { "berkas" });
    match (a.sejak, a.sampai) {
        (None, None) => {}
        (Some(from), None) => line("Berlaku", &format!("sejak laporan {from}")),
        (None, Some(to)) => line("Berlaku", &format!("sampai laporan {to}")),
        (Some(from), Some(to)) => line("Berlaku", &format!("laporan {from} sampai {to}")),
    }
    if !a.terkait.is_empty() {
        let links: Vec<String> = a.terkait.iter().map(|k| format!("[{k}]({k}.md)")).collect();
        line("Terkait", &links.join(", "));
    }
    let _ = write!(out, "\n**Saran.** {}\n", a.saran);
    out
}

/// The list of all pages.
pub fn index() -> String {
    let mut out = String::from(
        "# Aturan reviu\n\nDibuat dari `data/rules`; jangan disunting di sini.\n\n| kode | aturan | keparahan |\n|---|---|---|\n",
    );
    for a in rules() {
        let _ = writeln!(out, "| [{0}]({0}.md) | {1} | {2} |", a.kode, a.judul, a.keparahan.label());
    }
    out
}
