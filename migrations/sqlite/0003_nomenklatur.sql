-- Reference data, the same for every office: official lists of codes and names, one for each year in which it was renewed.
-- "cari" is the text in which an item is found: its code and the words of its name in lower case.
CREATE TABLE nomenklatur_daftar (
    tahun INTEGER NOT NULL PRIMARY KEY,
    nama TEXT NOT NULL,
    pelaku TEXT NOT NULL,
    waktu INTEGER NOT NULL
) STRICT;

CREATE TABLE nomenklatur (
    tahun INTEGER NOT NULL REFERENCES nomenklatur_daftar (tahun),
    kode TEXT NOT NULL,
    tingkat TEXT NOT NULL,
    nama TEXT NOT NULL,
    kinerja TEXT NOT NULL,
    indikator TEXT NOT NULL,
    satuan TEXT NOT NULL,
    cari TEXT NOT NULL,
    PRIMARY KEY (tahun, kode)
) STRICT;
-- A search reads only this, not the long texts of the table.
CREATE INDEX nomenklatur_cari ON nomenklatur (tahun, tingkat, cari);
