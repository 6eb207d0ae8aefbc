//! Official lists of codes and names: loading, searching, pairing the lists of two years. They are no office's data, so no ledger
//! records them; the list itself says who loaded it and when.

use tolok_domain::access::Hak;
use tolok_domain::code::TingkatKode;
use tolok_domain::nomenklatur::{Padanan, Pencarian, pair};
use tolok_domain::period::{Tahun, YEARS};
use tolok_domain::{ItemNomenklatur, KodeRekening, Nomenklatur};
use tolok_store::{Ctx, DaftarNomenklatur, Galat, Hasil, HasilCari};

use crate::{App, require};

impl App {
    /// Stores a list in place of what there was for its year.
    ///
    /// Permission: [`Hak::Impor`].
    pub async fn import_nomenklatur(&self, ctx: &Ctx, list: &Nomenklatur) -> Hasil<()> {
        require(ctx, Hak::Impor)?;
        if !YEARS.contains(&list.tahun) {
            return Err(Galat::TidakSah(format!("tahun {} bukan tahun daftar; tulis misalnya 2023", list.tahun)));
        }
        if list.item.is_empty() {
            return Err(Galat::TidakSah(format!("daftar {} kosong; daftar yang tersimpan tidak diganti", list.tahun)));
        }
        self.store.save_nomenklatur(list, &ctx.pelaku, ctx.waktu).await
    }

    /// The lists that there are, the latest first.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn nomenklatur_lists(&self, ctx: &Ctx) -> Hasil<Vec<DaftarNomenklatur>> {
        require(ctx, Hak::Lihat)?;
        self.store.nomenklatur_lists().await
    }

    /// The item of a code in a year's list; one of the support programme also as lists hold it for every bidang (`X.XX.01`).
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn find_nomenklatur(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        kode: &KodeRekening,
    ) -> Hasil<Option<ItemNomenklatur>> {
        require(ctx, Hak::Lihat)?;
        self.store.find_nomenklatur(tahun, kode).await
    }

    /// Items of a year's list in whose name or code every typed word begins a word, the best first: after `skip`, at most `most`. Of a
    /// `tingkat` only, where one is given.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn search_nomenklatur(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        text: &str,
        tingkat: Option<TingkatKode>,
        skip: usize,
        most: usize,
    ) -> Hasil<HasilCari> {
        require(ctx, Hak::Lihat)?;
        self.store.search_nomenklatur(tahun, &Pencarian::new(text), tingkat, skip, most).await
    }

    /// What became of each item of the list of `lama` in that of `baru`: a proposal for people to check, which changes nothing.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn map_nomenklatur(&self, ctx: &Ctx, lama: Tahun, baru: Tahun) -> Hasil<Vec<Padanan>> {
        require(ctx, Hak::Lihat)?;
        let list = async |tahun| {
            let found = self.store.load_nomenklatur(tahun).await?;
            found.map(|list| list.item).ok_or_else(|| Galat::TidakDitemukan(format!("nomenklatur {tahun}")))
        };
        Ok(pair(list(lama).await?, list(baru).await?))
    }
}
