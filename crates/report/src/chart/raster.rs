//! SVG to PNG, for documents that cannot hold SVG. Only the fonts that are shipped are used, so that every machine gives
//! the same bytes.

use std::fmt;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Error, Options, Tree, fontdb};

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("../../../../assets/fonts/NotoSans-Regular.ttf").to_vec());
    fonts.load_font_data(include_bytes!("../../../../assets/fonts/NotoSans-Bold.ttf").to_vec());
    fonts.set_sans_serif_family("Noto Sans");
    Arc::new(fonts)
});

/// Widest picture that is made; a mistake in a width must not eat the memory.
const MOST_PIXELS: u32 = 8000;

/// Why a picture could not be made.
#[derive(Debug)]
pub enum GalatGambar {
    /// The SVG cannot be read.
    Svg(Error),
    /// The picture would have no pixels or too many.
    Ukuran {
        /// Width in pixels.
        lebar: u32,
        /// Height in pixels.
        tinggi: u32,
    },
    /// The PNG cannot be written.
    Png(String),
}

impl fmt::Display for GalatGambar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Svg(error) => write!(f, "gambar SVG tidak terbaca: {error}"),
            Self::Ukuran { lebar, tinggi } => write!(f, "ukuran gambar {lebar} x {tinggi} piksel tidak dapat dibuat"),
            Self::Png(error) => write!(f, "gambar PNG tidak dapat ditulis: {error}"),
        }
    }
}

impl std::error::Error for GalatGambar {}

/// The picture as PNG on white, so many pixels wide.
pub fn rasterize(svg: &str, width_px: u32) -> Result<Vec<u8>, GalatGambar> {
    let options = Options { font_family: "Noto Sans".to_owned(), fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(GalatGambar::Svg)?;
    let wrong = |tinggi| GalatGambar::Ukuran { lebar: width_px, tinggi };
    let size = tree.size().to_int_size();
    let size = size.scale_to_width(width_px).ok_or_else(|| wrong(0))?;
    if size.width().max(size.height()) > MOST_PIXELS {
        return Err(wrong(size.height()));
    }
    let mut pixmap = Pixmap::new(size.width(), size.height()).ok_or_else(|| wrong(size.height()))?;
    pixmap.fill(Color::WHITE);
    resvg::render(&tree, zoom(&tree, width_px), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| GalatGambar::Png(error.to_string()))
}

/// The zoom that makes a picture so wide.
#[expect(clippy::float_arithmetic, reason = "the rasterizer counts in floats; no figure of a report is computed here")]
fn zoom(tree: &Tree, width_px: u32) -> Transform {
    let factor = width_px as f32 / tree.size().width();
    Transform::from_scale(factor, factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{BarisTarget, target_bars};

    #[test]
    fn gives_the_same_png_every_time() {
        let row =
            BarisTarget { label: "Uji".into(), capaian: Some(88.into()), step: Some(1), keterangan: String::new() };
        let chart = target_bars("Uji", &[row]);
        let png = rasterize(&chart.svg, 300).unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(png[16..20], 300_u32.to_be_bytes());
        assert_eq!(png, rasterize(&chart.svg, 300).unwrap());
    }

    #[test]
    fn text_is_drawn_with_the_shipped_fonts() {
        let svg = |text| {
            format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text y="15">{text}</text></svg>"#
            )
        };
        let empty = rasterize(&svg(""), 60).unwrap();
        assert_ne!(rasterize(&svg("Tolok"), 60).unwrap(), empty);
    }

    #[test]
    fn errors_are_told() {
        assert!(matches!(rasterize("bukan svg", 100), Err(GalatGambar::Svg(_))));
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>"#;
        assert!(matches!(rasterize(svg, 0), Err(GalatGambar::Ukuran { .. })));
        assert!(matches!(rasterize(svg, 9000), Err(GalatGambar::Ukuran { .. })));
    }
}
