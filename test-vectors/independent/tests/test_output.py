"""What the command line prints, sections 10 and 13."""
from __future__ import annotations

import io
import json
import sys
import tempfile
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

from sceau.display import printed
from sceau_verify import main, run_documents, run_records, verify
from tests.test_legalisations import ministry_pack, record
from tests.test_registers import FACTS, REGISTERED, file, register_pack
from tests.world import NOW, SEALED, TEXT, base45, claims, document, key_entry, pack, sealed, status_list

PAPER = {"_14": {1: [1525, 2, 20]}, "_21": [2, "Ajourne"], "_22": [[["Fille de", "A"]], []]}


def text(sealed_at: int = SEALED, **changes) -> str:
    return "SC1:" + base45(sealed(claims(document(_1=3, **changes), sealed_at)))


PACKS = [pack(key_entry(_5=[1, 3]))]


class Output(unittest.TestCase):
    def test_typed_fields_come_before_the_text_of_the_paper(self):
        line = printed(verify(text(**PAPER), PACKS, NOW))
        self.assertEqual(list(line)[:2], ["decision", "reason"])
        self.assertEqual(list(line)[-2:], ["document", "text of the paper"])
        self.assertEqual((line["decision"], line["reason"]), ("otherwise", "states-otherwise"))
        self.assertEqual(line["authority"], {"id": "BJ-OFFICE", "names": {"fr": "Office"}, "country": "BJ"})
        self.assertEqual(line["text of the paper"], {"14": {"1": [1525, 2, 20]}, "21": "Ajourne",
                                                     "22": [[["Fille de", "A"]], []]})
        self.assertEqual(list(line["document"]), ["1", "2", "3", "8", "10", "12"])
        self.assertEqual(printed(verify(text(_21=[0]), PACKS, NOW))["decision"], "not-admitted")

    def test_the_time_of_sealing_is_never_shown(self):
        for moment in (SEALED, SEALED + 5):
            shown = json.dumps(printed(verify(text(moment, **PAPER), [pack(key_entry(_5=[3]), lists=[])], NOW)))
            self.assertNotIn(str(moment), shown)
        # the state of the list is shown, and it is that of the list
        self.assertEqual(printed(verify(text(SEALED + 5), PACKS, NOW))["status_as_of"], SEALED)

    def test_nothing_of_a_refused_document_is_shown(self):
        line = printed(verify("SC1:" + base45(sealed(claims(document(_3=" A")))), PACKS, NOW))
        self.assertEqual(set(line), {"reason", "verdict", "status", "status_as_of", "register", "notes", "detail"})

    def test_notes(self):
        def notes(data: bytes, packed: bytes) -> tuple:
            return verify("SC1:" + base45(data), [packed], NOW).notes

        self.assertEqual(notes(REGISTERED[4], register_pack()), ())
        self.assertEqual(notes(sealed(claims(FACTS[0], SEALED + 1)), PACKS[0]),
                         ("nothing is known of it since it was sealed",))
        self.assertEqual(notes(REGISTERED[4], register_pack(key={"_10": NOW})),
                         ("the key was lost later; this document was registered",))
        self.assertEqual(notes(sealed(claims(document())), register_pack(files=[file()])), ("not in the register",))

    def test_sheets_of_one_run(self):
        def statuses(*texts: str, packs=PACKS) -> list[int]:
            return [status for _, status in run_documents(list(texts), packs, NOW, None, [])]

        first, second = text(_23=[1, 2]), text(_23=[2, 2], _14={1: [1, 0]})
        self.assertEqual(statuses(first, second), [0, 0])
        self.assertEqual(statuses(first, first), [2, 2])
        self.assertEqual(statuses(first, text(_3="Other", _23=[2, 2])), [2, 2])
        self.assertEqual(statuses(first, text(_23=[2, 2], _21=[2])), [2, 2])  # another label 21: another paper
        self.assertEqual(statuses(first, text(_23=[2, 2], _12="Academy")), [2, 2])
        otherwise = [text(_21=[2], _23=[number, 2]) for number in (1, 2)]
        self.assertEqual(statuses(*otherwise), [2, 2])  # complete, but they did not end in one-sheet
        unknown = [pack(key_entry(_5=[3]), lists=[])]
        self.assertEqual(statuses(first, second, packs=unknown), [2, 2])
        digests = [text(_6=[2, 10, bytes([number]) * 16], _23=[number, 2]) for number in (1, 2)]
        self.assertEqual(statuses(*digests), [0, 0])
        works = [text(_6=[2, 9 + number, bytes(16)], _23=[number, 2]) for number in (1, 2)]
        self.assertEqual(statuses(*works), [2, 2])

    def test_a_record_alone_is_no_document(self):
        def statuses(document_text, data: bytes = b"", packed: bytes = b"") -> list[int]:
            texts = ["SL1:" + base45(data or record())]
            found = run_records(texts, document_text, [packed or ministry_pack()], NOW, None)
            return [status for _, status in found]

        self.assertEqual(statuses(None), [2])
        self.assertEqual(statuses(TEXT)[1:], [0])
        self.assertEqual(statuses(TEXT, record(digest=bytes(32)))[1:], [1])
        self.assertEqual(statuses(TEXT, record(_2=b"87654321"))[1:], [2])
        self.assertEqual(statuses("no code"), [2, 2])
        self.assertEqual(statuses(TEXT, packed=ministry_pack(status=1))[1:], [1])
        found = run_records(["SL1:" + base45(record(digest=bytes(32)))], TEXT, [ministry_pack()], NOW, None)
        self.assertEqual(found[1][0]["match"], "other")

    def test_exit_status_of_a_run(self):
        def run(*arguments: str, stdin: str = "") -> tuple[int, list[dict]]:
            out = io.StringIO()
            fed = mock.Mock(buffer=io.BytesIO(stdin.encode()))
            with mock.patch.object(sys, "argv", ["sceau_verify.py", *arguments]), mock.patch.object(sys, "stdin", fed):
                with redirect_stdout(out):
                    status = main()
            return status, [json.loads(line) for line in out.getvalue().splitlines()]

        with tempfile.TemporaryDirectory() as folder:
            name = str(Path(folder, "pack.sceau"))
            Path(name).write_bytes(pack(key_entry(_5=[1, 3])))
            common = ["--now", str(NOW), "--pack", name]
            self.assertEqual(run(TEXT, *common)[0], 0)
            status, lines = run("-", *common, stdin=f"{TEXT}\nno code\n")
            self.assertEqual((status, [line["reason"] for line in lines]), (2, ["genuine", "foreign-code"]))
            self.assertEqual(run("-", *common, stdin=f"{text(_21=[0])}\nno code\n")[0], 1)
            self.assertEqual(run("-", *common, stdin=""), (2, []))  # no code is no acceptance, [STO-5]
            Path(name).write_bytes(ministry_pack())
            self.assertEqual(run("SL1:" + base45(record()), "--legalisation", *common)[0], 2)
            status, lines = run("SL1:" + base45(record()), "--legalisation", "--document", TEXT, *common)
            self.assertEqual((status, [line.get("match") for line in lines]), (0, [None, "same"]))
            withdrawn = pack(lists=[status_list(1)])
            Path(name).write_bytes(withdrawn)
            self.assertEqual(run(TEXT, *common)[0], 1)
            self.assertEqual(run(TEXT, "--root", "00" * 32, *common)[1][0]["reason"], "trust-foreign-root")
