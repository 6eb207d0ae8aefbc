//! Reading a cell never panics, whatever the text and the context; what is written for a number reads back as it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tolok_domain::number::{Gaya, Isi, Konteks, read, write_decimal, write_plain};

fuzz_target!(|input: (u8, &str)| {
    let (bits, text) = input;
    let gaya = match bits & 3 {
        0 => Some(Gaya::Indonesia),
        1 => Some(Gaya::Inggris),
        _ => None,
    };
    let ctx = Konteks { gaya, kurung_negatif: bits & 4 != 0, bulat: bits & 8 != 0 };
    match read(text, &ctx) {
        Ok(cell) => {
            if let Isi::Bilangan(x) = cell.isi {
                for written in [write_plain(x), write_decimal(x, None)] {
                    let back = read(&written, &Konteks::indonesia()).map(|cell| cell.isi);
                    assert_eq!(back, Ok(Isi::Bilangan(x)), "{written}");
                }
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
