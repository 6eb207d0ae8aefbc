//! Writing a package to a folder: the same snapshot always gives the same bytes.

use std::fs;
use std::io;
use std::path::Path;

use tolok_domain::sheet::{Lembar, rows};
use tolok_domain::snapshot::Narasi;

use super::{BUKTI, DESCRIPTOR, NARASI, Paket, README, descriptor};

/// Writes the package into a folder, which is made when missing and must otherwise be empty: nothing of the user's is
/// ever overwritten.
pub fn write(paket: &Paket, dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    if fs::read_dir(dir)?.next().is_some() {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            format!("folder {} tidak kosong; pilih folder baru", dir.display()),
        ));
    }
    for (name, bytes) in files(paket) {
        let path = dir.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// The files of a package, by name with `/` between folders.
pub fn files(paket: &Paket) -> Vec<(String, Vec<u8>)> {
    let potret = &paket.potret;
    let sheets: Vec<_> = rows(potret).into_iter().filter(|(_, rows)| !rows.is_empty()).collect();
    let has = |nama: &str| sheets.iter().any(|(lembar, _)| lembar.nama == nama);
    let mut files = vec![(DESCRIPTOR.to_owned(), descriptor::write(potret, has).into_bytes())];
    files.extend(sheets.iter().map(|(lembar, rows)| (lembar.file(), csv(lembar, rows))));
    files.extend(potret.narasi.iter().map(|n| (chapter_file(&n.kode), n.isi.clone().into_bytes())));
    files.extend(paket.bukti.iter().map(|(sha256, bytes)| (format!("{BUKTI}/{sha256}"), bytes.clone())));
    files
}

fn chapter_file(kode: &str) -> String {
    if kode == Narasi::README { README.to_owned() } else { format!("{NARASI}/{kode}.md") }
}

fn csv(lembar: &Lembar, rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = String::new();
    line(&mut out, lembar.kolom.iter().map(|k| k.nama));
    for row in rows {
        line(&mut out, row.iter().map(String::as_str));
    }
    out.into_bytes()
}

/// One line, with quotes only where they are needed: small differences stay small for git.
fn line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(';');
        }
        if cell.contains([';', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push('\n');
}
