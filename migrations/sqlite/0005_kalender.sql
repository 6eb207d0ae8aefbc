-- Secret addresses of calendars: only a hash of the secret is kept. One per account.
CREATE TABLE kalender (
    akun_id BLOB NOT NULL PRIMARY KEY REFERENCES akun (akun_id),
    rahasia_hash TEXT NOT NULL UNIQUE,
    dibuat INTEGER NOT NULL
) STRICT;
