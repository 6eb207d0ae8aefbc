//! What kind of file it is: by its content first, since names lie, then by the end of its name.

use super::arsip::Arsip;
use super::galat::SebabGalat;

/// Kinds of files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Jenis {
    Docx,
    Xlsx,
    Xls,
    Ods,
    Csv,
    Tsv,
    Html,
    Markdown,
    Pdf,
}

/// How packed files begin.
const ZIP: &[u8] = b"PK\x03\x04";
/// How old Office files begin, and new ones with a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Bytes in which a name of a compound file is looked for.
const DIRECTORY: usize = 4 << 20;

/// The kind of a file.
///
/// # Errors
/// When it is locked, damaged or of a kind that is not read.
pub(super) fn of(nama: &str, bytes: &[u8]) -> Result<Jenis, SebabGalat> {
    let extension = nama.rsplit_once('.').map_or_else(String::new, |(_, end)| end.to_lowercase());
    if bytes.starts_with(ZIP) {
        return packed(bytes, &extension);
    }
    if bytes.starts_with(COMPOUND) {
        return compound(bytes);
    }
    let unknown = |jenis: &str| Err(SebabGalat::TakDikenal { jenis: jenis.to_owned() });
    if bytes.starts_with(b"%PDF") {
        return Ok(Jenis::Pdf);
    }
    let head = head(bytes);
    if head.starts_with("{\\rtf") {
        return unknown("RTF");
    }
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return unknown("lembar kerja XML 2003");
    }
    if is_markup(&head) {
        return Ok(Jenis::Html);
    }
    match extension.as_str() {
        "csv" => Ok(Jenis::Csv),
        "tsv" | "tab" => Ok(Jenis::Tsv),
        "htm" | "html" | "xhtml" => Ok(Jenis::Html),
        "md" | "markdown" | "txt" => Ok(Jenis::Markdown),
        // Its reader says what is wrong with what is none.
        "pdf" => Ok(Jenis::Pdf),
        "xlsx" | "xlsm" => Err(SebabGalat::damaged("buku kerja Excel (.xlsx)", "")),
        "xls" => Err(SebabGalat::damaged("buku kerja Excel lama (.xls)", "")),
        "ods" => Err(SebabGalat::damaged("buku kerja OpenDocument (.ods)", "")),
        "docx" => Err(SebabGalat::damaged("dokumen Word (.docx)", "")),
        "" => unknown("tanpa akhiran nama"),
        other => unknown(&format!(".{}", other.chars().take(12).collect::<String>())),
    }
}

/// Whether a file is a web page, whatever its name says.
pub(crate) fn is_web_page(bytes: &[u8]) -> bool {
    is_markup(&head(bytes))
}

fn is_markup(head: &str) -> bool {
    head.starts_with('<') && ["<html", "<table", "<!doctype html"].iter().any(|tag| head.contains(tag))
}

/// Whether the end of a name promises rows of data.
pub(crate) fn is_named_as_data(nama: &str) -> bool {
    let small = nama.to_lowercase();
    [".xls", ".xlsx", ".xlsm", ".ods", ".csv", ".tsv", ".json"].iter().any(|end| small.ends_with(end))
}

/// The beginning of a text in small letters, without marks before it.
fn head(bytes: &[u8]) -> String {
    let start: String = bytes
        .iter()
        .take(4096)
        .filter(|b| b.is_ascii() && **b != 0)
        .map(|b| char::from(b.to_ascii_lowercase()))
        .collect();
    start.trim_start().to_owned()
}

fn packed(bytes: &[u8], extension: &str) -> Result<Jenis, SebabGalat> {
    let format = match extension {
        "docx" => "dokumen Word (.docx)",
        "ods" => "buku kerja OpenDocument (.ods)",
        _ => "buku kerja Excel (.xlsx)",
    };
    let mut arsip = Arsip::open(bytes, format)?;
    if arsip.has("word/document.xml") {
        return Ok(Jenis::Docx);
    }
    if arsip.has("xl/workbook.xml") {
        return Ok(Jenis::Xlsx);
    }
    let unknown = |jenis: &str| Err(SebabGalat::TakDikenal { jenis: jenis.to_owned() });
    if arsip.has("xl/workbook.bin") {
        return unknown("Excel biner .xlsb");
    }
    if arsip.has("ppt/presentation.xml") {
        return unknown("PowerPoint");
    }
    let mimetype = arsip.text("mimetype")?.unwrap_or_default();
    match mimetype.trim() {
        "application/vnd.oasis.opendocument.spreadsheet" => Ok(Jenis::Ods),
        "application/vnd.oasis.opendocument.text" => unknown("dokumen OpenDocument .odt"),
        _ if matches!(extension, "docx" | "xlsx" | "xlsm" | "ods") => {
            Err(SebabGalat::damaged(format, "isinya tidak ada"))
        }
        _ => unknown("arsip ZIP"),
    }
}

fn compound(bytes: &[u8]) -> Result<Jenis, SebabGalat> {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let head = &bytes[..bytes.len().min(DIRECTORY)];
        let tail = &bytes[bytes.len().saturating_sub(DIRECTORY)..];
        [head, tail].iter().any(|part| part.windows(wide.len()).any(|w| w == wide))
    };
    if holds("EncryptedPackage") {
        return Err(SebabGalat::Bersandi);
    }
    if holds("Workbook") || holds("Book") {
        return Ok(Jenis::Xls);
    }
    let jenis = if holds("WordDocument") { "dokumen Word lama .doc" } else { "berkas Office lama" };
    Err(SebabGalat::TakDikenal { jenis: jenis.to_owned() })
}
