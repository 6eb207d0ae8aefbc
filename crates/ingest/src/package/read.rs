//! Reading a package from a folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};
use tolok_domain::sheet::{Baris, Isian, LEMBAR, Lembar, Masalah, assemble};
use tolok_domain::snapshot::Narasi;
use tolok_domain::{InstansiId, Potret};

use super::{BUKTI, DESCRIPTOR, NARASI, Paket, README, descriptor};
use crate::file::{self, problem};

/// What was read: the package as far as its rows are right, and everything that is wrong.
pub struct Bacaan {
    /// Rows that are right. `None` when not even the office could be read.
    pub paket: Option<Paket>,
    /// Everything that is wrong; empty for a good package.
    pub masalah: Vec<Masalah>,
}

/// The files of a package by name, with `/` between folders.
pub type Isi = BTreeMap<String, Vec<u8>>;

/// Reads the package in a folder. `Err` only when the folder itself cannot be read.
pub fn read(dir: &Path, id: InstansiId) -> io::Result<Bacaan> {
    let mut masalah = Vec::new();
    let mut isi = Isi::new();
    collect(dir, "", &mut isi, &mut masalah)?;
    collect(&dir.join(NARASI), NARASI, &mut isi, &mut masalah)?;
    collect(&dir.join(BUKTI), BUKTI, &mut isi, &mut masalah)?;
    let mut got = read_files(&isi, id);
    masalah.append(&mut got.masalah);
    Ok(Bacaan { masalah, ..got })
}

/// Files of one folder, not of those below it. A folder that is not there has none; the package's own must be there.
fn collect(dir: &Path, prefix: &str, isi: &mut Isi, masalah: &mut Vec<Masalah>) -> io::Result<()> {
    let entries = match fs::read_dir(dir) {
        Err(e) if e.kind() == io::ErrorKind::NotFound && !prefix.is_empty() => return Ok(()),
        other => other?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let name = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if !entry.metadata()?.is_file() {
            continue;
        }
        match file::bytes(&entry.path(), &name) {
            Ok(bytes) => {
                isi.insert(name, bytes);
            }
            Err(found) => masalah.push(found),
        }
    }
    Ok(())
}

/// Reads a package from its files.
pub fn read_files(isi: &Isi, id: InstansiId) -> Bacaan {
    let mut masalah = Vec::new();
    let tahun = match text(isi, DESCRIPTOR) {
        Ok(Some(json)) => descriptor::year(&json).map_err(|apa| problem(DESCRIPTOR, apa, "")),
        Ok(None) => Err(problem(DESCRIPTOR, "berkas tidak ada", "setiap paket data memerlukan datapackage.json")),
        Err(found) => Err(found),
    };
    let tahun = match tahun {
        Ok(tahun) => tahun,
        Err(found) => {
            masalah.push(found);
            return Bacaan { paket: None, masalah };
        }
    };
    let mut isian = Isian::new();
    for lembar in LEMBAR {
        match text(isi, &lembar.file()) {
            Ok(Some(csv)) => {
                isian.insert(lembar.nama, rows(lembar, &csv, &mut masalah));
            }
            Ok(None) => {}
            Err(found) => masalah.push(found),
        }
    }
    // Columns that are missing would make every row wrong: they are mended first.
    if !masalah.is_empty() {
        return Bacaan { paket: None, masalah };
    }
    let narasi = chapters(isi, &mut masalah);
    let (potret, mut found) = assemble(id, tahun, &isian, narasi);
    masalah.append(&mut found);
    let Some(potret) = potret else { return Bacaan { paket: None, masalah } };
    let bukti = evidence(isi, &potret, &mut masalah);
    Bacaan { paket: Some(Paket { potret, bukti }), masalah }
}

/// Content of a text file; `None` when it is not there.
fn text(isi: &Isi, nama: &str) -> Result<Option<String>, Masalah> {
    isi.get(nama).map(|bytes| file::text(bytes, nama)).transpose()
}

/// Rows of a CSV in the order of the sheet's columns, whatever their order in the file.
pub(super) fn rows(lembar: &Lembar, text: &str, masalah: &mut Vec<Masalah>) -> Vec<Baris> {
    let file = lembar.file();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|h| h.trim().to_owned()).collect(),
        Err(e) => {
            masalah.push(problem(&file, format!("baris judul tidak terbaca: {e}"), ""));
            return Vec::new();
        }
    };
    let columns = match_columns(lembar, &header, masalah);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(e) => {
                masalah.push(problem(&file, format!("tidak terbaca sebagai CSV: {e}"), "periksa tanda kutip"));
                break;
            }
        };
        let nomor = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() != header.len() {
            masalah.push(Masalah {
                baris: Some(nomor),
                ..problem(
                    &file,
                    format!("ada {} kolom, seharusnya {}", record.len(), header.len()),
                    "pemisah kolom adalah titik koma; isi yang memuat titik koma diapit tanda kutip",
                )
            });
            continue;
        }
        let cell = |i: &Option<usize>| i.and_then(|i| record.get(i)).unwrap_or_default().to_owned();
        rows.push(Baris { nomor, sel: columns.iter().map(cell).collect() });
    }
    rows
}

/// Where each of the sheet's columns stands in the file.
pub(super) fn match_columns(lembar: &Lembar, header: &[String], masalah: &mut Vec<Masalah>) -> Vec<Option<usize>> {
    let file = lembar.file();
    let heading = |apa: String, kolom: &str, saran: &str| Masalah {
        baris: Some(1),
        kolom: kolom.to_owned(),
        ..problem(&file, apa, saran)
    };
    if header.len() == 1 && header[0].contains(',') && lembar.kolom.len() > 1 {
        masalah.push(heading("kolom dipisah koma".to_owned(), "", "pisahkan kolom dengan titik koma (;)"));
    }
    for nama in header.iter().filter(|nama| lembar.position(nama).is_none()) {
        let known: Vec<&str> = lembar.kolom.iter().map(|k| k.nama).collect();
        let saran = format!("kolom yang dikenal: {}", known.join(", "));
        masalah.push(heading("kolom tidak dikenal".to_owned(), nama, &saran));
    }
    let mut columns = Vec::with_capacity(lembar.kolom.len());
    for kolom in lembar.kolom {
        let mut places = header.iter().enumerate().filter(|(_, nama)| *nama == kolom.nama).map(|(i, _)| i);
        let first = places.next();
        if places.next().is_some() {
            masalah.push(heading("kolom ditulis dua kali".to_owned(), kolom.nama, "hapus salah satunya"));
        }
        if first.is_none() {
            masalah.push(heading("kolom tidak ada".to_owned(), kolom.nama, "tambahkan kolom ini, walau isinya kosong"));
        }
        columns.push(first);
    }
    columns
}

/// The README and the chapters, in order of their names.
fn chapters(isi: &Isi, masalah: &mut Vec<Masalah>) -> Vec<Narasi> {
    let code = |name: &str| {
        if name == README {
            return Some(Narasi::README.to_owned());
        }
        Some(name.strip_prefix(NARASI)?.strip_prefix('/')?.strip_suffix(".md")?.to_owned())
    };
    let mut chapters = Vec::new();
    for (name, kode) in isi.keys().filter_map(|name| Some((name, code(name)?))) {
        match text(isi, name) {
            Ok(Some(text)) => chapters.push(Narasi { kode, isi: text.replace("\r\n", "\n") }),
            Ok(None) => {}
            Err(found) => masalah.push(found),
        }
    }
    chapters
}

/// Evidence files that the package lists: each must be there and must be what its name says.
fn evidence(isi: &Isi, potret: &Potret, masalah: &mut Vec<Masalah>) -> Isi {
    let mut contents = Isi::new();
    for bukti in &potret.bukti {
        let name = format!("{BUKTI}/{}", bukti.sha256);
        let Some(bytes) = isi.get(&name) else {
            masalah.push(problem(
                &name,
                format!("bukti \"{}\" tidak ada", bukti.nama),
                "salin berkasnya ke folder bukti",
            ));
            continue;
        };
        if hex(&Sha256::digest(bytes)) == bukti.sha256 && bytes.len() as u64 == bukti.ukuran {
            contents.insert(bukti.sha256.clone(), bytes.clone());
        } else {
            let apa = format!("isi bukti \"{}\" tidak sama dengan SHA-256 atau ukurannya", bukti.nama);
            masalah.push(problem(&name, apa, "salin ulang berkas aslinya"));
        }
    }
    contents
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
