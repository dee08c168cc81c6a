"""Which files lie on network drives."""

import os
from pathlib import Path

import pytest

from reviewer.store.shares import is_on_share

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:30 / /home rw - ext4 /dev/sda2 rw
31 30 0:31 / /home/ann/office rw,relatime - cifs //server/office rw,vers=3.0
32 30 0:32 / /home/ann/two\\040words rw - nfs4 server:/two rw
33 31 0:33 / /home/ann/office/local rw - tmpfs tmpfs rw
34 22 0:34 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
35 22 0:35 / /mnt rw - cifs //server/mnt rw
36 22 0:36 / /mnt rw - xfs /dev/sdb1 rw
half a line
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows tells by the path")
@pytest.mark.parametrize(
    ("path", "on_share"),
    [
        ("/home/ann/review.bitext", False),
        ("/home/ann/office/review.bitext", True),
        ("/home/ann/officer/review.bitext", False),
        ("/home/ann/two words/review.bitext", True),
        ("/home/ann/office/local/review.bitext", False),
        ("/run/user/1000/gvfs/smb-share:server=x/review.bitext", True),
        ("/mnt/review.bitext", False),
    ],
)
def test_the_innermost_mount_tells(tmp_path, path, on_share):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, "utf-8")
    assert is_on_share(Path(path), mounts) is on_share


def test_where_nothing_is_told_the_answer_is_no(tmp_path):
    assert not is_on_share(tmp_path / "x.bitext", tmp_path / "missing")
    assert not is_on_share(tmp_path / "x.bitext")
