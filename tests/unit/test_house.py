"""The order of the house: who may import whom, and what no file of it may hold."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "tool" / "maille"

LAYERS = (
    "foundation",
    "inventory",
    "topology",
    "allocation",
    "blueprint",
    "layout",
    "rules",
    "check",
    "consumer",
    "cli",
)
"""From the bottom: a layer imports those below it, and itself only within one part."""
FOUNDATION = {"ceph", "report"}
"""Parts that know errors and nothing above them: everybody may use them."""
BETWEEN_CONSUMERS = {
    ("audit", "configs"),
    ("documents", "configs"),
    ("documents", "sizing"),
    ("documents", "views"),
    ("health", "documents"),
    ("holds", "retention"),
    ("plan", "configs"),
    ("recording", "infra"),
    ("recording", "retention"),
}
"""The only imports from one consumer to another."""


def part_of(module: str) -> str:
    """Give the part that a module belongs to: `maille.configs.render` is of `configs`."""
    return module.split(".")[1] if "." in module else ""


def layer_of(part: str) -> int:
    """Give a part's place among the layers; a plain module beside the parts is foundation."""
    if not (PACKAGE / part).is_dir() or not part or part in FOUNDATION:
        return LAYERS.index("foundation")
    return LAYERS.index(part if part in LAYERS else "consumer")


def may_import(importer: str, imported: str) -> bool:
    """Say whether one part may import another."""
    if importer == imported or (importer, imported) in BETWEEN_CONSUMERS:
        return True
    above, below = layer_of(importer), layer_of(imported)
    return below < above or above == below == LAYERS.index("foundation")


def imports_of(file: Path) -> set[str]:
    """Give the modules of the package that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}:{node.lineno}: import by the full name"
            names = [alias.name for alias in node.names] if node.module == "maille" else [""]
            found |= {f"{node.module}.{name}".rstrip(".") for name in names}
    return {name for name in found if name.startswith("maille.")}


def module_of(file: Path) -> str:
    """Give the name under which a file is imported."""
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def tracked_texts() -> list[tuple[str, str]]:
    """Give name and text of every text file that is committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached"],  # noqa: S607  # the git of whoever tests
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    texts = []
    for name in filter(None, listed.split("\0")):
        file = ROOT / name
        content = file.read_bytes() if file.is_file() else b"\0"
        if b"\0" not in content:
            texts.append((name, content.decode("utf-8", errors="replace")))
    return texts


def requirement_names(lock: str) -> set[str]:
    """Give the packages that a lock file pins."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return set(re.findall(r"^([\w.-]+)==", text, flags=re.MULTILINE))


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("cli", "configs", True),
        ("configs", "blueprint", True),
        ("audit", "configs", True),
        ("inventory", "errors", True),
        ("configs", "audit", False),
        ("blueprint", "configs", False),
        ("allocation", "blueprint", False),
        ("inventory", "allocation", False),
        ("errors", "inventory", False),
        ("documents", "cli", False),
        ("twin", "ceph", True),
        ("twin", "recording", False),
        ("recording", "twin", False),
    ],
)
def test_direction_of_imports_is_the_one_of_the_architecture(
    importer: str, imported: str, *, allowed: bool
) -> None:
    assert may_import(importer, imported) is allowed


def test_imports_run_downward_only() -> None:
    wrong = [
        f"{module_of(file)} imports {imported}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for imported in sorted(imports_of(file))
        if not may_import(part_of(module_of(file)), part_of(imported))
    ]
    assert wrong == []


def test_no_file_knows_this_machine_or_a_package_registry() -> None:
    home = Path.home()
    here = [re.escape(f"{folder}/") for folder in {ROOT, home} if len(folder.parts) > 1]
    registry = [r"py(pi|thonhosted)\.org", r"npm(js)?\.(org|com)", r"proxy\.golang\.org"]
    options = [r"--(extra-)?index-url", r"--find-(links)"]
    forbidden = re.compile("|".join(here + registry + options))
    wrong = [
        f"{name}: {found[0]}" for name, text in tracked_texts() if (found := forbidden.search(text))
    ]
    assert wrong == []


@pytest.mark.parametrize("lock", ["runtime.lock", "dev.lock"])
def test_lock_pins_everything_by_hash_and_names_no_place(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    requirements = re.split(r"\n(?=\S)", text.strip())
    assert all(re.match(r"[\w.-]+==\S+", requirement) for requirement in requirements)
    assert all("--hash=sha256:" in requirement for requirement in requirements)
    assert "/" not in text


def test_locks_hold_what_the_package_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split(r"==|\[", wanted)[0].lower() for wanted in project["dependencies"]}
    assert asked <= requirement_names("runtime.lock")
    more = {name.lower() for name in project["optional-dependencies"]["dev"]}
    assert requirement_names("runtime.lock") | more <= requirement_names("dev.lock")
