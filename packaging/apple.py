"""What macOS is told about the program: the entries of its Info.plist."""

from __future__ import annotations

from typing import Any

from product import BUNDLE_ID, COPYRIGHT, HOUSEHOLD, NAME, OLDEST_MACOS, STATEMENTS, Kind, languages

UTI_OF_OUR_NAMING = "org.even-keel."
"""Kinds Apple has no name for; the program imports names of its own for them."""


def info_plist(version: str) -> dict[str, Any]:
    """Return the entries beside those the builder writes itself."""
    return {
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": languages(),
        "CFBundleExecutable": NAME,
        "CFBundleIdentifier": BUNDLE_ID,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDocumentTypes": [_document(HOUSEHOLD, own=True), *(_document(kind) for kind in STATEMENTS)],
        "LSApplicationCategoryType": "public.app-category.finance",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": COPYRIGHT,
        "NSPrincipalClass": "NSApplication",
        "NSRequiresAquaSystemAppearance": False,  # follows the system into dark mode
        "UTExportedTypeDeclarations": [_declaration(HOUSEHOLD)],
        "UTImportedTypeDeclarations": [
            _declaration(kind) for kind in STATEMENTS if kind.uti.startswith(UTI_OF_OUR_NAMING)
        ],
    }


def _document(kind: Kind, *, own: bool = False) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "CFBundleTypeName": kind.words,
        "CFBundleTypeRole": "Editor" if own else "Viewer",
        "LSHandlerRank": "Owner" if own else "Alternate",
        "LSItemContentTypes": [kind.uti],
    }
    return entry | ({"CFBundleTypeIconFile": "household.icns"} if own else {})


def _declaration(kind: Kind) -> dict[str, Any]:
    return {
        "UTTypeIdentifier": kind.uti,
        "UTTypeDescription": kind.words,
        "UTTypeConformsTo": ["public.data", "public.content"],
        "UTTypeTagSpecification": {
            "public.filename-extension": list(kind.endings),
            "public.mime-type": kind.mime,
        },
    }
