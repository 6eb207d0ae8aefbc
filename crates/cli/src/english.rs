//! Help of the command line in English, and Indonesian headings where the library would write English ones.

use clap::{Arg, ArgAction, Command};

/// Help template: the library's own headings are English only.
fn template(usage: &str) -> String {
    format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}")
}

/// Whether the words of the command line, or the environment, ask for English.
pub fn is_asked_for(words: &[String], env: Option<&str>) -> bool {
    let mut asked = env == Some("en");
    for (i, word) in words.iter().enumerate() {
        if word == "--bahasa" {
            asked = words.get(i + 1).is_some_and(|w| w == "en");
        } else if let Some(language) = word.strip_prefix("--bahasa=") {
            asked = language == "en";
        }
    }
    asked
}

/// Indonesian headings for every command.
pub fn headings(command: Command) -> Command {
    let root = command.get_name() == "tolok";
    let mut command = command
        .help_template(template("Pemakaian"))
        .subcommand_help_heading("Perintah")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(Arg::new("bantuan").short('h').long("help").action(ArgAction::Help).help("Tampilkan bantuan"))
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "Masukan" } else { "Pilihan" };
            let arg = arg.help_heading(heading);
            // The library would introduce them in English; the help texts name them.
            if arg.get_action().takes_values() { arg.hide_possible_values(true) } else { arg }
        });
    if root {
        let version = Arg::new("versi").short('V').long("version").action(ArgAction::Version).help("Tampilkan versi");
        command = command.override_usage("tolok [PILIHAN] <PERINTAH>").arg(version.help_heading("Pilihan"));
    }
    command.mut_subcommands(headings)
}

/// English help for every command and argument. A test checks that none is missing.
pub fn translate(command: Command) -> Command {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let command =
        command.about(english(&about)).help_template(template("Usage")).disable_help_subcommand(true).mut_args(|arg| {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            arg.help(english(&help))
        });
    command.mut_subcommands(translate)
}

fn english(indonesian: &str) -> String {
    let text = indonesian.trim_end_matches('.');
    TEXTS.iter().find(|(id, _)| *id == text).map_or_else(|| indonesian.to_owned(), |(_, en)| (*en).to_owned())
}

const TEXTS: &[(&str, &str)] = &[
    (
        "Data sebagaimana diketahui pada akhir hari itu, misalnya 2021-07-15",
        "Data as known at the end of that day, e.g. 2021-07-15",
    ),
    ("Cetak naskah siap pakai; dijalankan oleh peladen sendiri", "Print a prepared document; run by the server itself"),
    (
        "Akuntabilitas kinerja instansi pemerintah (SAKIP): rencana, janji, pengukuran, laporan",
        "Performance accountability of Indonesian government offices (SAKIP): plan, promise, measurement, report",
    ),
    ("Bahasa bantuan: id atau en", "Language of the help: id or en"),
    ("Folder data (basis data SQLite dan berkas bukti)", "Data folder (SQLite database and evidence files)"),
    (
        "Alamat PostgreSQL (postgres://...); tanpa ini dipakai SQLite di folder data",
        "PostgreSQL address (postgres://...); without it SQLite in the data folder is used",
    ),
    (
        "Jalankan Tolok dengan data contoh: Disnakertrans Kota Serang 2021",
        "Run Tolok with example data: labour office of Kota Serang, 2021",
    ),
    ("Surat tentang pekerjaan", "Mails about the work"),
    (
        "Kirim ringkasan hari ini kepada yang memintanya; yang sudah dikirim hari itu tidak dikirim lagi",
        "Send today's digest to those who want it; what was sent that day is not sent again",
    ),
    ("Jam ringkasan harian dikirim, 0 sampai 23 (WIB)", "Hour at which the daily digest is sent, 0 to 23 (UTC+7)"),
    ("Jalankan peladen untuk data di folder data", "Run the server for the data in the data folder"),
    ("Muat paket data ke basis data", "Load a data package into the database"),
    ("Tulis data satu tahun sebagai paket data", "Write the data of a year as a data package"),
    ("Ukur capaian: satu baris per indikator", "Measure achievement: one row per indicator"),
    (
        "Susun dokumen (LKjIP, Perjanjian Kinerja, Rencana Aksi, pohon kinerja) sebagai DOCX, PDF, HTML dan XLSX",
        "Compose a document (LKjIP, Perjanjian Kinerja, Rencana Aksi, pohon kinerja) as DOCX, PDF, HTML and XLSX",
    ),
    (
        "Reviu berkas (PK, DPA, LKjIP) atau paket data: sebutkan yang tidak cocok",
        "Review files (PK, DPA, LKjIP) or a data package: name what does not fit",
    ),
    (
        "Berkas satu perangkat daerah, saling dibandingkan; atau satu folder paket data",
        "Files of one office, compared with each other; or one folder of a data package",
    ),
    ("Bentuk keluaran: teks, json, csv, sarif, xlsx atau docx", "Output format: teks, json, csv, sarif, xlsx or docx"),
    (
        "Berkas tujuan; wajib untuk xlsx dan docx, tanpa ini ke keluaran baku",
        "Target file; needed for xlsx and docx, without it standard output",
    ),
    (
        "Jelaskan aturan dengan kode itu, misalnya LT-01; tanpa berkas",
        "Explain the rule with that code, e.g. LT-01; without files",
    ),
    ("Temuan per tempat dengan barisnya", "Findings by place with their lines"),
    ("SARIF 2.1.0, untuk penyunting dan pemeriksaan otomatis", "SARIF 2.1.0, for editors and automatic checks"),
    ("Kertas kerja reviu sebagai XLSX", "Working paper of the review as XLSX"),
    ("Kertas kerja reviu sebagai DOCX", "Working paper of the review as DOCX"),
    ("Titik koma sebagai pemisah", "Semicolons between columns"),
    ("Periksa jejak audit", "Check the audit trail"),
    ("Buat akun untuk masuk ke aplikasi", "Make an account for signing in to the application"),
    ("Porta; bila dipakai program lain, porta berikutnya dicoba", "Port; when in use, the next one is tried"),
    ("Alamat yang didengarkan", "Address to listen on"),
    ("Folder data contoh", "Folder of the example data"),
    ("Mulai dari awal: hapus data contoh yang ada", "Start over: delete the existing example data"),
    (
        "Kuki hanya lewat HTTPS; wajib bila diakses dari jaringan",
        "Cookies over HTTPS only; required when reached over a network",
    ),
    ("Folder paket data", "Folder of the data package"),
    (
        "Hanya sebutkan apa yang akan masuk, diganti dan hilang; tidak ada yang ditulis",
        "Only say what would come, be replaced and go; nothing is written",
    ),
    (
        "Ganti juga yang diisi orang di Tolok sejak impor terakhir",
        "Replace also what people have entered in Tolok since the last import",
    ),
    (
        "Muat baris yang benar walau ada baris yang salah, dan sebutkan yang ditinggalkan",
        "Load the rows that are right although others are wrong, and list what was left out",
    ),
    ("Folder tujuan; harus belum ada atau kosong", "Target folder; must not exist or be empty"),
    (
        "Kode instansi; boleh dihilangkan bila hanya ada satu",
        "Code of the office; may be left out when there is only one",
    ),
    ("Tahun; tanpa ini tahun terakhir yang ada", "Year; without it the latest one"),
    (
        "Folder paket data; tanpa ini data dari basis data",
        "Folder of a data package; without it the data of the database",
    ),
    ("Ukur sampai akhir periode ini, misalnya 2021-TW3", "Measure up to the end of this period, e.g. 2021-TW3"),
    ("Bentuk keluaran: csv atau json", "Output format: csv or json"),
    (
        "Dokumen yang disusun: lkjip, pk, rencana-aksi atau pohon",
        "Document to compose: lkjip, pk, rencana-aksi or pohon",
    ),
    (
        "Kode unit yang perjanjiannya dicetak; tanpa ini semua (hanya pk)",
        "Code of the unit whose agreement is printed; without it all (pk only)",
    ),
    ("Folder tujuan", "Target folder"),
    (
        "Hitung ulang semua hash dan sebutkan baris yang tidak cocok",
        "Compute every hash anew and name the rows that do not fit",
    ),
    ("Kode instansi; tanpa ini semua instansi diperiksa", "Code of the office; without it all offices are checked"),
    ("Nama untuk masuk", "Name for signing in"),
    ("Nama yang ditampilkan", "Name shown to others"),
    (
        "Peran: perencana, pengisi, kepala, verifikator, evaluator, pimpinan_daerah, admin. Boleh berulang",
        "Role: perencana, pengisi, kepala, verifikator, evaluator, pimpinan_daerah, admin. May be repeated",
    ),
    ("Titik koma sebagai pemisah, koma desimal", "Semicolon as separator, decimal comma"),
    ("Satu larik JSON", "One JSON array"),
    (
        "Nomenklatur resmi: daftar urusan sampai sub kegiatan",
        "Official nomenclature: the list from urusan to sub kegiatan",
    ),
    (
        "Muat daftar satu tahun dari berkas CSV; daftar tahun itu yang sudah ada diganti",
        "Load the list of a year from CSV files; the list that there was for that year is replaced",
    ),
    ("Cari dalam daftar menurut kata atau awal kode", "Search the list by words or the beginning of a code"),
    (
        "Usulkan padanan daftar dua tahun; tidak ada data yang diubah",
        "Propose how the lists of two years match; no data are changed",
    ),
    ("Berkas CSV, atau folder berisi berkas CSV. Boleh beberapa", "CSV file, or folder with CSV files. May be several"),
    ("Tahun daftar", "Year of the list"),
    (
        "Peraturan yang menetapkannya, misalnya \"Kepmendagri 900.1.15.5-1317/2023\"",
        "Regulation that sets it, e.g. \"Kepmendagri 900.1.15.5-1317/2023\"",
    ),
    (
        "Kata dalam nama, atau awal kode; semuanya harus ada",
        "Words of the name, or the beginning of a code; all must occur",
    ),
    ("Tahun daftar; tanpa ini daftar terbaru", "Year of the list; without it the latest one"),
    (
        "Hanya tingkat ini: urusan, bidang_urusan, program, kegiatan, sub_kegiatan",
        "Only this level: urusan, bidang_urusan, program, kegiatan, sub_kegiatan",
    ),
    ("Tahun daftar lama", "Year of the old list"),
    ("Tahun daftar baru", "Year of the new list"),
    (
        "Proksi di depan peladen menulis alamat pengunjung ke X-Forwarded-For",
        "A proxy in front of the server writes the visitor's address into X-Forwarded-For",
    ),
    (
        "Alamat peladen bagi pengunjung, misalnya https://sakip.contoh.go.id; dipakai dalam tautan",
        "Address of the server for visitors, e.g. https://sakip.example.go.id; used in links",
    ),
    (
        "Peladen surat, misalnya smtps://pengguna:sandi@surat.contoh.go.id; tanpa ini surat tidak dikirim",
        "Mail server, e.g. smtps://user:password@mail.example.go.id; without it no mail is sent",
    ),
    (
        "Pengirim surat, misalnya \"Tolok <tolok@contoh.go.id>\"",
        "Sender of mails, e.g. \"Tolok <tolok@example.go.id>\"",
    ),
    (
        "Alamat penyedia identitas (issuer); tanpa ini hanya ada sandi",
        "Address of the identity provider (issuer); without it there are passwords only",
    ),
    ("Nama klien di penyedia identitas (client id)", "Name of the client at the identity provider (client id)"),
    ("Rahasia klien (client secret)", "Secret of the client (client secret)"),
    ("Berkas yang berisi rahasia klien", "File that holds the client's secret"),
    ("Tulisan pada tombol", "Text of the button"),
    (
        "Klaim yang menunjuk akun: email (yang terverifikasi) dicocokkan dengan surel, yang lain dengan nama akun",
        "Claim that names the account: email (verified) is matched with the mail address, any other with the sign-in name",
    ),
    (
        "Cetak tautan sekali pakai untuk membuat sandi, alih-alih membaca sandi; juga untuk akun yang sudah ada",
        "Print a one-time link for choosing a password instead of reading one; also for an existing account",
    ),
    ("Alamat peladen bagi pengunjung, untuk tautan itu", "Address of the server for visitors, for that link"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn texts(command: &Command, found: &mut Vec<String>) {
        found.extend(command.get_about().map(ToString::to_string));
        for arg in command.get_arguments() {
            found.extend(arg.get_help().map(ToString::to_string));
        }
        command.get_subcommands().for_each(|sub| texts(sub, found));
    }

    #[test]
    fn every_help_text_has_its_english() {
        let mut found = Vec::new();
        texts(&crate::args::Args::command(), &mut found);
        assert!(found.len() > 30);
        for text in found {
            assert_ne!(english(&text), text, "no English for: {text}");
        }
    }

    #[test]
    fn the_last_word_on_language_counts() {
        let words = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(is_asked_for(&words("tolok --bahasa en --help"), None));
        assert!(is_asked_for(&words("tolok ukur --help"), Some("en")));
        assert!(!is_asked_for(&words("tolok --bahasa=id"), Some("en")));
    }

    #[test]
    fn the_command_line_is_sound() {
        headings(crate::args::Args::command()).debug_assert();
        translate(crate::args::Args::command()).debug_assert();
    }
}
