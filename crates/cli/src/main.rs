#![doc = include_str!("../README.md")]

mod args;
mod audit;
mod demo;
mod digest;
mod english;
mod mail;
mod measure;
mod nomenklatur;
mod oidc;
mod output;
mod package;
mod pdf;
mod report;
mod reviu;
mod sarif;
mod seal;
mod serve;
mod setup;

use std::process::ExitCode;

use mimalloc::MiMalloc;

use args::{Args, AuditCommand, Command, NomenklaturCommand, SuratCommand};
use output::Exit;

/// Half a million cells of a workbook are as many pieces of memory; the system's own allocator takes a third more of the time of a review.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let args = args::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::say(&format!("tidak dapat memulai: {error}"));
            return Exit::Unavailable.into();
        }
    };
    match runtime.block_on(run(args)) {
        Ok(exit) => exit.into(),
        Err(error) => {
            output::say(&format!("galat: {error:#}"));
            output::exit_of(&error).into()
        }
    }
}

async fn run(args: Args) -> anyhow::Result<Exit> {
    let store = &args.store;
    match args.command {
        Command::Demo(command) => demo::run(&command).await,
        Command::Serve(command) => serve::run(store, &command).await,
        Command::Impor(command) => package::import(store, &command).await,
        Command::Ekspor(command) => package::export(store, &command).await,
        Command::Ukur(command) => measure::run(store, &command).await,
        Command::Susun(command) => report::run(store, &command).await,
        Command::Reviu(command) => reviu::run(&command),
        Command::Audit(AuditCommand::Verify(command)) => audit::verify(store, &command).await,
        Command::Akun(command) => setup::account(store, &command).await,
        Command::Surat(SuratCommand::Ringkasan(command)) => digest::run(store, &command).await,
        Command::Nomenklatur(NomenklaturCommand::Impor(command)) => nomenklatur::import(store, &command).await,
        Command::Nomenklatur(NomenklaturCommand::Cari(command)) => nomenklatur::search(store, &command).await,
        Command::Nomenklatur(NomenklaturCommand::Padankan(command)) => nomenklatur::pair(store, &command).await,
        Command::Cetak => pdf::set(),
    }
}
