//! Any bytes under any name: reading a file never panics, and a refusal says why.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tolok_ingest::baca::read_file;

const ENDS: [&str; 9] = ["md", "csv", "tsv", "html", "xlsx", "xls", "ods", "docx", ""];

fuzz_target!(|input: (u8, &[u8])| {
    let (end, bytes) = input;
    let nama = format!("a.{}", ENDS[usize::from(end) % ENDS.len()]);
    match read_file(&nama, bytes) {
        Ok(bacaan) => {
            for tabel in &bacaan.tabel {
                assert!(tabel.baris.iter().all(|row| row.len() == tabel.kolom.len()), "cells line up with columns");
            }
        }
        Err(error) => assert!(error.to_string().starts_with("a.")),
    }
});
