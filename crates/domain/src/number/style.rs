//! Which of `.` and `,` groups thousands and which starts the decimals.

use rust_decimal::Decimal;

use super::Konteks;
use super::error::GalatAngka;
use super::parts;

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gaya {
    /// 1.234,5
    Indonesia,
    /// 1,234.5
    Inggris,
}

impl Gaya {
    /// The sign between groups of three digits.
    const fn grouping(self) -> char {
        match self {
            Self::Indonesia => '.',
            Self::Inggris => ',',
        }
    }

    /// The style that groups with this sign.
    const fn grouping_with(sign: char) -> Self {
        if sign == '.' { Self::Indonesia } else { Self::Inggris }
    }

    /// The other style.
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Indonesia => Self::Inggris,
            Self::Inggris => Self::Indonesia,
        }
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Indonesia => "Indonesia",
            Self::Inggris => "Inggris",
        }
    }

    /// What it looks like.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Indonesia => "1.234,5",
            Self::Inggris => "1,234.5",
        }
    }
}

/// In which style a column is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GayaKolom {
    /// Everything that shows a style shows this one.
    Satu(Gaya),
    /// Both styles occur: a person has to confirm.
    Campur,
    /// Nothing in it shows a style.
    TakTentu,
}

/// Finds the style of a column from those of its numerals that can be read in one style only.
pub fn detect_style(texts: impl IntoIterator<Item = impl AsRef<str>>) -> GayaKolom {
    let mut found = GayaKolom::TakTentu;
    for text in texts {
        for gaya in parts::numerals(&parts::clean(text.as_ref())).into_iter().filter_map(evidence) {
            found = match found {
                GayaKolom::TakTentu => GayaKolom::Satu(gaya),
                GayaKolom::Satu(other) if other != gaya => return GayaKolom::Campur,
                same => same,
            };
        }
    }
    found
}

fn evidence(numeral: &str) -> Option<Gaya> {
    match shape(numeral)? {
        Shape::Clear { gaya, .. } => Some(gaya),
        Shape::Plain | Shape::Unclear { .. } => None,
    }
}

/// The value of a numeral (digits and separators, no sign) in its context.
///
/// # Errors
/// When it is ambiguous, in the wrong style, wrongly grouped, or too long.
pub(super) fn numeral(text: &str, ctx: &Konteks) -> Result<Decimal, GalatAngka> {
    let teks = || text.to_owned();
    match shape(text).ok_or_else(|| GalatAngka::BukanAngka { teks: teks() })? {
        Shape::Plain => decimal(text, "", text),
        Shape::Clear { gaya, whole, frac } => match ctx.gaya {
            Some(expected) if expected != gaya => Err(GalatAngka::GayaLain { teks: teks(), gaya: expected }),
            _ => decimal(&whole, frac, text),
        },
        Shape::Unclear { whole, frac, sign } => {
            let ribuan = decimal(&format!("{whole}{frac}"), "", text)?;
            let desimal = decimal(whole, frac, text)?;
            match (ctx.gaya, ctx.bulat) {
                (Some(gaya), _) if gaya.grouping() == sign => Ok(ribuan),
                (Some(_), false) => Ok(desimal),
                (None, true) => Ok(ribuan),
                // Style says decimals, the column says whole counts: one of them is wrong.
                (Some(_), true) | (None, false) => Err(GalatAngka::Ambigu { teks: teks(), ribuan, desimal }),
            }
        }
    }
}

/// The value of the part before the exponent in scientific notation, where a separator always starts the decimals.
///
/// # Errors
/// When there is more than one separator, or too many digits.
pub(super) fn mantissa(text: &str) -> Result<Decimal, GalatAngka> {
    let (whole, frac) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if frac.contains(['.', ',']) {
        return Err(GalatAngka::BukanAngka { teks: text.to_owned() });
    }
    decimal(whole, frac, text)
}

fn decimal(whole: &str, frac: &str, text: &str) -> Result<Decimal, GalatAngka> {
    // A dot without decimals behind it is not accepted by the parser.
    let plain = if frac.is_empty() { whole.to_owned() } else { format!("{whole}.{frac}") };
    // `from_str` would round what does not fit.
    Decimal::from_str_exact(&plain).map_err(|_| GalatAngka::TerlaluBesar { teks: text.to_owned() })
}

enum Shape<'a> {
    /// Digits only.
    Plain,
    /// Can be read in one style only; `whole` without its separators.
    Clear { gaya: Gaya, whole: String, frac: &'a str },
    /// One separator, three digits behind it, one to three before it.
    Unclear { whole: &'a str, frac: &'a str, sign: char },
}

/// `None` when neither style allows it ("11.445.699.70").
fn shape(text: &str) -> Option<Shape<'_>> {
    let last = text.rfind(['.', ',']);
    let Some((whole, frac)) = last.map(|at| (&text[..at], &text[at + 1..])) else { return Some(Shape::Plain) };
    let sign = if text[whole.len()..].starts_with('.') { '.' } else { ',' };
    if whole.contains(sign) {
        // The same sign twice can only group.
        let gaya = Gaya::grouping_with(sign);
        return Some(Shape::Clear { gaya, whole: ungroup(text, sign)?, frac: "" });
    }
    let gaya = Gaya::grouping_with(sign).other();
    if whole.contains(['.', ',']) {
        return Some(Shape::Clear { gaya, whole: ungroup(whole, gaya.grouping())?, frac });
    }
    if frac.len() == 3 && whole.len() <= 3 && !whole.starts_with('0') {
        return Some(Shape::Unclear { whole, frac, sign });
    }
    Some(Shape::Clear { gaya, whole: whole.to_owned(), frac })
}

/// Takes out separators between groups of three; `None` when the groups are of another size.
fn ungroup(text: &str, sign: char) -> Option<String> {
    let mut groups = text.split(sign);
    let first = groups.next()?;
    let first_fits = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let fits = first_fits && groups.all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()));
    fits.then(|| text.replace(sign, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_show_their_style_only_where_it_is_certain() {
        let style = |texts: &[&str]| detect_style(texts);
        assert_eq!(style(&["1.924", "3.351", "1051", "", "-"]), GayaKolom::TakTentu);
        assert_eq!(style(&["1.000", "1.111,11"]), GayaKolom::Satu(Gaya::Indonesia), "C007");
        assert_eq!(style(&["9,154", "9,423", "6,318,563,994"]), GayaKolom::Satu(Gaya::Inggris), "C024");
        assert_eq!(style(&["7328.707475", "9,073.45", "24,507.46", "7,7"]), GayaKolom::Campur, "C005");
        assert_eq!(style(&["60,5-85,5", "Rp7.851.608.419"]), GayaKolom::Satu(Gaya::Indonesia));
        assert_eq!(style(&["1.2000000000000000e+006", "2.07.03"]), GayaKolom::TakTentu);
    }

    #[test]
    fn groups_are_of_three() {
        for text in ["11.445.699.70", "928.573.941.8", "1,23.456", "0.123.456", "1234.567.890", "1.234,567.8"] {
            let result = numeral(text, &Konteks::default());
            assert!(matches!(result, Err(GalatAngka::BukanAngka { .. })), "{text}: {result:?}");
        }
    }
}
