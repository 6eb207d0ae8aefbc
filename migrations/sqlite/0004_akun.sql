-- Accounts: mail, second factor, switched off, last sign-in. A password may be empty until an invitation is used.
ALTER TABLE akun ADD COLUMN surel TEXT;
ALTER TABLE akun ADD COLUMN totp TEXT NOT NULL DEFAULT '';
ALTER TABLE akun ADD COLUMN totp_langkah INTEGER NOT NULL DEFAULT 0;
ALTER TABLE akun ADD COLUMN nonaktif INTEGER;
ALTER TABLE akun ADD COLUMN terakhir INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX akun_surel ON akun (surel);

-- What a list of sessions shows.
ALTER TABLE sesi ADD COLUMN peramban TEXT NOT NULL DEFAULT '';

-- Secrets that work once and for a while: links of invitations and new passwords, sign-ins that wait for the second factor.
-- Only the hash of a secret is stored.
CREATE TABLE sekali_pakai (
    hash TEXT NOT NULL PRIMARY KEY,
    jenis TEXT NOT NULL,
    akun_id BLOB NOT NULL REFERENCES akun (akun_id),
    dibuat INTEGER NOT NULL,
    sampai INTEGER NOT NULL,
    dipakai INTEGER
) STRICT;
CREATE INDEX sekali_pakai_akun ON sekali_pakai (akun_id, jenis);

-- Recovery codes for a lost phone, by hash; a used one is gone.
CREATE TABLE kode_pulih (
    akun_id BLOB NOT NULL REFERENCES akun (akun_id),
    hash TEXT NOT NULL,
    PRIMARY KEY (akun_id, hash)
) STRICT;

-- Mails that wait to be sent, written together with what causes them. A sent one is gone.
CREATE TABLE surat (
    surat_id BLOB NOT NULL PRIMARY KEY,
    kepada TEXT NOT NULL,
    perihal TEXT NOT NULL,
    isi TEXT NOT NULL,
    dibuat INTEGER NOT NULL,
    coba INTEGER NOT NULL,
    berikut INTEGER NOT NULL
) STRICT;
CREATE INDEX surat_berikut ON surat (berikut);
