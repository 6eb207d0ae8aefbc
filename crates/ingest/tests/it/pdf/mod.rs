//! Reading PDFs.

mod samples;
