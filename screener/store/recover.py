"""Everything back from the store or a backup (a file of SQLite), with nothing but the recovery key on paper.

For the day on which there is no passphrase and no screener any more. It needs Python 3.11 or later and the package
"cryptography", and no other file of this program:

    python3 -I recover.py responses.db > answers.jsonl

It asks for the 14 groups of the key, and prints each response as one line of JSON: its id, whether it was finished,
all that was answered and when ("history"), and what staff noted. What it prints is not sealed any more, so keep it
where only those can read it who may. The questions, as they were asked, are ZIP archives in the table "content".

How a response is sealed: "keys" holds its key twice, 80 bytes each: for the clinic, then for the paper (HPKE of
RFC 9180 with X25519, HKDF-SHA256 and AES-256-GCM, the place as info). Everything else is AES-256-GCM: 12 bytes of
nonce, then the sealed text, the place as associated data; inside are 4 bytes of length, the text, and zeros.
"""

import base64
import getpass
import hashlib
import json
import pathlib
import sqlite3
import sys
import zlib

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def main(path: str) -> int:
    typed = getpass.getpass("Recovery key: ") if sys.stdin.isatty() else sys.stdin.readline()
    letters = "".join(typed.split()).replace("-", "").upper().translate(str.maketrans("018", "OIB"))
    try:
        decoded = base64.b32decode(letters)
    except ValueError:
        decoded = b""
    if decoded[32:] != hashlib.sha256(b"screener paper key" + decoded[:32]).digest()[:3]:
        sys.exit("This is not the key on the paper: a letter is wrong or missing.")
    suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    paper = X25519PrivateKey.from_private_bytes(decoded[:32])

    def unseal(sealed: bytes, key: bytes, place: bytes) -> bytes:
        framed = AESGCM(key).decrypt(sealed[:12], sealed[12:], b"screener/1|" + place)
        return framed[4 : 4 + int.from_bytes(framed[:4])]

    database = sqlite3.connect(pathlib.Path(path).absolute().as_uri() + "?mode=ro", uri=True)
    lost = 0
    for name, state, version, keys, snapshot in database.execute(
        "SELECT id, state, version, keys, snapshot FROM response ORDER BY day, id"
    ):
        place = name.encode()
        try:
            key = suite.decrypt(keys[80:], paper, b"screener/1|key|" + place)
            answers = json.loads(zlib.decompress(unseal(snapshot, key, b"snapshot|" + place + b"|" + version)))
            annotations = database.execute("SELECT n, sealed FROM remark WHERE response = ? ORDER BY n", (name,))
            notes = [json.loads(unseal(sealed, key, b"remark|%s|%d" % (place, n))) for n, sealed in annotations]
            notes = [note for each in notes for note in (each if isinstance(each, list) else [each])]
        except Exception as error:  # One that was changed must not keep the others.
            print(f"{name} cannot be opened ({type(error).__name__}).", file=sys.stderr)
            lost = 1
        else:
            print(json.dumps({"id": name, "finished": state == 1, "answers": answers, "notes": notes}))
    return lost


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
