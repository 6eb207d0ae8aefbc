//! From text to symbols.

use std::iter::Peekable;
use std::str::Chars;

use rust_decimal::Decimal;

use super::GalatRumus;
use super::syntax::Operator;

/// Most characters of a formula besides spaces. Spaces do not count, so that the canonical text of a formula, which
/// sets spaces, never exceeds the limit when its source did not.
pub(super) const MOST_CHARS: usize = 2_000;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Isi {
    Bilangan(Decimal),
    Nama(String),
    Operator(Operator),
    Buka,
    Tutup,
    TitikKoma,
    Persen,
}

impl Isi {
    /// As quoted in a message.
    pub(super) fn quoted(&self) -> String {
        match self {
            Self::Bilangan(x) => format!("bilangan {}", super::trace::write_number(*x)),
            Self::Nama(nama) => format!("\"{nama}\""),
            Self::Operator(operator) => format!("\"{}\"", operator.as_str()),
            Self::Buka => "\"(\"".to_owned(),
            Self::Tutup => "\")\"".to_owned(),
            Self::TitikKoma => "\";\"".to_owned(),
            Self::Persen => "\"%\"".to_owned(),
        }
    }
}

/// A symbol and where it begins (characters from 1).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Simbol {
    pub(super) isi: Isi,
    pub(super) posisi: usize,
}

struct Lexer<'a> {
    chars: Peekable<Chars<'a>>,
    posisi: usize,
    counted: usize,
}

/// The symbols of a text, and the position just past its last character.
pub(super) fn scan(text: &str) -> Result<(Vec<Simbol>, usize), GalatRumus> {
    let mut lexer = Lexer { chars: text.chars().peekable(), posisi: 1, counted: 0 };
    let mut symbols = Vec::new();
    while let Some(&c) = lexer.chars.peek() {
        if c.is_whitespace() {
            lexer.bump()?;
            continue;
        }
        let posisi = lexer.posisi;
        symbols.push(Simbol { isi: lexer.symbol(c)?, posisi });
    }
    Ok((symbols, lexer.posisi))
}

impl Lexer<'_> {
    fn error<T>(&self, pesan: impl Into<String>) -> Result<T, GalatRumus> {
        Err(GalatRumus { posisi: self.posisi, pesan: pesan.into() })
    }

    fn bump(&mut self) -> Result<(), GalatRumus> {
        if let Some(c) = self.chars.peek()
            && !c.is_whitespace()
        {
            self.counted += 1;
            if self.counted > MOST_CHARS {
                return self.error("rumus terlalu panjang; paling banyak 2.000 huruf di luar spasi");
            }
        }
        self.chars.next();
        self.posisi += 1;
        Ok(())
    }

    fn take_while(&mut self, into: &mut String, belongs: impl Fn(char) -> bool) -> Result<(), GalatRumus> {
        while let Some(&c) = self.chars.peek() {
            if !belongs(c) {
                break;
            }
            into.push(c);
            self.bump()?;
        }
        Ok(())
    }

    fn symbol(&mut self, c: char) -> Result<Isi, GalatRumus> {
        let isi = match c {
            '0'..='9' => return self.number(),
            'a'..='z' | '_' => return self.name(),
            '+' => Isi::Operator(Operator::Tambah),
            '-' => Isi::Operator(Operator::Kurang),
            '*' => Isi::Operator(Operator::Kali),
            '/' => Isi::Operator(Operator::Bagi),
            '(' => Isi::Buka,
            ')' => Isi::Tutup,
            ';' => Isi::TitikKoma,
            '%' => Isi::Persen,
            _ => return self.error(explain(c)),
        };
        self.bump()?;
        Ok(isi)
    }

    fn name(&mut self) -> Result<Isi, GalatRumus> {
        let mut nama = String::new();
        self.take_while(&mut nama, |c| matches!(c, 'a'..='z' | '0'..='9' | '_'))?;
        Ok(Isi::Nama(nama))
    }

    fn number(&mut self) -> Result<Isi, GalatRumus> {
        let posisi = self.posisi;
        let mut digits = String::new();
        self.take_while(&mut digits, |c| c.is_ascii_digit())?;
        if self.chars.peek() == Some(&',') {
            let comma = self.posisi;
            self.bump()?;
            digits.push('.');
            let whole = digits.len();
            self.take_while(&mut digits, |c| c.is_ascii_digit())?;
            if digits.len() == whole {
                return Err(GalatRumus { posisi: comma, pesan: explain(',') });
            }
        }
        // Trailing zeros say nothing and must not push an otherwise fitting number over the limit.
        let shown = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { &digits };
        match Decimal::from_str_exact(shown) {
            Ok(x) => Ok(Isi::Bilangan(x.normalize())),
            Err(_) => Err(GalatRumus {
                posisi,
                pesan: "bilangan terlalu panjang; tulis dengan paling banyak 28 angka".to_owned(),
            }),
        }
    }
}

/// What a planner probably meant by a character that does not belong in a formula.
fn explain(c: char) -> String {
    match c {
        ',' => "koma hanya tanda desimal di antara angka (0,5); masukan fungsi dipisah titik koma (;)".to_owned(),
        '.' => "titik tidak dipakai; tulis desimal dengan koma (0,5) dan ribuan tanpa pemisah (10000)".to_owned(),
        '×' | '·' => format!("\"{c}\" tidak dikenal; tulis perkalian dengan *"),
        ':' | '÷' => format!("\"{c}\" tidak dikenal; tulis pembagian dengan /"),
        '−' | '–' | '—' => format!("\"{c}\" tidak dikenal; tulis pengurangan dengan tanda hubung -"),
        '[' | '{' | ']' | '}' => format!("\"{c}\" tidak dikenal; pakai kurung biasa ( )"),
        '=' => "rumus tidak memakai =; tulis hitungannya saja".to_owned(),
        c if c.is_uppercase() => {
            "nama variabel dan fungsi ditulis dengan huruf kecil, misalnya jumlah_peserta".to_owned()
        }
        c => format!("\"{}\" tidak dikenal; pakai huruf kecil a-z, angka, _ dan + - * / ( ) ; %", c.escape_debug()),
    }
}
