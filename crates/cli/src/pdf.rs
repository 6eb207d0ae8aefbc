//! The PDF renderer plugged into the use cases. Setting a report takes some hundred megabytes for a second; the server has that
//! done by a process of its own, which gives all of it back when it ends and takes nobody along should it fail.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use anyhow::Context;
use tolok_app::CetakPdf;
use tolok_report::Naskah;

use crate::output::Exit;

/// Sets documents in this process: for commands that end afterwards.
pub struct Typst;

impl CetakPdf for Typst {
    fn print(&self, naskah: &Naskah) -> Result<(Vec<u8>, BTreeMap<String, String>), String> {
        let pdf = tolok_pdf::render(naskah).map_err(|e| e.to_string())?;
        Ok((pdf.bytes, pdf.halaman))
    }
}

/// Sets documents by this program started again with the command `cetak`.
pub struct Terpisah;

/// The command that the program is started again with; not for people, so help does not list it.
pub const COMMAND: &str = "cetak";

impl CetakPdf for Terpisah {
    fn print(&self, naskah: &Naskah) -> Result<(Vec<u8>, BTreeMap<String, String>), String> {
        let prepared = tolok_pdf::prepare(naskah).map_err(|e| e.to_string())?;
        let output = run(&prepared).map_err(|e| format!("pencetak tidak dapat dijalankan: {e}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
        }
        // The first line names the pages, the rest is the file.
        let broken = || "jawaban pencetak tidak terbaca".to_owned();
        let cut = output.stdout.iter().position(|b| *b == b'\n').ok_or_else(broken)?;
        let pages = serde_json::from_slice(&output.stdout[..cut]).map_err(|_| broken())?;
        Ok((output.stdout[cut + 1..].to_vec(), pages))
    }
}

fn run(prepared: &[u8]) -> io::Result<std::process::Output> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg(COMMAND)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // It reads everything before it writes anything, so nobody waits for the other for ever.
        stdin.write_all(prepared)?;
    }
    child.wait_with_output()
}

/// The command `cetak`: a prepared document on standard input, its pages and the PDF on standard output.
pub fn set() -> anyhow::Result<Exit> {
    let mut prepared = Vec::new();
    io::stdin().read_to_end(&mut prepared)?;
    let pdf = tolok_pdf::set(&prepared)?;
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &pdf.halaman).context("daftar halaman")?;
    out.write_all(b"\n")?;
    out.write_all(&pdf.bytes)?;
    Ok(Exit::Good)
}
