//! The program as it is run from a terminal: data on stdout, talk on stderr, exit codes.

mod digest;
mod import;
mod nomenklatur;
mod past;
mod reviu;
