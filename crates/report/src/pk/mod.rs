//! Perjanjian Kinerja in the forms of PermenPANRB 53/2014, lampiran I: the statement of both parties and its annex.

mod annex;
mod statement;
#[cfg(test)]
mod tests;

use tolok_domain::Potret;
use tolok_domain::agreement::{Perjanjian, Pihak};
use tolok_domain::calendar::written_date;

use crate::naskah::{Bagian, Blok, Judul, Kertas, Naskah, PenandaTangan, Penomoran, TandaTangan};

/// Room for the office's logo above the statement, in tenths of a millimetre; the form has it there.
const LOGO: u32 = 250;

/// Dots where a name or a date is to be written by hand.
const DOTS: &str = ".........................................";

/// Agreements of a snapshot as one document, each with statement and annex on pages of their own.
pub fn build(potret: &Potret, perjanjian: &[&Perjanjian]) -> Naskah {
    let bagian = perjanjian.iter().flat_map(|p| {
        let page = |ruang_atas, isi| Bagian { penomoran: Penomoran::Tanpa, ruang_atas, isi, ..Bagian::default() };
        [page(LOGO, statement::blocks(potret, p)), page(0, annex::blocks(potret, p))]
    });
    let office = format!("{} {}", potret.instansi.nama, potret.instansi.daerah);
    let latest = perjanjian.iter().map(|p| p.tanggal.as_str()).max().filter(|day| !day.is_empty());
    Naskah {
        judul: match perjanjian {
            [only] => file_title(potret, only, &office),
            _ => format!("Perjanjian Kinerja {} {office}", potret.tahun),
        },
        tanggal: latest.map_or_else(|| format!("{}-01-01", potret.tahun), str::to_owned),
        penerbit: office,
        kertas: Kertas::F4,
        bagian: bagian.collect(),
        ..Naskah::default()
    }
}

/// "Perjanjian Kinerja 2021 (Perubahan) Bidang Transmigrasi, Dinas ... Kota Serang".
fn file_title(potret: &Potret, perjanjian: &Perjanjian, office: &str) -> String {
    let version = potret.document(&perjanjian.dokumen).map(|d| format!(" ({})", d.version_label())).unwrap_or_default();
    let unit = potret.unit(&perjanjian.unit).map(|u| format!(" {},", u.nama)).unwrap_or_default();
    format!("Perjanjian Kinerja {}{version}{unit} {office}", potret.tahun)
}

/// "PERJANJIAN KINERJA TAHUN 2021", with the words of a change before it where it is one.
fn title(potret: &Potret, perjanjian: &Perjanjian) -> String {
    let change = if perjanjian.alasan.is_some() { "PERUBAHAN " } else { "" };
    format!("{change}PERJANJIAN KINERJA TAHUN {}", potret.tahun)
}

fn heading(teks: String) -> Blok {
    Blok::Judul(Judul { tingkat: 1, nomor: String::new(), teks, di_daftar: false })
}

/// "Serang, 29 Januari 2021", with dots for what is not known yet.
fn place_and_date(potret: &Potret, perjanjian: &Perjanjian) -> String {
    let place = if potret.instansi.tempat.is_empty() { DOTS } else { &potret.instansi.tempat };
    format!(
        "{place}, {}",
        written_date(&perjanjian.tanggal).unwrap_or_else(|| format!("........................ {}", potret.tahun))
    )
}

/// The signatures: who receives the promise at the left, who gives it at the right.
fn signatures(potret: &Potret, perjanjian: &Perjanjian, signer: impl Fn(usize, &Pihak<'_>) -> PenandaTangan) -> Blok {
    let [first, second] = potret.parties(perjanjian);
    Blok::TandaTangan(TandaTangan {
        tempat_tanggal: place_and_date(potret, perjanjian),
        kiri: Some(signer(1, &second)),
        kanan: signer(0, &first),
    })
}

/// Name of a party; none where none is recorded.
fn name<'a>(pihak: &Pihak<'a>) -> Option<&'a str> {
    pihak.pejabat.map(|p| p.nama.as_str()).filter(|nama| !nama.is_empty())
}

/// Rank and number of a party whose name is printed.
fn below_name(pihak: &Pihak<'_>) -> Vec<String> {
    let Some(pejabat) = pihak.pejabat.filter(|p| !p.nama.is_empty()) else { return Vec::new() };
    let number = if pejabat.nip.is_empty() { String::new() } else { format!("NIP. {}", pejabat.nip) };
    [pejabat.pangkat.clone(), number].into_iter().filter(|line| !line.is_empty()).collect()
}
