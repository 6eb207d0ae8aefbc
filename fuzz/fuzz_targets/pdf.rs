//! Any bytes are read as a PDF or refused, whatever they claim.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tolok_ingest::pdf::read_pdf;

fuzz_target!(|bytes: &[u8]| {
    // Most bytes are no PDF; with a header they get further.
    let _ = read_pdf("fuzz.pdf", &[b"%PDF-1.7\n", bytes].concat());
});
