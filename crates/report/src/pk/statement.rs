//! Pernyataan Perjanjian Kinerja, tingkat unit kerja/SKPD/satuan kerja: PermenPANRB 53/2014, anak lampiran I/2-6. The wording is
//! that of the form, letter by letter.

use tolok_domain::Potret;
use tolok_domain::agreement::{Perjanjian, Pihak};

use super::{DOTS, below_name, heading, name, signatures, title};
use crate::naskah::{Blok, PenandaTangan, Rata, Ruas};

const OPENING: &str = "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan dan akuntabel serta \
                       berorientasi pada hasil, kami yang bertanda tangan di bawah ini:";
const FIRST: &str = "selanjutnya disebut pihak pertama";
const SECOND: &str = "selaku atasan pihak pertama, selanjutnya disebut pihak kedua";
const PROMISE: &str = "Pihak pertama berjanji akan mewujudkan target kinerja yang seharusnya sesuai lampiran perjanjian ini, \
                       dalam rangka mencapai target kinerja jangka menengah seperti yang telah ditetapkan dalam dokumen \
                       perencanaan. Keberhasilan dan kegagalan pencapaian target kinerja tersebut menjadi tanggung jawab kami.";
const SUPERVISION: &str = "Pihak kedua akan melakukan supervisi yang diperlukan serta akan melakukan evaluasi terhadap \
                           capaian kinerja dari perjanjian ini dan mengambil tindakan yang diperlukan dalam rangka pemberian \
                           penghargaan dan sanksi.";
const SIGNERS: [&str; 2] = ["Pihak Pertama,", "Pihak Kedua,"];

/// The statement's page.
pub(super) fn blocks(potret: &Potret, perjanjian: &Perjanjian) -> Vec<Blok> {
    let [first, second] = potret.parties(perjanjian);
    vec![
        heading(title(potret, perjanjian)),
        paragraph(OPENING),
        fields(&first),
        paragraph(FIRST),
        fields(&second),
        paragraph(SECOND),
        paragraph(PROMISE),
        paragraph(SUPERVISION),
        signatures(potret, perjanjian, |place, pihak| PenandaTangan {
            jabatan: vec![SIGNERS[place].to_owned()],
            nama: name(pihak).unwrap_or(DOTS).to_owned(),
            keterangan: below_name(pihak),
        }),
    ]
}

fn paragraph(teks: &str) -> Blok {
    Blok::Paragraf { isi: vec![Ruas::text(teks)], rata: Rata::Penuh, menjorok: false }
}

/// "Nama" and "Jabatan", with dots for what is written by hand.
fn fields(pihak: &Pihak<'_>) -> Blok {
    let jabatan = if pihak.jabatan.is_empty() { DOTS } else { &pihak.jabatan };
    let field = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    Blok::Isian(vec![field("Nama", name(pihak).unwrap_or(DOTS)), field("Jabatan", jabatan)])
}
