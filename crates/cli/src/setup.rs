//! Opening the database for a command, and making accounts.

use std::io::{BufRead, IsTerminal};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use tolok_app::{App, Ctx, Galat, Store};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::{InstansiId, Potret};

use crate::args::{AkunArgs, DataFormat, Office, StoreArgs};
use crate::output::{Exit, data, say};
use crate::pdf::Terpisah;

/// The present moment, microseconds since 1970 UTC.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

/// Opens the store that the arguments name.
pub async fn open(store: &StoreArgs) -> anyhow::Result<App> {
    std::fs::create_dir_all(&store.data).with_context(|| format!("folder {}", store.data.display()))?;
    let file = store.data.join("tolok.db").display().to_string();
    let address = store.db.clone().unwrap_or(file);
    let store = Store::open(&address, &store.data.join("bukti")).await.map_err(detailed)?;
    Ok(App::new(store, Arc::new(Terpisah)))
}

/// On the command line the detail helps the person who runs it.
pub fn detailed(error: Galat) -> anyhow::Error {
    match &error {
        Galat::TidakTersedia { detail } => {
            let detail = detail.clone();
            anyhow::Error::new(error).context(detail)
        }
        _ => anyhow::Error::new(error),
    }
}

/// The command line acts with every right: whoever can start it can read the files anyway.
pub fn operator(instansi: InstansiId) -> Ctx {
    Ctx {
        instansi,
        akun: None,
        pelaku: "baris perintah".to_owned(),
        tugas: [Peran::Admin, Peran::Perencana].map(Penugasan::whole).to_vec(),
        waktu: now(),
        versi: None,
        lampau: false,
        kunci_kirim: None,
    }
}

/// The office that is meant, by code or because it is the only one.
pub async fn office(app: &App, kode: Option<&str>) -> anyhow::Result<Ctx> {
    if let Some(kode) = kode {
        let id = app.store().find_office(kode).await.map_err(detailed)?;
        let id = id.ok_or_else(|| Galat::TidakDitemukan(format!("instansi {kode}")))?;
        return Ok(operator(id));
    }
    let offices = app.store().offices().await.map_err(detailed)?;
    match offices.as_slice() {
        [(id, ..)] => Ok(operator(*id)),
        [] => Err(Galat::TidakDitemukan("instansi (muat dulu dengan tolok impor)".to_owned()).into()),
        many => {
            let codes: Vec<&str> = many.iter().map(|(_, kode, _)| kode.as_str()).collect();
            bail!("ada beberapa instansi; pilih dengan --instansi: {}", codes.join(", "))
        }
    }
}

/// The snapshot that a command works on: of a package folder, or of the database.
pub async fn snapshot(store: &StoreArgs, paket: Option<&Path>, which: &Office) -> anyhow::Result<Potret> {
    if let Some(dir) = paket {
        if which.per.is_some() {
            bail!("--per hanya untuk data di basis data; paket data memuat satu keadaan saja");
        }
        let potret = crate::package::read_good(dir)?.potret;
        if let Some(tahun) = which.tahun
            && tahun != potret.tahun
        {
            return Err(Galat::TidakDitemukan(format!("tahun {tahun} (paket ini tahun {})", potret.tahun)).into());
        }
        return Ok(potret);
    }
    let app = open(store).await?;
    let ctx = as_of(&app, office(&app, which.instansi.as_deref()).await?, which).await?;
    let tahun = year(&app, &ctx, which.tahun).await?;
    let loaded = app.load(&ctx, tahun).await.map_err(detailed)?;
    Ok(loaded.potret.clone())
}

/// The context as of the day that is asked for.
pub async fn as_of(app: &App, ctx: Ctx, which: &Office) -> anyhow::Result<Ctx> {
    match which.per {
        Some(per) => app.as_of(&ctx, per).await.map_err(detailed),
        None => Ok(ctx),
    }
}

/// The year that is meant, or the latest.
pub async fn year(app: &App, ctx: &Ctx, asked: Option<i16>) -> anyhow::Result<i16> {
    if let Some(tahun) = asked {
        return Ok(tahun);
    }
    let years = app.years(ctx).await.map_err(detailed)?;
    years.first().copied().ok_or_else(|| Galat::TidakDitemukan("data".to_owned()).into())
}

/// Makes an account; the password is read from standard input, so that it stands in no list of processes, or chosen by a link that
/// is printed. For an account that exists the link is one to a new password: the way in for an administrator who has lost it.
pub async fn account(store: &StoreArgs, args: &AkunArgs) -> anyhow::Result<Exit> {
    let peran: Vec<Penugasan> = args
        .peran
        .iter()
        .map(|word| Peran::find(word).map(Penugasan::whole).with_context(|| format!("peran \"{word}\" tidak dikenal")))
        .collect::<Result<_, _>>()?;
    let app = open(store).await?.reachable_at(args.alamat.as_deref().unwrap_or_default(), false);
    let known = app.store().find_account(&args.nama_masuk).await.map_err(detailed)?;
    let id = match (known, &args.nama) {
        (Some(known), None) if peran.is_empty() => known.id(),
        (Some(_), _) => bail!("akun \"{}\" sudah ada; untuk sandi baru cukup --tautan", args.nama_masuk),
        (None, None) => bail!("akun \"{}\" belum ada; sebutkan --nama dan --peran", args.nama_masuk),
        (None, Some(_)) if peran.is_empty() => bail!("sebutkan --peran"),
        (None, Some(nama)) => {
            let ctx = office(&app, args.instansi.as_deref()).await?;
            let sandi = if args.tautan { None } else { Some(typed_password(&args.nama_masuk, nama)?) };
            let made = app.create_account(ctx.instansi, &args.nama_masuk, nama, sandi.as_deref(), &peran, now()).await;
            made.map_err(detailed)?
        }
    };
    if args.tautan {
        let tautan = app.create_link(id, now()).await.map_err(detailed)?;
        return data(&["tautan"], &[vec![tautan]], DataFormat::Csv).map(|()| Exit::Good);
    }
    say(&format!("Akun {} dibuat.", args.nama_masuk));
    Ok(Exit::Good)
}

fn typed_password(nama_masuk: &str, nama: &str) -> anyhow::Result<String> {
    if std::io::stdin().is_terminal() {
        say("Ketik sandi (paling sedikit 10 karakter), lalu Enter:");
    }
    let mut sandi = String::new();
    std::io::stdin().lock().read_line(&mut sandi)?;
    let sandi = sandi.trim_end_matches(['\r', '\n']);
    tolok_app::check_password(sandi, &[nama_masuk, nama])?;
    Ok(sandi.to_owned())
}
