//! A sheet as a picture.

use super::super::svg::{Gaya, Jangkar, Kanvas, Kotak, units};
use super::super::text::{listed, width};
use super::super::{BELUM_ADA, BRAND, Grafik, LINE, MUTED, PAPER, UNGRADED, band_colour};
use super::content::{Ukuran, baseline};
use super::paging::{Halaman, LEGEND};
use super::{A3, Ranting, Tanda};

/// Lines between boxes.
const WIRE: &str = "#8fa0b3";
/// Fill and edge of a box, by the weight of its look.
const LOOKS: [(&str, &str); 4] = [("#dfeaf5", "#14508c"), ("#f0f5fa", "#86a6c8"), (PAPER, "#b9c4d0"), (PAPER, LINE)];

pub(super) fn draw(
    judul: &str,
    ranting: &[Ranting],
    page: &Halaman,
    pita: &[(u8, &str)],
    sheet_of: &dyn Fn(usize) -> Option<usize>,
) -> Grafik {
    let (u, s) = (page.ukuran, &page.susunan);
    let mut canvas = Kanvas::new();
    let wide = (i64::from(A3.0) * 10).max(s.lebar);
    // In the middle of the sheet.
    let left = (wide - s.lebar) / 2;
    let moved = |k: &Kotak| Kotak { x: k.x + left, ..*k };
    for line in &s.garis {
        let points: Vec<(i64, i64)> = line.iter().map(|(x, y)| (x + left, *y)).collect();
        canvas.polyline(&points, WIRE, 10, None);
    }
    for (t, titik) in page.tampilan.titik.iter().enumerate() {
        let r = &ranting[titik.ranting];
        let k = moved(&s.kotak[t]);
        draw_box(&mut canvas, r, &k, u);
        let isi = &s.isi[t];
        for (x, y, tanda) in &isi.tanda {
            draw_mark(&mut canvas, (k.x + x, k.y + y), *tanda, u);
        }
        for (i, line) in isi.baris.iter().enumerate() {
            let sheet = sheet_of(titik.ranting).filter(|_| isi.rujukan == Some(i));
            let teks = sheet.map_or_else(|| line.teks.clone(), |n| format!("Rincian di gambar {n}"));
            canvas.text((k.x + line.x, k.y + line.y), line.jangkar, line.gaya, &teks);
        }
    }
    for (t, i, place) in s.links(u) {
        let link = &ranting[page.tampilan.titik[t].ranting].silang[i];
        let colour = if link.diterima { BRAND } else { MUTED };
        draw_link(&mut canvas, &moved(&place), link.masuk, colour, u);
        for (n, line) in s.isi[t].pil[i].baris.iter().enumerate() {
            let at = (place.x + left + u.pad(), place.y + baseline(u, n));
            canvas.text(at, Jangkar::Awal, Gaya::new(u.huruf, colour), line);
        }
    }
    let shown: Vec<&Ranting> = page.tampilan.titik.iter().map(|t| &ranting[t.ranting]).collect();
    let legend = legend(pita, shown.iter().any(|r| !r.silang.is_empty()), s.hemat);
    draw_legend(&mut canvas, (wide, s.tinggi + LEGEND - 60), u.huruf.min(110), &legend);
    let ukuran = (units(wide), units(s.tinggi + LEGEND));
    Grafik { svg: canvas.finish(ukuran, judul, &describe(ranting, &shown)), ukuran, alt: summary(&shown) }
}

fn draw_box(canvas: &mut Kanvas, r: &Ranting, k: &Kotak, u: Ukuran) {
    let (fill, edge) = LOOKS[usize::from(r.lapis).min(LOOKS.len() - 1)];
    canvas.rect(*k, 20, edge);
    let inner = Kotak { x: k.x + 8, y: k.y + 8, w: k.w - 16, h: k.h - 16 };
    canvas.rect(inner, 14, fill);
    let stripe = Kotak { w: u.stripe(), ..inner };
    match colour(r.tanda) {
        Some(colour) => canvas.rect(stripe, 0, colour),
        None if r.tanda == Tanda::BelumAda => draw_unknown(canvas, stripe),
        None => {}
    }
}

/// Hatched in a frame, so that it shows on a tint as well.
fn draw_unknown(canvas: &mut Kanvas, k: Kotak) {
    canvas.rect(k, 0, UNGRADED);
    canvas.hatch(Kotak { x: k.x + 12, y: k.y + 12, w: k.w - 24, h: k.h - 24 });
}

fn colour(tanda: Tanda) -> Option<&'static str> {
    match tanda {
        Tanda::Pita(step) => Some(band_colour(step)),
        Tanda::TanpaPita => Some(UNGRADED),
        Tanda::BelumAda | Tanda::Kosong => None,
    }
}

fn draw_mark(canvas: &mut Kanvas, (x, y): (i64, i64), tanda: Tanda, u: Ukuran) {
    let r = u.dot();
    match colour(tanda) {
        Some(colour) => canvas.rect(Kotak { x: x - r, y: y - r, w: 2 * r, h: 2 * r }, r, colour),
        None if tanda == Tanda::BelumAda => draw_unknown(canvas, Kotak { x: x - r, y: y - r, w: 2 * r, h: 2 * r }),
        None => canvas.rect(Kotak { x: x - r, y: y - 4, w: 2 * r, h: 8 }, 0, UNGRADED),
    }
}

/// A dashed line to the other office's name, with its tip where the support goes.
fn draw_link(canvas: &mut Kanvas, k: &Kotak, masuk: bool, colour: &str, u: Ukuran) {
    let y = k.y + k.h / 2;
    let start = k.x - u.bridge();
    canvas.polyline(&[(start, y), (k.x, y)], colour, 10, Some("3 2"));
    let (tip, back) = if masuk { (k.x, k.x - 50) } else { (start, start + 50) };
    canvas.polygon(&[(tip, y), (back, y - 30), (back, y + 30)], colour);
    let (right, bottom) = (k.x + k.w, k.y + k.h);
    let frame = [(k.x, k.y), (right, k.y), (right, bottom), (k.x, bottom), (k.x, k.y)];
    canvas.polyline(&frame, colour, 8, Some("3 2"));
}

/// What colours and lines mean.
fn legend<'a>(pita: &[(u8, &'a str)], links: bool, owners: bool) -> Vec<(Option<Simbol>, &'a str)> {
    let bands = pita.iter().map(|(step, words)| (Some(Simbol::Pita(*step)), *words));
    let mut entries: Vec<(Option<Simbol>, &str)> = bands.chain([(Some(Simbol::Arsir), BELUM_ADA)]).collect();
    if links {
        entries.push((Some(Simbol::Putus), "hubungan dengan instansi lain"));
    }
    if owners {
        entries.push((None, "penanggung jawab yang sama dengan kotak di atasnya tidak ditulis lagi"));
    }
    entries
}

/// In the middle of a sheet so wide, on a line.
fn draw_legend(canvas: &mut Kanvas, (wide, y): (i64, i64), huruf: i64, entries: &[(Option<Simbol>, &str)]) {
    let style = Gaya::new(huruf, MUTED);
    let (size, near, far) = (huruf * 8 / 10, huruf / 2, huruf * 18 / 10);
    let mark = |simbol: &Option<Simbol>| match simbol {
        Some(Simbol::Putus) => 3 * size + near,
        Some(_) => size + near,
        None => 0,
    };
    let whole: i64 = entries.iter().map(|(simbol, words)| mark(simbol) + width(words, huruf, false) + far).sum();
    let mut x = (wide - whole + far) / 2;
    for (simbol, words) in entries {
        let place = Kotak { x, y: y - size, w: size, h: size };
        match simbol {
            Some(Simbol::Pita(step)) => canvas.rect(place, size / 2, band_colour(*step)),
            Some(Simbol::Arsir) => draw_unknown(canvas, place),
            Some(Simbol::Putus) => {
                canvas.polyline(&[(x, y - size / 2), (x + 3 * size, y - size / 2)], MUTED, 10, Some("3 2"));
            }
            None => {}
        }
        x += mark(simbol);
        canvas.text((x, y), Jangkar::Awal, style, words);
        x += width(words, huruf, false) + far;
    }
}

/// A mark of the legend.
enum Simbol {
    Pita(u8),
    Arsir,
    Putus,
}

/// Every box, for those who hear the picture.
fn describe(ranting: &[Ranting], shown: &[&Ranting]) -> String {
    let told = shown.iter().map(|r| {
        let above = r.induk.and_then(|induk| ranting.get(induk));
        let above = above.map_or_else(String::new, |above| format!(", mendukung {}", above.kode));
        let links: String = r.silang.iter().map(|link| format!(", {}", link.label)).collect();
        let owner = if r.pemilik.is_empty() { "belum ada penanggung jawab" } else { &r.pemilik };
        format!("{} {} ({}{above}): {}, {owner}{links}", r.kode, r.judul, r.tingkat, r.capaian)
    });
    told.collect::<Vec<_>>().join("; ")
}

fn summary(shown: &[&Ranting]) -> String {
    let mut levels: Vec<(&str, usize)> = Vec::new();
    for r in shown {
        match levels.iter_mut().find(|(level, _)| *level == r.tingkat) {
            Some((_, count)) => *count += 1,
            None => levels.push((&r.tingkat, 1)),
        }
    }
    let told: Vec<String> = levels.iter().map(|(level, count)| format!("{count} {}", level.to_lowercase())).collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    format!("Bagan pohon kinerja: {}. Isinya sama dengan tabel rinciannya.", listed(&told))
}
