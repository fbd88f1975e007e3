#!/bin/sh
# Drill: a session key is stolen. Runs with made-up keys and the sample list in a folder of its own; see drill.md.
# usage: sh docs/drill.sh FOLDER        (ISSUER and VERIFIER name the programs if they are not on the PATH)
set -eu
issuer=${ISSUER:-issuer}
verifier=${VERIFIER:-verifier}
sources=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:?name a folder that does not exist yet}
mkdir "$folder" "$folder/office" "$folder/thief"
cd "$folder/office"
# two people on two computers: what each remembers of ledgers stands apart
SCEAU_STATE=$PWD/../state
export SCEAU_STATE

step() { printf '\n== %s\n' "$1"; }
secret() { "$issuer" "$@" --passphrase-file passphrase >>log 2>&1 || { tail -n 5 log >&2; exit 1; }; }
texts() { tail -n +2 "$1/documents.csv" | cut -d, -f4; }
# judged PACK TEXTS OUTCOME: every line must end in this outcome
judged() {
    "$verifier" verify --trust "$1" --json - <"$2" 2>>log >verdicts.jsonl || true
    all=$(wc -l <"$2")
    found=$(grep -c "\"reason\":\"$3\"" verdicts.jsonl || true)
    printf '%-14s %-12s %s of %s %s\n' "$1" "$2" "$found" "$all" "$3"
    [ "$all" -gt 0 ] && [ "$found" -eq "$all" ] || { echo "this was not expected: the drill has failed" >&2; exit 1; }
}

step 'keys, a trust pack, a batch'
echo 'six words that only this drill knows' >passphrase
"$issuer" init >>log 2>&1
for key in root lists session registers; do secret key new $key.key; done
secret trust new --profile benin --root root.key --list-key lists.key --key session.key.pub --out trust.sceau
secret issue "$sources/issuer-cli/samples/benin.csv" --profile benin --key session.key --out diplomas
texts diplomas >genuine.txt

step 'the thief copies the key file and knows the passphrase; he seals another list'
cp session.key session.key.pub trust.sceau passphrase ../thief
LC_ALL=C sed '2,$s/^0/9/' "$sources/issuer-cli/samples/benin.csv" >../thief/list.csv
(cd ../thief && "$issuer" init >>log 2>&1 && "$issuer" key add session.key --never-used >>log 2>&1 && secret issue list.csv --profile benin --key session.key --out forged)
texts ../thief/forged >forged.txt
judged trust.sceau genuine.txt genuine
judged trust.sceau forged.txt genuine
echo 'Nobody can tell them apart yet: the signatures are the same.'

step 'the batch has ended: the office closes the key and publishes its register'
secret register close --key session.key --register-key registers.key --trust trust.sceau --root root.key --out closed.sceau
judged closed.sceau genuine.txt genuine
judged closed.sceau forged.txt key-compromised
echo 'What is not in the register that the roots have fixed was sealed by somebody else.'

step 'the theft is found: the key counts as stolen, only registered documents stay'
secret trust compromise-key --key session.key.pub --trust closed.sceau --root root.key --out stolen.sceau
judged stolen.sceau genuine.txt genuine
judged stolen.sceau forged.txt key-compromised

step 'passed. What each holder of the new pack now sees:'
sed -n 1p forged.txt | "$verifier" verify --trust stolen.sceau - 2>>log || true
