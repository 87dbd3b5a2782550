#!/bin/sh
# Installs Even Keel for the user who starts this, without root; "./install.sh --remove" takes it away again.
# Households and preferences are never touched.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
program=$HOME/.local/lib/even-keel
link=$HOME/.local/bin/even-keel

refresh() {
    for tool in "update-desktop-database -q $data/applications" "update-mime-database $data/mime" \
        "gtk-update-icon-cache -q -t -f $data/icons/hicolor"; do
        if command -v "${tool%% *}" >/dev/null; then
            folder=${tool##* }
            mkdir -p "$folder"
            "${tool%% *}" "$folder" >/dev/null 2>&1 || true
        fi
    done
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
sed -e "s|^Exec=even-keel|Exec=\"$program/even-keel\"|" -e "s|^TryExec=.*|TryExec=$program/even-keel|" \
    "$here/share/applications/even-keel.desktop" >"$entry"
refresh
echo "Even Keel is in your menu. In a terminal: $link"
