"""Fields that name something defined elsewhere: the type says what.

A field of such a type must hold an id that exists; the rule on references, the completion in
editors and on the command line all read it from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

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


CameraModelRef = Annotated[Id, Ref("camera model")]
SwitchModelRef = Annotated[Id, Ref("switch model")]
OpticRef = Annotated[Id, Ref("optic")]
ServerRef = Annotated[Id, Ref("server model")]
CableRef = Annotated[Id, Ref("cable")]
DuctRef = Annotated[Id, Ref("duct")]
RingRef = Annotated[Id, Ref("ring")]
PairRef = Annotated[Id, Ref("pair")]
SwitchRef = Annotated[str, Ref("switch")]
"""A switch of a site by its own id, of a cabinet by `<insee>-<cabinet>`."""
SiteRef = Annotated[Id, Ref("site")]
SupplyRef = Annotated[Id, Ref("supply")]
SegmentRef = Annotated[Id, Ref("segment of the centre")]
HostRef = Annotated[Id, Ref("host")]
RecorderRef = Annotated[Id, Ref("recorder")]
ProfileRef = Annotated[Id, Ref("profile")]
WaveRef = Annotated[Id, Ref("wave")]
ConventionRef = Annotated[Id, Ref("convention")]
OwnerRef = Annotated[Id, Ref("owner")]
ContactRef = Annotated[Id, Ref("contact")]
ContractRef = Annotated[Id, Ref("contract")]
AgencyRef = Annotated[Id, Ref("agency")]
CameraRef = Annotated[str, Ref("camera")]
CommuneRef = Annotated[Insee, Ref("commune")]
ViewingSiteRef = Annotated[Id, Ref("viewing site")]
"""A room of the centre, or a site of an agency."""
