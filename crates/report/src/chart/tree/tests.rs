use std::collections::HashSet;

use proptest::prelude::*;

use super::super::svg::{Jangkar, Kotak};
use super::super::text::width;
use super::layout::{Cara, Susunan, layout};
use super::paging::{Halaman, LEGEND, pages};
use super::view::{Cabang, Tampilan};
use super::*;

fn node(induk: Option<usize>, judul: &str) -> Ranting {
    Ranting {
        induk,
        tingkat: "Kondisi antara".to_owned(),
        singkat: "Antara".to_owned(),
        kode: "2.07.03.2.01.0001".to_owned(),
        judul: judul.to_owned(),
        pemilik: "Seksi Pelatihan".to_owned(),
        capaian: "98,13 %".to_owned(),
        tanda: Tanda::Pita(0),
        ..Ranting::default()
    }
}

fn indicator(nama: &str) -> Petunjuk {
    Petunjuk {
        nama: nama.to_owned(),
        target: "target 45 org".to_owned(),
        capaian: "100,00 %".to_owned(),
        tanda: Tanda::BelumAda,
    }
}

/// Words of a plan.
const WORDS: [&str; 8] =
    ["Meningkatnya", "kualitas", "tenaga", "kerja", "yang", "di", "Penyelenggaraan", "perundang-undangan"];

fn wording(words: &[usize]) -> String {
    words.iter().map(|i| WORDS[i % WORDS.len()]).collect::<Vec<_>>().join(" ")
}

/// Trees of any shape: each box hangs below an earlier one, or begins a tree of its own.
fn trees() -> impl Strategy<Value = Vec<Ranting>> {
    let words = || prop::collection::vec(0_usize..8, 1..8).prop_map(|words| wording(&words));
    let one = (0_usize..1000, words(), prop::collection::vec(words(), 0..4), 0_usize..12, any::<bool>());
    // Some trees are deep, some are wide.
    (prop::collection::vec(one, 1..=150), 1_usize..150).prop_map(|(all, reach)| {
        let make = |(i, (pick, judul, names, link, owned)): (usize, (usize, String, Vec<String>, usize, bool))| {
            let induk = (i > 0 && pick % 40 > 0).then(|| i - 1 - pick % reach.min(i));
            let pemilik = if owned { "Seksi Pelatihan".to_owned() } else { String::new() };
            let label = "didukung Dinas Pendidikan (diusulkan)".to_owned();
            let silang = if link == 0 { vec![Tautan { label, masuk: owned, diterima: false }] } else { Vec::new() };
            let indikator = names.iter().map(|nama| indicator(nama)).collect();
            Ranting { indikator, pemilik, silang, ..node(induk, &judul) }
        };
        all.into_iter().enumerate().map(make).collect()
    })
}

fn overlap(a: &Kotak, b: &Kotak) -> bool {
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

/// Whether a line from point to point, across or down, runs through a box and not only along its edge.
fn crosses(from: (i64, i64), to: (i64, i64), k: &Kotak) -> bool {
    let (x, w) = (from.0.min(to.0), (from.0 - to.0).abs());
    let (y, h) = (from.1.min(to.1), (from.1 - to.1).abs());
    x < k.x + k.w && k.x < x + w.max(1) && y < k.y + k.h && k.y < y + h.max(1) && !touches(x, w, y, h, k)
}

fn touches(x: i64, w: i64, y: i64, h: i64, k: &Kotak) -> bool {
    (w == 0 && (x <= k.x || x >= k.x + k.w)) || (h == 0 && (y <= k.y || y >= k.y + k.h))
}

/// What must hold on every sheet.
fn check_sheet(ranting: &[Ranting], page: &Halaman) {
    let (u, s) = (page.ukuran, &page.susunan);
    assert!(u.huruf >= 80, "six points are eight units");
    assert!(s.lebar <= i64::from(A3.0) * 10 && s.tinggi + LEGEND <= i64::from(A3.1) * 10, "{}x{}", s.lebar, s.tinggi);
    let links: Vec<Kotak> = s.links(u).map(|(_, _, k)| k).collect();
    let all: Vec<&Kotak> = s.kotak.iter().chain(&links).collect();
    for (i, a) in all.iter().enumerate() {
        assert!(a.x >= 0 && a.y >= 0 && a.x + a.w <= s.lebar && a.y + a.h <= s.tinggi, "outside");
        assert!(all[..i].iter().all(|b| !overlap(a, b)), "boxes over each other");
        for line in s.garis.iter().flat_map(|line| line.windows(2)) {
            assert!(!crosses(line[0], line[1], a), "a line through a box");
        }
    }
    for (t, titik) in page.tampilan.titik.iter().enumerate() {
        let k = &s.kotak[t];
        let boxes: Vec<&Kotak> = titik.anak.iter().map(|child| &s.kotak[*child]).collect();
        assert!(boxes.iter().all(|b| b.y >= k.y + k.h), "below the box above");
        // To the right, or further down in the same stack.
        assert!(boxes.windows(2).all(|w| w[1].x > w[0].x || (w[1].x == w[0].x && w[1].y > w[0].y)), "in order");
        let reach = (boxes.iter().map(|b| b.x - u.indent()).min(), boxes.iter().map(|b| b.x + b.w).max());
        if let (Some(left), Some(right)) = reach {
            assert!((left..=right).contains(&(k.x + k.w / 2)), "over what hangs below");
        }
        let isi = &s.isi[t];
        assert!(isi.tinggi <= k.h, "text in its box");
        for line in &isi.baris {
            let long = width(&line.teks, line.gaya.ukuran, line.gaya.tebal);
            let right = if matches!(line.jangkar, Jangkar::Akhir) { line.x } else { line.x + long };
            assert!(right - long >= u.stripe() && right <= k.w && line.y < k.h, "{}", line.teks);
            assert!(line.gaya.ukuran >= 80);
        }
        let lone = ranting[titik.ranting].judul.split_whitespace().next().unwrap_or_default();
        assert!(isi.baris.iter().any(|line| line.teks.starts_with(lone.split('-').next().unwrap_or_default())));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_fits_sheets_of_a3_in_order_and_without_overlap(ranting in trees()) {
        let pages = pages(&ranting);
        pages.iter().for_each(|page| check_sheet(&ranting, page));
        let shown: HashSet<usize> = pages.iter().flat_map(|p| p.tampilan.titik.iter().map(|t| t.ranting)).collect();
        prop_assert_eq!(shown.len(), ranting.len(), "every box is on a sheet");
        // Boxes whose branch goes on elsewhere have exactly one sheet that begins with them.
        let named = |r: usize| pages.iter().filter(|p| p.puncak == Some(r)).count();
        for page in &pages {
            prop_assert!(page.tampilan.titik.iter().filter(|t| t.lanjut).all(|t| named(t.ranting) == 1));
        }
    }

    #[test]
    fn in_rows_a_box_stands_over_the_middle_of_its_branches(ranting in trees()) {
        let cabang = Cabang::new(&ranting);
        let tampilan = Tampilan::new(&cabang, &cabang.puncak, usize::MAX, None);
        let u = content::Ukuran { huruf: 80, lebar: 1200, jarak: 200 };
        let s = layout(&ranting, &tampilan, u, content::Rincian::Ringkas, Cara::Baris, 8000);
        for (t, titik) in tampilan.titik.iter().enumerate() {
            let middle = |t: usize| s.kotak[t].x + s.kotak[t].w / 2;
            if let (Some(first), Some(last)) = (titik.anak.first(), titik.anak.last()) {
                prop_assert!((middle(t) * 2 - middle(*first) - middle(*last)).abs() <= 1);
            }
        }
    }
}

fn row(ranting: &[Ranting], cara: Cara) -> Susunan {
    let cabang = Cabang::new(ranting);
    let tampilan = Tampilan::new(&cabang, &cabang.puncak, usize::MAX, None);
    let u = content::Ukuran { huruf: 100, lebar: 1500, jarak: 300 };
    layout(ranting, &tampilan, u, content::Rincian::Penuh, cara, 3000)
}

#[test]
fn a_small_branch_stands_halfway_between_large_ones() {
    // o with a (three below), b alone, c (three below).
    let mut ranting = vec![node(None, "o"), node(Some(0), "a"), node(Some(0), "b"), node(Some(0), "c")];
    ranting.extend((0..3).map(|_| node(Some(1), "x")));
    ranting.extend((0..3).map(|_| node(Some(3), "y")));
    let cabang = Cabang::new(&ranting);
    let tampilan = Tampilan::new(&cabang, &cabang.puncak, usize::MAX, None);
    let s = row(&ranting, Cara::Baris);
    let at = |ranting: usize| {
        let t = tampilan.titik.iter().position(|t| t.ranting == ranting).unwrap();
        s.kotak[t].x
    };
    assert_eq!(at(2) - at(1), at(3) - at(2));
    assert_eq!(at(0), at(2));
}

#[test]
fn stacks_take_as_many_columns_as_their_height_needs() {
    let mut ranting = vec![node(None, "o")];
    ranting.extend((0..12).map(|_| node(Some(0), "Tersedianya peralatan kantor")));
    let s = row(&ranting, Cara::Tumpuk(1));
    let columns: HashSet<i64> = s.kotak[1..].iter().map(|k| k.x).collect();
    assert!(columns.len() > 1 && s.tinggi <= 3000, "{} columns, {} high", columns.len(), s.tinggi);
    // Those who answer for the box above answer for these, too.
    assert!(s.hemat && s.isi[1..].iter().all(|isi| isi.baris.iter().all(|line| !line.teks.contains("Seksi"))));
}

#[test]
fn a_tree_too_large_for_a_sheet_has_an_overview_that_names_the_others() {
    let mut ranting = vec![node(None, "A"), node(None, "B"), node(None, "C")];
    for top in 0..2 {
        for _ in 0..40 {
            let child = node(Some(top), "Meningkatnya kualitas dan produktivitas tenaga kerja");
            ranting.push(Ranting { indikator: vec![indicator("Jumlah peserta pelatihan"); 3], ..child });
        }
    }
    let sheets = tree("Pohon", &ranting, &[(0, "Sangat Tinggi")]);
    let tops: Vec<Option<usize>> = sheets.iter().map(|s| s.puncak).collect();
    assert_eq!(tops, [None, Some(0), Some(1)]);
    let overview = &sheets[0].grafik.svg;
    assert!(overview.contains("Rincian di gambar 2") && overview.contains("Rincian di gambar 3"));
    assert!(!overview.contains("gambar 00") && !sheets[1].grafik.svg.contains("Rincian"));
    assert_eq!(sheets, tree("Pohon", &ranting, &[(0, "Sangat Tinggi")]), "the same every time");
}

#[test]
fn a_drawing_is_told_in_words_and_has_nothing_that_a_page_forbids() {
    let link = Tautan { label: "didukung Dinas Sosial".to_owned(), masuk: false, diterima: true };
    let child = Ranting { kode: "A1".to_owned(), silang: vec![link], ..node(Some(0), "Pelatihan <mutu>") };
    let ranting = [Ranting { kode: "A".to_owned(), ..node(None, "Outcome") }, child];
    let sheets = tree("Pohon & Kinerja", &ranting, &[(0, "Sangat Tinggi")]);
    assert_eq!(sheets.len(), 1);
    let grafik = &sheets[0].grafik;
    assert_eq!(grafik.alt, "Bagan pohon kinerja: 2 kondisi antara. Isinya sama dengan tabel rinciannya.");
    for part in [
        "<title>Pohon &amp; Kinerja</title>",
        "A1 Pelatihan &lt;mutu&gt; (Kondisi antara, mendukung A): 98,13 %, Seksi Pelatihan, didukung Dinas Sosial</desc>",
        "stroke-dasharray",
        "hubungan dengan instansi lain",
        "Sangat Tinggi",
        "#1a7f4b",
    ] {
        assert!(grafik.svg.contains(part), "{part} in {}", grafik.svg);
    }
    assert!(!grafik.svg.contains("style=") && !grafik.svg.contains(" id=") && !grafik.svg.contains("<script"));
}

#[test]
fn hundreds_below_one_box_are_still_inside_their_drawing() {
    let mut ranting = vec![node(None, "o")];
    ranting.extend((0..600).map(|_| node(Some(0), "Meningkatnya kualitas Penyelenggaraan tenaga kerja")));
    let sheets = tree("Pohon", &ranting, &[]);
    assert_eq!(sheets.len(), 1);
    let (w, h) = sheets[0].grafik.ukuran;
    let page = &pages(&ranting)[0];
    assert!(page.susunan.kotak.iter().all(|k| k.x + k.w <= i64::from(w) * 10 && k.y + k.h <= i64::from(h) * 10));
    // About the shape of the sheet, so that shrinking it costs little.
    assert!((1..=3).contains(&(w / h)), "{w}x{h}");
}

#[test]
fn no_boxes_still_give_a_picture() {
    let sheets = tree("Pohon", &[], &[]);
    assert!(sheets.len() == 1 && sheets[0].grafik.svg.contains("Belum ada data"));
}
