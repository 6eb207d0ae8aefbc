//! Units of measurement as offices write them.

/// Whether two units are one in different spelling: "%" and "Persen", "org" and "Orang", "dok." and "dokumen". Where one is not given,
/// nothing says that they differ.
pub fn is_same_unit(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    a.is_empty() || b.is_empty() || a == b || is_short_for(&a, &b) || is_short_for(&b, &a)
}

fn plain(text: &str) -> String {
    let small = text.trim().trim_end_matches('.').to_lowercase();
    match small.as_str() {
        "persen" | "persentase" => "%".to_owned(),
        _ => small,
    }
}

/// Longest abbreviation of a unit ("keg", "jiwa" is none).
const SHORT: usize = 4;

/// Whether the letters of the first stand in the second in their order, beginning with its first.
fn is_short_for(short: &str, long: &str) -> bool {
    let word = |text: &str| text.chars().all(char::is_alphabetic);
    let mut rest = long.chars();
    let length = short.chars().count();
    word(short)
        && word(long)
        && (2..=SHORT).contains(&length)
        && short.chars().next() == long.chars().next()
        && short.chars().all(|c| rest.any(|d| d == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_unit_are_one_and_other_units_are_not() {
        for (a, b) in [("%", "Persen"), ("org", "Orang"), ("dok.", "dokumen"), ("", "Nilai"), ("bln", "bulan")] {
            assert!(is_same_unit(a, b) && is_same_unit(b, a), "{a} | {b}");
        }
        for (a, b) in [("%", "paket"), ("ton", "ton/ha"), ("orang", "juta orang"), ("unit", "paket"), ("org", "keg")] {
            assert!(!is_same_unit(a, b) && !is_same_unit(b, a), "{a} | {b}");
        }
    }
}
