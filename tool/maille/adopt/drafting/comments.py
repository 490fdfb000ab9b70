"""The comment at the head of each file of the draft, in the language of the estate."""

from __future__ import annotations

from typing import Final

_COMMENTS: Final[dict[str, dict[str, str]]] = {
    "estate": {
        "en": """
Drafted from running configurations. Pools lie around the numbers that run; profiles,
retention and storage are those of a new estate: make them yours. Secrets are never written
here, only where they are kept: env:, file: or command:.
""",
        "fr": """
Ébauche tirée des configurations en service. Les plages entourent les numéros utilisés ;
profils, conservation et stockage sont ceux d'un parc neuf : à adapter. Aucun secret ici,
seulement l'endroit où il est gardé : env:, file: ou command:.
""",
    },
    "centre": {
        "en": """
Drafted from running configurations: segments by VLAN, hosts by the descriptions of ports.
Rooms, teams and hours are for you to write; addresses that no device knows are not pinned.
""",
        "fr": """
Ébauche tirée des configurations en service : segments d'après les VLAN, serveurs d'après les
descriptions des ports. Salles, équipes et horaires restent à écrire ; une adresse qu'aucun
équipement ne connaît n'est pas fixée.
""",
    },
    "sites": {
        "en": """
Drafted from running configurations. One supply for each switch is a placeholder: give those
the same one that hang on the same transformer. Positions marked synthetic are placeholders.
""",
        "fr": """
Ébauche tirée des configurations en service. Une alimentation par commutateur est provisoire :
donner la même à ceux d'un même transformateur. Les positions `synthetic` sont provisoires.
""",
    },
    "cables": {
        "en": """
Drafted from running configurations. Every length is a placeholder of one kilometre, to be
measured; cables without a label in a description are named after their ring.
""",
        "fr": """
Ébauche tirée des configurations en service. Chaque longueur est provisoire, un kilomètre, et
reste à mesurer ; un câble sans repère dans une description porte le nom de son anneau.
""",
    },
    "rings": {
        "en": """
Drafted from running configurations. The order of the members is that of the cables; the
kilometres between them are placeholders, and so are the transceivers.
""",
        "fr": """
Ébauche tirée des configurations en service. L'ordre des membres est celui des câbles ; les
kilomètres entre eux sont provisoires, les émetteurs optiques aussi.
""",
    },
    "links": {
        "en": """
Drafted from running configurations. The first end of a link has the even addresses; lengths
and transceivers are placeholders.
""",
        "fr": """
Ébauche tirée des configurations en service. La première extrémité d'un lien a les adresses
paires ; longueurs et émetteurs optiques sont provisoires.
""",
    },
    "commune": {
        "en": """
Drafted from running configurations: numbers are pinned, so that they stay. Models, views and
places of cameras, the authorisation and the convention are for you to write.
""",
        "fr": """
Ébauche tirée des configurations en service : les numéros sont fixés (`pins`) pour rester.
Modèles, vues et lieux des caméras, autorisation et convention restent à écrire.
""",
    },
    "conventions": {
        "en": """
A placeholder, so that the communes are members: write the convention of each one, with what
it grants to whom. What no grant opens stays closed.
""",
        "fr": """
Provisoire, pour que les communes soient membres : écrire la convention de chacune, et ce
qu'elle accorde à qui. Ce qu'aucun droit n'ouvre reste fermé.
""",
    },
    "nomads": {
        "en": """
Drafted from running configurations: the nomad cameras that hang somewhere now. Models, titles
and further assignments are for you to write.
""",
        "fr": """
Ébauche tirée des configurations en service : les caméras nomades en place aujourd'hui. Modèles,
intitulés et autres affectations restent à écrire.
""",
    },
    "waivers": {
        "en": "Rules accepted as broken, each for one subject, with a reason and an end.",
        "fr": "Les écarts acceptés, chacun pour un sujet, avec un motif et une échéance.",
    },
}


def comment_of(kind: str, language: str) -> str:
    """Give the comment of a kind of file."""
    return _COMMENTS[kind][language].strip()
