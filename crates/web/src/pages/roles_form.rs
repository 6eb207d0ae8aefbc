//! The rows of a form in which roles are given: role, unit, first and last day. Works without a script, so there are always two rows
//! more than are filled; a row without a role counts as none.

use jiff::civil::Date;
use tolok_app::Galat;
use tolok_domain::access::{Pemberian, Penugasan, Peran};

use crate::Web;
use crate::error::Gagal;
use crate::locale::Kamus;
use crate::page::role_key;
use crate::session::Pengguna;

/// A form's fields in the order in which the browser sends them.
pub(crate) type Bidang = Vec<(String, String)>;

/// The first field of that name; empty where there is none.
pub(crate) fn field<'a>(form: &'a Bidang, name: &str) -> &'a str {
    form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

/// A row as it was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct BarisPeran {
    pub peran: String,
    pub unit: String,
    pub mulai: String,
    pub sampai: String,
}

/// Everything that the rows are drawn with.
pub(crate) struct IsianPeran {
    pub baris: Vec<BarisPeran>,
    /// What was there when the form was opened, to notice somebody else's change.
    pub dilihat: Vec<BarisPeran>,
    /// Word and text of each role that may be chosen.
    pub pilihan: Vec<(&'static str, &'static str)>,
    /// Code and name of each unit.
    pub unit: Vec<(String, String)>,
}

/// Empty rows below the filled ones.
const MORE: usize = 2;

impl IsianPeran {
    /// For these rows; two empty ones are added.
    pub async fn new(
        web: &Web,
        pengguna: &Pengguna,
        mut baris: Vec<BarisPeran>,
        dilihat: Vec<BarisPeran>,
    ) -> Result<Self, Gagal> {
        let mut unit: Vec<(String, String)> = match web.app.open(&pengguna.ctx, None).await {
            Ok(termuat) => termuat.potret.unit.iter().map(|u| (u.kode.clone(), u.nama.clone())).collect(),
            // An office without data has no units yet.
            Err(Galat::TidakDitemukan(_)) => Vec::new(),
            Err(other) => return Err(other.into()),
        };
        // A unit that is gone stays in the list: left out, saving the form would widen the role to the whole office.
        let gone =
            baris.iter().map(|b| &b.unit).filter(|kode| !kode.is_empty() && !unit.iter().any(|(k, _)| k == *kode));
        let gone: Vec<(String, String)> = gone.map(|kode| (kode.clone(), kode.clone())).collect();
        unit.extend(gone);
        let offered = |peran: &Peran| !peran.is_of_region() || baris.iter().any(|b| b.peran == peran.as_str());
        let t = pengguna.t;
        let pilihan = Peran::ALL.into_iter().filter(offered).map(|p| (p.as_str(), t.x(role_key(p)))).collect();
        baris.retain(|b| !b.peran.is_empty());
        baris.extend(vec![BarisPeran::default(); MORE]);
        Ok(Self { baris, dilihat, pilihan, unit })
    }
}

/// The rows of stored roles.
pub(crate) fn rows(roles: &[Pemberian]) -> Vec<BarisPeran> {
    let day = |day: Option<Date>| day.map(|d| d.to_string()).unwrap_or_default();
    let row = |role: &Pemberian| BarisPeran {
        peran: role.tugas.peran.as_str().to_owned(),
        unit: role.tugas.unit.clone().unwrap_or_default(),
        mulai: day(role.mulai),
        sampai: day(role.sampai),
    };
    roles.iter().map(row).collect()
}

/// The rows that a form sends: fields of the same name in the order of the rows. `before` is what their names begin with.
pub(crate) fn sent(form: &Bidang, before: &str) -> Vec<BarisPeran> {
    let all = |name: &str| {
        let name = format!("{before}{name}");
        form.iter().filter(|(key, _)| *key == name).map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let (units, starts, ends) = (all("unit"), all("mulai"), all("sampai"));
    let at = |list: &[String], n: usize| list.get(n).cloned().unwrap_or_default();
    let row = |(n, peran)| BarisPeran { peran, unit: at(&units, n), mulai: at(&starts, n), sampai: at(&ends, n) };
    all("peran").into_iter().enumerate().map(row).filter(|b| !b.peran.is_empty()).collect()
}

/// The roles that rows stand for.
pub(crate) fn roles(rows: &[BarisPeran], t: &Kamus) -> Result<Vec<Pemberian>, Galat> {
    let day = |text: &str| match text {
        "" => Ok(None),
        text => text
            .parse::<Date>()
            .map(Some)
            .map_err(|_| Galat::TidakSah(t.f("peran-tanggal-salah", "teks", text.to_owned()))),
    };
    rows.iter()
        .map(|row| {
            let peran = Peran::find(&row.peran)
                .ok_or_else(|| Galat::TidakSah(t.f("peran-tidak-dikenal", "teks", row.peran.clone())))?;
            let unit = Some(row.unit.clone()).filter(|u| !u.is_empty());
            Ok(Pemberian { tugas: Penugasan { peran, unit }, mulai: day(&row.mulai)?, sampai: day(&row.sampai)? })
        })
        .collect()
}
