//! Typed identifiers. Plan nodes, indicators and documents are known by their code, which people
//! write in packages and texts; what people never write gets a UUID (version 7: ordered by time).

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// A new identifier, later than all before it.
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
    };
}

id!(
    /// An office (instansi, perangkat daerah): the tenant of every row.
    InstansiId
);
id!(
    /// One figure in the history of figures.
    AngkaId
);
id!(
    /// A person who signs in.
    PenggunaId
);

/// A code that a person gives: of a node, an indicator, a document, a unit. Unique within its office.
pub type Kode = String;
