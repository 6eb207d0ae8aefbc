//! Text of a file in whatever encoding it came, and the marks that programs leave in texts.

use tolok_domain::bacaan::{CatatanBaca, Letak};

/// The text, and a note where the encoding had to be assumed.
pub(crate) fn decode(bytes: &[u8], nama: &str) -> (String, Option<CatatanBaca>) {
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        return (encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned(), None);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    let text = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    let pesan = "berkas bukan UTF-8 dan dibaca sebagai Windows-1252; \
                 bila huruf khusus (misalnya é, –) tampak keliru, simpan ulang sebagai UTF-8";
    (text, Some(CatatanBaca { letak: Letak::file(nama), pesan: pesan.to_owned() }))
}

/// Words with single spaces between them.
pub(crate) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The words in small letters with single spaces, for comparing.
pub(crate) fn lower(text: &str) -> String {
    tidy(text).to_lowercase()
}

/// A line of Markdown as it is read aloud, and whether all of it is bold.
pub(crate) fn plain(text: &str) -> (String, bool) {
    let text = text.trim();
    let bold = |open: &str, close: &str| {
        text.strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            .is_some_and(|inside| !inside.is_empty() && !inside.contains(open))
    };
    let tebal = bold("<b>", "</b>") || bold("**", "**") || bold("<strong>", "</strong>");
    if !text.contains(['<', '*', '&', '\\', '`']) {
        return (tidy(text), tebal);
    }
    let text = without_stars(&without_tags(text));
    (tidy(&entities(&text)), tebal)
}

/// Takes out tags; a line break becomes a space. A `<` that opens no tag ("< 5") stays.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let inside = rest[1..].trim_start_matches('/');
        let end = rest.find('>').filter(|_| inside.starts_with(|c: char| c.is_ascii_alphabetic()));
        match end {
            Some(end) => {
                if inside.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("br")) {
                    out.push(' ');
                }
                rest = &rest[end + 1..];
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Takes out the stars of emphasis, which come in pairs around words; that of "8/7 *100" stays. Backslashes before signs go.
fn without_stars(text: &str) -> String {
    let text = text.replace("**", "");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['*', '\\', '`']) {
        out.push_str(&rest[..at]);
        let sign = rest.as_bytes()[at];
        let after = &rest[at + 1..];
        let closing = after.find('*').filter(|&end| {
            let inside = &after[..end];
            inside.starts_with(char::is_alphabetic) && inside.ends_with(|c: char| !c.is_whitespace())
        });
        match (sign, closing) {
            (b'*', Some(end)) => {
                out.push_str(&after[..end]);
                rest = &after[end + 1..];
            }
            (b'\\', _) if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                let sign = after.chars().next().unwrap_or_default();
                out.push(sign);
                rest = &after[sign.len_utf8()..];
            }
            (b'`', _) => rest = after,
            _ => {
                out.push(char::from(sign));
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entities(text: &str) -> String {
    const NAMES: [(&str, &str); 6] =
        [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    if !text.contains('&') {
        return text.to_owned();
    }
    NAMES.iter().fold(text.to_owned(), |text, (name, sign)| text.replace(name, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_emphasis_go_and_signs_of_arithmetic_stay() {
        for (raw, shown, bold) in [
            ("<b>Program Penunjang</b>", "Program Penunjang", true),
            ("**tabel 2.1**", "tabel 2.1", true),
            ("**a** dan **b**", "a dan b", false),
            ("9 = 8/7 *100", "9 = 8/7 *100", false),
            ("dan *stakeholder*.", "dan stakeholder.", false),
            ("nilai < 5 &amp; > 3<br>baris", "nilai < 5 & > 3 baris", false),
            ("a <bé> c", "a c", false),
            (r"a \| b", "a | b", false),
            ("Bekerja_X 100%", "Bekerja_X 100%", false),
        ] {
            assert_eq!(plain(raw), (shown.to_owned(), bold), "{raw}");
        }
    }

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(decode(b"\xef\xbb\xbfkode", "a.csv"), ("kode".into(), None));
        assert_eq!(decode(b"\xff\xfek\0o\0", "a.csv"), ("ko".into(), None));
        let (text, note) = decode(b"caf\xe9 \x96 2021", "a.csv");
        assert_eq!(text, "café – 2021");
        assert!(note.expect("a note").pesan.contains("Windows-1252"));
    }
}
