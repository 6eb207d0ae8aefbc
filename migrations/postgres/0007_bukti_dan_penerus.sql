-- Evidence on its way: what a browser sends piece by piece stands in a file aside until it is whole. No part of the ledger; what is
-- not finished goes after a day. One row per account and content, so that the same file goes on where it stopped.
CREATE TABLE unggahan (
    instansi_id UUID NOT NULL REFERENCES instansi (instansi_id),
    unggahan_id UUID NOT NULL,
    akun_id UUID NOT NULL,
    sidik TEXT NOT NULL,
    ukuran BIGINT NOT NULL,
    diterima BIGINT NOT NULL,
    terakhir BIGINT NOT NULL,
    PRIMARY KEY (instansi_id, unggahan_id)
);
CREATE UNIQUE INDEX unggahan_berkas ON unggahan (instansi_id, akun_id, sidik);

-- An office that was merged or dissolved: its last day, and the code of the office that goes on with its work, whose people may act in it
-- after that day. Taken from the sheet `instansi` with every change of it; empty while the office exists.
ALTER TABLE instansi ADD COLUMN berakhir TEXT NOT NULL DEFAULT '';
ALTER TABLE instansi ADD COLUMN penerus TEXT NOT NULL DEFAULT '';
CREATE INDEX instansi_penerus ON instansi (penerus);
