//! Numbers of cells, which are floats in the file and decimals everywhere else.

use tolok_domain::Decimal;

/// From here on not every whole number is a float.
const WHOLE: f64 = 9_007_199_254_740_992.0;
/// From here on a float with 15 digits cannot tell hundredths (sen).
const FINE: f64 = 1e13;

/// The decimal number that a cell shows. A float stands for the number of 15 digits next to it, as spreadsheet programs show it: so
/// 0,30000000000000004, left over by a computation, is 0,3. `None` when digits would be lost.
pub fn exact(x: f64) -> Option<Decimal> {
    if x.fract() == 0.0 {
        return if x.abs() < WHOLE { Decimal::from_str_exact(&format!("{x:.0}")).ok() } else { None };
    }
    if !x.is_finite() || x.abs() >= FINE {
        return None;
    }
    let text = format!("{x:.14e}");
    let (digits, exponent) = text.split_once('e')?;
    Decimal::from_scientific(&format!("{}e{exponent}", digits.trim_end_matches('0'))).ok().map(|x| x.normalize())
}

/// Whether a number format shows hundredths as per cent: a sign that is quoted or escaped is only shown.
pub(crate) fn is_percent(format: &str) -> bool {
    let mut quoted = false;
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => quoted = !quoted,
            _ if quoted => {}
            // The character after these is shown, skipped or repeated.
            '\\' | '_' | '*' => {
                characters.next();
            }
            '%' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tolok_domain::number::write_plain;

    #[test]
    fn a_float_is_the_number_that_a_cell_shows() {
        for (float, text) in [
            (0.1 + 0.2, "0,3"),
            (1.1 * 1.1, "1,21"),
            (7_851_608_419.349_999, "7851608419,35"),
            (28.0 / 35.0 * 100.0, "80"),
            (200.0 / 7.0, "28,5714285714286"),
            (1e-9, "0,000000001"),
            (-0.0, "0"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (999_999_999_999_999.0, "999999999999999"),
            (9_999_999_999_999.99, "9999999999999,99"),
        ] {
            assert_eq!(exact(float).map(write_plain).as_deref(), Some(text), "{float}");
        }
    }

    #[test]
    fn a_float_that_lost_digits_is_no_number() {
        for float in [9_007_199_254_740_992.0, 1e300, 98_765_432_109_876.54, 1e-40, f64::NAN, f64::INFINITY] {
            assert_eq!(exact(float), None, "{float}");
        }
    }

    #[test]
    fn a_percent_format_is_one_that_multiplies() {
        for format in ["0%", "0.00%", "#,##0.0 %", "0.00##%", "0%;-0%", "[Red]0.0%", "\"kira-kira\" 0%"] {
            assert!(is_percent(format), "{format}");
        }
        for format in ["General", "#,##0.00", "0.00\" %\"", "0\\%", "0_%", "0*%", "@", ""] {
            assert!(!is_percent(format), "{format}");
        }
    }

    proptest! {
        #[test]
        fn what_has_15_digits_is_kept(mantissa in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 2..=20_u32) {
            let exactly = Decimal::new(mantissa, scale);
            prop_assert_eq!(exact(exactly.to_string().parse().expect("a float")), Some(exactly));
        }

        #[test]
        fn any_float_does_no_harm(x in any::<f64>()) {
            exact(x);
        }

        #[test]
        fn any_format_does_no_harm(format in any::<String>()) {
            is_percent(&format);
        }
    }
}
