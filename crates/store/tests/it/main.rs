//! Integration tests of storage, each on both engines.

mod account;
mod concurrent;
mod evidence;
mod history;
mod ledger;
mod mail;
mod neighbour;
mod nomenklatur;
mod notice;
mod region;
mod rows;
mod schema;
mod secret;
mod snapshot;
mod tenant;
mod upload;
mod verify;
mod weights;
