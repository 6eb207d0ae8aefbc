//! The official list of codes beside a form: what belongs below a node, or what a search finds, to be taken over by a link.

use tolok_app::{Ctx, DaftarNomenklatur, Galat};
use tolok_domain::code::TingkatKode;
use tolok_domain::period::Tahun;
use tolok_domain::{ItemNomenklatur, JenisSimpul, KodeRekening, Potret, Simpul};

use super::address;
use crate::Web;
use crate::page::Bingkai;
use crate::session::encode;

/// A list with what was found in it.
pub(super) struct Daftar {
    /// The regulation it stands in.
    pub nama: String,
    pub q: String,
    pub item: Vec<Usulan>,
    /// How many were found that are not shown.
    pub lebih: usize,
    /// Whether anything was looked for at all.
    pub dicari: bool,
}

/// An item that can be taken over.
pub(super) struct Usulan {
    pub kode: String,
    pub nama: String,
    pub alamat: String,
}

/// How many items are shown.
const MOST: usize = 40;

/// The level of official codes that a level of the tree has.
pub(super) const fn level(jenis: JenisSimpul) -> Option<TingkatKode> {
    match jenis {
        JenisSimpul::Program => Some(TingkatKode::Program),
        JenisSimpul::Kegiatan => Some(TingkatKode::Kegiatan),
        JenisSimpul::SubKegiatan => Some(TingkatKode::SubKegiatan),
        _ => None,
    }
}

/// The list that holds in a year: the latest that is not younger, or else the oldest.
async fn list_of(web: &Web, ctx: &Ctx, tahun: Tahun) -> Result<Option<DaftarNomenklatur>, Galat> {
    let lists = web.app.nomenklatur_lists(ctx).await?;
    let fits = lists.iter().position(|list| list.tahun <= tahun);
    let at = fits.unwrap_or_else(|| lists.len().saturating_sub(1));
    Ok(lists.into_iter().nth(at))
}

/// What can be hung below a parent: items of that level whose code continues the parent's, narrowed by what was typed.
pub(super) async fn offer(
    web: &Web,
    ctx: &Ctx,
    h: &Bingkai,
    potret: &Potret,
    parent: Option<&Simpul>,
    jenis: JenisSimpul,
    q: &str,
) -> Result<Option<Daftar>, Galat> {
    let Some(tingkat) = level(jenis) else { return Ok(None) };
    let Some(list) = list_of(web, ctx, potret.tahun).await? else { return Ok(None) };
    let above = parent.and_then(|p| p.kode.parse::<KodeRekening>().ok());
    let dicari = above.is_some() || !q.is_empty();
    let mut found = Daftar { nama: list.nama, q: q.to_owned(), item: Vec::new(), lebih: 0, dicari };
    if !dicari {
        return Ok(Some(found));
    }
    let typed = above.as_ref().map_or_else(|| q.to_owned(), |above| format!("{above} {q}"));
    let hits = web.app.search_nomenklatur(ctx, list.tahun, &typed, Some(tingkat), 0, MOST).await?;
    found.lebih = hits.jumlah.saturating_sub(hits.item.len());
    let induk = parent.map(|p| p.kode.as_str()).unwrap_or_default();
    for item in hits.item {
        // Lists hold the support programme once for every bidang.
        let kode = above.as_ref().and_then(|above| item.kode.in_bidang(above)).unwrap_or_else(|| item.kode.clone());
        let kode = kode.to_string();
        if potret.node(&kode).is_some() {
            continue;
        }
        let asked =
            format!("&induk={induk}&jenis={}&kode={}&nama={}", jenis.as_str(), encode(&kode), encode(&item.nama));
        found.item.push(Usulan { kode, nama: item.nama, alamat: address(h, "rencana/simpul/baru", &asked) });
    }
    Ok(Some(found))
}

/// The item of a node's code, which for a sub kegiatan names its indicator.
pub(super) async fn item_of(web: &Web, ctx: &Ctx, tahun: Tahun, kode: &str) -> Result<Option<ItemNomenklatur>, Galat> {
    let Ok(kode) = kode.parse::<KodeRekening>() else { return Ok(None) };
    let Some(list) = list_of(web, ctx, tahun).await? else { return Ok(None) };
    web.app.find_nomenklatur(ctx, list.tahun, &kode).await
}
