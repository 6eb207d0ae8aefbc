//! The rules: on small documents, on the demo's data clean and spoiled, and on a real report.

mod aturan;
mod fixture;
mod langsung;
mod serang;
