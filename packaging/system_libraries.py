"""Which shared libraries Qt loads, which Debian package holds each, and what is missing here.

The authority is the loader itself: a library is there when ctypes can load it. Standard library
only; nothing of Qt is imported, since Qt aborts the process instead of raising.
"""

# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from pathlib import Path

CORE = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
}
XCB = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
FONTS = ["fonts-noto-core", "fonts-wqy-zenhei"]
_TEST_TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool", "git": "git"}
_TEST_FONTS = {
    "NotoSans-Regular.ttf": "fonts-noto-core",
    "NotoSansCJK-Regular.ttc": "fonts-noto-cjk",
}
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def for_platform(platform: str) -> dict[str, str]:
    """Return the libraries that a Qt platform plugin needs, each with its Debian 12 package."""
    return CORE | {"xcb": XCB, "wayland": WAYLAND}.get(platform, {})


def missing(libraries: dict[str, str]) -> dict[str, str]:
    """Return those of the libraries that the loader cannot load."""
    absent = {}
    for name, package in libraries.items():
        try:
            ctypes.CDLL(name, mode=os.RTLD_LAZY)
        except OSError:
            absent[name] = package
    return absent


def has_font() -> bool:
    """Return whether any font file lies where fontconfig looks."""
    return any(
        next(Path(folder).expanduser().rglob(pattern), None) is not None
        for folder in _FONT_FOLDERS
        for pattern in ("*.ttf", "*.otf", "*.ttc")
    )


def missing_test_packages() -> list[str]:
    """Return the packages that tests of other programs want and this machine lacks."""
    wanted = {package for tool, package in _TEST_TOOLS.items() if shutil.which(tool) is None}
    for font, package in _TEST_FONTS.items():
        folders = [Path(folder).expanduser() for folder in _FONT_FOLDERS]
        if not any(next(folder.rglob(font), None) for folder in folders):
            wanted.add(package)
    return sorted(wanted)


def display_trouble() -> str | None:
    """Return why no X display can be reached, a few words; None where one can."""
    shown = os.environ.get("DISPLAY")
    if not shown:
        return "there is no display (DISPLAY is not set)"
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"the display {shown} does not answer" if failed else None


def may_install() -> list[str] | None:
    """Return the words to put before apt-get ([] for root); None where we may not or cannot."""
    if os.name != "posix" or shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None
