-- By which weights the offices of a region are ranked. Each adoption is a row of its own, so that it stays known who set which weights and
-- when; the last one holds. No office's data, and so no part of a ledger.
CREATE TABLE bobot_daerah (
    daerah TEXT NOT NULL,
    nomor INTEGER NOT NULL,
    isi TEXT NOT NULL,
    oleh TEXT NOT NULL,
    waktu INTEGER NOT NULL,
    PRIMARY KEY (daerah, nomor)
) STRICT;
