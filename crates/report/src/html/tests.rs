use super::{render, render_fragment};
use crate::naskah::{
    Bagian, Baris, Blok, Gambar, GayaBaris, JenisDaftar, Judul, Kertas, Kolom, Naskah, Penanda, Rata, Ruas, Sampul,
    Sel, Tabel,
};

fn document(isi: Vec<Blok>) -> Naskah {
    Naskah { judul: "LKjIP <2021>".into(), bagian: vec![Bagian { isi, ..Bagian::default() }], ..Naskah::default() }
}

fn paragraph(teks: &str) -> Blok {
    Blok::Paragraf { isi: vec![Ruas::text(teks)], rata: Rata::Kiri, menjorok: false }
}

fn heading(tingkat: u8, nomor: &str, teks: &str) -> Blok {
    Blok::Judul(Judul { tingkat, nomor: nomor.into(), teks: teks.into(), di_daftar: true })
}

fn table() -> Tabel {
    let kolom = |lebar, rata| Kolom { lebar, rata };
    Tabel {
        nama: "capaian".into(),
        nomor: "3.1".into(),
        judul: "Capaian".into(),
        kolom: vec![kolom(1, Rata::Tengah), kolom(6, Rata::Kiri), kolom(3, Rata::Kanan)],
        kepala: vec![vec![Sel::text("No"), Sel::text("Indikator").span(2, 1)]],
        isi: vec![
            Baris { gaya: GayaBaris::Biasa, sel: vec![Sel::text("1").span(1, 2), Sel::text("a"), Sel::text("90,95")] },
            Baris { gaya: GayaBaris::Tebal, sel: vec![Sel::text("b"), Sel::text("100")] },
        ],
        catatan: vec!["Sumber: <BPS>".into()],
    }
}

#[test]
fn a_page_is_complete_and_has_no_scripts() {
    let sampul = Sampul { judul: vec!["LAPORAN".into(), "2021".into()], ..Sampul::default() };
    let page = render(&Naskah { sampul, kertas: Kertas::A4, ..document(vec![paragraph("Isi")]) });
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"id\">") && page.ends_with("</html>\n"));
    assert!(page.contains("<title>LKjIP &lt;2021&gt;</title>") && page.contains("LAPORAN<br>2021"));
    assert!(page.contains("<article class=\"naskah a4\">") && !page.contains("<script"));
}

#[test]
fn text_is_escaped_and_keeps_its_style_and_source() {
    let run = |teks: &str| Ruas::text(teks);
    let isi = vec![
        run("5 < 6 & \"x\"\nbaris"),
        Ruas { angka: Some("iku.2 \"capaian\"".into()), ..Ruas::bold("88,20") },
        Ruas { miring: true, ..run("miring") },
    ];
    let html = render_fragment(&document(vec![Blok::Paragraf { isi, rata: Rata::Penuh, menjorok: true }]));
    assert!(html.contains(
        "<p class=\"penuh menjorok\">5 &lt; 6 &amp; &quot;x&quot;<br>baris\
         <span data-angka=\"iku.2 &quot;capaian&quot;\"><strong>88,20</strong></span><em>miring</em></p>"
    ));
}

#[test]
fn contents_lead_to_headings_tables_and_figures() {
    let figure = Gambar {
        nomor: "3.1".into(),
        judul: "Grafik".into(),
        alt: "Satu & dua".into(),
        svg: "<svg></svg>".into(),
        ukuran: (1, 1),
    };
    let html = render_fragment(&document(vec![
        Blok::DaftarIsi(JenisDaftar::Isi),
        Blok::DaftarIsi(JenisDaftar::Tabel),
        Blok::DaftarIsi(JenisDaftar::Gambar),
        heading(1, "BAB I", "PENDAHULUAN"),
        Blok::Draf(vec![heading(2, "1.1", "Latar"), Blok::Tabel(table())]),
        Blok::Gambar(figure),
    ]));
    for part in [
        "<li class=\"t1\"><a href=\"#_Toc000001\">BAB I PENDAHULUAN</a></li>",
        "<li class=\"t2\"><a href=\"#_Toc000002\">1.1 Latar</a></li>",
        "<a href=\"#_Toc000003\">Tabel 3.1 Capaian</a>",
        "<a href=\"#_Toc000004\">Gambar 3.1 Grafik</a>",
        "<h1 id=\"_Toc000001\"><span class=\"nomor\">BAB I</span> PENDAHULUAN</h1>",
        "<div class=\"tabel\" id=\"_Toc000003\">",
        "<figure id=\"_Toc000004\">",
        "role=\"img\" aria-label=\"Satu &amp; dua\"><svg></svg></div>",
        "<figcaption>Gambar 3.1 Grafik</figcaption>",
        "<p class=\"draf-label\">Draf — disusun Tolok dari data, belum ditulis instansi</p>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
}

#[test]
fn tables_say_what_heads_what() {
    let html = render_fragment(&document(vec![Blok::Tabel(table())]));
    for part in [
        "<div class=\"gulir\" role=\"region\" tabindex=\"0\" aria-label=\"Tabel 3.1 Capaian\">",
        "<caption>Tabel 3.1 Capaian</caption>",
        "<colgroup><col class=\"l2\"><col class=\"l12\"><col class=\"l6\"></colgroup>",
        "<th scope=\"col\">No</th><th scope=\"colgroup\" colspan=\"2\">Indikator</th>",
        "<td class=\"tengah\" rowspan=\"2\">1</td><td>a</td><td class=\"kanan\">90,95</td>",
        "<tr class=\"tebal\"><td>b</td><td class=\"kanan\">100</td></tr>",
        "<p class=\"catatan\">Sumber: &lt;BPS&gt;</p>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
}

#[test]
fn lists_have_their_marks() {
    let item = |teks| vec![paragraph(teks)];
    let list = |penanda, mulai| Blok::Daftar { penanda, mulai, butir: vec![item("x")] };
    let html = render_fragment(&document(vec![
        list(Penanda::Angka, 3),
        list(Penanda::Huruf, 1),
        Blok::Daftar { penanda: Penanda::Butir, mulai: 1, butir: vec![vec![paragraph("y"), list(Penanda::Angka, 1)]] },
    ]));
    assert!(html.contains("<ol start=\"3\">\n<li>x</li>") && html.contains("<ol type=\"a\">\n<li>x</li>"));
    assert!(html.contains("<ul>\n<li>\n<p>y</p>\n<ol>\n<li>x</li>\n</ol>\n</li>\n</ul>"));
}
