//! What was read from a file of an office, as the reviewer takes it: three layers; the first two are kept, so that a finding can show the
//! line it is about, facts are made of them when asked for.
//!
//! 1. [`Bacaan`]: the file as it stands, a sequence of headings, paragraphs and grids of cells ([`Bagian`]), each with its [`Letak`].
//! 2. [`TabelBaca`]: a grid understood: header rows, the role of each column, rows of data, notes apart.
//! 3. [`Fakta`]: one value of one subject, with where it stands and how sure the reading is.
//!
//! Readers (`tolok-ingest`) make them, rules (`tolok-review`) compare them; neither is a figure of the office's data.

mod tanggal;

use std::fmt;
use std::sync::Arc;

use crate::number::{Gaya, Terbaca};
use crate::{JenisSimpul, Periode, Tahun};

pub use tanggal::{GalatTanggal, GayaTanggal, date_style, read_date};

/// The part of a file that rows and cells stand in: a page, a sheet, a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Wadah {
    /// File name without folder.
    pub berkas: String,
    /// Page of a PDF.
    pub halaman: Option<u32>,
    /// Sheet of a workbook.
    pub lembar: Option<String>,
    /// Number of the table within the file, where the format has no sheets.
    pub tabel: Option<u32>,
}

/// Where something stands in a file. Lines, rows and columns count from 1, as the person who opens the file counts them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Letak {
    /// In which part of the file; shared, since hundreds of thousands of cells have the same.
    pub di: Arc<Wadah>,
    /// Line of a text file (Markdown, HTML, CSV) or row of the sheet or table.
    pub baris: Option<u32>,
    /// Column of the sheet or table.
    pub kolom: Option<u32>,
}

impl Letak {
    /// Somewhere in a file.
    pub fn file(berkas: impl Into<String>) -> Self {
        Self { di: Arc::new(Wadah { berkas: berkas.into(), ..Wadah::default() }), ..Self::default() }
    }

    /// Somewhere on a page of the file.
    pub fn on_page(&self, halaman: u32) -> Self {
        self.within(|di| di.halaman = Some(halaman))
    }

    /// Somewhere in a sheet of the file.
    pub fn in_sheet(&self, lembar: &str) -> Self {
        self.within(|di| di.lembar = Some(lembar.to_owned()))
    }

    /// Somewhere in a table of the file, counted from 1.
    pub fn in_table(&self, tabel: u32) -> Self {
        self.within(|di| di.tabel = Some(tabel))
    }

    fn within(&self, narrow: impl FnOnce(&mut Wadah)) -> Self {
        let mut di = (*self.di).clone();
        narrow(&mut di);
        Self { di: Arc::new(di), ..self.clone() }
    }

    /// The same place, at a row.
    pub fn at_row(&self, baris: u32) -> Self {
        Self { di: Arc::clone(&self.di), baris: Some(baris), kolom: None }
    }

    /// The same place, at a cell.
    pub fn at_cell(&self, baris: u32, kolom: u32) -> Self {
        Self { di: Arc::clone(&self.di), baris: Some(baris), kolom: Some(kolom) }
    }

    /// The row that a cell stands in.
    pub fn row(&self) -> Self {
        Self { kolom: None, ..self.clone() }
    }
}

impl fmt::Display for Letak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let di = &self.di;
        f.write_str(&di.berkas)?;
        if let Some(halaman) = di.halaman {
            write!(f, ", halaman {halaman}")?;
        }
        match (&di.lembar, self.baris, self.kolom) {
            (Some(lembar), Some(baris), Some(kolom)) => {
                return write!(f, ", lembar {lembar}, sel {}{baris}", column_letters(kolom));
            }
            (Some(lembar), ..) => write!(f, ", lembar {lembar}")?,
            _ => {}
        }
        if let Some(tabel) = di.tabel {
            write!(f, ", tabel {tabel}")?;
        }
        if let Some(baris) = self.baris {
            write!(f, ", baris {baris}")?;
        }
        if let Some(kolom) = self.kolom {
            write!(f, ", kolom {kolom}")?;
        }
        Ok(())
    }
}

/// The letters by which a spreadsheet calls a column, counted from 1: 1 is A, 27 is AA.
pub fn column_letters(mut kolom: u32) -> String {
    let mut letters = Vec::new();
    while kolom > 0 {
        kolom -= 1;
        letters.push(char::from(b'A' + u8::try_from(kolom % 26).unwrap_or(0)));
        kolom /= 26;
    }
    letters.iter().rev().collect()
}

/// One cell as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SelBaca {
    /// Its text as a reader sees it; line breaks within the cell are spaces. Shared with what is made of the cell.
    pub teks: Arc<str>,
    /// Where it stands.
    pub letak: Letak,
    /// The value a workbook holds behind the shown text, where it has one, exact.
    pub nilai: Option<crate::Decimal>,
    /// How many columns and rows the cell spans; the covered cells carry the same text and `tergabung`.
    pub lebar: u32,
    /// Rows spanned.
    pub tinggi: u32,
    /// The cell is covered by a merged one above or to the left.
    pub tergabung: bool,
    /// All of its text is bold, as programmes and totals often are.
    pub tebal: bool,
}

/// One part of a file, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bagian {
    /// A heading; level 1 is the highest.
    Judul {
        /// 1 for the highest.
        tingkat: u8,
        /// Its words.
        teks: String,
        /// Where it stands.
        letak: Letak,
    },
    /// A paragraph or list item.
    Paragraf {
        /// Its words, in one line.
        teks: String,
        /// Where it begins.
        letak: Letak,
    },
    /// A grid of cells: all rows have the same number of columns.
    Kisi {
        /// The caption or heading that stands before it ("Tabel 3.1 ..."), or empty.
        judul: String,
        /// Rows of cells.
        baris: Vec<Vec<SelBaca>>,
        /// Where it begins.
        letak: Letak,
    },
}

/// Something that could not be read, or was repaired; nothing is dropped without such a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatatanBaca {
    /// Where.
    pub letak: Letak,
    /// What, in a sentence for the person who made the file.
    pub pesan: String,
}

/// A file as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bacaan {
    /// File name without folder.
    pub berkas: String,
    /// Parts in reading order.
    pub bagian: Vec<Bagian>,
    /// Grids understood, in reading order.
    pub tabel: Vec<TabelBaca>,
    /// How many values were recognised, each a [`Fakta`].
    pub banyak_fakta: usize,
    /// What could not be read or was repaired.
    pub catatan: Vec<CatatanBaca>,
    /// The year the file is about, where its first lines say one ("TAHUN 2021").
    pub tahun: Option<Tahun>,
}

impl Bacaan {
    /// How many cells its grids have, the empty ones too.
    pub fn cells(&self) -> usize {
        let grid = |part: &Bagian| match part {
            Bagian::Kisi { baris, .. } => baris.iter().map(Vec::len).sum(),
            _ => 0,
        };
        self.bagian.iter().map(grid).sum()
    }

    /// The row of a grid that a place stands in. A place outside of tables is a line of the file, which may belong to one.
    pub fn row_at(&self, letak: &Letak) -> Option<&[SelBaca]> {
        let line = letak.baris?;
        // Only grids of text files begin at a line; rows of others are counted within their table.
        let within = |place: &Letak| {
            let (di, wanted) = (&place.di, &letak.di);
            let is_line = wanted.tabel.is_none() && place.baris.is_some();
            di == wanted || is_line && di.halaman == wanted.halaman && di.lembar == wanted.lembar
        };
        self.bagian.iter().find_map(|part| match part {
            Bagian::Kisi { baris, letak: place, .. } if within(place) => {
                let row = |cells: &Vec<SelBaca>| cells.first().and_then(|cell| cell.letak.baris);
                let at = baris.binary_search_by_key(&Some(line), row).ok()?;
                Some(baris[at].as_slice())
            }
            _ => None,
        })
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeranKolom {
    /// Running number.
    Nomor,
    /// Official code.
    Kode,
    /// Name of a plan node (tujuan, sasaran, program, kegiatan, sub kegiatan, uraian).
    Nama,
    /// Name of an indicator.
    Indikator,
    /// Unit of measurement.
    Satuan,
    /// Promised value.
    Target,
    /// Measured value.
    Realisasi,
    /// Achievement in percent.
    Capaian,
    /// Budget ceiling in rupiah.
    Pagu,
    /// Money spent in rupiah.
    RealisasiAnggaran,
    /// Money spent in percent of the ceiling.
    Serapan,
    /// Formula or way of measuring, in words.
    Rumus,
    /// Source of the data.
    SumberData,
    /// Who is responsible.
    PenanggungJawab,
    /// Remark, reason.
    Keterangan,
    /// Something else; its header says what.
    Lain,
}

/// One column of a table understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KolomBaca {
    /// Column of the grid, from 1.
    pub nomor: u32,
    /// Header words, the levels joined by " / ".
    pub judul: String,
    /// What it holds.
    pub peran: PeranKolom,
    /// For a column of names, the only level of the plan that its header names; `None` for "Program/Kegiatan".
    pub tingkat: Option<JenisSimpul>,
    /// The period its values are for, where header, caption or number row say so.
    pub periode: Option<Periode>,
    /// How its numbers are written, where they prove it.
    pub gaya: Option<Gaya>,
    /// Power of ten its header announces: 6 for "(juta)".
    pub skala: i32,
    /// Arithmetic its number row declares, as written: "5=4/3*100".
    pub hitungan: Option<String>,
}

/// A grid understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TabelBaca {
    /// Caption or heading.
    pub judul: String,
    /// Where it begins; a table continued over pages begins on the first.
    pub letak: Letak,
    /// Columns, from the left.
    pub kolom: Vec<KolomBaca>,
    /// Rows of data, header, number row and notes left out; cells line up with `kolom`.
    pub baris: Vec<Vec<SelBaca>>,
    /// Footnotes and sources below the table.
    pub catatan_kaki: Vec<SelBaca>,
}

/// How sure the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keyakinan {
    /// Read with a guess that a person should look at.
    Rendah,
    /// Read by the place in the table alone.
    Sedang,
    /// Header, notation and arithmetic agree, or the file says it outright.
    Tinggi,
}

/// What a value is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct SubjekBaca {
    /// Official code, normalised by [`crate::KodeRekening`] where it is one.
    pub kode: Option<String>,
    /// Name of the node, as written; in running text the words before the number.
    pub nama: String,
    /// Level of the node, where its code or the header of its column says so.
    pub tingkat: Option<JenisSimpul>,
    /// Name of the indicator, as written, for values of performance.
    pub indikator: Option<String>,
}

/// One value of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fakta {
    /// What it is about; shared by the values of a row.
    pub subjek: Arc<SubjekBaca>,
    /// What it says of the subject.
    pub peran: PeranKolom,
    /// For when.
    pub periode: Option<Periode>,
    /// Unit of measurement, as written, or empty.
    pub satuan: String,
    /// The text as it stands.
    pub teks: Arc<str>,
    /// The text as a number, range, grade or a way of being empty.
    pub nilai: Terbaca,
    /// Where it stands.
    pub letak: Letak,
    /// Caption of its table, or empty in running text.
    pub tabel: Arc<str>,
    /// How sure.
    pub keyakinan: Keyakinan,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_by_its_sheet_and_line() {
        let grid = |lembar: &str| {
            let letak = Letak::file("a.xlsx").in_sheet(lembar);
            let cell = |baris| SelBaca {
                teks: format!("{lembar} {baris}").into(),
                letak: letak.at_cell(baris, 1),
                ..SelBaca::default()
            };
            Bagian::Kisi { judul: String::new(), baris: [2, 3, 7].map(|baris| vec![cell(baris)]).into(), letak }
        };
        let read = Bacaan { bagian: vec![grid("PK"), grid("IKU")], ..Bacaan::default() };
        let text = |lembar: &str, baris| {
            read.row_at(&Letak::file("a.xlsx").in_sheet(lembar).at_row(baris)).map(|row| row[0].teks.to_string())
        };
        assert_eq!(text("IKU", 7).as_deref(), Some("IKU 7"));
        assert_eq!((text("PK", 4), text("DPA", 2)), (None, None));
        assert_eq!(read.cells(), 6);
    }

    #[test]
    fn a_line_is_found_in_tables_of_text_files_only() {
        let grid = |place: Letak| {
            let cell = SelBaca { letak: place.at_cell(2, 1), ..SelBaca::default() };
            Bagian::Kisi { judul: String::new(), baris: vec![vec![cell]], letak: place }
        };
        let found = |place: Letak| {
            let read = Bacaan { bagian: vec![grid(place)], ..Bacaan::default() };
            read.row_at(&Letak::file("a").at_row(2)).is_some()
        };
        assert!(found(Letak::file("a").in_table(1).at_row(2)), "the second line");
        assert!(!found(Letak::file("a").in_table(1)), "the second paragraph");
    }

    #[test]
    fn a_place_is_said_as_the_person_who_opens_the_file_finds_it() {
        let sheet = Letak::file("dpa.xlsx").in_sheet("DPA");
        assert_eq!(sheet.at_cell(12, 28).to_string(), "dpa.xlsx, lembar DPA, sel AB12");
        assert_eq!(Letak::file("lkjip.md").at_row(309).to_string(), "lkjip.md, baris 309");
        let page = Letak::file("lkjip.pdf").on_page(4).in_table(2);
        assert_eq!(page.at_cell(3, 5).to_string(), "lkjip.pdf, halaman 4, tabel 2, baris 3, kolom 5");
    }
}
