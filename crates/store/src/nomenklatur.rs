//! Official lists of codes and names: reference data that every office reads, several years' lists side by side.

use sqlx::{FromRow, QueryBuilder};
use tolok_domain::code::TingkatKode;
use tolok_domain::nomenklatur::{Kecocokan, Pencarian, search_text};
use tolok_domain::period::Tahun;
use tolok_domain::{ItemNomenklatur, KodeRekening, Nomenklatur};

use crate::db::{Store, on, within};
use crate::error::{Galat, Hasil};

/// A list that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaftarNomenklatur {
    /// The year by which it is known.
    pub tahun: Tahun,
    /// The regulation it stands in.
    pub nama: String,
    /// Who loaded it.
    pub pelaku: String,
    /// When, microseconds since 1970 UTC.
    pub waktu: i64,
}

/// A page of what a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HasilCari {
    /// The items, the best first.
    pub item: Vec<ItemNomenklatur>,
    /// How many fit in all.
    pub jumlah: usize,
}

/// Items to one statement: some hundred are quick, and the values stay far below what the engines take at once.
const BATCH: usize = 500;

#[derive(FromRow)]
struct ItemRow {
    kode: String,
    nama: String,
    kinerja: String,
    indikator: String,
    satuan: String,
}

impl ItemRow {
    fn into_item(self) -> Hasil<ItemNomenklatur> {
        let Self { kode, nama, kinerja, indikator, satuan } = self;
        let kode = kode.parse().map_err(Galat::unavailable)?;
        Ok(ItemNomenklatur { kode, nama, kinerja, indikator, satuan })
    }
}

impl Store {
    /// Stores the list in place of what there was for its year. All or nothing.
    pub async fn save_nomenklatur(&self, list: &Nomenklatur, pelaku: &str, waktu: i64) -> Hasil<()> {
        let tahun = i64::from(list.tahun);
        let mut tx = self.begin().await?;
        // First the line of the list: it makes a second writer of the same year wait.
        let sql = "INSERT INTO nomenklatur_daftar (tahun, nama, pelaku, waktu) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (tahun) DO UPDATE SET nama = excluded.nama, pelaku = excluded.pelaku, waktu = excluded.waktu";
        within!(&mut tx, c => {
            sqlx::query(sql).bind(tahun).bind(&list.nama).bind(pelaku).bind(waktu).execute(c).await.map(|_| ())
        })?;
        let sql = "DELETE FROM nomenklatur WHERE tahun = $1";
        within!(&mut tx, c => sqlx::query(sql).bind(tahun).execute(c).await.map(|_| ()))?;
        for items in list.item.chunks(BATCH) {
            let columns = "INSERT INTO nomenklatur (tahun, kode, tingkat, nama, kinerja, indikator, satuan, cari) ";
            within!(&mut tx, c => {
                let mut insert = QueryBuilder::new(columns);
                insert.push_values(items, |mut row, item| {
                    row.push_bind(tahun)
                        .push_bind(item.kode.to_string())
                        .push_bind(item.tingkat().as_str())
                        .push_bind(&item.nama)
                        .push_bind(&item.kinerja)
                        .push_bind(&item.indikator)
                        .push_bind(&item.satuan)
                        .push_bind(search_text(&item.kode, &item.nama));
                });
                insert.build().execute(c).await.map(|_| ())
            })?;
        }
        tx.commit().await
    }

    /// The lists that are stored, the latest first.
    pub async fn nomenklatur_lists(&self) -> Hasil<Vec<DaftarNomenklatur>> {
        let sql = "SELECT tahun, nama, pelaku, waktu FROM nomenklatur_daftar ORDER BY tahun DESC";
        let rows = on!(&self.db, p => sqlx::query_as::<_, (i64, String, String, i64)>(sql).fetch_all(p).await)?;
        let list = |(tahun, nama, pelaku, waktu)| {
            let tahun = Tahun::try_from(tahun).map_err(Galat::unavailable)?;
            Ok(DaftarNomenklatur { tahun, nama, pelaku, waktu })
        };
        rows.into_iter().map(list).collect()
    }

    /// The whole list of a year in the order of codes; `None` when there is none.
    pub async fn load_nomenklatur(&self, tahun: Tahun) -> Hasil<Option<Nomenklatur>> {
        let mut tx = self.begin_reading().await?;
        let year = i64::from(tahun);
        let sql = "SELECT nama FROM nomenklatur_daftar WHERE tahun = $1";
        let nama = within!(&mut tx, c => sqlx::query_scalar::<_, String>(sql).bind(year).fetch_optional(c).await)?;
        let Some(nama) = nama else { return Ok(None) };
        let sql = "SELECT kode, nama, kinerja, indikator, satuan FROM nomenklatur WHERE tahun = $1";
        let rows = within!(&mut tx, c => sqlx::query_as::<_, ItemRow>(sql).bind(year).fetch_all(c).await)?;
        tx.commit().await?;
        let mut item = rows.into_iter().map(ItemRow::into_item).collect::<Hasil<Vec<_>>>()?;
        item.sort_by(|a, b| a.kode.cmp(&b.kode));
        Ok(Some(Nomenklatur { tahun, nama, item }))
    }

    /// The item of a code. One of the support programme, which every office writes with its own bidang, is also found as lists hold
    /// it: `2.07.01.2.10` as `X.XX.01.2.10`.
    pub async fn find_nomenklatur(&self, tahun: Tahun, kode: &KodeRekening) -> Hasil<Option<ItemNomenklatur>> {
        let own = kode.to_string();
        let shared = kode.for_any_bidang().unwrap_or_else(|| kode.clone()).to_string();
        let sql =
            "SELECT kode, nama, kinerja, indikator, satuan FROM nomenklatur WHERE tahun = $1 AND kode IN ($2, $3)";
        let rows = on!(&self.db, p => {
            sqlx::query_as::<_, ItemRow>(sql).bind(i64::from(tahun)).bind(&own).bind(&shared).fetch_all(p).await
        })?;
        rows.into_iter().max_by_key(|row| row.kode == own).map(ItemRow::into_item).transpose()
    }

    /// Items of a year's list that fit, the best first (see [`Kecocokan`]): after `skip`, at most `most` and at most 500. Of a `tingkat`
    /// only, where one is given.
    pub async fn search_nomenklatur(
        &self,
        tahun: Tahun,
        search: &Pencarian,
        tingkat: Option<TingkatKode>,
        skip: usize,
        most: usize,
    ) -> Hasil<HasilCari> {
        let mut hits: Vec<(Kecocokan, String)> = self
            .candidates(tahun, search, tingkat)
            .await?
            .into_iter()
            .filter_map(|cari| Some((search.rank(&cari)?, cari)))
            .collect();
        // A search text begins with the code.
        hits.sort_unstable();
        let page: Vec<String> =
            hits.iter().skip(skip).take(most.min(BATCH)).filter_map(|(_, cari)| code(cari)).collect();
        Ok(HasilCari { item: self.items(tahun, &page).await?, jumlah: hits.len() })
    }

    /// Search texts in which every word occurs.
    async fn candidates(&self, tahun: Tahun, search: &Pencarian, tingkat: Option<TingkatKode>) -> Hasil<Vec<String>> {
        // Search texts hold nothing that LIKE would take for a pattern.
        let pattern = |needle: &str| format!("%{needle}%");
        Ok(on!(&self.db, p => {
            let mut select = QueryBuilder::new("SELECT cari FROM nomenklatur WHERE tahun = ");
            select.push_bind(i64::from(tahun));
            if let Some(tingkat) = tingkat {
                select.push(" AND tingkat = ").push_bind(tingkat.as_str());
            }
            for (needle, or) in search.needles() {
                select.push(" AND (cari LIKE ").push_bind(pattern(needle));
                if let Some(needle) = or {
                    select.push(" OR cari LIKE ").push_bind(pattern(needle));
                }
                select.push(")");
            }
            select.build_query_scalar::<String>().fetch_all(p).await
        })?)
    }

    /// The items of these codes, in their order.
    async fn items(&self, tahun: Tahun, codes: &[String]) -> Hasil<Vec<ItemNomenklatur>> {
        if codes.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = on!(&self.db, p => {
            let columns = "SELECT kode, nama, kinerja, indikator, satuan FROM nomenklatur WHERE tahun = ";
            let mut select = QueryBuilder::new(columns);
            select.push_bind(i64::from(tahun)).push(" AND kode IN (");
            let mut list = select.separated(", ");
            for kode in codes {
                list.push_bind(kode);
            }
            select.push(")");
            select.build_query_as::<ItemRow>().fetch_all(p).await
        })?;
        rows.sort_by_cached_key(|row| codes.iter().position(|kode| *kode == row.kode));
        rows.into_iter().map(ItemRow::into_item).collect()
    }
}

/// The code at the beginning of a search text, as it is stored.
fn code(cari: &str) -> Option<String> {
    cari.split_whitespace().next().map(str::to_uppercase)
}
