//! The sheet after other programs have saved it. Where a program is not installed its test says so and passes.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tolok_domain::{Decimal, Nilai};

use super::*;

/// Something in every cell that may be filled in, and what must be read of it.
fn filled() -> (Vec<u8>, Vec<BarisDibaca>) {
    let mut bytes = workbook();
    let numbers =
        [(TipeNilai::Bilangan, "1051.25"), (TipeNilai::Persen, "0.98129999999999995"), (TipeNilai::Uang, "7851608419")];
    for (tipe, value) in numbers {
        bytes = number(&bytes, &cell_of(tipe), value);
    }
    let texts = [
        (TipeNilai::Rasio, "3/4"),
        (TipeNilai::Rentang, "60-85"),
        (TipeNilai::Predikat, "BB"),
        (TipeNilai::Dokumen, "tidak ada"),
    ];
    for (tipe, text) in texts {
        bytes = typed(&bytes, &cell_of(tipe), text);
    }
    bytes = typed(&bytes, "G7", "- survei <BPS> & \"lainnya\"\nbaris kedua");
    let rows = outcome(&bytes).expect("a good sheet");
    assert_eq!(rows.len(), 7);
    (bytes, rows)
}

/// Whether a program is there; says so when not.
fn has(program: &str, arguments: &[&str]) -> bool {
    let found = Command::new(program).args(arguments).output().is_ok_and(|out| out.status.success());
    if !found {
        eprintln!("skipped: {program} {} does not run here", arguments.join(" "));
    }
    found
}

fn convert(folder: &Path, file: &str, to: &str) -> Vec<u8> {
    let out = folder.join("hasil");
    let profile = format!("-env:UserInstallation=file://{}/profil", folder.display());
    let made = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .args([&out, &folder.join(file)])
        .output()
        .expect("soffice runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    fs::read(out.join(file).with_extension(to)).expect("a converted file")
}

#[test]
fn libreoffice_keeps_the_sheet() {
    if !has("soffice", &["--version"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("temporary folder");
    let (bytes, rows) = filled();
    fs::write(folder.path().join("isian.xlsx"), &bytes).expect("file");
    let saved = convert(folder.path(), "isian.xlsx", "xlsx");
    assert_ne!(saved, bytes);
    assert_eq!(outcome(&saved), Ok(rows));
    // A sheet that is saved as another kind of file is refused with what to do.
    let ods = convert(folder.path(), "isian.xlsx", "ods");
    assert!(outcome(&ods).expect_err("a fault")[0].contains("Buku Kerja Excel (.xlsx)"));
}

#[test]
fn openpyxl_fills_in_the_sheet() {
    if !has("python3", &["-c", "import openpyxl"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path().join("isian.xlsx");
    let (bytes, mut rows) = filled();
    fs::write(&path, bytes).expect("file");
    let script = "import sys, openpyxl\n\
                  book = openpyxl.load_workbook(sys.argv[1])\n\
                  assert book['Kunci'].sheet_state == 'veryHidden'\n\
                  sheet = book['Isian']\n\
                  assert sheet.protection.sheet and sheet['A7'].protection.locked\n\
                  assert not sheet['F7'].protection.locked and sheet['F14'].protection.locked\n\
                  assert sheet.print_title_rows == '$6:$6'\n\
                  sheet['F7'] = 0.1 + 0.2\n\
                  sheet['F8'] = 0.286\n\
                  sheet['G8'] = 'ditulis openpyxl'\n\
                  book.save(sys.argv[1])\n";
    let made = Command::new("python3").args(["-c", script]).arg(&path).output().expect("python3 runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    rows[0].nilai = "0,3".into();
    rows[1].nilai = "28,6".into();
    rows[1].keterangan = "ditulis openpyxl".into();
    assert_eq!(outcome(&fs::read(&path).expect("file")), Ok(rows));
}

#[test]
fn values_written_beforehand_survive_libreoffice() {
    if !has("soffice", &["--version"]) {
        return;
    }
    let number = |text: &str| text.parse::<Decimal>().expect("a number");
    let texts = ["0.1", "1234567.891", "999999999999999", "0.000123", "85.714285714285714286", "-40.98"];
    let rows = texts.into_iter().flat_map(|text| {
        [
            BarisIsian { nilai: Some(Nilai::Bilangan(number(text))), ..row(text, TipeNilai::Bilangan) },
            BarisIsian { nilai: Some(Nilai::Persen(number(text))), ..row(text, TipeNilai::Persen) },
        ]
    });
    let folder = tempfile::tempdir().expect("temporary folder");
    let bytes = render(&sheet(rows.collect()), Kertas::F4).expect("a workbook");
    fs::write(folder.path().join("isian.xlsx"), &bytes).expect("file");
    assert_eq!(outcome(&convert(folder.path(), "isian.xlsx", "xlsx")), outcome(&bytes));
}
