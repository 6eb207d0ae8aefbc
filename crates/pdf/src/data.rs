//! The document as JSON for the template, with everything settled that the template could stumble over: characters
//! without glyph, incomplete table rows, headings deeper than six.

use serde_json::{Value, json};
use tolok_report::columns;
use tolok_report::naskah::{
    Bagian, Baris, Blok, Gambar, GayaBaris, JenisDaftar, Judul, Naskah, Penanda, PenandaTangan, Penomoran, Rata, Ruas,
    Sel, Tabel,
};
use tolok_report::outline::Pencacah;

use crate::GalatPdf;
use crate::teks::{clean, fit, hyphenate};

/// Tenths of a millimetre that the margins take from width and height.
const MARGINS_UPRIGHT: (u32, u32) = (550, 500);
const MARGINS_WIDE: (u32, u32) = (400, 400);

/// Twips that a character of a table takes at most, on average over a word; the second is for small type.
const CHARACTER: (u32, u32) = (112, 94);

/// Twips that the padding of a cell takes from its width.
const PADDING: u32 = 140;

/// Longest word in characters that running text keeps whole; a line has room for some more.
const LONGEST: usize = 40;

/// The JSON and the keys of the outline that occur in it.
pub(crate) fn convert(naskah: &Naskah) -> Result<(Value, Vec<String>), GalatPdf> {
    let tanggal = parse_date(&naskah.tanggal).ok_or_else(|| GalatPdf::Tanggal(naskah.tanggal.clone()))?;
    let (width, height) = naskah.kertas.size();
    let mut converter = Converter::default();
    let bagian: Vec<Value> = naskah
        .bagian
        .iter()
        .filter(|section| !section.isi.is_empty())
        .map(|section| {
            converter.text_area = if section.lebar {
                (height - MARGINS_WIDE.0, width - MARGINS_WIDE.1)
            } else {
                (width - MARGINS_UPRIGHT.0, height - MARGINS_UPRIGHT.1)
            };
            converter.section(section)
        })
        .collect();
    let cover = &naskah.sampul;
    let has_cover = [&cover.judul, &cover.instansi, &cover.alamat].iter().any(|lines| !lines.is_empty());
    let data = json!({
        // PDF/UA asks for a title.
        "judul": if naskah.judul.trim().is_empty() { "Dokumen".to_owned() } else { clean(&naskah.judul) },
        "penerbit": clean(&naskah.penerbit),
        "tanggal": tanggal,
        "kertas": [width, height],
        "sampul": {
            "judul": clean_all(&naskah.sampul.judul),
            "instansi": clean_all(&naskah.sampul.instansi),
            "alamat": clean_all(&naskah.sampul.alamat),
        },
        // A file has at least one page.
        "bersampul": bagian.is_empty() || has_cover,
        "bagian": bagian,
    });
    Ok((data, converter.keys))
}

/// Year, month and day of ISO text; a time after the date is ignored.
fn parse_date(text: &str) -> Option<[u16; 3]> {
    let mut parts = text.get(..10)?.split('-');
    let [year, month, day] = [parts.next()?, parts.next()?, parts.next()?].map(|part| part.parse::<u16>().ok());
    let (year, month, day) = (year?, month?, day?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=days).contains(&day).then_some([year, month, day])
}

fn clean_all(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| clean(line)).collect()
}

#[derive(Default)]
struct Converter {
    counter: Pencacah,
    /// Keys given out.
    keys: Vec<String>,
    /// Width and height of the text area of the section, in tenths of a millimetre.
    text_area: (u32, u32),
    /// Level of the last heading; PDF/UA allows the next one to be at most one deeper.
    level: u8,
}

impl Converter {
    fn section(&mut self, section: &Bagian) -> Value {
        json!({
            "lebar": section.lebar,
            "pola": match section.penomoran {
                Penomoran::Romawi => Some("i"),
                Penomoran::Arab => Some("1"),
                Penomoran::Tanpa => None,
            },
            "ruang_atas": section.ruang_atas,
            "mulai_ulang": section.mulai_ulang,
            "isi": self.blocks(&section.isi),
        })
    }

    fn blocks(&mut self, blocks: &[Blok]) -> Vec<Value> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: &Blok) -> Value {
        let key = self.counter.entry(block).map(|entry| entry.kunci);
        self.keys.extend(key.clone());
        match block {
            Blok::Judul(heading) => self.heading(heading, key),
            Blok::Paragraf { isi, rata, menjorok } => json!({
                "jenis": "paragraf",
                "isi": runs(isi, running_text),
                "rata": alignment(*rata),
                "menjorok": menjorok,
                "lekat": block.leads(),
            }),
            Blok::Daftar { penanda, mulai, butir } => {
                let items: Vec<Value> = butir.iter().map(|item| self.blocks(item).into()).collect();
                json!({
                    "jenis": "daftar",
                    "penanda": match penanda {
                        Penanda::Angka => "angka",
                        Penanda::Huruf => "huruf",
                        Penanda::Butir => "butir",
                    },
                    "mulai": mulai,
                    "butir": items,
                })
            }
            Blok::Tabel(table) => self.table(table, key),
            Blok::Gambar(figure) => self.figure(figure, key),
            Blok::DaftarIsi(kind) => json!({
                "jenis": "daftar_isi",
                "apa": match kind {
                    JenisDaftar::Isi => "isi",
                    JenisDaftar::Tabel => "tabel",
                    JenisDaftar::Gambar => "gambar",
                },
            }),
            Blok::Isian(fields) => json!({
                "jenis": "isian",
                "isi": fields.iter().map(|(label, value)| [clean(label), clean(value)]).collect::<Vec<_>>(),
            }),
            Blok::TandaTangan(signature) => json!({
                "jenis": "tanda_tangan",
                "tempat_tanggal": clean(&signature.tempat_tanggal),
                "kiri": signature.kiri.as_ref().map(signer),
                "kanan": signer(&signature.kanan),
            }),
            Blok::Draf(inner) => json!({ "jenis": "draf", "isi": self.blocks(inner) }),
            Blok::HalamanBaru => json!({ "jenis": "halaman_baru" }),
        }
    }

    fn heading(&mut self, heading: &Judul, key: Option<String>) -> Value {
        let tingkat = heading.tingkat.clamp(1, 6);
        self.level = tingkat.min(self.level + 1);
        json!({
            "jenis": "judul",
            "tingkat": tingkat,
            "level": self.level,
            "nomor": clean(&heading.nomor),
            "teks": clean(&heading.teks),
            "di_daftar": heading.di_daftar,
            "kunci": key,
        })
    }

    fn figure(&self, figure: &Gambar, key: Option<String>) -> Value {
        let (width, height) = figure.ukuran;
        json!({
            "jenis": "gambar",
            "nomor": clean(&figure.nomor),
            "judul": clean(&figure.judul),
            // PDF/UA asks for a description.
            "alt": clean(if figure.alt.trim().is_empty() { &figure.judul } else { &figure.alt }),
            "svg": clean(&figure.svg),
            "ukuran": [width.max(1), height.max(1)],
            "tinggi_teks": self.text_area.1,
            "kunci": key,
        })
    }

    fn table(&self, table: &Tabel, key: Option<String>) -> Value {
        // 127 tenths of a millimetre are 720 twips.
        let laid = columns::measure(table, self.text_area.0 * 720 / 127);
        let mut widths = laid.lebar.clone();
        if widths.is_empty() {
            widths.push(1);
        }
        let character = if laid.rapat { CHARACTER.1 } else { CHARACTER.0 };
        let cell = |cell: &Sel, first: usize, columns: usize, rows: usize| {
            let share: u32 = widths[first..first + columns].iter().sum();
            let room = usize::try_from(share.saturating_sub(PADDING) / character).unwrap_or(LONGEST);
            let whole = |word: &str| columns::fits(word.trim_end(), share, laid.rapat);
            let isi = runs(&cell.isi, |run| {
                let text = clean(&run.teks);
                columns::words(&text).map(|word| if whole(word) { word.to_owned() } else { fit(word, room) }).collect()
            });
            if columns == 1 && rows == 1 && cell.rata.is_none() {
                isi
            } else {
                json!({ "i": isi, "k": columns, "b": rows, "r": cell.rata.map(alignment) })
            }
        };
        let header: Vec<&[Sel]> = table.kepala.iter().map(Vec::as_slice).collect();
        let body: Vec<&[Sel]> = table.isi.iter().map(|row| row.sel.as_slice()).collect();
        let rows: Vec<Value> = table
            .isi
            .iter()
            .zip(complete(&body, widths.len(), cell))
            .enumerate()
            .map(|(index, (row, cells))| {
                json!({
                    "gaya": look(row),
                    "sel": cells,
                    "pengantar": columns::leads(table, index),
                    "utuh": laid.is_low(index),
                })
            })
            .collect();
        json!({
            "jenis": "tabel",
            "nomor": clean(&table.nomor),
            "judul": clean(&table.judul),
            "lebar": widths,
            "rapat": laid.rapat,
            "utuh": laid.is_short(),
            "rata": table.kolom.iter().map(|column| alignment(column.rata)).collect::<Vec<_>>(),
            "kepala": complete(&header, widths.len(), cell),
            "isi": rows,
            "catatan": clean_all(&table.catatan),
            "kunci": key,
        })
    }
}

fn signer(signer: &PenandaTangan) -> Value {
    json!({
        "jabatan": clean_all(&signer.jabatan),
        "nama": clean(&signer.nama),
        "keterangan": clean_all(&signer.keterangan),
    })
}

const fn alignment(rata: Rata) -> &'static str {
    match rata {
        Rata::Kiri => "kiri",
        Rata::Tengah => "tengah",
        Rata::Kanan => "kanan",
        Rata::Penuh => "penuh",
    }
}

const fn look(row: &Baris) -> &'static str {
    match row.gaya {
        GayaBaris::Biasa => "biasa",
        GayaBaris::Tebal => "tebal",
        GayaBaris::Kelompok => "kelompok",
    }
}

/// Words of other languages are set in italics; their syllables are not ours.
fn running_text(run: &Ruas) -> String {
    let text = clean(&run.teks);
    // What is set in bold is read as a heading.
    fit(&if run.miring || run.tebal { text } else { hyphenate(&text) }, LONGEST)
}

/// Runs: plain text alone as a string, because most text is.
fn runs(runs: &[Ruas], text: impl Fn(&Ruas) -> String) -> Value {
    let run = |run: &Ruas| match (run.tebal, run.miring) {
        (false, false) => text(run).into(),
        (tebal, miring) => json!({ "t": text(run), "b": tebal, "i": miring }),
    };
    match runs {
        [] => "".into(),
        [only] if !only.tebal && !only.miring => run(only),
        _ => runs.iter().map(run).collect::<Vec<_>>().into(),
    }
}

/// Rows of cells that fill the grid exactly. The template lets cells flow, so one missing cell would shift all that
/// follow, and a span over the edge would be an error.
fn complete(rows: &[&[Sel]], columns: usize, cell: impl Fn(&Sel, usize, usize, usize) -> Value) -> Vec<Vec<Value>> {
    // For each column, how many rows from here on are covered by a span from above.
    let mut covered = vec![0_usize; columns];
    let mut out = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let mut cells = row.iter();
        let mut filled = Vec::with_capacity(row.len());
        let mut column = 0;
        while column < columns {
            if covered[column] > 0 {
                covered[column] -= 1;
                column += 1;
                continue;
            }
            let free = covered[column..].iter().take_while(|rows| **rows == 0).count();
            let (wide, high) = match cells.next() {
                Some(next) => {
                    let (wide, high) = (next.columns().min(free), next.rows().min(rows.len() - index));
                    filled.push(cell(next, column, wide, high));
                    (wide, high)
                }
                None => {
                    filled.push("".into());
                    (1, 1)
                }
            };
            covered[column..column + wide].fill(high - 1);
            column += wide;
        }
        out.push(filled);
    }
    out
}
