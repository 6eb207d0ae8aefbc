//! What a glyph stands for, as letters that a search finds: ligatures taken apart, mathematical alphabets and the private codes of
//! symbol fonts made plain.

/// What stands for a glyph whose letter the file does not tell.
pub(super) const UNKNOWN: char = '\u{FFFD}';

/// The characters of a glyph, plain. Empty for what does not print.
pub(super) fn plain(text: &str) -> Vec<char> {
    text.chars().flat_map(one).collect()
}

fn one(c: char) -> Vec<char> {
    let code = u32::from(c);
    match c {
        '\u{FB00}' => vec!['f', 'f'],
        '\u{FB01}' => vec!['f', 'i'],
        '\u{FB02}' => vec!['f', 'l'],
        '\u{FB03}' => vec!['f', 'f', 'i'],
        '\u{FB04}' => vec!['f', 'f', 'l'],
        // Planck's constant is the gap in the italic alphabet.
        '\u{210E}' => vec!['h'],
        '\u{1D400}'..='\u{1D6A3}' => vec![latin((code - 0x1D400) % 52)],
        '\u{1D7CE}'..='\u{1D7FF}' => vec![char::from_digit((code - 0x1D7CE) % 10, 10).unwrap_or(UNKNOWN)],
        '\u{E000}'..='\u{F8FF}' => vec![symbol(code)],
        '\u{00AD}' | '\u{2010}' | '\u{2011}' => vec!['-'],
        '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' => vec![],
        _ if c.is_whitespace() => vec![' '],
        _ if c.is_control() => vec![],
        _ => vec![c],
    }
}

fn latin(index: u32) -> char {
    let (base, index) = if index < 26 { (b'A', index) } else { (b'a', index - 26) };
    char::from(base + u8::try_from(index).unwrap_or(0))
}

/// Signs of Symbol and Wingdings, which word processors write as private codes F020 to F0FF.
fn symbol(code: u32) -> char {
    match code {
        0xF0FC => '✓',
        0xF0FE => '☑',
        0xF0A8 | 0xF06F => '☐',
        0xF0FB => '✗',
        0xF0D6 => '√',
        0xF0A3 => '≤',
        0xF0B3 => '≥',
        0xF0B4 => '×',
        0xF0B8 => '÷',
        0xF0E5 => '∑',
        0xF0B7 | 0xF0A7 | 0xF076 | 0xF0D8 | 0xF09F | 0xF06E => '•',
        _ => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mathematical_letters_and_ligatures_are_plain_letters() {
        let text = |s| plain(s).into_iter().collect::<String>();
        assert_eq!(text("𝑅𝑒𝑎𝑙𝑖𝑠𝑎𝑠𝑖 𝟏𝟎𝟎"), "Realisasi 100");
        assert_eq!(text("ﬁnal\u{A0}\u{F0FC}\u{200B}"), "final ✓");
        assert_eq!(text("\u{F0F1}"), "\u{FFFD}");
    }
}
