//! Reading files that people have.

mod berkas;
mod contoh;
mod kasus;
mod serang;
mod sesat;

use std::path::{Path, PathBuf};
use tolok_ingest::fakta::facts;

use tolok_domain::bacaan::{Bacaan, Bagian, Fakta, PeranKolom};
use tolok_domain::number::{Isi, write_plain};
use tolok_ingest::baca::read_file;

/// A file or folder of the shared material, which lies beside the project; `None`, after saying so, where it is not there.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: ../shared/{name} is not there");
    None
}

/// A text read under a name.
fn text(nama: &str, isi: &str) -> Bacaan {
    read_file(nama, isi.as_bytes()).expect("readable")
}

/// The value of a fact as a reader writes it.
fn value(fakta: &Fakta) -> String {
    match &fakta.nilai.isi {
        Isi::Kosong(kosong) => format!("{kosong:?}"),
        Isi::Bilangan(x) => write_plain(x.normalize()),
        Isi::Rentang { bawah, atas } => format!("{}-{}", write_plain(*bawah), write_plain(*atas)),
        Isi::Pecahan { n, d } => format!("{}/{}", write_plain(*n), write_plain(*d)),
        Isi::Predikat(grade) => grade.clone(),
    }
}

/// Values of a role, in reading order.
fn values(bacaan: &Bacaan, peran: PeranKolom) -> Vec<String> {
    facts(bacaan).iter().filter(|f| f.peran == peran).map(value).collect()
}

/// Rows of the grids, cells with a bar between them; covered cells end with a star.
fn rows(bacaan: &Bacaan) -> Vec<String> {
    let grids = bacaan.bagian.iter().filter_map(|part| match part {
        Bagian::Kisi { baris, .. } => Some(baris),
        _ => None,
    });
    let row = |row: &Vec<tolok_domain::bacaan::SelBaca>| {
        row.iter().map(|c| format!("{}{}", c.teks, if c.tergabung { "*" } else { "" })).collect::<Vec<_>>().join("|")
    };
    grids.flatten().map(row).collect()
}

/// All notes in one text.
fn notes(bacaan: &Bacaan) -> String {
    bacaan.catatan.iter().map(|c| format!("{}: {}\n", c.letak, c.pesan)).collect()
}
