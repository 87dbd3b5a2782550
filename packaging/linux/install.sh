#!/bin/sh
# Installs Even Keel for the user who starts this, without root; "./install.sh --remove" takes it away again.
# Households and preferences are never touched.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
program=$HOME/.local/lib/even-keel
link=$HOME/.local/bin/even-keel

# refresh_one TOOL FOLDER [OPTION...]: has the desktop look at a folder again, where the tool for it is installed
refresh_one() {
    tool=$1
    folder=$2
    shift 2
    if command -v "$tool" >/dev/null; then
        mkdir -p "$folder"
        "$tool" "$@" "$folder" >/dev/null 2>&1 || true
    fi
}

refresh() {
    refresh_one update-desktop-database "$data/applications" -q
    refresh_one update-mime-database "$data/mime"
    refresh_one gtk-update-icon-cache "$data/icons/hicolor" -q -t -f
}

if [ "$#" -gt 0 ] && [ "$1" != --remove ]; then
    echo "usage: ./install.sh [--remove]" >&2
    exit 2
fi

rm -rf "$program"
rm -f "$link"
(cd "$here/share" && find . -type f) | while IFS= read -r file; do
    rm -f "$data/$file"
done

if [ "${1:-}" = --remove ]; then
    refresh
    echo "Even Keel is removed. Your households and preferences are where they were."
    exit 0
fi

mkdir -p "$program" "${link%/*}"
cp -R "$here/program/." "$program/"
ln -s "$program/even-keel" "$link"
(cd "$here/share" && find . -type f) | while IFS= read -r file; do
    mkdir -p "$data/${file%/*}"
    cp "$here/share/$file" "$data/$file"
done
entry=$data/applications/even-keel.desktop
while IFS= read -r line; do
    case $line in
        Exec=*) printf 'Exec="%s/even-keel" %%F\n' "$program" ;;
        TryExec=*) printf 'TryExec=%s/even-keel\n' "$program" ;;
        *) printf '%s\n' "$line" ;;
    esac
done <"$here/share/applications/even-keel.desktop" >"$entry"
refresh
echo "Even Keel is in your menu. In a terminal: $link"
