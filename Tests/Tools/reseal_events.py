"""Runs a statement on the events of a store, and tells razmin_tables the sum that they have then (docs/store.md): the
work of somebody who knows how, whom only the chain of hashes shows."""

import hashlib
import sqlite3
import struct
import sys

store = sqlite3.connect(sys.argv[1])
store.execute(sys.argv[2])
digest, rows = hashlib.sha256(), 0
for row in store.execute("SELECT * FROM events ORDER BY fid"):
    rows += 1
    digest.update(struct.pack("<q", row[0]) + b"\0")
    for value in row[1:]:
        if value is None:
            digest.update(b"\0")
        elif isinstance(value, int):
            digest.update(b"\1" + struct.pack("<q", value))
        else:
            text = value.encode()
            digest.update(b"\3" + struct.pack("<Q", len(text)) + text)
store.execute("UPDATE razmin_tables SET rows = ?, sha256 = ? WHERE name = 'events'", (rows, digest.hexdigest()))
store.commit()
