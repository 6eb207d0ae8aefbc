#!/usr/bin/env python3
"""Kills the server while it writes, again and again: what it acknowledged is there, nothing is half-written, the ledger is intact.

usage: tests/mati.py PATH-OF-TOLOK [TIMES]     on SQLite, and on PostgreSQL where TOLOK_UJI_PG names a server
Ends with "N passed, N failed".
"""
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

TOLOK = sys.argv[1]
TIMES = int(sys.argv[2]) if len(sys.argv) > 2 else 200
PASSWORD = "sandi untuk pengujian"
WRITERS = 4
# Figures of the demo that every writer has for itself: number of the quarter.
PLACES = [f"i/2.07.05.i1//2021-TW{n}" for n in range(1, WRITERS + 1)]


class Server:
    """`tolok serve` on a port of its own."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.process = None
        self.port = None

    def start(self):
        self.process = subprocess.Popen([TOLOK, "serve", "--port", str(random.randint(20000, 40000)), *self.arguments],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                self.port = int(found[1])
                threading.Thread(target=self.process.stderr.read, daemon=True).start()
                return
        raise RuntimeError("the server did not start")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def post(port, path, fields, cookie=""):
    """Status, headers, body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json", "cookie": cookie}
    connection.request("POST", path, urllib.parse.urlencode(fields), headers)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read().decode()


def write(port, place, cookie, value, seen, acknowledged, stop):
    """Saves one value after the other until the server is gone. `seen` is the mark of what was saved last."""
    while not stop.is_set():
        value += 1
        try:
            status, _, body = post(port, "/isi?tahun=2021", [
                (f"nilai:{place}", value), (f"ket:{place}", "uji"), (f"lihat:{place}", seen), ("kunci", f"{place}-{value}"),
            ], cookie)
        except (OSError, http.client.HTTPException):
            return
        if status != 200:
            raise RuntimeError(f"{place}: {status} {body}")
        # Nothing comes back for what stands there already: written before the kill, acknowledged only now.
        if found := re.search(r'"lihat":"([^"]+)"', body):
            seen = found[1]
        acknowledged[place] = value


def stored(arguments):
    """Values as an export holds them."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "paket"
        subprocess.run([TOLOK, "ekspor", str(target), *arguments], check=True, capture_output=True)
        rows = (target / "realisasi.csv").read_text().splitlines()
    found = {}
    for row in rows[1:]:
        indikator, periode, variabel, nilai = row.split(";")[:4]
        found[f"i/{indikator}/{variabel}/{periode}"] = nilai
    return found


def mark(port, place, cookie):
    """What a page shows of a figure now, to write after it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", f"/isi?tahun=2021&tw={place[-1]}", headers={"cookie": cookie})
    page = connection.getresponse().read().decode()
    return re.search(rf'name="lihat:{re.escape(place)}" value="([^"]*)"', page)[1]


def run(name, arguments):
    package = Path(__file__).parent.parent / "data/demo/serang-2021"
    with tempfile.TemporaryDirectory() as prepared:
        # The demo without the year's own value of the indicator, so that its quarters are asked for.
        subprocess.run(["cp", "-r", f"{package}/.", prepared], check=True)
        file = Path(prepared) / "realisasi.csv"
        kept = [line for line in file.read_text().splitlines() if not line.startswith("2.07.05.i1;2021;")]
        file.write_text("\n".join(kept) + "\n")
        subprocess.run([TOLOK, "impor", prepared, *arguments], check=True, capture_output=True)
    subprocess.run([TOLOK, "akun", "uji", "--nama", "Uji", "--peran", "perencana", *arguments], input=PASSWORD, text=True,
                   check=True, capture_output=True)
    server = Server(arguments)
    server.start()
    _, headers, _ = post(server.port, "/masuk", [("nama", "uji"), ("sandi", PASSWORD)])
    cookie = headers["set-cookie"].split(";")[0]
    acknowledged = {}
    total, lost = 0, []
    for round_ in range(TIMES):
        stop = threading.Event()
        before = dict(acknowledged)
        seen = {place: mark(server.port, place, cookie) for place in PLACES}
        writers = [
            threading.Thread(target=write, args=(server.port, p, cookie, acknowledged.get(p, 0), seen[p], acknowledged, stop))
            for p in PLACES
        ]
        for writer in writers:
            writer.start()
        # On a busy machine the first answer takes a while; a kill before it would meet nobody at work.
        patience = time.monotonic() + 10
        while acknowledged == before and time.monotonic() < patience:
            time.sleep(0.002)
        time.sleep(random.uniform(0, 0.1))
        server.kill()
        stop.set()
        for writer in writers:
            writer.join()
        total += sum(acknowledged.get(p, 0) - before.get(p, 0) for p in PLACES)
        server.start()
        if round_ % 10 == 9 or round_ == TIMES - 1:
            now = stored(arguments)
            for place in PLACES:
                # One more than was acknowledged may be there: written, but the answer did not arrive any more.
                have, told = int(now.get(place, "0") or 0), acknowledged.get(place, 0)
                if have not in (told, told + 1):
                    lost.append(f"round {round_}: {place} is {have}, acknowledged {told}")
                acknowledged[place] = max(have, told)
    server.kill()
    check = subprocess.run([TOLOK, "audit", "verify", *arguments], capture_output=True, text=True)
    good = not lost and check.returncode == 0 and total >= TIMES
    print(f"{name}: killed {TIMES} times during {total} acknowledged saves; {len(lost)} lost; ledger "
          f"{'intact' if check.returncode == 0 else check.stdout}")
    for line in lost:
        print("  " + line)
    return good


def main():
    results = []
    with tempfile.TemporaryDirectory() as folder:
        results.append(run("SQLite", ["--data", folder]))
    if server := os.environ.get("TOLOK_UJI_PG"):
        database = f"mati{os.getpid()}"
        subprocess.run(["psql", server, "-qc", f"CREATE DATABASE {database}"], check=True)
        try:
            with tempfile.TemporaryDirectory() as folder:
                address = server.rsplit("/", 1)[0] + "/" + database
                results.append(run("PostgreSQL", ["--data", folder, "--db", address]))
        finally:
            subprocess.run(["psql", server, "-qc", f"DROP DATABASE {database} WITH (FORCE)"], check=True)
    elif os.environ.get("TOLOK_UJI_WAJIB"):
        results.append(False)
    else:
        print("PostgreSQL: no server named, skipped")
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    sys.exit(0 if all(results) else 1)


main()
