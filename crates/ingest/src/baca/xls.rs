//! An old workbook (.xls) made harmless before its reader takes it: a few bytes of a hostile file lead the reader in circles, or to room for
//! four thousand million cells, and the whole program ends for want of memory.

use std::io::{Cursor, Read, Write};

use cfb::{CompoundFile, Version};

use super::galat::SebabGalat;
use super::kisi::{MAX_CELLS, TOO_MANY};

/// Names of the stream with the workbook, in newer and older files.
const STREAMS: [&str; 2] = ["/Workbook", "/Book"];
/// Most records that are looked at; sheets may all point at the same ones.
const MAX_RECORDS: usize = 4 * MAX_CELLS;

// Kinds of records ([MS-XLS] 2.3).
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const SEVERAL: u16 = 0x00BD;
/// One cell each: formula, number, label, rich label, truth or error, compact number, shared text.
const CELLS: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD];

/// The workbook in a file of our own, whose sectors follow each other.
///
/// # Errors
/// When the file does not hold together, or its cells lie so far apart that the rectangle around them is more than can be kept.
pub(super) fn harmless(bytes: &[u8], format: &'static str) -> Result<Vec<u8>, SebabGalat> {
    let damaged = |e: std::io::Error| SebabGalat::damaged(format, e);
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let name = STREAMS.into_iter().find(|name| file.is_stream(name));
    let name = name.ok_or_else(|| SebabGalat::damaged(format, "tanpa lembar kerja"))?;
    let mut stream = Vec::new();
    let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    file.open_stream(name).map_err(damaged)?.take(most).read_to_end(&mut stream).map_err(damaged)?;
    check(&mut stream)?;
    let mut made = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).map_err(damaged)?;
    made.create_stream(name).and_then(|mut room| room.write_all(&stream)).map_err(damaged)?;
    made.flush().map_err(damaged)?;
    Ok(made.into_inner().into_inner())
}

/// A record: its kind and where its data stand.
struct Rekaman {
    jenis: u16,
    awal: usize,
    akhir: usize,
}

fn number(stream: &[u8], at: usize) -> Option<usize> {
    let bytes = stream.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes(bytes.try_into().ok()?)))
}

/// The record at a place, as far as the stream has it whole.
fn record(stream: &[u8], at: usize) -> Option<Rekaman> {
    let jenis = u16::try_from(number(stream, at)?).ok()?;
    let awal = at.checked_add(4)?;
    let akhir = awal.checked_add(number(stream, at.checked_add(2)?)?)?;
    (akhir <= stream.len()).then_some(Rekaman { jenis, awal, akhir })
}

/// Counts the cells of each sheet as its reader makes room for them, and takes out the announced sizes, for which it makes room unseen.
fn check(stream: &mut [u8]) -> Result<(), SebabGalat> {
    let mut sheets = Vec::new();
    let (mut at, mut seen, mut room) = (0, 0, 0_usize);
    while let Some(r) = record(stream, at) {
        match r.jenis {
            DIMENSIONS => stream[r.awal..r.akhir].fill(0),
            SHEET => {
                let place = number(stream, r.awal).zip(number(stream, r.awal + 2));
                sheets.extend(place.map(|(low, high)| low | high << 16));
            }
            _ => {}
        }
        at = r.akhir;
    }
    for start in sheets {
        room = room.saturating_add(rectangle(stream, start, &mut seen)?);
        if room > MAX_CELLS {
            return Err(TOO_MANY);
        }
    }
    Ok(())
}

/// Cells of the rectangle around those of the sheet that begins at a place.
fn rectangle(stream: &[u8], start: usize, seen: &mut usize) -> Result<usize, SebabGalat> {
    let (mut at, mut depth) = (start, 0_usize);
    let mut bounds: Option<[usize; 4]> = None;
    while let Some(r) = record(stream, at) {
        at = r.akhir;
        *seen += 1;
        if *seen > MAX_RECORDS {
            return Err(TOO_MANY);
        }
        match r.jenis {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            kind if kind == SEVERAL || CELLS.contains(&kind) => {
                let place = number(stream, r.awal).zip(number(stream, r.awal + 2));
                let Some((row, column)) = place.filter(|_| depth <= 1) else { continue };
                // Row, first column, six bytes for each cell, last column.
                let more = if kind == SEVERAL { (r.akhir - r.awal) / 6 } else { 1 };
                let [top, left, bottom, right] = bounds.unwrap_or([row, column, row, column]);
                bounds = Some([top.min(row), left.min(column), bottom.max(row), right.max(column + more)]);
            }
            _ => {}
        }
    }
    Ok(bounds.map_or(0, |[top, left, bottom, right]| (bottom - top + 1).saturating_mul(right - left + 1)))
}
