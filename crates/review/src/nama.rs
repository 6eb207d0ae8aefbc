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

/// A name made comparable.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Nama {
    /// Its words that carry meaning.
    kata: Vec<String>,
    /// They written together: "antar kerja" and "antarkerja" are one.
    rapat: String,
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

/// The words of a text in lower case, without signs.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

impl Nama {
    pub(crate) fn new(text: &str) -> Self {
        let mut kata = Vec::new();
        for word in words(text) {
            let long = SHORT.iter().find(|(short, _)| *short == word).map_or(word.as_str(), |(_, long)| *long);
            kata.extend(long.split(' ').filter(|w| !FILLER.contains(w)).map(str::to_owned));
        }
        let rapat = kata.concat();
        Self { kata, rapat }
    }

    /// Without numbers and grades that stand in the name: "Hasil Evaluasi 60,24 - B" is "Hasil Evaluasi".
    pub(crate) fn without_numbers(text: &str) -> Self {
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

    pub(crate) fn is_empty(&self) -> bool {
        self.kata.is_empty()
    }

    /// How many words it has.
    pub(crate) fn len(&self) -> usize {
        self.kata.len()
    }

    /// Whether it ends with the words of another.
    pub(crate) fn ends_with(&self, other: &Self) -> bool {
        self.kata.ends_with(&other.kata)
    }

    /// Its key in maps: names with the same key are [`Kecocokan::Sama`].
    pub(crate) fn key(&self) -> &str {
        &self.rapat
    }

    pub(crate) fn compare(&self, other: &Self) -> Kecocokan {
        if self.is_empty() || other.is_empty() {
            return Kecocokan::Lain;
        }
        if self.rapat == other.rapat {
            return Kecocokan::Sama;
        }
        let (n, m) = (self.kata.len(), other.kata.len());
        // Too unlike in length to fit, whatever the words are.
        if 200 * n.min(m) / (n + m) < 60 {
            return Kecocokan::Lain;
        }
        let mut free: Vec<&String> = other.kata.iter().collect();
        let mut matched = 0;
        for word in &self.kata {
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
    short >= 5 && long - short <= allowed && letters(a) && distance(a, b) <= allowed
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
