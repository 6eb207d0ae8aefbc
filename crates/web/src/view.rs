//! Values, states and grades as templates show them.

use rust_decimal::Decimal;
pub(crate) use tolok_app::long_date;
use tolok_domain::figure::{Asal, Keadaan};
use tolok_domain::measure::{Capaian, Uang, UkurIndikator};
use tolok_domain::number::{write_amount, write_percent};
use tolok_domain::{JenisSimpul, Nilai, Rupiah};
use tolok_report::chart;

use crate::locale::Kamus;

/// A value, with "belum ada" marked for its own look.
pub(crate) struct Sel {
    pub teks: String,
    pub kosong: bool,
}

impl Sel {
    pub fn of(nilai: Option<&Nilai>, t: &Kamus) -> Self {
        match nilai {
            None => Self { teks: "–".to_owned(), kosong: true },
            Some(Nilai::BelumAda { .. }) => Self { teks: t.x("belum-ada").to_owned(), kosong: true },
            Some(nilai) => Self { teks: nilai.to_string(), kosong: false },
        }
    }
}

/// An achievement: number, colour step, bar, and the reason where there is none.
pub(crate) struct Ukuran {
    pub teks: String,
    /// CSS class of the band: "b0" (best) to "b4", "bx" for not known.
    pub kelas: String,
    pub predikat: String,
    pub alasan: String,
    nilai: Option<Decimal>,
    step: Option<u8>,
}

impl Ukuran {
    pub fn of(u: &UkurIndikator<'_>) -> Self {
        let step = u.predikat.map(|p| p.step);
        Self {
            teks: u.capaian.percent().map_or_else(|| "–".to_owned(), write_percent),
            kelas: step.map_or_else(|| "bx".to_owned(), |s| format!("b{s}")),
            predikat: u.predikat.map_or("", |p| p.label).to_owned(),
            alasan: reason(&u.capaian),
            nilai: u.capaian.percent(),
            step,
        }
    }

    /// Bullet bar as SVG; drawn only where a page shows it.
    pub fn bar(&self) -> String {
        chart::bullet(self.nilai, self.step)
    }
}

fn reason(capaian: &Capaian) -> String {
    match capaian {
        Capaian::Persen { .. } => String::new(),
        Capaian::TidakTerhitung(alasan) => alasan.to_string(),
    }
}

/// CSS class of a row by the level of its node.
pub(crate) const fn level_class(jenis: JenisSimpul) -> &'static str {
    match jenis {
        JenisSimpul::Program => "p",
        JenisSimpul::Kegiatan => "k",
        JenisSimpul::SubKegiatan => "s",
        _ => "t",
    }
}

/// Money of a node.
pub(crate) struct Dana {
    pub pagu: String,
    pub realisasi: String,
    pub serapan: String,
    pub sisa: String,
}

impl Dana {
    pub fn of(uang: &Uang) -> Self {
        let amount = |x: Option<Rupiah>| x.map_or_else(|| "–".to_owned(), write_amount);
        let left = uang.pagu.zip(uang.realisasi).map(|(p, r)| Rupiah::from_sen(p.sen().saturating_sub(r.sen())));
        Self {
            pagu: amount(uang.pagu),
            realisasi: amount(uang.realisasi),
            serapan: uang.absorption().map_or_else(|_| "–".to_owned(), write_percent),
            sisa: amount(left),
        }
    }
}

/// Class and text of a state.
pub(crate) struct Lencana {
    pub kelas: &'static str,
    pub teks: String,
}

impl Lencana {
    pub fn of(keadaan: Option<Keadaan>, t: &Kamus) -> Self {
        let (kelas, key) = match keadaan {
            None => ("kosong", "keadaan-kosong"),
            Some(Keadaan::Draf) => ("draf", "keadaan-draf"),
            Some(Keadaan::Diajukan) => ("aju", "keadaan-diajukan"),
            Some(Keadaan::Dikembalikan) => ("kem", "keadaan-dikembalikan"),
            Some(Keadaan::Diverifikasi) => ("ver", "keadaan-diverifikasi"),
            Some(Keadaan::Dikunci) => ("kunci", "keadaan-dikunci"),
        };
        Self { kelas, teks: t.x(key).to_owned() }
    }
}

/// Where a figure comes from, in words.
pub(crate) fn origin(asal: &Asal, t: &Kamus) -> String {
    match asal {
        Asal::Diketik => t.x("asal-diketik").to_owned(),
        Asal::Berkas { tempat } => tempat.clone(),
    }
}

/// A moment as a reader sees it: "14 Januari 2022 09.14" in western Indonesian time.
pub(crate) fn moment(waktu: i64) -> String {
    let Ok(stamp) = jiff::Timestamp::from_microsecond(waktu) else { return String::new() };
    // Kota Serang and the capital keep UTC+7 all year; an office's own zone comes with its settings.
    let Ok(offset) = jiff::tz::Offset::from_hours(7) else { return String::new() };
    let local = offset.to_datetime(stamp);
    format!("{} {:02}.{:02}", long_date(local.date()), local.hour(), local.minute())
}

/// An ISO date as a reader sees it; what is none stays as it is.
pub(crate) fn iso_date(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), long_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_western_indonesian_time() {
        assert_eq!(moment(1_642_126_440_000_000), "14 Januari 2022 09.14");
    }
}
