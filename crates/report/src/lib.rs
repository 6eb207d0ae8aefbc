#![doc = include_str!("../README.md")]

pub mod aksi;
pub mod chart;
pub mod columns;
pub mod csv;
pub mod docx;
pub mod html;
pub mod ics;
pub mod lhe;
pub mod lkjip;
pub mod naskah;
pub mod outline;
pub mod pernyataan;
pub mod pk;
pub mod pohon;
pub mod region;
pub mod xlsx;

pub use naskah::Naskah;
