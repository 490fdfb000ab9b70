"""The first sheet of a workbook: how to fill it, on one page."""

from __future__ import annotations

from typing import NamedTuple

from maille.batch.language import Language


class Paragraph(NamedTuple):
    """One paragraph; `{estate}` in its text is the estate's title."""

    title: str
    text: str


HELP: dict[Language, tuple[Paragraph, ...]] = {
    Language.FR: (
        Paragraph(
            "Un lot de communes",
            "Ce classeur décrit des communes, leurs armoires, leurs caméras et leurs points "
            "d'attache. Il devient des fichiers de l'inventaire « {estate} ».",
        ),
        Paragraph(
            "Remplir",
            "Une ligne par commune, par armoire, par caméra. Les titres suivis d'un astérisque "
            "sont obligatoires pour tout ce qui est nouveau ; les autres cellules peuvent rester "
            "vides. Les commentaires des titres expliquent chaque colonne.",
        ),
        Paragraph(
            "Identifiants",
            "Une caméra, une armoire, un point d'attache ont un identifiant qui ne change jamais "
            "(minuscules, chiffres, tirets) : enregistrements et journaux s'y réfèrent.",
        ),
        Paragraph(
            "Listes",
            "Modèles, anneaux, vagues, alimentations et conventions se choisissent dans des "
            "listes ; la feuille « Listes » donne leurs titres.",
        ),
        Paragraph(
            "Existant",
            "Ce qui est déjà dans l'inventaire n'a pas à être répété : pour ajouter une caméra à "
            "une armoire connue, une ligne de la feuille « Caméras » suffit. Une cellule vide "
            "laisse l'inventaire comme il est.",
        ),
        Paragraph(
            "Exemple", "La ligne grise de chaque feuille est un exemple ; elle n'est pas importée."
        ),
        Paragraph("Vérifier", "maille commune import lot.xlsx --dry-run"),
        Paragraph("Importer", "maille commune import lot.xlsx"),
    ),
    Language.EN: (
        Paragraph(
            "A batch of communes",
            "This workbook describes communes, their cabinets, cameras and attachment points. It "
            "becomes files of the inventory “{estate}”.",
        ),
        Paragraph(
            "Filling it in",
            "One row a commune, a cabinet, a camera. Headings with an asterisk are required for "
            "whatever is new; other cells may stay empty. The comments of the headings explain "
            "each column.",
        ),
        Paragraph(
            "Ids",
            "A camera, a cabinet, an attachment point has an id that never changes (lower-case "
            "letters, digits, hyphens): recordings and journals refer to it.",
        ),
        Paragraph(
            "Lists",
            "Models, rings, waves, supplies and conventions are chosen from lists; the sheet "
            "“Lists” gives their titles.",
        ),
        Paragraph(
            "What is there",
            "What the inventory has need not be repeated: to add a camera to a known cabinet, one "
            "row of the sheet “Cameras” is enough. An empty cell leaves the inventory as it is.",
        ),
        Paragraph("Example", "The grey row of each sheet is an example; it is not imported."),
        Paragraph("Check", "maille commune import batch.xlsx --dry-run"),
        Paragraph("Import", "maille commune import batch.xlsx"),
    ),
}
