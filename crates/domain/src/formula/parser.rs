//! From symbols to a formula: a Pratt parser with two operator levels.

use std::iter::Peekable;
use std::vec::IntoIter;

use super::GalatRumus;
use super::lexer::{Isi, Simbol, scan};
use super::syntax::{Ekspresi, FungsiPeriode, Operator, Pilihan, Tingkat};

/// Most brackets, functions and minus signs inside each other; bounds recursion here, in evaluation and in display.
pub(super) const MOST_DEPTH: usize = 64;

/// Most decimals that `bulat` keeps.
pub(super) const MOST_DIGITS: u32 = 10;

const FUNGSI: &str = "jumlah, rata, terakhir, min, maks, bulat, bila_kosong";

const OPERAND: &str = "bilangan, nama variabel, fungsi atau kurung buka";

struct Parser {
    symbols: Peekable<IntoIter<Simbol>>,
    end: usize,
    depth: usize,
}

/// Reads a formula; the flag says whether it ends in `%`.
pub(super) fn parse(text: &str) -> Result<(Ekspresi, bool), GalatRumus> {
    let (symbols, end) = scan(text)?;
    if symbols.is_empty() {
        return Err(GalatRumus { posisi: 1, pesan: "rumus kosong; tulis misalnya selesai / semua * 100 %".to_owned() });
    }
    let mut parser = Parser { symbols: symbols.into_iter().peekable(), end, depth: 0 };
    let pohon = parser.expression(Tingkat::Jumlah)?;
    let percent = parser.position();
    let persen = parser.accept(&Isi::Persen);
    if parser.peek().is_none() {
        return Ok((pohon, persen));
    }
    if persen {
        return Err(misplaced_percent(percent));
    }
    Err(match parser.peek() {
        Some(Isi::Tutup) => parser.error("kurung tutup ini tidak punya kurung buka; hapus atau tambah \"(\""),
        Some(Isi::TitikKoma) => parser.error("titik koma hanya memisahkan masukan fungsi, misalnya min(a; b)"),
        _ => parser.unexpected("operator + - * / atau akhir rumus"),
    })
}

fn misplaced_percent(posisi: usize) -> GalatRumus {
    GalatRumus { posisi, pesan: "tanda % hanya boleh satu kali, di akhir rumus; untuk 5 % tulis 0,05".to_owned() }
}

impl Parser {
    fn peek(&mut self) -> Option<&Isi> {
        self.symbols.peek().map(|s| &s.isi)
    }

    /// Where the next symbol is.
    fn position(&mut self) -> usize {
        self.symbols.peek().map_or(self.end, |s| s.posisi)
    }

    fn error(&mut self, pesan: impl Into<String>) -> GalatRumus {
        GalatRumus { posisi: self.position(), pesan: pesan.into() }
    }

    fn unexpected(&mut self, wanted: &str) -> GalatRumus {
        match self.peek() {
            Some(Isi::Persen) if wanted != OPERAND => misplaced_percent(self.position()),
            Some(isi) => {
                let found = isi.quoted();
                self.error(format!("di sini diharapkan {wanted}, bukan {found}"))
            }
            None => self.error(format!("rumus belum selesai; di sini diharapkan {wanted}")),
        }
    }

    fn accept(&mut self, isi: &Isi) -> bool {
        self.symbols.next_if(|s| s.isi == *isi).is_some()
    }

    fn expect(&mut self, isi: &Isi, wanted: &str) -> Result<(), GalatRumus> {
        if self.accept(isi) { Ok(()) } else { Err(self.unexpected(wanted)) }
    }

    fn operator(&mut self, least: Tingkat) -> Option<Operator> {
        match self.peek() {
            Some(&Isi::Operator(operator)) if operator.level() >= least => {
                self.symbols.next();
                Some(operator)
            }
            _ => None,
        }
    }

    /// An expression whose operators bind at least as strongly as `least`.
    fn expression(&mut self, least: Tingkat) -> Result<Ekspresi, GalatRumus> {
        let mut left = self.operand()?;
        // Level of the chain that this call is building; a bracketed chain on the left is not continued.
        let mut building = None;
        while let Some(operator) = self.operator(least) {
            let tingkat = operator.level();
            let right = match tingkat {
                Tingkat::Jumlah => self.expression(Tingkat::Kali)?,
                Tingkat::Kali => self.operand()?,
            };
            left = match left {
                Ekspresi::Rantai { awal, mut lanjut, .. } if building == Some(tingkat) => {
                    lanjut.push((operator, right));
                    Ekspresi::Rantai { tingkat, awal, lanjut }
                }
                first => Ekspresi::Rantai { tingkat, awal: Box::new(first), lanjut: vec![(operator, right)] },
            };
            building = Some(tingkat);
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Ekspresi, GalatRumus> {
        let posisi = self.position();
        let starts =
            |s: &Simbol| matches!(s.isi, Isi::Bilangan(_) | Isi::Nama(_) | Isi::Buka | Isi::Operator(Operator::Kurang));
        match self.symbols.next_if(starts).map(|s| s.isi) {
            Some(Isi::Bilangan(x)) => Ok(Ekspresi::Bilangan(x)),
            Some(Isi::Nama(nama)) if self.peek() == Some(&Isi::Buka) => {
                self.nested(posisi, |parser| parser.call(&nama, posisi))
            }
            Some(Isi::Nama(nama)) => Ok(Ekspresi::Variabel(nama)),
            Some(Isi::Buka) => self.nested(posisi, |parser| {
                let inner = parser.expression(Tingkat::Jumlah)?;
                parser.close()?;
                Ok(inner)
            }),
            Some(_) => self.nested(posisi, |parser| Ok(Ekspresi::Negatif(Box::new(parser.operand()?)))),
            None => Err(self.unexpected(OPERAND)),
        }
    }

    /// Reads one level deeper.
    fn nested(
        &mut self,
        posisi: usize,
        read: impl FnOnce(&mut Self) -> Result<Ekspresi, GalatRumus>,
    ) -> Result<Ekspresi, GalatRumus> {
        if self.depth == MOST_DEPTH {
            let pesan = format!("rumus bersusun lebih dari {MOST_DEPTH} tingkat; kurangi kurung");
            return Err(GalatRumus { posisi, pesan });
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn close(&mut self) -> Result<(), GalatRumus> {
        self.expect(&Isi::Tutup, "operator + - * / atau kurung tutup")
    }

    fn semicolon(&mut self, usage: &str) -> Result<(), GalatRumus> {
        self.expect(&Isi::TitikKoma, &format!("titik koma dan masukan berikutnya, seperti {usage}"))
    }

    /// The bracketed part of a function; `posisi` is where its name begins.
    fn call(&mut self, nama: &str, posisi: usize) -> Result<Ekspresi, GalatRumus> {
        self.accept(&Isi::Buka);
        let call = match nama {
            "jumlah" => self.series(FungsiPeriode::Jumlah)?,
            "rata" => self.series(FungsiPeriode::Rata)?,
            "terakhir" => self.series(FungsiPeriode::Terakhir)?,
            "min" => self.choice(Pilihan::Min, posisi)?,
            "maks" => self.choice(Pilihan::Maks, posisi)?,
            "bulat" => {
                let x = self.expression(Tingkat::Jumlah)?;
                self.semicolon("bulat(x; 2)")?;
                Ekspresi::Bulat(Box::new(x), self.digits()?)
            }
            "bila_kosong" => {
                let x = self.expression(Tingkat::Jumlah)?;
                self.semicolon("bila_kosong(x; 0)")?;
                Ekspresi::BilaKosong(Box::new(x), Box::new(self.expression(Tingkat::Jumlah)?))
            }
            _ => {
                let pesan = format!("fungsi \"{nama}\" tidak dikenal; yang ada: {FUNGSI}");
                return Err(GalatRumus { posisi, pesan });
            }
        };
        self.close()?;
        Ok(call)
    }

    fn series(&mut self, fungsi: FungsiPeriode) -> Result<Ekspresi, GalatRumus> {
        match self.symbols.next_if(|s| matches!(s.isi, Isi::Nama(_))).map(|s| s.isi) {
            Some(Isi::Nama(nama)) if self.peek() == Some(&Isi::Tutup) => Ok(Ekspresi::Periode(fungsi, nama)),
            Some(_) => Err(self.unexpected(&format!("kurung tutup: {} menerima satu nama variabel", fungsi.as_str()))),
            None => Err(self.unexpected("satu nama variabel")),
        }
    }

    fn choice(&mut self, pilihan: Pilihan, posisi: usize) -> Result<Ekspresi, GalatRumus> {
        let mut isi = vec![self.expression(Tingkat::Jumlah)?];
        while self.accept(&Isi::TitikKoma) {
            isi.push(self.expression(Tingkat::Jumlah)?);
        }
        // A single value is nearly always min(1,2) with a comma meant to separate.
        if isi.len() < 2 && self.peek() == Some(&Isi::Tutup) {
            let nama = pilihan.as_str();
            let pesan = format!("{nama} perlu paling sedikit dua masukan, dipisah titik koma: {nama}(a; b)");
            return Err(GalatRumus { posisi, pesan });
        }
        Ok(Ekspresi::Pilihan(pilihan, isi))
    }

    fn digits(&mut self) -> Result<u32, GalatRumus> {
        let pesan = format!("banyaknya desimal harus bilangan bulat 0 sampai {MOST_DIGITS}, seperti bulat(x; 2)");
        let found = match self.peek() {
            Some(Isi::Bilangan(x)) if x.fract().is_zero() => u32::try_from(*x).ok(),
            _ => None,
        };
        match found.filter(|n| *n <= MOST_DIGITS) {
            Some(n) => {
                self.symbols.next();
                Ok(n)
            }
            None => Err(self.error(pesan)),
        }
    }
}
