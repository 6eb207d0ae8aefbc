use tolok_domain::sheet::{Baris, Isian, Lembar, assemble};
use tolok_domain::{InstansiId, Potret};

use super::build;
use crate::docx;
use crate::html;
use crate::naskah::{Blok, Naskah, Penomoran, Tabel, TandaTangan};

const OFFICE: &[(&str, &[&str])] = &[
    (
        "instansi",
        &[
            "dinas;Dinas Tenaga Kerja;;Kota Serang;Walikota Serang;;;Serang;Kepala Dinas Tenaga Kerja Kota Serang;2019;2023;",
        ],
    ),
    ("unit", &["KD;;kepala;Kepala Dinas;Kepala Dinas", "B1;KD;bidang;Bidang Pelatihan;Kepala Bidang Pelatihan"]),
    ("dokumen", &["pk;pk;0;PK", "pk-p;pk;1;Perubahan PK"]),
    (
        "rencana",
        &[
            "S1;;sasaran;Meningkatnya kualitas angkatan kerja",
            "2.07.03;S1;program;PROGRAM PELATIHAN KERJA",
            "2.07.03.2.01;2.07.03;kegiatan;pelaksanaan pelatihan",
            "2.07.03.2.01.01;2.07.03.2.01;sub_kegiatan;Proses pelatihan",
            "2.07.04;S1;program;PROGRAM PENEMPATAN",
        ],
    ),
    (
        "indikator",
        &[
            "iku.2;S1;Angkatan kerja berdaya;%;persen;maksimal;terakhir",
            "iku.3;S1;Kesempatan kerja;%;persen;maksimal;terakhir",
            "p.1;2.07.03;capaian kualitas;%;persen;maksimal;terakhir",
            "k.1;2.07.03.2.01;Peserta;org;bilangan;maksimal;jumlah",
        ],
    ),
    (
        "target",
        &["iku.2;pk;2021;100", "iku.3;pk;2021;90,95", "p.1;pk;2021;60", "k.1;pk;2021;1050", "iku.2;pk-p;2021;99"],
    ),
    (
        "pagu",
        &[
            "2.07.03;pk;2021;832031500",
            "2.07.04;pk;2021;1000;APBD",
            "2.07.03.2.01;pk;2021;700",
            "2.07.03.2.01.01;pk;2021;700",
        ],
    ),
    ("pejabat", &["KD;2021-01-01;;Nama Kepala;000000000000000001;Pembina Utama Muda, IV/c;plt", "B1;2021-01-01;;;;;"]),
    ("perjanjian", &["pk-KD;pk;KD;2021-01-29", "pk-B1;pk;B1;", "pk-p-KD;pk-p;KD;2021-10-15;perubahan_strategi"]),
    (
        "isi_perjanjian",
        &[
            "pk-KD;indikator;iku.2",
            "pk-KD;indikator;iku.3",
            "pk-KD;simpul;2.07.03",
            "pk-KD;simpul;2.07.04",
            "pk-B1;indikator;p.1",
            "pk-B1;indikator;k.1",
            "pk-B1;simpul;2.07.03.2.01",
            "pk-B1;simpul;2.07.03.2.01.01",
            "pk-p-KD;indikator;iku.2",
            "pk-p-KD;indikator;iku.3",
            "pk-p-KD;simpul;2.07.04",
        ],
    ),
];

fn office() -> Potret {
    let mut isian = Isian::new();
    for (nama, lines) in OFFICE {
        let lembar = Lembar::find(nama).expect("sheet");
        let row = |(i, line): (usize, &&str)| {
            let mut sel: Vec<String> = line.split(';').map(str::to_owned).collect();
            sel.resize(lembar.kolom.len(), String::new());
            Baris { nomor: i as u64 + 2, sel }
        };
        isian.insert(lembar.nama, lines.iter().enumerate().map(row).collect());
    }
    let (potret, faults) = assemble(InstansiId::new(), 2021, &isian, Vec::new());
    assert_eq!(faults, []);
    potret.expect("readable")
}

fn naskah(kode: &str) -> Naskah {
    let potret = office();
    build(&potret, &[potret.agreement(kode).expect("agreement")])
}

fn cells(table: &Tabel) -> Vec<Vec<String>> {
    table.isi.iter().map(|row| row.sel.iter().map(|cell| cell.plain().replace('\u{a0}', " ")).collect()).collect()
}

fn heads(table: &Tabel) -> Vec<Vec<String>> {
    table.kepala.iter().map(|row| row.iter().map(crate::naskah::Sel::plain).collect()).collect()
}

fn signature(blocks: &[Blok]) -> &TandaTangan {
    let found = blocks.iter().find_map(|b| if let Blok::TandaTangan(s) = b { Some(s) } else { None });
    found.expect("signatures")
}

/// Everything that is read on a page, in order.
fn words(blocks: &[Blok]) -> Vec<String> {
    blocks
        .iter()
        .flat_map(|block| match block {
            Blok::Judul(heading) => vec![heading.teks.clone()],
            Blok::Paragraf { isi, .. } => vec![isi.iter().map(|r| r.teks.as_str()).collect()],
            Blok::Isian(fields) => fields.iter().map(|(label, value)| format!("{label}: {value}")).collect(),
            _ => Vec::new(),
        })
        .collect()
}

#[test]
fn the_statement_is_worded_as_the_regulation_words_it() {
    let naskah = naskah("pk-KD");
    assert_eq!(naskah.bagian.len(), 2);
    assert!(naskah.bagian.iter().all(|b| b.penomoran == Penomoran::Tanpa && !b.lebar));
    // PermenPANRB 53/2014, anak lampiran I/2-6.
    assert_eq!(
        words(&naskah.bagian[0].isi),
        [
            "PERJANJIAN KINERJA TAHUN 2021",
            "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan dan akuntabel serta berorientasi pada \
             hasil, kami yang bertanda tangan di bawah ini:",
            "Nama: Nama Kepala",
            "Jabatan: Plt. Kepala Dinas Tenaga Kerja Kota Serang",
            "selanjutnya disebut pihak pertama",
            "Nama: .........................................",
            "Jabatan: Walikota Serang",
            "selaku atasan pihak pertama, selanjutnya disebut pihak kedua",
            "Pihak pertama berjanji akan mewujudkan target kinerja yang seharusnya sesuai lampiran perjanjian ini, dalam rangka \
             mencapai target kinerja jangka menengah seperti yang telah ditetapkan dalam dokumen perencanaan. Keberhasilan dan \
             kegagalan pencapaian target kinerja tersebut menjadi tanggung jawab kami.",
            "Pihak kedua akan melakukan supervisi yang diperlukan serta akan melakukan evaluasi terhadap capaian kinerja dari \
             perjanjian ini dan mengambil tindakan yang diperlukan dalam rangka pemberian penghargaan dan sanksi.",
        ]
    );
    let signed = signature(&naskah.bagian[0].isi);
    assert_eq!(signed.tempat_tanggal, "Serang, 29 Januari 2021");
    let left = signed.kiri.as_ref().expect("second party");
    assert_eq!(
        (left.jabatan.as_slice(), signed.kanan.jabatan.as_slice()),
        (["Pihak Kedua,".to_owned()].as_slice(), ["Pihak Pertama,".to_owned()].as_slice())
    );
    assert_eq!(signed.kanan.nama, "Nama Kepala");
    assert_eq!(signed.kanan.keterangan, ["Pembina Utama Muda, IV/c", "NIP. 000000000000000001"]);
    assert!(left.nama.starts_with("...") && left.keterangan.is_empty(), "nobody is named who is not recorded");
}

#[test]
fn the_annex_of_the_office_lists_targets_and_programmes() {
    let naskah = naskah("pk-KD");
    let blocks = &naskah.bagian[1].isi;
    assert_eq!(words(blocks), ["PERJANJIAN KINERJA TAHUN 2021\nDINAS TENAGA KERJA KOTA SERANG"]);
    let tables = naskah.tables();
    // PermenPANRB 53/2014, anak lampiran I/5-6.
    assert_eq!(
        heads(tables[0]),
        [["No.", "Sasaran Strategis", "Indikator Kinerja", "Target"], ["(1)", "(2)", "(3)", "(4)"]]
    );
    let goal = "Meningkatnya kualitas angkatan kerja";
    let targets = cells(tables[0]);
    assert_eq!(targets[0], ["1", goal, "Angkatan kerja berdaya", "100%"]);
    assert_eq!(targets[1], ["Kesempatan kerja", "90,95%"], "the target stands once, beside both");
    assert_eq!(heads(tables[1]), [["Program", "Anggaran", "Keterangan"]]);
    let expected = [
        ["1. PROGRAM PELATIHAN KERJA", "Rp 832.031.500", ""],
        ["2. PROGRAM PENEMPATAN", "Rp 1.000", "APBD"],
        ["Jumlah", "Rp 832.032.500", ""],
    ];
    assert_eq!(cells(tables[1]), expected);
    let signed = signature(blocks);
    assert_eq!(signed.kiri.as_ref().map(|s| s.jabatan.join(" ")).as_deref(), Some("Walikota Serang"));
    assert_eq!(signed.kanan.nama, "(Nama Kepala)");
}

#[test]
fn the_annex_of_a_division_lists_activities() {
    let naskah = naskah("pk-B1");
    let tables = naskah.tables();
    // PermenPANRB 53/2014, anak lampiran I/4-6.
    assert_eq!(heads(tables[0])[0], ["No.", "Sasaran Program/Kegiatan", "Indikator Kinerja", "Target"]);
    assert_eq!(
        cells(tables[0]),
        [
            ["1", "Meningkatnya kualitas angkatan kerja", "Capaian kualitas", "60%"],
            ["2", "Pelaksanaan pelatihan", "Peserta", "1.050 org"]
        ]
    );
    assert_eq!(heads(tables[1]), [["Kegiatan", "Anggaran"]]);
    assert_eq!(
        cells(tables[1]).last().expect("total"),
        &["Jumlah", "Rp 700"],
        "a part is not counted beside its whole"
    );
    let signed = signature(&naskah.bagian[1].isi);
    assert_eq!(signed.tempat_tanggal, "Serang, ........................ 2021");
    assert_eq!(
        signed.kiri.as_ref().map(|s| s.jabatan.join(" ")).as_deref(),
        Some("Plt. Kepala Dinas Tenaga Kerja Kota Serang")
    );
    assert!(signed.kanan.nama.starts_with("(...") && signed.kanan.keterangan.is_empty(), "a head without a name");
}

#[test]
fn a_change_says_so_and_shows_its_own_figures() {
    let naskah = naskah("pk-p-KD");
    assert_eq!(words(&naskah.bagian[0].isi)[0], "PERUBAHAN PERJANJIAN KINERJA TAHUN 2021");
    let tables = naskah.tables();
    assert_eq!(cells(tables[0])[0].last().map(String::as_str), Some("99%"));
    assert_eq!(cells(tables[0])[1].last().map(String::as_str), Some("belum ada"), "what its document does not set");
    assert_eq!(cells(tables[1]), [["1. PROGRAM PENEMPATAN", "belum ada", ""], ["Jumlah", "belum ada", ""]]);
    assert_eq!((naskah.tanggal.as_str(), naskah.judul.contains("(Perubahan)")), ("2021-10-15", true));
}

#[test]
fn all_agreements_make_one_document() {
    let potret = office();
    let all: Vec<_> = potret.perjanjian.iter().collect();
    let naskah = build(&potret, &all);
    assert_eq!((naskah.bagian.len(), naskah.tables().len()), (6, 6));
    assert_eq!(naskah.judul, "Perjanjian Kinerja 2021 Dinas Tenaga Kerja Kota Serang");
    let mut names: Vec<&str> = naskah.tables().iter().map(|t| t.nama.as_str()).collect();
    names.dedup();
    assert_eq!(names.len(), 6);
    assert_eq!(build(&potret, &[]).tanggal, "2021-01-01");
}

#[test]
fn every_renderer_shows_both_parties() {
    let naskah = naskah("pk-KD");
    let page = html::render(&naskah);
    for text in ["Pihak Kedua,", "(Nama Kepala)", "NIP. 000000000000000001", "<dt>Jabatan</dt><dd>Walikota Serang</dd>"]
    {
        assert!(page.contains(text), "{text}");
    }
    let bytes = docx::render(&naskah, &docx::Pilihan::default()).expect("rendered");
    assert_eq!(bytes, docx::render(&naskah, &docx::Pilihan::default()).expect("rendered"));
}
