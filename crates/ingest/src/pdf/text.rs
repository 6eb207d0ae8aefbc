//! Letters put together to lines: in their own direction, each letter once, with the spaces that a reader sees.

use super::geometry::{Direction, Rect};

/// One letter as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub letter: char,
    pub direction: Direction,
    /// Where it begins along its line, and how far down its base line is: see [`Direction::along`].
    pub u: f64,
    pub v: f64,
    pub advance: f64,
    /// Height of its font.
    pub size: f64,
    pub bold: bool,
    /// Part of a header or footer, as the file says.
    pub running: bool,
    /// Number of its word: letters drawn in one go without a space between.
    pub word: usize,
    /// The point on the page that tells to which cell it belongs: the middle of its word, within what the page lets show of it.
    pub at: (f64, f64),
}

impl Glyph {
    /// The middle of the letter, on the page.
    pub(super) fn middle(&self) -> (f64, f64) {
        self.direction.back((self.u + self.advance / 2.0, self.v - self.size * 0.3))
    }
}

/// Puts each letter where its word is, so that a number that is wider than its cell is not cut at the border.
pub(super) fn gather_words(glyphs: &mut [Glyph]) {
    for word in glyphs.chunk_by_mut(|a, b| a.word == b.word && a.letter != ' ' && b.letter != ' ') {
        let middle = word.get(word.len() / 2).map(|glyph| glyph.at);
        if let Some(middle) = middle {
            word.iter_mut().for_each(|glyph| glyph.at = middle);
        }
    }
}

/// Letters on one base line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub direction: Direction,
    /// From where to where along the line.
    pub u0: f64,
    pub u1: f64,
    /// How far down its base line is.
    pub v: f64,
    /// Largest letter.
    pub size: f64,
    /// Most of its letters are bold.
    pub bold: bool,
    pub running: bool,
    /// Words that stand far apart, for tables without rulings.
    pub segments: Vec<Segment>,
    /// Letters that were drawn a second time, as a shadow or to look bold.
    pub doubled: usize,
}

/// Words of a line that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub text: String,
    pub u0: f64,
    pub u1: f64,
}

impl Line {
    /// Where it stands on the page.
    pub(super) fn bounds(&self) -> Rect {
        let a = self.direction.back((self.u0, self.v - self.size * 0.8));
        let b = self.direction.back((self.u1, self.v + self.size * 0.2));
        Rect { x0: a.0.min(b.0), y0: a.1.min(b.1), x1: a.0.max(b.0), y1: a.1.max(b.1) }
    }
}

/// A gap this wide, in font sizes, parts words; a space is about 0.25.
const WORD_GAP: f64 = 0.17;
/// A space is one only if it leaves a gap this wide, in font sizes: some programs write spaces and step back over them.
const SPACE_GAP: f64 = 0.1;
/// A gap this wide, in font sizes, parts columns.
const COLUMN_GAP: f64 = 1.2;
/// How far base lines of one line may differ, in font sizes: raised and lowered letters belong to their line.
const LINE_SLACK: f64 = 0.45;

/// The lines of some letters: first the level ones from the top, then turned ones.
pub(super) fn lines(glyphs: &[&Glyph]) -> Vec<Line> {
    Direction::ALL.iter().flat_map(|direction| lines_along(*direction, glyphs)).collect()
}

fn lines_along(direction: Direction, glyphs: &[&Glyph]) -> Vec<Line> {
    let mut glyphs: Vec<&Glyph> = glyphs.iter().copied().filter(|glyph| glyph.direction == direction).collect();
    glyphs.sort_by(|a, b| a.v.total_cmp(&b.v).then(a.u.total_cmp(&b.u)));
    let mut groups: Vec<Vec<&Glyph>> = Vec::new();
    let (mut base, mut size) = (f64::NEG_INFINITY, 0.0_f64);
    for glyph in glyphs {
        // Spaces follow the letters, they make no line of their own.
        match groups.last_mut() {
            Some(group) if glyph.v - base <= LINE_SLACK * size.max(glyph.size) => {
                if glyph.size > size && glyph.letter != ' ' {
                    (base, size) = (glyph.v, glyph.size);
                }
                group.push(glyph);
            }
            _ => {
                (base, size) = (glyph.v, glyph.size);
                groups.push(vec![glyph]);
            }
        }
    }
    groups.into_iter().filter_map(|group| line(direction, group)).collect()
}

fn line(direction: Direction, mut glyphs: Vec<&Glyph>) -> Option<Line> {
    glyphs.sort_by(|a, b| a.u.total_cmp(&b.u).then(a.v.total_cmp(&b.v)));
    let before = glyphs.len();
    let glyphs = once(glyphs);
    let doubled = before - glyphs.len();
    let first = glyphs.iter().find(|glyph| glyph.letter != ' ')?;
    let size = glyphs.iter().filter(|glyph| glyph.letter != ' ').map(|glyph| glyph.size).fold(first.size, f64::max);
    // The base line that most letters share is that of the largest.
    let v = glyphs
        .iter()
        .filter(|glyph| glyph.size >= size * 0.95 && glyph.letter != ' ')
        .map(|g| g.v)
        .fold(f64::NEG_INFINITY, f64::max);
    let mut segments: Vec<Segment> = Vec::new();
    let mut pending_space = false;
    for glyph in &glyphs {
        if glyph.letter == ' ' {
            pending_space = true;
            continue;
        }
        let end = glyph.u + glyph.advance;
        match segments.last_mut() {
            Some(segment) if glyph.u - segment.u1 <= COLUMN_GAP * glyph.size => {
                let gap = glyph.u - segment.u1;
                if gap > WORD_GAP * glyph.size || (pending_space && gap > SPACE_GAP * glyph.size) {
                    segment.text.push(' ');
                }
                segment.text.push(glyph.letter);
                segment.u1 = segment.u1.max(end);
            }
            _ => segments.push(Segment { text: glyph.letter.to_string(), u0: glyph.u, u1: end }),
        }
        pending_space = false;
    }
    let texts: Vec<&str> = segments.iter().map(|segment| segment.text.as_str()).collect();
    let text = texts.join(" ");
    let letters = glyphs.iter().filter(|glyph| glyph.letter != ' ');
    let (bold, all) = letters.clone().fold((0, 0), |(bold, all), glyph| (bold + usize::from(glyph.bold), all + 1));
    let running = letters.clone().all(|glyph| glyph.running);
    let (u0, u1) = (segments.first()?.u0, segments.last()?.u1);
    Some(Line { text, direction, u0, u1, v, size, bold: bold * 2 > all, running, segments, doubled })
}

/// Each letter once: what is drawn again almost where it stood is its shadow, or makes it look bold.
fn once(glyphs: Vec<&Glyph>) -> Vec<&Glyph> {
    let mut kept: Vec<&Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let shadow = kept.iter().rev().take(4).any(|other| {
            other.letter == glyph.letter
                && glyph.letter != ' '
                && (other.size - glyph.size).abs() <= glyph.size * 0.1
                // Two letters in a row are a whole letter apart.
                && (glyph.u - other.u).abs() < glyph.advance * 0.5
                && (glyph.v - other.v).abs() < glyph.size * 0.25
        });
        if !shadow {
            kept.push(glyph);
        }
    }
    kept
}

/// A text of letters each written twice with a space after each ("K K A A T T A A"), as single letters ("KATA"); otherwise `None`.
///
/// Some programs write a shadow as letters of the same line. Where the spaces between the words went is not known.
pub(super) fn undoubled(text: &str) -> Option<String> {
    /// Shorter texts are taken as they are: "A A" may be meant.
    const LEAST: usize = 8;
    let letters: Vec<&str> = text.split_whitespace().collect();
    let (pairs, rest) = letters.as_chunks::<2>();
    let doubled =
        letters.len() >= LEAST && rest.is_empty() && pairs.iter().all(|[a, b]| a == b && a.chars().count() == 1);
    doubled.then(|| pairs.iter().map(|[a, _]| *a).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of half their size, one after the other.
    fn word(text: &str, u: f64, v: f64, direction: Direction) -> Vec<Glyph> {
        let glyph = |(index, letter)| Glyph {
            letter,
            direction,
            u: u + f64::from(u32::try_from(index).unwrap()) * 5.0,
            v,
            advance: 5.0,
            size: 10.0,
            bold: false,
            running: false,
            word: 0,
            at: (0.0, 0.0),
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        lines(&glyphs.iter().collect::<Vec<_>>()).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn words_are_parted_by_spaces_and_by_gaps() {
        let glyphs = [word("satu dua", 0.0, 0.0, Direction::Right), word("tiga", 43.0, 1.0, Direction::Right)].concat();
        assert_eq!(texts(&glyphs), ["satu dua tiga"]);
        let apart = [word("a", 0.0, 0.0, Direction::Right), word("b", 30.0, 0.0, Direction::Right)].concat();
        assert_eq!(lines(&apart.iter().collect::<Vec<_>>())[0].segments.len(), 2);
    }

    #[test]
    fn turned_letters_are_read_in_their_own_direction() {
        for direction in Direction::ALL {
            let glyphs = [word("2020", 0.0, 0.0, direction), word("nol", 0.0, 12.0, direction)].concat();
            assert_eq!(texts(&glyphs), ["2020", "nol"]);
        }
    }

    #[test]
    fn a_shadow_is_no_second_letter_and_a_double_letter_is_none() {
        let glyphs = [word("BULL", 0.0, 0.0, Direction::Right), word("BULL", 0.6, 0.6, Direction::Right)].concat();
        assert_eq!(texts(&glyphs), ["BULL"]);
    }

    #[test]
    fn letters_written_twice_are_single() {
        assert_eq!(undoubled("K K A A T T A A P P e e n n").as_deref(), Some("KATAPen"));
        assert_eq!(undoubled("A A B B"), None);
        assert_eq!(undoubled("1 1 2 2 3 3 4 4 5"), None);
    }
}
