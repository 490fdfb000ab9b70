"""The program for `pulumi up` by hand: the recordings of one estate.

    pulumi config set layout ../out/chartres/storage/layout.json
    pulumi config set conf /etc/ceph/ceph.conf

`maille storage up` runs the same components without a language host.
"""

from __future__ import annotations

from pathlib import Path

import pulumi

from maille.infra.program import recordings
from maille.layout.model import Layout

if __name__ == "__main__":
    config = pulumi.Config()
    file = Path(config.require("layout"))
    recordings(
        Layout.model_validate_json(file.read_text(encoding="utf-8")),
        {name: config.get(name) for name in ("conf", "client", "key") if config.get(name)},
    )
