//! Files of other offices: each is read, or refused with a reason.

use std::fs;
use std::path::{Path, PathBuf};

use tolok_ingest::baca::read_file;

use super::shared;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).expect("folder").map(|e| e.expect("entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn every_file_is_read_or_refused_with_a_reason() {
    let Some(folder) = shared("samples/files") else { return };
    let mut found = Vec::new();
    files(&folder, &mut found);
    let mut refused = Vec::new();
    eprintln!("{:>6} {:>6} {:>6} {:>6}  file", "parts", "tables", "facts", "notes");
    // Pages are the work of another reader.
    for path in found.iter().filter(|p| p.extension().is_none_or(|e| e != "pdf")) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let shown = path.strip_prefix(&folder).expect("inside").display();
        match read_file(&name, &fs::read(path).expect("file")) {
            Ok(b) => {
                assert!(!b.bagian.is_empty(), "{name} gave nothing");
                eprintln!(
                    "{:>6} {:>6} {:>6} {:>6}  {shown}",
                    b.bagian.len(),
                    b.tabel.len(),
                    b.banyak_fakta,
                    b.catatan.len()
                );
            }
            Err(error) => {
                eprintln!("{:>27}  {shown}: {error}", "refused");
                refused.push((name, error.to_string()));
            }
        }
    }
    // Only the list for programs is none that people fill in.
    let names: Vec<&str> = refused.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["kode_rekening_belanja.json"]);
    assert!(refused[0].1.contains("kirim sebagai PDF, DOCX, XLSX"), "{refused:?}");
}
