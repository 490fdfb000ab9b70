"""The program for `pulumi up` by hand: the recordings of one estate.

    pulumi config set layout ../out/chartres/storage/layout.json
    pulumi config set conf /etc/ceph/ceph.conf

`maille storage up` runs the same components without a language host.
"""

from __future__ import annotations

from pathlib import Path

import pulumi
from pydantic import ValidationError

from maille.infra.program import recordings
from maille.layout.model import Layout


def read_layout(file: Path) -> Layout:
    """Read what `maille build` wrote; raises RunError, which Pulumi shows without a traceback."""
    try:
        return Layout.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise pulumi.RunError(
            f"{file} cannot be read: {error}; write it with `maille build ESTATE --out DIR`"
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise pulumi.RunError(
            f"{file} is no layout of this version: {place or 'the file'}: {first['msg']};"
            " write it anew with `maille build`"
        ) from None


if __name__ == "__main__":
    config = pulumi.Config()
    recordings(
        read_layout(Path(config.require("layout"))),
        {name: config.get(name) for name in ("conf", "client", "key") if config.get(name)},
    )
