//! Opening a PDF: `lopdf` reads its syntax, this file sets the limits and finds the pages.

use std::cell::Cell;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, ObjectId, Stream};

use super::galat::GalatPdf;
use super::geometry::{Matrix, Rect};

/// Largest file, in bytes. A Renstra of 300 pages with photographs has some 20 MB.
const MAX_FILE: usize = 64 << 20;
/// Largest file that is read when it is encrypted: its objects cannot be counted while it is opened.
const MAX_ENCRYPTED: usize = 16 << 20;
/// Most bytes that one stream of objects or cross-references may unpack to.
const MAX_OBJECT_STREAM: usize = 4 << 20;
/// Most objects, with what they hold. A tagged document of 300 pages has some 300,000.
const MAX_OBJECTS: usize = 2_000_000;
/// Most pages that are read.
pub(super) const MAX_PAGES: usize = 2_000;
/// Deepest tree of pages.
const MAX_DEPTH: usize = 64;
/// Most bytes that the content of one page, form or font may unpack to.
const MAX_STREAM: usize = 32 << 20;

/// Says that [`MAX_OBJECTS`] was passed while the library was still reading.
struct TooMany;

thread_local! {
    /// What is left of [`MAX_OBJECTS`] for the file that this thread opens: the library's filter is a plain function.
    static LEFT: Cell<usize> = const { Cell::new(0) };
}

/// An open PDF.
pub(super) struct File {
    document: Document,
}

/// One page, with what it inherits.
pub(super) struct Page<'a> {
    pub dictionary: &'a Dictionary,
    /// Nearest first.
    pub resources: Option<&'a Dictionary>,
    /// From the page's own space to ours.
    pub placing: Matrix,
    /// The visible part, in our space.
    pub area: Rect,
}

/// What pages inherit from the nodes above them.
#[derive(Clone, Copy, Default)]
struct Inherited<'a> {
    resources: Option<&'a Dictionary>,
    media_box: Option<&'a Object>,
    crop_box: Option<&'a Object>,
    rotate: Option<&'a Object>,
}

impl File {
    /// Opens a file, decrypting it where an empty password is enough.
    pub(super) fn open(berkas: &str, bytes: &[u8]) -> Result<Self, GalatPdf> {
        let berkas = || berkas.to_owned();
        if bytes.len() > MAX_FILE {
            return Err(GalatPdf::TerlaluBesar {
                berkas: berkas(),
                ukuran: bytes.len().div_ceil(1 << 20),
                batas: MAX_FILE >> 20,
            });
        }
        // The header may stand after some bytes of another program, such as a mail's.
        if !bytes.get(..1024).unwrap_or(bytes).windows(5).any(|w| w == b"%PDF-") {
            return Err(GalatPdf::BukanPdf { berkas: berkas() });
        }
        let encrypted = bytes.windows(8).any(|w| w == b"/Encrypt");
        if encrypted && bytes.len() > MAX_ENCRYPTED {
            return Err(GalatPdf::TerlaluBesar {
                berkas: berkas(),
                ukuran: bytes.len().div_ceil(1 << 20),
                batas: MAX_ENCRYPTED >> 20,
            });
        }
        let usable = |file: &Self| file.document.is_encrypted() || !file.pages().is_empty();
        let file = match load(bytes, false) {
            Ok(file) if usable(&file) => Ok(file),
            // The list of objects may be wrong where the objects are not.
            Ok(_) | Err(Fault::Broken) => load(bytes, true),
            Err(fault) => Err(fault),
        };
        let file = file.map_err(|kind| match kind {
            Fault::Locked => GalatPdf::Bersandi { berkas: berkas() },
            Fault::TooMuch => GalatPdf::TerlaluRumit { berkas: berkas() },
            Fault::Broken => GalatPdf::Rusak { berkas: berkas() },
        })?;
        if file.document.is_encrypted() && !file.document.was_encrypted() {
            return Err(GalatPdf::Bersandi { berkas: berkas() });
        }
        Ok(file)
    }

    /// Its pages in order, at most [`MAX_PAGES`] and one more, so that the reader can tell that there are too many.
    pub(super) fn pages(&self) -> Vec<Page<'_>> {
        let mut pages = Vec::new();
        let mut seen = HashSet::new();
        let root = self.document.catalog().ok().and_then(|catalog| catalog.get(b"Pages").ok());
        if let Some(root) = root {
            self.walk(root, Inherited::default(), 0, &mut seen, &mut pages);
        }
        pages
    }

    fn walk<'a>(
        &'a self,
        node: &'a Object,
        above: Inherited<'a>,
        depth: usize,
        seen: &mut HashSet<ObjectId>,
        pages: &mut Vec<Page<'a>>,
    ) {
        if depth > MAX_DEPTH || pages.len() > MAX_PAGES {
            return;
        }
        // A page stands in one place of the tree; whatever comes back to a node is a loop.
        if let Object::Reference(id) = node
            && !seen.insert(*id)
        {
            return;
        }
        let Some(dictionary) = self.dictionary(node) else { return };
        let own = Inherited {
            resources: self.entry(dictionary, b"Resources").and_then(|o| o.as_dict().ok()).or(above.resources),
            media_box: self.entry(dictionary, b"MediaBox").or(above.media_box),
            crop_box: self.entry(dictionary, b"CropBox").or(above.crop_box),
            rotate: self.entry(dictionary, b"Rotate").or(above.rotate),
        };
        match self.entry(dictionary, b"Kids").and_then(|kids| kids.as_array().ok()) {
            Some(kids) => kids.iter().for_each(|kid| self.walk(kid, own, depth + 1, seen, pages)),
            None => pages.push(self.page(dictionary, own)),
        }
    }

    fn page<'a>(&'a self, dictionary: &'a Dictionary, own: Inherited<'a>) -> Page<'a> {
        const A4: Rect = Rect { x0: 0.0, y0: 0.0, x1: 595.0, y1: 842.0 };
        let media = own.media_box.and_then(|o| self.rect(o)).unwrap_or(A4);
        let shown = own.crop_box.and_then(|o| self.rect(o)).map_or(media, |crop| crop.within(&media));
        let shown = if shown.width() < 1.0 || shown.height() < 1.0 { media } else { shown };
        let (w, h) = (shown.width(), shown.height());
        let turns =
            own.rotate.and_then(|o| self.number(o)).map_or(0.0, |degrees| (degrees / 90.0).round().rem_euclid(4.0));
        let to_origin = Matrix::translation(-shown.x0, -shown.y0);
        let (turn, w, h) = if turns == 1.0 {
            (Matrix([0.0, 1.0, 1.0, 0.0, 0.0, 0.0]), h, w)
        } else if turns == 2.0 {
            (Matrix([-1.0, 0.0, 0.0, 1.0, w, 0.0]), w, h)
        } else if turns == 3.0 {
            (Matrix([0.0, -1.0, -1.0, 0.0, h, w]), h, w)
        } else {
            (Matrix([1.0, 0.0, 0.0, -1.0, 0.0, h]), w, h)
        };
        Page {
            dictionary,
            resources: own.resources,
            placing: to_origin.then(turn),
            area: Rect { x0: 0.0, y0: 0.0, x1: w, y1: h },
        }
    }

    /// An object behind a reference, or itself.
    pub(super) fn resolve<'a>(&'a self, object: &'a Object) -> Option<&'a Object> {
        self.document.dereference(object).ok().map(|(_, object)| object)
    }

    /// What a dictionary holds under a key, references followed.
    pub(super) fn entry<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        dictionary.get(key).ok().and_then(|object| self.resolve(object)).filter(|object| !object.is_null())
    }

    /// A dictionary, or the dictionary of a stream.
    pub(super) fn dictionary<'a>(&'a self, object: &'a Object) -> Option<&'a Dictionary> {
        match self.resolve(object)? {
            Object::Dictionary(dictionary) => Some(dictionary),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    /// The library's view, for what it does well: names of encodings.
    pub(super) fn library(&self) -> &Document {
        &self.document
    }

    pub(super) fn number(&self, object: &Object) -> Option<f64> {
        match self.resolve(object)? {
            #[expect(clippy::cast_precision_loss, reason = "positions and widths are small")]
            Object::Integer(n) => Some(*n as f64),
            Object::Real(x) if x.is_finite() => Some(f64::from(*x)),
            _ => None,
        }
    }

    pub(super) fn numbers<const N: usize>(&self, object: &Object) -> Option<[f64; N]> {
        let array = self.resolve(object)?.as_array().ok()?;
        let numbers: Vec<f64> = array.iter().take(N).map_while(|o| self.number(o)).collect();
        numbers.try_into().ok()
    }

    fn rect(&self, object: &Object) -> Option<Rect> {
        let [x0, y0, x1, y1] = self.numbers(object)?;
        Some(Matrix::IDENTITY.bounds((x0, y0), (x1, y1)))
    }

    /// The unpacked content of a stream; `None` where it is larger than `left` or broken.
    pub(super) fn unpack(&self, stream: &Stream, left: usize) -> Option<Vec<u8>> {
        let limit = left.min(MAX_STREAM);
        stream.get_plain_content_with_limit(limit).ok()
    }
}

/// Why a file does not open.
enum Fault {
    Locked,
    TooMuch,
    Broken,
}

/// Loads all objects, counting them. `rebuild` searches for them instead of trusting the file's own list.
fn load(bytes: &[u8], rebuild: bool) -> Result<File, Fault> {
    let options = LoadOptions {
        filter: Some(count),
        max_decompressed_size: Some(MAX_OBJECT_STREAM),
        force_reconstruct: rebuild,
        ..LoadOptions::default()
    };
    LEFT.set(MAX_OBJECTS);
    // The library is asked not to panic, and broken files are many: a panic is one more way of saying that a file is broken.
    match catch_unwind(AssertUnwindSafe(|| Document::load_mem_with_options(bytes, options))) {
        Ok(Ok(document)) => Ok(File { document }),
        Ok(Err(Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_))) => {
            Err(Fault::Locked)
        }
        Ok(Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. }))) => Err(Fault::TooMuch),
        Ok(Err(_)) => Err(Fault::Broken),
        Err(cause) if cause.is::<TooMany>() => Err(Fault::TooMuch),
        Err(_) => Err(Fault::Broken),
    }
}

/// Keeps every object and counts it. The library offers no way to stop it, so the count ends by unwinding, which is silent and caught
/// in [`load`]: a list of a million objects may name the same large one a million times.
fn count(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let left = LEFT.get().checked_sub(weight(object));
    match left {
        Some(left) => LEFT.set(left),
        None => resume_unwind(Box::new(TooMany)),
    }
    // Streams stay where they are: the library looks at the answer only for what it found inside a stream, and streams hold no streams.
    Some((id, if matches!(object, Object::Stream(_)) { Object::Null } else { object.clone() }))
}

/// How many objects an object holds, itself among them; bytes count by the hundred.
fn weight(object: &Object) -> usize {
    match object {
        Object::Array(items) => 1 + items.iter().map(weight).sum::<usize>(),
        Object::Dictionary(dictionary) => 1 + dictionary.iter().map(|(_, value)| weight(value)).sum::<usize>(),
        Object::Stream(stream) => {
            1 + stream.content.len() / 100 + stream.dict.iter().map(|(_, value)| weight(value)).sum::<usize>()
        }
        Object::String(bytes, _) | Object::Name(bytes) => 1 + bytes.len() / 100,
        _ => 1,
    }
}
