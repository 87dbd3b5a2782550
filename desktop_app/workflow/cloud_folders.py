"""Knows by their names the folders that services copy to other computers."""

from __future__ import annotations

import os
import re
from pathlib import Path

from desktop_app.domain.language import translator

_tr = translator("Whereabouts")

A_CLOUD = "a cloud folder"
"""What a service is called whose name the folder does not tell."""

_SERVICES = (
    (r"dropbox", "Dropbox"),
    (r"onedrive", "OneDrive"),
    (
        r"google ?drive|my drive|meine ablage|mi unidad|mon drive|mijn drive|il mio drive|meu drive",
        "Google Drive",
    ),
    (r"mobile documents|icloud ?drive", "iCloud Drive"),
    (r"nextcloud\d*", "Nextcloud"),
    (r"owncloud\d*", "ownCloud"),
    (r"box sync|box-box|box", "Box"),
    (r"pcloud ?drive|pcloud", "pCloud"),
    (r"syncthing|sync", "Sync"),
    (r"mega|megasync", "MEGA"),
    (r"proton ?drive", "Proton Drive"),
    (r"seafile|seadrive", "Seafile"),
    (r"synology ?drive", "Synology Drive"),
    (r"tresorit", "Tresorit"),
    (r"yandex[. ]?disk", "Yandex Disk"),
    (r"creative cloud files", "Creative Cloud"),
    (r"amazon (cloud )?drive", "Amazon Drive"),
    (r"cloudstorage", A_CLOUD),
)
"""How the folder of a service is called, and the service's name."""
_OWNER = r"([ _-].*)?"
"""Behind the name may stand whose folder it is: “Dropbox (Personal)”, “OneDrive - Acme”."""
_BEGINNINGS = frozenset(name[:3] for form, _ in _SERVICES for name in form.split("|"))
"""How all of these names begin: most folders are told from them without a closer look."""
_BARE = {"Box", "Sync"}
"""Words that begin the names of other folders, too: only the bare word is meant."""


def cloud_of(path: Path) -> str:
    """Return the service whose folder the file is in, as far as names tell, also behind a link."""
    return _among(path.parts[:-1]) or _among(Path(os.path.realpath(path)).parts[:-1])


def _among(folders: tuple[str, ...]) -> str:
    for folder in folders:
        for form, name in _SERVICES if folder[:3].lower() in _BEGINNINGS else ():
            match = re.fullmatch(f"({form}){_OWNER}", folder, re.IGNORECASE)
            if match is not None and (name not in _BARE or match[2] is None):
                return _tr(name) if name == A_CLOUD else name
    return ""
