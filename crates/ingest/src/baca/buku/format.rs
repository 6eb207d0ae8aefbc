//! What a cell shows: its value in the format of the cell, in Indonesian notation without grouping.

use calamine::Data;
use tolok_domain::Decimal;
use tolok_domain::number::{shown_places, write_plain};

use super::super::kisi::Mentah;
use super::super::teks::tidy;
use crate::workbook::{exact, is_percent};

/// What a number format does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tampilan {
    /// Times a hundred with a percent sign.
    persen: bool,
    /// Digits that are shown at least ("0000000"), where there are more than one.
    digit: Option<usize>,
    /// Decimals that are always shown ("0.00").
    desimal: Option<u32>,
}

impl Tampilan {
    /// What a format code does to a number.
    pub(super) fn of(code: &str) -> Self {
        let first = code.split(';').next().unwrap_or_default();
        let zeros = |text: &str| !text.is_empty() && text.bytes().all(|b| b == b'0');
        let digit = (zeros(first) && first.len() > 1).then_some(first.len());
        let desimal = first
            .split_once('.')
            .filter(|(whole, frac)| zeros(whole) && whole.len() == 1 && zeros(frac) && frac.len() <= 4);
        Self { persen: is_percent(code), digit, desimal: desimal.and_then(|(_, frac)| u32::try_from(frac.len()).ok()) }
    }
}

/// A cell with the text that it shows; `None` for one that shows nothing.
pub(super) fn shown(value: &Data, format: Tampilan) -> Option<Mentah> {
    let mentah = match value {
        Data::Empty => return None,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Mentah::text(tidy(text)),
        Data::Int(whole) => number(Decimal::from(*whole), format),
        Data::Float(float) => match exact(*float) {
            Some(x) => number(x, format),
            // Digits would be lost: the text says so, and no number stands behind it.
            None => Mentah::text(format!("{float:e}")),
        },
        Data::Bool(yes) => Mentah::text(if *yes { "TRUE" } else { "FALSE" }),
        Data::Error(error) => Mentah::text(error.to_string()),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            if moment.is_duration() || year < 1910 {
                let float = moment.as_f64();
                exact(float).map_or_else(|| Mentah::text(format!("{float}")), |x| number(x, Tampilan::default()))
            } else if hour == 0 && minute == 0 {
                Mentah::text(format!("{day:02}/{month:02}/{year}"))
            } else {
                Mentah::text(format!("{day:02}/{month:02}/{year} {hour:02}.{minute:02}"))
            }
        }
    };
    (!mentah.teks.is_empty()).then_some(mentah)
}

fn number(x: Decimal, format: Tampilan) -> Mentah {
    let Tampilan { persen, digit, desimal } = format;
    let x = if persen { x.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(x) } else { x }.normalize();
    let mut teks = match desimal.filter(|places| !persen && x.scale() <= *places) {
        Some(places) => {
            let mut full = x;
            full.rescale(places);
            full.to_string().replace('.', ",")
        }
        None => write_plain(x.round_dp(shown_places(x).max(x.scale().min(6)))),
    };
    if let Some(width) = digit.filter(|_| x.is_integer() && !x.is_sign_negative()) {
        teks = format!("{teks:0>width$}");
    }
    if persen {
        teks.push('%');
    }
    Mentah { nilai: Some(x), ..Mentah::text(teks) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: Data, code: &str) -> Option<String> {
        shown(&value, Tampilan::of(code)).map(|m| m.teks)
    }

    #[test]
    fn cells_show_what_their_format_says() {
        for (value, code, expected) in [
            (123.0, "0000000", "0000123"),
            (1.1, "0.00", "1,10"),
            (1.01, "General", "1,01"),
            (3400.0, "General", "3400"),
            (0.9813, "0.00%", "98,13%"),
            (7_851_608_419.0, "#,##0", "7851608419"),
            (0.1 + 0.2, "General", "0,3"),
        ] {
            assert_eq!(text(Data::Float(value), code).as_deref(), Some(expected), "{value} {code}");
        }
        assert_eq!(text(Data::String("  a\n b ".into()), "@").as_deref(), Some("a b"));
        assert_eq!(text(Data::String(" ".into()), "@"), None);
    }
}
