"""Somebody else's program that imports things by their ids, run by the real engine.

It runs as a process of its own: the Automation API leaves an event loop behind. Standard input is
a JSON document: `folder` to work in, `conf` of the cluster, `things` as lists of type, name, id and
inputs, and `operation`: `preview`, `up` or `refresh`. It prints what the engine said, and the
resources of the state.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pulumi
from pulumi import automation

from maille.infra.components.resources import CephProvider
from maille.recording.engine.find import find
from maille.recording.stack.command import Engine
from maille.recording.stack.place import PROVIDER

PROJECT = "by-hand"


def main(wanted: dict[str, Any]) -> dict[str, Any]:
    """Run the operation, and give what was said and the resources of the state."""
    folder = Path(wanted["folder"])
    plugins = {"providers": [{"name": "ceph", "path": str(PROVIDER.resolve())}]}
    project = {"name": PROJECT, "runtime": "python", "plugins": plugins}
    (folder / "Pulumi.yaml").write_text(json.dumps(project), encoding="utf-8")
    (folder / "state").mkdir(exist_ok=True)

    def program() -> None:
        ceph = CephProvider("ceph", {"conf": wanted["conf"], "owner": "malataverne"})
        for kind, name, ident, inputs in wanted["things"]:
            options = pulumi.ResourceOptions(provider=ceph, import_=ident)
            pulumi.CustomResource(kind, name, inputs, options)

    stack = automation.create_or_select_stack(
        "try",
        project_name=PROJECT,
        program=program,
        opts=automation.LocalWorkspaceOptions(
            work_dir=str(folder),
            pulumi_command=Engine(find().root, lambda: None),
            env_vars={
                "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
                "PULUMI_CONFIG_PASSPHRASE": "",
                "PULUMI_HOME": str(folder / "home"),
                "PULUMI_SKIP_UPDATE_CHECK": "true",
                "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
                "MAILLE_PYTHON": sys.executable,
            },
        ),
    )
    said = getattr(stack, wanted["operation"])().stdout
    deployment = stack.export_stack().deployment or {}
    return {"said": said, "resources": deployment.get("resources", [])}


if __name__ == "__main__":
    try:
        print(json.dumps(main(json.load(sys.stdin))))  # noqa: T201  # its one result
    except automation.CommandError as error:
        sys.exit(str(error))
