//! Live figures: what `{{capaian iku.2 2021}}` stands for.

use tolok_domain::number::{terbilang, write_percent, write_rupiah};
use tolok_domain::period::{Periode, Tahun};
use tolok_domain::{JenisSimpul, Pengukuran, measure::Uang};

use super::cells::with_unit;
use super::resources;

/// The text of a reference, or what is wrong with it.
pub(super) fn resolve(hasil: &Pengukuran<'_>, key: &str) -> Result<String, String> {
    let potret = hasil.potret;
    let words: Vec<&str> = key.split_whitespace().collect();
    match words.as_slice() {
        ["tahun"] => Ok(potret.tahun.to_string()),
        ["instansi"] => Ok(potret.instansi.nama.clone()),
        ["daerah"] => Ok(potret.instansi.daerah.clone()),
        ["kepala_daerah"] => Ok(potret.instansi.kepala_daerah.clone()),
        ["visi"] if potret.instansi.visi.is_empty() => Err("visi belum diisi; isi di Rencana, Visi".to_owned()),
        ["visi"] => Ok(potret.instansi.visi.clone()),
        ["renstra"] => Ok(format!("{}–{}", potret.instansi.renstra_awal, potret.instansi.renstra_akhir)),
        ["jumlah", what] => count(hasil, what),
        ["nilai", "pengadaan_barang"] => Ok(write_rupiah(resources::goods_total(potret))),
        ["pagu", kode, tahun] => money(hasil, kode, tahun, |uang| uang.pagu.map(write_rupiah)),
        ["belanja", kode, tahun] => money(hasil, kode, tahun, |uang| uang.realisasi.map(write_rupiah)),
        ["serapan", kode, tahun] => {
            money(hasil, kode, tahun, |uang| uang.absorption().ok().map(|x| format!("{}%", write_percent(x))))
        }
        [what @ ("target" | "realisasi" | "capaian" | "predikat"), kode, tahun] => indicator(hasil, what, kode, tahun),
        _ => Err("tidak dikenal; lihat docs/narasi.md".to_owned()),
    }
}

/// A count with its words: "6 (enam)".
fn count(hasil: &Pengukuran<'_>, what: &str) -> Result<String, String> {
    let potret = hasil.potret;
    let level = |jenis: JenisSimpul| {
        // Lines that the budget change dropped no longer count.
        let in_force = hasil.simpul.iter().filter(|u| u.simpul.jenis == jenis);
        in_force.filter(|u| jenis < JenisSimpul::Program || u.uang.pagu.is_some()).count()
    };
    let n = match what {
        "program" => level(JenisSimpul::Program),
        "kegiatan" => level(JenisSimpul::Kegiatan),
        "sub_kegiatan" => level(JenisSimpul::SubKegiatan),
        "sasaran" => level(JenisSimpul::Sasaran),
        "tujuan" => level(JenisSimpul::Tujuan),
        "misi" => level(JenisSimpul::Misi),
        "indikator" => hasil.indikator.iter().filter(|u| u.berlaku).count(),
        "iku" => hasil.indikator.iter().filter(|u| u.berlaku && u.indikator.iku).count(),
        "pegawai" => resources::staff_total(potret),
        _ => return Err("tidak dikenal; lihat docs/narasi.md".to_owned()),
    };
    Ok(format!("{n} ({})", terbilang(n as u64)))
}

fn year(text: &str) -> Result<Tahun, String> {
    text.parse().map_err(|_| format!("\"{text}\" bukan tahun"))
}

fn moment(hasil: &Pengukuran<'_>, tahun: Tahun) -> Periode {
    if tahun == hasil.sampai.tahun() { hasil.sampai } else { Periode::Tahun(tahun) }
}

fn money(
    hasil: &Pengukuran<'_>,
    kode: &str,
    tahun: &str,
    write: impl Fn(&Uang) -> Option<String>,
) -> Result<String, String> {
    let at = moment(hasil, year(tahun)?);
    let all = hasil.money_at(at);
    let uang = if kode == "total" {
        hasil.total_at(at)
    } else {
        all.get(kode).cloned().ok_or_else(|| format!("\"{kode}\" tidak ada dalam rencana"))?
    };
    Ok(write(&uang).unwrap_or_else(|| "belum ada".to_owned()))
}

fn indicator(hasil: &Pengukuran<'_>, what: &str, kode: &str, tahun: &str) -> Result<String, String> {
    let indikator = hasil.potret.indicator(kode).ok_or_else(|| format!("indikator \"{kode}\" tidak ada"))?;
    let measured = hasil.at(indikator, moment(hasil, year(tahun)?));
    Ok(match what {
        "target" => measured.target.as_ref().map_or("belum ada".to_owned(), |t| with_unit(&t.nilai, &indikator.satuan)),
        "realisasi" => with_unit(&measured.realisasi.nilai, &indikator.satuan),
        "capaian" => match measured.capaian.percent() {
            Some(x) => format!("{}%", write_percent(x)),
            None => format!("belum ada ({})", measured.capaian),
        },
        _ => measured.predikat.map_or("belum ada".to_owned(), |p| p.label.to_owned()),
    })
}
