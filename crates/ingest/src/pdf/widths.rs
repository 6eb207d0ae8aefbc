//! Widths of the fonts that a PDF may use without bringing them, for codes 32 to 126, in thousandths of the font size.
//!
//! Source: Adobe's metrics of the core fonts. Bold and italic are taken as their upright: what is measured are gaps between words,
//! and those are wider than the difference.

const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];

/// Width of a code in a font that is known by name alone.
pub(super) fn of_named_font(name: &str, code: u8) -> f64 {
    let index = usize::from(code.wrapping_sub(32));
    let width = if name.contains("Courier") {
        600
    } else if name.contains("Times") || name.contains("Roman") {
        TIMES.get(index).copied().unwrap_or(500)
    } else {
        HELVETICA.get(index).copied().unwrap_or(556)
    };
    f64::from(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_aligned_with_the_codes() {
        assert_eq!(of_named_font("Helvetica", b'W'), 944.0);
        assert_eq!(of_named_font("Helvetica-Bold", b'~'), 584.0);
        assert_eq!(of_named_font("Times-Roman", b'@'), 921.0);
        assert_eq!(of_named_font("Times-Roman", b'~'), 541.0);
        assert_eq!(of_named_font("CourierNew", 200), 600.0);
    }
}
