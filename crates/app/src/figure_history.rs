//! The history of an indicator's figures: by place, from which value to which, by whom and when.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tolok_domain::access::Hak;
use tolok_domain::period::Tahun;
use tolok_domain::{Angka, Nilai, Petak, Subjek};
use tolok_store::{Ctx, Hasil, Tercatat};

use crate::{App, require};

/// Everything that stood in the place of one figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiwayatAngka {
    /// The place.
    pub petak: Petak,
    /// What was done there, newest first.
    pub langkah: Vec<LangkahRiwayat>,
}

/// One entry's change of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LangkahRiwayat {
    /// Number of the entry.
    pub nomor: i64,
    /// Who, in words.
    pub oleh: String,
    /// When, microseconds since 1970 UTC.
    pub waktu: i64,
    /// What stood there before; none where nothing did.
    pub dari: Option<Nilai>,
    /// The figure that came; none where it was only taken away.
    pub menjadi: Option<Angka>,
}

impl App {
    /// The history of a subject's figures for periods of a year, the latest period first and in it what was measured. In a context of the past, what was known then.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn figure_history(&self, ctx: &Ctx, subjek: &Subjek, tahun: Tahun) -> Hasil<Vec<RiwayatAngka>> {
        require(ctx, Hak::Lihat)?;
        Ok(by_place(self.store.history_of(ctx, subjek, tahun).await?))
    }
}

/// Figures in the order of the ledger, told as changes of their places.
fn by_place(rows: Vec<Tercatat>) -> Vec<RiwayatAngka> {
    let mut places: BTreeMap<_, (Petak, Vec<Tercatat>)> = BTreeMap::new();
    for row in rows {
        let petak = Petak::of(&row.angka);
        // What was measured before what documents set.
        let key = (Reverse(petak.periode), petak.jenis.document().is_some(), petak.jenis.clone());
        places.entry(key).or_insert_with(|| (petak, Vec::new())).1.push(row);
    }
    let told = |(petak, rows): (Petak, Vec<Tercatat>)| RiwayatAngka { petak, langkah: steps(rows) };
    places.into_values().map(told).collect()
}

fn steps(rows: Vec<Tercatat>) -> Vec<LangkahRiwayat> {
    let mut steps: Vec<LangkahRiwayat> = Vec::new();
    let mut rows = rows.into_iter().peekable();
    // What still stood there when the next figure came.
    let mut dari = None;
    while let Some(Tercatat { angka, nomor, keluar }) = rows.next() {
        let nilai = angka.nilai.clone();
        let (oleh, waktu) = (angka.oleh.clone(), angka.dicatat);
        steps.push(LangkahRiwayat { nomor, oleh, waktu, dari: dari.take(), menjadi: Some(angka) });
        dari = Some(nilai);
        // Superseded and taken away look the same but for what came with the same entry.
        let Some(keluar) = keluar.filter(|k| rows.peek().is_none_or(|next| next.nomor != k.nomor)) else { continue };
        let dari = dari.take();
        steps.push(LangkahRiwayat { nomor: keluar.nomor, oleh: keluar.oleh, waktu: keluar.waktu, dari, menjadi: None });
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use tolok_domain::figure::{Asal, Keadaan};
    use tolok_domain::{AngkaId, JenisAngka, Periode};
    use tolok_store::Keluar;

    fn row(periode: Periode, jenis: JenisAngka, nilai: i64, nomor: i64, keluar: Option<i64>) -> Tercatat {
        let angka = Angka {
            id: AngkaId::new(),
            subjek: Subjek::Indikator("i1".to_owned()),
            jenis,
            periode,
            nilai: Nilai::Bilangan(nilai.into()),
            keterangan: String::new(),
            asal: Asal::Diketik,
            bukti: Vec::new(),
            keadaan: Keadaan::Draf,
            oleh: format!("pengisi {nomor}"),
            dicatat: nomor * 10,
        };
        let went = |nomor| Keluar { nomor, oleh: format!("penghapus {nomor}"), waktu: nomor * 10 };
        Tercatat { angka, nomor, keluar: keluar.map(went) }
    }

    /// Entry, from, to, who.
    fn told(riwayat: &RiwayatAngka) -> Vec<(i64, String, String, &str)> {
        let text = |nilai: Option<&Nilai>| nilai.map_or_else(|| "–".to_owned(), ToString::to_string);
        let line = |l: &LangkahRiwayat| (l.nomor, text(l.dari.as_ref()), text(l.menjadi.as_ref().map(|a| &a.nilai)));
        let lines = riwayat.langkah.iter().map(|l| (line(l), l.oleh.as_str()));
        lines.map(|((nomor, dari, menjadi), oleh)| (nomor, dari, menjadi, oleh)).collect()
    }

    fn step(nomor: i64, dari: &str, menjadi: &str, oleh: &'static str) -> (i64, String, String, &'static str) {
        (nomor, dari.to_owned(), menjadi.to_owned(), oleh)
    }

    #[test]
    fn a_figure_that_is_taken_away_and_comes_back_begins_anew() {
        let tw1 = Periode::Triwulan(2021, 1);
        let real = || JenisAngka::Realisasi;
        let rows =
            vec![row(tw1, real(), 10, 1, Some(2)), row(tw1, real(), 11, 2, Some(4)), row(tw1, real(), 12, 6, None)];
        let found = by_place(rows);
        assert_eq!(found.len(), 1);
        assert_eq!(
            told(&found[0]),
            [
                step(6, "–", "12", "pengisi 6"),
                step(4, "11", "–", "penghapus 4"),
                step(2, "10", "11", "pengisi 2"),
                step(1, "–", "10", "pengisi 1"),
            ]
        );
    }

    #[test]
    fn each_place_has_its_own_history_and_the_latest_period_comes_first() {
        let (tw1, tw2) = (Periode::Triwulan(2021, 1), Periode::Triwulan(2021, 2));
        let target = || JenisAngka::Target { dokumen: "pk".to_owned() };
        let rows = vec![
            row(tw1, target(), 50, 1, None),
            row(tw1, JenisAngka::Realisasi, 10, 2, Some(3)),
            row(tw2, JenisAngka::Realisasi, 20, 3, None),
            row(tw1, JenisAngka::Realisasi, 15, 3, None),
        ];
        let found = by_place(rows);
        let places: Vec<_> = found.iter().map(|r| (r.petak.periode, r.petak.jenis.clone(), r.langkah.len())).collect();
        assert_eq!(places, [(tw2, JenisAngka::Realisasi, 1), (tw1, JenisAngka::Realisasi, 2), (tw1, target(), 1)]);
        assert_eq!(told(&found[1])[0], step(3, "10", "15", "pengisi 3"), "no other place's figure comes before it");
    }
}
