use tolok_report::naskah::{Bagian, Blok, Gambar, Judul, Kertas, Kolom, Naskah, Penomoran, Rata, Ruas, Sampul, Tabel};
use tolok_report::naskah::{Baris, JenisDaftar, Penanda, PenandaTangan, Sel, TandaTangan};
use tolok_report::outline::outline;

use crate::{GalatPdf, Pdf, render};

fn heading(tingkat: u8, nomor: &str, teks: &str) -> Blok {
    Blok::Judul(Judul { tingkat, nomor: nomor.into(), teks: teks.into(), di_daftar: true })
}

fn paragraph(teks: &str) -> Blok {
    Blok::Paragraf { isi: vec![Ruas::text(teks)], rata: Rata::Penuh, menjorok: true }
}

fn table(nomor: &str, rows: usize) -> Tabel {
    Tabel {
        nama: "t".into(),
        nomor: nomor.into(),
        judul: "Capaian".into(),
        kolom: vec![Kolom { lebar: 3, rata: Rata::Kiri }, Kolom { lebar: 1, rata: Rata::Kanan }],
        kepala: vec![vec![Sel::text("Indikator"), Sel::text("Capaian (%)")]],
        isi: (0..rows)
            .map(|row| Baris {
                sel: vec![Sel::text(format!("Indikator {row}")), Sel::text("98,13")],
                ..Baris::default()
            })
            .collect(),
        catatan: vec!["Sumber: e-SAKIP".into()],
    }
}

fn chart() -> Gambar {
    Gambar {
        nomor: "1.1".into(),
        judul: "Capaian per tahun".into(),
        alt: "Batang naik dari 80 ke 98".into(),
        svg: r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><rect x="10" y="20" width="50" height="150"
            fill="#14508c"/><text x="10" y="190" font-family="Noto Sans" font-size="12">2021 −2,5 ≥</text></svg>"##
            .into(),
        ukuran: (400, 200),
    }
}

fn document(front: Vec<Blok>, body: Vec<Blok>) -> Naskah {
    Naskah {
        judul: "Laporan Kinerja 2021".into(),
        penerbit: "Dinas Contoh".into(),
        tanggal: "2022-01-14".into(),
        sampul: Sampul {
            judul: vec!["LAPORAN KINERJA".into()],
            instansi: vec!["DINAS CONTOH".into()],
            alamat: vec!["Jalan Contoh 1".into()],
        },
        bagian: vec![
            Bagian { penomoran: Penomoran::Romawi, mulai_ulang: true, isi: front, ..Bagian::default() },
            Bagian { mulai_ulang: true, isi: body, ..Bagian::default() },
        ],
        ..Naskah::default()
    }
}

fn page_of(naskah: &Naskah, pdf: &Pdf, teks: &str) -> String {
    let key = outline(naskah).into_iter().find(|entry| entry.teks == teks).expect("listed").kunci;
    pdf.halaman[&key].clone()
}

#[test]
fn pages_are_numbered_as_printed() {
    let naskah = document(
        vec![
            heading(1, "", "KATA PENGANTAR"),
            paragraph("Puji syukur."),
            heading(1, "", "DAFTAR ISI"),
            Blok::DaftarIsi(JenisDaftar::Isi),
            Blok::DaftarIsi(JenisDaftar::Tabel),
            Blok::DaftarIsi(JenisDaftar::Gambar),
        ],
        vec![
            heading(1, "BAB I", "PENDAHULUAN"),
            Blok::Judul(Judul { tingkat: 4, nomor: String::new(), teks: "Tak terdaftar".into(), di_daftar: false }),
            heading(2, "1.1", "Latar Belakang"),
            paragraph("Isi."),
            Blok::Gambar(chart()),
            heading(1, "BAB II", "PERENCANAAN"),
            Blok::Daftar {
                penanda: Penanda::Huruf,
                mulai: 3,
                butir: vec![vec![paragraph("Butir"), Blok::Tabel(table("2.1", 2))]],
            },
            Blok::Draf(vec![heading(2, "2.1", "Dalam draf"), Blok::HalamanBaru, Blok::Tabel(table("2.2", 150))]),
            heading(2, "2.2", "Sesudah tabel"),
        ],
    );
    let pdf = render(&naskah).expect("renders");
    assert!(pdf.bytes.starts_with(b"%PDF"));
    assert_eq!(pdf.halaman.len(), outline(&naskah).len());
    let page = |teks| page_of(&naskah, &pdf, teks);
    assert_eq!(page("KATA PENGANTAR"), "i");
    assert_eq!(page("DAFTAR ISI"), "ii");
    assert_eq!(page("PENDAHULUAN"), "1");
    assert_eq!(page("Capaian per tahun"), "1");
    assert_eq!(page("PERENCANAAN"), "2");
    assert_eq!(page("Dalam draf"), "2");
    let last: usize = page("Sesudah tabel").parse().expect("arabic");
    assert!(last > 3, "a long table breaks across pages, even in a frame");
    assert_eq!(pdf.jumlah_halaman, 1 + 2 + last);
}

#[test]
fn same_document_same_bytes() {
    let naskah = document(vec![], vec![heading(1, "BAB I", "A"), Blok::Gambar(chart()), Blok::Tabel(table("1.1", 60))]);
    let first = render(&naskah).expect("renders");
    assert!(first == render(&naskah).expect("renders"));
}

#[test]
fn characters_without_glyph_do_not_stop_a_document() {
    let odd =
        "tab\tnul\0 emoji 😀 \u{f0b7} poin ﷽ \u{e000} lembut\u{ad}lah \u{202e}x\u{feff} e\u{301} ≥ − ✓\nbaris baru";
    let naskah = Naskah {
        judul: odd.into(),
        penerbit: odd.into(),
        ..document(
            vec![],
            vec![
                heading(0, odd, odd),
                paragraph(odd),
                paragraph(""),
                Blok::Gambar(Gambar {
                    svg: chart().svg.replace("2021", "😀 ﷽"),
                    alt: odd.into(),
                    judul: odd.into(),
                    ..chart()
                }),
                Blok::Tabel(Tabel { judul: odd.into(), catatan: vec![odd.into()], ..table("1.1", 1) }),
            ],
        )
    };
    render(&naskah).expect("renders");
}

#[test]
fn incomplete_tables_do_not_stop_a_document() {
    let mut broken = table("", 3);
    broken.kepala = vec![vec![Sel::text("A").span(5, 9)], vec![]];
    broken.isi[0].sel = vec![Sel::text("A").span(1, 7)];
    broken.isi[1].sel = vec![Sel::text("B").span(9, 1), Sel::text("hilang")];
    broken.isi[2].sel = vec![];
    let empty = Tabel { nomor: "1.2".into(), ..Tabel::default() };
    let naskah = document(vec![], vec![Blok::Tabel(broken), Blok::Tabel(empty)]);
    render(&naskah).expect("renders");
}

#[test]
fn cells_taller_than_a_page_break() {
    let mut tall = table("1.1", 4);
    tall.isi[1].sel[0] = Sel::text("Penyelenggaraan pemerintahan daerah. ".repeat(400)).span(1, 2);
    tall.isi[2].sel.remove(0);
    let framed = Blok::Draf(vec![Blok::Daftar {
        penanda: Penanda::Butir,
        mulai: 1,
        butir: vec![vec![Blok::Tabel(tall.clone())]],
    }]);
    let pdf = render(&document(vec![Blok::Tabel(tall)], vec![framed])).expect("renders");
    assert!(pdf.jumlah_halaman >= 5, "{}", pdf.jumlah_halaman);
}

#[test]
fn empty_document_is_its_cover() {
    let naskah = Naskah { tanggal: "2022-02-28T00:00".into(), ..Naskah::default() };
    assert_eq!(render(&naskah).expect("renders").jumlah_halaman, 1);
}

#[test]
fn a_document_without_words_on_its_cover_has_no_cover() {
    let sections = document(vec![], vec![paragraph("Isi."), Blok::Gambar(chart())]).bagian;
    let naskah = Naskah { sampul: Sampul::default(), kertas: Kertas::A3, bagian: sections, ..document(vec![], vec![]) };
    assert_eq!(render(&naskah).expect("renders").jumlah_halaman, 1);
}

#[test]
fn a_form_has_neither_cover_nor_footer() {
    let signer =
        |nama: &str| PenandaTangan { jabatan: vec!["Kepala".into()], nama: nama.into(), ..PenandaTangan::default() };
    let page = |kiri| {
        let signature = TandaTangan { tempat_tanggal: "Serang, 29 Januari 2021".into(), kiri, kanan: signer("") };
        let fields = Blok::Isian(vec![("Nama".into(), "\u{e000} 😀".into()), ("Jabatan".into(), String::new())]);
        let isi = vec![heading(1, "", "PERJANJIAN"), fields, paragraph("Isi."), Blok::TandaTangan(signature)];
        Bagian { penomoran: Penomoran::Tanpa, ruang_atas: 250, isi, ..Bagian::default() }
    };
    let bagian = vec![page(None), page(Some(signer("Nama")))];
    let naskah = Naskah { judul: "Perjanjian".into(), tanggal: "2021-01-29".into(), bagian, ..Naskah::default() };
    assert_eq!(render(&naskah).expect("renders").jumlah_halaman, 2);
}

#[test]
fn errors_say_what_is_wrong() {
    for tanggal in ["", "2022", "2022-02-29", "2022-13-01", "Januari 2022"] {
        let naskah = Naskah { tanggal: tanggal.into(), ..Naskah::default() };
        assert!(matches!(render(&naskah), Err(GalatPdf::Tanggal(_))), "{tanggal}");
    }
    let broken = Gambar { svg: "<svg".into(), ..chart() };
    let error = render(&document(vec![], vec![Blok::Gambar(broken)])).expect_err("broken picture");
    assert!(error.to_string().starts_with("naskah tidak dapat ditata menjadi halaman: "), "{error}");
}
