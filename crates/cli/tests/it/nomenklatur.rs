//! `nomenklatur`: two lists loaded, searched and paired.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// What a run gave: exit code, stdout, stderr.
type Run = (i32, String, String);

/// Runs the program on a data folder inside `dir`, where it also stands.
fn tolok(dir: &Path, arguments: &[&str]) -> Run {
    let out = Command::new(env!("CARGO_BIN_EXE_tolok"))
        .current_dir(dir)
        .args(arguments)
        .env_remove("TOLOK_DB")
        .env_remove("TOLOK_BAHASA")
        .env("TOLOK_DATA", "data")
        .output()
        .expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (out.status.code().expect("an exit code"), text(out.stdout), text(out.stderr))
}

fn files() -> TempDir {
    let dir = tempfile::tempdir().expect("folder");
    fs::create_dir(dir.path().join("2021")).expect("folder");
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).expect("file");
    write("2021/program.csv", "kode;nama\n2.07.03;PROGRAM PELATIHAN KERJA\n2.07.04;PROGRAM LAMA\n");
    write("2021/sub.csv", "kode;nama\n2.07.03.2.01.01;Proses Pelatihan\n");
    write(
        "2023.csv",
        "kode,uraian,satuan\n2.07.03,Program Pelatihan Kerja,\n2.07.04,PROGRAM BARU,\n2.07.03.2.01.0001,Proses Pelatihan,Orang\n",
    );
    write("rusak.csv", "kode,uraian\n2.7,Tenaga Kerja\n2.07,\n");
    dir
}

#[test]
fn lists_are_loaded_searched_and_paired() {
    let dir = files();
    let run = |arguments: &[&str]| tolok(dir.path(), arguments);
    let (code, data, talk) = run(&["nomenklatur", "cari", "pelatihan"]);
    assert_eq!((code, data.as_str()), (3, ""));
    assert!(talk.contains("muat dulu dengan tolok nomenklatur impor"), "{talk}");

    let (code, data, talk) = run(&["nomenklatur", "impor", "2021", "--tahun", "2021"]);
    assert_eq!((code, data.as_str()), (0, ""), "{talk}");
    assert!(talk.contains("Dimuat sebagai nomenklatur 2021: 3 baris (0 urusan, 0 bidang urusan, 2 program,"), "{talk}");
    assert!(talk.contains("3 baris induknya tidak ada dalam daftar, misalnya 2.07.03."), "{talk}");
    let load = ["nomenklatur", "impor", "2023.csv", "--tahun", "2023", "--nama", "Kepmendagri 900.1.15.5-1317/2023"];
    assert_eq!(run(&load).0, 0);
    assert!(run(&load).2.contains("nomenklatur 2023, menggantikan daftar sebelumnya: 3 baris"));

    let (code, data, _) = run(&["nomenklatur", "cari", "pelatihan", "kerja"]);
    let heading = "kode;tingkat;nama;kinerja;indikator;satuan\n";
    assert_eq!((code, data), (0, format!("{heading}2.07.03;program;Program Pelatihan Kerja;;;\n")));
    let (_, data, _) = run(&["nomenklatur", "cari", "2.07.03", "--tingkat", "sub_kegiatan"]);
    assert_eq!(data, format!("{heading}2.07.03.2.01.0001;sub_kegiatan;Proses Pelatihan;;;Orang\n"));
    let (_, data, _) = run(&["nomenklatur", "cari", "lama", "--tahun", "2021", "--format", "json"]);
    assert!(data.contains("\"nama\": \"PROGRAM LAMA\""), "{data}");

    let (code, data, talk) = run(&["nomenklatur", "padankan", "--dari", "2021", "--ke", "2023"]);
    assert_eq!(
        (code, data.as_str()),
        (
            0,
            "hubungan;tingkat;kode_lama;nama_lama;kode_baru;nama_baru\n\
             tetap;program;2.07.03;PROGRAM PELATIHAN KERJA;2.07.03;Program Pelatihan Kerja\n\
             ganti_kode;sub_kegiatan;2.07.03.2.01.01;Proses Pelatihan;2.07.03.2.01.0001;Proses Pelatihan\n\
             ganti_nama;program;2.07.04;PROGRAM LAMA;2.07.04;PROGRAM BARU\n"
        )
    );
    assert!(talk.contains("1 tetap, 1 ganti nama, 1 ganti kode, 0 hilang, 0 baru. Periksa sebelum dipakai"), "{talk}");
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_loaded() {
    let dir = files();
    let run = |arguments: &[&str]| tolok(dir.path(), arguments);
    let (code, data, talk) = run(&["nomenklatur", "impor", "rusak.csv", "2021", "--tahun", "2023"]);
    assert_eq!((code, data.as_str()), (1, ""));
    assert!(talk.contains("rusak.csv baris 2 kolom kode: \"2.7\" bukan kode"), "{talk}");
    assert!(talk.contains("rusak.csv baris 3 kolom uraian: nama untuk kode 2.07 kosong; isi namanya"), "{talk}");
    assert!(talk.ends_with("2 kesalahan ditemukan. Tidak ada yang dimuat.\n"), "{talk}");
    assert_eq!(run(&["nomenklatur", "cari", "pelatihan"]).0, 3);

    let (code, _, talk) = run(&["nomenklatur", "impor", "tidak-ada.csv", "--tahun", "2023"]);
    assert_eq!(code, 3);
    assert!(talk.contains("tidak-ada.csv"), "{talk}");
    let (code, _, talk) = run(&["nomenklatur", "impor", "2023.csv", "--tahun", "23"]);
    assert_eq!(code, 1);
    assert!(talk.contains("tahun 23 bukan tahun daftar"), "{talk}");

    assert_eq!(run(&["nomenklatur", "impor", "2023.csv", "--tahun", "2023"]).0, 0);
    let (code, _, talk) = run(&["nomenklatur", "cari", "pelatihan", "--tahun", "2019"]);
    assert_eq!(code, 3);
    assert!(talk.contains("nomenklatur 2019 (yang ada: 2023) tidak ditemukan"), "{talk}");
    assert_eq!(run(&["nomenklatur", "cari", "kereta"]).0, 3);
    assert_eq!(run(&["nomenklatur", "cari", "pelatihan", "--tingkat", "dinas"]).0, 1);
    assert_eq!(run(&["nomenklatur", "padankan", "--dari", "2019", "--ke", "2023"]).0, 3);
    assert_eq!(run(&["nomenklatur", "cari"]).0, 2, "a command without what it needs");
}
