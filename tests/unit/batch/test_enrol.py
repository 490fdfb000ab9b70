"""MAC addresses of a list come to their cameras, all of them or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.unit.batch.batches import INSEE, commune_file, estate_in, tree_of

from maille.batch.drafts import save
from maille.batch.enrol import enrol
from maille.inventory.load import load
from maille.report import render_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.batch.prepared import Prepared

GOLDEN = Path(__file__).parents[2] / "golden" / "batch" / "enrol"
ONE, TWO = f"{INSEE}-0001", f"{INSEE}-0002"


@pytest.fixture
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an estate whose first two cameras are not enrolled, and whose third has a serial."""
    monkeypatch.chdir(tmp_path)
    estate = estate_in(Path())
    file = commune_file(estate)
    text = file.read_text(encoding="utf-8")
    for number in "12":
        text = text.replace(f', mac: "ac:cc:8e:26:00:0{number}"', "")
    text = text.replace('mac: "ac:cc:8e:26:00:03"', 'mac: "ac:cc:8e:26:00:03", serial: S3')
    file.write_text(text, encoding="utf-8")
    return estate


def prepare(estate: Path, text: str, *, replace: bool = False) -> Prepared:
    path = Path("macs.csv")
    path.write_text(text, encoding="utf-8")
    return enrol(load(estate), path, replace=replace)


def enrolled(estate: Path, text: str, *, replace: bool = False) -> list[str]:
    found = prepare(estate, text, replace=replace)
    assert found.passes, render_text(found.findings)
    save(found.drafts)
    return [draft.action for draft in found.drafts]


def camera(estate: Path, name: str) -> tuple[str | None, str | None]:
    commune = load(estate).whole().communes[INSEE]
    found = next(c.cameras[name] for c in commune.cabinets.values() if name in c.cameras)
    return found.mac, found.serial


@pytest.mark.parametrize(
    "text",
    [
        f"Caméra;Adresse MAC\n{ONE};AC-CC-8E-26-01-01\n",
        f"MAC,Date,Camera\nACCC.8E26.0101,2026-05-01,{ONE}\n",
        f"{ONE};accc8e260101\n",
        f"ac:cc:8e:26:01:01\t{ONE}\n",
        f"Caméra;MAC\n {ONE}\u00a0; AC CC 8E 26 01 01 \n",
        f"Caméra;MAC\n{ONE};ac\u2011cc\u20118e\u201126\u201101\u201101\n",
        f"Caméra;MAC\n{ONE};accc8e-260101\n",
        f"MACs of May\n\ncamera id,MAC address\n{ONE},ac:cc:8e:26:01:01\n{TWO},\n",
    ],
)
def test_address_is_written_however_the_list_looks(estate: Path, text: str) -> None:
    before = commune_file(estate).read_text()
    assert enrolled(estate, text) == ["changed"]
    assert camera(estate, ONE) == ("ac:cc:8e:26:01:01", None)
    changed = set(commune_file(estate).read_text().splitlines()) - set(before.splitlines())
    assert len(changed) == 1
    assert enrolled(estate, text) == []


def test_serial_number_leads_to_the_camera_or_is_written_beside_the_address(estate: Path) -> None:
    enrolled(estate, f"Caméra;S/N;MAC\n{ONE};B8A44F000001;b8:a4:4f:00:00:01\n")
    assert camera(estate, ONE) == ("b8:a4:4f:00:00:01", "B8A44F000001")
    text = "Serial number;MAC\nB8A44F000001;b8:a4:4f:00:00:02\n"
    enrolled(estate, text, replace=True)
    assert camera(estate, ONE) == ("b8:a4:4f:00:00:02", "B8A44F000001")


def test_workbook_of_any_layout_is_a_list_as_well(estate: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Réception", None, "lot 3"])
    sheet.append(["Nom", "Modèle", "N° de série", "Adresse MAC"])
    sheet.append([ONE, "P5655-E", 12345, "accc8e260101"])
    path = Path("macs.xlsx")
    book.save(path)
    found = enrol(load(estate), path)
    assert found.findings == ()
    save(found.drafts)
    assert camera(estate, ONE) == ("ac:cc:8e:26:01:01", "12345")


def test_exchanged_cameras_take_new_addresses_and_may_swap_them(estate: Path) -> None:
    three, four = f"{INSEE}-0003", f"{INSEE}-0004"
    text = f"Camera;MAC\n{three};ac:cc:8e:26:00:04\n{four};ac:cc:8e:26:00:03\n"
    assert not prepare(estate, text).passes
    found = prepare(estate, text, replace=True)
    assert [one.code for one in found.findings] == ["I417"]
    save(found.drafts)
    assert camera(estate, three)[0] == "ac:cc:8e:26:00:04"
    assert camera(estate, four)[0] == "ac:cc:8e:26:00:03"


def test_nomads_are_enrolled_in_their_own_file(tmp_path: Path) -> None:
    estate = estate_in(tmp_path, "chalon")
    path = tmp_path / "macs.csv"
    path.write_text("nomade-1;ac:cc:8e:71:f0:77\n")
    found = enrol(load(estate), path, replace=True)
    assert [draft.path.name for draft in found.drafts] == ["nomads.yaml"]
    save(found.drafts)
    assert load(estate).whole().nomads["nomade-1"].mac == "ac:cc:8e:71:f0:77"


WRONG = {
    "unknown-camera": f"Caméra;MAC\n{INSEE}-0099;ac:cc:8e:26:01:01\n",
    "unknown-serial": "Serial;MAC\nS4;ac:cc:8e:26:01:01\n",
    "unknown-commune": "Caméra;MAC\n26196-0001;ac:cc:8e:26:01:01\n",
    "bad-address": f"Caméra;MAC\n{ONE};ac:cc:8e:26:01\n",
    "camera-missing": f"Caméra;MAC\n;ac:cc:8e:26:01:01\n{ONE};ac:cc:8e:26:01:02\n",
    "camera-twice": f"Caméra;MAC\n{ONE};ac:cc:8e:26:01:01\n{ONE};ac:cc:8e:26:01:02\n",
    "address-twice": f"Caméra;MAC\n{ONE};ac:cc:8e:26:01:01\n{TWO};ac:cc:8e:26:01:01\n",
    "address-elsewhere": f"Caméra;MAC\n{ONE};ac:cc:8e:26:00:03\n",
    "has-another": f"Caméra;MAC\n{INSEE}-0003;ac:cc:8e:26:01:03\n",
    "no-columns": f"{ONE};Gi1/3;ac:cc:8e:26:01:01\n",
    "serial-differs": f"Caméra;Serial;MAC\n{INSEE}-0003;S33;ac:cc:8e:26:00:03\n",
}


def test_camera_of_another_commune_is_never_suggested(tmp_path: Path) -> None:
    estate = estate_in(tmp_path, "chalon")
    known = load(estate).whole().communes
    communes = [insee for insee in known if known[insee].cabinets]
    path = tmp_path / "macs.csv"
    path.write_text("".join(f"{insee}-0999;ac:cc:8e:26:01:01\n" for insee in communes))
    found = enrol(load(estate), path).findings
    assert len(found) == len(communes)
    for insee, one in zip(communes, found, strict=True):
        others = [other for other in known if other != insee and f"`{other}-" in one.how]
        assert others == [], one.how


def test_serial_number_is_suggested_only_if_it_is_the_same_but_for_its_writing(
    estate: Path,
) -> None:
    file = commune_file(estate)
    file.write_text(file.read_text().replace("serial: S3", "serial: B8A44F000003"))
    for device, suggested in {"b8a44f-000003": True, "B8A44F000004": False}.items():
        found = prepare(estate, f"Serial;MAC\n{device};ac:cc:8e:26:01:01\n").findings
        assert [("B8A44F000003" in one.how) for one in found] == [suggested]


def test_id_of_a_camera_counts_in_any_case(tmp_path: Path) -> None:
    estate = estate_in(tmp_path, "chalon")
    path = tmp_path / "macs.csv"
    path.write_text("NOMADE-1;ac:cc:8e:71:f0:77\n")
    assert enrol(load(estate), path, replace=True).passes


@pytest.mark.parametrize("name", WRONG)
def test_wrong_list_is_told_and_nothing_is_written(
    name: str, estate: Path, assert_golden: Callable[[str, Path], None]
) -> None:
    before = tree_of(estate)
    found = prepare(estate, WRONG[name])
    assert not found.passes
    assert tree_of(estate) == before
    assert_golden(render_text(found.findings), GOLDEN / f"{name}.txt")


def test_serial_of_the_camera_before_is_told(
    estate: Path, assert_golden: Callable[[str, Path], None]
) -> None:
    found = prepare(estate, f"Caméra;MAC\n{INSEE}-0003;ac:cc:8e:26:01:03\n", replace=True)
    assert found.passes
    assert_golden(render_text(found.findings), GOLDEN / "serial-stays.txt")
