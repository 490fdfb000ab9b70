"""A PATH and a cache of a test's own, with engines and a Go that are shell scripts."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

TOOLS = ("sh", "setpriv", "setsid", "sleep", "mkdir", "cat", "chmod", "rm", "env", "dirname")
MAILLE = Path(sys.executable).with_name("maille")


@dataclass(frozen=True)
class Places:
    """What the finding of an engine looks at."""

    path: Path
    xdg_cache: Path

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"PATH": str(self.path), "XDG_CACHE_HOME": str(self.xdg_cache)}

    @property
    def cache(self) -> Path:
        return self.xdg_cache / "maille" / "engine"

    @property
    def in_cache(self) -> list[str]:
        """Give what the cache holds beside its lock."""
        names = {entry.name for entry in self.cache.iterdir()} if self.cache.exists() else set()
        return sorted(names - {"lock"})

    def engine_on_path(self, says: str, code: int = 0) -> Path:
        return script(self.path / "pulumi", engine(says, code))

    def engine_in_cache(self, says: str) -> Path:
        return script(self.cache / "3.259.0" / "bin" / "pulumi", engine(says))

    def go(self, *, version: str = "go1.26.8", building: str = "") -> None:
        """Put a Go on the PATH that 'builds' an engine; `building` is done before it has."""
        script(
            self.path / "go",
            f"""case $1 in
            version) echo "go version {version} linux/amd64" ;;
            list) printf 'a\\nb\\nc\\n' ;;
            build)
                echo building >>"{self.path.parent}/builds"
                env >"{self.path.parent}/environment"
                while [ "$1" != -o ]; do shift; done
                mkdir -p "$GOPATH/pkg/mod"
                {building}
                mkdir -p "$(dirname "$2")"
                printf '#!/bin/sh\\necho v3.259.0\\n' >"$2"
                chmod +x "$2"
                printf 'a\\nb\\nc\\n' >&2
            esac
            """,
        )

    @property
    def builds(self) -> int:
        log = self.path.parent / "builds"
        return len(log.read_text().splitlines()) if log.exists() else 0

    @property
    def go_environment(self) -> dict[str, str]:
        lines = (self.path.parent / "environment").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)


def places_in(folder: Path) -> Places:
    """Make a PATH with nothing but what shell scripts need, and an empty cache."""
    path = folder / "path"
    path.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        if found:
            (path / tool).symlink_to(found)
    return Places(path, folder / "cache")


def engine(says: str, code: int = 0) -> str:
    return f"echo '{says}'; exit {code}"


def script(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file
