#![doc = include_str!("../README.md")]
#![allow(clippy::print_stderr, reason = "tests speak to the person who runs them")]

mod engine;
mod office;
mod regency;

pub use engine::{Mesin, UjiStore, exec, store};
pub use office::{TestApp, WAKTU, ctx, demo_dir, demo_paket, import_offices};
pub use regency::{INDIKATOR, INSTANSI, TAHUN, regency};
