//! Integration tests of reading and writing files.

mod entry_sheet;
mod package;
