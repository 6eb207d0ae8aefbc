//! What the rules see of the files of one office: rows with their subject, level and values by year, tables with their kind.

mod jenis;
mod judul;
mod kamus;
mod rekam;

use std::collections::{BTreeMap, HashSet};

use tolok_domain::bacaan::{Bacaan, Bagian, KolomBaca, Letak, PeranKolom, SelBaca, TabelBaca};
use tolok_domain::period::Tahun;
use tolok_domain::{Decimal, Periode};

use crate::aturan::{JenisTabel, Tingkat, Ukuran};
use crate::nama::Nama;
use crate::temuan::Sisi;

pub(crate) use jenis::table_number;
use kamus::Kamus;
pub(crate) use kamus::node_of;
pub(crate) use rekam::is_total;

/// One value of a row.
#[derive(Debug, Clone)]
pub(crate) struct Isi<'a> {
    pub peran: PeranKolom,
    pub periode: Option<Periode>,
    pub kolom: &'a KolomBaca,
    pub sel: &'a SelBaca,
    /// The number, where there is one.
    pub angka: Option<Decimal>,
    /// Nothing stands there, or a way of saying so.
    pub kosong: bool,
}

impl Isi<'_> {
    pub(crate) fn tahun(&self) -> Option<Tahun> {
        self.periode.map(Periode::tahun)
    }

    /// Whether it speaks of a whole year; parts of a year are not compared with it.
    pub(crate) fn is_whole_year(&self) -> bool {
        self.periode.is_none_or(|p| p.months() == 12)
    }
}

/// One row of a table, or one of the groups of columns that stand side by side in it.
#[derive(Debug, Clone)]
pub(crate) struct Rekam<'a> {
    /// Its table in [`Model::tabel`]; for one that goes on with another, the first.
    pub tabel: usize,
    /// The very table that it stands in.
    pub potong: usize,
    /// The whole row, other groups included.
    pub baris: &'a [SelBaca],
    pub letak: Letak,
    pub tingkat: Tingkat,
    /// Official code, where the row has one or its name has exactly one elsewhere.
    pub kode: Option<String>,
    /// Whether the code stands in the row itself.
    pub kode_tertulis: bool,
    /// Name of the node, from the row itself or the rows above.
    pub nama: String,
    /// Whether the name stands in the row itself.
    pub nama_tertulis: bool,
    pub indikator: String,
    pub satuan: String,
    pub keterangan: String,
    pub isi: Vec<Isi<'a>>,
    /// Subject of its indicator's values: one for all spellings of the name within the node.
    pub kunci: String,
    /// Of a sasaran: one for all spellings of its name.
    pub kunci_sasaran: String,
    /// The row above it in the plan, in [`Model::rekam`].
    pub induk: Option<usize>,
}

impl Rekam<'_> {
    /// The value of a measure in a year.
    pub(crate) fn value(&self, ukuran: Ukuran, tahun: Option<Tahun>) -> Option<&Isi<'_>> {
        let peran = ukuran.peran();
        self.isi.iter().find(|i| i.peran == peran && (tahun.is_none() || i.tahun() == tahun))
    }

    pub(crate) fn values(&self, ukuran: Ukuran) -> impl Iterator<Item = &Isi<'_>> {
        let peran = ukuran.peran();
        self.isi.iter().filter(move |i| i.peran == peran)
    }

    pub(crate) fn number(&self, ukuran: Ukuran, tahun: Option<Tahun>) -> Option<Decimal> {
        self.value(ukuran, tahun).and_then(|i| i.angka)
    }

    /// What the row is about, for people.
    pub(crate) fn subject(&self, money: bool) -> String {
        let name = if money || self.indikator.is_empty() { &self.nama } else { &self.indikator };
        let name = if name.is_empty() { &self.indikator } else { name };
        match (&self.kode, money) {
            (Some(kode), true) => format!("{kode} {name}"),
            _ => name.clone(),
        }
    }
}

/// A table and its rows.
#[derive(Debug, Clone)]
pub(crate) struct Tabel<'a> {
    pub asal: &'a TabelBaca,
    /// Its file in [`Model::naskah`].
    pub naskah: usize,
    pub jenis: JenisTabel,
    /// "Tabel 3.4", or the caption cut short.
    pub nama: String,
    pub tahun: Option<Tahun>,
}

/// A file.
#[derive(Debug, Clone)]
pub(crate) struct Naskah<'a> {
    pub bacaan: &'a Bacaan,
    pub tahun: Option<Tahun>,
}

/// Everything that was read of one office.
#[derive(Debug, Clone)]
pub(crate) struct Model<'a> {
    pub naskah: Vec<Naskah<'a>>,
    pub tabel: Vec<Tabel<'a>>,
    pub rekam: Vec<Rekam<'a>>,
    /// The year that most is about.
    pub tahun: Option<Tahun>,
    /// Tables whose column of ceilings holds what others call spending.
    pub salah_judul: HashSet<usize>,
}

impl<'a> Model<'a> {
    pub(crate) fn new(files: &'a [Bacaan]) -> Self {
        let naskah: Vec<Naskah<'a>> =
            files.iter().map(|bacaan| Naskah { bacaan, tahun: bacaan.tahun.or(jenis::report_year(bacaan)) }).collect();
        let tahun = naskah.iter().find_map(|n| n.tahun);
        // A grid without any header says nothing that could be held against another place.
        let headed = |t: &&TabelBaca| t.kolom.iter().any(|k| !k.judul.is_empty());
        let tables = files.iter().enumerate().flat_map(|(i, b)| b.tabel.iter().filter(headed).map(move |t| (i, t)));
        let tabel: Vec<Tabel<'a>> =
            tables.map(|(i, asal)| jenis::table(i, asal, naskah[i].tahun.or(tahun), &files[i])).collect();
        let mut rekam = Vec::new();
        let mut first = 0;
        for (i, t) in tabel.iter().enumerate() {
            // The rows of a table that goes on under a repeated header are rows of the first.
            if i == 0 || !rekam::continues(&tabel[i - 1], t, &files[t.naskah]) {
                first = i;
            }
            rekam.extend(rekam::rows(first, i, t));
        }
        Kamus::new(&rekam).give_codes(&mut rekam);
        rekam::give_parents(&mut rekam);
        kamus::give_keys(&mut rekam);
        let mut m = Self { naskah, tabel, rekam, tahun, salah_judul: HashSet::new() };
        m.salah_judul = judul::mislabelled(&m);
        m
    }

    pub(crate) fn table_of(&self, rekam: &Rekam<'_>) -> &Tabel<'a> {
        &self.tabel[rekam.tabel]
    }

    /// The rows of a table with their numbers in [`Self::rekam`].
    pub(crate) fn rows_of(&self, tabel: usize) -> impl Iterator<Item = (usize, &Rekam<'a>)> {
        // They stand together, in the order of their tables.
        let start = self.rekam.partition_point(|r| r.tabel < tabel);
        let end = self.rekam.partition_point(|r| r.tabel <= tabel);
        (start..end).zip(&self.rekam[start..end])
    }

    /// The numbers of the row of a record, whatever their columns are.
    pub(crate) fn numbers_of(
        &self,
        rekam: &Rekam<'a>,
    ) -> impl Iterator<Item = (&'a KolomBaca, &'a SelBaca, Decimal)> + use<'a> {
        let cells = self.tabel[rekam.potong].asal.kolom.iter().zip(rekam.baris);
        cells.filter_map(|(kolom, sel)| Some((kolom, sel, rekam::number(kolom, sel).0?)))
    }

    /// Rows by the row above them, by their numbers in [`Self::rekam`].
    pub(crate) fn by_parent(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut map: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (i, r) in self.rekam.iter().enumerate() {
            if let Some(parent) = r.induk {
                map.entry(parent).or_default().push(i);
            }
        }
        map
    }

    /// One side of a comparison: a value of a row.
    pub(crate) fn side(&self, rekam: &Rekam<'_>, isi: &Isi<'_>, hal: &str) -> Sisi {
        let year = isi.tahun().map(|t| format!(" {t}")).unwrap_or_default();
        let table = &self.tabel[rekam.tabel].nama;
        let table = if table.is_empty() { String::new() } else { format!(", {table}") };
        let nilai = if isi.kosong { "kosong".to_owned() } else { isi.sel.teks.trim().to_owned() };
        Sisi::read(&isi.sel.letak, format!("{hal}{year}{table}"), nilai)
    }

    /// One side: a row as such.
    pub(crate) fn row_side(&self, rekam: &Rekam<'_>, nilai: impl Into<String>) -> Sisi {
        Sisi::read(&rekam.letak, self.tabel[rekam.tabel].nama.clone(), nilai.into())
    }

    /// Paragraphs and headings with their file.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (usize, &'a str, &'a Letak)> + '_ {
        self.naskah.iter().enumerate().flat_map(|(i, n)| {
            n.bacaan.bagian.iter().filter_map(move |b| match b {
                Bagian::Judul { teks, letak, .. } | Bagian::Paragraf { teks, letak } => Some((i, teks.as_str(), letak)),
                Bagian::Kisi { .. } => None,
            })
        })
    }

    /// Subject of a node's money.
    pub(crate) fn node_key(rekam: &Rekam<'_>) -> Option<String> {
        match (&rekam.kode, rekam.tingkat) {
            (Some(kode), _) => Some(kode.clone()),
            (None, Tingkat::Program | Tingkat::Kegiatan | Tingkat::SubKegiatan | Tingkat::Lain) => {
                let nama = Nama::without_parentheses(&rekam.nama);
                (!nama.is_empty()).then(|| format!("={}", nama.key()))
            }
            _ => None,
        }
    }
}
