"""Fields that name something defined elsewhere: the type says what.

A field of such a type must hold an id that exists; the rule on references, the completion in
editors and on the command line all read it from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import Field

from maille.inventory.schema.base import Id, Insee

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

REFERS_TO = "x-refers-to"
"""Under this key the JSON Schema of such a field says what it points to."""


class Ref(NamedTuple):
    """Mark of a reference: what it points to, as messages call it."""

    kind: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Pass the mark on to the JSON Schema."""
        return {**handler(schema), REFERS_TO: self.kind}


CameraModelRef = Annotated[Id, Ref("camera model"), Field(examples=["p3265-lve"])]
SwitchModelRef = Annotated[Id, Ref("switch model"), Field(examples=["ie-3300-8p2s"])]
OpticRef = Annotated[Id, Ref("optic"), Field(examples=["1000base-lx"])]
ServerRef = Annotated[Id, Ref("server model"), Field(examples=["ceph-hdd-24"])]
CableRef = Annotated[Id, Ref("cable"), Field(examples=["chartres-sud-01"])]
DuctRef = Annotated[Id, Ref("duct"), Field(examples=["avenue-nord"])]
RingRef = Annotated[Id, Ref("ring"), Field(examples=["chartres-sud"])]
PairRef = Annotated[Id, Ref("pair"), Field(examples=["est-sud"])]
SwitchRef = Annotated[str, Ref("switch"), Field(examples=["28085-gare"])]
"""A switch of a site by its own id, of a cabinet by `<insee>-<cabinet>`."""
SiteRef = Annotated[Id, Ref("site"), Field(examples=["csi"])]
SupplyRef = Annotated[Id, Ref("supply"), Field(examples=["enedis-chartres-nord"])]
SegmentRef = Annotated[Id, Ref("segment of the centre"), Field(examples=["enregistreurs"])]
HostRef = Annotated[Id, Ref("host"), Field(examples=["enregistreur-1"])]
RecorderRef = Annotated[Id, Ref("recorder"), Field(examples=["enregistreur-1"])]
ProfileRef = Annotated[Id, Ref("profile"), Field(examples=["dome"])]
WaveRef = Annotated[Id, Ref("wave"), Field(examples=["2026-urbain"])]
ConventionRef = Annotated[Id, Ref("convention"), Field(examples=["adhesion-28085"])]
OwnerRef = Annotated[Id, Ref("owner"), Field(examples=["sncf"])]
ContactRef = Annotated[Id, Ref("contact"), Field(examples=["astreinte"])]
ContractRef = Annotated[Id, Ref("contract"), Field(examples=["maintenance"])]
AgencyRef = Annotated[Id, Ref("agency"), Field(examples=["gendarmerie"])]
SectorRef = Annotated[Id, Ref("sector"), Field(examples=["gare"])]
"""A sensitive sector of any commune."""
CameraRef = Annotated[str, Ref("camera"), Field(examples=["28085-0001"])]
CommuneRef = Annotated[Insee, Ref("commune"), Field(examples=["28085"])]
ViewingSiteRef = Annotated[Id, Ref("viewing site"), Field(examples=["visionnage"])]
"""A room of the centre, or a site of an agency."""
