//! Reading PDFs.

mod builder;
mod hostile;
mod samples;
mod speed;
mod tables;
