#![doc = include_str!("../README.md")]

pub mod entry_sheet;
mod file;
pub mod nomenklatur;
pub mod package;

mod workbook;
