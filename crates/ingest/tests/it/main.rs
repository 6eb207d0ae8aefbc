//! Integration tests of reading and writing files.
#![allow(clippy::print_stderr, reason = "tests speak to the person who runs them")]

mod baca;
mod entry_sheet;
mod nomenklatur;
mod package;
mod pdf;
mod template;
