//! Words and numbers in charts: short numbers, and wrapping by the true widths of the letters.

use rust_decimal::RoundingStrategy;
use tolok_domain::Decimal;
use tolok_domain::number::write_decimal;

/// Advance widths of Noto Sans Regular for U+0020 to U+007E, in thousandths of the font size.
const WIDTHS: [u16; 95] = [
    260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372, 572, 572, 572, 572, 572, 572, 572,
    572, 572, 572, 268, 268, 572, 572, 572, 434, 899, 639, 650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907,
    760, 781, 605, 781, 622, 549, 556, 731, 600, 930, 586, 566, 572, 329, 372, 329, 572, 444, 281, 561, 615, 480, 615,
    564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605, 615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380,
    551, 380, 572,
];

/// Width of a text, in the unit of `size`. Bold letters are about a twelfth wider.
pub(crate) fn width(text: &str, size: i64, bold: bool) -> i64 {
    scaled(thousandths(text), size, bold)
}

/// Width of a text of size 1, in thousandths.
fn thousandths(text: &str) -> i64 {
    text.chars()
        .map(|c| {
            let place = usize::try_from(u32::from(c)).ok().and_then(|n| n.checked_sub(32));
            i64::from(place.and_then(|n| WIDTHS.get(n)).copied().unwrap_or(620))
        })
        .sum()
}

const fn scaled(thousandths: i64, size: i64, bold: bool) -> i64 {
    thousandths * size / if bold { 920 } else { 1000 }
}

/// Breaks a text into at most `most` lines of the given width; what does not fit ends in "…".
pub(super) fn wrap(text: &str, room: i64, size: i64, bold: bool, most: usize) -> Vec<String> {
    let fits = |line: &str| width(line, size, bold) <= room;
    let mut lines: Vec<String> = Vec::new();
    // Of the last line.
    let mut used = 0;
    for word in text.split_whitespace() {
        for (i, piece) in pieces(word).into_iter().enumerate() {
            let space = if i == 0 { " " } else { "" };
            let more = thousandths(space) + thousandths(piece);
            match lines.last_mut() {
                Some(line) if scaled(used + more, size, bold) <= room => {
                    line.push_str(space);
                    line.push_str(piece);
                    used += more;
                }
                _ => {
                    lines.push(piece.to_owned());
                    used = thousandths(piece);
                }
            }
        }
    }
    let cut = lines.len() > most;
    lines.truncate(most);
    let last = lines.len().saturating_sub(1);
    for (i, line) in lines.iter_mut().enumerate() {
        if (cut && i == last) || !fits(line) {
            while !line.is_empty() && !fits(&format!("{line}…")) {
                line.pop();
            }
            let kept = line.trim_end_matches([' ', ',', '.', ';']).len();
            line.truncate(kept);
            line.push('…');
        }
    }
    lines
}

/// The parts of a word between which a line may end: after a hyphen or a slash that stands between words.
pub(super) fn pieces(word: &str) -> Vec<&str> {
    let letters = |part: &str| part.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let mut pieces = Vec::new();
    let mut rest = word;
    let mut from = 0;
    while let Some(at) = rest[from..].find(['-', '/']).map(|at| from + at + 1) {
        if letters(&rest[..at]) && letters(&rest[at..]) {
            pieces.push(&rest[..at]);
            (rest, from) = (&rest[at..], 0);
        } else {
            from = at;
        }
    }
    pieces.push(rest);
    pieces
}

/// A number short enough to stand at a dot: at most two decimals, "jt" and "M" for millions and milliards.
pub(super) fn short(value: Decimal) -> String {
    // Up to seven figures are read at a glance; only longer numbers are counted in millions.
    let scales = [
        (1_000_000_000_000_i64, 1_000_000_000_000_i64, " T"),
        (1_000_000_000, 1_000_000_000, " M"),
        (10_000_000, 1_000_000, " jt"),
    ];
    for (from, unit, name) in scales {
        if value.abs() >= Decimal::from(from) {
            return format!("{}{name}", trimmed(value / Decimal::from(unit)));
        }
    }
    trimmed(value)
}

fn trimmed(value: Decimal) -> String {
    write_decimal(value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize(), None)
}

/// Lists names in a sentence: "a, b dan c".
pub(crate) fn listed(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [head @ .., last] => format!("{} dan {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn long_numbers_are_shortened() {
        assert_eq!(short(dec("90.70")), "90,7");
        assert_eq!(short(dec("88.2028")), "88,2");
        assert_eq!(short(dec("-0.001")), "0");
        assert_eq!(short(dec("1234567")), "1.234.567");
        assert_eq!(short(dec("27290750")), "27,29 jt");
        assert_eq!(short(dec("7851608419")), "7,85 M");
        assert_eq!(short(dec("2500000000000")), "2,5 T");
    }

    #[test]
    fn wraps_at_words_and_says_when_it_cut() {
        let label = "Capaian Kepesertaan dan Ketahanan Berhuni Transmigran";
        let lines = wrap(label, 2000, 130, false, 3);
        assert_eq!(lines.join(" "), label);
        assert!(lines.iter().all(|line| width(line, 130, false) <= 2000));
        let cut = wrap(label, 2000, 130, false, 1);
        assert!(cut.len() == 1 && cut[0].ends_with('…') && width(&cut[0], 130, false) <= 2000);
        assert!(wrap("Pneumonoultramikroskopik", 300, 130, false, 2)[0].ends_with('…'));
        assert!(wrap("  ", 300, 130, false, 2).is_empty());
    }

    #[test]
    fn lines_end_after_hyphens_between_words_only() {
        assert_eq!(pieces("perundang-undangan"), ["perundang-", "undangan"]);
        assert_eq!(pieces("bimtek/pelatihan/kursus"), ["bimtek/", "pelatihan/", "kursus"]);
        for whole in ["e-SAKIP", "28/35", "(E-PP", "masalah", "-", "RKA-P", ""] {
            assert_eq!(pieces(whole), [whole]);
        }
        assert_eq!(wrap("perundang-undangan", 800, 130, false, 3).concat(), "perundang-undangan");
    }

    #[test]
    fn lists_read_as_a_sentence() {
        assert_eq!(listed(&["a"]), "a");
        assert_eq!(listed(&["a", "b", "c"]), "a, b dan c");
    }
}
