//! What a page draws: its content stream carried out as far as letters and straight lines need it.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, Stream};

use super::document::{File, Page};
use super::font::Font;
use super::geometry::{Direction, Matrix, Rect};
use super::path::Path;
use super::text::{Glyph, gather_words};

/// Most operators in all pages together. A dense page has some 20,000.
const MAX_OPERATIONS: usize = 30_000_000;
/// Most operators of one page; maps and drawings have more than tables.
const MAX_PAGE_OPERATIONS: usize = 2_000_000;
/// Most glyphs of one page. A page of the smallest print has 10,000.
const MAX_PAGE_GLYPHS: usize = 100_000;
/// Most bytes that all content may unpack to.
const MAX_UNPACKED: usize = 768 << 20;
/// Most bytes that fonts may take; a document of 300 pages has some 2 MB.
const MAX_FONTS: usize = 64 << 20;
/// Deepest nesting of forms, and of saved states.
const MAX_FORMS: usize = 12;
const MAX_SAVED: usize = 512;

/// A straight line along the page, however it was drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub horizontal: bool,
    /// Its y where horizontal, its x where vertical.
    pub at: f64,
    pub from: f64,
    pub to: f64,
}

/// What is on a page.
#[derive(Default)]
pub(super) struct Drawing {
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// Share of the page that pictures cover, counted with their overlaps.
    pub pictures: f64,
    /// Letters at a slant, such as a watermark's, which are left out.
    pub slanted: usize,
    /// The page was not read to its end.
    pub cut: bool,
}

/// What is still allowed for the whole file, and the fonts that were read.
pub(super) struct Interpreter<'a> {
    file: &'a File,
    fonts: HashMap<*const Dictionary, Rc<Font>>,
    operations: usize,
    unpacked: usize,
    font_bytes: usize,
}

/// The state of drawing that q and Q save and restore.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_spacing: f64,
    word_spacing: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    /// The part of the page on which drawing shows.
    clip: Rect,
}

/// What one page is carried out with.
struct Run<'a> {
    area: Rect,
    out: Drawing,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    path: Path,
    /// The path under construction also clips.
    clips: bool,
    /// Number of the word that is being drawn.
    word: usize,
    /// For each open marked content whether it is a running header or footer.
    marks: Vec<bool>,
    left: usize,
    /// Resources, innermost last.
    resources: Vec<&'a Dictionary>,
}

impl<'a> Interpreter<'a> {
    pub(super) fn new(file: &'a File) -> Self {
        Self { file, fonts: HashMap::new(), operations: MAX_OPERATIONS, unpacked: MAX_UNPACKED, font_bytes: MAX_FONTS }
    }

    /// Whether the limits for the whole file are used up.
    pub(super) fn is_spent(&self) -> bool {
        self.operations == 0 || self.unpacked == 0
    }

    /// Carries out a page.
    pub(super) fn page(&mut self, page: &Page<'a>) -> Drawing {
        let state = State {
            matrix: page.placing,
            font: None,
            size: 0.0,
            letter_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            clip: page.area,
        };
        let mut run = Run {
            area: page.area,
            out: Drawing::default(),
            state,
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            path: Path::default(),
            clips: false,
            word: 0,
            marks: Vec::new(),
            left: MAX_PAGE_OPERATIONS.min(self.operations),
            resources: page.resources.into_iter().collect(),
        };
        let before = run.left;
        let streams = self.file.entry(page.dictionary, b"Contents").map(|contents| match contents {
            Object::Array(parts) => parts.iter().filter_map(|part| self.file.resolve(part)).collect(),
            single => vec![single],
        });
        // The parts are one text cut anywhere, even between a number and its operator.
        let mut content = Vec::new();
        for stream in streams.into_iter().flatten().filter_map(|o| o.as_stream().ok()) {
            match self.unpack(stream) {
                Some(bytes) => {
                    content.extend_from_slice(&bytes);
                    content.push(b'\n');
                }
                None => run.out.cut = true,
            }
        }
        self.carry_out(content, &mut run, 0);
        self.operations -= before - run.left;
        gather_words(&mut run.out.glyphs);
        run.out
    }

    fn unpack(&mut self, stream: &Stream) -> Option<Vec<u8>> {
        let bytes = self.file.unpack(stream, self.unpacked)?;
        self.unpacked = self.unpacked.saturating_sub(bytes.len());
        Some(bytes)
    }

    fn carry_out(&mut self, mut content: Vec<u8>, run: &mut Run<'a>, depth: usize) {
        /// No operator of a PDF. The library ends in silence where it cannot go on; who sees this last has seen everything.
        const END: &str = "EndOfContent";
        content.extend_from_slice(b"\n");
        content.extend_from_slice(END.as_bytes());
        for operation in Content::decode_iter(&content) {
            let Ok(operation) = operation else {
                run.out.cut = true;
                return;
            };
            if run.left == 0 || run.out.glyphs.len() > MAX_PAGE_GLYPHS {
                run.out.cut = true;
                return;
            }
            run.left -= 1;
            match operation.operator.as_str() {
                END => return,
                "Tf" => self.set_font(run, &operation.operands),
                "Do" => self.draw_object(run, &operation.operands, depth),
                "BDC" | "BMC" => {
                    let running = self.is_running(run, &operation.operands);
                    if run.marks.len() < MAX_SAVED {
                        run.marks.push(running);
                    }
                }
                _ => run.operation(&operation),
            }
        }
        run.out.cut = true;
    }

    fn set_font(&mut self, run: &mut Run<'a>, operands: &[Object]) {
        let [Object::Name(name), size] = operands else { return };
        run.state.size = number(size).unwrap_or(0.0);
        let Some(entry) = self.resource(run, b"Font", name) else {
            run.state.font = None;
            return;
        };
        let Some(dictionary) = self.file.dictionary(entry) else {
            run.state.font = None;
            return;
        };
        // The file does not change while it is read, so a dictionary is known by where it lies.
        let font = match self.fonts.get(&std::ptr::from_ref(dictionary)) {
            Some(font) => Rc::clone(font),
            None if self.font_bytes == 0 => {
                (run.state.font, run.out.cut) = (None, true);
                return;
            }
            None => {
                let font = Rc::new(Font::read(self.file, dictionary, self.font_bytes));
                self.font_bytes = self.font_bytes.saturating_sub(font.cost);
                self.fonts.insert(std::ptr::from_ref(dictionary), Rc::clone(&font));
                font
            }
        };
        run.state.font = Some(font);
    }

    /// An entry of the resources, of the innermost form that has it.
    fn resource(&self, run: &Run<'a>, kind: &[u8], name: &[u8]) -> Option<&'a Object> {
        let file = self.file;
        run.resources.iter().rev().find_map(|resources| file.entry(resources, kind)?.as_dict().ok()?.get(name).ok())
    }

    fn draw_object(&mut self, run: &mut Run<'a>, operands: &[Object], depth: usize) {
        /// What drawing an object costs, in operators: a form within forms within forms may be drawn a million times.
        const COST: usize = 500;
        let [Object::Name(name)] = operands else { return };
        run.left = run.left.saturating_sub(COST);
        let Some(Object::Stream(stream)) = self.resource(run, b"XObject", name).and_then(|o| self.file.resolve(o))
        else {
            return;
        };
        match self.file.entry(&stream.dict, b"Subtype").and_then(|o| o.as_name().ok()) {
            Some(b"Image") => run.picture(),
            Some(b"Form") if depth < MAX_FORMS => {
                let Some(content) = self.unpack(stream) else {
                    run.out.cut = true;
                    return;
                };
                let own = self.file.entry(&stream.dict, b"Matrix").and_then(|o| self.file.numbers(o)).map(Matrix);
                let (saved, text, line) = (run.state.clone(), run.text, run.line);
                let (states, marks) = (std::mem::take(&mut run.saved), run.marks.len());
                run.state.matrix = own.unwrap_or(Matrix::IDENTITY).then(run.state.matrix);
                let resources = self.file.entry(&stream.dict, b"Resources").and_then(|o| o.as_dict().ok());
                run.resources.extend(resources);
                self.carry_out(content, run, depth + 1);
                if resources.is_some() {
                    run.resources.pop();
                }
                run.marks.truncate(marks);
                (run.state, run.text, run.line, run.saved) = (saved, text, line, states);
            }
            _ => {}
        }
    }

    /// Whether marked content is what repeats on each page: word processors say so.
    fn is_running(&self, run: &Run<'a>, operands: &[Object]) -> bool {
        let [Object::Name(tag), properties] = operands else { return false };
        let properties = match properties {
            Object::Name(name) => self.resource(run, b"Properties", name).and_then(|o| self.file.dictionary(o)),
            Object::Dictionary(dictionary) => Some(dictionary),
            _ => None,
        };
        let kind = properties.and_then(|p| p.get(b"Type").ok()).and_then(|o| o.as_name().ok());
        tag == b"Artifact" && kind == Some(b"Pagination")
    }
}

impl Run<'_> {
    fn operation(&mut self, operation: &Operation) {
        let operands = operation.operands.as_slice();
        let n = |index: usize| operands.get(index).and_then(number).unwrap_or(0.0);
        match operation.operator.as_str() {
            "q" if self.saved.len() < MAX_SAVED => self.saved.push(self.state.clone()),
            "Q" => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            "cm" => self.state.matrix = Matrix([n(0), n(1), n(2), n(3), n(4), n(5)]).then(self.state.matrix),
            "EMC" => {
                self.marks.pop();
            }
            "BT" => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            "Tc" => self.state.letter_spacing = n(0),
            "Tw" => self.state.word_spacing = n(0),
            "Tz" => self.state.stretch = n(0) / 100.0,
            "TL" => self.state.leading = n(0),
            "Ts" => self.state.rise = n(0),
            "Td" => self.next_line(n(0), n(1)),
            "TD" => {
                self.state.leading = -n(1);
                self.next_line(n(0), n(1));
            }
            "Tm" => {
                self.line = Matrix([n(0), n(1), n(2), n(3), n(4), n(5)]);
                self.text = self.line;
            }
            "T*" => self.next_line(0.0, -self.state.leading),
            "Tj" => {
                self.word += 1;
                self.show(operands.first());
            }
            "'" => {
                self.next_line(0.0, -self.state.leading);
                self.word += 1;
                self.show(operands.first());
            }
            "\"" => {
                (self.state.word_spacing, self.state.letter_spacing) = (n(0), n(1));
                self.next_line(0.0, -self.state.leading);
                self.word += 1;
                self.show(operands.get(2));
            }
            "TJ" => {
                self.word += 1;
                for item in operands.first().and_then(|o| o.as_array().ok()).into_iter().flatten() {
                    match number(item) {
                        Some(back) => {
                            // A step as wide as a space parts words.
                            self.word += usize::from(back.abs() > 150.0);
                            self.advance(-back / 1000.0 * self.state.size * self.state.stretch);
                        }
                        None => self.show(Some(item)),
                    }
                }
            }
            "m" => self.path.move_to(self.state.matrix.apply(n(0), n(1))),
            "l" => self.path.line_to(self.state.matrix.apply(n(0), n(1))),
            "c" => self.path.curve_to(self.state.matrix.apply(n(4), n(5))),
            "v" | "y" => self.path.curve_to(self.state.matrix.apply(n(2), n(3))),
            "h" => self.path.close(),
            "re" => self.path.rectangle(self.state.matrix, (n(0), n(1)), (n(2), n(3))),
            "S" => self.paint(true),
            "s" => {
                self.path.close();
                self.paint(true);
            }
            "f" | "F" | "f*" => self.paint(false),
            "B" | "B*" => self.paint(true),
            "b" | "b*" => {
                self.path.close();
                self.paint(true);
            }
            "n" => drop(self.end_path()),
            "W" | "W*" => self.clips = true,
            "BI" => self.picture(),
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translation(x, y).then(self.line);
        self.text = self.line;
    }

    fn advance(&mut self, by: f64) {
        self.text = Matrix::translation(by, 0.0).then(self.text);
    }

    fn paint(&mut self, stroke: bool) {
        self.end_path().rules(&self.area, stroke, &mut self.out.rules);
    }

    fn end_path(&mut self) -> Path {
        let path = std::mem::take(&mut self.path);
        if std::mem::take(&mut self.clips)
            && let Some(bounds) = path.bounds()
        {
            self.state.clip = bounds.within(&self.state.clip);
        }
        path
    }

    fn picture(&mut self) {
        let area = self.state.matrix.bounds((0.0, 0.0), (1.0, 1.0)).within(&self.area);
        let share = area.width() * area.height() / (self.area.width() * self.area.height());
        if share.is_finite() {
            self.out.pictures += share;
        }
    }

    fn show(&mut self, text: Option<&Object>) {
        let Some(Object::String(bytes, _)) = text else { return };
        let Some(font) = self.state.font.clone() else { return };
        let running = self.marks.contains(&true);
        for code in font.codes(bytes) {
            let spacing = self.state.letter_spacing + if code.is_space_byte { self.state.word_spacing } else { 0.0 };
            let width = code.width * self.state.size;
            let origin = Matrix::translation(0.0, self.state.rise).then(self.text).then(self.state.matrix);
            self.put(&code.letters, width * self.state.stretch, origin, font.bold, running);
            self.advance((width + spacing) * self.state.stretch);
            if self.out.glyphs.len() > MAX_PAGE_GLYPHS {
                return;
            }
        }
    }

    /// Notes the letters of one code, which share its width.
    fn put(&mut self, letters: &[char], width: f64, origin: Matrix, bold: bool, running: bool) {
        let at = origin.apply(0.0, 0.0);
        let (along, up) = (origin.turn(width, 0.0), origin.turn(0.0, self.state.size));
        let size = up.0.hypot(up.1);
        if letters.is_empty() || !self.area.contains(at) || !size.is_finite() || size < 0.5 {
            return;
        }
        // A code without width still points somewhere: along the base line.
        let Some(direction) = Direction::of(origin.turn(self.state.size.signum(), 0.0)) else {
            self.out.slanted += letters.iter().filter(|c| **c != ' ').count();
            return;
        };
        let advance = along.0.hypot(along.1);
        #[expect(clippy::cast_precision_loss, reason = "a code has a few letters")]
        let share = advance / letters.len() as f64;
        let (u, v) = direction.along(at);
        let mut start = u;
        for letter in letters {
            let (u, word) = (start, self.word);
            let mut glyph =
                Glyph { letter: *letter, direction, u, v, advance: share, size, bold, running, word, at: (0.0, 0.0) };
            // Word processors show of each cell only what is within it; what runs over belongs to it all the same.
            glyph.at = self.state.clip.nearest(glyph.middle());
            self.out.glyphs.push(glyph);
            start += share;
        }
    }
}

fn number(object: &Object) -> Option<f64> {
    match object {
        #[expect(clippy::cast_precision_loss, reason = "positions are small")]
        Object::Integer(n) => Some(*n as f64),
        Object::Real(x) if x.is_finite() => Some(f64::from(*x)),
        _ => None,
    }
}
