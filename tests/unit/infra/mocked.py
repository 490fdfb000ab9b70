"""Runs the program as Pulumi's language host does, and prints what it would register.

    python -m tests.unit.infra.mocked CONFIG_JSON

In a process of its own, for Pulumi's runtime keeps what it mocks.
"""

from __future__ import annotations

import json
import runpy
import sys
from typing import TYPE_CHECKING, Any

import pulumi
from pulumi.runtime import config, mocks
from tests.estates import ROOT

if TYPE_CHECKING:
    from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs

OUTPUTS = {"Subvolume": "path", "Client": "fingerprint"}


class Made(mocks.Mocks):
    """Makes everything, and gives outputs that tell whose they are."""

    def new_resource(self, args: MockResourceArgs) -> tuple[str, dict[str, Any]]:
        """Make one resource."""
        output = OUTPUTS.get(args.typ.rpartition(":")[2])
        made = {output: f"/made/{args.name}"} if output else {}
        return f"id of {args.name}", args.inputs | made

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], None]:
        """Refuse: the program asks nothing."""
        raise AssertionError(f"the program calls {args.token}")


class Noting(mocks.MockMonitor):
    """Notes what is registered, with what it waits for."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(Made())
        self.noted: list[dict[str, Any]] = []

    def RegisterResource(self, request: Any) -> Any:  # noqa: ANN401, N802  # as it is called
        """Note one resource."""
        answer = super().RegisterResource(request)  # type: ignore[no-untyped-call]
        if answer.urn in self.resources:
            inputs = self.resources[answer.urn].state
            self.noted.append(
                {
                    "urn": answer.urn,
                    "type": request.type,
                    "name": request.name,
                    "inputs": {
                        key: value for key, value in inputs.items() if key not in OUTPUTS.values()
                    },
                    "after": list(request.dependencies),
                    "parent": request.parent,
                    "provider": request.provider,
                }
            )
        return answer


def _program() -> None:
    runpy.run_path(str(ROOT / "infra"), run_name="__main__")


def main(settings: dict[str, str]) -> list[dict[str, Any]]:
    """Run the program, and give what it registers."""
    monitor = Noting()
    mocks.set_mocks(monitor.mocks, project="maille", stack="essai", monitor=monitor)
    config.set_all_config({f"maille:{name}": value for name, value in settings.items()})
    run = mocks.test(_program)  # type: ignore[no-untyped-call]
    run()
    return monitor.noted


if __name__ == "__main__":
    try:
        print(json.dumps(main(json.loads(sys.argv[1]))))  # noqa: T201  # its one result
    except pulumi.RunError as error:
        sys.exit(f"{error}")
