//! Numbers in words (terbilang), as they stand in agreements beside an amount.

const ONES: [&str; 12] =
    ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"];

/// Names of the groups of three digits, lowest first; a `u64` has seven.
const GROUPS: [&str; 7] = ["", "ribu", "juta", "miliar", "triliun", "kuadriliun", "kuintiliun"];

/// A whole number in words: 28 is "dua puluh delapan".
pub fn terbilang(n: u64) -> String {
    if n == 0 {
        return "nol".to_owned();
    }
    let mut groups = Vec::new();
    let mut rest = n;
    for name in GROUPS {
        // Below 1000, so it fits.
        let group = usize::try_from(rest % 1000).unwrap_or(0);
        if group > 0 {
            groups.push(group_in_words(group, name));
        }
        rest /= 1000;
    }
    groups.reverse();
    groups.join(" ")
}

fn group_in_words(group: usize, name: &str) -> String {
    match (group, name) {
        (1, "ribu") => "seribu".to_owned(),
        (_, "") => below_thousand(group),
        _ => format!("{} {name}", below_thousand(group)),
    }
}

fn below_thousand(n: usize) -> String {
    match n {
        0..=11 => ONES[n].to_owned(),
        12..=19 => format!("{} belas", ONES[n - 10]),
        20..=99 => joined(format!("{} puluh", ONES[n / 10]), n % 10),
        100..=199 => joined("seratus".to_owned(), n - 100),
        _ => joined(format!("{} ratus", ONES[n / 100 % 10]), n % 100),
    }
}

fn joined(head: String, rest: usize) -> String {
    if rest == 0 { head } else { format!("{head} {}", below_thousand(rest)) }
}

/// The number that words say, however their letters are cased and with the spellings "milyar" and "trilyun"; `None` when a word is not
/// of a number, or the words do not make one.
pub fn from_terbilang(words: &str) -> Option<u64> {
    let words = words.to_lowercase();
    // Finished groups, the hundreds and tens of the group being read, and the number before "belas", "puluh" or "ratus".
    let (mut total, mut group, mut digit) = (0_u64, 0_u64, None::<u64>);
    let mut any = false;
    for word in words.split_whitespace() {
        any = true;
        let ones = ONES.iter().skip(1).position(|one| *one == word).and_then(|at| u64::try_from(at + 1).ok());
        match (word, ones) {
            (_, Some(n)) if digit.is_none() => digit = Some(n),
            ("nol", _) if digit.is_none() => digit = Some(0),
            ("belas", _) => group += digit.take()?.checked_add(10)?,
            ("puluh", _) => group += digit.take()? * 10,
            ("ratus", _) => group += digit.take()? * 100,
            ("seratus", _) if digit.is_none() => group += 100,
            ("seribu", _) if digit.is_none() && group == 0 => total = total.checked_add(1_000)?,
            _ => {
                let name = match word {
                    "milyar" => "miliar",
                    "trilyun" => "triliun",
                    same => same,
                };
                let power = GROUPS.iter().skip(1).position(|g| *g == name)? + 1;
                let size = 1000_u64.checked_pow(u32::try_from(power).ok()?)?;
                let value = group.checked_add(digit.take().unwrap_or(0))?;
                group = 0;
                total = total.checked_add(value.checked_mul(size).filter(|v| *v > 0)?)?;
            }
        }
    }
    if any { total.checked_add(group)?.checked_add(digit.unwrap_or(0)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "nol")]
    #[case(1, "satu")]
    #[case(10, "sepuluh")]
    #[case(11, "sebelas")]
    #[case(19, "sembilan belas")]
    #[case(28, "dua puluh delapan")]
    #[case(100, "seratus")]
    #[case(111, "seratus sebelas")]
    #[case(1_000, "seribu")]
    #[case(1_001, "seribu satu")]
    #[case(21_000, "dua puluh satu ribu")]
    #[case(101_000, "seratus satu ribu")]
    #[case(1_001_000, "satu juta seribu")]
    // C119: the words in the document say 8.000 less than its number.
    #[case(440_760_000, "empat ratus empat puluh juta tujuh ratus enam puluh ribu")]
    #[case(1_000_000_000_000, "satu triliun")]
    fn counts(#[case] n: u64, #[case] words: &str) {
        assert_eq!(terbilang(n), words);
    }

    #[test]
    fn the_largest_number_has_words() {
        let words = terbilang(u64::MAX);
        assert!(words.starts_with("delapan belas kuintiliun empat ratus empat puluh enam kuadriliun"), "{words}");
        assert!(words.ends_with("enam ratus lima belas"), "{words}");
    }

    #[test]
    fn words_that_are_no_number_give_none() {
        for words in ["", "rupiah", "dua program", "puluh", "dua tiga", "juta", "satu nol"] {
            assert_eq!(from_terbilang(words), None, "{words}");
        }
        assert_eq!(from_terbilang("Dua Milyar seribu"), Some(2_000_001_000));
    }

    proptest! {
        #[test]
        fn words_read_back(n in any::<u64>()) {
            prop_assert_eq!(from_terbilang(&terbilang(n)), Some(n));
        }

        #[test]
        fn any_words_do_no_harm(words in "((satu|dua|belas|puluh|ratus|ribu|juta|kuintiliun|seribu|x) ?){0,40}") {
            from_terbilang(&words);
        }
    }
}
