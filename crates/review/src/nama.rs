//! Names as offices write them: the same thing is "Jml peserta bintek" in one table and "Jumlah peserta bimtek" in the next.

/// Words that add nothing to which thing is meant.
const FILLER: [&str; 22] = [
    "dan", "yang", "di", "ke", "dari", "pada", "kepada", "untuk", "dalam", "atau", "serta", "oleh", "para", "skpd",
    "opd", "dokumen", "tahun", "the", "bagi", "dengan", "atas", "pd",
];

/// How a word is written short or wrong so often that it is no other word.
const SHORT: [(&str, &str); 33] = [
    ("yg", "yang"),
    ("org", "orang"),
    ("dok", "dokumen"),
    ("jml", "jumlah"),
    ("jlh", "jumlah"),
    ("perush", "perusahaan"),
    ("prsh", "perusahaan"),
    ("keg", "kegiatan"),
    ("bln", "bulan"),
    ("thn", "tahun"),
    ("th", "tahun"),
    ("bintek", "bimtek"),
    ("ketrampilan", "keterampilan"),
    ("produktifitas", "produktivitas"),
    ("efektifitas", "efektivitas"),
    ("prosentase", "persentase"),
    ("presentase", "persentase"),
    ("kab", "kabupaten"),
    ("kec", "kecamatan"),
    ("kel", "kelurahan"),
    ("dgn", "dengan"),
    ("utk", "untuk"),
    ("thd", "terhadap"),
    ("pembdy", "pemberdayaan"),
    ("lkj", "lkjip"),
    ("lakip", "lkjip"),
    ("bpp", "belanja per porsi"),
    ("tk", "tingkat"),
    ("adm", "administrasi"),
    ("pemb", "pembangunan"),
    ("rt", "rumah tangga"),
    ("sarpras", "sarana prasarana"),
    ("sdm", "sumber daya manusia"),
];

/// Shorter words are never taken for misspelled.
const SLIPS: usize = 5;

/// A name made comparable.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Nama {
    /// Its words that carry meaning, written together: "antar kerja" and "antarkerja" are one.
    rapat: String,
    /// Where each of them ends.
    ujung: Vec<usize>,
}

/// How well two names fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kecocokan {
    /// Different things, as far as names tell.
    Lain,
    /// Alike in so many percent of their words: a person should say.
    Mirip(usize),
    /// The same but for spelling.
    Ejaan,
    /// The same.
    Sama,
}

/// The words of a text as written, without signs.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// The words of a text in lower case, without signs.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    parts(text).map(str::to_lowercase)
}

impl Nama {
    pub(crate) fn new(text: &str) -> Self {
        let mut made = Self { rapat: String::with_capacity(text.len()), ujung: Vec::new() };
        let mut word = String::new();
        for written in parts(text) {
            word.clear();
            word.extend(written.chars().flat_map(char::to_lowercase));
            let long = SHORT.iter().find(|(short, _)| *short == word).map_or(word.as_str(), |(_, long)| *long);
            long.split(' ').filter(|w| !FILLER.contains(w)).for_each(|w| made.push(w));
        }
        made
    }

    /// Without numbers and grades that stand in the name: "Hasil Evaluasi 60,24 - B" is "Hasil Evaluasi".
    pub(crate) fn without_numbers(text: &str) -> Self {
        if !text.contains(',') {
            return Self::new(text);
        }
        let kept: Vec<&str> = text
            .split_whitespace()
            .filter(|w| !(w.contains(',') && w.chars().all(|c| c.is_ascii_digit() || c == ',')))
            .collect();
        if kept.len() == text.split_whitespace().count() {
            return Self::new(text);
        }
        let long = kept.into_iter().filter(|w| w.chars().filter(|c| c.is_alphanumeric()).count() > 1);
        Self::new(&long.collect::<Vec<_>>().join(" "))
    }

    /// Without what stands in parentheses: "(BAGIAN PEP)".
    pub(crate) fn without_parentheses(text: &str) -> Self {
        let mut depth = 0_usize;
        let kept: String = text
            .chars()
            .filter(|c| {
                match c {
                    '(' => depth += 1,
                    ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth == 0 && *c != ')'
            })
            .collect();
        Self::new(&kept)
    }

    /// As a name within a node: a word that begins with a digit, so that it is never taken for misspelled.
    pub(crate) fn within(&self, node: &str) -> Self {
        let mut made = Self::default();
        made.push(&format!("0{node}|"));
        self.kata().for_each(|word| made.push(word));
        made
    }

    fn push(&mut self, word: &str) {
        self.rapat.push_str(word);
        self.ujung.push(self.rapat.len());
    }

    fn kata(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        let start = |i: usize| if i == 0 { 0 } else { self.ujung[i - 1] };
        (0..self.ujung.len()).map(move |i| &self.rapat[start(i)..self.ujung[i]])
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ujung.is_empty()
    }

    /// How many words it has.
    pub(crate) fn len(&self) -> usize {
        self.ujung.len()
    }

    /// Whether it ends with the words of another.
    pub(crate) fn ends_with(&self, other: &Self) -> bool {
        self.len() >= other.len() && self.kata().rev().zip(other.kata().rev()).all(|(a, b)| a == b)
    }

    /// Its key in maps: names with the same key are [`Kecocokan::Sama`].
    pub(crate) fn key(&self) -> &str {
        &self.rapat
    }

    /// What names that differ by slips alone have in common: the words that are never misspelled, and how the others begin.
    pub(crate) fn shape(&self) -> String {
        let firm = |w: &str| w.len() < SLIPS || w.starts_with(|c: char| c.is_ascii_digit());
        let mut parts: Vec<&[u8]> =
            self.kata().map(|w| if firm(w) { w.as_bytes() } else { &w.as_bytes()[..1] }).collect();
        parts.sort_unstable();
        String::from_utf8_lossy(&parts.join(&b' ')).into_owned()
    }

    pub(crate) fn compare(&self, other: &Self) -> Kecocokan {
        if self.is_empty() || other.is_empty() {
            return Kecocokan::Lain;
        }
        if self.rapat == other.rapat {
            return Kecocokan::Sama;
        }
        let (n, m) = (self.len(), other.len());
        // Too unlike in length to fit, whatever the words are.
        if 200 * n.min(m) / (n + m) < 60 {
            return Kecocokan::Lain;
        }
        let mut free: Vec<&str> = other.kata().collect();
        let mut matched = 0;
        for word in self.kata() {
            let exact = free.iter().position(|w| *w == word);
            if let Some(i) = exact.or_else(|| free.iter().position(|w| is_misspelled(w, word))) {
                free.swap_remove(i);
                matched += 1;
            }
        }
        if matched == n && n == m {
            return Kecocokan::Ejaan;
        }
        match 200 * matched / (n + m) {
            score if score >= 60 => Kecocokan::Mirip(score),
            _ => Kecocokan::Lain,
        }
    }
}

/// One word for another by a slip. Numbers and abbreviations are never misspelled: RKA is not DPA.
fn is_misspelled(a: &str, b: &str) -> bool {
    // A slip in the first letter is rare, and looking for it would cost most of the time of a review.
    if a.as_bytes().first() != b.as_bytes().first() {
        return false;
    }
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    let allowed = (short / 4).clamp(1, 3);
    let letters = |w: &str| !w.bytes().any(|c| c.is_ascii_digit());
    // A suffix more or less: "penguat" and "penguatan".
    if short >= 6 && long - short <= 2 && (a.starts_with(b) || b.starts_with(a)) && letters(a) {
        return true;
    }
    short >= SLIPS && long - short <= allowed && letters(a) && distance(a, b) <= allowed
}

/// Edit distance: letters to put in, take out or change.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(a: &str, b: &str) -> Kecocokan {
        Nama::new(a).compare(&Nama::new(b))
    }

    #[test]
    fn the_same_name_written_otherwise_is_the_same() {
        for (a, b) in [
            ("Jml peserta bintek", "Jumlah Peserta Bimtek"),
            ("Persentase Peserta yg lulus", "Persentase peserta yang lulus"),
            ("Pelayanan Antarkerja di Daerah Kabupaten/Kota", "Pelayanan Antar Kerja di Daerah Kabupaten / Kota"),
            ("Koordinasi dan Penyusunan DPA-SKPD", "Koordinasi dan Penyusunan Dokumen DPA-SKPD"),
            ("Kertas- Kertas dan Cover", "Kertas-Kertas dan Cover"),
        ] {
            assert_eq!(compare(a, b), Kecocokan::Sama, "{a} | {b}");
        }
    }

    #[test]
    fn a_slip_is_spelling_and_another_word_is_not() {
        assert_eq!(compare("Administerasi Keuangan", "Administrasi Keuangan"), Kecocokan::Ejaan);
        assert_eq!(compare("Penguat SDM", "Penguatan SDM"), Kecocokan::Ejaan);
        assert!(matches!(compare("Penyusunan RKA", "Penyusunan DPA"), Kecocokan::Lain | Kecocokan::Mirip(_)));
        assert!(matches!(compare("Dokumen Perubahan RKA", "Dokumen RKA"), Kecocokan::Mirip(_)));
        assert_eq!(compare("Jumlah peserta", "Nilai ekspor"), Kecocokan::Lain);
        assert_eq!(compare("", "Nilai"), Kecocokan::Lain);
    }

    #[test]
    fn distance_counts_letters() {
        assert_eq!(distance("perutusan", "perluasan"), 3);
        assert_eq!(distance("kitab", "kitab"), 0);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn what_stands_in_parentheses_can_be_left_out() {
        let a = Nama::without_parentheses("Evaluasi Kinerja (BAGIAN PEP)");
        assert_eq!(a.compare(&Nama::new("Evaluasi Kinerja")), Kecocokan::Sama);
    }
}
