//! The sheets: names, columns and keys of every list that a data package holds and the database stores.

/// Type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TipeKolom {
    /// Text.
    Teks,
    /// A code that other sheets refer to.
    Kode,
    /// A value of the row's indicator, read by the indicator's own type.
    Nilai,
    /// A number.
    Bilangan,
    /// A whole number.
    Bulat,
    /// Rupiah.
    Rupiah,
    /// ISO date.
    Tanggal,
    /// A period ("2021-TW3").
    Periode,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kolom {
    /// Its name.
    pub nama: &'static str,
    /// Its type.
    pub tipe: TipeKolom,
    /// Whether every row must fill it.
    pub wajib: bool,
}

/// A sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lembar {
    /// Its name; the file is `<nama>.csv`.
    pub nama: &'static str,
    /// What it holds, for people.
    pub judul: &'static str,
    /// Its columns in order.
    pub kolom: &'static [Kolom],
    /// The columns that together tell its rows apart; none for lists of records.
    pub kunci: &'static [&'static str],
}

const fn must(nama: &'static str, tipe: TipeKolom) -> Kolom {
    Kolom { nama, tipe, wajib: true }
}

const fn may(nama: &'static str, tipe: TipeKolom) -> Kolom {
    Kolom { nama, tipe, wajib: false }
}

use TipeKolom::{Bilangan, Bulat, Kode, Nilai, Periode, Rupiah, Tanggal, Teks};

/// Every sheet, in the order in which packages list them.
pub const LEMBAR: &[Lembar] = &[
    Lembar {
        nama: "instansi",
        judul: "Instansi",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            must("nama", Teks),
            may("singkatan", Teks),
            must("daerah", Teks),
            may("kepala_daerah", Teks),
            may("alamat", Teks),
            may("telepon", Teks),
            may("tempat", Teks),
            may("penanda_tangan", Teks),
            must("renstra_awal", Bulat),
            must("renstra_akhir", Bulat),
            may("skala", Teks),
            may("visi", Teks),
            may("berakhir", Tanggal),
            may("penerus", Kode),
        ],
    },
    Lembar {
        nama: "unit",
        judul: "Susunan organisasi",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            may("induk", Kode),
            may("jenis", Teks),
            must("nama", Teks),
            may("pejabat", Teks),
            may("berakhir", Tanggal),
        ],
    },
    Lembar {
        nama: "dokumen",
        judul: "Versi dokumen perencanaan",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            must("jenis", Teks),
            must("versi", Bulat),
            must("judul", Teks),
            may("nomor", Teks),
            may("tanggal", Tanggal),
            may("keterangan", Teks),
        ],
    },
    Lembar {
        nama: "rencana",
        judul: "Pohon rencana",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            may("induk", Kode),
            must("jenis", Teks),
            must("nama", Teks),
            may("unit", Kode),
            may("urusan", Teks),
            may("mendukung", Kode),
        ],
    },
    Lembar {
        nama: "indikator",
        judul: "Indikator",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            must("simpul", Kode),
            must("nama", Teks),
            may("satuan", Teks),
            must("tipe", Teks),
            must("arah", Teks),
            must("akumulasi", Teks),
            may("rumus", Teks),
            may("cara_ukur", Teks),
            may("batas", Bilangan),
            may("aturan_nol", Teks),
            may("iku", Teks),
            may("definisi", Teks),
            may("sumber_data", Teks),
            may("unit", Kode),
            may("frekuensi", Teks),
            may("bukti", Teks),
            may("skala", Teks),
            may("mutu_verifikasi", Teks),
            may("mutu_sumber", Teks),
            may("mutu_ketelitian", Teks),
            may("mutu_keterbatasan", Teks),
            may("mutu_penanganan", Teks),
            may("berakhir", Bulat),
            may("penerus", Kode),
        ],
    },
    Lembar {
        nama: "sebutan",
        judul: "Nama indikator menurut versi dokumen",
        kunci: &["indikator", "dokumen"],
        kolom: &[must("indikator", Kode), must("dokumen", Kode), must("nama", Teks), may("satuan", Teks)],
    },
    Lembar {
        nama: "pohon",
        judul: "Pohon kinerja",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            may("induk", Kode),
            must("tingkat", Teks),
            must("uraian", Teks),
            may("indikator", Teks),
            may("simpul", Kode),
            may("unit", Kode),
        ],
    },
    Lembar {
        nama: "silang",
        judul: "Hubungan lintas instansi",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            must("arah", Teks),
            may("kondisi", Kode),
            must("instansi", Kode),
            may("kondisi_lain", Teks),
            may("uraian", Teks),
            may("keadaan", Teks),
            may("alasan", Teks),
            may("penawaran", Teks),
        ],
    },
    Lembar {
        nama: "target",
        judul: "Target kinerja",
        kunci: &["indikator", "dokumen", "periode"],
        kolom: &[
            must("indikator", Kode),
            must("dokumen", Kode),
            must("periode", Periode),
            must("nilai", Nilai),
            may("keterangan", Teks),
            may("sumber", Teks),
        ],
    },
    Lembar {
        nama: "realisasi",
        judul: "Realisasi kinerja",
        kunci: &["indikator", "periode", "variabel"],
        kolom: &[
            must("indikator", Kode),
            must("periode", Periode),
            may("variabel", Teks),
            may("nilai", Nilai),
            may("alasan", Teks),
            may("keterangan", Teks),
            may("keadaan", Teks),
            may("bukti", Teks),
            may("sumber", Teks),
        ],
    },
    Lembar {
        nama: "pagu",
        judul: "Pagu anggaran",
        kunci: &["simpul", "dokumen", "periode"],
        kolom: &[
            must("simpul", Kode),
            must("dokumen", Kode),
            must("periode", Periode),
            must("rupiah", Rupiah),
            may("keterangan", Teks),
            may("sumber", Teks),
        ],
    },
    Lembar {
        nama: "realisasi_anggaran",
        judul: "Realisasi anggaran",
        kunci: &["simpul", "periode"],
        kolom: &[
            must("simpul", Kode),
            must("periode", Periode),
            must("rupiah", Rupiah),
            may("keterangan", Teks),
            may("keadaan", Teks),
            may("bukti", Teks),
            may("sumber", Teks),
        ],
    },
    Lembar {
        nama: "pembanding",
        judul: "Pembanding dari wilayah lain",
        kunci: &["indikator", "wilayah", "periode"],
        kolom: &[
            must("indikator", Kode),
            must("wilayah", Teks),
            must("periode", Periode),
            must("nilai", Nilai),
            may("sumber", Teks),
        ],
    },
    Lembar {
        nama: "rekomendasi",
        judul: "Rekomendasi dan tindak lanjut",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            may("aspek", Teks),
            must("rekomendasi", Teks),
            may("tindak_lanjut", Teks),
            may("status", Teks),
            may("unit", Kode),
            may("evaluasi", Kode),
            may("kriteria", Kode),
            may("kondisi", Teks),
            may("batas", Tanggal),
            may("prioritas", Teks),
            may("sumber", Teks),
        ],
    },
    Lembar {
        nama: "tindak_lanjut",
        judul: "Langkah tindak lanjut rekomendasi",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            must("rekomendasi", Kode),
            must("uraian", Teks),
            may("unit", Kode),
            may("batas", Tanggal),
            may("selesai", Tanggal),
            may("bukti", Teks),
            may("sumber", Teks),
        ],
    },
    Lembar {
        nama: "putusan",
        judul: "Putusan atas tindak lanjut menurut tahun",
        kunci: &["rekomendasi", "tahun", "oleh"],
        kolom: &[
            must("rekomendasi", Kode),
            must("tahun", Bulat),
            must("oleh", Teks),
            must("keadaan", Teks),
            may("alasan", Teks),
            may("tanggal", Tanggal),
            may("sumber", Teks),
        ],
    },
    Lembar {
        nama: "templat_lke",
        judul: "Templat lembar kerja evaluasi milik sendiri",
        kunci: &["templat", "baris", "induk", "kode", "dimensi", "syarat"],
        kolom: &[
            must("templat", Kode),
            must("baris", Teks),
            may("induk", Kode),
            may("kode", Kode),
            may("uraian", Teks),
            may("bobot", Bilangan),
            may("dimensi", Teks),
            may("jawaban", Teks),
            may("syarat", Teks),
            may("setara", Kode),
            may("sumber", Teks),
        ],
    },
    Lembar {
        nama: "evaluasi",
        judul: "Evaluasi AKIP",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            must("tahun", Bulat),
            must("templat", Kode),
            may("keadaan", Teks),
            may("evaluator", Teks),
            may("penjamin_mutu", Teks),
            may("nomor_lhe", Teks),
            may("tanggal_lhe", Tanggal),
            may("nilai", Bilangan),
            may("catatan", Teks),
            may("sumber", Teks),
        ],
    },
    Lembar {
        nama: "jawaban_lke",
        judul: "Jawaban lembar kerja evaluasi",
        kunci: &["evaluasi", "kode", "penilai"],
        kolom: &[
            must("evaluasi", Kode),
            must("kode", Kode),
            must("penilai", Teks),
            must("jawaban", Teks),
            may("alasan", Teks),
            may("bukti", Teks),
            may("sumber", Teks),
            may("oleh", Teks),
        ],
    },
    Lembar {
        nama: "bukti",
        judul: "Berkas bukti",
        kunci: &["sha256"],
        kolom: &[
            must("sha256", Kode),
            must("nama", Teks),
            must("jenis_isi", Teks),
            must("ukuran", Bulat),
            may("keterangan", Teks),
        ],
    },
    Lembar {
        nama: "pejabat",
        judul: "Pejabat yang mengepalai unit",
        kunci: &["unit", "mulai"],
        kolom: &[
            must("unit", Kode),
            must("mulai", Tanggal),
            may("sampai", Tanggal),
            may("nama", Teks),
            may("nip", Teks),
            may("pangkat", Teks),
            may("status", Teks),
        ],
    },
    Lembar {
        nama: "perjanjian",
        judul: "Perjanjian Kinerja",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            must("dokumen", Kode),
            must("unit", Kode),
            may("tanggal", Tanggal),
            may("alasan", Teks),
            may("ditandatangani", Tanggal),
            may("cara", Teks),
            may("berkas", Kode),
        ],
    },
    Lembar {
        nama: "isi_perjanjian",
        judul: "Isi Perjanjian Kinerja",
        kunci: &["perjanjian", "jenis", "kode"],
        kolom: &[must("perjanjian", Kode), must("jenis", Teks), must("kode", Kode)],
    },
    Lembar {
        nama: "langkah",
        judul: "Langkah Rencana Aksi",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            must("indikator", Kode),
            must("uraian", Teks),
            may("simpul", Kode),
            must("periode", Periode),
            may("keluaran", Teks),
            may("rupiah", Rupiah),
            may("unit", Kode),
        ],
    },
    Lembar {
        nama: "kendala",
        judul: "Kendala dan tindak lanjut menurut indikator dan periode",
        kunci: &["indikator", "periode"],
        kolom: &[
            must("indikator", Kode),
            must("periode", Periode),
            may("kendala", Teks),
            may("sebab", Teks),
            may("tindak_lanjut", Teks),
            may("hasil", Teks),
        ],
    },
    Lembar {
        nama: "komentar",
        judul: "Komentar pada angka",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            must("indikator", Kode),
            must("periode", Periode),
            must("oleh", Teks),
            must("waktu", Bulat),
            must("isi", Teks),
        ],
    },
    Lembar {
        nama: "jadwal",
        judul: "Batas waktu pengukuran dalam hari kerja setelah periode berakhir",
        kunci: &["tingkat"],
        kolom: &[must("tingkat", Teks), must("hari_kerja", Bulat)],
    },
    Lembar {
        nama: "libur",
        judul: "Hari libur dan cuti bersama selain yang tetap tanggalnya",
        kunci: &["tanggal"],
        kolom: &[must("tanggal", Tanggal), may("keterangan", Teks)],
    },
    Lembar {
        nama: "penguncian",
        judul: "Periode yang dikunci",
        kunci: &["periode"],
        kolom: &[must("periode", Periode), must("tanggal", Tanggal), must("oleh", Teks)],
    },
    Lembar {
        nama: "pembukaan",
        judul: "Pengecualian atas penguncian",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            must("periode", Periode),
            may("indikator", Kode),
            must("sampai", Tanggal),
            must("alasan", Teks),
            must("oleh", Teks),
        ],
    },
    Lembar {
        nama: "terbitan",
        judul: "Dokumen yang diterbitkan, dengan berkas dan temuan reviu hari itu",
        kunci: &["kode"],
        kolom: &[
            must("kode", Kode),
            must("jenis", Teks),
            may("nomor", Teks),
            must("tanggal", Tanggal),
            must("oleh", Teks),
            must("entri", Bulat),
            must("pdf", Teks),
            must("docx", Teks),
            must("kertas_kerja", Teks),
            must("kesalahan", Bulat),
            must("peringatan", Bulat),
            must("info", Bulat),
            must("diterima", Bulat),
        ],
    },
    Lembar {
        nama: "putusan_temuan",
        judul: "Temuan reviu yang diterima dengan alasan",
        kunci: &["aturan", "tempat", "nilai"],
        kolom: &[
            must("aturan", Kode),
            must("tempat", Teks),
            may("nilai", Teks),
            must("judul", Teks),
            must("alasan", Teks),
            must("oleh", Teks),
            must("waktu", Bulat),
        ],
    },
    Lembar {
        nama: "pegawai",
        judul: "Aparatur menurut jabatan, golongan dan pendidikan",
        kunci: &[],
        kolom: &[must("kategori", Teks), must("uraian", Teks), may("jumlah", Bulat)],
    },
    Lembar {
        nama: "pengadaan_barang",
        judul: "Pengadaan barang",
        kunci: &[],
        kolom: &[
            must("jenis_barang", Teks),
            may("kontrak_tanggal", Tanggal),
            may("kontrak_nomor", Teks),
            may("kuitansi_tanggal", Tanggal),
            may("kuitansi_nomor", Teks),
            must("banyaknya", Bilangan),
            may("satuan", Teks),
            must("harga_satuan", Rupiah),
            may("unit", Teks),
            may("penyedia", Teks),
        ],
    },
    Lembar {
        nama: "landasan_hukum",
        judul: "Landasan hukum",
        kunci: &[],
        kolom: &[must("jenis", Teks), must("nomor", Teks), must("tahun", Bulat), must("tentang", Teks)],
    },
];

/// The sheets that are registers: lists of records that only tables and formulas read.
pub const REGISTER: [&str; 3] = ["pegawai", "pengadaan_barang", "landasan_hukum"];

impl Lembar {
    /// The sheet of that name.
    pub fn find(nama: &str) -> Option<&'static Self> {
        LEMBAR.iter().find(|l| l.nama == nama)
    }

    /// Index of a column.
    pub fn position(&self, kolom: &str) -> Option<usize> {
        self.kolom.iter().position(|k| k.nama == kolom)
    }

    /// Its file name.
    pub fn file(&self) -> String {
        format!("{}.csv", self.nama)
    }
}
