//! The working paper of a review (kertas kerja reviu, PermenPANRB 53/2014, annex III) as a document: findings, checklist.

use tolok_domain::number::write_decimal;
use tolok_report::naskah::{
    Bagian, Baris, Blok, GayaBaris, Judul, Kolom, Naskah, Penanda, Penomoran, Rata, Ruas, Sampul, Sel, Tabel,
};
use tolok_review::daftar_uji::Jawab;
use tolok_review::{Keparahan, Sisi, Temuan};

fn paragraph(teks: impl Into<String>) -> Blok {
    Blok::Paragraf { isi: vec![Ruas::text(teks)], rata: Rata::Kiri, menjorok: false }
}

fn heading(nomor: &str, teks: &str) -> Blok {
    Blok::Judul(Judul { tingkat: 2, nomor: nomor.to_owned(), teks: teks.to_owned(), di_daftar: false })
}

fn head(words: &[&str]) -> Vec<Vec<Sel>> {
    vec![words.iter().map(|w| Sel::text(*w).aligned(Rata::Tengah)).collect()]
}

fn columns(widths: &[u16]) -> Vec<Kolom> {
    widths.iter().map(|lebar| Kolom { lebar: *lebar, rata: Rata::Kiri }).collect()
}

fn side(s: &Sisi) -> String {
    let hal = if s.hal.is_empty() { String::new() } else { format!("{}: ", s.hal) };
    format!("{}\n{hal}{}", s.tempat, s.nilai)
}

/// Findings of one severity as a table, each with its number in the whole list.
fn findings(
    found: &[Temuan],
    tanggapan: &dyn Fn(&Temuan) -> String,
    keparahan: Keparahan,
    nomor: &str,
) -> Option<Tabel> {
    let of: Vec<(usize, &Temuan)> = found.iter().enumerate().filter(|(_, t)| t.keparahan == keparahan).collect();
    if of.is_empty() {
        return None;
    }
    let row = |(i, t): &(usize, &Temuan)| {
        let root = t.akar.map(|a| format!("\nIkutan dari temuan {}.", a + 1)).unwrap_or_default();
        let gap = super::difference_of(t);
        Baris {
            gaya: GayaBaris::Biasa,
            sel: vec![
                Sel::text((i + 1).to_string()).aligned(Rata::Tengah),
                Sel::text(format!("{}\n{}", t.aturan.kode, t.judul)),
                Sel::text(side(&t.a)),
                Sel::text(t.b.as_ref().map(side).unwrap_or_default()),
                Sel::text(gap).aligned(Rata::Kanan),
                Sel::text(format!("{} {}{root}", t.explanation(), t.saran())),
                Sel::text(tanggapan(t)),
            ],
        }
    };
    Some(Tabel {
        nama: keparahan.label().to_owned(),
        nomor: nomor.to_owned(),
        judul: keparahan.label().to_owned(),
        kolom: columns(&[1, 5, 5, 5, 3, 6, 3]),
        kepala: head(&[
            "No",
            "Temuan",
            "Tempat dan nilai",
            "Pembanding",
            "Selisih",
            "Penjelasan dan saran",
            "Tanggapan",
        ]),
        isi: of.iter().map(row).collect(),
        catatan: Vec::new(),
    })
}

/// Findings that a statement of the checklist names; of more than these, how many there are.
const NAMED: usize = 30;

fn checklist(answers: &[Jawab]) -> Tabel {
    let row = |a: &Jawab| {
        let hits: Vec<String> = a.temuan.iter().take(NAMED).map(|i| (i + 1).to_string()).collect();
        let why = match a.temuan.len().saturating_sub(NAMED) {
            _ if hits.is_empty() => String::new(),
            0 => format!("temuan {}", hits.join(", ")),
            more => format!("temuan {}, dan {} lainnya", hits.join(", "), write_decimal(more.into(), None)),
        };
        Baris {
            gaya: GayaBaris::Biasa,
            sel: vec![
                Sel::text(a.butir.nomor.clone()),
                Sel::text(a.butir.teks.clone()),
                Sel::text(a.jawaban.label()),
                Sel::text(why),
            ],
        }
    };
    Tabel {
        nama: "Daftar uji".to_owned(),
        nomor: "4".to_owned(),
        judul: "Daftar uji reviu".to_owned(),
        kolom: columns(&[2, 10, 3, 5]),
        kepala: head(&["Butir", "Pernyataan", "Jawaban", "Dasar"]),
        isi: answers.iter().map(row).collect(),
        catatan: vec!["Jawaban diusulkan dari temuan; pereviu yang menetapkan.".to_owned()],
    }
}

/// The working paper of what was found in files or data. `tanggapan` is what the office or the reviewer said about a finding, `sumber`
/// names what was reviewed, `tanggal` is the day as ISO text.
pub fn working_paper(
    found: &[Temuan],
    tanggapan: &dyn Fn(&Temuan) -> String,
    answers: &[Jawab],
    sumber: &[String],
    tanggal: &str,
) -> Naskah {
    let count = |k: Keparahan| found.iter().filter(|t| t.keparahan == k).count();
    let mut isi = vec![
        heading("A.", "Yang direviu"),
        Blok::Daftar {
            penanda: Penanda::Angka,
            mulai: 1,
            butir: sumber.iter().map(|s| vec![paragraph(s.clone())]).collect(),
        },
        paragraph(format!(
            "{} kesalahan, {} peringatan, {} info. Tolok membandingkan dan menghitung; penilaian ada pada pereviu.",
            count(Keparahan::Kesalahan),
            count(Keparahan::Peringatan),
            count(Keparahan::Info)
        )),
        heading("B.", "Temuan"),
    ];
    for (keparahan, nomor) in Keparahan::ALL.into_iter().zip(["1", "2", "3"]) {
        isi.extend(findings(found, tanggapan, keparahan, nomor).map(Blok::Tabel));
    }
    if !answers.is_empty() {
        isi.push(heading("C.", "Daftar uji (PermenPANRB 53/2014, lampiran III)"));
        isi.push(Blok::Tabel(checklist(answers)));
    }
    Naskah {
        judul: "Kertas Kerja Reviu".to_owned(),
        tanggal: tanggal.to_owned(),
        sampul: Sampul {
            judul: vec!["KERTAS KERJA REVIU".to_owned(), "LAPORAN KINERJA".to_owned()],
            ..Sampul::default()
        },
        bagian: vec![Bagian { lebar: true, penomoran: Penomoran::Arab, mulai_ulang: true, ruang_atas: 0, isi }],
        ..Naskah::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tolok_domain::bacaan::Bacaan;
    use tolok_review::daftar_uji::checklist as answer;
    use tolok_review::reviu_berkas;

    #[test]
    fn the_working_paper_has_every_finding_once_and_all_statements() {
        let letak = tolok_domain::bacaan::Letak::file("lkjip.md").at_row(3);
        let teks = "Laporan kinerja menurut RPJMD 2028-2023".to_owned();
        let part = tolok_domain::bacaan::Bagian::Paragraf { teks, letak };
        let file = Bacaan { berkas: "lkjip.md".to_owned(), bagian: vec![part], ..Bacaan::default() };
        let found = reviu_berkas(std::slice::from_ref(&file));
        let answers = answer(&[file], &found);
        let naskah =
            working_paper(&found, &|t| format!("{}?", t.judul), &answers, &["lkjip.md".to_owned()], "2022-01-14");
        let tables = naskah.tables();
        let rows: usize = tables.iter().filter(|t| t.nama != "Daftar uji").map(|t| t.isi.len()).sum();
        assert_eq!(rows, found.len());
        assert!(found.iter().any(|t| t.aturan.kode == "NS-03"), "{found:#?}");
        assert_eq!(tables.iter().find(|t| t.nama == "Daftar uji").expect("checklist").isi.len(), 23);
        let text: String = tables.iter().flat_map(|t| &t.isi).flat_map(|r| &r.sel).map(Sel::plain).collect();
        assert!(text.contains(&format!("{}?", found[0].judul)));
        assert!(text.contains("2028-2023") && text.contains("lkjip.md, baris 3"), "{text}");
    }

    #[test]
    fn a_statement_names_some_of_its_findings_and_counts_the_others() {
        let mut answers = answer(&[], &[]);
        answers[0].temuan = (0..1_500).collect();
        let table = super::checklist(&answers);
        let why = table.isi[0].sel[3].plain();
        assert!(why.starts_with("temuan 1, 2, ") && why.ends_with(", 30, dan 1.470 lainnya"), "{why}");
    }
}
