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
    "same-passage": ("same passage", "même passage", "mismo pasaje"),
    "same_passage": ("same passage", "même passage", "mismo pasaje"),
    "co_mention": ("co-mention", "simple co-mention", "mención conjunta"),
    "passage_note": (
        "In brackets: how many of them name the challenge and the theme in one passage, where not "
        "all do. The others mention each in another place.",
        "Entre parenthèses\u00a0: combien d'entre elles nomment le défi et le thème dans un même "
        "passage, quand ce n'est pas le cas de toutes. Les autres les mentionnent séparément.",
        "Entre paréntesis: cuántas de ellas nombran el desafío y el tema en un mismo pasaje, "
        "cuando no lo hacen todas. Las demás los mencionan por separado.",
    ),
    "waits_one": (
        "{} activity waits for a second coder, so nothing about it is agreed yet.",
        "{} activité attend un second codage\u00a0; rien à son sujet n'est encore retenu.",
        "{} actividad espera una segunda codificación; todavía no hay nada acordado sobre ella.",
    ),
    "waits_many": (
        "{} activities wait for a second coder, so nothing about them is agreed yet.",
        "{} activités attendent un second codage\u00a0; rien à leur sujet n'est encore retenu.",
        "{} actividades esperan una segunda codificación; todavía no hay nada acordado sobre "
        "ellas.",
    ),
    "uncoded_one": (
        "{} activity has not been coded yet.",
        "{} activité n'a pas encore été codée.",
        "{} actividad aún no se ha codificado.",
    ),
    "uncoded_many": (
        "{} activities have not been coded yet.",
        "{} activités n'ont pas encore été codées.",
        "{} actividades aún no se han codificado.",
    ),
    "value_ill_typed": (
        "“{0}” is not a valid value of the type xsd:{1}.",
        "«\u00a0{0}\u00a0» n'est pas une valeur valable du type xsd:{1}.",
        "«{0}» no es un valor válido del tipo xsd:{1}.",
    ),
    "value_not_finite": (
        "“{0}” is not a number that can be counted with (xsd:{1}). Write a finite number, or "
        "leave the statement out.",
        "«\u00a0{0}\u00a0» n'est pas un nombre avec lequel on peut compter (xsd:{1}). Écrivez un "
        "nombre fini, ou retirez l'énoncé.",
        "«{0}» no es un número con el que se pueda contar (xsd:{1}). Escriba un número finito o "
        "quite el enunciado.",
    ),
    "value_too_long": (
        "“{0}” has more than 18 digits before or after the point, more than can be counted with "
        "(xsd:{1}). Round it.",
        "«\u00a0{0}\u00a0» a plus de 18 chiffres avant ou après la virgule, plus qu'on ne peut en "
        "compter (xsd:{1}). Arrondissez-le.",
        "«{0}» tiene más de 18 cifras antes o después de la coma, más de las que se pueden contar "
        "(xsd:{1}). Redondéelo.",
    ),
    "value_year_outside": (
        "The year of “{0}” is not one from 0001 to 9999 (xsd:{1}). Correct it.",
        "L'année de «\u00a0{0}\u00a0» n'est pas comprise entre 0001 et 9999 (xsd:{1}). "
        "Corrigez-la.",
        "El año de «{0}» no está entre 0001 y 9999 (xsd:{1}). Corríjalo.",
    ),
    "value_datatype_unknown": (
        "“{0}” has the type xsd:{1}, which XML Schema does not define. Check its spelling.",
        "«\u00a0{0}\u00a0» est du type xsd:{1}, que XML Schema ne définit pas. Vérifiez son "
        "orthographe.",
        "«{0}» es del tipo xsd:{1}, que XML Schema no define. Revise su ortografía.",
    ),
    "value_example": (
        " Write it as in this example: {}",
        " Écrivez-le comme dans cet exemple\u00a0: {}",
        " Escríbalo como en este ejemplo: {}",
    ),
    "no_effect": (
        "{} has no effect here: metrograph does not read it.",
        "{} est sans effet ici\u00a0: metrograph ne le lit pas.",
        "{} no tiene efecto aquí: metrograph no lo lee.",
    ),
    "same_as": (
        "{} has no effect here: the two records stay two. Merge them, or leave it out.",
        "{} est sans effet ici\u00a0: les deux fiches restent deux. Fusionnez-les, ou retirez-le.",
        "{} no tiene efecto aquí: las dos fichas siguen siendo dos. Únalas o quítelo.",
    ),
    "also_on": (
        " (Also on other records: {}.)",
        " (Également sur d'autres fiches\u00a0: {}.)",
        " (También en otras fichas: {}.)",
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
    "conforms_read": (
        "What was read conforms: no violation. Not all files were read.",
        "Ce qui a été lu est conforme\u00a0: aucune violation. Tous les fichiers n'ont pas été "
        "lus.",
        "Lo que se leyó es conforme: ninguna infracción. No se leyeron todos los archivos.",
    ),
    "files_unread": (
        "Not read ({}): {}. Only files that end in .ttl are read: convert these to Turtle, or "
        "move them out of the plan's folder.",
        "Non lus ({})\u00a0: {}. Seuls les fichiers en .ttl sont lus\u00a0: convertissez ceux-ci "
        "en Turtle, ou sortez-les du dossier du plan.",
        "No leídos ({}): {}. Solo se leen los archivos .ttl: conviértalos a Turtle o sáquelos de "
        "la carpeta del plan.",
    ),
    "activities_uncoded": (
        "Not looked at ({}): activities that fewer than two coders have coded: {}.",
        "Non examinées ({})\u00a0: activités codées par moins de deux codeurs\u00a0: {}.",
        "No examinadas ({}): actividades codificadas por menos de dos codificadores: {}.",
    ),
    "figures_unread": (
        "Not counted ({}): figures whose value is not a number: {}.",
        "Non comptés ({})\u00a0: chiffres dont la valeur n'est pas un nombre\u00a0: {}.",
        "No contadas ({}): cifras cuyo valor no es un número: {}.",
    ),
    "import_left": (
        "Not taken over ({}): see {}.",
        "Non repris ({})\u00a0: voir {}.",
        "No incorporado ({}): vea {}.",
    ),
    "remarks_more": (
        "… to {}: {} more remarks of this sort. --report FILE lists them all.",
        "… jusqu'à {}\u00a0: {} autres remarques de ce genre. --report FILE les énumère toutes.",
        "… hasta {}: {} observaciones más de este tipo. --report FILE las enumera todas.",
    ),
    "remarks_above": (
        "the remarks above",
        "les remarques ci-dessus",
        "las observaciones de arriba",
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
    "too_few": ("too few to judge", "trop peu pour juger", "demasiado pocas para valorar"),
    "agreement_few": (
        "Where coders share fewer than {} activities, these are too few to judge: there is no "
        "interval.",
        "Quand les codeurs partagent moins de {} activités, c'est trop peu pour juger\u00a0: il "
        "n'y a pas d'intervalle.",
        "Si los codificadores comparten menos de {} actividades, son demasiado pocas para valorar: "
        "no hay intervalo.",
    ),
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
    "no_intersections": (
        "This plan names no challenges and themes yet, so there is no coverage to show.",
        "Ce plan ne nomme encore ni défis ni thèmes\u00a0; il n'y a donc pas de couverture à "
        "montrer.",
        "Este plan aún no nombra desafíos ni temas; por eso no hay cobertura que mostrar.",
    ),
    "no_activity_yet": (
        "No activity of this plan addresses a challenge and a theme yet.",
        "Aucune activité de ce plan ne répond encore à un défi et à un thème.",
        "Ninguna actividad de este plan responde todavía a un desafío y a un tema.",
    ),
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
    "scopes_differ": (
        "scopes differ: baseline “{}”, actual “{}”",
        "périmètres différents\u00a0: valeur de référence «\u00a0{}\u00a0», "
        "valeur réelle «\u00a0{}\u00a0»",
        "alcances distintos: línea de base «{}», valor real «{}»",
    ),
    "scope_not_stated": ("not stated", "non précisé", "no indicado"),
    "rule_other_scope": (
        "The baseline covers something else than the actual figure.",
        "La valeur de référence ne couvre pas la même chose que la valeur réelle.",
        "La línea de base no abarca lo mismo que el valor real.",
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
    "rule_against": (
        "The target lies against the wanted direction: correct the target or the direction.",
        "La cible va à l'encontre du sens souhaité\u00a0: corrigez la cible ou le sens.",
        "La meta va en contra del sentido deseado: corrija la meta o el sentido.",
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
    "weighted_capped": (
        " A share above 100 % counts as 100 %, so that it hides no other: {}.",
        " Une part de plus de 100\u00a0% compte pour 100\u00a0%, pour n'en cacher aucune "
        "autre\u00a0: {}.",
        " Una parte superior al 100 % cuenta como 100 %, para no ocultar ninguna otra: {}.",
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
    "many_Purpose": ("purposes", "finalités", "finalidades"),
    "many_VisionFactor": (
        "factors behind the vision",
        "facteurs à l'origine de la vision",
        "factores en el origen de la visión",
    ),
    "many_Topic": ("topics", "sujets", "temas tratados"),
    "many_Intention": ("announced intentions", "intentions annoncées", "propósitos anunciados"),
    "many_Event": ("events", "événements", "eventos"),
    "many_ImpactAssessment": (
        "impact assessments",
        "évaluations d'impact",
        "evaluaciones de impacto",
    ),
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
    "number_too_long": (
        "“{}” has more than 18 digits before or after the point, more than can be counted with. "
        "Round it.",
        "«\u00a0{}\u00a0» a plus de 18 chiffres avant ou après la virgule, plus qu'on ne peut en "
        "compter. Arrondissez-le.",
        "«{}» tiene más de 18 cifras antes o después de la coma, más de las que se pueden contar. "
        "Redondéelo.",
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
    "server_failed": (
        "The server could not answer this request. Its log gives the reason.",
        "Le serveur n'a pas pu répondre à cette requête. Son journal en donne la raison.",
        "El servidor no pudo responder a esta petición. Su registro indica el motivo.",
    ),
    "nothing_called": (
        "Nothing is called “{}”.",
        "Rien ne s'appelle «\u00a0{}\u00a0».",
        "Nada se llama «{}».",
    ),
    "upgrade_file": ("File", "Fichier", "Archivo"),
    "upgrade_old": ("Property until now", "Propriété jusqu'ici", "Propiedad hasta ahora"),
    "upgrade_new": ("Property from now on", "Propriété désormais", "Propiedad a partir de ahora"),
    "upgrade_number": ("Statements", "Énoncés", "Enunciados"),
    "upgrade_would": (
        "What the upgrade would change",
        "Ce que la mise à niveau changerait",
        "Lo que cambiaría la actualización",
    ),
    "upgrade_did": (
        "What the upgrade changed",
        "Ce que la mise à niveau a changé",
        "Lo que cambió la actualización",
    ),
    "upgrade_nothing": (
        "Nothing: the plan is in the data format of this version.",
        "Rien\u00a0: le plan est au format de données de cette version.",
        "Nada: el plan está en el formato de datos de esta versión.",
    ),
    "upgrade_needed": (
        "An earlier version made this plan. Run: metrograph upgrade {}",
        "Une version antérieure a fait ce plan. Lancez\u00a0: metrograph upgrade {}",
        "Una versión anterior hizo este plan. Ejecute: metrograph upgrade {}",
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
    "macros_left": (
        "The macros of this workbook are not read.",
        "Les macros de ce classeur ne sont pas lues.",
        "Las macros de este libro no se leen.",
    ),
    "links_left": (
        "Links to other files are not followed.",
        "Les liens vers d'autres fichiers ne sont pas suivis.",
        "Los enlaces a otros archivos no se siguen.",
    ),
    "is_text": (
        "Read as text, which it is, whatever its name ends in.",
        "Lu comme un texte, ce qu'il est, quelle que soit la fin de son nom.",
        "Leído como texto, que es lo que es, acabe como acabe su nombre.",
    ),
    "is_workbook": (
        "Read as a workbook, which it is, whatever its name ends in.",
        "Lu comme un classeur, ce qu'il est, quelle que soit la fin de son nom.",
        "Leído como libro de cálculo, que es lo que es, acabe como acabe su nombre.",
    ),
    "encoding_read": (
        "The encoding of the text.",
        "L'encodage du texte.",
        "La codificación del texto.",
    ),
    "delimiter_read": (
        "The sign between cells.",
        "Le signe entre les cellules.",
        "El signo entre las celdas.",
    ),
    "hidden_read": (
        "This sheet is hidden; it was read all the same.",
        "Cette feuille est masquée\u00a0; elle a été lue quand même.",
        "Esta hoja está oculta; se leyó de todos modos.",
    ),
    "blank_rows_left": (
        "After row {} come only blank rows, so many that nothing below was read.",
        "Après la ligne {} ne viennent que des lignes vides, si nombreuses que rien n'a été lu "
        "plus bas.",
        "Tras la fila {} solo hay filas vacías, tantas que no se leyó nada más abajo.",
    ),
    "formula_left": (
        "This formula has no value in the file. Open the workbook, save it, and import it again.",
        "Cette formule n'a pas de valeur dans le fichier. Ouvrez le classeur, enregistrez-le et "
        "importez-le à nouveau.",
        "Esta fórmula no tiene valor en el archivo. Abra el libro, guárdelo e impórtelo de nuevo.",
    ),
    "changes": ("What would change", "Ce qui changerait", "Lo que cambiaría"),
    "happened_to": ("Change", "Changement", "Cambio"),
    "no_changes": ("Nothing would change.", "Rien ne changerait.", "Nada cambiaría."),
    "change_added": ("added", "ajouté", "añadido"),
    "change_changed": ("changed", "modifié", "modificado"),
    "change_removed": ("removed", "retiré", "retirado"),
    "change_unchanged": ("unchanged", "inchangé", "sin cambios"),
    "change_conflict": ("in conflict", "en conflit", "en conflicto"),
    "field": ("Field", "Champ", "Campo"),
    "many_Coding": ("readings", "lectures", "lecturas"),
    "row_twice": (
        "This row is about {} again, like {}, and says something else. Keep one of the two.",
        "Cette ligne parle encore de {}, comme {}, et dit autre chose. Gardez l'une des deux.",
        "Esta fila trata otra vez de {}, como {}, y dice otra cosa. Conserve una de las dos.",
    ),
    "row_unnamed": (
        "This row does not say which record it is about. Fill in: {}.",
        "Cette ligne ne dit pas de quelle fiche il s'agit. Remplissez\u00a0: {}.",
        "Esta fila no dice de qué ficha trata. Rellene: {}.",
    ),
    "row_heading": (
        "The headings once more: passed over.",
        "Encore les intitulés\u00a0: ligne passée.",
        "Otra vez los encabezados: fila omitida.",
    ),
    "row_repeated": (
        "The same as row {}: passed over.",
        "Identique à la ligne {}\u00a0: passée.",
        "Igual que la fila {}: omitida.",
    ),
    "id_unfit": (
        "“{}” is no id that a new record can have. Leave the cell empty, and it gets one.",
        "«\u00a0{}\u00a0» ne peut être l'identifiant d'une nouvelle fiche. Laissez la case vide, "
        "elle en recevra un.",
        "«{}» no puede ser el identificador de una ficha nueva. Deje la celda vacía; recibirá uno.",
    ),
    "kind_unknown": (
        "{}: its name and headings do not tell what its rows are. Name the sheet after a kind, "
        "or say it with --kind: {}.",
        "{}\u00a0: ni son nom ni ses intitulés ne disent ce que sont ses lignes. Donnez à la "
        "feuille le nom d'un type, ou indiquez-le avec --kind\u00a0: {}.",
        "{}: ni su nombre ni sus encabezados dicen qué son sus filas. Dé a la hoja el nombre de un "
        "tipo, o indíquelo con --kind: {}.",
    ),
    "column_left": (
        "Cells filled: {}. “{}” has no field of this name. Mend the heading, or leave it.",
        "Cases remplies\u00a0: {}. «\u00a0{}\u00a0» n'a pas de champ de ce nom. Corrigez "
        "l'intitulé, ou laissez-le.",
        "Celdas rellenas: {}. «{}» no tiene un campo con este nombre. Corrija el encabezado, "
        "o déjelo.",
    ),
    "template_guide": ("Guide", "Mode d'emploi", "Guía"),
    "template_help": (
        "One sheet for each kind of record, one row for each record. Yellow headings with a star "
        "must be filled in.\n"
        "To change a record, change its row. To add one, use a free row below and leave its "
        "“Record” cell empty.\n"
        "Cells with a list take what the list offers; an id is taken, too. Several values go into "
        "one cell, a line each (Alt+Enter).\n"
        "Dates may be written as 2023-10-07, 07/10/2023 or 7 oct. 2023; only a year, where only "
        "that is known.\n"
        "See first what would change: metrograph import FILE --graph DIR --dry-run",
        "Une feuille par type de fiche, une ligne par fiche. Les intitulés jaunes à étoile sont "
        "obligatoires.\n"
        "Pour modifier une fiche, modifiez sa ligne. Pour en ajouter une, prenez une ligne libre "
        "plus bas et laissez vide sa case «\u00a0Fiche\u00a0».\n"
        "Les cases à liste prennent ce que la liste propose, ou un identifiant. Plusieurs valeurs "
        "vont dans une case, une par ligne (Alt+Entrée).\n"
        "Les dates s'écrivent 2023-10-07, 07/10/2023 ou 7 oct. 2023\u00a0; seulement l'année, si "
        "l'on ne sait qu'elle.\n"
        "Voyez d'abord ce qui changerait\u00a0: "
        "metrograph import FICHIER --graph DOSSIER --dry-run",
        "Una hoja por tipo de ficha, una fila por ficha. Los encabezados amarillos con estrella "
        "son obligatorios.\n"
        "Para cambiar una ficha, cambie su fila. Para añadir una, use una fila libre más abajo y "
        "deje vacía su celda «Ficha».\n"
        "Las celdas con lista toman lo que la lista ofrece, o un identificador. Varios valores van "
        "en una celda, uno por línea (Alt+Intro).\n"
        "Las fechas se escriben 2023-10-07, 07/10/2023 o 7 oct. 2023; solo el año, si es lo único "
        "que se sabe.\n"
        "Vea primero lo que cambiaría: metrograph import ARCHIVO --graph CARPETA --dry-run",
    ),
    "template_id": (
        "The record that the row is about. Leave it empty for a new one.",
        "La fiche dont parle la ligne. Laissez vide pour une nouvelle.",
        "La ficha de que trata la fila. Déjela vacía para una nueva.",
    ),
    "imported": (
        "Written into {1} ({0}).",
        "Écrit dans {1} ({0}).",
        "Escrito en {1} ({0}).",
    ),
    "plan_imported": (
        "{} is a plan now. See it: metrograph serve --graph {}",
        "{} est désormais un plan. Pour le voir\u00a0: metrograph serve --graph {}",
        "{} ya es un plan. Para verlo: metrograph serve --graph {}",
    ),
    "ledger_written": (
        "{} statements are not in it; each is in {}, with the reason.",
        "{} énoncés n'y sont pas\u00a0; chacun est dans {}, avec la raison.",
        "{} enunciados no están en él; cada uno está en {}, con el motivo.",
    ),
    "step_reading": ("reading {}", "lecture de {}", "leyendo {}"),
    "step_comparing": (
        "comparing with the plan",
        "comparaison avec le plan",
        "comparando con el plan",
    ),
    "step_checking": ("checking", "contrôle", "comprobando"),
    "step_writing": ("writing {}", "écriture de {}", "escribiendo {}"),
    "plan_violates": (
        "It has violations ({}). See them: metrograph check --graph {}",
        "Il a des violations ({}). Pour les voir\u00a0: metrograph check --graph {}",
        "Tiene infracciones ({}). Para verlas: metrograph check --graph {}",
    ),
    "opens_later": (
        "No violation was found. It is large: to open it for the first time takes minutes.",
        "Aucune violation n'a été trouvée. Il est volumineux\u00a0: l'ouvrir la première fois "
        "prend des minutes.",
        "No se encontró ninguna infracción. Es grande: abrirlo por primera vez lleva minutos.",
    ),
    "import_dry": (
        "Nothing was written (--dry-run).",
        "Rien n'a été écrit (--dry-run).",
        "No se escribió nada (--dry-run).",
    ),
    "import_refused": (
        "Nothing was written. Rows to mend first: {}; or --accept-valid takes the others.",
        "Rien n'a été écrit. Lignes à corriger d'abord\u00a0: {}\u00a0; ou --accept-valid prend "
        "les autres.",
        "No se escribió nada. Filas por corregir antes: {}; o --accept-valid toma las demás.",
    ),
    "import_stuck": (
        "Nothing was written: what is wrong is in no row that could be left out. Mend it first.",
        "Rien n'a été écrit\u00a0: ce qui ne va pas n'est dans aucune ligne à laisser de côté. "
        "Corrigez-le d'abord.",
        "No se escribió nada: lo que falla no está en ninguna fila que se pueda dejar. Corríjalo "
        "antes.",
    ),
    "changes_made": ("What was changed", "Ce qui a été changé", "Lo que se cambió"),
    "import_kept": (
        "Records of the workbook without a row now: {}. They stay; --remove takes them out.",
        "Fiches du classeur désormais sans ligne\u00a0: {}. Elles restent\u00a0; --remove les "
        "retire.",
        "Fichas del libro ya sin fila: {}. Se quedan; --remove las quita.",
    ),
    "conflict_told": (
        "{} was changed in the plan since the workbook was made. Here: {}. In the plan: {}. "
        "Make the workbook anew, or write there what should stay.",
        "{} a changé dans le plan depuis que le classeur a été fait. Ici\u00a0: {}. Dans le "
        "plan\u00a0: {}. Refaites le classeur, ou écrivez-y ce qui doit rester.",
        "{} cambió en el plan desde que se hizo el libro. Aquí: {}. En el plan: {}. "
        "Vuelva a hacer el libro, o escriba en él lo que debe quedar.",
    ),
    "other_plan": (
        "{}: this workbook was made from another plan ({}). Make one from this plan: "
        "metrograph template.",
        "{}\u00a0: ce classeur vient d'un autre plan ({}). Faites-en un de ce plan-ci\u00a0: "
        "metrograph template.",
        "{}: este libro se hizo con otro plan ({}). Haga uno con este: metrograph template.",
    ),
    "levels": (
        "Levels",
        "Niveaux",
        "Niveles",
    ),
    "unit_list": ("Units", "Unités", "Unidades"),
    "no_unit": (
        "not stated",
        "non précisée",
        "no indicada",
    ),
    "file_plan": (
        "The plan itself, its organisations and the values they hold.",
        "Le plan lui-même, ses organisations et les valeurs qu'elles défendent.",
        "El plan mismo, sus organizaciones y los valores que defienden.",
    ),
    "file_elements": (
        "The plan's levels and elements.",
        "Les niveaux et les éléments du plan.",
        "Los niveles y los elementos del plan.",
    ),
    "file_stakeholders": (
        "Who performs a part of the plan, or benefits from it.",
        "Qui réalise une partie du plan, ou en bénéficie.",
        "Quién realiza una parte del plan, o se beneficia de ella.",
    ),
    "file_figures": (
        "Units, indicators and their figures.",
        "Unités, indicateurs et leurs chiffres.",
        "Unidades, indicadores y sus cifras.",
    ),
    "file_sources": (
        "The file that all of this was read from.",
        "Le fichier dont tout ceci a été lu.",
        "El archivo del que se leyó todo esto.",
    ),
    "stratml_goal": (
        "Goal",
        "But",
        "Meta",
    ),
    "stratml_objective": (
        "Objective",
        "Objectif",
        "Objetivo",
    ),
    "stratml_deeper": ("Objective, level {}", "Objectif, niveau {}", "Objetivo, nivel {}"),
    "stratml_unnamed": (
        "without a name",
        "sans nom",
        "sin nombre",
    ),
    "stratml_baseline": (
        "Baseline",
        "Valeur de référence",
        "Línea de base",
    ),
    "stratml_no_namespace": (
        "The namespace of the standard is missing ({}). Read all the same.",
        "L'espace de noms de la norme manque ({}). Lu quand même.",
        "Falta el espacio de nombres de la norma ({}). Leído de todos modos.",
    ),
    "stratml_other_namespace": (
        "The namespace of the standard is {}. Read all the same.",
        "L'espace de noms de la norme est {}. Lu quand même.",
        "El espacio de nombres de la norma es {}. Leído de todos modos.",
    ),
    "stratml_read_as": (
        "Read as {}.",
        "Lu comme {}.",
        "Leído como {}.",
    ),
    "stratml_around": (
        "The standard has no such element; what is in it was read.",
        "La norme n'a pas cet élément\u00a0; son contenu a été lu.",
        "La norma no tiene este elemento; se leyó lo que contiene.",
    ),
    "stratml_around_says": (
        "The standard has no such element, so what it says itself is not taken over.",
        "La norme n'a pas cet élément\u00a0; ce qu'il dit lui-même n'est pas repris.",
        "La norma no tiene este elemento; lo que dice él mismo no se incorpora.",
    ),
    "stratml_markup": (
        "A text holds other elements; their text was read.",
        "Un texte contient d'autres éléments\u00a0; leur texte a été lu.",
        "Un texto contiene otros elementos; se leyó su texto.",
    ),
    "stratml_order": (
        "The standard has {} before {}. Read all the same.",
        "La norme place {} avant {}. Lu quand même.",
        "La norma pone {} antes de {}. Leído de todos modos.",
    ),
    "stratml_elsewhere": (
        "In {} the standard has no {}. Read all the same.",
        "Dans {}, la norme n'a pas de {}. Lu quand même.",
        "En {} la norma no tiene {}. Leído de todos modos.",
    ),
    "stratml_absent": (
        "The standard wants {} here, and there is none.",
        "La norme veut ici {}, qui manque.",
        "La norma exige aquí {}, que falta.",
    ),
    "stratml_further": (
        "The standard has only one here; this further one is kept as a note.",
        "La norme n'en a qu'un ici\u00a0; celui-ci, en plus, est gardé en note.",
        "La norma solo tiene uno aquí; este otro se guarda como nota.",
    ),
    "stratml_unknown": (
        "There is no place for this; it is kept as a note.",
        "Il n'y a pas de place pour ceci\u00a0; c'est gardé en note.",
        "No hay lugar para esto; se guarda como nota.",
    ),
    "stratml_empty": (
        "It is empty, and has no place here.",
        "C'est vide, et sans place ici.",
        "Está vacío, y no tiene lugar aquí.",
    ),
    "stratml_technical": (
        "It is about the file, not about the plan.",
        "Cela concerne le fichier, pas le plan.",
        "Se refiere al archivo, no al plan.",
    ),
    "stratml_submitter": (
        "It tells who sent the file; data on persons is not taken over.",
        "Cela dit qui a envoyé le fichier\u00a0; les données de personnes ne sont pas reprises.",
        "Dice quién envió el archivo; los datos de personas no se incorporan.",
    ),
    "stratml_words": (
        "The standard knows only {} here. Kept as it stands.",
        "La norme ne connaît ici que {}. Gardé tel quel.",
        "La norma solo conoce aquí {}. Guardado tal cual.",
    ),
    "stratml_identifier": (
        "An identifier begins with a letter or _ and has no spaces or slashes. Kept as it stands.",
        "Un identifiant commence par une lettre ou _, sans espaces ni barres. Gardé tel quel.",
        "Un identificador empieza con una letra o _, sin espacios ni barras. Guardado tal cual.",
    ),
    "stratml_identifier_empty": (
        "An identifier is empty; the name takes its place.",
        "Un identifiant est vide\u00a0; le nom le remplace.",
        "Un identificador está vacío; el nombre lo reemplaza.",
    ),
    "stratml_identifier_twice": (
        "This identifier stands here for the second time; both are kept.",
        "Cet identifiant figure ici pour la seconde fois\u00a0; les deux sont gardés.",
        "Este identificador aparece aquí por segunda vez; ambos se guardan.",
    ),
    "stratml_referent": (
        "No element of the file has this identifier; it is kept as a note.",
        "Aucun élément du fichier n'a cet identifiant\u00a0; il est gardé en note.",
        "Ningún elemento del archivo tiene este identificador; se guarda como nota.",
    ),
    "stratml_no_address": (
        "This is no address of the web; it is kept as a note.",
        "Ce n'est pas une adresse du web\u00a0; c'est gardé en note.",
        "No es una dirección web; se guarda como nota.",
    ),
    "stratml_no_date": (
        "This is no date that can be read in one way only; it is kept as a note.",
        "Ce n'est pas une date lisible d'une seule façon\u00a0; c'est gardé en note.",
        "No es una fecha que se lea de una sola manera; se guarda como nota.",
    ),
    "stratml_no_number": (
        "This is no number that can be read in one way only; it is kept as a note.",
        "Ce n'est pas un nombre lisible d'une seule façon\u00a0; c'est gardé en note.",
        "No es un número que se lea de una sola manera; se guarda como nota.",
    ),
    "stratml_in_words": (
        "This result is given in words, not as a number; it is kept as a note.",
        "Ce résultat est donné en mots, pas en chiffres\u00a0; il est gardé en note.",
        "Este resultado se da en palabras, no como número; se guarda como nota.",
    ),
    "stratml_reversed": (
        "The end is before the start; the two were exchanged.",
        "La fin précède le début\u00a0; les deux ont été échangés.",
        "El fin precede al inicio; se intercambiaron.",
    ),
    "stratml_period": (
        "A plan needs a start and an end. Taken for {} to {}; please check.",
        "Un plan a besoin d'un début et d'une fin. Supposé de {} à {}\u00a0; à vérifier.",
        "Un plan necesita un inicio y un fin. Supuesto de {} a {}; conviene comprobarlo.",
    ),
    "stratml_no_days": (
        "This figure has no date; it is taken to be of the plan's whole period.",
        "Ce chiffre n'a pas de date\u00a0; il est supposé de toute la période du plan.",
        "Esta cifra no tiene fecha; se supone de todo el período del plan.",
    ),
    "stratml_no_unit": (
        "The unit is missing; it is called “not stated”.",
        "L'unité manque\u00a0; elle est dite «\u00a0non précisée\u00a0».",
        "Falta la unidad; se llama «no indicada».",
    ),
    "stratml_called": (
        "It has no name of its own; it is called “{}”.",
        "Sans nom propre, il s'appelle «\u00a0{}\u00a0».",
        "No tiene nombre propio; se llama «{}».",
    ),
    "stratml_nobody": (
        "It names nobody, so it is left out.",
        "Cela ne nomme personne\u00a0; c'est laissé de côté.",
        "No nombra a nadie; se omite.",
    ),
    "stratml_persons": (
        "Persons are named here, and stay named as stakeholders. "
        "Before you publish the plan, see that they may be.",
        "Des personnes sont nommées ici et le restent comme parties prenantes. "
        "Avant de publier le plan, vérifiez qu'elles peuvent l'être.",
        "Aquí se nombra a personas, que siguen nombradas como partes interesadas. "
        "Antes de publicar el plan, compruebe que se puede.",
    ),
    "stratml_why_kind": (
        "The standard has no place for records of this kind.",
        "La norme n'a pas de place pour des fiches de ce type.",
        "La norma no tiene lugar para fichas de este tipo.",
    ),
    "stratml_why_relation": (
        "The standard has no place for this of such a record.",
        "La norme n'a pas de place pour cela dans une telle fiche.",
        "La norma no tiene lugar para esto en una ficha así.",
    ),
    "stratml_why_language": (
        "A file of the standard has one language.",
        "Un fichier de la norme n'a qu'une langue.",
        "Un archivo de la norma tiene una sola lengua.",
    ),
    "stratml_why_level": (
        "The standard has two levels, goals and objectives.",
        "La norme a deux niveaux\u00a0: buts et objectifs.",
        "La norma tiene dos niveles: metas y objetivos.",
    ),
    "stratml_why_type": (
        "The standard does not know the plan's own kinds and levels.",
        "La norme ne connaît pas les types et niveaux propres au plan.",
        "La norma no conoce los tipos y niveles propios del plan.",
    ),
    "stratml_why_citation": (
        "A file of the standard cites no documents line by line.",
        "Un fichier de la norme ne cite pas de documents ligne par ligne.",
        "Un archivo de la norma no cita documentos línea por línea.",
    ),
    "stratml_why_part": (
        "Part 1 of the standard has no indicators; Part 2 has.",
        "La partie 1 de la norme n'a pas d'indicateurs\u00a0; la partie 2 en a.",
        "La parte 1 de la norma no tiene indicadores; la parte 2 sí.",
    ),
    "stratml_why_indicator": (
        "The standard has only indicators of objectives, each of one.",
        "La norme n'a que des indicateurs d'objectifs, chacun d'un seul.",
        "La norma solo tiene indicadores de objetivos, cada uno de uno solo.",
    ),
    "stratml_why_figure": (
        "The standard has only figures of the plan's organisation: targets and actual results.",
        "La norme n'a que des chiffres de l'organisation du plan\u00a0: cibles et résultats réels.",
        "La norma solo tiene cifras de la organización del plan: metas y resultados reales.",
    ),
    "stratml_why_id": (
        "The standard gives this no identifier; a reader makes another one of its name.",
        "La norme ne donne pas d'identifiant à ceci\u00a0; qui lit en fait un autre du nom.",
        "La norma no da un identificador a esto; quien lee hace otro con el nombre.",
    ),
    "stratml_why_identifier": (
        "The standard gives each record one identifier, and each identifier once.",
        "La norme donne un identifiant à chaque fiche, et chacun une seule fois.",
        "La norma da un identificador a cada ficha, y cada uno una sola vez.",
    ),
    "stratml_why_date": (
        "The standard has only whole days.",
        "La norme n'a que des jours entiers.",
        "La norma solo tiene días enteros.",
    ),
    "stratml_why_signs": (
        "XML cannot hold a sign of this text.",
        "XML ne peut contenir un signe de ce texte.",
        "XML no puede contener un signo de este texto.",
    ),
    "stratml_why_form": (
        "The standard cannot give this just as it is written.",
        "La norme ne peut donner ceci exactement tel qu'écrit.",
        "La norma no puede dar esto exactamente como está escrito.",
    ),
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
    "why_heading": ("The heading says so.", "L'en-tête le dit.", "Lo dice el encabezado."),
    "why_empty": ("No cell has anything.", "Aucune cellule n'est remplie.", "No hay nada escrito."),
    "why_urls": (
        "The cells are web addresses.",
        "Les cellules sont des adresses web.",
        "Las celdas son direcciones web.",
    ),
    "why_dates": (
        "Most cells are days, months or years.",
        "La plupart des cellules sont des jours, des mois ou des années.",
        "La mayoría de las celdas son días, meses o años.",
    ),
    "why_unique": (
        "Each cell has a code of its own.",
        "Chaque cellule a son propre code.",
        "Cada celda tiene un código propio.",
    ),
    "why_outline": (
        "The cells are numbers of an outline, {} level(s) deep.",
        "Les cellules sont des numéros de plan, sur {} niveau(x).",
        "Las celdas son números de un esquema, de {} nivel(es).",
    ),
    "why_money": (
        "Cells or heading name a currency.",
        "Les cellules ou l'en-tête nomment une monnaie.",
        "Las celdas o el encabezado nombran una moneda.",
    ),
    "why_year_heading": (
        "The cells are figures, and the heading is a year.",
        "Les cellules sont des chiffres, et l'en-tête est une année.",
        "Las celdas son cifras, y el encabezado es un año.",
    ),
    "why_percent": (
        "The cells are percentages.",
        "Les cellules sont des pourcentages.",
        "Las celdas son porcentajes.",
    ),
    "why_number_unknown": (
        "The cells are numbers, but the heading does not say of what kind.",
        "Les cellules sont des nombres, mais l'en-tête ne dit pas de quel genre.",
        "Las celdas son números, pero el encabezado no dice de qué clase.",
    ),
    "why_states": (
        "Most cells are words for how far something is.",
        "La plupart des cellules disent où en est quelque chose.",
        "La mayoría de las celdas dicen cuánto se ha avanzado.",
    ),
    "why_note": (
        "Neither the heading nor the cells say more.",
        "Ni l'en-tête ni les cellules n'en disent plus.",
        "Ni el encabezado ni las celdas dicen más.",
    ),
    "why_title": (
        "The finest texts: {} different ones in {} rows.",
        "Les textes les plus fins\u00a0: {} différents sur {} lignes.",
        "Los textos más finos: {} distintos en {} filas.",
    ),
    "why_filled_down": (
        "Blank cells stand for the text above them.",
        "Les cellules vides valent pour le texte au-dessus.",
        "Las celdas vacías valen por el texto de encima.",
    ),
    "why_determined": (
        "Each text of “{}” comes with one text of this column.",
        "Chaque texte de «\u00a0{}\u00a0» va avec un seul texte de cette colonne.",
        "Cada texto de «{}» va con un solo texto de esta columna.",
    ),
    "why_determines": (
        "Each text of this column comes with one text of “{}”.",
        "Chaque texte de cette colonne va avec un seul texte de «\u00a0{}\u00a0».",
        "Cada texto de esta columna va con un solo texto de «{}».",
    ),
    "why_blocks": (
        "Cells with the same text stand together.",
        "Les cellules de même texte se suivent.",
        "Las celdas con el mismo texto van juntas.",
    ),
    "why_one_to_one": (
        "There is one for each text of “{}”.",
        "Il y en a un pour chaque texte de «\u00a0{}\u00a0».",
        "Hay uno por cada texto de «{}».",
    ),
    "why_kind": (
        "There is one word for each depth of the numbers.",
        "Il y a un mot pour chaque profondeur des numéros.",
        "Hay una palabra por cada profundidad de los números.",
    ),
    "why_titles_numbered": (
        "The texts of all levels, whose numbers say how deep each is.",
        "Les textes de tous les niveaux, dont les numéros disent la profondeur.",
        "Los textos de todos los niveles, cuya profundidad dicen los números.",
    ),
    "why_titles_indented": (
        "The texts of all levels, indented by how deep each is.",
        "Les textes de tous les niveaux, en retrait selon leur profondeur.",
        "Los textos de todos los niveles, sangrados según su profundidad.",
    ),
    "why_titles_sectioned": (
        "The texts of two levels: those alone in their row stand over the others.",
        "Les textes de deux niveaux\u00a0: ceux qui sont seuls sur leur ligne chapeautent les "
        "autres.",
        "Los textos de dos niveles: los que están solos en su fila encabezan los demás.",
    ),
    "why_columns": (
        "Each level is a column.",
        "Chaque niveau est une colonne.",
        "Cada nivel es una columna.",
    ),
    "why_numbers": (
        "Numbers such as 1, 1.1 and 1.1.1 say the levels.",
        "Des numéros comme 1, 1.1 et 1.1.1 disent les niveaux.",
        "Números como 1, 1.1 y 1.1.1 dicen los niveles.",
    ),
    "why_indentation": (
        "Indentation says the levels.",
        "Le retrait dit les niveaux.",
        "La sangría dice los niveles.",
    ),
    "why_sections": (
        "Rows with nothing but a name are the upper level.",
        "Les lignes qui n'ont qu'un nom sont le niveau supérieur.",
        "Las filas que solo tienen un nombre son el nivel superior.",
    ),
    "sheet_left": (
        "This sheet was not read; the plan was made from “{}”. Name another in a mapping.",
        "Cette feuille n'a pas été lue\u00a0; le plan vient de «\u00a0{}\u00a0». Nommez-en une "
        "autre dans une correspondance (--map).",
        "Esta hoja no se leyó; el plan sale de «{}». Nombre otra en una correspondencia (--map).",
    ),
    "language_taken": (
        "The language of all texts, as given with --lang; what the table is written in is not "
        "known.",
        "La langue de tous les textes, comme donnée par --lang\u00a0; celle du tableau n'est pas "
        "connue.",
        "El idioma de todos los textos, según --lang; el de la tabla no se conoce.",
    ),
    "period_taken": (
        "The period of the plan, by its title or its dates.",
        "La période du plan, d'après son titre ou ses dates.",
        "El período del plan, por su título o sus fechas.",
    ),
    "period_unknown": (
        "The period of the plan: the table names no year, so that of the file's name or of its "
        "last change was taken. Say first_year and last_year in a mapping.",
        "La période du plan\u00a0: le tableau ne nomme aucune année\u00a0; celle du nom du fichier "
        "ou de sa dernière modification a été prise. Dites first_year et last_year dans une "
        "correspondance (--map).",
        "El período del plan: la tabla no nombra ningún año; se tomó el del nombre del archivo o "
        "el de su último cambio. Diga first_year y last_year en una correspondencia (--map).",
    ),
    "header_row": ("row {}: headings", "ligne {}\u00a0: en-têtes", "fila {}: encabezados"),
    "no_header": ("no headings", "pas d'en-têtes", "sin encabezados"),
    "plan_title": ("The name of the plan.", "Le nom du plan.", "El nombre del plan."),
    "row_header_again": (
        "The headings once more.",
        "Encore les en-têtes.",
        "Otra vez los encabezados.",
    ),
    "row_total": (
        "A row of sums, which follow from the others.",
        "Une ligne de totaux, qui découlent des autres.",
        "Una fila de totales, que se deducen de las otras.",
    ),
    "row_merged": (
        "Adds to what row {} begins.",
        "Complète ce que commence la ligne {}.",
        "Completa lo que empieza en la fila {}.",
    ),
    "row_stray": (
        "Names nothing; kept as a note of the plan.",
        "Ne nomme rien\u00a0; gardé en note du plan.",
        "No nombra nada; guardado como nota del plan.",
    ),
    "rows_counted": (
        "Rows of the body: {} elements at {} level(s), {} of them at the lowest.",
        "Lignes du corps\u00a0: {} éléments sur {} niveau(x), dont {} au plus bas.",
        "Filas del cuerpo: {} elementos en {} nivel(es), {} de ellos en el más bajo.",
    ),
    "days_read": (
        "{}; so were {} cell(s) of this column read as days, months or years.",
        "{}\u00a0; {} cellule(s) de cette colonne ont été lues comme jours, mois ou années.",
        "{}; {} celda(s) de esta columna se leyeron como días, meses o años.",
    ),
    "figures_read": (
        "{}; so were {} cell(s) of this column read as figures.",
        "{}\u00a0; {} cellule(s) de cette colonne ont été lues comme chiffres.",
        "{}; {} celda(s) de esta columna se leyeron como cifras.",
    ),
    "markup_read": (
        "{}; so were {} cell(s) of this column read without marks of HTML.",
        "{}\u00a0; {} cellule(s) de cette colonne ont été lues sans balises HTML.",
        "{}; {} celda(s) de esta columna se leyeron sin marcas de HTML.",
    ),
    "cells_left": (
        "{} cell(s) of this column were left, as the mapping says.",
        "{} cellule(s) de cette colonne n'ont pas été reprises, comme le dit la correspondance.",
        "{} celda(s) de esta columna no se incorporaron, como dice la correspondencia.",
    ),
    "cells_noted": (
        "{} cell(s) of this column are notes of what their row is about.",
        "{} cellule(s) de cette colonne sont des notes de ce dont traite leur ligne.",
        "{} celda(s) de esta columna son notas de lo que trata su fila.",
    ),
    "cells_unread": (
        "{} cell(s) do not fit what the column is taken for ({}), and are kept as notes.",
        "{} cellule(s) ne correspondent pas à ce pour quoi la colonne est prise ({}), et sont "
        "gardées en notes.",
        "{} celda(s) no corresponden a aquello por lo que se toma la columna ({}), y se guardan "
        "como notas.",
    ),
    "stand_in": (
        "Nothing stands at level {} above this row; an element was made for the place.",
        "Rien ne se trouve au niveau {} au-dessus de cette ligne\u00a0; un élément a été créé à la "
        "place.",
        "No hay nada en el nivel {} por encima de esta fila; se creó un elemento en su lugar.",
    ),
    "level_missing": ("(no {})", "(sans {})", "(sin {})"),
    "scheme_levels": ("Levels of the plan", "Niveaux du plan", "Niveles del plan"),
    "scheme_statuses": ("Statuses", "États d'avancement", "Estados"),
    "scheme_units": ("Units", "Unités", "Unidades"),
    "unit_number": ("number", "nombre", "número"),
    "role_level": ("Level", "Niveau", "Nivel"),
    "role_number": ("Printed number", "Numéro imprimé", "Número impreso"),
    "role_id": ("Code", "Code", "Código"),
    "role_description": ("Description", "Description", "Descripción"),
    "role_status": ("Status", "État d'avancement", "Estado"),
    "role_progress": ("Progress", "Avancement", "Avance"),
    "role_start": ("Start", "Début", "Inicio"),
    "role_end": ("End", "Fin", "Fin"),
    "role_date": ("When", "Quand", "Cuándo"),
    "role_owner": ("Who performs it", "Qui s'en charge", "Quién lo realiza"),
    "role_budget": ("Money", "Argent", "Dinero"),
    "role_indicator": ("Indicator", "Indicateur", "Indicador"),
    "role_indicator_id": ("Code of an indicator", "Code d'un indicateur", "Código de un indicador"),
    "role_unit": ("Unit", "Unité", "Unidad"),
    "role_baseline": ("Baseline", "Valeur de référence", "Línea de base"),
    "role_target": ("Target", "Cible", "Meta"),
    "role_actual": ("Actual figure", "Valeur réelle", "Valor real"),
    "role_location": ("Place", "Lieu", "Lugar"),
    "role_url": ("Web address", "Adresse web", "Dirección web"),
    "role_kind": ("Name of the level", "Nom du niveau", "Nombre del nivel"),
    "role_note": ("Note", "Note", "Nota"),
    "role_left": ("Not taken over", "Non repris", "No incorporado"),
    "why_dates_known": (
        "Days, but other columns say when it begins or ends.",
        "Des jours, mais d'autres colonnes disent le début ou la fin.",
        "Días, pero otras columnas dicen cuándo empieza o termina.",
    ),
    "why_of_indicator": (
        "There are more codes than names: they are those of the indicators.",
        "Il y a plus de codes que de noms\u00a0: ce sont ceux des indicateurs.",
        "Hay más códigos que nombres: son los de los indicadores.",
    ),
    "why_years_unknown": (
        "Figures, but several columns have such ones and none says its year.",
        "Des chiffres, mais plusieurs colonnes en ont de tels et aucune ne dit son année.",
        "Cifras, pero varias columnas las tienen iguales y ninguna dice su año.",
    ),
    "why_status_known": (
        "Another column says how far it is, too.",
        "Une autre colonne dit déjà où il en est.",
        "Otra columna ya dice cuánto se ha avanzado.",
    ),
    "why_parent": (
        "The cells are codes of other rows in “{}”.",
        "Les cellules sont des codes d'autres lignes de «\u00a0{}\u00a0».",
        "Las celdas son códigos de otras filas de «{}».",
    ),
    "why_titles_parents": (
        "The texts of all levels; codes say what each is part of.",
        "Les textes de tous les niveaux\u00a0; des codes disent de quoi chacun fait partie.",
        "Los textos de todos los niveles; los códigos dicen de qué forma parte cada uno.",
    ),
    "why_parents": (
        "Codes of other rows say the levels.",
        "Les codes d'autres lignes disent les niveaux.",
        "Los códigos de otras filas dicen los niveles.",
    ),
    "role_parent": ("What it is part of", "Ce dont il fait partie", "De qué forma parte"),
    "role_baseline_year": (
        "Year of the baseline",
        "Année de la valeur de référence",
        "Año de la línea de base",
    ),
}


def word(key: str, lang: str) -> str:
    """Return a word in a language, or in English.

    >>> word("gap", "fr")
    'lacune'
    """
    return WORDS[key][LANGUAGES.index(lang) if lang in LANGUAGES else 0]
