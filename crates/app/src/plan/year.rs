//! The five years and the single ones: vision and time of the plan, opening a new year.

use jiff::civil::Date;
use tolok_domain::Periode;
use tolok_domain::period::{Tahun, YEARS};
use tolok_store::{Ctx, Galat, Hasil};

use super::{Dilihat, refuse, require_plan, short};
use crate::App;
use crate::edit::Catat;

impl App {
    /// Records the vision that the plan serves, and the years of the five-year plan.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn change_vision(&self, ctx: &Ctx, dilihat: Dilihat, visi: &str, renstra: (Tahun, Tahun)) -> Hasil<i64> {
        require_plan(ctx)?;
        let seen = self.seen(ctx, dilihat).await?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let office = &mut potret.instansi;
            let known = |i: &tolok_domain::snapshot::Instansi| (i.visi.clone(), i.renstra_awal, i.renstra_akhir);
            if known(&seen.potret.instansi) != known(office) {
                return Err(Galat::Bentrok);
            }
            visi.trim().clone_into(&mut office.visi);
            (office.renstra_awal, office.renstra_akhir) = renstra;
            let rincian = format!("{}–{}: {}", renstra.0, renstra.1, visi.trim());
            Ok(Catat { tindakan: "ubah visi", sasaran: "visi".to_owned(), rincian: short(&rincian) })
        })
        .await
    }

    /// Records that the office ends on a day and which office of its region goes on with its work, or that it does not end after all (both
    /// empty). From the day after, the successor's people act in it as they do in their own.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    ///
    /// # Errors
    /// [`Galat::TidakSah`] for a day that is none, a successor that is not there or without a day; [`Galat::Bentrok`] when somebody else has
    /// changed it since.
    pub async fn end_office(&self, ctx: &Ctx, dilihat: Dilihat, berakhir: &str, penerus: &str) -> Hasil<i64> {
        require_plan(ctx)?;
        let (berakhir, penerus) = (berakhir.trim(), penerus.trim());
        let wrong = |_| refuse([format!("berakhir: \"{berakhir}\" bukan tanggal; tulis seperti 2021-12-31")]);
        if !berakhir.is_empty() {
            berakhir.parse::<Date>().map_err(wrong)?;
        } else if !penerus.is_empty() {
            return Err(refuse(["penerus: isi juga tanggal berakhirnya instansi ini".to_owned()]));
        }
        if !penerus.is_empty() && !self.is_neighbour(ctx, penerus).await? {
            return Err(refuse([format!("penerus: \"{penerus}\" bukan kode instansi lain di daerah ini")]));
        }
        let seen = self.seen(ctx, dilihat).await?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let office = &mut potret.instansi;
            let known = |i: &tolok_domain::snapshot::Instansi| (i.berakhir.clone(), i.penerus.clone());
            if known(&seen.potret.instansi) != known(office) {
                return Err(Galat::Bentrok);
            }
            (office.berakhir, office.penerus) = (berakhir.to_owned(), penerus.to_owned());
            let rincian = match (berakhir, penerus) {
                ("", _) => "tidak berakhir".to_owned(),
                (day, "") => format!("berakhir {day}"),
                (day, heir) => format!("berakhir {day}, diteruskan {heir}"),
            };
            Ok(Catat { tindakan: "ubah instansi", sasaran: office.kode.clone(), rincian })
        })
        .await
    }

    /// Whether the code is another office's of the same region.
    async fn is_neighbour(&self, ctx: &Ctx, kode: &str) -> Hasil<bool> {
        let Some(other) = self.store.find_office(kode).await? else { return Ok(false) };
        let (_, daerah) = self.store.office_name(ctx).await?;
        let (_, theirs) = self.store.office_name(&Ctx { instansi: other, ..ctx.clone() }).await?;
        Ok(other != ctx.instansi && daerah == theirs)
    }

    /// Opens a year that has no data yet with what holds for several years of another one
    /// ([`tolok_domain::Potret::opening`]).
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn open_year(&self, ctx: &Ctx, from: Tahun, to: Tahun) -> Hasil<i64> {
        require_plan(ctx)?;
        if to <= from || !YEARS.contains(&to) {
            return Err(refuse([format!("tahun {to} tidak dapat dibuka dari {from}; pilih tahun sesudahnya")]));
        }
        self.derive(ctx, from, |loaded| {
            let office = &loaded.potret.instansi;
            if !office.answers_for(Periode::Bulan(to, 1)) {
                return Err(refuse([format!(
                    "instansi ini berakhir {}; tahun {to} dibuka pada penerusnya",
                    office.berakhir
                )]));
            }
            if loaded.tahun.contains(&to) {
                return Err(refuse([format!("tahun {to} sudah dibuka")]));
            }
            let note =
                Catat { tindakan: "buka tahun", sasaran: to.to_string(), rincian: format!("dari rencana {from}") };
            Ok((loaded.potret.opening(to), note))
        })
        .await
    }
}
