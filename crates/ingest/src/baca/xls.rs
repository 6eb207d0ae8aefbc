//! An old workbook (.xls) made harmless before its reader takes it. A few bytes of a hostile file lead the reader in circles, or to room for
//! four thousand million cells, and the whole program ends for want of memory. So what the reader needs is copied into a file of our own,
//! record by record, and nothing else ([MS-XLS] 2.3 has the records).

use std::collections::HashSet;
use std::io::{Cursor, Read, Write};

use cfb::{CompoundFile, Version};

use super::galat::SebabGalat;
use super::kisi::{MAX_CELLS, MAX_TEXT, TOO_MANY, TOO_MUCH_TEXT};

/// Names of the stream with the workbook, in newer and older files.
const STREAMS: [&str; 2] = ["/Workbook", "/Book"];
/// Most sectors that list the tables of sectors beyond those of the header: for 16 MB, two.
const MAX_LISTS: usize = 2;
/// Most records that are looked at; sheets may lie within each other.
const MAX_RECORDS: usize = 4 * MAX_CELLS;
/// Most records over which the shared texts may go on.
const MAX_CONTINUED: usize = 4_000;

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const LOCKED: u16 = 0x002F;
const SHEET: u16 = 0x0085;
const TEXTS: u16 = 0x00FC;
const CONTINUED: u16 = 0x003C;
/// Of the workbook: codepage, first year of dates, formats of numbers, styles.
const COMMON: [u16; 4] = [0x0042, 0x0022, 0x041E, 0x00E0];
const FORMULA: u16 = 0x0006;
/// The text that a formula gave.
const RESULT: u16 = 0x0207;
const LABELS: [u16; 2] = [0x0204, 0x00D6];
const SHARED: u16 = 0x00FD;
const SEVERAL: u16 = 0x00BD;
const MERGED: u16 = 0x00E5;
/// A number, truth or error, compact number.
const PLAIN: [u16; 3] = [0x0203, 0x0205, 0x027E];

/// The workbook in a file of our own.
///
/// # Errors
/// When it is locked, does not hold together, or has more cells or text than can be kept.
pub(super) fn harmless(bytes: &[u8], format: &'static str) -> Result<Vec<u8>, SebabGalat> {
    let damaged = |e: std::io::Error| SebabGalat::damaged(format, e);
    if !lists_end(bytes) {
        return Err(SebabGalat::damaged(format, "daftar sektornya tidak berujung"));
    }
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let name = STREAMS.into_iter().find(|name| file.is_stream(name));
    let name = name.ok_or_else(|| SebabGalat::damaged(format, "tanpa lembar kerja"))?;
    let mut stream = Vec::new();
    let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    file.open_stream(name).map_err(damaged)?.take(most).read_to_end(&mut stream).map_err(damaged)?;
    let kept = Salinan::of(&stream, format)?;
    let mut made = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).map_err(damaged)?;
    made.create_stream(name).and_then(|mut room| room.write_all(&kept)).map_err(damaged)?;
    made.flush().map_err(damaged)?;
    Ok(made.into_inner().into_inner())
}

/// Whether the sectors that list tables of sectors are as few as a file of this size has; they may name each other in a circle.
fn lists_end(bytes: &[u8]) -> bool {
    let size = 1_usize << short(bytes, 30).unwrap_or(0).min(16);
    let mut sector = long(bytes, 68);
    for _ in 0..=MAX_LISTS {
        // Numbers above these mean an end.
        let Some(at) = sector.filter(|s| *s < 0xFFFF_FFFA) else { return true };
        sector = at.checked_add(2).and_then(|n| n.checked_mul(size)).and_then(|end| long(bytes, end - 4));
    }
    false
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes(two.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    Some(short(bytes, at)? | short(bytes, at.checked_add(2)?)? << 16)
}

/// The records from a place on, as far as they are whole: kind and data.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = start;
    std::iter::from_fn(move || {
        let kind = u16::try_from(short(stream, at)?).ok()?;
        let from = at.checked_add(4)?;
        let to = from.checked_add(short(stream, at + 2)?)?;
        let data = stream.get(from..to)?;
        at = to;
        Some((kind, data))
    })
}

/// The records that are handed on.
#[derive(Default)]
struct Salinan {
    isi: Vec<u8>,
    /// Letters of each shared text.
    panjang: Vec<usize>,
    seen: usize,
    cells: usize,
    text: usize,
}

impl Salinan {
    fn of(stream: &[u8], format: &'static str) -> Result<Vec<u8>, SebabGalat> {
        let mut made = Self::default();
        let mut sheets: Vec<(usize, usize)> = Vec::new();
        let mut texts: Vec<&[u8]> = Vec::new();
        let mut before = 0;
        for (kind, data) in records(stream, 0) {
            match kind {
                LOCKED if short(data, 0) != Some(0) => return Err(SebabGalat::Bersandi),
                END => break,
                SHEET => {
                    if let Some(start) = long(data, 0) {
                        sheets.push((made.isi.len() + 4, start));
                        made.put(kind, data);
                    }
                }
                TEXTS => {
                    texts.push(data);
                    made.put(kind, data);
                }
                CONTINUED if before == TEXTS => {
                    texts.push(data);
                    made.put(kind, data);
                    if texts.len() > MAX_CONTINUED {
                        return Err(TOO_MUCH_TEXT);
                    }
                    continue;
                }
                BEGIN => made.put(kind, data),
                kind if COMMON.contains(&kind) => made.put(kind, data),
                _ => {}
            }
            before = kind;
        }
        made.put(END, &[]);
        made.panjang = lengths(&texts);
        let mut starts = HashSet::new();
        for (named, start) in sheets {
            let begins = records(stream, start).next().is_some_and(|(kind, _)| kind == BEGIN);
            if !begins || !starts.insert(start) {
                return Err(SebabGalat::damaged(format, "lembarnya tidak berawal"));
            }
            let place = u32::try_from(made.isi.len()).map_err(|_| TOO_MANY)?;
            made.isi[named..named + 4].copy_from_slice(&place.to_le_bytes());
            made.sheet(stream, start)?;
        }
        Ok(made.isi)
    }

    fn put(&mut self, kind: u16, data: &[u8]) {
        self.isi.extend(kind.to_le_bytes());
        self.isi.extend(u16::try_from(data.len()).unwrap_or(u16::MAX).to_le_bytes());
        self.isi.extend(data);
    }

    /// Hands on the cells of a sheet. Its reader makes room for the whole rectangle around them.
    fn sheet(&mut self, stream: &[u8], start: usize) -> Result<(), SebabGalat> {
        let mut depth = 0_usize;
        let mut bounds: Option<[usize; 4]> = None;
        let mut before = 0;
        for (kind, data) in records(stream, start) {
            self.seen += 1;
            if self.seen > MAX_RECORDS {
                return Err(TOO_MANY);
            }
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                _ => {}
            }
            // Charts within the sheet have records of the same kinds.
            if depth > 1 {
                continue;
            }
            let width = match kind {
                BEGIN if bounds.is_none() && before == 0 => {
                    self.put(kind, data);
                    0
                }
                MERGED => {
                    self.put(kind, data);
                    0
                }
                // The formula itself is left out: reading it can take minutes, and only its value is wanted.
                FORMULA if data.len() >= 20 => {
                    self.put(kind, &[&data[..20], &[0, 0]].concat());
                    1
                }
                RESULT if before == FORMULA => self.letters(kind, data, short(data, 0), 0)?,
                SHARED => {
                    self.letters(kind, data, long(data, 6).map(|n| self.panjang.get(n).copied().unwrap_or(0)), 1)?
                }
                SEVERAL if data.len() >= 12 => {
                    self.put(kind, data);
                    data.len() / 6 - 1
                }
                kind if LABELS.contains(&kind) => self.letters(kind, data, short(data, 6), 1)?,
                kind if PLAIN.contains(&kind) => {
                    self.put(kind, data);
                    1
                }
                _ => 0,
            };
            before = kind;
            if let (Some(last), Some(row), Some(column)) = (width.checked_sub(1), short(data, 0), short(data, 2)) {
                let [top, left, bottom, right] = bounds.unwrap_or([row, column, row, column]);
                bounds = Some([top.min(row), left.min(column), bottom.max(row), right.max(column + last)]);
            }
        }
        self.put(END, &[]);
        let rectangle = |[top, left, bottom, right]: [usize; 4]| (bottom - top + 1).saturating_mul(right - left + 1);
        self.cells = self.cells.saturating_add(bounds.map_or(0, rectangle));
        if self.cells > MAX_CELLS { Err(TOO_MANY) } else { Ok(()) }
    }

    /// Hands on a record with so many letters, unless it announces more than there are. Gives how many cells it is.
    fn letters(&mut self, kind: u16, data: &[u8], count: Option<usize>, cells: usize) -> Result<usize, SebabGalat> {
        let Some(count) = count.filter(|n| kind == SHARED || *n <= data.len()) else { return Ok(0) };
        self.text = self.text.saturating_add(count);
        if self.text > MAX_TEXT {
            return Err(TOO_MUCH_TEXT);
        }
        self.put(kind, data);
        Ok(cells)
    }
}

/// Letters of each of the shared texts ([MS-XLS] 2.5.293), which go on over several records. Ends where they do not hold together.
fn lengths(parts: &[&[u8]]) -> Vec<usize> {
    let mut found = Vec::new();
    let Some((first, rest)) = parts.split_first() else { return found };
    let mut part = first.get(8..).unwrap_or_default();
    let mut rest = rest.iter();
    loop {
        if part.is_empty() {
            match rest.next() {
                Some(next) => part = next,
                None => return found,
            }
        }
        let (Some(count), Some(flags)) = (short(part, 0), part.get(2).copied()) else { return found };
        let mut at = 3;
        let mut behind = 0;
        if flags & 8 != 0 {
            behind += 4 * short(part, at).unwrap_or(0);
            at += 2;
        }
        if flags & 4 != 0 {
            behind += long(part, at).unwrap_or(0);
            at += 4;
        }
        found.push(count);
        part = part.get(at..).unwrap_or_default();
        let (mut left, mut wide) = (count, flags & 1 != 0);
        while left > 0 {
            if part.is_empty() {
                let Some(next) = rest.next() else { return found };
                // A record that goes on within a text says first whether its letters have two bytes.
                wide = next.first().is_some_and(|flags| flags & 1 != 0);
                part = next.get(1..).unwrap_or_default();
                if part.is_empty() {
                    return found;
                }
            }
            let size = if wide { 2 } else { 1 };
            let here = left.min(part.len().div_ceil(size));
            part = part.get(here * size..).unwrap_or_default();
            left -= here;
        }
        // Styles and readings behind the letters.
        while behind > 0 {
            if part.is_empty() {
                let Some(next) = rest.next() else { return found };
                part = next;
            }
            let here = behind.min(part.len());
            if here == 0 {
                return found;
            }
            part = &part[here..];
            behind -= here;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_shared_texts_are_counted_over_records() {
        let head = [0_u8; 8];
        let first = [&head[..], b"\x03\0\0abc", b"\x02\0\x09\x01\0a\0b\0RUNS", b"\x04\0\0de"].concat();
        // The third text goes on with two bytes a letter; the fourth has a reading of two bytes.
        let second = [b"\x01f\0g\0".as_slice(), b"\x01\0\x04\x02\0\0\0hEX"].concat();
        assert_eq!(lengths(&[&first, &second]), [3, 2, 4, 1]);
        assert!(lengths(&[]).is_empty());
        assert_eq!(lengths(&[&[&head[..], b"\xff\xff\0a"].concat()]), [65_535], "what is announced counts");
    }
}
