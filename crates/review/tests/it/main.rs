//! The rules: on small documents, on the demo's data clean and spoiled, and on a real report.

mod aturan;
mod benih;
mod fixture;
mod kasus;
mod langsung;
mod rasio;
mod serang;
mod teks;
