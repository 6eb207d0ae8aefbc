-- What people are told when figures move on: one row for each of them, written together with the entry that it tells of.
CREATE TABLE kabar (
    instansi_id BLOB NOT NULL,
    kabar_id BLOB NOT NULL,
    akun_id BLOB NOT NULL REFERENCES akun (akun_id),
    nomor INTEGER NOT NULL,
    jenis TEXT NOT NULL,
    tahun INTEGER NOT NULL,
    periode TEXT NOT NULL,
    oleh TEXT NOT NULL,
    jumlah INTEGER NOT NULL,
    isi TEXT NOT NULL,
    dibuat INTEGER NOT NULL,
    dibaca INTEGER,
    diringkas INTEGER,
    PRIMARY KEY (instansi_id, kabar_id),
    FOREIGN KEY (instansi_id, nomor) REFERENCES entri (instansi_id, nomor)
) STRICT;
CREATE INDEX kabar_akun ON kabar (instansi_id, akun_id, kabar_id);
-- Each request counts them.
CREATE INDEX kabar_baru ON kabar (instansi_id, akun_id) WHERE dibaca IS NULL;

-- Which mails about the work a person wants.
ALTER TABLE akun ADD COLUMN pilihan_surat TEXT NOT NULL DEFAULT 'segera';

-- Days whose digest was written. Of several processes the one that writes the row writes the mails, in the same transaction.
CREATE TABLE ringkasan_harian (
    hari TEXT NOT NULL PRIMARY KEY,
    dibuat INTEGER NOT NULL,
    surat INTEGER NOT NULL
) STRICT;
