//! What a signed file is, by its content and never by its name.

/// Kinds of file that are taken as signed agreements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JenisBerkas {
    Pdf,
    Jpeg,
    Png,
}

impl JenisBerkas {
    /// The kind that a file begins like.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let begins: [(&[u8], Self); 3] =
            [(b"%PDF-", Self::Pdf), (b"\xff\xd8\xff", Self::Jpeg), (b"\x89PNG\r\n\x1a\n", Self::Png)];
        begins.into_iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| kind)
    }

    /// Media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// How many electronic signatures a PDF contains: signature dictionaries (`/Type /Sig`) with a `/ByteRange` that lies in the
/// file (ISO 32000-1, 12.8). Whether they are valid, and whose they are, is not looked at.
pub(super) fn signatures(pdf: &[u8]) -> usize {
    if !has_signature_type(pdf) {
        return 0;
    }
    occurrences(pdf, b"/ByteRange").filter(|after| byte_range_fits(after, pdf.len())).count()
}

/// What follows each occurrence of a name, slash included.
fn occurrences<'a>(bytes: &'a [u8], name: &'static [u8]) -> impl Iterator<Item = &'a [u8]> {
    let slashes = bytes.iter().enumerate().filter(|(_, b)| **b == b'/');
    slashes.filter_map(move |(at, _)| bytes.get(at..)?.strip_prefix(name))
}

fn has_signature_type(pdf: &[u8]) -> bool {
    occurrences(pdf, b"/Type").any(|after| {
        let name = after.trim_ascii_start();
        // Not /SigRef or /SigFieldLock.
        name.starts_with(b"/Sig") && !name.get(4).is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// `[0 a b c]`: the first a bytes and c bytes from b on are signed; what is between them is the signature.
fn byte_range_fits(after: &[u8], length: usize) -> bool {
    let list = after.trim_ascii_start().strip_prefix(b"[").and_then(|rest| rest.split(|b| *b == b']').next());
    let text = list.and_then(|list| std::str::from_utf8(list.get(..80).unwrap_or(list)).ok()).unwrap_or_default();
    let numbers: Vec<usize> = text.split_ascii_whitespace().filter_map(|n| n.parse().ok()).collect();
    match numbers.as_slice() {
        [0, first, second, rest] => first < second && second.checked_add(*rest).is_some_and(|end| end <= length),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a signed PDF that matter here.
    fn pdf(dictionary: &str) -> Vec<u8> {
        format!("%PDF-1.7\n1 0 obj <<{dictionary} /Contents <00>>> endobj\n%%EOF\n").into_bytes()
    }

    #[test]
    fn a_file_is_what_it_begins_like() {
        assert_eq!(JenisBerkas::of(b"%PDF-1.4\n..."), Some(JenisBerkas::Pdf));
        assert_eq!(JenisBerkas::of(b"\xff\xd8\xff\xe0JFIF"), Some(JenisBerkas::Jpeg));
        assert_eq!(JenisBerkas::of(b"\x89PNG\r\n\x1a\n...."), Some(JenisBerkas::Png));
        for other in [b"".as_slice(), b"%PD", b"<html>%PDF-1.4", b"PK\x03\x04", b"MZ", b"GIF89a"] {
            assert_eq!(JenisBerkas::of(other), None, "{other:?}");
        }
    }

    #[test]
    fn signatures_are_counted_by_their_ranges() {
        assert_eq!(signatures(&pdf("/Type /Sig /ByteRange [0 10 20 30]")), 1);
        assert_eq!(signatures(&pdf("/Type/Sig/ByteRange[0 10 20 30 ]")), 1);
        assert_eq!(signatures(&pdf("/Type /Sig /ByteRange [0 1 2 3]>> <</Type /Sig /ByteRange\n[ 0 4 8 9 ]")), 2);
        for none in [
            "/Type /Page",
            "/Type /Sig",
            "/ByteRange [0 10 20 30]",
            "/Type /SigRef /ByteRange [0 10 20 30]",
            "/Type /Sig /ByteRange [0 10 20 99999]",
            "/Type /Sig /ByteRange [5 10 20 30]",
            "/Type /Sig /ByteRange [0 20 10 30]",
            "/Type /Sig /ByteRange [0 ** ** **]",
            "/Type /Sig /ByteRange",
        ] {
            assert_eq!(signatures(&pdf(none)), 0, "{none}");
        }
    }
}
