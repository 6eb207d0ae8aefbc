//! Notices (kabar): what people are told when figures move on, and which mails each of them wants.

/// What a notice tells: the state that figures came into, or whose turn a recommendation or a worksheet has become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JenisKabar {
    /// Figures wait for verification.
    Diajukan,
    /// Figures were sent back, each with its reason.
    Dikembalikan,
    /// Figures were verified.
    Diverifikasi,
    /// Figures were locked, or a whole period was.
    Dikunci,
    /// A recommendation was given or changed.
    Rekomendasi,
    /// The office's answer to a recommendation waits for a verdict.
    Jawaban,
    /// The evaluator has judged a follow-up.
    Putusan,
    /// A worksheet waits for somebody.
    LembarKerja,
}

impl JenisKabar {
    /// Everything that is told.
    pub const ALL: [Self; 8] = [
        Self::Diajukan,
        Self::Dikembalikan,
        Self::Diverifikasi,
        Self::Dikunci,
        Self::Rekomendasi,
        Self::Jawaban,
        Self::Putusan,
        Self::LembarKerja,
    ];

    /// What is told of figures.
    pub const FIGURES: [Self; 4] = [Self::Diajukan, Self::Dikembalikan, Self::Diverifikasi, Self::Dikunci];

    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Diajukan => "diajukan",
            Self::Dikembalikan => "dikembalikan",
            Self::Diverifikasi => "diverifikasi",
            Self::Dikunci => "dikunci",
            Self::Rekomendasi => "rekomendasi",
            Self::Jawaban => "jawaban",
            Self::Putusan => "putusan",
            Self::LembarKerja => "lembar_kerja",
        }
    }

    /// The kind of that word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|jenis| jenis.as_str() == word)
    }
}

/// Which mails about the work a person wants. Mails about the account itself, such as a changed password, come in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PilihanSurat {
    /// Each notice at once, and the daily digest.
    #[default]
    Segera,
    /// The daily digest, with the notices of the day.
    Harian,
    /// None.
    Tidak,
}

impl PilihanSurat {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Segera, Self::Harian, Self::Tidak];

    /// The word in forms and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Segera => "segera",
            Self::Harian => "harian",
            Self::Tidak => "tidak",
        }
    }

    /// The choice of that word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pilihan| pilihan.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for jenis in JenisKabar::ALL {
            assert_eq!(JenisKabar::find(jenis.as_str()), Some(jenis));
        }
        for pilihan in PilihanSurat::ALL {
            assert_eq!(PilihanSurat::find(pilihan.as_str()), Some(pilihan));
        }
        assert_eq!((JenisKabar::find("draf"), PilihanSurat::find("")), (None, None));
    }
}
