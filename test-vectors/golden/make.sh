#!/bin/sh
# How the golden files were made, once: by the programs as an office runs them, with keys that were destroyed after it.
# Run again it makes others, which are no golden files.  usage: sh make.sh NEW-FOLDER   (ISSUER names the program)
set -eu
issuer=${ISSUER:-issuer}
sources=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:?name a folder that does not exist yet}
mkdir "$folder" "$folder/packs" "$folder/office"
folder=$(cd "$folder" && pwd)

secret() { "$issuer" "$@" --passphrase-file ../passphrase >>log 2>&1 || { tail -n 5 log >&2; exit 1; }; }
# of documents.csv: the column with this number, on the line of the n-th document
cell() { sed -n "$(($3 + 1))p" "$1/documents.csv" | cut -d, -f"$2"; }
decide() { secret status "$1" --key session.key --list-key lists.key --trust "$2" --out "$3" --serial "$4" --reason "Decision $1"; }

echo 'words that nobody keeps' >"$folder/office/passphrase"
for country in benin haiti morocco; do
    mkdir "$folder/office/$country"
    cd "$folder/office/$country"
    case $country in benin) list=benin.csv ;; haiti) list=haiti.tsv ;; *) list=morocco.csv ;; esac
    LC_ALL=C head -n 71 "$sources/issuer-cli/samples/$list" >"$list"
    for key in root new-root lists session late registers; do secret key new $key.key; done
    secret trust new --profile $country --root root.key --list-key lists.key --key session.key.pub --key late.key.pub \
        --until 2029-12-31 --out 1.sceau

    # two kinds of paper; the thief, who has the key file, seals a list of his own
    case $country in haiti) first=attestation ;; *) first=diploma ;; esac
    secret issue "$list" --profile $country --key session.key --trust 1.sceau --out first --kind $first
    secret issue "$list" --profile $country --key session.key --trust 1.sceau --out second --kind transcript
    mkdir thief
    cp session.key session.key.pub 1.sceau thief
    LC_ALL=C sed '2,$s/[0-9]/9/2' "$sources/issuer-cli/samples/$list" | LC_ALL=C sed '2,30d' | LC_ALL=C head -n 12 >"thief/$list"
    cp ../passphrase .
    (cd thief && secret issue "$list" --profile $country --key session.key --trust 1.sceau --out forged --kind transcript)

    # what the office decides: withdrawn, suspended, reinstated, replaced by a duplicate
    decide withdraw 1.sceau 2a.sceau "$(cell first 1 1)"
    decide suspend 2a.sceau 2b.sceau "$(cell first 1 2)"
    decide suspend 2b.sceau 2c.sceau "$(cell first 1 3)"
    decide reinstate 2c.sceau 2d.sceau "$(cell first 1 3)"
    number=$(sed -n 5p first/documents.csv)
    { LC_ALL=C head -n 1 "$list"; LC_ALL=C sed -n "$(printf '%s' "$number" | awk -F, '{print $NF}')p" "$list"; } >"lost-$list"
    secret duplicate "lost-$list" --profile $country --kind $first --key late.key --old-key session.key --old first \
        --decision 'request 7' --list-key lists.key --trust 2d.sceau --out duplicates
    cp duplicates/trust.sceau 2.sceau

    # the key is closed, then found stolen; small packs leave the register out; the roots change
    secret register close --key session.key --register-key registers.key --trust 2.sceau --root root.key --out 3.sceau
    secret trust compromise-key --key session.key.pub --trust 3.sceau --root root.key --out 4.sceau
    for pack in 3 4; do "$issuer" pack split $pack.sceau --out $pack-small.sceau --registers registers-$pack >>log 2>&1; done
    "$issuer" trust draft --pack 4.sceau --remove-root root.key.pub --add-root new-root.key.pub --out 5.draft >>log 2>&1
    secret trust sign 5.draft --root root.key --out 5-old.sig
    secret trust sign 5.draft --root new-root.key --out 5-new.sig
    "$issuer" trust merge-signatures 5.draft 5-old.sig 5-new.sig --out 5.list >>log 2>&1
    "$issuer" trust publish 5.list --pack 4.sceau --out 5.sceau >>log 2>&1

    for pack in 1 2 3 3-small 4 4-small 5; do cp $pack.sceau "$folder/packs/$country-$pack.sceau"; done
    { tail -n +2 first/documents.csv | head -n 38; tail -n +2 second/documents.csv | head -n 38; tail -n +2 thief/forged/documents.csv | head -n 3
      tail -n +2 duplicates/documents.csv; } | cut -d, -f4 >"$folder/$country.txt"
    cd "$folder"
done
rm -r office # and with it every key
wc -l *.txt
