//! Text as the fonts can show it: characters without a glyph are replaced, long words get places where they may break.

use crate::world::FONTS;

/// Stands for a character that no font has. A file with a missing glyph would not be PDF/A.
const UNKNOWN: char = '\u{fffd}';

/// Text with only characters that every embedded face has; `\n` is kept.
pub(crate) fn clean(text: &str) -> String {
    if text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' | ' '..='~' => out.push(char),
            '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            _ if is_invisible(char) => {}
            _ if FONTS.iter().all(|font| font.info().coverage.contains(char.into())) => out.push(char),
            // Bullets as word processors paste them, from symbol fonts and private code points.
            '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' | '\u{25a0}'..='\u{25ff}' | '\u{2b1b}' | '\u{27a2}' => out.push('•'),
            '\u{f0fc}' | '\u{2714}' | '\u{2611}' | '\u{2705}' => out.push('✓'),
            '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => out.push(' '),
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{2015}' | '\u{2500}' => out.push('—'),
            _ => out.push(UNKNOWN),
        }
    }
    out
}

/// Controls and marks that only steer layout; in a PDF they are errors or disturb copied text.
fn is_invisible(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(char, '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Shown as a hyphen where a line breaks at it and not at all elsewhere.
const SOFT_HYPHEN: char = '\u{ad}';

/// Never shown; a line may break at it.
const SOFT_BREAK: char = '\u{200b}';

/// Put into tables of contents by the layout engine.
const WORD_JOINER: char = '\u{2060}';

/// Characters that steer line breaks; once lines are broken they only disturb searching and copying.
pub(crate) const STEERING: [char; 3] = [SOFT_HYPHEN, SOFT_BREAK, WORD_JOINER];

/// Shorter words stay whole in running text.
const SHORTEST: usize = 8;

/// Text with soft hyphens in long words, since the layout engine has no patterns for Indonesian.
pub(crate) fn hyphenate(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for part in text.split_inclusive(|char: char| !char.is_ascii_alphabetic()) {
        let letters = part.trim_end_matches(|char: char| !char.is_ascii_alphabetic());
        let breaks = if letters.len() < SHORTEST { Vec::new() } else { syllables(letters) };
        push_broken(&mut out, part, &breaks);
    }
    out
}

/// Text in which every word of more than so many characters can break somewhere: at syllables, after punctuation, or
/// if nothing else helps anywhere. The layout engine prints a word that cannot break over what stands beside it.
pub(crate) fn fit(text: &str, room: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        if word.trim_end().chars().count() <= room {
            out.push_str(word);
            continue;
        }
        let mut run = 0;
        for part in word.split_inclusive(|char: char| !char.is_ascii_alphabetic()) {
            let letters = part.trim_end_matches(|char: char| !char.is_ascii_alphabetic());
            let mut hyphenated = String::with_capacity(part.len() * 2);
            push_broken(&mut hyphenated, part, &syllables(letters));
            for char in hyphenated.chars() {
                if run >= room {
                    out.push(SOFT_BREAK);
                    run = 0;
                }
                out.push(char);
                run += 1;
                if matches!(char, '.' | ',' | '/' | '-' | '_' | ':' | ';' | ')' | '@' | '=' | '&') {
                    out.push(SOFT_BREAK);
                    run = 0;
                } else if char == SOFT_HYPHEN {
                    run = 0;
                }
            }
        }
    }
    out
}

fn push_broken(out: &mut String, text: &str, breaks: &[usize]) {
    let mut start = 0;
    for end in breaks {
        out.push_str(&text[start..*end]);
        out.push(SOFT_HYPHEN);
        start = *end;
    }
    out.push_str(&text[start..]);
}

/// Where a word of ASCII letters may break, as positions in it.
///
/// Follows the spelling guide (before a single consonant, else after the first one; ng, ny, sy and kh count as one) and
/// leaves out places that affixes make uncertain: before "ng" and a vowel, between vowels, before an "r" that may belong
/// to "ber", "per" or "ter", before an ending of one consonant and "an".
fn syllables(word: &str) -> Vec<usize> {
    let lower = word.to_ascii_lowercase();
    let letters = lower.as_bytes();
    let is_vowel = |at: usize| matches!(letters.get(at), Some(b'a' | b'i' | b'u' | b'e' | b'o'));
    let mut breaks = Vec::new();
    // Starts of the consonants since the last vowel; empty before the first vowel, where nothing breaks.
    let mut consonants: Option<Vec<usize>> = None;
    let mut at = 0;
    while at < letters.len() {
        if is_vowel(at) {
            let place = match consonants.as_deref() {
                Some([one]) => Some(*one),
                Some([_, second, ..]) => Some(*second),
                _ => None,
            };
            breaks.extend(place.filter(|place| is_sure(&lower, *place)));
            consonants = Some(Vec::new());
            at += 1;
        } else {
            if let Some(seen) = &mut consonants {
                seen.push(at);
            }
            at += if matches!(&letters[at..], [b'n', b'g' | b'y', ..] | [b's', b'y', ..] | [b'k', b'h', ..]) {
                2
            } else {
                1
            };
        }
    }
    breaks
}

fn is_sure(word: &str, place: usize) -> bool {
    let (left, right) = word.split_at(place);
    let after_prefix = matches!(left, "be" | "pe" | "te") && right.starts_with('r');
    // "trans" is a prefix of its own: trans-migrasi, not tran-smigrasi.
    let in_trans = left.ends_with("tran") && right.starts_with('s');
    let velar = right.starts_with("ng");
    let ending = right.len() == 3 && right.ends_with("an");
    left.len() >= 2 && right.len() >= 3 && !after_prefix && !in_trans && !velar && !ending
}

#[cfg(test)]
mod tests {
    use super::{clean, fit, hyphenate};

    #[test]
    fn long_words_break_at_syllables() {
        let cases = [
            ("pertanggungjawaban", "per-tang-gung-ja-waban"),
            ("penyelenggaraan", "pe-nye-leng-ga-raan"),
            ("perencanaan", "peren-ca-naan"),
            ("Akuntabilitas,", "Akun-ta-bi-li-tas,"),
            ("instrumen dan kegiatan", "in-stru-men dan ke-giatan"),
            ("pengukuran", "pengu-kuran"),
            ("Kinerja 2021 é", "Kinerja 2021 é"),
        ];
        for (text, expected) in cases {
            assert_eq!(hyphenate(text).replace('\u{ad}', "-"), expected);
        }
    }

    #[test]
    fn words_too_long_for_a_cell_break_anyway() {
        let shown = |text, room| fit(text, room).replace('\u{ad}', "-").replace('\u{200b}', "|");
        assert_eq!(shown("kode 1.03.01.2.02 kinerja", 8), "kode 1.|03.|01.|2.|02 kinerja");
        assert_eq!(shown("kinerja xxxxxxxxxx", 4), "ki-nerj|a xxxx|xxxx|xx");
        assert_eq!(shown("ééé", 0), "|é|é|é");
    }

    #[test]
    fn text_keeps_what_the_fonts_have() {
        let kept = "Rp7.851.608.419 — “baik” ≥ −2,5 ≤ ≠ × ÷ √ Σ ° § © → ← ↑ ↓ ✓ • … é ž\nbaris";
        assert_eq!(clean(kept), kept);
        assert_eq!(clean("\u{f0b7}\ta\u{ad}b\u{200b}c\u{7}\u{fb01}😀"), "• abcfi\u{fffd}");
    }
}
