-- People who sign in, and their sessions. Not tenant data: a person may have roles in several offices.
CREATE TABLE akun (
    akun_id UUID NOT NULL PRIMARY KEY,
    nama_masuk TEXT NOT NULL UNIQUE,
    nama TEXT NOT NULL,
    sandi TEXT NOT NULL,
    dibuat BIGINT NOT NULL
);

CREATE TABLE sesi (
    sesi_hash TEXT NOT NULL PRIMARY KEY,
    akun_id UUID NOT NULL REFERENCES akun (akun_id),
    dibuat BIGINT NOT NULL,
    terakhir BIGINT NOT NULL
);
CREATE INDEX sesi_akun ON sesi (akun_id);

-- The tenants.
CREATE TABLE instansi (
    instansi_id UUID NOT NULL PRIMARY KEY,
    kode TEXT NOT NULL UNIQUE,
    nama TEXT NOT NULL
);

CREATE TABLE peran (
    instansi_id UUID NOT NULL REFERENCES instansi (instansi_id),
    akun_id UUID NOT NULL REFERENCES akun (akun_id),
    peran TEXT NOT NULL,
    PRIMARY KEY (instansi_id, akun_id, peran)
);
CREATE INDEX peran_akun ON peran (akun_id);

-- The ledger: every change of an office's data is one numbered entry, chained by hash. Rows say in which entry they came
-- (masuk) and in which they went (keluar); the state at any time is the rows that had come and not yet gone.
CREATE TABLE entri (
    instansi_id UUID NOT NULL REFERENCES instansi (instansi_id),
    nomor BIGINT NOT NULL,
    waktu BIGINT NOT NULL,
    akun_id UUID,
    pelaku TEXT NOT NULL,
    tindakan TEXT NOT NULL,
    sasaran TEXT NOT NULL,
    rincian TEXT NOT NULL,
    sidik TEXT NOT NULL,
    sebelum TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (instansi_id, nomor)
);

-- Rows of the sheets that are not figures: plan, organisation, documents, indicators, registers, chapters.
CREATE TABLE butir (
    instansi_id UUID NOT NULL,
    tahun BIGINT NOT NULL,
    lembar TEXT NOT NULL,
    kunci TEXT NOT NULL,
    masuk BIGINT NOT NULL,
    keluar BIGINT,
    urut BIGINT NOT NULL,
    isi TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (instansi_id, tahun, lembar, kunci, masuk),
    FOREIGN KEY (instansi_id, masuk) REFERENCES entri (instansi_id, nomor),
    FOREIGN KEY (instansi_id, keluar) REFERENCES entri (instansi_id, nomor)
);
CREATE UNIQUE INDEX butir_kini ON butir (instansi_id, tahun, lembar, kunci) WHERE keluar IS NULL;

CREATE TABLE angka (
    instansi_id UUID NOT NULL,
    angka_id UUID NOT NULL,
    masuk BIGINT NOT NULL,
    keluar BIGINT,
    subjek_jenis TEXT NOT NULL,
    subjek TEXT NOT NULL,
    jenis TEXT NOT NULL,
    rincian TEXT NOT NULL,
    periode TEXT NOT NULL,
    tipe TEXT NOT NULL,
    nilai TEXT NOT NULL,
    keterangan TEXT NOT NULL,
    asal TEXT NOT NULL,
    bukti TEXT NOT NULL,
    keadaan TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (instansi_id, angka_id),
    FOREIGN KEY (instansi_id, masuk) REFERENCES entri (instansi_id, nomor),
    FOREIGN KEY (instansi_id, keluar) REFERENCES entri (instansi_id, nomor)
);
CREATE UNIQUE INDEX angka_kini ON angka (instansi_id, subjek_jenis, subjek, jenis, rincian, periode)
WHERE keluar IS NULL;
