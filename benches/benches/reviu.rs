//! How long it takes, and how much memory, to review what people hand in: a report, a long PDF, a large workbook. Each file is read and
//! reviewed in a process of its own, so that the memory is that of this work alone. Prints a row per file; asserts nothing.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use tolok_app::review::reviu_berkas;
use tolok_benches as _;
use tolok_ingest::baca::read_file;

#[path = "../../crates/ingest/tests/it/pdf/builder.rs"]
#[allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::float_arithmetic, reason = "made for tests")]
mod builder;

use builder::{grid, pdf, text};

/// How often a file is read; the median counts.
const RUNS: usize = 5;
/// Most memory, MB.
const MEMORY: u64 = 300;
/// Name of the variable that tells a process which file it is to read.
const FILE: &str = "TOLOK_BENCH_BERKAS";

#[expect(clippy::print_stdout, reason = "printing is what a benchmark is for")]
fn main() {
    if let Some(file) = env::var_os(FILE) {
        return measure(Path::new(&file));
    }
    let folder = env::temp_dir().join(format!("tolok-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("folder");
    println!(
        "{:<44} {:>9} {:>9} {:>6} {:>9} {:>9} {:>6}",
        "read and reviewed", "median", "goal", "used", "memory", "goal", "used"
    );
    let report = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/serang-2021/lkjip-2021.md");
    if report.exists() {
        row("the report of Serang, Markdown", &report, 150);
    } else {
        println!("skipped: ../shared/serang-2021/lkjip-2021.md is not there");
    }
    let made = |name: &str, bytes: Vec<u8>| {
        let path = folder.join(name);
        fs::write(&path, bytes).expect("written");
        path
    };
    let pages: Vec<String> = (1..=200).map(page).collect();
    let long = pdf(&pages.iter().map(String::as_str).collect::<Vec<_>>());
    row("a PDF of 200 pages, each a table of 30 rows", &made("panjang.pdf", long), 3_000);
    row("a workbook of 50,000 rows", &made("besar.xlsx", workbook(50_000)), 2_000);
    row("two sheets of 25,000 names without codes", &made("nama.xlsx", names(25_000)), 5_000);
    fs::remove_dir_all(&folder).expect("removed");
}

/// Measures a file in another process and prints what that says.
#[expect(clippy::print_stdout, reason = "printing is what a benchmark is for")]
fn row(what: &str, file: &Path, goal: u64) {
    let this = env::current_exe().expect("this program");
    let output = Command::new(this).env(FILE, file).output().expect("another process");
    let said = String::from_utf8(output.stdout).expect("text");
    let numbers: Vec<u64> = said.split_whitespace().map(|n| n.parse().expect("a number")).collect();
    let [time, memory] = numbers[..] else { panic!("{said}{}", String::from_utf8_lossy(&output.stderr)) };
    let (used, full) = (time * 100 / goal, memory * 100 / MEMORY);
    println!("{what:<44} {time:>6} ms {goal:>6} ms {used:>4} % {memory:>6} MB {MEMORY:>6} MB {full:>4} %");
}

/// Reads and reviews a file, and prints the median in milliseconds and the most memory that was used in megabytes.
#[expect(clippy::print_stdout, reason = "the other process reads it")]
fn measure(file: &Path) {
    let bytes = fs::read(file).expect("readable");
    let name = file.file_name().expect("a name").to_string_lossy();
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            let read = read_file(&name, &bytes).expect("read");
            std::hint::black_box(reviu_berkas(&[read]).len());
            start.elapsed()
        })
        .collect();
    times.sort();
    println!("{} {}", times[RUNS / 2].as_millis(), peak());
}

/// The most memory that this process ever held, in megabytes; 0 where the system does not tell.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}

/// A page as in the annexes of a report: a table of 30 rows and 10 columns, and some lines below.
#[expect(clippy::float_arithmetic, reason = "places on the paper")]
fn page(number: usize) -> String {
    let xs: Vec<f64> = (0..=10_u32).map(|column| 40.0 + 52.0 * f64::from(column)).collect();
    let ys: Vec<f64> = (0..=30_u32).map(|row| 780.0 - 20.0 * f64::from(row)).collect();
    let mut content = text(40.0, 800.0, 10.0, &format!("Tabel {number} Anggaran dan Realisasi")) + &grid(&xs, &ys);
    for (row, y) in ys.iter().skip(1).enumerate() {
        for (column, x) in xs.iter().take(10).enumerate() {
            content += &text(x + 3.0, y + 7.0, 7.0, &format!("{}.{row:03}.{column:03}", number % 90 + 1));
        }
    }
    let line = "Realisasi anggaran mencapai 98,13% dari pagu yang tersedia pada tahun tersebut, naik";
    for below in 0..8_u32 {
        content += &text(40.0, 160.0 - 13.0 * f64::from(below), 10.0, line);
    }
    content
}

/// Words of names; a name is five of them.
const WORDS: [&str; 24] = [
    "jumlah",
    "persentase",
    "tingkat",
    "indeks",
    "cakupan",
    "peserta",
    "pelatihan",
    "lembaga",
    "usaha",
    "pencari",
    "bursa",
    "kerja",
    "transmigran",
    "hubungan",
    "industrial",
    "perusahaan",
    "upah",
    "jaminan",
    "pengawasan",
    "laporan",
    "pegawai",
    "aset",
    "sarana",
    "gedung",
];

/// Indicators of an IKU and of a PK that have nothing but their names to be found again by.
fn names(rows: u32) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let mut seed = 1_u32;
    let mut word = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        WORDS[(seed >> 16) as usize % WORDS.len()]
    };
    for title in ["Indikator Kinerja Utama Tahun 2021", "Perjanjian Kinerja Tahun 2021"] {
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, title).expect("cell");
        for (column, header) in (0_u16..).zip(["Sasaran", "Indikator Kinerja", "Satuan", "Target 2021"]) {
            sheet.write_string(1, column, header).expect("cell");
        }
        for row in 2..rows + 2 {
            let mut name = || [word(), word(), word(), word(), word()].join(" ");
            sheet.write_string(row, 0, format!("Meningkatnya {}", name())).expect("cell");
            sheet.write_string(row, 1, name()).expect("cell");
            sheet.write_string(row, 2, "orang").expect("cell");
            sheet.write_number(row, 3, row % 500 + 1).expect("cell");
        }
    }
    book.save_to_buffer().expect("workbook")
}

/// Programmes with a header, names, units and numbers.
fn workbook(rows: u32) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let headers = [
        "Kode",
        "Sub Kegiatan",
        "Indikator",
        "Satuan",
        "Target",
        "Realisasi",
        "Capaian (%)",
        "Pagu (Rp)",
        "Realisasi Anggaran (Rp)",
        "Keterangan",
    ];
    for (column, header) in (0_u16..).zip(headers) {
        sheet.write_string(0, column, header).expect("cell");
    }
    for row in 1..=rows {
        sheet.write_string(row, 0, format!("2.07.03.2.01.{:04}", row % 10_000)).expect("cell");
        sheet.write_string(row, 1, format!("Pelaksanaan kegiatan nomor {row} pada kecamatan")).expect("cell");
        sheet.write_string(row, 2, format!("Jumlah peserta pelatihan {row}")).expect("cell");
        sheet.write_string(row, 3, "orang").expect("cell");
        sheet.write_number(row, 4, row % 500 + 1).expect("cell");
        sheet.write_number(row, 5, row % 400 + 1).expect("cell");
        sheet.write_number(row, 6, row % 100).expect("cell");
        sheet.write_number(row, 7, row * 1_000).expect("cell");
        sheet.write_number(row, 8, row * 990).expect("cell");
    }
    book.save_to_buffer().expect("workbook")
}
