"""The few words that the program itself says, in the three languages: a key in, a word out."""

LANGUAGES = ("en", "fr", "es")

WORDS = {
    "gap": ("gap", "lacune", "vacío"),
    "total": ("Total", "Total", "Total"),
    "challenge": ("Challenge", "Défi", "Desafío"),
    "coverage": (
        "Activities by challenge and theme",
        "Activités par défi et par thème",
        "Actividades por desafío y tema",
    ),
    "coverage_note": (
        "A number counts activities, not results: it says that there is activity, not that it "
        "worked. Totals count each activity once.",
        "Un nombre compte des activités, pas des résultats\u00a0: il dit qu'il y a de l'activité, "
        "pas qu'elle a réussi. Les totaux comptent chaque activité une seule fois.",
        "Un número cuenta actividades, no resultados: dice que hay actividad, no que haya "
        "funcionado. Los totales cuentan cada actividad una sola vez.",
    ),
    "written_conclusion": (
        "This alignment is written by hand; it must follow from claims. Write the claim instead.",
        "Cet alignement est écrit à la main\u00a0; il doit découler d'affirmations. "
        "Écrivez plutôt l'affirmation.",
        "Esta alineación está escrita a mano; debe derivar de afirmaciones. "
        "Escriba en su lugar la afirmación.",
    ),
    "contradiction": (
        "This record is both {} and {}, which exclude each other. Keep one.",
        "Cette fiche est à la fois {} et {}, qui s'excluent. Gardez-en un.",
        "Esta ficha es a la vez {} y {}, que se excluyen. Conserve uno.",
    ),
    "claims": ("Claims", "Affirmations", "Afirmaciones"),
    "standing": ("standing", "retenues", "vigentes"),
    "any": ("any", "toutes", "todas"),
    "year": ("Year", "Année", "Año"),
    "line": ("Action line", "Ligne d'action", "Línea de acción"),
    "basis": ("Basis", "Base", "Base"),
    "stated": ("stated", "énoncée", "enunciada"),
    "implied": ("implied", "sous-entendue", "implícita"),
    "did_you_mean": (
        " Did you mean {}?",
        " Vouliez-vous dire {}\u00a0?",
        " ¿Quería decir {}?",
    ),
    "has_violations": (
        "The plan has violations ({}), so this answer may be wrong: see metrograph check.",
        "Le plan a des violations ({})\u00a0; cette réponse peut être fausse\u00a0: "
        "voir metrograph check.",
        "El plan tiene infracciones ({}); esta respuesta puede ser errónea: vea metrograph check.",
    ),
    "no_activity": (
        "No activity fits these filters, so every cell is empty.",
        "Aucune activité ne répond à ces filtres\u00a0; toutes les cases sont donc vides.",
        "Ninguna actividad cumple estos filtros; por eso todas las casillas están vacías.",
    ),
    "answer": ("Answer", "Réponse", "Respuesta"),
    "colon": (":", "\u00a0:", ":"),
    "one_line": ("line", "ligne", "línea"),
    "more_rows": (
        "… and {} more rows: --format csv gives all.",
        "… et {} autres lignes\u00a0: --format csv les donne toutes.",
        "… y {} filas más: --format csv las da todas.",
    ),
    "lines": ("lines", "lignes", "líneas"),
    "relation": ("Relation", "Relation", "Relación"),
    "value": ("Value", "Valeur", "Valor"),
    "origin": ("Origin", "Origine", "Origen"),
    "written": ("written", "écrit", "escrito"),
    "inferred": ("inferred", "déduit", "inferido"),
    "nothing": ("Nothing found.", "Rien n'a été trouvé.", "No se encontró nada."),
    "conforms": (
        "The plan conforms: no violation.",
        "Le plan est conforme\u00a0: aucune violation.",
        "El plan es conforme: ninguna infracción.",
    ),
    "conforms_not": (
        "The plan does not conform.",
        "Le plan n'est pas conforme.",
        "El plan no es conforme.",
    ),
    "more": (
        "To list the information, too: --severity info",
        "Pour lister aussi les informations\u00a0: --severity info",
        "Para listar también la información: --severity info",
    ),
    "violation": ("violation", "violation", "infracción"),
    "warning": ("warning", "avertissement", "advertencia"),
    "info": ("information", "information", "información"),
    "findings": ("Findings", "Constats", "Hallazgos"),
    "severity": ("Severity", "Gravité", "Gravedad"),
    "where": ("Where", "Où", "Dónde"),
    "record": ("Record", "Fiche", "Ficha"),
    "finding": ("Finding", "Constat", "Hallazgo"),
    "shape": ("Check", "Contrôle", "Control"),
    "question": ("Question", "Question", "Pregunta"),
    "name": ("Name", "Nom", "Nombre"),
    "parameters": ("Parameters", "Paramètres", "Parámetros"),
    "questions": ("Questions", "Questions", "Preguntas"),
}


def word(key: str, lang: str) -> str:
    """Return a word in a language, or in English.

    >>> word("gap", "fr")
    'lacune'
    """
    return WORDS[key][LANGUAGES.index(lang) if lang in LANGUAGES else 0]
