//! Reading PDFs.
#![allow(clippy::unwrap_used, reason = "helpers of tests stand outside of tests")]
#![allow(clippy::float_arithmetic, reason = "positions on a page are no figures")]

mod builder;
mod hostile;
mod samples;
mod tables;
