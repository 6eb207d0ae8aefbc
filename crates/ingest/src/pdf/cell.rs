//! The text of a cell: its lines in reading order, and numbers that were broken over lines put together where that can be proved.

use super::letters::UNKNOWN;
use super::text::{Line, undoubled};

/// Margin that word processors leave at the sides of a cell, in points: 0.19 cm.
const MARGIN: f64 = 5.4;

/// How far rulings and letters are off, in points.
const SLACK: f64 = 1.0;

/// The text of some lines, with what a person should know about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Reading {
    pub text: String,
    /// Sentences for the person who made the file.
    pub remarks: Vec<String>,
}

/// Reads the lines of a cell; `width` is how long a line of it can be.
pub(super) fn read(lines: &[Line], width: impl Fn(&Line) -> f64) -> Reading {
    let mut reading = Reading::default();
    let mut broken = false;
    for (index, line) in lines.iter().enumerate() {
        if is_formula_noise(&line.text) {
            reading
                .remarks
                .push(format!("rumus \"{}\" tidak terbaca, hurufnya tidak dikenal; diabaikan", shortened(&line.text)));
            continue;
        }
        let text = undoubled(&line.text);
        let text = text.as_deref().unwrap_or(&line.text);
        let previous = index.checked_sub(1).and_then(|index| lines.get(index));
        let joins = previous.is_some_and(|previous| goes_on(previous, &last_word(&reading.text), line, width(line)));
        if !reading.text.is_empty() && !joins {
            reading.text.push(' ');
        }
        broken |= joins;
        reading.text.push_str(text);
    }
    if broken {
        reading
            .remarks
            .push(format!("angka terpotong antarbaris dibaca \"{}\"; periksa dengan berkas asalnya", reading.text));
    }
    if reading.text.split_whitespace().any(is_incomplete) {
        reading.remarks.push(format!(
            "angka \"{}\" tidak lengkap: kelompok ribuan terakhirnya kurang dari tiga angka; periksa dengan berkas asalnya",
            reading.text
        ));
    }
    reading
}

fn last_word(text: &str) -> String {
    text.rsplit(' ').next().unwrap_or_default().to_owned()
}

/// Whether a line goes on with the number that the line before ended with.
fn goes_on(previous: &Line, word: &str, line: &Line, width: f64) -> bool {
    let next = line.text.as_str();
    if previous.direction != line.direction || !is_numeric(word) || word.chars().all(|c| !c.is_ascii_digit()) {
        return false;
    }
    let digits = next.trim_end_matches('%').trim_end();
    let rest_is_number = !digits.is_empty() && is_numeric(digits) && digits.starts_with(|c: char| c.is_ascii_digit());
    if !rest_is_number || digits.len() >= word.len() {
        return false;
    }
    // The digits prove it: a group of thousands was cut, and is whole with the next line.
    if is_incomplete(word) && is_grouped(&format!("{word}{digits}")) {
        return true;
    }
    // A comma at the end, or a group of thousands that would be too long, leaves no other reading.
    if is_grouped(word) && word.contains('.') {
        return false;
    }
    // The width proves it: one more digit had no room.
    let long = previous.u1 - previous.u0;
    let digit = long / f64::from(u32::try_from(previous.text.len()).unwrap_or(u32::MAX));
    long + digit > width - 2.0 * MARGIN - SLACK && previous.text.split_whitespace().count() == 1
}

fn is_numeric(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

/// A number with groups of three: "8.149.375.829".
fn is_grouped(text: &str) -> bool {
    let whole = text.split(',').next().unwrap_or_default();
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| !group.is_empty() && group.chars().all(|c| c.is_ascii_digit());
    digits(first) && first.len() <= 3 && groups.all(|group| group.len() == 3 && digits(group))
}

/// A number whose groups are of three but for the last, which is shorter: "11.445.699.70".
fn is_incomplete(text: &str) -> bool {
    match text.rsplit_once('.') {
        Some((before, last)) => {
            (1..3).contains(&last.len())
                && last.chars().all(|c| c.is_ascii_digit())
                && before.matches('.').count() >= 1
                && !before.contains(',')
                && is_grouped(before)
        }
        None => false,
    }
}

/// A formula whose letters the file does not tell: "????? ??? x 100%".
pub(super) fn is_formula_noise(text: &str) -> bool {
    let (mut unknown, mut all) = (0, 0);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        all += 1;
        unknown += usize::from(matches!(c, UNKNOWN | '?'));
    }
    unknown >= 4 && unknown * 2 >= all
}

/// The beginning of a text, for a message.
pub(super) fn shortened(text: &str) -> String {
    const LENGTH: usize = 60;
    let short: String = text.chars().take(LENGTH).collect();
    if short.len() < text.len() { format!("{short}...") } else { short }
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Direction;
    use super::*;

    fn line(text: &str, v: f64) -> Line {
        let u1 = f64::from(u32::try_from(text.len()).unwrap()) * 5.0;
        Line {
            text: text.into(),
            direction: Direction::Right,
            u0: 0.0,
            u1,
            v,
            size: 10.0,
            bold: false,
            running: false,
            segments: vec![],
            doubled: 0,
        }
    }

    fn text(lines: &[&str], width: f64) -> Reading {
        let lines: Vec<Line> = lines.iter().zip(0_u32..).map(|(text, row)| line(text, f64::from(row) * 12.0)).collect();
        read(&lines, |_| width)
    }

    /// C159: 1229 and 9 are 12299 where the column has no room for a fifth digit, and the person is told.
    #[test]
    fn c159_a_number_broken_over_lines_is_whole_only_where_width_proves_it() {
        let narrow = text(&["1229", "9"], 33.0);
        assert_eq!(narrow.text, "12299");
        assert!(narrow.remarks[0].contains("12299"), "{narrow:?}");
        let wide = text(&["1229", "9"], 80.0);
        assert_eq!((wide.text.as_str(), wide.remarks.len()), ("1229 9", 0));
        assert_eq!(text(&["2020", "2021"], 31.0).text, "2020 2021");
        assert_eq!(text(&["Program", "9"], 40.0).text, "Program 9");
    }

    /// C161: the digit that was cut off is put back where it makes a group of three; where it is missing the number is marked.
    #[test]
    fn c161_a_cut_group_of_thousands_is_completed_or_marked() {
        assert_eq!(text(&["40.215.098.91", "0"], 200.0).text, "40.215.098.910");
        let cut = text(&["11.445.699.70"], 200.0);
        assert!(cut.remarks[0].contains("tidak lengkap"), "{cut:?}");
        assert!(text(&["8.149.375.829"], 200.0).remarks.is_empty());
        assert!(text(&["12.05.2021"], 200.0).remarks.is_empty());
    }

    /// C166: a formula of unknown letters is left out, the rest of the cell is read.
    #[test]
    fn c166_a_formula_of_unknown_letters_is_left_out() {
        let read = text(&["Persentase capaian", "?????ℎ ??????? x 100%", "-"], 200.0);
        assert_eq!(read.text, "Persentase capaian -");
        assert!(read.remarks[0].contains("rumus"), "{read:?}");
    }
}
