//! Kertas kerja reviu: findings with both places, the difference, and what became of them, as the reviewer files them.

use crate::naskah::{Bagian, Baris, Blok, GayaBaris, Judul, Kertas, Kolom, Naskah, Rata, Ruas, Sel, Tabel};

/// What stands above the findings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KepalaKertasKerja {
    /// What was reviewed: "Laporan Kinerja 2021", or names of files.
    pub obyek: String,
    /// The office, or empty where only files are known.
    pub instansi: String,
    /// The day, ISO text; the document's date.
    pub tanggal: String,
    /// What the findings come from, in words: a ledger entry, names of files.
    pub dasar: String,
}

/// One finding as the paper shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BarisTemuan {
    /// Heading under which it stands: the place or the file.
    pub kelompok: String,
    /// Code of the rule.
    pub aturan: String,
    /// How serious, in words.
    pub keparahan: String,
    /// What was found.
    pub judul: String,
    /// The place that is in doubt, and its value.
    pub kondisi: String,
    /// What it is held against, and that value; may be empty.
    pub pembanding: String,
    /// The difference, as written; may be empty.
    pub selisih: String,
    /// Why it matters, and what explains it.
    pub penjelasan: String,
    /// What to do.
    pub saran: String,
    /// State in words, with the reason where it was accepted.
    pub keadaan: String,
}

/// Headings of the columns and their shares of the width in thousandths.
const COLUMNS: [(&str, u16); 9] = [
    ("No.", 40),
    ("Aturan", 75),
    ("Tingkat", 80),
    ("Temuan", 190),
    ("Kondisi", 150),
    ("Pembanding", 140),
    ("Selisih", 85),
    ("Penjelasan dan saran", 160),
    ("Keadaan", 80),
];

/// The working paper of a review.
pub fn working_paper(kepala: &KepalaKertasKerja, temuan: &[BarisTemuan]) -> Naskah {
    let title = format!("KERTAS KERJA REVIU\n{}", kepala.obyek.to_uppercase());
    let mut isi = vec![Blok::Judul(Judul { tingkat: 1, nomor: String::new(), teks: title, di_daftar: false })];
    let field = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    let known = [("Instansi", &kepala.instansi), ("Tanggal", &kepala.tanggal), ("Dasar", &kepala.dasar)];
    isi.push(Blok::Isian(known.iter().filter(|(_, v)| !v.is_empty()).map(|(l, v)| field(l, v)).collect()));
    if temuan.is_empty() {
        isi.push(Blok::Paragraf {
            isi: vec![Ruas::text("Tidak ada temuan: semua aturan yang dapat dihitung terpenuhi.")],
            rata: Rata::Kiri,
            menjorok: false,
        });
    } else {
        isi.push(Blok::Tabel(table(temuan)));
    }
    Naskah {
        judul: format!("Kertas kerja reviu {}", kepala.obyek),
        penerbit: kepala.instansi.clone(),
        tanggal: kepala.tanggal.clone(),
        kertas: Kertas::F4,
        bagian: vec![Bagian { lebar: true, mulai_ulang: true, isi, ..Bagian::default() }],
        ..Naskah::default()
    }
}

fn table(temuan: &[BarisTemuan]) -> Tabel {
    let mut rows = Vec::new();
    let mut group = "";
    for (number, t) in (1..).zip(temuan) {
        if t.kelompok != group {
            group = &t.kelompok;
            let width = u16::try_from(COLUMNS.len()).unwrap_or(1);
            rows.push(Baris { gaya: GayaBaris::Kelompok, sel: vec![Sel::text(group).span(width, 1)] });
        }
        let advice = if t.saran.is_empty() { t.penjelasan.clone() } else { format!("{} {}", t.penjelasan, t.saran) };
        let cells = [
            number.to_string(),
            t.aturan.clone(),
            t.keparahan.clone(),
            t.judul.clone(),
            t.kondisi.clone(),
            t.pembanding.clone(),
            t.selisih.clone(),
            advice.trim().to_owned(),
            t.keadaan.clone(),
        ];
        rows.push(Baris { gaya: GayaBaris::default(), sel: cells.into_iter().map(Sel::text).collect() });
    }
    Tabel {
        nama: "temuan".to_owned(),
        judul: "Temuan".to_owned(),
        kolom: COLUMNS
            .iter()
            .map(|(nama, lebar)| Kolom {
                lebar: *lebar,
                rata: if *nama == "Selisih" { Rata::Kanan } else { Rata::Kiri },
            })
            .collect(),
        kepala: vec![COLUMNS.iter().map(|(nama, _)| Sel::text(*nama)).collect()],
        isi: rows,
        ..Tabel::default()
    }
}
