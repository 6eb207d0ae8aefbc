//! What stands in a box: lines of text and marks, by the true widths of the letters.

use super::super::svg::{Gaya, Jangkar, times};
use super::super::text::{pieces, width, wrap};
use super::super::{INK, MUTED};
use super::view::{Tampilan, Titik};
use super::{Petunjuk, Ranting, Tanda};

/// Sizes of a sheet, in tenths of a unit; all follow the smallest letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ukuran {
    /// Size of the smallest letters.
    pub huruf: i64,
    /// Width of a box.
    pub lebar: i64,
    /// Height between rows of boxes.
    pub jarak: i64,
}

impl Ukuran {
    const fn title(self) -> i64 {
        self.huruf * 112 / 100
    }

    /// Between the edge of a box and its text.
    pub const fn pad(self) -> i64 {
        self.huruf * 7 / 10
    }

    /// Between neighbours.
    pub const fn gap(self) -> i64 {
        self.huruf * 11 / 10
    }

    /// From the line beside stacked boxes to their left edge.
    pub const fn indent(self) -> i64 {
        self.huruf * 11 / 10
    }

    /// Width of the stripe of colour at the left edge of a box.
    pub const fn stripe(self) -> i64 {
        self.huruf * 45 / 100
    }

    /// Radius of an indicator's mark.
    pub const fn dot(self) -> i64 {
        self.huruf * 32 / 100
    }

    /// Length of the dashed line to another office.
    pub const fn bridge(self) -> i64 {
        self.huruf * 24 / 10
    }

    /// Room for text in a box of that width.
    const fn room(self, lebar: i64) -> i64 {
        lebar - self.stripe() - 2 * self.pad()
    }

    /// Room for text beside the mark of an indicator.
    const fn beside(self, lebar: i64) -> i64 {
        self.room(lebar) - self.hang()
    }

    /// From the edge of the text to the text beside a mark.
    const fn hang(self) -> i64 {
        self.huruf * 11 / 10
    }
}

/// From line to line, in hundredths of the letters' size.
const PITCH: i64 = 123;

const fn pitch(size: i64) -> i64 {
    size * PITCH / 100
}

/// How much of a condition a box tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rincian {
    /// With indicators and owner.
    Penuh,
    /// Only its wording and its achievement.
    Ringkas,
}

/// Lines of a wording, of an indicator's name, of an owner; what does not fit stands in the table below the drawing.
const TITLE_LINES: usize = 9;
const NAME_LINES: usize = 7;
const OWNER_LINES: usize = 4;
/// Indicators that a box names.
const INDICATORS: usize = 5;

/// A line of text, from the left upper corner of its box.
pub(super) struct Baris {
    pub x: i64,
    pub y: i64,
    pub jangkar: Jangkar,
    pub gaya: Gaya,
    pub teks: String,
}

/// Text about another office, right of its box.
pub(super) struct Pil {
    pub baris: Vec<String>,
    pub lebar: i64,
    pub tinggi: i64,
    /// From the top of the box.
    pub y: i64,
}

/// A box filled with its text.
pub(super) struct Isi {
    pub baris: Vec<Baris>,
    /// Middle of each indicator's mark.
    pub tanda: Vec<(i64, i64, Tanda)>,
    pub pil: Vec<Pil>,
    pub tinggi: i64,
    /// The line that names the sheet of its branch, if it has one.
    pub rujukan: Option<usize>,
}

impl Isi {
    /// Width that its links to other offices take right of the box.
    pub fn outside(&self, u: Ukuran) -> i64 {
        self.pil.iter().map(|pil| pil.lebar + u.bridge()).max().unwrap_or(0)
    }
}

/// Stands for the number of a sheet until it is known.
const PLACEHOLDER: &str = "Rincian di gambar 00";

struct Penulis {
    u: Ukuran,
    y: i64,
    isi: Isi,
}

impl Penulis {
    fn line(&mut self, x: i64, gaya: Gaya, teks: String) {
        let y = self.y + pitch(gaya.ukuran) * 78 / 100;
        self.isi.baris.push(Baris { x, y, jangkar: Jangkar::Awal, gaya, teks });
        self.y += pitch(gaya.ukuran);
    }

    fn text(&mut self, (left, right): (i64, i64), gaya: Gaya, teks: &str, most: usize) {
        for line in wrap(teks, right - left, gaya.ukuran, gaya.tebal, most) {
            self.line(left, gaya, line);
        }
    }

    /// Two texts at the two edges, the second one a line lower if there is no room.
    fn pair(&mut self, (left, right): (i64, i64), first: (Gaya, &str), second: (Gaya, &str)) {
        let size = |(gaya, teks): (Gaya, &str)| width(teks, gaya.ukuran, gaya.tebal);
        let start = self.y;
        self.text((left, right), first.0, first.1, NAME_LINES);
        if second.1.is_empty() {
            return;
        }
        let one = pitch(first.0.ukuran);
        let together = self.y == start + one && left + size(first) + size(second) + self.u.huruf / 2 <= right;
        if together {
            self.y = start;
        }
        // A code longer than the box is cut.
        let teks = wrap(second.1, right - left, second.0.ukuran, second.0.tebal, 1).concat();
        let y = self.y + one * 78 / 100;
        self.isi.baris.push(Baris { x: right, y, jangkar: Jangkar::Akhir, gaya: second.0, teks });
        self.y += one;
    }

    fn indicator(&mut self, p: &Petunjuk, left: i64, lebar: i64) {
        let u = self.u;
        let x = left + u.hang();
        self.y += u.huruf * 35 / 100;
        self.isi.tanda.push((left + u.dot(), self.y + pitch(u.huruf) / 2, p.tanda));
        let edges = (x, left + u.room(lebar));
        self.text(edges, Gaya::new(u.huruf, INK), &p.nama, NAME_LINES);
        let bold = Gaya::new(u.huruf, INK).bold();
        self.pair(edges, (Gaya::new(u.huruf, MUTED), &p.target), (bold, &p.capaian));
    }
}

/// Fills a box of that width. `pemilik`: whether it says who answers for it.
pub(super) fn fill(r: &Ranting, titik: &Titik, u: Ukuran, lebar: i64, rincian: Rincian, pemilik: bool) -> Isi {
    let isi = Isi { baris: Vec::new(), tanda: Vec::new(), pil: Vec::new(), tinggi: 0, rujukan: None };
    let mut p = Penulis { u, y: u.pad(), isi };
    let left = u.stripe() + u.pad();
    let edges = (left, left + u.room(lebar));
    let small = Gaya::new(u.huruf, MUTED);
    p.pair(edges, (small, &r.singkat), (small, &r.kode));
    p.text(edges, Gaya::new(u.title(), INK).bold(), &r.judul, TITLE_LINES);
    match rincian {
        Rincian::Penuh => {
            for indicator in r.indikator.iter().take(INDICATORS) {
                p.indicator(indicator, left, lebar);
            }
            match r.indikator.len() {
                0 => p.text(edges, small, "belum ada indikator", NAME_LINES),
                count if count > INDICATORS => {
                    p.text(edges, small, &format!("dan {} indikator lain", count - INDICATORS), NAME_LINES);
                }
                _ => {}
            }
            p.y += u.huruf * 35 / 100;
            let owner = match r.pemilik.as_str() {
                _ if !pemilik => "",
                "" => "belum ada penanggung jawab",
                owner => owner,
            };
            p.text(edges, small, owner, OWNER_LINES);
        }
        Rincian::Ringkas => p.text(edges, Gaya::new(u.huruf, INK).bold(), &r.capaian, NAME_LINES),
    }
    if titik.lanjut {
        p.isi.rujukan = Some(p.isi.baris.len());
        p.line(left, Gaya::new(u.huruf, super::super::BRAND), PLACEHOLDER.to_owned());
    }
    p.isi.tinggi = p.y + u.pad();
    links(r, u, lebar, &mut p.isi);
    p.isi
}

fn links(r: &Ranting, u: Ukuran, lebar: i64, isi: &mut Isi) {
    let mut y = 0;
    for link in &r.silang {
        let baris = wrap(&link.label, lebar * 7 / 10, u.huruf, false, OWNER_LINES);
        let widest = baris.iter().map(|line| width(line, u.huruf, false)).max().unwrap_or(0);
        let tinggi = times(baris.len()) * pitch(u.huruf) + u.pad();
        isi.pil.push(Pil { baris, lebar: widest + 2 * u.pad(), tinggi, y });
        y += tinggi + u.pad() / 2;
        isi.tinggi = isi.tinggi.max(y - u.pad() / 2);
    }
}

/// Baselines of a link's lines, from its top.
pub(super) fn baseline(u: Ukuran, line: usize) -> i64 {
    u.pad() / 2 + times(line) * pitch(u.huruf) + pitch(u.huruf) * 78 / 100
}

/// Whether the words of a sheet fit whole into its boxes. A word of more than sixteen letters' heights is cut anyway.
pub(super) fn words_fit(ranting: &[Ranting], tampilan: &Tampilan, u: Ukuran, lebar: i64, rincian: Rincian) -> bool {
    let fits = |teks: &str, room: i64, size: i64, bold: bool| {
        let mut widths = teks.split_whitespace().flat_map(pieces).map(|word| width(word, size, bold));
        widths.all(|width| width <= room || width > u.huruf * 16)
    };
    tampilan.titik.iter().map(|t| &ranting[t.ranting]).all(|r| {
        fits(&r.judul, u.room(lebar), u.title(), true)
            && (rincian == Rincian::Ringkas
                || fits(&r.pemilik, u.room(lebar), u.huruf, false)
                    && r.indikator.iter().all(|p| fits(&p.nama, u.beside(lebar), u.huruf, false)))
    })
}
