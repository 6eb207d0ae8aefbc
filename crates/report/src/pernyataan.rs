//! Pernyataan Telah Direviu: PermenPANRB 53/2014, anak lampiran III/1-2. The wording is that of the form, with the office's name in the
//! place that the form leaves for it.

use tolok_domain::Potret;
use tolok_domain::calendar::written_date;

use crate::naskah::{Bagian, Blok, Judul, Kertas, Naskah, PenandaTangan, Penomoran, Rata, Ruas, TandaTangan};

/// Dots where something is written by hand.
const DOTS: &str = ".........................................";

/// What the reviewer says beyond the form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IsiPernyataan {
    /// Number of the letter; may be empty.
    pub nomor: String,
    /// The day, ISO text.
    pub tanggal: String,
    /// What is not mended yet (annex III, IV.4 f: paragraf penjelas); one line each.
    pub penjelas: Vec<String>,
}

/// The statement on a year's report.
pub fn statement(potret: &Potret, isi: &IsiPernyataan) -> Naskah {
    let office = format!("{} {}", potret.instansi.nama, potret.instansi.daerah);
    let title = format!("PERNYATAAN TELAH DIREVIU\n{}\nTAHUN ANGGARAN {}", office.to_uppercase(), potret.tahun);
    let mut blocks = vec![Blok::Judul(Judul { tingkat: 1, nomor: String::new(), teks: title, di_daftar: false })];
    if !isi.nomor.is_empty() {
        blocks.push(paragraph(format!("Nomor: {}", isi.nomor), Rata::Tengah));
    }
    let body = [
        format!(
            "Kami telah mereviu Laporan Kinerja instansi pemerintah {office} untuk tahun anggaran {} sesuai Pedoman Reviu atas \
             Laporan Kinerja. Substansi informasi yang dimuat dalam Laporan Kinerja menjadi tanggung jawab manajemen {office}.",
            potret.tahun
        ),
        "Reviu bertujuan untuk memberikan keyakinan terbatas laporan kinerja telah disajikan secara akurat, andal, dan valid."
            .to_owned(),
        "Berdasarkan reviu kami, tidak terdapat kondisi atau hal-hal yang menimbulkan perbedaan dalam meyakini keandalan informasi \
         yang disajikan di dalam laporan kinerja ini."
            .to_owned(),
    ];
    blocks.extend(body.map(|text| paragraph(text, Rata::Penuh)));
    if !isi.penjelas.is_empty() {
        blocks.push(paragraph("Penjelasan:".to_owned(), Rata::Kiri));
        blocks.extend(isi.penjelas.iter().map(|line| paragraph(format!("– {line}"), Rata::Kiri)));
    }
    let place = if potret.instansi.tempat.is_empty() { DOTS } else { &potret.instansi.tempat };
    blocks.push(Blok::TandaTangan(TandaTangan {
        tempat_tanggal: format!("{place}, {}", written_date(&isi.tanggal).unwrap_or_else(|| DOTS.to_owned())),
        kiri: None,
        kanan: PenandaTangan {
            jabatan: vec![format!("Inspektur {}", potret.instansi.daerah)],
            nama: DOTS.to_owned(),
            keterangan: vec!["NIP".to_owned()],
        },
    }));
    Naskah {
        judul: format!("Pernyataan Telah Direviu {} {office}", potret.tahun),
        penerbit: office,
        tanggal: isi.tanggal.clone(),
        kertas: Kertas::F4,
        bagian: vec![Bagian { penomoran: Penomoran::Tanpa, isi: blocks, ..Bagian::default() }],
        ..Naskah::default()
    }
}

fn paragraph(teks: String, rata: Rata) -> Blok {
    Blok::Paragraf { isi: vec![Ruas::text(teks)], rata, menjorok: false }
}

#[cfg(test)]
mod tests {
    use tolok_domain::InstansiId;
    use tolok_domain::sheet::{Baris, Isian, Lembar, assemble};

    use super::*;
    use crate::html;

    fn office() -> Potret {
        let row = "dinas;Dinas Tenaga Kerja;;Kota Serang;Walikota Serang;;;Serang;Kepala Dinas;2019;2023;";
        let sel = row.split(';').map(str::to_owned).collect();
        let name = Lembar::find("instansi").expect("sheet").nama;
        let isian = Isian::from([(name, vec![Baris { nomor: 2, sel }])]);
        assemble(InstansiId::new(), 2021, &isian, Vec::new()).0.expect("readable")
    }

    #[test]
    fn the_statement_has_the_words_of_the_form_and_the_offices_name() {
        let isi = IsiPernyataan {
            nomor: "700/12/2022".to_owned(),
            tanggal: "2022-02-14".to_owned(),
            penjelas: vec!["Target IKU 2 masih berbeda".to_owned()],
        };
        let text = html::render(&statement(&office(), &isi));
        for words in [
            "PERNYATAAN TELAH DIREVIU",
            "TAHUN ANGGARAN 2021",
            "Nomor: 700/12/2022",
            "menjadi tanggung jawab manajemen Dinas Tenaga Kerja Kota Serang.",
            "Target IKU 2 masih berbeda",
            "Serang, 14 Februari 2022",
            "Inspektur Kota Serang",
        ] {
            assert!(text.contains(words), "{words}");
        }
    }
}
