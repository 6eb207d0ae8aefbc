//! Integration tests of the use cases, each on both engines.

mod account;
mod action;
mod agreement;
mod digest;
mod entry;
mod evaluasi;
mod evidence;
mod import;
mod kasus;
mod mail;
mod nomenklatur;
mod notice;
mod permission;
mod plan;
mod pohon;
mod provider;
mod region;
mod reminder;
mod reviu;
mod rights;
mod session;
mod workflow;
