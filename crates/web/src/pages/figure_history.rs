//! The history of an indicator's figures, as its page tells it: per period who, when, from which value to which, with source, state
//! and document.

use tolok_app::{LangkahRiwayat, RiwayatAngka};
use tolok_domain::figure::{JenisAngka, file_of, page_of};
use tolok_domain::{Nilai, Potret};

use crate::locale::Kamus;
use crate::view::{Lencana, Sel, moment, origin};

/// What was done in the place of one figure.
pub(crate) struct Riwayat {
    pub judul: String,
    pub langkah: Vec<Langkah>,
}

/// One entry's change of it.
pub(crate) struct Langkah {
    pub nomor: i64,
    pub waktu: String,
    pub oleh: String,
    pub dari: Sel,
    pub menjadi: Sel,
    /// Remark, or why the value is not known.
    pub keterangan: String,
    pub lencana: Lencana,
    pub sumber: String,
    pub bukti: Vec<Bukti>,
}

/// Evidence that the figure rested on.
pub(crate) struct Bukti {
    pub sha256: String,
    pub nama: String,
    pub halaman: String,
}

/// The histories of an indicator's year.
pub(crate) fn histories(riwayat: &[RiwayatAngka], potret: &Potret, t: &Kamus) -> Vec<Riwayat> {
    let told = |r: &RiwayatAngka| Riwayat {
        judul: format!("{}: {}", r.petak.periode.heading(), what(&r.petak.jenis, potret, t)),
        langkah: r.langkah.iter().map(|l| step(l, potret, t)).collect(),
    };
    riwayat.iter().map(told).collect()
}

/// What a figure says, with the document version that sets it.
fn what(jenis: &JenisAngka, potret: &Potret, t: &Kamus) -> String {
    match jenis {
        JenisAngka::Target { dokumen } | JenisAngka::Pagu { dokumen } => {
            let title = potret.document(dokumen).map(|d| format!("{} ({})", d.judul, d.version_label()));
            format!("{}, {}", t.x("target"), title.unwrap_or_else(|| dokumen.clone()))
        }
        JenisAngka::Realisasi | JenisAngka::RealisasiAnggaran => t.x("realisasi").to_owned(),
        JenisAngka::Variabel { nama } => nama.replace('_', " "),
        JenisAngka::Pembanding { wilayah } => format!("{}, {wilayah}", t.x("pembanding")),
    }
}

fn step(langkah: &LangkahRiwayat, potret: &Potret, t: &Kamus) -> Langkah {
    let angka = langkah.menjadi.as_ref();
    let reason = |nilai: &Nilai| if let Nilai::BelumAda { alasan } = nilai { alasan.clone() } else { String::new() };
    let words = angka.map_or_else(
        || t.x("riwayat-dihapus").to_owned(),
        |a| {
            [reason(&a.nilai), a.keterangan.clone()]
                .into_iter()
                .filter(|x| !x.is_empty())
                .collect::<Vec<_>>()
                .join("; ")
        },
    );
    let evidence = |mark: &String| {
        let file = potret.bukti.iter().find(|b| b.sha256 == file_of(mark))?;
        Some(Bukti { sha256: file.sha256.clone(), nama: file.nama.clone(), halaman: page_of(mark).to_owned() })
    };
    Langkah {
        nomor: langkah.nomor,
        waktu: moment(langkah.waktu),
        oleh: langkah.oleh.clone(),
        dari: Sel::of(langkah.dari.as_ref(), t),
        menjadi: Sel::of(angka.map(|a| &a.nilai), t),
        keterangan: words,
        lencana: angka
            .map_or_else(|| Lencana { kelas: "kosong", teks: "–".to_owned() }, |a| Lencana::of(Some(a.keadaan), t)),
        sumber: angka.map(|a| origin(&a.asal, t)).unwrap_or_default(),
        bukti: angka.map(|a| a.bukti.iter().filter_map(evidence).collect()).unwrap_or_default(),
    }
}
