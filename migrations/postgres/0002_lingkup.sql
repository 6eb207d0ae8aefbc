-- Roles hold for a unit or the whole office, and between two dates where somebody acts for another (Plt., Plh.). Empty texts
-- stand for "whole office", "since always", "until recalled": a part of a key cannot be NULL.
CREATE TABLE peran_baru (
    instansi_id UUID NOT NULL REFERENCES instansi (instansi_id),
    akun_id UUID NOT NULL REFERENCES akun (akun_id),
    peran TEXT NOT NULL,
    unit TEXT NOT NULL,
    mulai TEXT NOT NULL,
    sampai TEXT NOT NULL,
    PRIMARY KEY (instansi_id, akun_id, peran, unit)
);
INSERT INTO peran_baru (instansi_id, akun_id, peran, unit, mulai, sampai)
SELECT instansi_id, akun_id, peran, '', '', '' FROM peran;
DROP TABLE peran;
ALTER TABLE peran_baru RENAME TO peran;
CREATE INDEX peran_akun ON peran (akun_id);

-- The region an office belongs to, and roles that hold in all offices of a region.
ALTER TABLE instansi ADD COLUMN daerah TEXT NOT NULL DEFAULT '';
CREATE INDEX instansi_daerah ON instansi (daerah);
CREATE TABLE peran_daerah (
    daerah TEXT NOT NULL,
    akun_id UUID NOT NULL REFERENCES akun (akun_id),
    peran TEXT NOT NULL,
    PRIMARY KEY (daerah, akun_id, peran)
);
CREATE INDEX peran_daerah_akun ON peran_daerah (akun_id);

-- A form that is sent twice (double click, retried request) carries the same key and is written once.
ALTER TABLE entri ADD COLUMN kunci_kirim TEXT;
CREATE UNIQUE INDEX entri_kunci_kirim ON entri (instansi_id, kunci_kirim) WHERE kunci_kirim IS NOT NULL;
