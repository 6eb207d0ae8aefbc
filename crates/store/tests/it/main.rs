//! Integration tests of storage, each on both engines.

mod account;
mod concurrent;
mod evidence;
mod ledger;
mod neighbour;
mod nomenklatur;
mod region;
mod rows;
mod schema;
mod snapshot;
mod tenant;
mod upload;
mod verify;
