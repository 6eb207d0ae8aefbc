//! The command line. Help is Indonesian; `--bahasa en` (or TOLOK_BAHASA=en) shows it in English, see `english.rs`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::english;

/// Akuntabilitas kinerja instansi pemerintah (SAKIP): rencana, janji, pengukuran, laporan.
#[derive(Debug, Parser)]
#[command(name = "tolok", version, propagate_version = true)]
pub struct Args {
    #[command(flatten)]
    pub store: StoreArgs,
    /// Bahasa bantuan: id atau en.
    #[arg(long, global = true, env = "TOLOK_BAHASA", default_value = "id")]
    pub bahasa: String,
    #[command(subcommand)]
    pub command: Command,
}

/// Where the data are.
#[derive(Debug, Clone, ClapArgs)]
pub struct StoreArgs {
    /// Folder data (basis data SQLite dan berkas bukti).
    #[arg(long, global = true, env = "TOLOK_DATA", default_value = "tolok-data")]
    pub data: PathBuf,
    /// Alamat PostgreSQL (postgres://...); tanpa ini dipakai SQLite di folder data.
    #[arg(long, global = true, env = "TOLOK_DB", hide_env_values = true)]
    pub db: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Jalankan Tolok dengan data contoh: Disnakertrans Kota Serang 2021.
    Demo(DemoArgs),
    /// Jalankan peladen untuk data di folder data.
    Serve(ServeArgs),
    /// Muat paket data ke basis data.
    Impor(ImporArgs),
    /// Tulis data satu tahun sebagai paket data.
    Ekspor(EksporArgs),
    /// Ukur capaian: satu baris per indikator.
    Ukur(UkurArgs),
    /// Susun dokumen (LKjIP, Perjanjian Kinerja, Rencana Aksi, pohon kinerja) sebagai DOCX, PDF, HTML dan XLSX.
    Susun(SusunArgs),
    /// Reviu berkas (PK, DPA, LKjIP) atau paket data: sebutkan yang tidak cocok.
    Reviu(ReviuArgs),
    /// Periksa jejak audit.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Buat akun untuk masuk ke aplikasi.
    Akun(AkunArgs),
    /// Surat tentang pekerjaan.
    #[command(subcommand)]
    Surat(SuratCommand),
    /// Nomenklatur resmi: daftar urusan sampai sub kegiatan.
    #[command(subcommand)]
    Nomenklatur(NomenklaturCommand),
    /// Cetak naskah siap pakai; dijalankan oleh peladen sendiri.
    #[command(hide = true)]
    Cetak,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct Listen {
    /// Porta; bila dipakai program lain, porta berikutnya dicoba.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Alamat yang didengarkan.
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
}

#[derive(Debug, ClapArgs)]
pub struct DemoArgs {
    #[command(flatten)]
    pub listen: Listen,
    /// Folder data contoh.
    #[arg(long, default_value = "tolok-demo")]
    pub folder: PathBuf,
    /// Mulai dari awal: hapus data contoh yang ada.
    #[arg(long)]
    pub fresh: bool,
}

#[derive(Debug, ClapArgs)]
pub struct ServeArgs {
    #[command(flatten)]
    pub listen: Listen,
    /// Kuki hanya lewat HTTPS; wajib bila diakses dari jaringan.
    #[arg(long)]
    pub https: bool,
    /// Proksi di depan peladen menulis alamat pengunjung ke X-Forwarded-For.
    #[arg(long, env = "TOLOK_PROKSI")]
    pub proksi: bool,
    /// Alamat peladen bagi pengunjung, misalnya https://sakip.contoh.go.id; dipakai dalam tautan.
    #[arg(long, env = "TOLOK_ALAMAT")]
    pub alamat: Option<String>,
    /// Jam ringkasan harian dikirim, 0 sampai 23 (WIB).
    #[arg(long, env = "TOLOK_RINGKASAN_JAM", default_value_t = 6, value_parser = clap::value_parser!(i8).range(0..=23))]
    pub ringkasan_jam: i8,
    #[command(flatten)]
    pub surat: SuratArgs,
    #[command(flatten)]
    pub sso: SsoArgs,
}

/// How mail is sent. Secrets belong into the environment: the command line is seen by others on the same machine.
#[derive(Debug, Clone, ClapArgs)]
pub struct SuratArgs {
    /// Peladen surat, misalnya smtps://pengguna:sandi@surat.contoh.go.id; tanpa ini surat tidak dikirim.
    #[arg(long, env = "TOLOK_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// Pengirim surat, misalnya "Tolok <tolok@contoh.go.id>".
    #[arg(long, env = "TOLOK_SURAT_DARI")]
    pub surat_dari: Option<String>,
}

/// The identity provider beside passwords (OpenID Connect).
#[derive(Debug, Clone, ClapArgs)]
pub struct SsoArgs {
    /// Alamat penyedia identitas (issuer); tanpa ini hanya ada sandi.
    #[arg(long, env = "TOLOK_OIDC_PENERBIT")]
    pub oidc_penerbit: Option<String>,
    /// Nama klien di penyedia identitas (client id).
    #[arg(long, env = "TOLOK_OIDC_KLIEN")]
    pub oidc_klien: Option<String>,
    /// Rahasia klien (client secret).
    #[arg(long, env = "TOLOK_OIDC_RAHASIA", hide_env_values = true)]
    pub oidc_rahasia: Option<String>,
    /// Berkas yang berisi rahasia klien.
    #[arg(long, env = "TOLOK_OIDC_RAHASIA_BERKAS")]
    pub oidc_rahasia_berkas: Option<PathBuf>,
    /// Tulisan pada tombol.
    #[arg(long, env = "TOLOK_OIDC_LABEL", default_value = "Masuk lewat SSO")]
    pub oidc_label: String,
    /// Klaim yang menunjuk akun: email (yang terverifikasi) dicocokkan dengan surel, yang lain dengan nama akun.
    #[arg(long, env = "TOLOK_OIDC_KLAIM", default_value = "email")]
    pub oidc_klaim: String,
}

#[derive(Debug, ClapArgs)]
pub struct ImporArgs {
    /// Folder paket data.
    pub paket: PathBuf,
    /// Muat baris yang benar walau ada baris yang salah, dan sebutkan yang ditinggalkan.
    #[arg(long)]
    pub izinkan_sebagian: bool,
    /// Hanya sebutkan apa yang akan masuk, diganti dan hilang; tidak ada yang ditulis.
    #[arg(long)]
    pub pratinjau: bool,
    /// Ganti juga yang diisi orang di Tolok sejak impor terakhir.
    #[arg(long)]
    pub timpa: bool,
}

#[derive(Debug, ClapArgs)]
pub struct EksporArgs {
    /// Folder tujuan; harus belum ada atau kosong.
    pub ke: PathBuf,
    #[command(flatten)]
    pub office: Office,
}

/// Which office and year of the database.
#[derive(Debug, Clone, ClapArgs)]
pub struct Office {
    /// Kode instansi; boleh dihilangkan bila hanya ada satu.
    #[arg(long)]
    pub instansi: Option<String>,
    /// Tahun; tanpa ini tahun terakhir yang ada.
    #[arg(long)]
    pub tahun: Option<i16>,
    /// Data sebagaimana diketahui pada akhir hari itu, misalnya 2021-07-15.
    #[arg(long, value_name = "TANGGAL")]
    pub per: Option<jiff::civil::Date>,
}

#[derive(Debug, ClapArgs)]
pub struct UkurArgs {
    /// Folder paket data; tanpa ini data dari basis data.
    pub paket: Option<PathBuf>,
    #[command(flatten)]
    pub office: Office,
    /// Ukur sampai akhir periode ini, misalnya 2021-TW3.
    #[arg(long)]
    pub sampai: Option<String>,
    /// Bentuk keluaran: csv atau json.
    #[arg(long, value_enum, default_value_t = DataFormat::Csv)]
    pub format: DataFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DataFormat {
    /// Titik koma sebagai pemisah, koma desimal.
    Csv,
    /// Satu larik JSON.
    Json,
}

#[derive(Debug, ClapArgs)]
pub struct SusunArgs {
    /// Dokumen yang disusun: lkjip, pk, rencana-aksi atau pohon.
    #[arg(value_enum)]
    pub dokumen: DocumentKind,
    /// Folder paket data; tanpa ini data dari basis data.
    pub paket: Option<PathBuf>,
    #[command(flatten)]
    pub office: Office,
    /// Kode unit yang perjanjiannya dicetak; tanpa ini semua (hanya pk).
    #[arg(long)]
    pub unit: Option<String>,
    /// Folder tujuan.
    #[arg(long)]
    pub ke: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DocumentKind {
    /// Laporan Kinerja Instansi Pemerintah.
    Lkjip,
    /// Rencana Aksi.
    RencanaAksi,
    /// Perjanjian Kinerja.
    Pk,
    /// Pohon kinerja; gambarnya juga sebagai SVG.
    Pohon,
}

#[derive(Debug, ClapArgs)]
pub struct ReviuArgs {
    /// Berkas satu perangkat daerah, saling dibandingkan; atau satu folder paket data.
    #[arg(required_unless_present = "aturan")]
    pub berkas: Vec<PathBuf>,
    /// Bentuk keluaran: teks, json, csv, sarif, xlsx atau docx.
    #[arg(long, value_enum, default_value_t = ReviuFormat::Teks)]
    pub format: ReviuFormat,
    /// Berkas tujuan; wajib untuk xlsx dan docx, tanpa ini ke keluaran baku.
    #[arg(long)]
    pub ke: Option<PathBuf>,
    /// Jelaskan aturan dengan kode itu, misalnya LT-01; tanpa berkas.
    #[arg(long, value_name = "KODE", conflicts_with = "berkas")]
    pub aturan: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReviuFormat {
    /// Temuan per tempat dengan barisnya.
    Teks,
    /// Satu larik JSON.
    Json,
    /// Titik koma sebagai pemisah.
    Csv,
    /// SARIF 2.1.0, untuk penyunting dan pemeriksaan otomatis.
    Sarif,
    /// Kertas kerja reviu sebagai XLSX.
    Xlsx,
    /// Kertas kerja reviu sebagai DOCX.
    Docx,
}

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Hitung ulang semua hash dan sebutkan baris yang tidak cocok.
    Verify(VerifyArgs),
}

#[derive(Debug, ClapArgs)]
pub struct VerifyArgs {
    /// Kode instansi; tanpa ini semua instansi diperiksa.
    #[arg(long)]
    pub instansi: Option<String>,
    /// Bentuk keluaran: csv atau json.
    #[arg(long, value_enum, default_value_t = DataFormat::Csv)]
    pub format: DataFormat,
}

#[derive(Debug, ClapArgs)]
pub struct AkunArgs {
    /// Nama untuk masuk.
    pub nama_masuk: String,
    /// Nama yang ditampilkan.
    #[arg(long, required_unless_present = "tautan")]
    pub nama: Option<String>,
    /// Peran: perencana, pengisi, kepala, verifikator, evaluator, pimpinan_daerah, admin. Boleh berulang.
    #[arg(long, required_unless_present = "tautan")]
    pub peran: Vec<String>,
    /// Cetak tautan sekali pakai untuk membuat sandi, alih-alih membaca sandi; juga untuk akun yang sudah ada.
    #[arg(long)]
    pub tautan: bool,
    /// Alamat peladen bagi pengunjung, untuk tautan itu.
    #[arg(long, env = "TOLOK_ALAMAT")]
    pub alamat: Option<String>,
    /// Kode instansi; boleh dihilangkan bila hanya ada satu.
    #[arg(long)]
    pub instansi: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum SuratCommand {
    /// Kirim ringkasan hari ini kepada yang memintanya; yang sudah dikirim hari itu tidak dikirim lagi.
    Ringkasan(RingkasanArgs),
}

#[derive(Debug, ClapArgs)]
pub struct RingkasanArgs {
    /// Alamat peladen bagi pengunjung, misalnya https://sakip.contoh.go.id; dipakai dalam tautan.
    #[arg(long, env = "TOLOK_ALAMAT")]
    pub alamat: Option<String>,
    #[command(flatten)]
    pub surat: SuratArgs,
}

#[derive(Debug, Subcommand)]
pub enum NomenklaturCommand {
    /// Muat daftar satu tahun dari berkas CSV; daftar tahun itu yang sudah ada diganti.
    Impor(NomenklaturImporArgs),
    /// Cari dalam daftar menurut kata atau awal kode.
    Cari(NomenklaturCariArgs),
    /// Usulkan padanan daftar dua tahun; tidak ada data yang diubah.
    Padankan(NomenklaturPadankanArgs),
}

#[derive(Debug, ClapArgs)]
pub struct NomenklaturImporArgs {
    /// Berkas CSV, atau folder berisi berkas CSV. Boleh beberapa.
    #[arg(required = true)]
    pub berkas: Vec<PathBuf>,
    /// Tahun daftar.
    #[arg(long)]
    pub tahun: i16,
    /// Peraturan yang menetapkannya, misalnya "Kepmendagri 900.1.15.5-1317/2023".
    #[arg(long)]
    pub nama: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct NomenklaturCariArgs {
    /// Kata dalam nama, atau awal kode; semuanya harus ada.
    #[arg(required = true)]
    pub kata: Vec<String>,
    /// Tahun daftar; tanpa ini daftar terbaru.
    #[arg(long)]
    pub tahun: Option<i16>,
    /// Hanya tingkat ini: urusan, bidang_urusan, program, kegiatan, sub_kegiatan.
    #[arg(long)]
    pub tingkat: Option<String>,
    /// Bentuk keluaran: csv atau json.
    #[arg(long, value_enum, default_value_t = DataFormat::Csv)]
    pub format: DataFormat,
}

#[derive(Debug, ClapArgs)]
pub struct NomenklaturPadankanArgs {
    /// Tahun daftar lama.
    #[arg(long)]
    pub dari: i16,
    /// Tahun daftar baru.
    #[arg(long)]
    pub ke: i16,
    /// Bentuk keluaran: csv atau json.
    #[arg(long, value_enum, default_value_t = DataFormat::Csv)]
    pub format: DataFormat,
}

/// Parses the command line, with help in the asked language.
pub fn parse() -> Args {
    let words: Vec<String> = std::env::args_os().map(|w| w.to_string_lossy().into_owned()).collect();
    let env = std::env::var("TOLOK_BAHASA").ok();
    let command = if english::is_asked_for(&words, env.as_deref()) {
        english::translate(Args::command())
    } else {
        english::headings(Args::command())
    };
    let matches = command.get_matches();
    Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}
