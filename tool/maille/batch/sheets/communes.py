"""The sheet of communes."""

from __future__ import annotations

from maille.batch.columns import Column, Kind, Sheet
from maille.batch.language import Words
from maille.batch.sheets.common import INSEE, NOTHING, REMARK, position
from maille.inventory.schema.commune import Commune

COMMUNES = Sheet(
    Words("Communes", "Communes"),
    Words("commune", "commune"),
    Commune,
    (
        REMARK,
        INSEE,
        Column(
            ("commune",),
            Kind.TEXT,
            Words("Commune", "Commune"),
            Words("Nom officiel.", "Official name."),
            Words("Exemple-sur-Eure", "Exemple-sur-Eure"),
            required=True,
            width=26,
        ),
        Column(
            ("population",),
            Kind.WHOLE,
            Words("Population", "Population"),
            Words("Habitants, entier.", "Inhabitants, a whole number."),
            Words("1250", "1250"),
            width=12,
        ),
        *position(Words("Centre de la commune", "Centre of the commune"), required=False),
        Column(
            ("zone",),
            Kind.ID,
            Words("Zone", "Zone"),
            Words(
                "Zone de déploiement : elle donne la vague.",
                "Zone of the roll-out: it gives the wave.",
            ),
            NOTHING,
            among="zone",
        ),
        Column(
            ("wave",),
            Kind.NAME,
            Words("Vague", "Wave"),
            Words("Si ce n'est pas celle de la zone.", "If it is not the one of the zone."),
            NOTHING,
            among="wave",
        ),
        Column(
            ("member", "since"),
            Kind.DAY,
            Words("Membre depuis", "Member since"),
            Words(
                "Rien n'est installé pour une commune qui n'est pas membre.",
                "Nothing is provisioned for a commune that is not a member.",
            ),
            Words("2026-01-01", "2026-01-01"),
        ),
        Column(
            ("member", "convention"),
            Kind.NAME,
            Words("Convention", "Convention"),
            Words(
                "Convention avec la commune (CSI L132-14), définie dans conventions/.",
                "The convention with the commune (CSI L132-14), defined in conventions/.",
            ),
            NOTHING,
            among="convention",
            width=22,
        ),
        Column(
            ("authorisation", "number"),
            Kind.TEXT,
            Words("N° d'autorisation", "Authorisation no."),
            Words("Numéro de l'arrêté préfectoral.", "Number of the prefect's order."),
            Words("28-2026-0001", "28-2026-0001"),
            width=18,
        ),
        Column(
            ("authorisation", "granted"),
            Kind.DAY,
            Words("Accordée le", "Granted on"),
            Words("Date de l'arrêté.", "Date of the order."),
            Words("2026-01-15", "2026-01-15"),
        ),
        Column(
            ("authorisation", "expires"),
            Kind.DAY,
            Words("Expire le", "Expires on"),
            Words("Cinq ans au plus (CSI L252-4).", "Five years at most (CSI L252-4)."),
            Words("2031-01-14", "2031-01-14"),
        ),
        Column(
            ("authorisation", "retention_max_days"),
            Kind.WHOLE,
            Words("Conservation max. (jours)", "Retention max. (days)"),
            Words("Durée autorisée, 30 au plus (CSI L252-5).", "As authorised, at most 30."),
            Words("30", "30"),
        ),
        Column(
            ("owner",),
            Kind.NAME,
            Words("Propriétaire", "Owner"),
            Words("Si ce n'est pas l'intercommunalité.", "If it is not the intercommunal body."),
            NOTHING,
            among="owner",
        ),
        Column(
            ("contract",),
            Kind.NAME,
            Words("Contrat de maintenance", "Maintenance contract"),
            Words("Contrat de parties.yaml.", "A contract of parties.yaml."),
            NOTHING,
            among="contract",
            width=18,
        ),
    ),
)
