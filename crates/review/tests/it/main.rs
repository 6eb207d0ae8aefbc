//! The rules: on small documents, on the demo's data clean and spoiled, and on a real report.
#![allow(clippy::print_stderr, reason = "tests speak to the person who runs them")]

mod aturan;
mod benih;
mod cakupan;
mod fixture;
mod kasus;
mod langsung;
mod rasio;
mod serang;
mod teks;
