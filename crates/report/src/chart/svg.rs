//! Writing SVG: shapes and text at coordinates in tenths of a unit.

use std::fmt::{self, Write as _};

use super::{LINE, PAPER};

/// A coordinate in tenths, written without a float: 125 is "12.5".
#[derive(Clone, Copy)]
pub(super) struct Tenths(pub i64);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, tenth) = (self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10);
        if tenth == 0 { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{tenth}") }
    }
}

/// Tenths as whole units, rounded up: the size of a view box.
pub(super) fn units(tenths: i64) -> u32 {
    u32::try_from((tenths + 9).div_euclid(10)).unwrap_or(0)
}

/// A count as a factor of lengths.
pub(super) fn times(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(0)
}

/// Text for XML or HTML, in content and in quoted attributes. Characters that XML forbids are left out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Where a text begins.
#[derive(Clone, Copy)]
pub(super) enum Jangkar {
    Awal,
    Tengah,
    Akhir,
}

/// How a text looks; `tepi` puts paper around the letters, so that they stay legible on lines.
#[derive(Clone, Copy)]
pub(super) struct Gaya {
    pub ukuran: i64,
    pub tebal: bool,
    pub warna: &'static str,
    pub tepi: bool,
}

impl Gaya {
    pub(super) const fn new(ukuran: i64, warna: &'static str) -> Self {
        Self { ukuran, tebal: false, warna, tepi: false }
    }

    pub(super) const fn bold(self) -> Self {
        Self { tebal: true, ..self }
    }

    pub(super) const fn edged(self) -> Self {
        Self { tepi: true, ..self }
    }
}

/// A rectangle.
#[derive(Clone, Copy)]
pub(super) struct Kotak {
    pub x: i64,
    pub y: i64,
    pub w: i64,
    pub h: i64,
}

/// A drawing in the making.
pub(super) struct Kanvas {
    isi: String,
}

/// Writing into a `String` cannot fail; the macro keeps that in one place.
macro_rules! put {
    ($canvas:expr, $($arg:tt)*) => {
        write!($canvas.isi, $($arg)*).unwrap_or(())
    };
}

impl Kanvas {
    pub(super) const fn new() -> Self {
        Self { isi: String::new() }
    }

    pub(super) fn rect(&mut self, k: Kotak, radius: i64, fill: &str) {
        let (x, y, w, h) = (Tenths(k.x), Tenths(k.y), Tenths(k.w), Tenths(k.h));
        put!(self, r#"<rect x="{x}" y="{y}" width="{w}" height="{h}""#);
        if radius > 0 {
            put!(self, r#" rx="{}""#, Tenths(radius));
        }
        put!(self, r#" fill="{fill}"/>"#);
    }

    pub(super) fn line(&mut self, from: (i64, i64), to: (i64, i64), stroke: &str, width: i64) {
        let ((x1, y1), (x2, y2)) = (from, to);
        put!(
            self,
            r#"<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{stroke}" stroke-width="{}"/>"#,
            Tenths(x1),
            Tenths(y1),
            Tenths(x2),
            Tenths(y2),
            Tenths(width)
        );
    }

    /// A line through points; of a single point nothing is drawn.
    pub(super) fn polyline(&mut self, points: &[(i64, i64)], stroke: &str, width: i64, dash: Option<&str>) {
        if points.len() < 2 {
            return;
        }
        put!(self, r#"<polyline fill="none" stroke="{stroke}" stroke-width="{}""#, Tenths(width));
        put!(self, r#" stroke-linejoin="round" stroke-linecap="{}""#, if dash.is_some() { "butt" } else { "round" });
        if let Some(dash) = dash {
            put!(self, r#" stroke-dasharray="{dash}""#);
        }
        put!(self, r#" points=""#);
        for (i, (x, y)) in points.iter().enumerate() {
            put!(self, "{}{},{}", if i == 0 { "" } else { " " }, Tenths(*x), Tenths(*y));
        }
        put!(self, r#""/>"#);
    }

    /// A filled shape with straight edges.
    pub(super) fn polygon(&mut self, points: &[(i64, i64)], fill: &str) {
        put!(self, r#"<polygon fill="{fill}" points=""#);
        for (i, (x, y)) in points.iter().enumerate() {
            put!(self, "{}{},{}", if i == 0 { "" } else { " " }, Tenths(*x), Tenths(*y));
        }
        put!(self, r#""/>"#);
    }

    /// A dot with a thin rim of paper.
    pub(super) fn dot(&mut self, at: (i64, i64), radius: i64, fill: &str) {
        let (x, y) = (Tenths(at.0), Tenths(at.1));
        put!(self, r#"<circle cx="{x}" cy="{y}" r="{}" fill="{fill}" stroke="{PAPER}"/>"#, Tenths(radius));
    }

    /// The same, with words that a pointer on it shows.
    pub(super) fn named_dot(&mut self, at: (i64, i64), radius: i64, fill: &str, words: &str) {
        let (x, y) = (Tenths(at.0), Tenths(at.1));
        put!(self, r#"<circle cx="{x}" cy="{y}" r="{}" fill="{fill}" stroke="{PAPER}">"#, Tenths(radius));
        put!(self, "<title>{}</title></circle>", escape(words));
    }

    pub(super) fn text(&mut self, at: (i64, i64), anchor: Jangkar, style: Gaya, text: &str) {
        put!(self, r#"<text x="{}" y="{}""#, Tenths(at.0), Tenths(at.1));
        put!(self, r#" font-size="{}" fill="{}""#, Tenths(style.ukuran), style.warna);
        match anchor {
            Jangkar::Awal => {}
            Jangkar::Tengah => put!(self, r#" text-anchor="middle""#),
            Jangkar::Akhir => put!(self, r#" text-anchor="end""#),
        }
        if style.tebal {
            put!(self, r#" font-weight="700""#);
        }
        if style.tepi {
            put!(self, r#" stroke="{PAPER}" stroke-width="3" stroke-linejoin="round" paint-order="stroke""#);
        }
        put!(self, ">{}</text>", escape(text));
    }

    /// Lines of text under each other, `pitch` apart, centred on a height.
    pub(super) fn lines(&mut self, x: i64, middle: i64, pitch: i64, style: Gaya, lines: &[String]) {
        let top = middle - times(lines.len()) * pitch / 2;
        for (i, line) in lines.iter().enumerate() {
            self.text((x, top + times(i) * pitch + pitch * 3 / 4), Jangkar::Awal, style, line);
        }
    }

    /// The sign of "not known": stripes, in a thin frame. Drawn as plain lines, since a pattern would need an id.
    pub(super) fn hatch(&mut self, k: Kotak) {
        self.rect(k, 0, "#f7f8fa");
        let mut path = String::new();
        let right = k.x + k.w;
        // Each stripe climbs from the lower edge to the upper one, cut where it would leave the rectangle.
        let mut foot = k.x - k.h + 30;
        while foot < right {
            let from = foot.max(k.x);
            let to = (foot + k.h).min(right);
            let (low, high) = (k.y + k.h - (from - foot), k.y + k.h - (to - foot));
            write!(path, "M{} {}L{} {}", Tenths(from), Tenths(low), Tenths(to), Tenths(high)).unwrap_or(());
            foot += 55;
        }
        put!(self, r##"<path d="{path}" stroke="#c9d1da" stroke-width="1.4" fill="none"/>"##);
        let (x, y, w, h) = (Tenths(k.x), Tenths(k.y), Tenths(k.w), Tenths(k.h));
        put!(self, r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="none" stroke="{LINE}"/>"#);
    }

    /// The whole document. `ukuran` is in whole units.
    pub(super) fn finish(self, ukuran: (u32, u32), title: &str, desc: &str) -> String {
        let (w, h) = ukuran;
        let mut out = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" "#
        );
        out.push_str(r#"font-family="'Noto Sans', sans-serif">"#);
        out.push_str(&format!("<title>{}</title>", escape(title)));
        if !desc.is_empty() {
            out.push_str(&format!("<desc>{}</desc>", escape(desc)));
        }
        out.push_str(&self.isi);
        out.push_str("</svg>");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_written_without_floats() {
        let written: Vec<String> = [0, 5, 125, 130, -7, -120].iter().map(|n| Tenths(*n).to_string()).collect();
        assert_eq!(written, ["0", "0.5", "12.5", "13", "-0.7", "-12"]);
    }

    #[test]
    fn markup_and_control_characters_cannot_break_out() {
        assert_eq!(escape("<a href=\"x\">'&\u{0}\u{b}\u{ffff}"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
    }

    #[test]
    fn stripes_stay_inside_their_rectangle() {
        let mut canvas = Kanvas::new();
        canvas.hatch(Kotak { x: 100, y: 100, w: 300, h: 100 });
        let path = canvas.isi.split("d=\"").nth(1).and_then(|s| s.split('"').next()).unwrap_or_default().to_string();
        for pair in path.split(['M', 'L']).filter(|s| !s.is_empty()) {
            let (x, y) = pair.split_once(' ').unwrap();
            let (x, y): (f32, f32) = (x.parse().unwrap(), y.parse().unwrap());
            assert!((10.0..=40.0).contains(&x) && (10.0..=20.0).contains(&y), "{pair}");
        }
    }
}
