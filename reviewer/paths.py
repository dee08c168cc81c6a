"""Where things lie: resource files, and the person's config, data, cache and log folders."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import platformdirs

_APPLICATION = "bitext-reviewer"


def resource(*parts: str) -> Path:
    """Return the path of a shipped resource; from the package, else from the checkout."""
    shipped = Path(str(files("reviewer"))) / "resources"
    root = shipped if shipped.is_dir() else Path(__file__).parent.parent / "resources"
    return root.joinpath(*parts)


def config_folder() -> Path:
    """Return the folder of the settings; it may not exist yet."""
    return platformdirs.user_config_path(_APPLICATION, appauthor=False)


def data_folder() -> Path:
    """Return the folder of the outbox and the backups; it may not exist yet."""
    return platformdirs.user_data_path(_APPLICATION, appauthor=False)


def cache_folder() -> Path:
    """Return the folder of what can be computed again; it may not exist yet."""
    return platformdirs.user_cache_path(_APPLICATION, appauthor=False)


def log_folder() -> Path:
    """Return the folder of the log; it may not exist yet."""
    return platformdirs.user_log_path(_APPLICATION, appauthor=False)


def projects_folder() -> Path:
    """Return the folder of projects that have no better place (pasted texts, the sample)."""
    return platformdirs.user_documents_path() / "Bitext Reviewer"
