//! Numbers in running text: money ("sebesar Rp. 7.851.608.419,-"), percentages ("98,13%"), counts ("7 (tujuh) Program").

use std::sync::Arc;

use tolok_domain::bacaan::{CatatanBaca, Fakta, Keyakinan, Letak, PeranKolom, SubjekBaca};
use tolok_domain::number::{Isi, Konteks, Terbaca, from_terbilang, read, terbilang, write_plain};
use tolok_domain::{Periode, Tahun};

use crate::baca::{lower, tidy};
use crate::tabel::only_year;

/// Words before a number that are kept as what it is about.
const WORDS: usize = 14;

/// What is counted in reports; a number before another word is no fact.
const COUNTED: &[&str] = &[
    "program",
    "kegiatan",
    "sub",
    "subkegiatan",
    "indikator",
    "iku",
    "sasaran",
    "tujuan",
    "misi",
    "orang",
    "dokumen",
    "pegawai",
    "asn",
    "pns",
    "kasus",
    "perkara",
    "paket",
    "unit",
    "perusahaan",
    "kk",
    "bidang",
    "seksi",
    "peserta",
    "lembaga",
    "kecamatan",
    "kelurahan",
    "desa",
    "rekomendasi",
    "urusan",
    "aparatur",
    "bulan",
    "laporan",
    "kali",
    "strategi",
];

/// Words before a number that make it the number of a rule, a page or a date.
const NAMING: &[&str] = &[
    "nomor",
    "no",
    "no.",
    "tahun",
    "pasal",
    "ayat",
    "bab",
    "tanggal",
    "tabel",
    "gambar",
    "lampiran",
    "halaman",
    "permenpan",
    "jalan",
];

/// A number as it stands in the text.
struct Bilangan<'a> {
    /// Where it begins (with its currency) and ends (with what belongs to it), in bytes.
    start: usize,
    end: usize,
    /// With currency, scale word and percent sign.
    text: &'a str,
    rupiah: bool,
    persen: bool,
    /// What stands in parentheses right behind it.
    kurung: Option<&'a str>,
}

/// Adds the facts of a paragraph.
pub(super) fn facts(
    teks: &str,
    letak: &Letak,
    tahun: Option<Tahun>,
    found: &mut dyn FnMut(Fakta),
    catatan: &mut Vec<CatatanBaca>,
) {
    let mut from = 0;
    let mut money: Option<PeranKolom> = None;
    for number in numbers(teks) {
        let before = &teks[from.min(number.start)..number.start];
        let sentence = before.rsplit(". ").next().unwrap_or(before);
        if sentence.len() < before.len() {
            money = None;
        }
        let unit = counted(&teks[number.end..]);
        let words = number.kurung.and_then(spoken);
        let named = lower(sentence).split_whitespace().next_back().is_some_and(|word| NAMING.contains(&word));
        if !(number.rupiah || number.persen || (words.is_some() || unit.is_some()) && !named) {
            continue;
        }
        from = number.end;
        let note = |pesan: String| CatatanBaca { letak: letak.clone(), pesan };
        let nilai = match read(number.text, &Konteks::indonesia()) {
            Ok(nilai) => nilai,
            Err(error) => {
                catatan.push(note(error.to_string()));
                continue;
            }
        };
        let mut keyakinan = Keyakinan::Sedang;
        if let (Some(words), Some(kurung)) = (words, number.kurung) {
            match check_words(&nilai, words) {
                None => keyakinan = Keyakinan::Tinggi,
                Some(wrong) => {
                    keyakinan = Keyakinan::Rendah;
                    catatan.push(note(format!("\"{} ({kurung})\": {wrong}", number.text)));
                }
            }
        }
        if number.rupiah && odd_sen(number.text) {
            keyakinan = Keyakinan::Rendah;
            catatan.push(note(format!(
                "\"{}\" memakai koma di depan tiga angka; bila yang dimaksud ribuan, tulis dengan titik",
                number.text
            )));
        }
        let peran = role(sentence, &number, money);
        if number.rupiah {
            money = Some(peran);
        }
        let satuan = if number.rupiah {
            "Rp".to_owned()
        } else if number.persen {
            "%".to_owned()
        } else {
            unit.unwrap_or_default()
        };
        let catatan_nilai = number.kurung.map_or_else(|| nilai.catatan.clone(), str::to_owned);
        found(Fakta {
            subjek: SubjekBaca { nama: last_words(sentence), ..SubjekBaca::default() }.into(),
            peran,
            periode: only_year(sentence).or(tahun).map(Periode::Tahun),
            satuan,
            teks: teks[number.start..number.end].into(),
            nilai: Terbaca { catatan: catatan_nilai, isi: normal(nilai.isi), ..nilai },
            letak: letak.clone(),
            tabel: Arc::default(),
            keyakinan,
        });
    }
}

/// Without zeros at the end, as values of tables are.
fn normal(isi: Isi) -> Isi {
    match isi {
        Isi::Bilangan(x) => Isi::Bilangan(x.normalize()),
        other => other,
    }
}

/// Every number of a text with what belongs to it. One that begins the text as the number of an item is left out.
fn numbers(teks: &str) -> Vec<Bilangan<'_>> {
    let bytes = teks.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found: Vec<Bilangan<'_>> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while digit(end) || (matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1)) {
            end += 1;
        }
        let numeral = at..end;
        at = end;
        let glued = teks[..numeral.start]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '–'));
        let currency = currency(&teks[..numeral.start]);
        let slashed = teks[numeral.end..].starts_with(['/', '-', '–']) && digit(numeral.end + 1);
        let item = currency.is_none()
            && teks[..numeral.start].trim().is_empty()
            && teks[numeral.end..].starts_with(['.', ')', ' '])
            && numeral.len() <= 2;
        if (glued && currency.is_none()) || slashed || item && !teks[numeral.end..].trim_start().starts_with('(') {
            continue;
        }
        let start = currency.unwrap_or(numeral.start);
        let mut stop = numeral.end;
        let rest = &teks[stop..];
        for cents in [",-", ".-", ",--"] {
            if rest.starts_with(cents) {
                stop = numeral.end + cents.len();
            }
        }
        let tail = lower_start(&teks[stop..]);
        for scale in ["ribu", "juta", "miliar", "milyar", "triliun", "trilyun"] {
            let behind = tail.trim_start().strip_prefix(scale);
            if behind.is_some_and(|b| !b.starts_with(|c: char| c.is_alphanumeric())) {
                stop += tail.len() - tail.trim_start().len() + scale.len();
                break;
            }
        }
        let after = teks[stop..].trim_start();
        let gap = teks.len() - stop - after.len();
        let persen = after.starts_with('%') || lower_start(after).starts_with("persen");
        if persen {
            stop += gap + if after.starts_with('%') { 1 } else { "persen".len() };
        }
        let text = &teks[start..stop];
        let behind = teks[stop..].trim_start();
        let kurung =
            behind.strip_prefix('(').and_then(|inside| inside.split_once(')')).map(|(inside, _)| inside.trim());
        let kurung = kurung.filter(|inside| spoken(inside).is_some());
        let end = match kurung {
            Some(_) => teks.len() - behind.len() + behind.find(')').map_or(0, |close| close + 1),
            None => stop,
        };
        at = end.max(at);
        found.push(Bilangan { start, end, text, rupiah: currency.is_some(), persen, kurung });
    }
    found
}

/// Small letters of the beginning, byte for byte.
fn lower_start(text: &str) -> String {
    text.chars().take(16).map(|c| c.to_ascii_lowercase()).collect()
}

/// Where "Rp" or "Rp." before a number begins.
fn currency(before: &str) -> Option<usize> {
    let text = before.trim_end();
    let text = text.strip_suffix('.').unwrap_or(text).trim_end();
    let start = text.len().checked_sub(2)?;
    let word = text.get(start..)?;
    let free = !text[..start].ends_with(char::is_alphanumeric);
    (word.eq_ignore_ascii_case("rp") && free && before.len() - start <= 6).then_some(start)
}

/// The words of a number in parentheses, without its unit.
fn spoken(kurung: &str) -> Option<u64> {
    let small = lower(kurung);
    let words = small.strip_suffix(" rupiah").or_else(|| small.strip_suffix(" persen")).unwrap_or(&small);
    from_terbilang(words)
}

/// What is wrong between a number and its words; `None` when they agree.
fn check_words(nilai: &Terbaca, words: u64) -> Option<String> {
    let Isi::Bilangan(x) = nilai.isi else { return None };
    let said = tolok_domain::Decimal::from(words);
    if x == said {
        return None;
    }
    let right = u64::try_from(x).ok().filter(|n| tolok_domain::Decimal::from(*n) == x).map(terbilang);
    let right = right.map_or_else(String::new, |words| format!(", seharusnya \"{words}\""));
    Some(format!("terbilangnya {}, berbeda {} dari angkanya{right}", write_plain(said), write_plain((x - said).abs())))
}

/// "71.366,000": three digits behind the comma of an amount of money.
fn odd_sen(text: &str) -> bool {
    let digits = text.trim_end_matches('-').trim_end_matches(',');
    digits
        .rsplit_once(',')
        .is_some_and(|(whole, frac)| whole.contains('.') && frac.len() == 3 && frac.bytes().all(|b| b.is_ascii_digit()))
}

/// What is counted, when the words behind a number say so.
fn counted(after: &str) -> Option<String> {
    const ENDS: &[&str] = &[
        "yang", "dan", "guna", "dengan", "di", "untuk", "dari", "pada", "sebagai", "yaitu", "yakni", "telah", "dalam",
        "ke", "adalah", "atau", "serta", "ini", "tersebut", "oleh", "terdiri", "sesuai", "meliputi", "antara",
    ];
    let clause = after.trim_start().split(['.', ',', ';', ':', '(', '\n']).next().unwrap_or_default();
    let words: Vec<&str> =
        clause.split_whitespace().take_while(|word| !ENDS.contains(&lower(word).as_str())).take(5).collect();
    let first = lower(words.first()?);
    COUNTED.contains(&first.as_str()).then(|| words.join(" "))
}

/// What a number says, by the words before it.
fn role(sentence: &str, number: &Bilangan<'_>, money: Option<PeranKolom>) -> PeranKolom {
    let small = lower(sentence);
    let has = |words: &[&str]| words.iter().any(|word| small.contains(word));
    let done = has(&["realisasi", "terserap", "penyerapan", "terealisasi", "dibelanjakan"]);
    if number.rupiah {
        return match (done, has(&["anggaran", "pagu", "alokasi", "dana", "belanja"])) {
            (true, _) => PeranKolom::RealisasiAnggaran,
            (false, true) => PeranKolom::Pagu,
            (false, false) => PeranKolom::Lain,
        };
    }
    if number.persen {
        let of_money = money.is_some() || has(&["anggaran", "keuangan", "serapan"]);
        return match () {
            () if has(&["serapan"]) || of_money => PeranKolom::Serapan,
            () if has(&["target"]) && !done => PeranKolom::Target,
            () if has(&["capaian", "tercapai"]) => PeranKolom::Capaian,
            () if done => PeranKolom::Realisasi,
            () => PeranKolom::Lain,
        };
    }
    PeranKolom::Lain
}

/// The words right before a number.
fn last_words(sentence: &str) -> String {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    tidy(&words[words.len().saturating_sub(WORDS)..].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(teks: &str) -> (Vec<String>, Vec<String>) {
        let (mut found, mut catatan): (Vec<Fakta>, _) = (Vec::new(), Vec::new());
        facts(teks, &Letak::file("a.md"), Some(2021), &mut |fakta| found.push(fakta), &mut catatan);
        let shown = |f: &Fakta| {
            let value = match &f.nilai.isi {
                Isi::Bilangan(x) => write_plain(*x),
                other => format!("{other:?}"),
            };
            format!("{:?} {value} {} {:?}", f.peran, f.satuan, f.keyakinan)
        };
        (found.iter().map(shown).collect(), catatan.into_iter().map(|c| c.pesan).collect())
    }

    #[test]
    fn money_and_percentages_have_their_role() {
        let teks = "Anggaran mempunyai alokasi sebesar Rp.7.851.608.419,- sedangkan Realisasi Anggaran sebesar Rp. 7.705.162.110,- \
                    atau dengan presentasi sebesar 98,13%. Target 2,5 persen pada Tahun 2020";
        let (found, notes) = read_all(teks);
        assert_eq!(
            found,
            [
                "Pagu 7851608419 Rp Sedang",
                "RealisasiAnggaran 7705162110 Rp Sedang",
                "Serapan 98,13 % Sedang",
                "Target 2,5 % Sedang"
            ]
        );
        assert_eq!(notes, [] as [&str; 0]);
    }

    #[test]
    fn counts_agree_with_their_words_or_are_noted() {
        let (found, notes) =
            read_all("terdiri dari 7 (tujuh) Program yang dibagi 28 (dua puluh tujuh) Kegiatan sebagai berikut");
        assert_eq!(found, ["Lain 7 Program Tinggi", "Lain 28 Kegiatan Rendah"]);
        assert_eq!(
            notes,
            ["\"28 (dua puluh tujuh)\": terbilangnya 27, berbeda 1 dari angkanya, seharusnya \"dua puluh delapan\""]
        );
        let (_, notes) = read_all("Rp 440.768.000,- (empat ratus empat puluh juta tujuh ratus enam puluh ribu rupiah)");
        assert!(notes[0].contains("berbeda 8000 dari angkanya"), "C119: {notes:?}");
    }

    #[test]
    fn numbers_of_rules_dates_and_items_are_no_facts() {
        let teks = "1. Undang-Undang Nomor 13 Tahun 2003, Pasal 33 ayat (1), tanggal 31 Desember 2021, Renstra 2019-2023, 027/03.15-SPK";
        assert_eq!(read_all(teks).0, [] as [&str; 0]);
    }

    #[test]
    fn an_amount_with_a_slipped_comma_is_noted() {
        let (found, notes) = read_all("barang sebesar Rp. 71.366,000,- dengan rincian");
        assert_eq!(found, ["Lain 71366 Rp Rendah"]);
        assert!(notes[0].contains("koma di depan tiga angka"), "{notes:?}");
    }
}
