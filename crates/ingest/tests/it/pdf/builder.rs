//! PDFs for tests, made of content streams.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// A4 upright, in points.
pub const PAGE: (i64, i64) = (595, 842);

/// A file with these pages. `F1` is Helvetica, `F2` bold.
pub fn pdf(pages: &[&str]) -> Vec<u8> {
    let mut document = document(pages, Dictionary::new());
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// The same, still open for changes; `objects` are drawn with `Do`.
pub fn document(pages: &[&str], objects: Dictionary) -> Document {
    let mut document = Document::with_version("1.5");
    let root = document.new_object_id();
    let font = |name: &str| {
        dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => name, "Encoding" => "WinAnsiEncoding" }
    };
    let fonts = dictionary! { "F1" => font("Helvetica"), "F2" => font("Helvetica-Bold") };
    let resources = document.add_object(dictionary! { "Font" => fonts, "XObject" => objects });
    let mut kids: Vec<Object> = Vec::new();
    for content in pages {
        let content = document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let page = dictionary! { "Type" => "Page", "Parent" => root, "Contents" => content };
        kids.push(document.add_object(page).into());
    }
    let count = i64::try_from(kids.len()).unwrap();
    let size = vec![0.into(), 0.into(), PAGE.0.into(), PAGE.1.into()];
    let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources, "MediaBox" => size };
    document.objects.insert(root, tree.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    document.trailer.set("Root", catalog);
    document
}

/// A text whose base line begins at a point, from the bottom left.
pub fn text(x: f64, y: f64, size: f64, words: &str) -> String {
    turned(x, y, size, words, [1.0, 0.0, 0.0, 1.0])
}

/// The same in bold.
pub fn bold(x: f64, y: f64, size: f64, words: &str) -> String {
    text(x, y, size, words).replace("/F1", "/F2")
}

/// The same, turned by a matrix.
pub fn turned(x: f64, y: f64, size: f64, words: &str, [a, b, c, d]: [f64; 4]) -> String {
    let escaped = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    format!("BT /F1 {size} Tf {a} {b} {c} {d} {x} {y} Tm ({escaped}) Tj ET\n")
}

/// Rulings at these positions, each over the whole table.
pub fn grid(xs: &[f64], ys: &[f64]) -> String {
    let (left, right) = (xs[0], xs[xs.len() - 1]);
    let (low, high) = (ys.iter().copied().fold(f64::MAX, f64::min), ys.iter().copied().fold(f64::MIN, f64::max));
    let level = ys.iter().map(|y| format!("{left} {y} m {right} {y} l S\n"));
    let upright = xs.iter().map(|x| format!("{x} {low} m {x} {high} l S\n"));
    level.chain(upright).collect()
}
