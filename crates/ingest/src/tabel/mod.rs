//! From grids of cells to tables that are understood: title, header, number row and notes apart, pages joined, slid cells moved back,
//! and each column with its role, period and notation.

mod caption;
mod code;
mod finish;
mod header;
mod period;
mod refine;
mod role;
mod shift;
pub(crate) mod sign;
mod split;

use tolok_domain::Tahun;
use tolok_domain::bacaan::{Bagian, CatatanBaca, Letak, SelBaca, TabelBaca};

use header::Bentuk;
pub(crate) use period::{only_year, said_year};

/// A table that is being put together.
#[derive(Debug, Default)]
struct Kerja {
    judul: Vec<String>,
    /// The heading under which it stands.
    bab: String,
    letak: Letak,
    kepala: Vec<Vec<SelBaca>>,
    nomor: Option<Vec<SelBaca>>,
    baris: Vec<Vec<SelBaca>>,
    kaki: Vec<SelBaca>,
    /// First column of a code that was written over several.
    kode: Option<usize>,
}

/// Tables of a file, with notes on what was repaired.
pub(crate) fn tables(bagian: &[Bagian], tahun: Option<Tahun>) -> (Vec<TabelBaca>, Vec<CatatanBaca>) {
    let mut reader = Pembaca::default();
    for (at, part) in bagian.iter().enumerate() {
        match part {
            Bagian::Kisi { judul, baris, letak } => {
                for piece in split::pieces(baris, letak) {
                    reader.grid(judul, piece, letak, &bagian[..at]);
                }
            }
            Bagian::Judul { teks, .. } => {
                reader.close();
                reader.bab.clone_from(teks);
            }
            Bagian::Paragraf { teks, letak } => reader.paragraph(teks, letak),
        }
    }
    reader.close();
    let Pembaca { done, mut catatan, .. } = reader;
    let tables = done.into_iter().filter_map(|kerja| finish::finish(kerja, tahun, &mut catatan)).collect();
    (tables, catatan)
}

#[derive(Default)]
struct Pembaca {
    bab: String,
    /// The table that the next grid may continue.
    open: Option<Kerja>,
    done: Vec<Kerja>,
    catatan: Vec<CatatanBaca>,
}

impl Pembaca {
    fn close(&mut self) {
        self.done.extend(self.open.take());
    }

    /// A page number between two pages of a table parts nothing, notes below it belong to it, other words end it.
    fn paragraph(&mut self, teks: &str, letak: &Letak) {
        if caption::is_page_number(teks) {
            return;
        }
        if let Some(open) = self.open.as_mut().filter(|_| caption::is_note(teks)) {
            open.kaki.push(SelBaca {
                teks: teks.into(),
                letak: letak.clone(),
                lebar: 1,
                tinggi: 1,
                ..SelBaca::default()
            });
            return;
        }
        self.close();
    }

    fn grid(&mut self, judul: &str, rows: &[Vec<SelBaca>], letak: &Letak, before: &[Bagian]) {
        let mut rows: Vec<Vec<SelBaca>> = rows.to_vec();
        rows.retain(|row| row.iter().any(|cell| !cell.teks.trim().is_empty()));
        if rows.is_empty() {
            return;
        }
        let mut bentuk = header::find(&rows);
        let kode = self.gather(&mut rows, bentuk.as_ref());
        if kode.is_some() {
            bentuk = header::find(&rows).or(bentuk);
        }
        let Some(rows) = self.append(rows, bentuk.as_ref(), kode, letak) else { return };
        self.close();
        let bentuk = bentuk.unwrap_or(Bentuk { judul: 0..0, kepala: 0..0, nomor: None, data: 0 });
        let start = rows.first().and_then(|row| row.first()).map_or_else(|| letak.clone(), |cell| cell.letak.row());
        let mut kerja = Kerja { bab: self.bab.clone(), letak: start, kode, ..Kerja::default() };
        // A caption with a number that belongs to the table names it alone; what stands before it may be an item of a list.
        if !caption::starts_numbered(judul) {
            kerja.judul = caption::before(before);
        }
        if !judul.trim().is_empty() {
            kerja.judul.push(judul.trim().to_owned());
        }
        for (at, row) in rows.into_iter().enumerate() {
            if bentuk.judul.contains(&at) {
                kerja.judul.extend(caption::of_row(&row));
            } else if bentuk.kepala.contains(&at) {
                kerja.kepala.push(row);
            } else if bentuk.nomor == Some(at) {
                kerja.nomor = Some(row);
            } else {
                kerja.baris.push(row);
            }
        }
        self.open = Some(kerja);
    }

    /// Joins the columns of a code that is written over several. Returns its column.
    fn gather(&mut self, rows: &mut [Vec<SelBaca>], bentuk: Option<&Bentuk>) -> Option<usize> {
        let data = bentuk.map_or(0, |b| b.data).min(rows.len());
        let columns = code::columns(&rows[data..])?;
        for (at, row) in rows.iter_mut().enumerate() {
            let is_title = bentuk.is_some_and(|b| b.judul.contains(&at));
            if at < data {
                if !is_title {
                    code::gather_header(row, &columns);
                }
                continue;
            }
            if code::gather(row, &columns) {
                let letak = row.first().map(|cell| cell.letak.row()).unwrap_or_default();
                let pesan = "sel di belakang kode digeser ke kolomnya, karena kodenya menempati jumlah kolom yang lain"
                    .to_owned();
                self.catatan.push(CatatanBaca { letak, pesan });
            }
        }
        Some(columns.start)
    }

    /// Takes a grid as further rows of the open table, when it is its next page; gives the rows back otherwise.
    fn append(
        &mut self,
        mut rows: Vec<Vec<SelBaca>>,
        bentuk: Option<&Bentuk>,
        kode: Option<usize>,
        letak: &Letak,
    ) -> Option<Vec<Vec<SelBaca>>> {
        let Some(open) = self.open.as_mut().filter(|open| open.letak.di.lembar == letak.di.lembar) else {
            return Some(rows);
        };
        let width = |rows: &[Vec<SelBaca>]| {
            rows.iter().filter_map(|row| row.iter().rposition(|c| !c.teks.trim().is_empty())).max().map_or(0, |w| w + 1)
        };
        let known = width(&open.kepala).max(width(&open.baris));
        let from = match bentuk {
            Some(b) if b.kepala.is_empty() => b.data,
            // Titles of its own make it a table of its own.
            Some(b) => {
                let same = b.judul.is_empty()
                    && rows.get(b.kepala.start).is_some_and(|row| header::repeats(&open.kepala, row));
                if !same {
                    return Some(rows);
                }
                b.data
            }
            None if open.kepala.is_empty() => return Some(rows),
            None => 0,
        };
        let mut pages: Vec<Vec<SelBaca>> = rows.split_off(from.min(rows.len()));
        let new = width(&pages);
        let fits = match (open.kode, kode) {
            (Some(a), Some(b)) => a.abs_diff(b) <= 2,
            _ if bentuk.is_some() => new <= known + 1,
            _ => new == known,
        };
        if !fits || pages.is_empty() {
            rows.append(&mut pages);
            return Some(rows);
        }
        if let (Some(a), Some(b)) = (open.kode, kode) {
            for row in &mut pages {
                code::line_up(row, a, b);
            }
        }
        open.baris.append(&mut pages);
        None
    }
}
