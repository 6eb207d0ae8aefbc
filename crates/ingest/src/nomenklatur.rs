//! Official lists of codes and names as CSV files. They come from many hands: one file for all levels or one for each, columns in
//! any order and named in several ways, commas or semicolons between them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use csv::StringRecord;
use tolok_domain::code::TingkatKode;
use tolok_domain::sheet::Masalah;
use tolok_domain::{ItemNomenklatur, KodeRekening};

use crate::file::{self, problem};

/// What was read of a list.
#[derive(Debug, Default)]
pub struct Bacaan {
    /// Items whose lines are right, each code once.
    pub item: Vec<ItemNomenklatur>,
    /// Everything that is wrong; empty for a good list.
    pub masalah: Vec<Masalah>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Isi {
    /// A code of that level, or of any.
    Kode(Option<TingkatKode>),
    Nama,
    Kinerja,
    Indikator,
    Satuan,
}

/// Headings that are understood, without anything but letters; other columns are passed over.
const JUDUL: [(&str, Isi); 15] = [
    ("kode", Isi::Kode(None)),
    ("koderekening", Isi::Kode(None)),
    ("kodenomenklatur", Isi::Kode(None)),
    ("kodeurusan", Isi::Kode(Some(TingkatKode::Urusan))),
    ("kodebidang", Isi::Kode(Some(TingkatKode::BidangUrusan))),
    ("kodebidangurusan", Isi::Kode(Some(TingkatKode::BidangUrusan))),
    ("kodeprogram", Isi::Kode(Some(TingkatKode::Program))),
    ("kodekegiatan", Isi::Kode(Some(TingkatKode::Kegiatan))),
    ("kodesubkegiatan", Isi::Kode(Some(TingkatKode::SubKegiatan))),
    ("uraian", Isi::Nama),
    ("nama", Isi::Nama),
    ("nomenklatur", Isi::Nama),
    ("kinerja", Isi::Kinerja),
    ("indikator", Isi::Indikator),
    ("satuan", Isi::Satuan),
];

/// Shown when a heading is missing.
const KNOWN: &str = "kolom yang dikenal: kode (atau kode_urusan, kode_bidang, kode_program, kode_kegiatan, \
                     kode_subkegiatan), uraian (atau nama, nomenklatur), kinerja, indikator, satuan";

/// Longest cell, in bytes; the longest name of the list of 2023 has 347. More is a damaged file, where a quotation mark swallowed lines.
const MAX_CELL: usize = 2_000;

/// Reads files, and the CSV files in folders (not in those below them), as one list. `Err` when one that is named is not there.
pub fn read(paths: &[PathBuf]) -> io::Result<Bacaan> {
    let mut files = Vec::new();
    let mut masalah = Vec::new();
    for path in paths {
        for path in listed(path).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))? {
            let nama = path.display().to_string();
            match file::bytes(&path, &nama) {
                Ok(bytes) => files.push((nama, bytes)),
                Err(found) => masalah.push(found),
            }
        }
    }
    let mut got = read_files(&files);
    masalah.append(&mut got.masalah);
    Ok(Bacaan { masalah, ..got })
}

/// The file itself, or the CSV files of a folder by name.
fn listed(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        if path.is_file() && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv")) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Reads files, each with the name by which faults call it, as one list.
pub fn read_files(files: &[(String, Vec<u8>)]) -> Bacaan {
    let mut reader = Pembaca::default();
    for (nama, bytes) in files {
        match file::text(bytes, nama) {
            Ok(text) => reader.file(nama, &text),
            Err(found) => reader.got.masalah.push(found),
        }
    }
    let mut got = reader.got;
    if got.item.is_empty() && got.masalah.is_empty() {
        got.masalah.push(problem("nomenklatur", "tidak ada satu baris pun", "sebutkan berkas CSV yang berisi"));
    }
    got
}

/// Collects items and faults over all files.
#[derive(Default)]
struct Pembaca {
    got: Bacaan,
    /// By code: place among the items, file and line.
    seen: HashMap<KodeRekening, (usize, String, u64)>,
}

impl Pembaca {
    fn file(&mut self, nama: &str, text: &str) {
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes());
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(e) => {
                self.got.masalah.push(problem(nama, format!("baris judul tidak terbaca: {e}"), "periksa tanda kutip"));
                return;
            }
        };
        let columns = match Columns::find(&header, nama) {
            Ok(columns) => columns,
            Err(mut found) => {
                self.got.masalah.append(&mut found);
                return;
            }
        };
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(e) => {
                    let apa = format!("tidak terbaca sebagai CSV: {e}");
                    self.got.masalah.push(problem(nama, apa, "periksa tanda kutip"));
                    return;
                }
            };
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let line = record.position().map_or(0, csv::Position::line);
            let added = columns.item(&record).and_then(|(item, kolom)| self.add(item, nama, line, kolom));
            if let Err(fault) = added {
                self.got.masalah.push(fault.at(nama, line));
            }
        }
    }

    /// A code that comes again with the same content is the same item, as when a folder and a file in it are named.
    fn add(&mut self, item: ItemNomenklatur, berkas: &str, line: u64, kolom: String) -> Result<(), Fault> {
        match self.seen.entry(item.kode.clone()) {
            Entry::Vacant(place) => {
                place.insert((self.got.item.len(), berkas.to_owned(), line));
                self.got.item.push(item);
                Ok(())
            }
            Entry::Occupied(known) => {
                let (at, file, line) = known.get();
                if self.got.item.get(*at) == Some(&item) {
                    return Ok(());
                }
                let apa = format!("kode {} sudah ada di {file} baris {line} dengan isi lain", item.kode);
                Err(Fault::new(kolom, apa, "setiap kode hanya boleh sekali; hapus atau perbaiki salah satunya"))
            }
        }
    }
}

/// A fault of a line that does not know its place yet.
struct Fault {
    kolom: String,
    apa: String,
    saran: String,
}

impl Fault {
    fn new(kolom: impl Into<String>, apa: impl Into<String>, saran: impl Into<String>) -> Self {
        Self { kolom: kolom.into(), apa: apa.into(), saran: saran.into() }
    }

    fn at(self, nama: &str, line: u64) -> Masalah {
        Masalah { baris: Some(line), kolom: self.kolom, ..problem(nama, self.apa, &self.saran) }
    }
}

/// Semicolon or comma, whichever the heading has more of.
fn delimiter(text: &str) -> u8 {
    let heading = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if heading.matches(';').count() > heading.matches(',').count() { b';' } else { b',' }
}

/// A heading or cell with single spaces between its words.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where in a line what is found.
struct Columns {
    heading: Vec<String>,
    /// From urusan down to sub kegiatan; a column for any level last.
    kode: Vec<(usize, Option<TingkatKode>)>,
    nama: usize,
    kinerja: Option<usize>,
    indikator: Option<usize>,
    satuan: Option<usize>,
}

impl Columns {
    fn find(header: &StringRecord, berkas: &str) -> Result<Self, Vec<Masalah>> {
        let heading: Vec<String> = header.iter().map(tidy).collect();
        let mut faults = Vec::new();
        let mut places: Vec<(Isi, usize)> = Vec::new();
        for (at, nama) in heading.iter().enumerate() {
            let letters: String = nama.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            let Some((_, isi)) = JUDUL.iter().find(|(word, _)| *word == letters) else { continue };
            if let Some((_, first)) = places.iter().find(|(known, _)| known == isi) {
                let apa = format!("isinya sama dengan kolom {}", heading[*first]);
                faults.push(Fault::new(nama, apa, "hapus salah satunya").at(berkas, 1));
            } else {
                places.push((*isi, at));
            }
        }
        let place = |isi: Isi| places.iter().find(|(known, _)| *known == isi).map(|(_, at)| *at);
        let levels = TingkatKode::ALL.into_iter().map(Some).chain([None]);
        let kode: Vec<_> = levels.filter_map(|level| Some((place(Isi::Kode(level))?, level))).collect();
        if kode.is_empty() {
            faults.push(Fault::new("", "kolom kode tidak ada", KNOWN).at(berkas, 1));
        }
        let nama = place(Isi::Nama);
        if nama.is_none() {
            faults.push(Fault::new("", "kolom nama tidak ada", KNOWN).at(berkas, 1));
        }
        let (kinerja, indikator, satuan) = (place(Isi::Kinerja), place(Isi::Indikator), place(Isi::Satuan));
        match nama {
            Some(nama) if faults.is_empty() => Ok(Self { heading, kode, nama, kinerja, indikator, satuan }),
            _ => Err(faults),
        }
    }

    /// The item of a line, and the column in which its code stands.
    fn item(&self, record: &StringRecord) -> Result<(ItemNomenklatur, String), Fault> {
        if record.len() != self.heading.len() {
            let apa = format!("ada {} kolom, seharusnya {}", record.len(), self.heading.len());
            return Err(Fault::new("", apa, "isi yang memuat pemisah kolom diapit tanda kutip"));
        }
        let (kode, at) = self.code(record)?;
        let nama = self.cell(record, self.nama)?;
        if nama.is_empty() {
            return Err(Fault::new(&self.heading[self.nama], format!("nama untuk kode {kode} kosong"), "isi namanya"));
        }
        let optional = |place: Option<usize>| place.map_or(Ok(String::new()), |at| self.cell(record, at));
        let item = ItemNomenklatur {
            kode,
            nama,
            kinerja: optional(self.kinerja)?,
            indikator: optional(self.indikator)?,
            satuan: optional(self.satuan)?,
        };
        Ok((item, self.heading[at].clone()))
    }

    fn cell(&self, record: &StringRecord, at: usize) -> Result<String, Fault> {
        let text = tidy(record.get(at).unwrap_or_default());
        if text.len() > MAX_CELL {
            let apa = format!("terlalu panjang ({} huruf)", text.chars().count());
            return Err(Fault::new(&self.heading[at], apa, "periksa tanda kutip di baris ini dan sebelumnya"));
        }
        Ok(text)
    }

    /// The code of a line, which is the lowest that it names, and its column. Those above it must lead to it.
    fn code(&self, record: &StringRecord) -> Result<(KodeRekening, usize), Fault> {
        let mut filled = self.kode.iter().rev().filter(|(at, _)| record.get(*at).is_some_and(|c| !c.trim().is_empty()));
        let Some((at, level)) = filled.next() else {
            let names: Vec<&str> = self.kode.iter().map(|(at, _)| self.heading[*at].as_str()).collect();
            return Err(Fault::new(names.join(", "), "kode kosong", "isi kodenya, atau hapus baris ini"));
        };
        let kolom = &self.heading[*at];
        let kode = parse(record.get(*at).unwrap_or_default(), *level).map_err(|apa| {
            Fault::new(kolom, apa, "bila Excel mengubahnya menjadi angka, jadikan kolomnya teks dan tulis ulang")
        })?;
        if let Some(level) = level.filter(|level| *level != kode.jenis()) {
            let apa = format!("{kode} adalah kode {}, bukan {}", spoken(kode.jenis()), spoken(level));
            return Err(Fault::new(kolom, apa, "periksa letak kolomnya"));
        }
        for (above, level) in filled {
            // A damaged code above does no harm: the lowest one says it all.
            let Ok(other) = parse(record.get(*above).unwrap_or_default(), *level) else { continue };
            if !std::iter::successors(Some(kode.clone()), KodeRekening::parent).any(|k| k == other) {
                let apa = format!("{kode} tidak berada di bawah {other} pada kolom {}", self.heading[*above]);
                return Err(Fault::new(kolom, apa, "perbaiki yang keliru"));
            }
        }
        Ok((kode, *at))
    }
}

/// Reads a code. A number cell gives `1.0` for the urusan 1; further down nothing is guessed, `1.1` may be 1.01 or 1.10.
fn parse(cell: &str, level: Option<TingkatKode>) -> Result<KodeRekening, String> {
    let text = cell.trim();
    let urusan = text.strip_suffix(".0").filter(|_| level == Some(TingkatKode::Urusan));
    urusan.unwrap_or(text).parse::<KodeRekening>().map_err(|e| e.to_string())
}

fn spoken(tingkat: TingkatKode) -> String {
    tingkat.as_str().replace('_', " ")
}
