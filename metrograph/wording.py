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
    "figures": ("Figures", "Chiffres", "Cifras"),
    "no_finding": (
        "The checks found nothing to mend.",
        "Les contrôles n'ont rien trouvé à corriger.",
        "Los controles no encontraron nada que corregir.",
    ),
    "row_found": ("{} row.", "{} ligne.", "{} fila."),
    "rows_found": ("{} rows.", "{} lignes.", "{} filas."),
    "yes": ("yes", "oui", "sí"),
    "no": ("no", "non", "no"),
    "output": ("Output type", "Type de produit", "Tipo de producto"),
    "region": ("Region", "Région", "Región"),
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
    "agreement": (
        "How far the coders agree",
        "Accord entre les codeurs",
        "Acuerdo entre los codificadores",
    ),
    "agreement_by_category": (
        "Agreement by category",
        "Accord par catégorie",
        "Acuerdo por categoría",
    ),
    "agreement_note": (
        "Alpha is Krippendorff's: 1 is full agreement, 0 is chance. From 0.80 it is "
        "reliable, from 0.667 tentative, below that contested. The interval holds 95 % of"
        " {rounds} samples of the activities (seed {seed}).",
        "Alpha est celui de Krippendorff\u00a0: 1 est l'accord complet, 0 le hasard. À "
        "partir de 0,80 il est fiable, de 0,667 provisoire, en dessous contesté. "
        "L'intervalle contient 95 % de {rounds} échantillons des activités (graine "
        "{seed}).",
        "Alfa es el de Krippendorff: 1 es acuerdo completo, 0 es azar. Desde 0,80 es "
        "fiable, desde 0,667 provisional, por debajo está en disputa. El intervalo "
        "contiene el 95 % de {rounds} muestras de las actividades (semilla {seed}).",
    ),
    "observed_note": (
        "Equal decisions count both yes and no: where a category is rare, coders agree "
        "often by saying no. A bare challenge stands among the work areas and, with its "
        "areas, as a challenge.",
        "Les décisions égales comptent les oui et les non\u00a0: pour une catégorie rare,"
        " les codeurs s'accordent souvent en disant non. Un défi nommé seul figure parmi "
        "les domaines et, avec ses domaines, comme défi.",
        "Las decisiones iguales cuentan el sí y el no: si una categoría es rara, los "
        "codificadores coinciden a menudo al decir que no. Un desafío nombrado solo "
        "figura entre las áreas y, con sus áreas, como desafío.",
    ),
    "units": ("Activities", "Activités", "Actividades"),
    "categories": ("Categories", "Catégories", "Categorías"),
    "category": ("Category", "Catégorie", "Categoría"),
    "observed": ("Equal decisions, %", "Décisions égales, %", "Decisiones iguales, %"),
    "alpha": ("Alpha", "Alpha", "Alfa"),
    "low": ("From", "De", "Desde"),
    "high": ("To", "À", "Hasta"),
    "judgement": ("Judgement", "Appréciation", "Valoración"),
    "reliable": ("reliable", "fiable", "fiable"),
    "tentative": ("tentative", "provisoire", "provisional"),
    "contested": ("contested", "contesté", "en disputa"),
    "not_used": ("not used", "non utilisée", "no utilizada"),
    "remark": ("Remark", "Remarque", "Observación"),
    "kind": ("Kind", "Type", "Tipo"),
    "kind_theme": ("theme", "thème", "tema"),
    "kind_area": ("work area", "domaine de travail", "área de trabajo"),
    "kind_challenge": ("challenge", "défi", "desafío"),
    "kind_result": ("result", "résultat", "resultado"),
    "kind_intersection": ("intersection", "intersection", "intersección"),
    "kind_activity": ("activity", "activité", "actividad"),
    "kind_indicator": ("indicator", "indicateur", "indicador"),
    "kind_accountability": ("accountability", "reddition de comptes", "rendición de cuentas"),
    "kind_member": ("member", "membre", "miembro"),
    "activity": ("Activity", "Activité", "Actividad"),
    "decision": ("Decision", "Décision", "Decisión"),
    "contested_pairs": ("Contested claims", "Affirmations contestées", "Afirmaciones en disputa"),
    "all_contested": (
        "What the coders differ on",
        "Ce sur quoi les codeurs divergent",
        "En qué difieren los codificadores",
    ),
    "nothing_contested": (
        "No claim is contested.",
        "Aucune affirmation n'est contestée.",
        "Ninguna afirmación está en disputa.",
    ),
    "not_coded": ("did not read it", "ne l'a pas lue", "no la leyó"),
    "not_claimed": ("does not claim it", "ne l'affirme pas", "no lo afirma"),
    "instead": ("; but: {}", "\u00a0; mais\u00a0: {}", "; pero: {}"),
    "gaps": ("Gaps", "Lacunes", "Vacíos"),
    "gap_type": ("Type of gap", "Type de lacune", "Tipo de vacío"),
    "closing": ("What would close it", "Ce qui la comblerait", "Qué lo cerraría"),
    "about": ("About", "Concerne", "Sobre"),
    "details": ("Details", "Détails", "Detalles"),
    "gaps_note": (
        "{} gaps in all. A gap says that something is missing from the record, not that "
        "the work was poor.",
        "{} lacunes en tout. Une lacune dit qu'il manque quelque chose dans les données, "
        "pas que le travail était mauvais.",
        "{} vacíos en total. Un vacío dice que falta algo en los datos, no que el trabajo"
        " fuera malo.",
    ),
    "gaps_by_note": (
        "What belongs to two counts in both, so columns do not add up.",
        "Ce qui relève de deux compte dans les deux\u00a0; les colonnes ne s'additionnent"
        " donc pas.",
        "Lo que pertenece a dos cuenta en ambos, así que las columnas no suman.",
    ),
    "none_of_them": ("none", "aucun", "ninguno"),
    "no_gap": ("No gap.", "Aucune lacune.", "Ningún vacío."),
    "out_of_scope": ("out of scope", "hors périmètre", "fuera de alcance"),
    "whatif": (
        "Activities by challenge and theme, before → after",
        "Activités par défi et par thème, avant → après",
        "Actividades por desafío y tema, antes → después",
    ),
    "whatif_note": (
        "Without {}. Activities that fall away: {}. Intersections that go dark: {}. "
        "Results that lose their last activity: {}. Totals count each activity once.",
        "Sans {}. Activités qui disparaissent\u00a0: {}. Intersections qui "
        "s'éteignent\u00a0: {}. Résultats qui perdent leur dernière activité\u00a0: {}. "
        "Les totaux comptent chaque activité une seule fois.",
        "Sin {}. Actividades que desaparecen: {}. Intersecciones que se apagan: {}. "
        "Resultados que pierden su última actividad: {}. Los totales cuentan cada "
        "actividad una sola vez.",
    ),
    "losses": ("What goes dark", "Ce qui s'éteint", "Lo que se apaga"),
    "lost": ("Lost", "Perdu", "Perdido"),
    "was_reached_by": ("Was reached by", "Était atteint par", "Lo alcanzaba"),
    "nothing_lost": (
        "No intersection goes dark, and no result loses its last activity.",
        "Aucune intersection ne s'éteint et aucun résultat ne perd sa dernière activité.",
        "Ninguna intersección se apaga y ningún resultado pierde su última actividad.",
    ),
    "fragile": ("What much hangs on", "Ce à quoi beaucoup tient", "De qué depende mucho"),
    "fragile_note": (
        "What hangs on one alone goes dark without it: metrograph whatif --without ID "
        "names it. Without a member or partner means: without the activities that involve"
        " it, in whatever role. Critical: without it, what is reached falls into separate"
        " parts.",
        "Ce qui tient à un seul élément s'éteint sans lui\u00a0: metrograph whatif "
        "--without ID le nomme. Sans un membre ou un partenaire signifie\u00a0: sans les "
        "activités qui l'associent, à quelque titre que ce soit. Critique\u00a0: sans "
        "lui, ce qui est atteint se sépare en plusieurs parties.",
        "Lo que depende de uno solo se apaga sin él: metrograph whatif --without ID lo "
        "nombra. Sin un miembro o socio significa: sin las actividades en que participa, "
        "en cualquier papel. Crítico: sin él, lo alcanzado se separa en varias partes.",
    ),
    "nothing_fragile": (
        "Nothing hangs on one thing alone.",
        "Rien ne tient à un seul élément.",
        "Nada depende de un solo elemento.",
    ),
    "thing": ("What", "Quoi", "Qué"),
    "kind_organization": (
        "member or organisation",
        "membre ou organisation",
        "miembro u organización",
    ),
    "kind_source": ("source", "source", "fuente"),
    "activities": ("Activities", "Activités", "Actividades"),
    "cells_alone": (
        "Intersections on it alone",
        "Intersections tenant à lui seul",
        "Intersecciones solo de él",
    ),
    "results_alone": (
        "Results on it alone",
        "Résultats tenant à lui seul",
        "Resultados solo de él",
    ),
    "critical": ("Critical", "Critique", "Crítico"),
    "span": (
        "Lowest and highest number of activities",
        "Nombre minimal et maximal d'activités",
        "Número mínimo y máximo de actividades",
    ),
    "span_note": (
        "Counted in these ways: {}. A star marks a cell that is covered in one way and "
        "empty in another; {} of {} cells are firm.",
        "Compté de ces façons\u00a0: {}. Une étoile marque une case couverte d'une façon "
        "et vide d'une autre\u00a0; {} cases sur {} sont sûres.",
        "Contado de estas formas: {}. Una estrella marca una casilla cubierta de una "
        "forma y vacía de otra; {} de {} casillas son firmes.",
    ),
    "fractional_note": (
        "An activity at n intersections counts 1/n at each, so that rows and columns add "
        "up to the number of activities. A number says that there is activity, not that "
        "it worked.",
        "Une activité présente à n intersections compte 1/n à chacune\u00a0: lignes et "
        "colonnes s'additionnent donc au nombre d'activités. Un nombre dit qu'il y a de "
        "l'activité, pas qu'elle a réussi.",
        "Una actividad en n intersecciones cuenta 1/n en cada una, de modo que filas y "
        "columnas suman el número de actividades. Un número dice que hay actividad, no "
        "que haya funcionado.",
    ),
    "concentration": (
        "How concentrated the coverage is",
        "Concentration de la couverture",
        "Concentración de la cobertura",
    ),
    "concentration_note": (
        "Shares are of the activities that stand at some intersection; one that belongs "
        "to two lines counts in both. Intersections as full as the last of the fullest "
        "count with them. Evenness is Pielou's (1966) over all intersections in scope: 1 "
        "is the same number everywhere, 0 is all at one.",
        "Les parts se rapportent aux activités présentes à une intersection au "
        "moins\u00a0; celle qui relève de deux lignes compte dans les deux. Les "
        "intersections aussi pleines que la dernière comptent avec elles. L'équitabilité "
        "est celle de Pielou (1966) sur toutes les intersections du périmètre\u00a0: 1 "
        "est le même nombre partout, 0 tout à une seule.",
        "Las partes se refieren a las actividades presentes en alguna intersección; la "
        "que pertenece a dos líneas cuenta en ambas. Las intersecciones tan llenas como "
        "la última cuentan con ellas. La equidad es la de Pielou (1966) sobre todas las "
        "intersecciones del alcance: 1 es el mismo número en todas, 0 es todo en una.",
    ),
    "whole_plan": ("whole plan", "ensemble du plan", "todo el plan"),
    "covered_cells": (
        "Intersections covered",
        "Intersections couvertes",
        "Intersecciones cubiertas",
    ),
    "fullest_one": ("In the fullest, %", "Dans la plus pleine, %", "En la más llena, %"),
    "no_activity_of": (
        "No activity is reported for {}.",
        "Aucune activité n'est rapportée pour {}.",
        "No hay ninguna actividad de {}.",
    ),
    "fullest": ("In the {} fullest, %", "Dans les {} plus pleines, %", "En las {} más llenas, %"),
    "evenness": ("Evenness", "Équitabilité", "Equidad"),
    "progress": ("What moved", "Ce qui a bougé", "Qué se movió"),
    "indicator": ("Indicator", "Indicateur", "Indicador"),
    "direction": ("Wanted", "Souhaité", "Deseado"),
    "baseline": ("Baseline", "Référence", "Línea de base"),
    "target": ("Target", "Cible", "Meta"),
    "actual": ("Actual", "Réel", "Real"),
    "change": ("Change", "Évolution", "Cambio"),
    "change_percent": ("Change, %", "Évolution, %", "Cambio, %"),
    "unit": ("Unit", "Unité", "Unidad"),
    "status": ("Status", "État", "Estado"),
    "rule": ("Rule", "Règle", "Regla"),
    "reached": ("reached", "atteint", "alcanzado"),
    "on_track": ("on track", "en bonne voie", "bien encaminado"),
    "off_track": ("off track", "en retard", "con retraso"),
    "no_target": ("no target", "sans cible", "sin meta"),
    "no_information": ("no information", "sans information", "sin información"),
    "rule_no_target": (
        "No target is recorded.",
        "Aucune cible n'est consignée.",
        "No hay ninguna meta registrada.",
    ),
    "rule_no_actual": (
        "A target is recorded, but no actual figure.",
        "Une cible est consignée, mais aucune valeur réelle.",
        "Hay una meta registrada, pero ningún valor real.",
    ),
    "rule_no_actual_in": (
        "A target is recorded, but no figure for {}.",
        "Une cible est consignée, mais aucun chiffre pour {}.",
        "Hay una meta registrada, pero ninguna cifra de {}.",
    ),
    "rule_other_span": (
        "The figure and its target cover periods of different length.",
        "Le chiffre et sa cible couvrent des périodes de longueur différente.",
        "La cifra y su meta abarcan períodos de distinta duración.",
    ),
    "rule_disagree": (
        "Sources give different figures for the same.",
        "Des sources donnent des chiffres différents pour la même chose.",
        "Las fuentes dan cifras distintas para lo mismo.",
    ),
    "rule_no_direction": (
        "It is not recorded which way is wanted.",
        "Le sens souhaité n'est pas consigné.",
        "No está registrado en qué sentido se desea.",
    ),
    "rule_reached": (
        "The figure of {} is at the target or beyond.",
        "Le chiffre de {} est à la cible ou au-delà.",
        "La cifra de {} está en la meta o la supera.",
    ),
    "rule_vague": (
        "The figure is too vague to say: “more than” or “less than”.",
        "Le chiffre est trop vague pour le dire\u00a0: « plus de » ou « moins de ».",
        "La cifra es demasiado vaga para decirlo: «más de» o «menos de».",
    ),
    "rule_overdue": (
        "The target was for {} and is not reached.",
        "La cible était pour {} et n'est pas atteinte.",
        "La meta era para {} y no se ha alcanzado.",
    ),
    "rule_no_baseline": (
        "Without an earlier baseline, nothing says what was due by {}.",
        "Sans référence antérieure, rien ne dit ce qui était attendu pour {}.",
        "Sin una línea de base anterior, nada dice qué se esperaba para {}.",
    ),
    "rule_line": (
        "On the straight line from baseline to target, {} was due by {}.",
        "Sur la droite qui va de la référence à la cible, {} était attendu pour {}.",
        "En la recta de la línea de base a la meta, se esperaba {} para {}.",
    ),
    "rollup": ("Indicators by status", "Indicateurs par état", "Indicadores por estado"),
    "rollup_note": (
        "An indicator counts for the element that it measures and for all above it, and "
        "its status once for each subject. What measures no element stands in no row.",
        "Un indicateur compte pour l'élément qu'il mesure et pour tous ceux au-dessus, et"
        " son état une fois par sujet. Ce qui ne mesure aucun élément ne figure dans "
        "aucune ligne.",
        "Un indicador cuenta para el elemento que mide y para todos los superiores, y su "
        "estado una vez por objeto. Lo que no mide ningún elemento no figura en ninguna "
        "fila.",
    ),
    "level": ("Level", "Niveau", "Nivel"),
    "element": ("Element", "Élément", "Elemento"),
    "indicators": ("Indicators", "Indicateurs", "Indicadores"),
    "weighted": (
        "Mean share of the way to the target",
        "Part moyenne du chemin vers la cible",
        "Parte media del camino hacia la meta",
    ),
    "weighted_mean": ("weighted mean", "moyenne pondérée", "media ponderada"),
    "weighted_note": (
        "Weights are normalised over the indicators whose share is known; these carry {} "
        "% of the weight given. A target “more than 90” counts as 90.",
        "Les poids sont normalisés sur les indicateurs dont la part est connue\u00a0; "
        "ceux-ci portent {} % du poids donné. Une cible « plus de 90 » compte pour 90.",
        "Los pesos se normalizan sobre los indicadores cuya parte se conoce; estos llevan"
        " el {} % del peso dado. Una meta «más de 90» cuenta como 90.",
    ),
    "weight": ("Weight", "Poids", "Peso"),
    "normalised": ("Normalised, %", "Normalisé, %", "Normalizado, %"),
    "way": ("Of the way, %", "Du chemin, %", "Del camino, %"),
    "stale": ("Not updated", "Non mis à jour", "Sin actualizar"),
    "stale_note": (
        "No measured figure for {}, the last full year before {}.",
        "Aucun chiffre mesuré pour {}, dernière année complète avant le {}.",
        "Ninguna cifra medida para {}, el último año completo antes del {}.",
    ),
    "nothing_stale": ("Everything is up to date.", "Tout est à jour.", "Todo está al día."),
    "last_figure": ("Last figure", "Dernier chiffre", "Última cifra"),
    "years_behind": ("Years behind", "Années de retard", "Años de retraso"),
    "cycle": (
        "Accountability cycle",
        "Cycle de reddition de comptes",
        "Ciclo de rendición de cuentas",
    ),
    "cycle_note": (
        "Evidence is what the sources show; a step without evidence may still have taken place.",
        "La preuve est ce que montrent les sources\u00a0; une étape sans preuve peut "
        "néanmoins avoir eu lieu.",
        "La prueba es lo que muestran las fuentes; una etapa sin prueba puede haber tenido lugar.",
    ),
    "step": ("Step", "Étape", "Etapa"),
    "by_whom": ("By whom", "Par qui", "Por quién"),
    "based_on": ("Based on", "Fondé sur", "Basado en"),
    "evidence": ("Evidence", "Preuve", "Prueba"),
    "missing": ("Missing", "Manque", "Falta"),
    "missing_basedOn": (
        "the report to start from",
        "le rapport de départ",
        "el informe de partida",
    ),
    "missing_evidence": (
        "evidence that it took place",
        "la preuve qu'elle a eu lieu",
        "la prueba de que tuvo lugar",
    ),
    "not_due": ("not due yet", "pas encore due", "aún no corresponde"),
    "written_to": ("{} was written to {}.", "{} a été écrit dans {}.", "{} se escribió en {}."),
    "no_figures": (
        "No figure is recorded for {}.",
        "Aucun chiffre n'est consigné pour {}.",
        "No hay ninguna cifra registrada de {}.",
    ),
    "claim": ("Claim", "Affirmation", "Afirmación"),
    "coder": ("By", "Par", "Por"),
    "says": ("Says", "Dit", "Dice"),
    "state": ("State", "État", "Estado"),
    "date": ("Date", "Date", "Fecha"),
    "reason": ("Reason", "Raison", "Razón"),
    "stands": ("stands", "retenue", "vigente"),
    "stands_not": ("does not stand", "non retenue", "no vigente"),
    "in_force": ("in force", "en vigueur", "en vigor"),
    "replaced": ("replaced", "remplacée", "sustituida"),
    "nobody_claims": ("Nobody claims this.", "Personne ne l'affirme.", "Nadie lo afirma."),
    "kind_element": ("element of the plan", "élément du plan", "elemento del plan"),
    "before": ("Before", "Avant", "Antes"),
    "after": ("After", "Après", "Después"),
    "event": ("What happened", "Ce qui s'est passé", "Qué pasó"),
    "by": ("On whose word", "Sur la foi de", "Según quién"),
    "likeness": ("Alike, %", "Ressemblance, %", "Parecido, %"),
    "comparable": ("Comparable", "Comparable", "Comparable"),
    "comparable_yes": ("yes", "oui", "sí"),
    "comparable_unit_differs": ("no: another unit", "non\u00a0: autre unité", "no: otra unidad"),
    "comparable_direction_differs": (
        "no: another direction wanted",
        "non\u00a0: autre sens souhaité",
        "no: otro sentido deseado",
    ),
    "event_kept": ("kept", "gardé", "conservado"),
    "event_renamed": ("renamed", "renommé", "renombrado"),
    "event_merged": ("merged", "fusionné", "fusionado"),
    "event_split": ("split", "scindé", "dividido"),
    "event_dropped": ("dropped", "abandonné", "abandonado"),
    "event_new": ("new", "nouveau", "nuevo"),
    "by_stated": ("stated", "énoncé", "enunciado"),
    "by_guessed": ("guessed from the label", "deviné d'après le nom", "adivinado por el nombre"),
    "compare_note": (
        "Stated: the later plan says what it replaces. Guessed: the labels are alike; ask"
        " before you rely on it.",
        "Énoncé\u00a0: le plan ultérieur dit ce qu'il remplace. Deviné\u00a0: les noms se"
        " ressemblent\u00a0; vérifiez avant de vous y fier.",
        "Enunciado: el plan posterior dice qué sustituye. Adivinado: los nombres se "
        "parecen; compruébelo antes de fiarse.",
    ),
    "theme": ("Theme", "Thème", "Tema"),
    "data_title": (
        "Catalogue of the plan's data",
        "Catalogue des données du plan",
        "Catálogo de los datos del plan",
    ),
    "data_description": (
        "The plan as a graph: what it sets out to do, what was done, on whose word, and where it "
        "is written; with what follows from that.",
        "Le plan en graphe\u00a0: ce qu'il se propose, ce qui a été fait, sur la foi de qui, et où "
        "c'est écrit\u00a0; avec ce qui en découle.",
        "El plan como grafo: lo que se propone, lo que se hizo, según quién y dónde está escrito; "
        "con lo que de ello se deriva.",
    ),
    "data_service": (
        "Questions in SPARQL",
        "Questions en SPARQL",
        "Preguntas en SPARQL",
    ),
    "many_VisionTheme": ("vision themes", "thèmes d'orientation", "temas de orientación"),
    "many_Challenge": ("challenges", "défis", "desafíos"),
    "many_WorkArea": ("work areas", "domaines de travail", "áreas de trabajo"),
    "many_CrosscuttingFactor": (
        "cross-cutting factors",
        "facteurs transversaux",
        "factores transversales",
    ),
    "many_Intersection": ("intersections", "intersections", "intersecciones"),
    "many_ActionLine": ("action lines", "lignes d'action", "líneas de acción"),
    "many_Axis": ("axes", "axes", "ejes"),
    "many_Result": ("results", "résultats", "resultados"),
    "many_PlanElement": ("plan elements", "éléments du plan", "elementos del plan"),
    "many_KeyIdea": ("key ideas", "idées clés", "ideas clave"),
    "many_CoreValue": ("values held", "valeurs défendues", "valores defendidos"),
    "many_Stakeholder": ("stakeholders", "parties prenantes", "partes interesadas"),
    "many_Status": ("statuses", "états d'avancement", "estados"),
    "many_Activity": ("activities", "activités", "actividades"),
    "many_Initiative": ("initiatives", "initiatives", "iniciativas"),
    "many_Milestone": ("milestones", "étapes clés", "hitos"),
    "many_Indicator": ("indicators", "indicateurs", "indicadores"),
    "many_Observation": ("figures", "chiffres", "cifras"),
    "many_Member": ("members", "membres", "miembros"),
    "many_Organization": ("organisations", "organisations", "organizaciones"),
    "many_Body": ("bodies", "organes", "órganos"),
    "many_Document": ("documents", "documents", "documentos"),
    "many_EvaluationStep": ("evaluation steps", "étapes d'évaluation", "etapas de evaluación"),
    "many_AlignmentClaim": ("claims", "affirmations", "afirmaciones"),
    "many_CallPoint": (
        "points of a call to action",
        "points d'un appel à l'action",
        "puntos de un llamamiento a la acción",
    ),
    "many_GovernancePrinciple": (
        "governance principles",
        "principes de gouvernance",
        "principios de gobernanza",
    ),
    "many_GlobalAgenda": ("global agendas", "agendas mondiaux", "agendas mundiales"),
    "many_Audience": ("audiences", "publics", "públicos"),
    "many_OutputType": ("output types", "types de produit", "tipos de producto"),
    "many_PartnerGroup": ("partner groups", "groupes de partenaires", "grupos de socios"),
    "many_PreparationStep": ("preparation steps", "étapes de préparation", "etapas de preparación"),
    "many_Source": ("sources", "sources", "fuentes"),
    "path_title": ("From {} to {}", "De {} à {}", "De {} a {}"),
    "path_from": ("From", "De", "De"),
    "path_to": ("To", "À", "A"),
    "path_same": (
        "The two are the same thing, so no step is needed.",
        "Les deux sont la même chose\u00a0; il ne faut donc aucun pas.",
        "Los dos son lo mismo; no hace falta ningún paso.",
    ),
    "path_note": (
        "Read a relation in the direction of its arrows. It is a shortest way, not the only one.",
        "Lisez chaque relation dans le sens de ses flèches. C'est un chemin des plus courts, "
        "pas le seul.",
        "Lea cada relación en el sentido de sus flechas. Es uno de los caminos más cortos, no "
        "el único.",
    ),
    "central": (
        "The most central things",
        "Les éléments les plus centraux",
        "Los elementos más centrales",
    ),
    "central_note": (
        "Degree: share of all other things with which it is directly connected. Betweenness: "
        "share of the shortest paths between two others that lead through it.",
        "Degré\u00a0: part des autres éléments auxquels il est directement lié. "
        "Intermédiarité\u00a0: part des plus courts chemins entre deux autres qui passent par "
        "lui.",
        "Grado: parte de los demás elementos con los que está directamente unido. "
        "Intermediación: parte de los caminos más cortos entre otros dos que pasan por él.",
    ),
    "central_sampled": (
        "Degree: share of all other things with which it is directly connected. Betweenness: "
        "share of the shortest paths between two others that lead through it, estimated from {} "
        "things.",
        "Degré\u00a0: part des autres éléments auxquels il est directement lié. "
        "Intermédiarité\u00a0: part des plus courts chemins entre deux autres qui passent par "
        "lui, estimée à partir de {} éléments.",
        "Grado: parte de los demás elementos con los que está directamente unido. "
        "Intermediación: parte de los caminos más cortos entre otros dos que pasan por él, "
        "estimada a partir de {} elementos.",
    ),
    "connections": ("Connections", "Liens", "Vínculos"),
    "degree": ("Degree", "Degré", "Grado"),
    "betweenness": ("Betweenness", "Intermédiarité", "Intermediación"),
    "communities": (
        "Groups of things that are closely connected",
        "Groupes d'éléments étroitement liés",
        "Grupos de elementos estrechamente unidos",
    ),
    "communities_note": (
        "Found by the Louvain method: many connections within a group, few between groups. What "
        "has no connection is left out. A group is where to look, not a finding.",
        "Trouvés par la méthode de Louvain\u00a0: beaucoup de liens dans un groupe, peu entre "
        "les groupes. Ce qui n'a aucun lien est omis. Un groupe dit où regarder, pas ce qui est "
        "établi.",
        "Hallados por el método de Lovaina: muchos vínculos dentro de un grupo, pocos entre "
        "grupos. Se omite lo que no tiene vínculos. Un grupo dice dónde mirar, no es una "
        "conclusión.",
    ),
    "community": ("Group", "Groupe", "Grupo"),
    "things": ("Things", "Éléments", "Elementos"),
    "best_connected": ("Best connected", "Les mieux liés", "Los más unidos"),
    "kinds": ("Kinds", "Types", "Tipos"),
    "drawing_how": (
        "How to read it: each mark is a thing, its shape and colour say of which kind, and a "
        "line says that two things are related; the more lines, the larger the mark. A dashed "
        "line follows by a rule; all others are written in the plan's files. Point at a mark or "
        "a line to read about it, drag to move, scroll to zoom. The list below says the same in "
        "words.",
        "Comment lire\u00a0: chaque signe est un élément, sa forme et sa couleur disent de quel "
        "type, et un trait dit que deux éléments sont liés\u00a0; plus il y a de traits, plus "
        "le signe est grand. Un trait en tirets découle d'une règle\u00a0; les autres sont "
        "écrits dans les fichiers du plan. Pointez un signe ou un trait pour en lire plus, "
        "glissez pour déplacer, faites défiler pour agrandir. La liste ci-dessous dit la même "
        "chose en mots.",
        "Cómo leerlo: cada signo es un elemento, su forma y su color dicen de qué tipo, y una "
        "línea dice que dos elementos están relacionados; cuantas más líneas, mayor el signo. "
        "Una línea discontinua se sigue de una regla; las demás están escritas en los archivos "
        "del plan. Señale un signo o una línea para leer más, arrastre para mover, desplace "
        "para ampliar. La lista de abajo dice lo mismo en palabras.",
    ),
    "drawing_bundled": (
        "To stay readable, things of one kind whose connections are alike are drawn as one hollow "
        "mark; the list names them all.",
        "Pour rester lisible, les éléments d'un même type dont les liens se ressemblent sont "
        "dessinés comme un seul signe creux\u00a0; la liste les nomme tous.",
        "Para que se lea, los elementos de un mismo tipo cuyos vínculos se parecen se dibujan "
        "como un solo signo hueco; la lista los nombra todos.",
    ),
    "drawing_no_script": (
        "The drawing needs JavaScript. The list below says the same in words.",
        "Le dessin demande JavaScript. La liste ci-dessous dit la même chose en mots.",
        "El dibujo necesita JavaScript. La lista de abajo dice lo mismo en palabras.",
    ),
    "drawing_legend": ("Legend", "Légende", "Leyenda"),
    "drawing_list": ("The same in words", "La même chose en mots", "Lo mismo en palabras"),
    "drawing_around": ("Around: {}", "Autour de\u00a0: {}", "Alrededor de: {}"),
    "drawing_whole": ("Network: {}", "Réseau\u00a0: {}", "Red: {}"),
    "drawing_saved": (
        "{} written: {} things, {} of them in bundles.",
        "{} écrit\u00a0: {} éléments, dont {} en groupes.",
        "{} escrito: {} elementos, {} de ellos en grupos.",
    ),
    "drawing_alone": (
        "Nothing shown is related to it.",
        "Rien de ce qui est montré n'y est lié.",
        "Nada de lo mostrado está relacionado con ello.",
    ),
    "text_unreadable": (
        "This is no readable text. Type it again.",
        "Ce texte est illisible. Saisissez-le de nouveau.",
        "Este texto no se puede leer. Escríbalo de nuevo.",
    ),
    "date_unreadable": (
        "“{}” is no date. Write a day such as 2023-10-07.",
        "«\u00a0{}\u00a0» n'est pas une date. Écrivez un jour, comme 2023-10-07.",
        "«{}» no es una fecha. Escriba un día, como 2023-10-07.",
    ),
    "date_missing": (
        "The date {} does not exist. Write a day such as 2023-10-07.",
        "La date {} n'existe pas. Écrivez un jour, comme 2023-10-07.",
        "La fecha {} no existe. Escriba un día, como 2023-10-07.",
    ),
    "date_doubtful": (
        "The date {} can be read in two ways. Write {} or {}.",
        "La date {} peut se lire de deux façons. Écrivez {} ou {}.",
        "La fecha {} se puede leer de dos maneras. Escriba {} o {}.",
    ),
    "day_wanted": (
        "“{}” is not written as expected here. Write a day such as 2023-10-07.",
        "«\u00a0{}\u00a0» n'est pas écrit comme attendu ici. Écrivez un jour, comme 2023-10-07.",
        "«{}» no está escrito como se espera aquí. Escriba un día, como 2023-10-07.",
    ),
    "year_unreadable": (
        "“{}” is no year. Write four digits, such as 2023.",
        "«\u00a0{}\u00a0» n'est pas une année. Écrivez quatre chiffres, comme 2023.",
        "«{}» no es un año. Escriba cuatro cifras, como 2023.",
    ),
    "number_unreadable": (
        "“{}” is no number. Write it in digits, such as 1400 or 1.5.",
        "«\u00a0{}\u00a0» n'est pas un nombre. Écrivez-le en chiffres, comme 1400 ou 1,5.",
        "«{}» no es un número. Escríbalo en cifras, como 1400 o 1,5.",
    ),
    "number_doubtful": (
        "“{}” can be read in two ways. Write {} or {}.",
        "«\u00a0{}\u00a0» peut se lire de deux façons. Écrivez {} ou {}.",
        "«{}» se puede leer de dos maneras. Escriba {} o {}.",
    ),
    "number_not_whole": (
        "“{}” is no whole number. Write one, such as 14.",
        "«\u00a0{}\u00a0» n'est pas un nombre entier. Écrivez-en un, comme 14.",
        "«{}» no es un número entero. Escriba uno, como 14.",
    ),
    "yes_no_unreadable": (
        "“{}” is neither yes nor no. Write one of the two.",
        "«\u00a0{}\u00a0» n'est ni oui ni non. Écrivez l'un des deux.",
        "«{}» no es ni sí ni no. Escriba uno de los dos.",
    ),
    "id_unknown": (
        "The graph has no “{}”.",
        "Le graphe n'a pas de «\u00a0{}\u00a0».",
        "El grafo no tiene «{}».",
    ),
    "citation_unreadable": (
        "“{}” is no citation. Write the source and its lines, such as source/report-2023 278-283.",
        "«\u00a0{}\u00a0» n'est pas une référence. Écrivez la source et ses lignes, comme "
        "source/report-2023 278-283.",
        "«{}» no es una cita. Escriba la fuente y sus líneas, como source/report-2023 278-283.",
    ),
    "no_field": (
        "This form has no field “{}”. Check its name.",
        "Ce formulaire n'a pas de champ «\u00a0{}\u00a0». Vérifiez son nom.",
        "Este formulario no tiene un campo «{}». Revise su nombre.",
    ),
    "no_id": (
        "Too little is given to make an id from. Give it a name.",
        "Il manque de quoi former un identifiant. Donnez un nom.",
        "Falta con qué formar un identificador. Dele un nombre.",
    ),
    "by_unknown": (
        "“{}” is no coder, body or organisation of this plan. Say who writes; if it is someone "
        "new, give a key such as coder/board, and a name.",
        "«\u00a0{}\u00a0» n'est ni un codeur, ni un organe, ni une organisation de ce plan. Dites "
        "qui écrit\u00a0; si c'est quelqu'un de nouveau, donnez une clé, comme coder/bureau, et un "
        "nom.",
        "«{}» no es ni un codificador, ni un órgano, ni una organización de este plan. Diga quién "
        "escribe; si es alguien nuevo, dé una clave, como coder/mesa, y un nombre.",
    ),
    "nothing_called": (
        "Nothing is called “{}”.",
        "Rien ne s'appelle «\u00a0{}\u00a0».",
        "Nada se llama «{}».",
    ),
    "plan_begun": (
        "{} is a plan now, an example to begin with. The next three steps: {}",
        "{} est désormais un plan, un exemple pour commencer. Les trois étapes suivantes\u00a0: {}",
        "{} ya es un plan, un ejemplo para empezar. Los tres pasos siguientes: {}",
    ),
    "exported": ("{} written.", "{} est écrit.", "{} está escrito."),
    "language": ("Language", "Langue", "Idioma"),
    "datatype": ("Type of value", "Type de valeur", "Tipo de valor"),
    "everything": ("Everything", "Tout", "Todo"),
    "without_kind": ("without a kind", "sans type", "sin tipo"),
    "remarks": ("What was noticed", "Ce qui a été remarqué", "Lo que se observó"),
    "no_remarks": (
        "All was read as it stands.",
        "Tout a été lu tel quel.",
        "Todo se leyó tal cual.",
    ),
    "happened": ("What happened", "Ce qui s'est passé", "Qué pasó"),
    "found": ("What stands there", "Ce qui est écrit", "Lo que está escrito"),
    "made": ("What became of it", "Ce qui en a été fait", "Qué se hizo"),
    "remark_read": ("read otherwise", "lu autrement", "leído de otro modo"),
    "remark_guessed": ("guessed", "deviné", "supuesto"),
    "remark_kept": ("kept as a note", "gardé en note", "guardado como nota"),
    "remark_left": ("not taken over", "non repris", "no incorporado"),
    "ledger": (
        "What the file cannot hold",
        "Ce que le fichier ne peut contenir",
        "Lo que el archivo no puede contener",
    ),
    "no_losses": (
        "The file holds everything.",
        "Le fichier contient tout.",
        "El archivo lo contiene todo.",
    ),
    "count": ("Number", "Nombre", "Número"),
    "why": ("Why", "Pourquoi", "Por qué"),
    "iati_plan": ("IATI activities: {}", "Activités IITA\u00a0: {}", "Actividades IATI: {}"),
    "iati_levels": ("Levels", "Niveaux", "Niveles"),
    "iati_result": ("Result", "Résultat", "Resultado"),
    "iati_indicator": ("Indicator", "Indicateur", "Indicador"),
    "iati_activity": ("Activity", "Activité", "Actividad"),
    "iati_location": ("location", "lieu", "lugar"),
    "iati_status_1": (
        "Pipeline or identification",
        "Préparation ou identification",
        "Preparación o identificación",
    ),
    "iati_status_2": ("Implementation", "Mise en œuvre", "Ejecución"),
    "iati_status_3": ("Finalisation", "Finalisation", "Finalización"),
    "iati_status_4": ("Closed", "Clos", "Cerrada"),
    "iati_status_5": ("Cancelled", "Annulé", "Cancelada"),
    "iati_status_6": ("Suspended", "Suspendu", "Suspendida"),
    "iati_measure_1": ("number", "nombre", "número"),
    "iati_measure_2": (
        "percentage, also above 100",
        "pourcentage, même au-delà de 100",
        "porcentaje, también por encima de 100",
    ),
    "iati_measure_3": ("kind (nominal)", "catégorie (nominale)", "categoría (nominal)"),
    "iati_measure_4": ("rank (ordinal)", "rang (ordinal)", "rango (ordinal)"),
    "iati_measure_5": ("words (qualitative)", "texte (qualitatif)", "texto (cualitativo)"),
    "iati_indicator_measure": ("Units", "Unités", "Unidades"),
    "iati_activity_status": ("Statuses", "Statuts", "Estados"),
    "iati_activity_scope": ("Reach", "Portée", "Alcance"),
    "iati_recipient_country": (
        "Countries that benefit",
        "Pays bénéficiaires",
        "Países beneficiarios",
    ),
    "iati_recipient_region": (
        "Regions that benefit",
        "Régions bénéficiaires",
        "Regiones beneficiarias",
    ),
    "iati_sector": ("Sectors", "Secteurs", "Sectores"),
    "iati_tag": ("Tags", "Étiquettes", "Etiquetas"),
    "iati_policy_marker": ("Policy markers", "Marqueurs de politique", "Marcadores de política"),
    "iati_collaboration_type": (
        "Kinds of collaboration",
        "Types de collaboration",
        "Tipos de colaboración",
    ),
    "iati_default_flow_type": ("Kinds of flows", "Types de flux", "Tipos de flujo"),
    "iati_default_finance_type": (
        "Kinds of finance",
        "Types de financement",
        "Tipos de financiación",
    ),
    "iati_default_aid_type": ("Kinds of aid", "Types d'aide", "Tipos de ayuda"),
    "iati_default_tied_status": ("Ties of aid", "Liens de l'aide", "Vinculación de la ayuda"),
    "iati_organisation_type": (
        "Kinds of organisations",
        "Types d'organisations",
        "Tipos de organizaciones",
    ),
    "iati_result_type": ("Kinds of results", "Types de résultats", "Tipos de resultados"),
    "iati_document_category": ("Kinds of documents", "Types de documents", "Tipos de documentos"),
    "iati_document_format": ("Formats of files", "Formats de fichiers", "Formatos de archivos"),
    "iati_about_plan": (
        "The plan that a file of IATI activities makes, and its level.",
        "Le plan que fait un fichier d'activités IITA, et son niveau.",
        "El plan que forma un archivo de actividades IATI, y su nivel.",
    ),
    "iati_about_sources": (
        "The file that was imported.",
        "Le fichier importé.",
        "El archivo importado.",
    ),
    "iati_about_organizations": (
        "Who reports, funds, organises or works on an activity.",
        "Qui rend compte d'une activité, la finance, l'organise ou y travaille.",
        "Quién informa de una actividad, la financia, la organiza o trabaja en ella.",
    ),
    "iati_about_places": (
        "Where activities take place.",
        "Où se tiennent les activités.",
        "Dónde tienen lugar las actividades.",
    ),
    "iati_about_documents": (
        "The documents that activities, results and figures link to.",
        "Les documents auxquels renvoient activités, résultats et chiffres.",
        "Los documentos a los que remiten actividades, resultados y cifras.",
    ),
    "iati_about_categories": (
        "Codes of lists: sectors, tags, countries, statuses, units and others.",
        "Codes de listes\u00a0: secteurs, étiquettes, pays, statuts, unités et autres.",
        "Códigos de listas: sectores, etiquetas, países, estados, unidades y otros.",
    ),
    "iati_about_activities": (
        "Activities, each with its results, indicators and figures.",
        "Activités, chacune avec ses résultats, indicateurs et chiffres.",
        "Actividades, cada una con sus resultados, indicadores y cifras.",
    ),
    "iati_no_indicator": (
        "No indicator",
        "Sans indicateur",
        "Sin indicador",
    ),
    "iati_lost_signs": (
        "XML cannot hold control characters.",
        "XML ne peut contenir de caractères de contrôle.",
        "XML no puede contener caracteres de control.",
    ),
    "iati_lost_elsewhere": (
        "No activity of the file leads to it.",
        "Aucune activité du fichier n'y mène.",
        "Ninguna actividad del archivo lleva a ello.",
    ),
    "iati_lost_kind": (
        "IATI has fewer kinds of things.",
        "L'IITA a moins de types de choses.",
        "La IATI tiene menos tipos de cosas.",
    ),
    "iati_lost_place": (
        "IATI has no place for it.",
        "L'IITA n'a pas de place pour cela.",
        "La IATI no tiene lugar para ello.",
    ),
    "iati_lost_citation": (
        "IATI cites no lines of a source.",
        "L'IITA ne cite pas les lignes d'une source.",
        "La IATI no cita líneas de una fuente.",
    ),
    "iati_lost_unit": (
        "IATI knows five measures, and no units.",
        "L'IITA connaît cinq mesures, et aucune unité.",
        "La IATI conoce cinco medidas, y ninguna unidad.",
    ),
    "iati_lost_role": (
        "IATI has no role for who hosts, takes part or is involved.",
        "L'IITA n'a pas de rôle pour qui accueille, participe ou est impliqué.",
        "La IATI no tiene un papel para quien acoge, participa o está implicado.",
    ),
    "iati_lost_qualifier": (
        "IATI does not say how exact a figure is.",
        "L'IITA ne dit pas à quel point un chiffre est exact.",
        "La IATI no dice cuán exacta es una cifra.",
    ),
    "iati_lost_level": (
        "IATI has results, but no levels above and no numbers.",
        "L'IITA a des résultats, mais ni niveaux au-dessus, ni numéros.",
        "La IATI tiene resultados, pero ni niveles por encima ni números.",
    ),
    "iati_lost_claim": (
        "IATI holds no statements of coders.",
        "L'IITA ne contient pas d'affirmations de codeurs.",
        "La IATI no contiene afirmaciones de codificadores.",
    ),
    "iati_lost_plan": (
        "IATI tells of activities, not of the plan.",
        "L'IITA parle d'activités, non du plan.",
        "La IATI trata de actividades, no del plan.",
    ),
    "iati_kept": (
        "what of it has no place in the model is a note on what it is about",
        "ce qui n'a pas de place dans le modèle est une note sur ce dont il s'agit",
        "lo que no tiene lugar en el modelo es una nota sobre aquello de que trata",
    ),
    "iati_no_code": (
        "is no code of IATI's list; kept as it stands",
        "n'est pas un code de la liste de l'IITA\u00a0; gardé tel quel",
        "no es un código de la lista de la IATI; guardado tal cual",
    ),
    "iati_no_day": (
        "is no day of the calendar; kept as a note",
        "n'est pas un jour du calendrier\u00a0; gardé en note",
        "no es un día del calendario; guardado como nota",
    ),
    "iati_read_as": ("read as {}", "lu comme {}", "leído como {}"),
    "iati_no_name": (
        "names no organisation; kept as a note",
        "ne nomme aucune organisation\u00a0; gardé en note",
        "no nombra ninguna organización; guardado como nota",
    ),
    "iati_no_identifier": (
        "has no identifier; its id is made of its year",
        "n'a pas d'identifiant\u00a0; son id est formé de son année",
        "no tiene identificador; su id se forma con su año",
    ),
    "iati_no_title": (
        "has no title; its identifier stands in for it",
        "n'a pas de titre\u00a0; son identifiant en tient lieu",
        "no tiene título; su identificador lo sustituye",
    ),
    "iati_no_date": (
        "has no date of its own; taken for one of {}",
        "n'a pas de date propre\u00a0; supposé de {}",
        "no tiene fecha propia; se supone de {}",
    ),
    "iati_again": (
        "stands in the file once more; read as an activity of its own",
        "figure encore dans le fichier\u00a0; lu comme une activité à part",
        "figura otra vez en el archivo; leído como una actividad aparte",
    ),
    "iati_figure_again": (
        "stands in the file once more; read as a figure of its own",
        "figure encore dans le fichier\u00a0; lu comme un chiffre à part",
        "figura otra vez en el archivo; leído como una cifra aparte",
    ),
    "iati_ends_before": (
        "ends before it starts; the end is kept as a note",
        "finit avant de commencer\u00a0; la fin est gardée en note",
        "termina antes de empezar; el fin se guarda como nota",
    ),
    "iati_day_only": (
        "read without its time, which is kept as a note",
        "lu sans son heure, gardée en note",
        "leído sin su hora, que se guarda como nota",
    ),
    "iati_language_short": (
        "read without region or script",
        "lu sans région ni écriture",
        "leído sin región ni escritura",
    ),
    "iati_language_unknown": (
        "names no language; taken for the one of the activity",
        "ne nomme aucune langue\u00a0; pris pour celle de l'activité",
        "no nombra ningún idioma; tomado por el de la actividad",
    ),
    "iati_person": (
        "tells of a person, of whom nothing is kept",
        "concerne une personne, dont rien n'est gardé",
        "trata de una persona, de la que no se guarda nada",
    ),
    "iati_no_measure": (
        "is no measure that IATI knows; a unit is made of it",
        "n'est pas une mesure que l'IITA connaît\u00a0; une unité en est faite",
        "no es una medida que la IATI conozca; se hace de ella una unidad",
    ),
    "iati_no_figure": (
        "is no figure of a period; kept as a note on its indicator",
        "n'est pas un chiffre d'une période\u00a0; gardé en note sur son indicateur",
        "no es una cifra de un período; guardado como nota en su indicador",
    ),
    "iati_between": (
        "stands between the activities, and is not one",
        "se trouve entre les activités, et n'en est pas une",
        "está entre las actividades, y no es una",
    ),
    "iati_older": (
        "is older than 2.03; read as if it were 2.03",
        "est plus ancienne que 2.03\u00a0; lue comme si elle l'était",
        "es anterior a la 2.03; leída como si lo fuera",
    ),
    "iati_other_language": (
        "things have names in other languages only; taken for names in {}, too",
        "choses n'ont de nom qu'en d'autres langues\u00a0; pris aussi pour des noms en {}",
        "cosas solo tienen nombre en otros idiomas; tomados también por nombres en {}",
    ),
}


def word(key: str, lang: str) -> str:
    """Return a word in a language, or in English.

    >>> word("gap", "fr")
    'lacune'
    """
    return WORDS[key][LANGUAGES.index(lang) if lang in LANGUAGES else 0]
