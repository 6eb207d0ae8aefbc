//! Charts as SVG text: the same picture on the web page, in the PDF and (rasterized) in DOCX.
//!
//! Every coordinate is a whole number of tenths of a unit, computed from exact decimals, so that one snapshot always gives
//! the same bytes. Nothing refers to anything by id, so that many charts can stand in one page. A value that is not known
//! is hatched and named in words; it never looks like a value of zero.

mod absorption;
mod axis;
mod raster;
mod scatter;
mod small;
mod svg;
mod target;
pub(crate) mod text;
mod tree;
mod trend;
mod trend_cell;

pub use absorption::{BarisSerapan, absorption_bars};
pub use raster::{GalatGambar, rasterize};
pub use scatter::{TitikSebar, scatter};
pub use small::{bullet, segments, sparkline};
pub(crate) use svg::escape;
pub use target::{BarisTarget, target_bars};
pub use tree::{A3, Helai, Petunjuk, Ranting, Tanda, Tautan, tree};
pub use trend::{Deret, TitikTahun, trend};

/// A chart, ready for a figure of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grafik {
    /// The picture.
    pub svg: String,
    /// Width and height of its view box.
    pub ukuran: (u32, u32),
    /// What it shows, in one sentence.
    pub alt: String,
}

/// What a reader sees where there is no value.
const BELUM_ADA: &str = "belum ada";

const INK: &str = "#1a2330";
const MUTED: &str = "#5c6878";
const LINE: &str = "#dfe4ea";
const TRACK: &str = "#edf0f3";
const PAPER: &str = "#ffffff";
const BRAND: &str = "#14508c";
const MONEY: &str = "#7890ac";
/// A value whose band is not known: neither success nor failure.
const UNGRADED: &str = "#8a95a5";

/// Width of the charts of documents, in tenths.
const WIDTH: i64 = 6800;

/// Colour of a band by its step from the top: 0 is the best, 4 the lowest. Any other step is grey.
pub fn band_colour(step: u8) -> &'static str {
    match step {
        0 => "#1a7f4b",
        1 => "#4f9a2a",
        2 => "#b98200",
        3 => "#c2561a",
        4 => "#b3261e",
        _ => UNGRADED,
    }
}

/// The picture of no rows at all: a hatched strip with words.
fn empty_chart(judul: &str, what: &str) -> Grafik {
    let ukuran = (svg::units(WIDTH), 60);
    let mut canvas = svg::Kanvas::new();
    canvas.hatch(svg::Kotak { x: 5, y: 5, w: WIDTH - 10, h: 590 });
    let style = svg::Gaya::new(130, MUTED).edged();
    canvas.text((WIDTH / 2, 345), svg::Jangkar::Tengah, style, "Belum ada data");
    Grafik { svg: canvas.finish(ukuran, judul, ""), ukuran, alt: format!("{what}: belum ada data.") }
}

/// Colour of a known value, whose band may not be known.
fn value_colour(step: Option<u8>) -> &'static str {
    step.map_or(UNGRADED, band_colour)
}
