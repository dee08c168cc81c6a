"""Bitext Reviewer: review a translation beside its source."""

# SPDX-License-Identifier: GPL-3.0-or-later

__version__ = "0.1.0"
