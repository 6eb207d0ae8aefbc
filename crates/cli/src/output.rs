//! Data on stdout, talk on stderr, exit codes that scripts can use.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Context;
use tolok_app::Galat;

use crate::args::DataFormat;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, and nothing is wrong with the data.
    Good = 0,
    /// Not done or done with faults: a package with mistakes, a broken ledger, a wish that does not fit the data.
    Faulty = 1,
    /// Something that was named does not exist. (2 is the library's code for a wrong command line.)
    NotFound = 3,
    /// Storage, files or network did not answer.
    Unavailable = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The exit code for an error.
pub fn exit_of(error: &anyhow::Error) -> Exit {
    if let Some(galat) = error.downcast_ref::<Galat>() {
        return match galat {
            Galat::TidakDitemukan(_) => Exit::NotFound,
            Galat::TidakSah(_) | Galat::Bentrok | Galat::SudahTersimpan(_) | Galat::Terlarang => Exit::Faulty,
            Galat::TidakTersedia { .. } => Exit::Unavailable,
        };
    }
    match error.chain().find_map(|cause| cause.downcast_ref::<io::Error>()) {
        Some(e) if e.kind() == io::ErrorKind::NotFound => Exit::NotFound,
        Some(e) if e.kind() != io::ErrorKind::AlreadyExists => Exit::Unavailable,
        // Something that was asked for cannot be done with what was given.
        _ => Exit::Faulty,
    }
}

/// Says something to the person at the terminal.
pub fn say(text: &str) {
    // Nobody is left to be told when stderr is gone.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Writes rows as data: the first names the columns. A reader that stops reading (`| head`) is no error.
pub fn data(columns: &[&str], rows: &[Vec<String>], format: DataFormat) -> anyhow::Result<()> {
    let text = table(columns, rows, format)?;
    match io::stdout().write_all(text.as_bytes()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("tidak dapat menulis keluaran"),
    }
}

/// Rows as data, as text.
pub fn table(columns: &[&str], rows: &[Vec<String>], format: DataFormat) -> anyhow::Result<String> {
    match format {
        DataFormat::Csv => Ok(csv(columns, rows)),
        DataFormat::Json => json(columns, rows),
    }
}

fn csv(columns: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = columns.join(";");
    out.push('\n');
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(";"));
        out.push('\n');
    }
    out
}

fn quoted(cell: &str) -> String {
    if cell.contains([';', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn json(columns: &[&str], rows: &[Vec<String>]) -> anyhow::Result<String> {
    let objects: Vec<serde_json::Map<String, serde_json::Value>> = rows
        .iter()
        .map(|row| columns.iter().zip(row).map(|(k, v)| ((*k).to_owned(), v.clone().into())).collect())
        .collect();
    Ok(format!("{}\n", serde_json::to_string_pretty(&objects)?))
}
