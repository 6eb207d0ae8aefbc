#![doc = include_str!("../README.md")]

pub mod baca;
pub mod entry_sheet;
pub mod fakta;
mod file;
pub mod nomenklatur;
pub mod package;
pub mod pdf;
mod tabel;

mod workbook;
