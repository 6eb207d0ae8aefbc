//! Integration tests of the use cases, each on both engines.

mod account;
mod action;
mod agreement;
mod entry;
mod import;
mod mail;
mod nomenklatur;
mod permission;
mod plan;
mod pohon;
mod provider;
mod region;
mod reviu;
mod session;
mod workflow;
