//! The document tree (naskah). Builders make it, renderers only render it: what DOCX, PDF, HTML and XLSX show is decided
//! here once.

use tolok_domain::{Decimal, Rupiah};

/// Paper size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kertas {
    /// 210 x 330 mm, the usual paper of Indonesian offices.
    #[default]
    F4,
    /// 210 x 297 mm.
    A4,
    /// 297 x 420 mm, for drawings that hang on a wall.
    A3,
}

impl Kertas {
    /// Width and height in tenths of a millimetre, upright.
    pub const fn size(self) -> (u32, u32) {
        match self {
            Self::F4 => (2100, 3300),
            Self::A4 => (2100, 2970),
            Self::A3 => (2970, 4200),
        }
    }
}

/// A whole document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Naskah {
    /// Title for the file's properties and the HTML page ("LKjIP 2021 Dinas ...").
    pub judul: String,
    /// The office, for properties and footer.
    pub penerbit: String,
    /// Date of the content as ISO text, for file properties; the renderers have no clock.
    pub tanggal: String,
    /// Paper.
    pub kertas: Kertas,
    /// The lines of the cover, largest first.
    pub sampul: Sampul,
    /// Sections in order.
    pub bagian: Vec<Bagian>,
}

/// The cover page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sampul {
    /// Title lines ("LAPORAN KINERJA INSTANSI PEMERINTAH", "(LKjIP)", "TAHUN 2021").
    pub judul: Vec<String>,
    /// Lines naming the office.
    pub instansi: Vec<String>,
    /// Address lines at the foot.
    pub alamat: Vec<String>,
}

/// Page numbering of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Penomoran {
    /// i, ii, iii: front matter.
    Romawi,
    /// 1, 2, 3.
    #[default]
    Arab,
    /// Neither number nor footer: forms to be signed.
    Tanpa,
}

/// A run of pages with one orientation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bagian {
    /// Landscape pages for wide tables.
    pub lebar: bool,
    /// How its pages are numbered.
    pub penomoran: Penomoran,
    /// Whether numbering starts again at 1.
    pub mulai_ulang: bool,
    /// Room left free above the first block, in tenths of a millimetre: for a logo or a letterhead.
    pub ruang_atas: u32,
    /// Content.
    pub isi: Vec<Blok>,
}

/// Horizontal alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rata {
    /// Left.
    #[default]
    Kiri,
    /// Centre.
    Tengah,
    /// Right.
    Kanan,
    /// Both edges.
    Penuh,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blok {
    /// Heading.
    Judul(Judul),
    /// Paragraph of text.
    Paragraf {
        /// Its runs.
        isi: Vec<Ruas>,
        /// Alignment.
        rata: Rata,
        /// First line indented, as running text of reports is.
        menjorok: bool,
    },
    /// List.
    Daftar {
        /// How its items are marked.
        penanda: Penanda,
        /// Number of the first item.
        mulai: u32,
        /// Items, each a list of blocks.
        butir: Vec<Vec<Blok>>,
    },
    /// Table.
    Tabel(Tabel),
    /// Figure.
    Gambar(Gambar),
    /// Table of contents, of tables, of figures.
    DaftarIsi(JenisDaftar),
    /// Fields of a form: what is asked for, and what is filled in ("Nama", "Jabatan").
    Isian(Vec<(String, String)>),
    /// Signature block.
    TandaTangan(TandaTangan),
    /// Text that Tolok drafted from the data because the office wrote none; shown framed and labelled.
    Draf(Vec<Blok>),
    /// Start on a new page.
    HalamanBaru,
}

impl Blok {
    /// Whether it only introduces what follows and should not be parted from it: a paragraph all in bold, or one that
    /// ends in a colon.
    pub fn leads(&self) -> bool {
        let Self::Paragraf { isi, .. } = self else { return false };
        let words: Vec<&Ruas> = isi.iter().filter(|run| !run.teks.trim().is_empty()).collect();
        let colon = words.last().is_some_and(|run| run.teks.trim_end().ends_with(':'));
        !words.is_empty() && (colon || words.iter().all(|run| run.tebal))
    }
}

/// Who signs where and when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TandaTangan {
    /// "Serang, Januari 2022"; stands above the signature at the right.
    pub tempat_tanggal: String,
    /// The other party, at the left.
    pub kiri: Option<PenandaTangan>,
    /// Who signs at the right.
    pub kanan: PenandaTangan,
}

/// One who signs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PenandaTangan {
    /// Lines of the position.
    pub jabatan: Vec<String>,
    /// The name below the signature; empty for a dotted line in brackets with room for the number of the civil servant.
    pub nama: String,
    /// Lines below the name: rank, number of the civil servant.
    pub keterangan: Vec<String>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judul {
    /// 1 for chapters, then 2, 3, 4.
    pub tingkat: u8,
    /// What stands before the text ("BAB I", "1.1", "A."); empty for none. For chapters it stands on a line of its own.
    pub nomor: String,
    /// The text.
    pub teks: String,
    /// Whether the table of contents lists it.
    pub di_daftar: bool,
}

/// Marks of list items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Penanda {
    /// 1. 2. 3.
    Angka,
    /// a. b. c.
    Huruf,
    /// Bullets.
    Butir,
}

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JenisDaftar {
    /// Headings.
    Isi,
    /// Tables.
    Tabel,
    /// Figures (images).
    Gambar,
}

/// A run of text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ruas {
    /// The text; `\n` is a line break.
    pub teks: String,
    /// Bold.
    pub tebal: bool,
    /// Italic.
    pub miring: bool,
    /// The figure it shows, as its key ("iku.2 capaian 2021"): the thread back to the source.
    pub angka: Option<String>,
}

impl Ruas {
    /// Plain text.
    pub fn text(teks: impl Into<String>) -> Self {
        Self { teks: teks.into(), ..Self::default() }
    }

    /// Bold text.
    pub fn bold(teks: impl Into<String>) -> Self {
        Self { teks: teks.into(), tebal: true, ..Self::default() }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tabel {
    /// Short name, unique in the document; also the sheet name in XLSX.
    pub nama: String,
    /// Number as in the caption ("3.1"); empty for a table without caption.
    pub nomor: String,
    /// Caption after "Tabel 3.1".
    pub judul: String,
    /// Columns.
    pub kolom: Vec<Kolom>,
    /// Header rows; repeated on each page.
    pub kepala: Vec<Vec<Sel>>,
    /// Body rows.
    pub isi: Vec<Baris>,
    /// Notes under the table.
    pub catatan: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kolom {
    /// Width relative to the others.
    pub lebar: u16,
    /// Alignment of body cells.
    pub rata: Rata,
}

/// How a row looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GayaBaris {
    /// As usual.
    #[default]
    Biasa,
    /// Bold: programmes, kegiatan.
    Tebal,
    /// Bold on a tint: a group heading, a total.
    Kelompok,
}

/// A body row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baris {
    /// Its look.
    pub gaya: GayaBaris,
    /// Its cells. Places covered by a span of another cell are left out, as in HTML.
    pub sel: Vec<Sel>,
}

/// The exact value behind a cell, for spreadsheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NilaiSel {
    /// A number shown with so many decimals.
    Bilangan(Decimal, u32),
    /// Money.
    Uang(Rupiah),
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sel {
    /// Its runs.
    pub isi: Vec<Ruas>,
    /// Columns it spans; 0 counts as 1.
    pub kolom: u16,
    /// Rows it spans; 0 counts as 1.
    pub baris: u16,
    /// Alignment where it differs from the column's.
    pub rata: Option<Rata>,
    /// Exact value for spreadsheets.
    pub nilai: Option<NilaiSel>,
}

impl Sel {
    /// A cell of plain text.
    pub fn text(teks: impl Into<String>) -> Self {
        Self { isi: vec![Ruas::text(teks)], ..Self::default() }
    }

    /// An empty cell.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Spanning so many columns and rows.
    #[must_use]
    pub fn span(mut self, kolom: u16, baris: u16) -> Self {
        self.kolom = kolom;
        self.baris = baris;
        self
    }

    /// Aligned otherwise than its column.
    #[must_use]
    pub fn aligned(mut self, rata: Rata) -> Self {
        self.rata = Some(rata);
        self
    }

    /// Columns it spans, at least 1.
    pub fn columns(&self) -> usize {
        usize::from(self.kolom.max(1))
    }

    /// Rows it spans, at least 1.
    pub fn rows(&self) -> usize {
        usize::from(self.baris.max(1))
    }

    /// The text of all runs.
    pub fn plain(&self) -> String {
        self.isi.iter().map(|r| r.teks.as_str()).collect()
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gambar {
    /// Number as in the caption ("3.1").
    pub nomor: String,
    /// Caption after "Gambar 3.1".
    pub judul: String,
    /// Description for those who do not see it.
    pub alt: String,
    /// The picture as SVG.
    pub svg: String,
    /// Width and height of the SVG's view box.
    pub ukuran: (u32, u32),
}

impl Naskah {
    /// Every table, in order, drafts and lists included.
    pub fn tables(&self) -> Vec<&Tabel> {
        fn walk<'a>(blocks: &'a [Blok], found: &mut Vec<&'a Tabel>) {
            for block in blocks {
                match block {
                    Blok::Tabel(table) => found.push(table),
                    Blok::Draf(inner) => walk(inner, found),
                    Blok::Daftar { butir, .. } => butir.iter().for_each(|item| walk(item, found)),
                    _ => {}
                }
            }
        }
        let mut found = Vec::new();
        self.bagian.iter().for_each(|section| walk(&section.isi, &mut found));
        found
    }
}
