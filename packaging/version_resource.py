"""The version resource of the Windows programs: what the Explorer shows under Properties, Details."""

from __future__ import annotations

from product import COPYRIGHT, MAINTAINER, NAME, SUMMARY

ENGLISH_US, UNICODE = 1033, 1200


def version_resource(version: str, program: str) -> str:
    """Return the text the builder reads the resource of one program from.

    `version` is up to four numbers with dots between; `program` the file's name.
    """
    numbers = tuple([*(int(part) for part in version.split(".")), 0, 0, 0][:4])
    strings = {
        "CompanyName": MAINTAINER,
        "FileDescription": f"{NAME}: {SUMMARY[0].lower()}{SUMMARY[1:]}",
        "FileVersion": version,
        "InternalName": program.removesuffix(".exe"),
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": program,
        "ProductName": NAME,
        "ProductVersion": version,
    }
    table = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in strings.items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004,\n"
        "                    fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo([StringTable('{ENGLISH_US:04x}{UNICODE:04x}', [{table}])]),\n"
        f"        VarFileInfo([VarStruct('Translation', [{ENGLISH_US}, {UNICODE}])])])\n"
    )
