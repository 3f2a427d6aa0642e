#!/bin/sh
# Usage: backup.sh FOLDER KEEP
# Makes a backup in FOLDER, restores it into an empty store to see that it can be read, and keeps the newest KEEP.
# A backup that cannot be restored is renamed to *.bad; then it ends with 1, and nothing older is removed.
set -eu
umask 077
folder=$1
keep=$2
screener=${SCREENER:-screener}

new=$folder/screener-$(date -u +%Y-%m-%dT%H%M%S.%N).db
"$screener" clinic backup "$new"

# The drill has a state folder of its own, so that this machine does not take the restored store for its clinic's.
drill=$(mktemp -d)
trap 'rm -rf "$drill"' EXIT
mkdir "$drill/state" "$drill/data"
if ! XDG_STATE_HOME=$drill/state SCREENER_STORE=$drill/data/responses.db "$screener" clinic restore "$new"; then
    mv "$new" "$new.bad"
    echo "The backup cannot be restored, and is kept as $new.bad. Older backups stay." >&2
    exit 1
fi

find "$folder" -maxdepth 1 -name 'screener-*.db' | sort -r | tail -n +"$((keep + 1))" | while IFS= read -r old; do
    rm -- "$old"
done
