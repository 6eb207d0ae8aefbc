//! The pohon kinerja of the demo office, as drawings and as a document.

use std::path::Path;

use tolok_domain::pohon::{ArahSilang, KeadaanSilang, Silang, propose};
use tolok_domain::{InstansiId, Periode, Potret, ukur};
use tolok_ingest::package::read;
use tolok_report::chart::A3;
use tolok_report::naskah::{Blok, Gambar, GayaBaris, Kertas, Sel, Tabel};
use tolok_report::{Naskah, html, pohon};

fn demo() -> Potret {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo/serang-2021");
    read(&dir, InstansiId::new()).expect("folder").paket.expect("package").potret
}

fn name(kode: &str) -> Option<String> {
    (kode == "dinas-pendidikan").then(|| "Dinas Pendidikan".to_owned())
}

fn document(potret: &Potret) -> Naskah {
    pohon::build(&ukur(potret, Periode::Tahun(2021)), &name)
}

fn pictures(naskah: &Naskah) -> Vec<&Gambar> {
    let blocks = naskah.bagian.iter().flat_map(|section| &section.isi);
    blocks.filter_map(|block| if let Blok::Gambar(picture) = block { Some(picture) } else { None }).collect()
}

fn table<'a>(naskah: &'a Naskah, nama: &str) -> Option<&'a Tabel> {
    naskah.tables().into_iter().find(|t| t.nama == nama)
}

fn link(kode: &str, kondisi: Option<&str>, instansi: &str, keadaan: KeadaanSilang) -> Silang {
    Silang {
        kode: kode.to_owned(),
        arah: if kondisi.is_some() { ArahSilang::Keluar } else { ArahSilang::Masuk },
        kondisi: kondisi.map(str::to_owned),
        instansi: instansi.to_owned(),
        kondisi_lain: "Lulusan siap kerja".to_owned(),
        uraian: "Data lulusan".to_owned(),
        keadaan,
        alasan: if keadaan == KeadaanSilang::Ditolak { "bukan tugasnya".to_owned() } else { String::new() },
        penawaran: false,
    }
}

#[test]
fn every_sasaran_fits_a_sheet_of_a3_in_letters_of_six_points() {
    let naskah = document(&demo());
    assert_eq!((naskah.kertas, naskah.bagian[0].lebar), (Kertas::A3, true));
    let pictures = pictures(&naskah);
    let captions: Vec<String> = pictures.iter().map(|p| format!("{} {}", p.nomor, p.judul)).collect();
    let expected = [
        "1 Ringkasan pohon kinerja",
        "2 Pohon kinerja, cabang S1",
        "3 Pohon kinerja, cabang S2",
        "4 Pohon kinerja, cabang S3",
    ];
    assert_eq!(captions, expected);
    for picture in pictures {
        assert!(picture.ukuran.0 <= A3.0 && picture.ukuran.1 <= A3.1, "{:?}", picture.ukuran);
        // A unit is three quarters of a point.
        for size in picture.svg.split("font-size=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(size.parse::<f32>().expect("number") >= 8.0, "{size}");
        }
        assert!(!picture.svg.contains("style="), "the policy of pages forbids it");
    }
}

#[test]
fn boxes_show_targets_achievements_owners_and_what_is_missing() {
    let naskah = document(&demo());
    let all: String = pictures(&naskah).iter().map(|p| p.svg.as_str()).collect();
    for part in [
        "target 30 %",
        ">0,00 %<",
        ">106,53 %<",
        ">belum ada<",
        "tanpa target",
        "belum ada indikator",
        "Bidang Transmigrasi",
    ] {
        assert!(all.contains(part), "{part}");
    }
    assert!(all.contains("S1 Meningkatnya Kualitas Angkatan Kerja (Outcome akhir): 100,00 % (2 dari 3 indikator)"));
    let summary = &pictures(&naskah)[0].alt;
    assert!(summary.starts_with("Bagan pohon kinerja: 4 outcome akhir dan 6 faktor kunci."), "{summary}");
}

#[test]
fn the_table_tells_the_same_as_the_drawings() {
    let potret = demo();
    let naskah = document(&potret);
    let table = table(&naskah, "pohon").expect("table");
    // A row of a condition's second indicator leaves out what the first one spans.
    let conditions = || table.isi.iter().filter(|row| row.sel.len() > 5);
    assert_eq!(conditions().count(), potret.pohon.len());
    let row = conditions().find(|row| row.sel[0].plain() == "2.07.04.2.01").expect("row");
    let cells: Vec<String> = row.sel.iter().map(Sel::plain).collect();
    let expected = [
        "2.07.04.2.01",
        "Kondisi antara",
        "Meningkatnya pelayanan antar kerja bagi calon tenaga kerja",
        "2.07.04",
        "persentase peningkatan pelayanan calon tenaga kerja",
        "%",
        "5,25",
        "3,14",
        "59,81",
        "Seksi Pengembangan dan Perluasan Kerja",
    ];
    assert_eq!(cells, expected);
    assert_eq!(conditions().filter(|row| row.gaya == GayaBaris::Kelompok).count(), 4);
    assert!(html::render(&naskah).contains("<article class=\"naskah a3\">"));
}

#[test]
fn links_to_other_offices_are_drawn_unless_refused() {
    let mut potret = demo();
    potret.silang = vec![
        link("x1", Some("2.07.03"), "dinas-pendidikan", KeadaanSilang::Diterima),
        link("x2", Some("2.07.03.2.01"), "dinas-lain", KeadaanSilang::Diusulkan),
        link("x3", Some("2.07.04"), "dinas-jauh", KeadaanSilang::Ditolak),
        link("x4", None, "dinas-sosial", KeadaanSilang::Diusulkan),
        Silang { kondisi_lain: String::new(), ..link("x5", Some("2.07.03"), "dinas-lain", KeadaanSilang::Diusulkan) },
    ];
    let naskah = document(&potret);
    let all: String = pictures(&naskah).iter().map(|p| p.svg.as_str()).collect();
    assert!(
        all.contains("Seksi Penyelenggaraan Pelatihan, didukung dinas-lain (diusulkan);"),
        "said in the description"
    );
    assert!(
        all.contains(">didukung Dinas</text>") && all.contains(">Pendidikan</text>") && !all.contains("dinas-jauh")
    );
    let rows: Vec<String> = table(&naskah, "silang")
        .expect("table")
        .isi
        .iter()
        .map(|row| row.sel.iter().map(Sel::plain).collect::<Vec<_>>().join("|"))
        .collect();
    assert_eq!(rows.len(), 5);
    assert!(rows[4].ends_with("|didukung|dinas-lain|belum dipilih|Data lulusan|Diusulkan"), "{}", rows[4]);
    assert!(rows[2].ends_with("dinas-jauh|Lulusan siap kerja|Data lulusan|Ditolak: bukan tugasnya"), "{}", rows[2]);
    assert!(rows[3].starts_with("belum dipilih|mendukung|dinas-sosial|"), "{}", rows[3]);
    assert_eq!(table(&document(&demo()), "silang"), None);
}

#[test]
fn what_the_plan_proposes_is_drawn_as_well() {
    let mut potret = demo();
    let proposed = propose(&potret);
    assert_eq!(proposed.len(), potret.pohon.len());
    // The demo's tree is what the plan proposes, with a wording of its own.
    for (a, b) in proposed.iter().zip(&potret.pohon) {
        assert_eq!((&a.kode, &a.induk, a.tingkat), (&b.kode, &b.induk, b.tingkat));
        assert_eq!((&a.indikator, &a.simpul, &a.unit), (&b.indikator, &b.simpul, &b.unit));
    }
    potret.pohon = proposed;
    for picture in pictures(&document(&potret)) {
        assert!(picture.ukuran.0 <= A3.0 && picture.ukuran.1 <= A3.1, "{:?}", picture.ukuran);
    }
    potret.pohon.clear();
    let empty = document(&potret);
    assert!(pictures(&empty).is_empty() && html::render(&empty).contains("Pohon kinerja belum ada."));
}
