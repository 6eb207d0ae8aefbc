//! Integration tests of reading and writing files.

mod package;
