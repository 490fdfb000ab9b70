"""The shell around the commands, run as a user runs it: in a process of its own."""

from __future__ import annotations

import errno
import json
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from maille.cli.edge import guarded

if TYPE_CHECKING:
    from collections.abc import Mapping

PROBE = [sys.executable, str(Path(__file__).parent / "probe")]
MAILLE = [str(Path(sys.executable).with_name("maille"))]
COMMUNE = """\
commune: Chartres
insee: "28085"
cabinets:
  epars:
    place: Place des Épars
    cameras:
      28085-0001: {model: p1465-le}
      28085-0002:
        model: p1465-le
  ecole:
    cameras: {}
"""


class Run(Protocol):
    """Runs the probe; without a terminal, a colour or an estate named by the environment."""

    def __call__(
        self, *arguments: str, env: Mapping[str, str] = ..., program: list[str] = ...
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a folder with two estates, one in an `inventory`."""
    for name in ("chartres", "chalon"):
        estate = tmp_path / "inventory" / name
        (estate / "communes").mkdir(parents=True)
        (estate / "estate.yaml").write_text(f"estate: {name}\n", encoding="utf-8")
    communes = tmp_path / "inventory" / "chartres" / "communes"
    (communes / "28085-chartres.yaml").write_text(COMMUNE, encoding="utf-8")
    return tmp_path


def environment(home: Path, more: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of a plain user in this home."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return kept | {"HOME": str(home), "TERM": "xterm"} | dict(more)


@pytest.fixture
def run(home: Path) -> Run:
    """Give the way to run the probe in the home."""

    def _run(
        *arguments: str, env: Mapping[str, str] | None = None, program: list[str] = PROBE
    ) -> subprocess.CompletedProcess[str]:
        command = program + list(arguments)
        return subprocess.run(
            command,
            cwd=home,
            env=environment(home, env or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=30,
            check=False,
        )

    return _run


def on_terminal(home: Path, *arguments: str, env: Mapping[str, str] | None = None) -> str:
    """Give all that the probe writes on a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROBE, *arguments],
        cwd=home,
        env=environment(home, env or {}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        read = b""
        try:
            while chunk := os.read(ours, 65536):
                read += chunk
        except OSError:  # how Linux tells the end of a pseudo-terminal
            pass
        os.close(ours)
    return read.decode()


def test_version_names_the_program(run: Run) -> None:
    assert run("--version", program=MAILLE).stdout.startswith("maille 0.")


def test_no_argument_shows_the_help(run: Run) -> None:
    result = run(program=MAILLE)
    assert result.returncode == 2
    assert "Usage: maille" in result.stderr


def test_help_lists_commands_without_importing_them(run: Run) -> None:
    result = run("--help")
    assert result.returncode == 0
    assert "broken  Cannot even be imported" in result.stdout
    assert "  Example:\n      maille init inventory/dreux\n      maille check" in result.stdout


def test_help_of_a_command_keeps_the_lines_of_its_example(run: Run) -> None:
    text = run("sheet", "--help").stdout
    assert "  Example:\n      maille sheet inventory/chartres\n      maille sheet --json\n" in text
    assert "Usage: maille sheet [OPTIONS] [ESTATE]\n" in text
    text = run("show", "--help").stdout
    assert "Usage: maille show [OPTIONS] [ESTATE] {ID}...\n" in text


def test_group_of_one_command_stays_a_group(run: Run) -> None:
    assert run("camera", "where", "28085-0001").stdout == "28085-0001: there\n"


def test_unknown_command_names_the_likely_one(run: Run) -> None:
    result = run("shet")
    assert result.returncode == 2
    assert "'sheet'" in result.stderr


def test_json_is_one_document_and_messages_stand_apart(run: Run) -> None:
    result = run("sheet", "inventory/chartres", "--as-of", "2025-03-31", "--json")
    assert json.loads(result.stdout) == {
        "estate": "inventory/chartres",
        "as_of": "2025-03-31",
        "prefix": "10.28.0.0/24",
    }
    assert result.stderr == "reading\n"


def test_quiet_silences_messages_but_not_the_result(run: Run) -> None:
    result = run("sheet", "inventory/chartres", "--quiet")
    assert result.stderr == ""
    assert "inventory/chartres" in result.stdout


def test_table_in_a_pipe_is_neither_coloured_nor_folded_nor_read_as_markup(run: Run) -> None:
    result = run("sheet", "inventory/chartres")
    assert "\x1b" not in result.stdout
    assert "é" * 60 in result.stdout
    assert "estate [bold]" in result.stdout


def test_as_of_is_today_unless_given(run: Run) -> None:
    before = datetime.now(tz=UTC).astimezone().date()
    told = json.loads(run("sheet", "inventory/chartres", "--json").stdout)["as_of"]
    after = datetime.now(tz=UTC).astimezone().date()
    assert told in {before.isoformat(), after.isoformat()}


@pytest.mark.parametrize("text", ["2025-02-30", "20250331", "2025-W10-1", "tomorrow", ""])
def test_wrong_day_is_wrong_usage(run: Run, text: str) -> None:
    result = run("sheet", "inventory/chartres", "--as-of", text)
    assert result.returncode == 2
    assert "write year-month-day" in result.stderr


def test_estate_is_found_from_a_folder_inside_it(home: Path) -> None:
    inside = home / "inventory" / "chartres" / "communes"
    result = subprocess.run(
        [*PROBE, "sheet", "--json"],
        cwd=inside,
        env=environment(home, {}),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert json.loads(result.stdout)["estate"] == ".."


def test_environment_names_the_estate_and_the_argument_goes_before(run: Run) -> None:
    env = {"MAILLE_ESTATE": "inventory/chalon"}
    assert json.loads(run("sheet", "--json", env=env).stdout)["estate"] == "inventory/chalon"
    argument = run("sheet", "inventory/chartres", "--json", env=env)
    assert json.loads(argument.stdout)["estate"] == "inventory/chartres"


def test_file_that_marks_an_estate_names_it(run: Run) -> None:
    result = run("sheet", "inventory/chartres/estate.yaml", "--json")
    assert json.loads(result.stdout)["estate"] == "inventory/chartres"


@pytest.mark.parametrize(
    ("arguments", "what", "how"),
    [
        (["inventory/chartre"], "no such folder", "did you mean inventory/chartres?"),
        (["chartres"], "no such folder", "did you mean inventory/chartres?"),
        (["inventory/chartres/communes"], "holds no estate.yaml", "is inventory/chartres"),
        (["inventory"], "holds no estate.yaml", "inventory/chalon, inventory/chartres"),
        ([], "no estate is named", "inventory/chalon, inventory/chartres"),
    ],
)
def test_missing_estate_is_wrong_usage_with_a_way_out(
    run: Run, arguments: list[str], what: str, how: str
) -> None:
    result = run("sheet", *arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert what in result.stderr
    assert how in result.stderr


def test_ids_may_leave_the_estate_out(run: Run) -> None:
    env = {"MAILLE_ESTATE": "inventory/chalon"}
    assert run("show", "a", "b", env=env).stdout == "inventory/chalon a b\n"
    assert run("show", "inventory/chartres", "a", env=env).stdout == "inventory/chartres a\n"
    assert run("show", "ring/1", "b", env=env).stdout == "inventory/chalon ring/1 b\n"
    assert "there is no estate at ring/1" in run("show", "ring/1").stderr
    wrong = run("show", "inventory/chartre", "a", env=env)
    assert wrong.returncode == 2
    assert "did you mean inventory/chartres?" in wrong.stderr


@pytest.mark.parametrize(
    ("way", "code"),
    [("reach", 4), ("inventory", 2), ("render", 1), ("findings", 1), ("interrupt", 130)],
)
def test_every_end_has_its_exit_code_and_no_traceback(run: Run, way: str, code: int) -> None:
    result = run("fail", way)
    assert result.returncode == code
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_error_tells_place_fault_and_remedy(run: Run) -> None:
    assert run("fail", "reach").stderr == (
        "error: estate.yaml:3:5: ceph-1 did not answer\n    is it up?\n"
    )


def test_inventory_error_tells_every_finding_with_a_caret(run: Run) -> None:
    told = run("fail", "inventory").stderr
    assert "communes/28085-chartres.yaml:3:22" in told
    assert "          28085-0001: {model: p1455-le, place: �[31mgate}\n" in told
    assert "did you mean `p1465-le`?" in told
    assert "network/rings.yaml" in told


def test_error_cannot_steer_the_terminal(run: Run) -> None:
    told = run("fail", "render").stderr
    assert told == "error: a template asks for \ufffd[2Jwhat is not there\n"


def test_what_the_system_refuses_is_told_plainly(run: Run) -> None:
    result = run("fail", "file")
    assert result.returncode == 1
    what, how = result.stderr.splitlines()
    assert what == "error: out/sheet.txt: Permission denied"
    assert how == "    see who may write there, or name another place"


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOENT, "spelled right"),
        (errno.ENOSPC, "make room"),
        (errno.EISDIR, "name a file in this folder"),
        (errno.EEXIST, "name another place"),
    ],
)
def test_what_the_system_refuses_most_has_a_remedy(
    capsys: pytest.CaptureFixture[str], number: int, remedy: str
) -> None:
    def refused() -> None:
        raise OSError(number, "refused", "out/.temporary", None, "out/sheet.txt")

    assert guarded(refused) == 1
    told = capsys.readouterr().err
    assert told.startswith("error: out/sheet.txt: refused\n")
    assert remedy in told


@pytest.mark.parametrize(
    ("command", "option"),
    [(["check"], "-o"), (["storage", "size"], "--plot")],
)
def test_a_file_that_cannot_be_written_is_told_before_any_work(
    run: Run, home: Path, command: list[str], option: str
) -> None:
    estate = "inventory/chartres"  # broken: whoever reads it first tells of that
    for wrong, what in ((home, "is a folder"), (home / "nowhere" / "x", "there is no folder")):
        result = run(*command, estate, option, str(wrong), program=MAILLE)
        assert result.returncode == 2
        assert what in result.stderr


def test_where_there_is_no_estate_at_all_one_is_told_how_to_make_one(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [*MAILLE, "check"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "maille init inventory/mine" in done.stderr


def test_fault_of_the_program_is_kept_in_a_file(run: Run, home: Path) -> None:
    result = run("fail", "fault", env={"XDG_STATE_HOME": str(home / "state"), "TOKEN": "s3cret"})
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    [report] = (home / "state" / "maille").iterdir()
    assert str(report) in result.stderr
    text = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError: a fault in the program" in text
    assert "'fail', 'fault'" in text
    assert "s3cret" not in text


def test_fault_is_told_where_no_file_can_be_written(run: Run) -> None:
    result = run("fail", "fault", env={"XDG_STATE_HOME": "/dev/null/nowhere"})
    assert result.returncode == 1
    assert "MAILLE_DEBUG=1" in result.stderr
    assert "Traceback" not in result.stderr


def test_debugging_shows_the_traceback(run: Run, home: Path) -> None:
    result = run("fail", "fault", env={"MAILLE_DEBUG": "1"})
    assert "Traceback" in result.stderr
    assert not list(home.glob(".local/state/maille/*"))


def test_closed_pipe_ends_quietly(home: Path) -> None:
    with subprocess.Popen(
        [*PROBE, "fail", "flood"],
        cwd=home,
        env=environment(home, {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_character_that_a_stream_cannot_show_is_replaced(run: Run) -> None:
    result = run("sheet", "inventory/chartres", env={"PYTHONIOENCODING": "ascii"})
    assert result.returncode == 0
    assert "?" * 60 in result.stdout


def test_terminal_has_colours_unless_refused(home: Path) -> None:
    assert "\x1b[31m" in on_terminal(home, "fail", "reach")
    assert "\x1b" not in on_terminal(home, "fail", "reach", env={"NO_COLOR": "1"})
    assert "\x1b" not in on_terminal(home, "fail", "reach", env={"TERM": "dumb"})


def test_table_has_styles_on_a_terminal_unless_refused(home: Path) -> None:
    assert "\x1b[1m" in on_terminal(home, "sheet", "inventory/chartres")
    assert "\x1b" not in on_terminal(home, "sheet", "inventory/chartres", env={"NO_COLOR": "1"})


def test_progress_appears_only_after_a_second(home: Path) -> None:
    arguments = ("sheet", "inventory/chartres", "--work-s")
    assert "working" in on_terminal(home, *arguments, "1.6")
    assert "working" not in on_terminal(home, *arguments, "0.2")
    assert "working" not in on_terminal(home, *arguments, "1.6", "--quiet")


def completed(run: Run, line: str, env: Mapping[str, str] | None = None) -> list[str]:
    """Give what bash would offer at the end of a line."""
    asked = {
        "_MAILLE_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split(" ")) - 1),
    }
    return run(env=asked | dict(env or {})).stdout.split()


def test_completion_knows_commands_estates_and_ids(run: Run) -> None:
    here = {"MAILLE_ESTATE": "inventory/chartres"}
    assert completed(run, "maille sh") == ["sheet", "show"]
    assert completed(run, "maille sheet inv") == ["inventory/chalon", "inventory/chartres"]
    assert completed(run, "maille show inventory/chartres 28085-0") == ["28085-0001", "28085-0002"]
    assert completed(run, "maille show 28085-e", here) == ["28085-ecole", "28085-epars"]
    assert completed(run, "maille camera where ", here) == ["28085-0001", "28085-0002"]


def test_completion_without_an_estate_offers_estates_only(run: Run) -> None:
    assert completed(run, "maille show ") == ["inventory/chalon", "inventory/chartres"]
