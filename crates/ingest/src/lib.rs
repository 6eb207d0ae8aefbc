#![doc = include_str!("../README.md")]

pub mod entry_sheet;
pub mod package;

mod workbook;
