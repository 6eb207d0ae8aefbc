//! Any table: understanding it never panics, and each fact stands at a cell of the file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tolok_ingest::baca::read_file;
use tolok_ingest::fakta::facts;

fuzz_target!(|rows: Vec<Vec<&str>>| {
    let line = |cells: &Vec<&str>| cells.iter().map(|c| c.replace(['\t', '\n', '\r'], " ")).collect::<Vec<_>>().join("\t");
    let lines: Vec<String> = rows.iter().map(line).collect();
    let head = "NO\tSASARAN\tINDIKATOR\tSATUAN\tTARGET\tREALISASI\tPAGU (Rp)";
    for text in [lines.join("\n"), format!("{head}\n{}", lines.join("\n"))] {
        let bacaan = read_file("a.md", text.as_bytes());
        let count = u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
        for fakta in bacaan.iter().flat_map(facts) {
            assert!(fakta.letak.baris.is_some_and(|at| (1..=count).contains(&at)), "{}", fakta.letak);
        }
    }
});
