//! `reviu`: what does not add up in the files of an office, or in a data package.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, bail};
use tolok_app::review::daftar_uji::{Jawab, checklist};
use tolok_app::review::{Keparahan, Temuan, aturan, halaman, reviu_berkas, teks};
use tolok_app::{DaftarTemuan, Galat, day, working_paper};
use tolok_domain::bacaan::Bacaan;
use tolok_ingest::baca::read_file;
use tolok_report::{docx, xlsx};

use crate::args::{ReviuArgs, ReviuFormat};
use crate::output::{Exit, say, table};
use crate::sarif;

/// Runs the command.
pub fn run(args: &ReviuArgs) -> anyhow::Result<Exit> {
    if let Some(kode) = &args.aturan {
        let rule = aturan::find(&kode.to_uppercase()).ok_or_else(|| Galat::TidakDitemukan(format!("aturan {kode}")))?;
        print(halaman::page(rule).as_bytes(), None)?;
        return Ok(Exit::Good);
    }
    let on_paper = matches!(args.format, ReviuFormat::Xlsx | ReviuFormat::Docx);
    if on_paper && args.ke.is_none() {
        bail!("--format xlsx dan docx memerlukan --ke BERKAS");
    }
    let names: Vec<String> = args.berkas.iter().map(|p| p.display().to_string()).collect();
    let (files, found, answers) = match args.berkas.as_slice() {
        [folder] if folder.is_dir() => (Vec::new(), of_package(folder)?, Vec::new()),
        paths => {
            let files = read(paths)?;
            let found = reviu_berkas(&files);
            let answers = checklist(&files, &found);
            (files, found, answers)
        }
    };
    let bytes = write(args.format, &files, &found, &answers, &names)?;
    print(&bytes, args.ke.as_deref())?;
    let count = |k: Keparahan| found.iter().filter(|t| t.keparahan == k).count();
    let wrong = count(Keparahan::Kesalahan);
    say(&format!("{wrong} kesalahan, {} peringatan, {} info.", count(Keparahan::Peringatan), count(Keparahan::Info)));
    Ok(if wrong > 0 { Exit::Faulty } else { Exit::Good })
}

fn of_package(folder: &Path) -> anyhow::Result<Vec<Temuan>> {
    let potret = crate::package::read_good(folder)?.potret;
    let list = DaftarTemuan::of(&potret).and(DaftarTemuan::of_words(&potret));
    Ok(list.temuan.into_iter().map(|t| t.temuan).collect())
}

/// Reads the files; what could not be read in them is said, a file that cannot be read at all ends the command.
fn read(paths: &[std::path::PathBuf]) -> anyhow::Result<Vec<Bacaan>> {
    let watched = io::stderr().is_terminal();
    let mut files: Vec<Bacaan> = Vec::new();
    for (i, path) in paths.iter().enumerate() {
        if watched && paths.len() > 1 {
            say(&format!("membaca {}/{}: {}", i + 1, paths.len(), path.display()));
        }
        if path.is_dir() {
            bail!("{} adalah folder; folder paket data direviu sendiri, tanpa berkas lain", path.display());
        }
        let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
        let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        let mut file = read_file(&name, &bytes).map_err(|e| Galat::TidakSah(e.to_string()))?;
        // Places are told by the name of the file; two of one name would be one.
        if files.iter().any(|f| f.berkas == file.berkas) {
            bail!("{name} disebut dua kali; beri nama lain pada salah satunya");
        }
        for note in std::mem::take(&mut file.catatan) {
            if watched {
                say(&format!("{}: {}", note.letak, note.pesan));
            }
        }
        files.push(file);
    }
    Ok(files)
}

fn write(
    format: ReviuFormat,
    files: &[Bacaan],
    found: &[Temuan],
    answers: &[Jawab],
    names: &[String],
) -> anyhow::Result<Vec<u8>> {
    let paper = || {
        working_paper(
            found,
            &|_| String::new(),
            answers,
            names,
            &day(jiff::Timestamp::now().as_microsecond()).to_string(),
        )
    };
    Ok(match format {
        ReviuFormat::Teks => teks::render(found, files).into_bytes(),
        ReviuFormat::Json => table(&teks::COLUMNS, &teks::rows(found), crate::args::DataFormat::Json)?.into_bytes(),
        ReviuFormat::Csv => table(&teks::COLUMNS, &teks::rows(found), crate::args::DataFormat::Csv)?.into_bytes(),
        ReviuFormat::Sarif => sarif::render(found)?.into_bytes(),
        ReviuFormat::Xlsx => xlsx::render(&paper())?,
        ReviuFormat::Docx => docx::render(&paper(), &docx::Pilihan::default())?,
    })
}

/// To a file or to standard output. A reader that stops reading (`| head`) is no error.
fn print(bytes: &[u8], to: Option<&Path>) -> anyhow::Result<()> {
    match to {
        Some(path) => std::fs::write(path, bytes).with_context(|| path.display().to_string()),
        None => match io::stdout().write_all(bytes) {
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other.context("tidak dapat menulis keluaran"),
        },
    }
}
