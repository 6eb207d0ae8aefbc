//! The data package: one office and year as a folder that people can read and git can compare (docs/paket-data.md).

mod descriptor;
mod read;
mod template;
mod write;

pub use read::{Bacaan, Isi, read, read_files};
pub use template::read_template;
pub use write::{files, write};

use std::collections::BTreeMap;

use tolok_domain::Potret;

/// A package in memory.
pub struct Paket {
    /// What it says.
    pub potret: Potret,
    /// Contents of evidence files by SHA-256.
    pub bukti: BTreeMap<String, Vec<u8>>,
}

/// Folder of chapters.
const NARASI: &str = "narasi";
/// Folder of evidence.
const BUKTI: &str = "bukti";
/// The file that says what the package is.
const DESCRIPTOR: &str = "datapackage.json";
/// The package's own explanation; kept as [`tolok_domain::snapshot::Narasi::README`].
const README: &str = "README.md";
