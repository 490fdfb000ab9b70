"""A wheel holds what the program reads at run time."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a wheel of a copy of the project, without a network, and unpack it."""
    pytest.importorskip("setuptools")
    project = tmp_path_factory.mktemp("project")
    for name in ("tool", "templates", "infra"):
        ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / name, project / name, symlinks=True, ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, project / name)
    code = "from setuptools.build_meta import build_wheel; print(build_wheel('.'))"
    made = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
    )
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(project / made.stdout.split()[-1]) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def wheel(unpacked: Path) -> list[str]:
    files = (file for file in unpacked.rglob("*") if file.is_file())
    return [file.relative_to(unpacked).as_posix() for file in files]


@pytest.mark.parametrize(
    "name",
    [
        "maille/templates/cisco_ios/iosxe.j2",
        "maille/templates/cisco_ios/parts/bootstrap.j2",
        "maille/templates/arista_eos/eos.j2",
        "maille/configs/hardening/controls.yaml",
        "maille/infra/engine/go.mod",
        "maille/infra/engine/go.sum",
        "maille/inventory/scaffold_files/estate.yaml",
        "maille/py.typed",
    ],
)
def test_wheel_holds_data(name: str, wheel: list[str]) -> None:
    assert name in wheel


def test_wheel_holds_every_template(wheel: list[str]) -> None:
    templates = {
        f"maille/templates/{file.relative_to(ROOT / 'templates').as_posix()}"
        for file in (ROOT / "templates").rglob("*")
        if file.is_file()
    }
    assert templates <= set(wheel)


def test_what_is_unpacked_builds_an_estate(unpacked: Path, tmp_path: Path) -> None:
    """Nothing that is read at run time is left behind in the source tree."""
    estate = ROOT / "tests" / "golden" / "estates" / "complete"
    code = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r});"
        f"import maille; assert maille.__file__.startswith({str(unpacked)!r});"
        f"sys.argv = ['maille', 'build', {str(estate)!r}, '--out', {str(tmp_path / 'out')!r},"
        " '--as-of', '2026-11-22', '--quiet'];"
        "from maille.cli.main import run; run()"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "out" / "configs" / "agg-1.cfg").exists()
    assert (tmp_path / "out" / "book" / "index.html").exists()
