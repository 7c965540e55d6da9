"""The few words that the program itself says, in the three languages: a key in, a word out."""

LANGUAGES = ("en", "fr", "es")

WORDS = {
    "gap": ("gap", "lacune", "brecha"),
    "total": ("Total", "Total", "Total"),
    "challenge": ("Challenge", "Défi", "Desafío"),
    "coverage": (
        "Activities by challenge and theme",
        "Activités par défi et par thème",
        "Actividades por desafío y tema",
    ),
    "coverage_note": (
        "Each number counts activities, not results: it shows that something was done, not that "
        "it worked. Totals count each activity once.",
        "Chaque nombre compte des activités, pas des résultats\u00a0: il montre que quelque "
        "chose a été fait, pas que cela a réussi. Les totaux comptent chaque activité une seule "
        "fois.",
        "Cada número cuenta actividades, no resultados: muestra que se hizo algo, no que haya "
        "dado resultado. Los totales cuentan cada actividad una sola vez.",
    ),
    "written_conclusion": (
        "This alignment was written by hand, but alignments are inferred from claims. Record the "
        "claim instead.",
        "Cet alignement a été écrit à la main, alors que les alignements se déduisent des "
        "affirmations. Consignez plutôt l'affirmation.",
        "Esta alineación se escribió a mano, pero las alineaciones se infieren de las "
        "afirmaciones. Registre en su lugar la afirmación.",
    ),
    "contradiction": (
        "This record is both {} and {}, which exclude each other. Keep one.",
        "Cette fiche est à la fois {} et {}, qui s'excluent. Gardez l'un des deux.",
        "Esta ficha es a la vez {} y {}, que se excluyen. Conserve uno de los dos.",
    ),
    "same-passage": ("same passage", "même passage", "mismo pasaje"),
    "same_passage": ("same passage", "même passage", "mismo pasaje"),
    "co_mention": ("co-mention", "co-mention", "mención separada"),
    "passage_note": (
        "In brackets: how many of these activities name the challenge and the theme in the same "
        "passage, if not all of them do. The others mention the two in different passages.",
        "Entre parenthèses\u00a0: le nombre de ces activités qui nomment le défi et le thème "
        "dans un même passage, quand ce n'est pas le cas de toutes. Les autres les mentionnent "
        "dans des passages différents.",
        "Entre paréntesis: cuántas de estas actividades nombran el desafío y el tema en un mismo "
        "pasaje, cuando no lo hacen todas. Las demás los mencionan en pasajes distintos.",
    ),
    "waits_one": (
        "{} activity is still waiting for a second coder, so nothing about it is agreed yet.",
        "{} activité attend un second codage\u00a0; rien à son sujet n'est encore retenu.",
        "{} actividad espera una segunda codificación; todavía no hay nada acordado sobre ella.",
    ),
    "waits_many": (
        "{} activities are still waiting for a second coder, so nothing about them is agreed yet.",
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
        "«\u00a0{0}\u00a0» n'est pas une valeur valide du type xsd:{1}.",
        "«{0}» no es un valor válido del tipo xsd:{1}.",
    ),
    "value_not_finite": (
        "“{0}” is not a finite number (xsd:{1}). Enter a finite number, or remove the value.",
        "«\u00a0{0}\u00a0» n'est pas un nombre fini (xsd:{1}). Indiquez un nombre fini, ou "
        "retirez la valeur.",
        "«{0}» no es un número finito (xsd:{1}). Indique un número finito o quite el valor.",
    ),
    "value_too_long": (
        "“{0}” has more than 18 digits before or after the decimal point, too many to calculate "
        "with (xsd:{1}). Round it.",
        "«\u00a0{0}\u00a0» a plus de 18 chiffres avant ou après la virgule, trop pour les "
        "calculs (xsd:{1}). Arrondissez la valeur.",
        "«{0}» tiene más de 18 cifras antes o después de la coma, demasiadas para calcular "
        "(xsd:{1}). Redondee el valor.",
    ),
    "value_year_outside": (
        "The year in “{0}” is not between 0001 and 9999 (xsd:{1}). Correct it.",
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
        "{} has no effect here: metrograph ignores it.",
        "{} est sans effet ici\u00a0: metrograph n'en tient pas compte.",
        "{} no tiene efecto aquí: metrograph no lo tiene en cuenta.",
    ),
    "same_as": (
        "{} has no effect here: the two records remain separate. Merge them, or remove this "
        "statement.",
        "{} est sans effet ici\u00a0: les deux fiches restent distinctes. Fusionnez-les, ou "
        "retirez cet énoncé.",
        "{} no tiene efecto aquí: las dos fichas siguen separadas. Fusiónelas o quite este "
        "enunciado.",
    ),
    "also_on": (
        " (Also on other records: {}.)",
        " (Également sur d'autres fiches\u00a0: {}.)",
        " (También en otras fichas: {}.)",
    ),
    "claims": ("Claims", "Affirmations", "Afirmaciones"),
    "standing": ("agreed", "retenues", "acordadas"),
    "any": ("any", "toutes", "todas"),
    "year": ("Year", "Année", "Año"),
    "line": ("Action line", "Ligne d'action", "Línea de acción"),
    "basis": ("Basis", "Base", "Base"),
    "figures": ("Values", "Valeurs", "Valores"),
    "no_finding": (
        "The checks found nothing to correct.",
        "Les contrôles n'ont rien trouvé à corriger.",
        "Los controles no encontraron nada que corregir.",
    ),
    "row_found": ("{} row.", "{} ligne.", "{} fila."),
    "rows_found": ("{} rows.", "{} lignes.", "{} filas."),
    "yes": ("yes", "oui", "sí"),
    "no": ("no", "non", "no"),
    "output": ("Output type", "Type de produit", "Tipo de producto"),
    "region": ("Region", "Région", "Región"),
    "stated": ("stated", "explicite", "explícita"),
    "implied": ("implied", "implicite", "implícita"),
    "did_you_mean": (
        " Did you mean {}?",
        " Vouliez-vous dire {}\u00a0?",
        " ¿Quería decir {}?",
    ),
    "has_violations": (
        "The plan has errors ({}), so this answer may be wrong. To see them: metrograph check",
        "Le plan contient des erreurs ({})\u00a0; cette réponse peut donc être fausse. Pour les "
        "voir\u00a0: metrograph check",
        "El plan tiene errores ({}), así que esta respuesta puede ser incorrecta. Para verlos: "
        "metrograph check",
    ),
    "no_activity": (
        "No activity matches these filters, so every cell is empty.",
        "Aucune activité ne correspond à ces filtres\u00a0: toutes les cases sont vides.",
        "Ninguna actividad cumple estos filtros: todas las celdas están vacías.",
    ),
    "answer": ("Answer", "Réponse", "Respuesta"),
    "colon": (":", "\u00a0:", ":"),
    "one_line": ("line", "ligne", "línea"),
    "more_rows": (
        "… more rows: {}. Use --format csv to get them all.",
        "… autres lignes\u00a0: {}. Utilisez --format csv pour les obtenir toutes.",
        "… filas restantes: {}. Use --format csv para obtenerlas todas.",
    ),
    "lines": ("lines", "lignes", "líneas"),
    "relation": ("Relation", "Relation", "Relación"),
    "value": ("Value", "Valeur", "Valor"),
    "origin": ("Origin", "Origine", "Origen"),
    "written": ("written", "écrit", "escrito"),
    "inferred": ("inferred", "déduit", "inferido"),
    "nothing": ("Nothing found.", "Rien n'a été trouvé.", "No se encontró nada."),
    "conforms": (
        "The plan is valid: no errors.",
        "Le plan est valide\u00a0: aucune erreur.",
        "El plan es válido: ningún error.",
    ),
    "conforms_read": (
        "What was read is valid: no errors. Some files were not read.",
        "Ce qui a été lu est valide\u00a0: aucune erreur. Certains fichiers n'ont pas été lus.",
        "Lo que se leyó es válido: ningún error. Algunos archivos no se leyeron.",
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
        "Not included ({}): activities coded by fewer than two coders: {}.",
        "Non prises en compte ({})\u00a0: activités codées par moins de deux personnes\u00a0: {}.",
        "No incluidas ({}): actividades codificadas por menos de dos personas: {}.",
    ),
    "figures_unread": (
        "Not counted ({}): values that are not numbers: {}.",
        "Non comptées ({})\u00a0: valeurs qui ne sont pas des nombres\u00a0: {}.",
        "No contados ({}): valores que no son números: {}.",
    ),
    "import_left": (
        "Not imported ({}): see {}.",
        "Non importés ({})\u00a0: voir {}.",
        "No importados ({}): vea {}.",
    ),
    "remarks_more": (
        "… up to {}. More remarks of this kind: {}. To list them all: --report FILE",
        "… jusqu'à {}. Autres remarques de ce type\u00a0: {}. Pour les afficher toutes\u00a0: "
        "--report FICHIER",
        "… hasta {}. Otras observaciones de este tipo: {}. Para mostrarlas todas: --report ARCHIVO",
    ),
    "remarks_above": (
        "the remarks above",
        "les remarques ci-dessus",
        "las observaciones anteriores",
    ),
    "conforms_not": (
        "The plan is not valid.",
        "Le plan n'est pas valide.",
        "El plan no es válido.",
    ),
    "more": (
        "To list the notes too: --severity info",
        "Pour afficher aussi les remarques\u00a0: --severity info",
        "Para mostrar también las notas: --severity info",
    ),
    "violation": ("error", "erreur", "error"),
    "warning": ("warning", "avertissement", "advertencia"),
    "info": ("note", "remarque", "nota"),
    "findings": ("Findings", "Constats", "Hallazgos"),
    "severity": ("Severity", "Gravité", "Gravedad"),
    "where": ("Where", "Où", "Dónde"),
    "record": ("Record", "Fiche", "Ficha"),
    "finding": ("Finding", "Constat", "Hallazgo"),
    "shape": ("Check", "Contrôle", "Verificación"),
    "question": ("Question", "Question", "Pregunta"),
    "name": ("Name", "Nom", "Nombre"),
    "parameters": ("Parameters", "Paramètres", "Parámetros"),
    "questions": ("Questions", "Questions", "Preguntas"),
    "agreement": (
        "Agreement between coders",
        "Accord entre codeurs",
        "Acuerdo entre codificadores",
    ),
    "agreement_by_category": (
        "Agreement by category",
        "Accord par catégorie",
        "Acuerdo por categoría",
    ),
    "agreement_note": (
        "Alpha is Krippendorff's alpha: 1 is full agreement, 0 is what chance alone would give. "
        "From 0.80 agreement is reliable, from 0.667 tentative, below that contested. The "
        "interval covers 95% of {rounds} random samples of the activities (seed {seed}).",
        "Alpha est l'alpha de Krippendorff\u00a0: 1 est l'accord complet, 0 celui que donnerait "
        "le hasard. À partir de 0,80 l'accord est fiable, à partir de 0,667 provisoire, en "
        "dessous contesté. L'intervalle couvre 95\u00a0% de {rounds} échantillons aléatoires des "
        "activités (graine {seed}).",
        "Alfa es el alfa de Krippendorff: 1 es el acuerdo completo; 0, el que daría el azar. A "
        "partir de 0,80 el acuerdo es fiable; a partir de 0,667, provisional; por debajo está en "
        "disputa. El intervalo abarca el 95\u00a0% de {rounds} muestras aleatorias de las "
        "actividades (semilla {seed}).",
    ),
    "observed_note": (
        "Observed agreement counts both yes and no: if a category is rare, coders often agree by "
        "not claiming it. A challenge claimed without a work area is listed among the work areas "
        "and, together with its work areas, as a challenge.",
        "L'accord observé compte les oui et les non\u00a0: si une catégorie est rare, les "
        "codeurs s'accordent souvent en ne l'affirmant pas. Un défi affirmé sans domaine de "
        "travail figure parmi les domaines de travail et, avec ses domaines, comme défi.",
        "El acuerdo observado cuenta el sí y el no: si una categoría es rara, los codificadores "
        "coinciden a menudo en no afirmarla. Un desafío afirmado sin área de trabajo figura "
        "entre las áreas de trabajo y, junto con sus áreas, como desafío.",
    ),
    "units": ("Activities", "Activités", "Actividades"),
    "categories": ("Categories", "Catégories", "Categorías"),
    "category": ("Category", "Catégorie", "Categoría"),
    "observed": ("Observed agreement, %", "Accord observé, %", "Acuerdo observado, %"),
    "alpha": ("Alpha", "Alpha", "Alfa"),
    "low": ("From", "De", "Desde"),
    "high": ("To", "À", "Hasta"),
    "judgement": ("Judgement", "Appréciation", "Valoración"),
    "reliable": ("reliable", "fiable", "fiable"),
    "tentative": ("tentative", "provisoire", "provisional"),
    "contested": ("contested", "contesté", "en disputa"),
    "too_few": ("too few to judge", "trop peu pour juger", "demasiado pocas para valorar"),
    "agreement_few": (
        "If coders share fewer than {} activities, there are too few to judge agreement, and no "
        "interval is given.",
        "Si les codeurs ont moins de {} activités en commun, c'est trop peu pour apprécier "
        "l'accord\u00a0: aucun intervalle n'est donné.",
        "Si los codificadores tienen menos de {} actividades en común, son demasiado pocas para "
        "valorar el acuerdo: no se da ningún intervalo.",
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
        "Claims on which coders differ",
        "Affirmations sur lesquelles les codeurs divergent",
        "Afirmaciones en las que difieren los codificadores",
    ),
    "nothing_contested": (
        "No claim is contested.",
        "Aucune affirmation n'est contestée.",
        "Ninguna afirmación está en disputa.",
    ),
    "not_coded": ("did not code it", "ne l'a pas codée", "no la codificó"),
    "not_claimed": ("does not claim it", "ne l'affirme pas", "no lo afirma"),
    "instead": ("; but: {}", "\u00a0; mais\u00a0: {}", "; pero: {}"),
    "gaps": ("Gaps", "Lacunes", "Brechas"),
    "gap_type": ("Type of gap", "Type de lacune", "Tipo de brecha"),
    "closing": ("What would close it", "Ce qui la comblerait", "Qué la cerraría"),
    "about": ("About", "Concerne", "Sobre"),
    "details": ("Details", "Détails", "Detalles"),
    "gaps_note": (
        "Gaps in total: {}. A gap means that something is missing from the records, not that the "
        "work was poor.",
        "Lacunes au total\u00a0: {}. Une lacune signale qu'il manque quelque chose dans les "
        "fiches, pas que le travail était mauvais.",
        "Brechas en total: {}. Una brecha indica que falta algo en las fichas, no que el trabajo "
        "fuera malo.",
    ),
    "gaps_by_note": (
        "A gap that belongs to two rows counts in both, so a column may add up to more than the "
        "total.",
        "Une lacune rattachée à deux rangées compte dans chacune\u00a0: la somme "
        "d'une colonne peut donc dépasser le total.",
        "Una brecha que pertenece a dos filas cuenta en ambas, así que la suma de una columna "
        "puede superar el total.",
    ),
    "none_of_them": ("not assigned", "sans rattachement", "sin asignar"),
    "no_gap": ("No gaps.", "Aucune lacune.", "Ninguna brecha."),
    "out_of_scope": ("out of scope", "hors périmètre", "fuera de alcance"),
    "whatif": (
        "Activities by challenge and theme, before → after",
        "Activités par défi et par thème, avant → après",
        "Actividades por desafío y tema, antes → después",
    ),
    "whatif_note": (
        "Without {}. Activities lost: {}. Intersections that lose coverage: {}. Results that "
        "lose their last activity: {}. Totals count each activity once.",
        "Sans {}. Activités perdues\u00a0: {}. Intersections qui perdent leur couverture\u00a0: "
        "{}. Résultats qui perdent leur dernière activité\u00a0: {}. Les totaux comptent chaque "
        "activité une seule fois.",
        "Sin {}. Actividades que se pierden: {}. Intersecciones que pierden cobertura: {}. "
        "Resultados que pierden su última actividad: {}. Los totales cuentan cada actividad una "
        "sola vez.",
    ),
    "losses": ("Lost coverage", "Couverture perdue", "Cobertura perdida"),
    "lost": ("Lost", "Perdu", "Perdido"),
    "was_reached_by": ("Covered until now by", "Couvert jusqu'ici par", "Cubierto hasta ahora por"),
    "nothing_lost": (
        "No intersection loses coverage, and no result loses its last activity.",
        "Aucune intersection ne perd sa couverture et aucun résultat ne perd sa dernière activité.",
        "Ninguna intersección pierde cobertura y ningún resultado pierde su última actividad.",
    ),
    "fragile": ("Critical dependencies", "Dépendances critiques", "Dependencias críticas"),
    "fragile_note": (
        "Intersections and results that depend on a single record lose their coverage without "
        "it: metrograph whatif --without ID lists them. “Without a member or partner” means "
        "without the activities in which it takes part, in any role. Critical: without it, the "
        "covered part of the plan splits into separate parts.",
        "Les intersections et les résultats qui dépendent d'une seule fiche perdent leur "
        "couverture sans elle\u00a0: metrograph whatif --without ID les énumère. «\u00a0Sans un "
        "membre ou un partenaire\u00a0» signifie sans les activités auxquelles il participe, à "
        "quelque titre que ce soit. Critique\u00a0: sans elle, la partie couverte du plan se "
        "scinde en parties séparées.",
        "Las intersecciones y los resultados que dependen de una sola ficha pierden cobertura "
        "sin ella: metrograph whatif --without ID los enumera. «Sin un miembro o socio» "
        "significa sin las actividades en que participa, con cualquier función. Crítica: sin "
        "ella, la parte cubierta del plan se divide en partes separadas.",
    ),
    "nothing_fragile": (
        "Nothing depends on a single record.",
        "Rien ne dépend d'une seule fiche.",
        "Nada depende de una sola ficha.",
    ),
    "thing": ("Record", "Fiche", "Ficha"),
    "kind_organization": (
        "member or organisation",
        "membre ou organisation",
        "miembro u organización",
    ),
    "kind_source": ("source", "source", "fuente"),
    "activities": ("Activities", "Activités", "Actividades"),
    "cells_alone": (
        "Intersections that depend on it alone",
        "Intersections qui ne dépendent que d'elle",
        "Intersecciones que dependen solo de ella",
    ),
    "results_alone": (
        "Results that depend on it alone",
        "Résultats qui ne dépendent que d'elle",
        "Resultados que dependen solo de ella",
    ),
    "critical": ("Critical", "Critique", "Crítica"),
    "span": (
        "Lowest and highest number of activities",
        "Nombre minimal et maximal d'activités",
        "Número mínimo y máximo de actividades",
    ),
    "span_note": (
        "Ways of counting claims: {}. An asterisk marks a cell that is covered in one of these "
        "ways and empty in another; cells that stay covered or empty in all of them: {} of {}.",
        "Façons de compter les affirmations\u00a0: {}. Un astérisque marque une case couverte "
        "selon l'une de ces façons et vide selon une autre\u00a0; cases toujours couvertes ou "
        "toujours vides\u00a0: {} sur {}.",
        "Formas de contar las afirmaciones: {}. Un asterisco marca una celda cubierta según una "
        "de estas formas y vacía según otra; celdas siempre cubiertas o siempre vacías: {} de {}.",
    ),
    "fractional_note": (
        "An activity at n intersections counts 1/n at each, so that rows and columns add up to "
        "the number of activities. A number shows that something was done, not that it worked.",
        "Une activité présente à n intersections compte 1/n à chacune\u00a0: la somme des "
        "lignes et celle des colonnes donnent donc le nombre d'activités. Un nombre montre que "
        "quelque chose a été fait, pas que cela a réussi.",
        "Una actividad en n intersecciones cuenta 1/n en cada una, de modo que las filas y las "
        "columnas suman el número de actividades. Un número muestra que se hizo algo, no que "
        "haya dado resultado.",
    ),
    "concentration": (
        "Concentration of the coverage",
        "Concentration de la couverture",
        "Concentración de la cobertura",
    ),
    "concentration_note": (
        "Shares are of the activities that address at least one intersection; an activity that "
        "belongs to two lines counts in both. Intersections with as many activities as the last "
        "of the fullest ones are counted with them. Evenness is Pielou's (1966) over all "
        "intersections in scope: 1 means the same number everywhere, 0 means everything at one "
        "intersection.",
        "Les pourcentages portent sur les activités qui abordent au moins une "
        "intersection\u00a0; une activité qui relève de deux lignes compte dans les deux. Les "
        "intersections aussi remplies que la dernière des plus remplies sont comptées avec elles. "
        "L'équitabilité est celle de Pielou (1966) sur toutes les intersections du "
        "périmètre\u00a0: 1 signifie le même nombre partout, 0 tout à une seule intersection.",
        "Los porcentajes se refieren a las actividades que abordan al menos una intersección; "
        "una actividad que pertenece a dos líneas cuenta en ambas. Las intersecciones tan llenas "
        "como la última de las más llenas se cuentan con ellas. La equitatividad es la de Pielou "
        "(1966) sobre todas las intersecciones dentro del alcance: 1 significa el mismo número "
        "en todas; 0, todo en una sola intersección.",
    ),
    "whole_plan": ("whole plan", "ensemble du plan", "todo el plan"),
    "covered_cells": (
        "Intersections covered",
        "Intersections couvertes",
        "Intersecciones cubiertas",
    ),
    "fullest_one": ("In the fullest, %", "Dans la plus remplie, %", "En la más llena, %"),
    "no_intersections": (
        "This plan has no challenges and themes yet, so there is no coverage to show.",
        "Ce plan ne comporte encore ni défis ni thèmes\u00a0: il n'y a pas de couverture à "
        "afficher.",
        "Este plan todavía no tiene desafíos ni temas: no hay cobertura que mostrar.",
    ),
    "no_activity_yet": (
        "No activity of this plan addresses a challenge and a theme yet.",
        "Aucune activité de ce plan n'aborde encore un défi et un thème.",
        "Ninguna actividad de este plan aborda todavía un desafío y un tema.",
    ),
    "no_activity_of": (
        "No activity is reported for {}.",
        "Aucune activité n'est déclarée pour {}.",
        "No consta ninguna actividad de {}.",
    ),
    "fullest": ("In the {} fullest, %", "Dans les {} plus remplies, %", "En las {} más llenas, %"),
    "evenness": ("Evenness", "Équitabilité", "Equitatividad"),
    "progress": (
        "Change in the indicators",
        "Évolution des indicateurs",
        "Evolución de los indicadores",
    ),
    "indicator": ("Indicator", "Indicateur", "Indicador"),
    "direction": ("Desired direction", "Sens souhaité", "Sentido deseado"),
    "baseline": ("Baseline", "Valeur de référence", "Línea de base"),
    "target": ("Target", "Cible", "Meta"),
    "actual": ("Actual", "Valeur réelle", "Valor real"),
    "change": ("Change", "Évolution", "Cambio"),
    "change_percent": ("Change, %", "Évolution, %", "Cambio, %"),
    "unit": ("Unit", "Unité", "Unidad"),
    "status": ("Status", "État", "Estado"),
    "rule": ("Rule", "Règle", "Regla"),
    "reached": ("achieved", "atteint", "alcanzado"),
    "on_track": ("on track", "en bonne voie", "según lo previsto"),
    "off_track": ("off track", "en retard", "con retraso"),
    "no_target": ("no target", "sans cible", "sin meta"),
    "no_information": ("no data", "sans données", "sin datos"),
    "rule_no_target": (
        "No target is recorded.",
        "Aucune cible n'est consignée.",
        "No hay ninguna meta registrada.",
    ),
    "rule_no_actual": (
        "A target is recorded, but no actual value.",
        "Une cible est consignée, mais aucune valeur réelle.",
        "Hay una meta registrada, pero ningún valor real.",
    ),
    "rule_no_actual_in": (
        "A target is recorded, but no value for {}.",
        "Une cible est consignée, mais aucune valeur pour {}.",
        "Hay una meta registrada, pero ningún valor de {}.",
    ),
    "scopes_differ": (
        "scopes differ: baseline “{}”, actual “{}”",
        "périmètres différents\u00a0: valeur de référence «\u00a0{}\u00a0», "
        "valeur réelle «\u00a0{}\u00a0»",
        "alcances distintos: línea de base «{}», valor real «{}»",
    ),
    "scope_not_stated": ("not stated", "non précisé", "no indicado"),
    "rule_other_scope": (
        "The baseline and the actual value do not have the same scope.",
        "La valeur de référence et la valeur réelle n'ont pas le même périmètre.",
        "La línea de base y el valor real no tienen el mismo alcance.",
    ),
    "rule_other_span": (
        "The value and its target cover periods of different lengths.",
        "La valeur et sa cible couvrent des périodes de durée différente.",
        "El valor y su meta abarcan períodos de distinta duración.",
    ),
    "rule_disagree": (
        "The sources give different values.",
        "Les sources donnent des valeurs différentes.",
        "Las fuentes dan valores distintos.",
    ),
    "rule_no_direction": (
        "No desired direction is recorded.",
        "Aucun sens souhaité n'est consigné.",
        "No hay ningún sentido deseado registrado.",
    ),
    "rule_reached": (
        "The value for {} reaches or passes the target.",
        "La valeur de {} atteint ou dépasse la cible.",
        "El valor de {} alcanza o supera la meta.",
    ),
    "rule_against": (
        "The target contradicts the desired direction: correct the target or the direction.",
        "La cible contredit le sens souhaité\u00a0: corrigez la cible ou le sens.",
        "La meta contradice el sentido deseado: corrija la meta o el sentido.",
    ),
    "rule_vague": (
        "The value is too vague to judge: “more than” or “less than”.",
        "La valeur est trop vague pour conclure\u00a0: «\u00a0plus de\u00a0» ou «\u00a0moins "
        "de\u00a0».",
        "El valor es demasiado vago para concluir: «más de» o «menos de».",
    ),
    "rule_overdue": (
        "The target for {} was not achieved.",
        "La cible fixée pour {} n'est pas atteinte.",
        "La meta fijada para {} no se ha alcanzado.",
    ),
    "rule_no_baseline": (
        "Without an earlier baseline, it is not known what was due by {}.",
        "Sans valeur de référence antérieure, on ne sait pas ce qui était attendu pour {}.",
        "Sin una línea de base anterior, no se sabe qué se esperaba para {}.",
    ),
    "rule_line": (
        "On a straight line from the baseline to the target, {} was due by {}.",
        "En ligne droite de la valeur de référence à la cible, {} était attendu pour {}.",
        "En línea recta de la línea de base a la meta, se esperaba {} para {}.",
    ),
    "rollup": ("Indicators by status", "Indicateurs par état", "Indicadores por estado"),
    "rollup_note": (
        "An indicator counts for the element that it measures and for all elements above it, and "
        "its status once for each subject. Indicators that measure no element are not in this "
        "table.",
        "Un indicateur compte pour l'élément qu'il mesure et pour tous les éléments supérieurs, "
        "et son état une fois par sujet. Les indicateurs qui ne mesurent aucun élément ne "
        "figurent pas dans ce tableau.",
        "Un indicador cuenta para el elemento que mide y para todos los elementos superiores, y "
        "su estado una vez por objeto. Los indicadores que no miden ningún elemento no figuran "
        "en esta tabla.",
    ),
    "level": ("Level", "Niveau", "Nivel"),
    "element": ("Element", "Élément", "Elemento"),
    "indicators": ("Indicators", "Indicateurs", "Indicadores"),
    "weighted": (
        "Average progress towards the target",
        "Progression moyenne vers la cible",
        "Avance medio hacia la meta",
    ),
    "weighted_mean": ("weighted mean", "moyenne pondérée", "media ponderada"),
    "weighted_note": (
        "Weights are normalised over the indicators whose progress is known; these carry {}% of "
        "the weight given. A target of “more than 90” counts as 90.",
        "Les poids sont normalisés sur les indicateurs dont la progression est connue\u00a0; "
        "ceux-ci portent {}\u00a0% du poids donné. Une cible «\u00a0plus de 90\u00a0» compte "
        "pour 90.",
        "Los pesos se normalizan sobre los indicadores cuyo avance se conoce; estos reúnen el "
        "{}\u00a0% del peso dado. Una meta de «más de 90» cuenta como 90.",
    ),
    "percent": ("{}%", "{}\u00a0%", "{}\u00a0%"),
    "weighted_capped": (
        " Progress above 100% counts as 100%, so that it does not hide the others: {}.",
        " Une progression de plus de 100\u00a0% compte pour 100\u00a0%, pour ne pas masquer les "
        "autres\u00a0: {}.",
        " Un avance superior al 100\u00a0% cuenta como 100\u00a0%, para no ocultar los demás: {}.",
    ),
    "weight": ("Weight", "Poids", "Peso"),
    "normalised": ("Normalised, %", "Normalisé, %", "Normalizado, %"),
    "way": ("Progress, %", "Progression, %", "Avance, %"),
    "stale": (
        "Indicators without a recent value",
        "Indicateurs sans valeur récente",
        "Indicadores sin valor reciente",
    ),
    "stale_note": (
        "No measured value for {}, the last full year before {}.",
        "Aucune valeur mesurée pour {}, dernière année complète avant le {}.",
        "Ningún valor medido de {}, el último año completo antes del {}.",
    ),
    "nothing_stale": ("Everything is up to date.", "Tout est à jour.", "Todo está al día."),
    "last_figure": ("Last value", "Dernière valeur", "Último valor"),
    "years_behind": ("Years behind", "Années de retard", "Años de retraso"),
    "cycle": (
        "Accountability cycle",
        "Cycle de reddition de comptes",
        "Ciclo de rendición de cuentas",
    ),
    "cycle_note": (
        "Evidence is what the sources document; a step without evidence may still have taken "
        "place.",
        "La preuve est ce que les sources documentent\u00a0; une étape sans preuve peut "
        "néanmoins avoir eu lieu.",
        "La prueba es lo que documentan las fuentes; una etapa sin prueba también puede haber "
        "tenido lugar.",
    ),
    "step": ("Step", "Étape", "Etapa"),
    "by_whom": ("By whom", "Par qui", "Por quién"),
    "based_on": ("Based on", "Fondé sur", "Basado en"),
    "evidence": ("Evidence", "Preuve", "Prueba"),
    "missing": ("Missing", "Manquant", "Falta"),
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
    "not_due": ("not due yet", "pas encore à échéance", "aún sin vencer"),
    "written_to": (
        "{} was written to {}.",
        "Enregistré dans {1}\u00a0: {0}.",
        "Guardado en {1}: {0}.",
    ),
    "no_figures": (
        "No value is recorded for {}.",
        "Aucune valeur n'est consignée pour {}.",
        "No hay ningún valor registrado de {}.",
    ),
    "claim": ("Claim", "Affirmation", "Afirmación"),
    "coder": ("By", "Par", "Por"),
    "says": ("Position", "Position", "Posición"),
    "state": ("State", "État", "Estado"),
    "date": ("Date", "Date", "Fecha"),
    "reason": ("Reason", "Motif", "Motivo"),
    "stands": ("agreed", "retenue", "acordada"),
    "stands_not": ("not agreed", "non retenue", "no acordada"),
    "in_force": ("in force", "en vigueur", "en vigor"),
    "replaced": ("replaced", "remplacée", "sustituida"),
    "nobody_claims": ("Nobody claims this.", "Personne ne l'affirme.", "Nadie lo afirma."),
    "kind_element": ("element of the plan", "élément du plan", "elemento del plan"),
    "before": ("Before", "Avant", "Antes"),
    "after": ("After", "Après", "Después"),
    "event": ("Change", "Changement", "Cambio"),
    "by": ("Basis", "Base", "Base"),
    "likeness": ("Similarity, %", "Similarité, %", "Similitud, %"),
    "comparable": ("Comparable", "Comparable", "Comparable"),
    "comparable_yes": ("yes", "oui", "sí"),
    "comparable_unit_differs": (
        "no: different unit",
        "non\u00a0: unité différente",
        "no: otra unidad",
    ),
    "comparable_direction_differs": (
        "no: different desired direction",
        "non\u00a0: sens souhaité différent",
        "no: otro sentido deseado",
    ),
    "event_kept": ("kept", "conservé", "conservado"),
    "event_renamed": ("renamed", "renommé", "renombrado"),
    "event_merged": ("merged", "fusionné", "fusionado"),
    "event_split": ("split", "scindé", "dividido"),
    "event_dropped": ("dropped", "abandonné", "abandonado"),
    "event_new": ("new", "nouveau", "nuevo"),
    "by_stated": ("stated", "indiqué", "indicado"),
    "by_guessed": ("guessed from the name", "supposé d'après le nom", "supuesto por el nombre"),
    "compare_note": (
        "Stated: the later plan states what it replaces. Guessed: the names are similar; check "
        "before you rely on it.",
        "Indiqué\u00a0: le plan ultérieur indique ce qu'il remplace. Supposé\u00a0: les noms se "
        "ressemblent\u00a0; vérifiez avant de vous y fier.",
        "Indicado: el plan posterior indica qué sustituye. Supuesto: los nombres se parecen; "
        "compruébelo antes de fiarse.",
    ),
    "theme": ("Theme", "Thème", "Tema"),
    "data_title": (
        "Catalogue of the plan's data",
        "Catalogue des données du plan",
        "Catálogo de los datos del plan",
    ),
    "data_description": (
        "The plan as a graph: what it sets out to do, what was done, according to whom, and "
        "where this is documented; with the facts inferred from these.",
        "Le plan sous forme de graphe\u00a0: ce qu'il se propose, ce qui a été fait, selon qui, "
        "et où cela est documenté\u00a0; avec les faits qui en sont déduits.",
        "El plan en forma de grafo: lo que se propone, lo que se hizo, según quién y dónde está "
        "documentado; con los hechos que de ello se infieren.",
    ),
    "data_service": ("SPARQL endpoint", "Point d'accès SPARQL", "Punto de acceso SPARQL"),
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
    "many_CoreValue": ("core values", "valeurs fondamentales", "valores fundamentales"),
    "many_Stakeholder": ("stakeholders", "parties prenantes", "partes interesadas"),
    "many_Purpose": ("purposes", "finalités", "finalidades"),
    "many_VisionFactor": (
        "factors behind the vision",
        "facteurs à l'origine de la vision",
        "factores en el origen de la visión",
    ),
    "many_Topic": ("topics", "sujets", "temas tratados"),
    "many_Intention": ("announced intentions", "intentions annoncées", "intenciones anunciadas"),
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
    "many_Observation": ("values", "valeurs", "valores"),
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
    "path_title": ("Path: {} → {}", "Chemin\u00a0: {} → {}", "Camino: {} → {}"),
    "path_from": ("From", "De", "De"),
    "path_to": ("To", "À", "A"),
    "path_same": (
        "Both are the same record, so there is no path to show.",
        "Il s'agit de la même fiche\u00a0: il n'y a pas de chemin à afficher.",
        "Se trata de la misma ficha: no hay camino que mostrar.",
    ),
    "path_note": (
        "Read each relation in the direction of its arrows. This is one of the shortest paths; "
        "there may be others.",
        "Lisez chaque relation dans le sens de ses flèches. C'est l'un des plus courts "
        "chemins\u00a0; il peut y en avoir d'autres.",
        "Lea cada relación en el sentido de sus flechas. Es uno de los caminos más cortos; puede "
        "haber otros.",
    ),
    "central": ("Most central records", "Fiches les plus centrales", "Fichas más centrales"),
    "central_note": (
        "Degree: share of all other records to which it is directly connected. Betweenness: "
        "share of the shortest paths between two other records that pass through it.",
        "Degré\u00a0: proportion des autres fiches auxquelles elle est directement liée. "
        "Intermédiarité\u00a0: proportion des plus courts chemins entre deux autres fiches qui "
        "passent par elle.",
        "Grado: proporción de las demás fichas con las que está conectada directamente. "
        "Intermediación: proporción de los caminos más cortos entre otras dos fichas que pasan "
        "por ella.",
    ),
    "central_sampled": (
        "Degree: share of all other records to which it is directly connected. Betweenness: "
        "share of the shortest paths between two other records that pass through it, estimated "
        "from a sample of {} records.",
        "Degré\u00a0: proportion des autres fiches auxquelles elle est directement liée. "
        "Intermédiarité\u00a0: proportion des plus courts chemins entre deux autres fiches qui "
        "passent par elle, estimée sur un échantillon de {} fiches.",
        "Grado: proporción de las demás fichas con las que está conectada directamente. "
        "Intermediación: proporción de los caminos más cortos entre otras dos fichas que pasan "
        "por ella, estimada con una muestra de {} fichas.",
    ),
    "connections": ("Connections", "Liens", "Conexiones"),
    "degree": ("Degree", "Degré", "Grado"),
    "betweenness": ("Betweenness", "Intermédiarité", "Intermediación"),
    "communities": (
        "Communities of closely connected records",
        "Communautés de fiches étroitement liées",
        "Comunidades de fichas estrechamente conectadas",
    ),
    "communities_note": (
        "Found by the Louvain method: many connections within a community, few between "
        "communities. Records without connections are left out. A community is a hint where to "
        "look, not a finding.",
        "Trouvées par la méthode de Louvain\u00a0: beaucoup de liens dans une communauté, peu "
        "entre les communautés. Les fiches sans lien sont omises. Une communauté indique où "
        "regarder\u00a0; ce n'est pas un constat.",
        "Halladas por el método de Lovaina: muchas conexiones dentro de una comunidad, pocas "
        "entre comunidades. Se omiten las fichas sin conexiones. Una comunidad indica dónde "
        "mirar; no es una conclusión.",
    ),
    "community": ("Community", "Communauté", "Comunidad"),
    "things": ("Records", "Fiches", "Fichas"),
    "best_connected": ("Best connected", "Les mieux reliées", "Mejor conectadas"),
    "kinds": ("Kinds", "Types", "Tipos"),
    "drawing_how": (
        "How to read the diagram: each symbol is a record; its shape and colour show its kind. A "
        "line shows that two records are related; the more lines a symbol has, the larger it is. "
        "Dashed lines are inferred by a rule; all others are recorded in the plan's files. Point "
        "at a symbol or a line to read about it, drag to move, scroll to zoom. The list below "
        "gives the same information as text.",
        "Comment lire le diagramme\u00a0: chaque symbole est une fiche\u00a0; sa forme et sa "
        "couleur indiquent son type. Un trait indique que deux fiches sont liées\u00a0; plus un "
        "symbole a de traits, plus il est grand. Les traits en tirets sont déduits par une "
        "règle\u00a0; tous les autres sont consignés dans les fichiers du plan. Pointez un "
        "symbole ou un trait pour en savoir plus, faites glisser pour déplacer, faites défiler "
        "pour zoomer. La liste ci-dessous donne les mêmes informations sous forme de texte.",
        "Cómo leer el diagrama: cada símbolo es una ficha; su forma y su color indican el tipo. "
        "Una línea indica que dos fichas están relacionadas; cuantas más líneas tiene un "
        "símbolo, más grande es. Las líneas discontinuas se infieren mediante una regla; todas "
        "las demás están registradas en los archivos del plan. Señale un símbolo o una línea "
        "para saber más, arrastre para mover, use la rueda para ampliar. La lista de abajo da la "
        "misma información en forma de texto.",
    ),
    "drawing_bundled": (
        "To keep the diagram readable, records of one kind with similar connections are grouped "
        "into one hollow symbol; the list names them all.",
        "Pour que le diagramme reste lisible, les fiches d'un même type aux liens semblables "
        "sont regroupées en un seul symbole creux\u00a0; la liste les nomme toutes.",
        "Para que el diagrama siga siendo legible, las fichas de un mismo tipo con conexiones "
        "parecidas se agrupan en un solo símbolo hueco; la lista las nombra todas.",
    ),
    "drawing_no_script": (
        "The diagram needs JavaScript. The list below gives the same information as text.",
        "Le diagramme nécessite JavaScript. La liste ci-dessous donne les mêmes informations "
        "sous forme de texte.",
        "El diagrama necesita JavaScript. La lista de abajo da la misma información en forma de "
        "texto.",
    ),
    "drawing_legend": ("Legend", "Légende", "Leyenda"),
    "drawing_list": ("Text version", "Version texte", "Versión en texto"),
    "drawing_around": ("Connections: {}", "Liens\u00a0: {}", "Conexiones: {}"),
    "drawing_whole": ("Network: {}", "Réseau\u00a0: {}", "Red: {}"),
    "drawing_saved": (
        "{} written (records: {}; of these in groups: {}).",
        "{} est enregistré (fiches\u00a0: {}\u00a0; dont regroupées\u00a0: {}).",
        "{} guardado (fichas: {}; de ellas, agrupadas: {}).",
    ),
    "drawing_alone": (
        "No connections are shown for it.",
        "Aucun lien n'est affiché.",
        "No se muestran conexiones.",
    ),
    "text_unreadable": (
        "This text cannot be read. Type it again.",
        "Ce texte est illisible. Saisissez-le de nouveau.",
        "Este texto no se puede leer. Escríbalo de nuevo.",
    ),
    "date_unreadable": (
        "“{}” is not a date. Enter a day, such as 2023-10-07.",
        "«\u00a0{}\u00a0» n'est pas une date. Saisissez un jour, comme 2023-10-07.",
        "«{}» no es una fecha. Escriba un día, como 2023-10-07.",
    ),
    "date_missing": (
        "The date {} does not exist. Enter a day, such as 2023-10-07.",
        "La date {} n'existe pas. Saisissez un jour, comme 2023-10-07.",
        "La fecha {} no existe. Escriba un día, como 2023-10-07.",
    ),
    "date_doubtful": (
        "The date {} can be read in two ways. Enter {} or {}.",
        "La date {} peut se lire de deux façons. Saisissez {} ou {}.",
        "La fecha {} se puede leer de dos maneras. Escriba {} o {}.",
    ),
    "day_wanted": (
        "“{}” is not in the expected format. Enter a day, such as 2023-10-07.",
        "«\u00a0{}\u00a0» n'est pas au format attendu. Saisissez un jour, comme 2023-10-07.",
        "«{}» no tiene el formato esperado. Escriba un día, como 2023-10-07.",
    ),
    "year_unreadable": (
        "“{}” is not a year. Enter four digits, such as 2023.",
        "«\u00a0{}\u00a0» n'est pas une année. Saisissez quatre chiffres, comme 2023.",
        "«{}» no es un año. Escriba cuatro cifras, como 2023.",
    ),
    "number_unreadable": (
        "“{}” is not a number. Enter it in digits, such as 1400 or 1.5.",
        "«\u00a0{}\u00a0» n'est pas un nombre. Saisissez-le en chiffres, comme 1400 ou 1,5.",
        "«{}» no es un número. Escríbalo en cifras, como 1400 o 1,5.",
    ),
    "number_too_long": (
        "“{}” has more than 18 digits before or after the decimal point, too many to calculate "
        "with. Round it.",
        "«\u00a0{}\u00a0» a plus de 18 chiffres avant ou après la virgule, trop pour les "
        "calculs. Arrondissez la valeur.",
        "«{}» tiene más de 18 cifras antes o después de la coma, demasiadas para calcular. "
        "Redondee el valor.",
    ),
    "number_doubtful": (
        "“{}” can be read in two ways. Enter {} or {}.",
        "«\u00a0{}\u00a0» peut se lire de deux façons. Saisissez {} ou {}.",
        "«{}» se puede leer de dos maneras. Escriba {} o {}.",
    ),
    "number_not_whole": (
        "“{}” is not a whole number. Enter one, such as 14.",
        "«\u00a0{}\u00a0» n'est pas un nombre entier. Saisissez-en un, comme 14.",
        "«{}» no es un número entero. Escriba uno, como 14.",
    ),
    "yes_no_unreadable": (
        "“{}” is neither yes nor no. Enter one of the two.",
        "«\u00a0{}\u00a0» n'est ni oui ni non. Saisissez l'un des deux.",
        "«{}» no es ni sí ni no. Escriba uno de los dos.",
    ),
    "id_unknown": (
        "“{}” was not found in the plan.",
        "«\u00a0{}\u00a0» est introuvable dans le plan.",
        "«{}» no se encontró en el plan.",
    ),
    "citation_unreadable": (
        "“{}” is not a citation. Enter the source and its lines, such as source/report-2023 "
        "278-283.",
        "«\u00a0{}\u00a0» n'est pas une référence. Saisissez la source et ses lignes, comme "
        "source/report-2023 278-283.",
        "«{}» no es una referencia. Escriba la fuente y sus líneas, como source/report-2023 "
        "278-283.",
    ),
    "no_field": (
        "This form has no field “{}”. Check its name.",
        "Ce formulaire n'a pas de champ «\u00a0{}\u00a0». Vérifiez son nom.",
        "Este formulario no tiene un campo «{}». Revise su nombre.",
    ),
    "no_id": (
        "There is not enough information to form an ID. Enter a name.",
        "Il n'y a pas assez d'informations pour former un identifiant. Saisissez un nom.",
        "No hay datos suficientes para formar un identificador. Escriba un nombre.",
    ),
    "by_unknown": (
        "“{}” is not a coder, body or organisation of this plan. Choose who makes the change; "
        "for someone new, enter a key such as coder/board, and a name.",
        "«\u00a0{}\u00a0» n'est ni un codeur, ni un organe, ni une organisation de ce plan. "
        "Choisissez qui fait la modification\u00a0; pour une nouvelle personne, saisissez une "
        "clé, comme coder/bureau, et un nom.",
        "«{}» no es ni un codificador, ni un órgano, ni una organización de este plan. Elija "
        "quién hace el cambio; para alguien nuevo, escriba una clave, como coder/mesa, y un "
        "nombre.",
    ),
    "server_failed": (
        "The server could not answer this request. Its log gives the reason.",
        "Le serveur n'a pas pu répondre à cette requête. Son journal en donne la raison.",
        "El servidor no pudo responder a esta petición. Su registro indica el motivo.",
    ),
    "nothing_called": (
        "No record is called “{}”.",
        "Aucune fiche ne s'appelle «\u00a0{}\u00a0».",
        "Ninguna ficha se llama «{}».",
    ),
    "upgrade_file": ("File", "Fichier", "Archivo"),
    "upgrade_old": ("Property before", "Propriété avant", "Propiedad anterior"),
    "upgrade_new": ("Property after", "Propriété après", "Propiedad nueva"),
    "upgrade_number": ("Statements", "Énoncés", "Enunciados"),
    "upgrade_would": (
        "Changes the upgrade would make",
        "Changements que ferait la mise à niveau",
        "Cambios que haría la actualización",
    ),
    "upgrade_did": (
        "Changes made by the upgrade",
        "Changements faits par la mise à niveau",
        "Cambios hechos por la actualización",
    ),
    "upgrade_nothing": (
        "Nothing to change: the plan is in the data format of this version.",
        "Rien à changer\u00a0: le plan est au format de données de cette version.",
        "Nada que cambiar: el plan está en el formato de datos de esta versión.",
    ),
    "upgrade_needed": (
        "This plan was made with an earlier version. To upgrade it: metrograph upgrade {}",
        "Ce plan a été créé avec une version antérieure. Pour le mettre à niveau\u00a0: "
        "metrograph upgrade {}",
        "Este plan se creó con una versión anterior. Para actualizarlo: metrograph upgrade {}",
    ),
    "plan_begun": (
        "An example plan was created in {}. The next three steps are described in {}",
        "Un plan d'exemple a été créé dans {}. Les trois étapes suivantes sont décrites dans {}",
        "Se creó un plan de ejemplo en {}. Los tres pasos siguientes se describen en {}",
    ),
    "exported": ("{} written.", "{} est enregistré.", "{} guardado."),
    "language": ("Language", "Langue", "Idioma"),
    "datatype": ("Type of value", "Type de valeur", "Tipo de valor"),
    "everything": ("Everything", "Tout", "Todo"),
    "without_kind": ("without a kind", "sans type", "sin tipo"),
    "remarks": ("Remarks", "Remarques", "Observaciones"),
    "no_remarks": (
        "Everything was read as is.",
        "Tout a été lu tel quel.",
        "Todo se leyó tal cual.",
    ),
    "happened": ("Treatment", "Traitement", "Tratamiento"),
    "found": ("In the file", "Dans le fichier", "En el archivo"),
    "made": ("Explanation", "Explication", "Explicación"),
    "remark_read": ("interpreted", "interprété", "interpretado"),
    "remark_guessed": ("guessed", "supposé", "supuesto"),
    "remark_kept": ("kept as a note", "conservé en note", "guardado como nota"),
    "remark_left": ("not imported", "non importé", "no importado"),
    "ledger": ("Not included in the file", "Absent du fichier", "No incluido en el archivo"),
    "no_losses": (
        "The file contains everything.",
        "Le fichier contient tout.",
        "El archivo lo contiene todo.",
    ),
    "count": ("Number", "Nombre", "Número"),
    "why": ("Why", "Pourquoi", "Por qué"),
    "macros_left": (
        "The macros in this workbook are not read.",
        "Les macros de ce classeur ne sont pas lues.",
        "Las macros de este libro no se leen.",
    ),
    "links_left": (
        "Links to other files are not followed.",
        "Les liens vers d'autres fichiers ne sont pas suivis.",
        "Los enlaces a otros archivos no se siguen.",
    ),
    "is_text": (
        "Read as text, because that is what it contains, whatever its file extension.",
        "Lu comme un texte, car c'est ce qu'il contient, quelle que soit son extension.",
        "Leído como texto, porque eso es lo que contiene, sea cual sea su extensión.",
    ),
    "is_workbook": (
        "Read as a workbook, because that is what it contains, whatever its file extension.",
        "Lu comme un classeur, car c'est ce qu'il contient, quelle que soit son extension.",
        "Leído como libro de cálculo, porque eso es lo que contiene, sea cual sea su extensión.",
    ),
    "encoding_read": (
        "The encoding of the text.",
        "L'encodage du texte.",
        "La codificación del texto.",
    ),
    "delimiter_read": (
        "The character that separates cells.",
        "Le caractère qui sépare les cellules.",
        "El carácter que separa las celdas.",
    ),
    "hidden_read": (
        "This sheet is hidden, but it was read.",
        "Cette feuille est masquée, mais elle a été lue.",
        "Esta hoja está oculta, pero se leyó.",
    ),
    "blank_rows_left": (
        "Row {} is followed by so many blank rows that nothing further down was read.",
        "La ligne {} est suivie de tant de lignes vides que rien n'a été lu plus bas.",
        "Tras la fila {} hay tantas filas vacías que no se leyó nada más abajo.",
    ),
    "formula_left": (
        "This formula has no value in the file. Open the workbook, save it, and import it again.",
        "Cette formule n'a pas de valeur dans le fichier. Ouvrez le classeur, enregistrez-le et "
        "importez-le de nouveau.",
        "Esta fórmula no tiene valor en el archivo. Abra el libro, guárdelo e impórtelo de nuevo.",
    ),
    "changes": ("Changes to be made", "Modifications prévues", "Cambios previstos"),
    "happened_to": ("Change", "Changement", "Cambio"),
    "no_changes": ("Nothing would change.", "Rien ne changerait.", "Nada cambiaría."),
    "change_added": ("added", "ajouté", "añadido"),
    "change_changed": ("changed", "modifié", "modificado"),
    "change_removed": ("removed", "supprimé", "eliminado"),
    "change_unchanged": ("unchanged", "inchangé", "sin cambios"),
    "change_conflict": ("in conflict", "en conflit", "en conflicto"),
    "field": ("Field", "Champ", "Campo"),
    "many_Coding": ("codings", "codages", "codificaciones"),
    "row_twice": (
        "This row and {1} are both about {0}, but differ. Keep one of the two.",
        "Cette ligne et {1} concernent toutes deux {0}, mais diffèrent. Gardez l'une des deux.",
        "Esta fila y {1} tratan las dos de {0}, pero difieren. Conserve una de las dos.",
    ),
    "row_unnamed": (
        "This row does not identify the record that it is about. Fill in: {}.",
        "Cette ligne n'indique pas de quelle fiche il s'agit. Remplissez\u00a0: {}.",
        "Esta fila no indica de qué ficha se trata. Rellene: {}.",
    ),
    "row_heading": (
        "Repeated headings: skipped.",
        "En-têtes répétés\u00a0: ligne ignorée.",
        "Encabezados repetidos: fila omitida.",
    ),
    "row_repeated": (
        "The same as row {}: skipped.",
        "Identique à la ligne {}\u00a0: ignorée.",
        "Igual que la fila {}: omitida.",
    ),
    "id_unfit": (
        "“{}” is not a valid ID for a new record. Leave the cell empty, and one is created.",
        "«\u00a0{}\u00a0» n'est pas un identifiant valide pour une nouvelle fiche. Laissez la "
        "cellule vide\u00a0: il sera créé.",
        "«{}» no es un identificador válido para una ficha nueva. Deje la celda vacía y se "
        "creará uno.",
    ),
    "kind_unknown": (
        "{}: neither its name nor its headings show what its rows are. Name the sheet after a "
        "kind, or give the kind with --kind: {}.",
        "{}\u00a0: ni son nom ni ses en-têtes n'indiquent ce que sont ses lignes. Donnez à la "
        "feuille le nom d'un type, ou indiquez-le avec --kind\u00a0: {}.",
        "{}: ni su nombre ni sus encabezados indican qué son sus filas. Dé a la hoja el nombre "
        "de un tipo o indíquelo con --kind: {}.",
    ),
    "column_left": (
        "Cells filled: {}. “{}” has no field with this name. Correct the heading, or leave it.",
        "Cellules remplies\u00a0: {}. «\u00a0{}\u00a0» n'a pas de champ de ce nom. Corrigez "
        "l'en-tête, ou laissez-le.",
        "Celdas rellenas: {}. «{}» no tiene ningún campo con este nombre. Corrija el encabezado "
        "o déjelo.",
    ),
    "template_guide": ("Guide", "Mode d'emploi", "Guía"),
    "template_help": (
        "One sheet for each kind of record, one row for each record. Yellow headings with an "
        "asterisk are required.\n"
        "To change a record, change its row. To add one, use an empty row further down and leave "
        "its “Record” cell empty.\n"
        "Cells with a list accept what the list offers, or an ID. If a cell takes several "
        "values, put each on a line of its own (Alt+Enter).\n"
        "Dates can be entered as 2023-10-07, 07/10/2023 or 7 Oct. 2023; enter the year alone if "
        "that is all you know.\n"
        "See first what would change: metrograph import FILE --graph DIR --dry-run",
        "Une feuille par type de fiche, une ligne par fiche. Les en-têtes jaunes à astérisque "
        "sont obligatoires.\n"
        "Pour modifier une fiche, modifiez sa ligne. Pour en ajouter une, utilisez une ligne "
        "libre plus bas et laissez vide sa cellule «\u00a0Fiche\u00a0».\n"
        "Les cellules à liste acceptent ce que la liste propose, ou un identifiant. Pour saisir "
        "plusieurs valeurs dans une cellule, mettez chacune sur sa propre ligne (Alt+Entrée).\n"
        "Les dates se saisissent sous la forme 2023-10-07, 07/10/2023 ou 7 oct. 2023\u00a0; "
        "saisissez l'année seule si vous ne savez rien de plus.\n"
        "Voyez d'abord ce qui changerait\u00a0: metrograph import FICHIER --graph DOSSIER "
        "--dry-run",
        "Una hoja por tipo de ficha, una fila por ficha. Los encabezados amarillos con asterisco "
        "son obligatorios.\n"
        "Para modificar una ficha, modifique su fila. Para añadir una, use una fila libre más "
        "abajo y deje vacía su celda «Ficha».\n"
        "Las celdas con lista aceptan lo que ofrece la lista, o un identificador. Para escribir "
        "varios valores en una celda, ponga cada uno en su propia línea (Alt+Intro).\n"
        "Las fechas se escriben como 2023-10-07, 07/10/2023 o 7 oct. 2023; escriba solo el año "
        "si no se sabe más.\n"
        "Vea primero qué cambiaría: metrograph import ARCHIVO --graph CARPETA --dry-run",
    ),
    "template_id": (
        "The record that this row is about. Leave it empty for a new record.",
        "La fiche que concerne cette ligne. Laissez vide pour une nouvelle fiche.",
        "La ficha de la que trata esta fila. Deje la celda vacía para una ficha nueva.",
    ),
    "imported": ("Written to {1} ({0}).", "Enregistré dans {1} ({0}).", "Guardado en {1} ({0})."),
    "plan_imported": (
        "The plan was created in {}. To open it: metrograph serve --graph {}",
        "Le plan a été créé dans {}. Pour l'ouvrir\u00a0: metrograph serve --graph {}",
        "El plan se creó en {}. Para abrirlo: metrograph serve --graph {}",
    ),
    "ledger_written": (
        "Statements not included: {}. Each is listed, with the reason, in {}",
        "Énoncés absents\u00a0: {}. Chacun figure, avec le motif, dans {}",
        "Enunciados no incluidos: {}. Cada uno figura, con el motivo, en {}",
    ),
    "step_reading": ("reading {}", "lecture de {}", "leyendo {}"),
    "step_comparing": (
        "comparing with the plan",
        "comparaison avec le plan",
        "comparando con el plan",
    ),
    "step_checking": ("checking", "vérification", "verificación"),
    "step_writing": ("writing {}", "écriture de {}", "escribiendo {}"),
    "plan_violates": (
        "The plan has errors ({}). To see them: metrograph check --graph {}",
        "Le plan contient des erreurs ({}). Pour les voir\u00a0: metrograph check --graph {}",
        "El plan tiene errores ({}). Para verlos: metrograph check --graph {}",
    ),
    "opens_later": (
        "No errors were found. The plan is large: opening it for the first time takes several "
        "minutes.",
        "Aucune erreur n'a été trouvée. Le plan est volumineux\u00a0: la première ouverture "
        "prend plusieurs minutes.",
        "No se encontró ningún error. El plan es grande: abrirlo por primera vez lleva varios "
        "minutos.",
    ),
    "import_dry": (
        "Nothing was written (--dry-run).",
        "Rien n'a été écrit (--dry-run).",
        "No se escribió nada (--dry-run).",
    ),
    "import_refused": (
        "Nothing was written. Rows to correct first: {}. To import only the others: --accept-valid",
        "Rien n'a été écrit. Lignes à corriger d'abord\u00a0: {}. Pour n'importer que les "
        "autres\u00a0: --accept-valid",
        "No se escribió nada. Filas por corregir antes: {}. Para importar solo las demás: "
        "--accept-valid",
    ),
    "import_stuck": (
        "Nothing was written: the error is not in a row that can be left out. Correct it first.",
        "Rien n'a été écrit\u00a0: l'erreur ne se trouve dans aucune ligne que l'on puisse "
        "laisser de côté. Corrigez-la d'abord.",
        "No se escribió nada: el error no está en ninguna fila que se pueda omitir. Corríjalo "
        "antes.",
    ),
    "changes_made": ("Changes made", "Modifications effectuées", "Cambios realizados"),
    "import_kept": (
        "Records of the workbook that no longer have a row: {}. They are kept; --remove removes "
        "them.",
        "Fiches du classeur qui n'ont plus de ligne\u00a0: {}. Elles sont conservées\u00a0; "
        "--remove les supprime.",
        "Fichas del libro que ya no tienen fila: {}. Se conservan; --remove las elimina.",
    ),
    "conflict_told": (
        "{} has been changed in the plan since the workbook was made. Here: {}. In the plan: {}. "
        "Make the workbook again, or enter the value to keep.",
        "{} a été modifié dans le plan depuis la création du classeur. Ici\u00a0: {}. Dans le "
        "plan\u00a0: {}. Recréez le classeur, ou saisissez-y la valeur à garder.",
        "{} se modificó en el plan después de crear el libro. Aquí: {}. En el plan: {}. Vuelva a "
        "crear el libro o escriba en él el valor que debe quedar.",
    ),
    "other_plan": (
        "{}: this workbook was made from another plan ({}). Make one from this plan: metrograph "
        "template.",
        "{}\u00a0: ce classeur a été créé à partir d'un autre plan ({}). Créez-en un à partir de "
        "ce plan-ci\u00a0: metrograph template.",
        "{}: este libro se creó a partir de otro plan ({}). Cree uno a partir de este plan: "
        "metrograph template.",
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
        "The plan itself, its organisations and their core values.",
        "Le plan lui-même, ses organisations et leurs valeurs fondamentales.",
        "El plan mismo, sus organizaciones y sus valores fundamentales.",
    ),
    "file_elements": (
        "The levels and elements of the plan.",
        "Les niveaux et les éléments du plan.",
        "Los niveles y los elementos del plan.",
    ),
    "file_stakeholders": (
        "Who carries out part of the plan, or benefits from it.",
        "Qui met en œuvre une partie du plan, ou en bénéficie.",
        "Quién ejecuta una parte del plan o se beneficia de ella.",
    ),
    "file_figures": (
        "Units, indicators and their values.",
        "Unités, indicateurs et leurs valeurs.",
        "Unidades, indicadores y sus valores.",
    ),
    "file_sources": (
        "The file from which all of this was read.",
        "Le fichier d'où tout ceci a été lu.",
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
        "The namespace of the standard ({}) is missing. It was read anyway.",
        "L'espace de noms de la norme ({}) manque. Le fichier a été lu malgré tout.",
        "Falta el espacio de nombres de la norma ({}). El archivo se leyó de todos modos.",
    ),
    "stratml_other_namespace": (
        "The namespace of the standard is {}. It was read anyway.",
        "L'espace de noms de la norme est {}. Le fichier a été lu malgré tout.",
        "El espacio de nombres de la norma es {}. El archivo se leyó de todos modos.",
    ),
    "stratml_read_as": (
        "Read as {}.",
        "Lu comme {}.",
        "Leído como {}.",
    ),
    "stratml_around": (
        "The standard has no such element; its content was read.",
        "La norme ne prévoit pas cet élément\u00a0; son contenu a été lu.",
        "La norma no prevé este elemento; se leyó su contenido.",
    ),
    "stratml_around_says": (
        "The standard has no such element; its own text was not imported.",
        "La norme ne prévoit pas cet élément\u00a0; son propre texte n'a pas été importé.",
        "La norma no prevé este elemento; su propio texto no se importó.",
    ),
    "stratml_markup": (
        "This text contains other elements; their text was read.",
        "Ce texte contient d'autres éléments\u00a0; leur texte a été lu.",
        "Este texto contiene otros elementos; se leyó su texto.",
    ),
    "stratml_order": (
        "The standard places {} before {}. It was read anyway.",
        "La norme place {} avant {}. L'élément a été lu malgré tout.",
        "La norma coloca {} antes de {}. El elemento se leyó de todos modos.",
    ),
    "stratml_elsewhere": (
        "The standard does not allow {1} in {0}. It was read anyway.",
        "La norme ne permet pas {1} dans {0}. L'élément a été lu malgré tout.",
        "La norma no permite {1} en {0}. El elemento se leyó de todos modos.",
    ),
    "stratml_absent": (
        "The standard requires {} here, but it is missing.",
        "La norme exige ici {}, qui manque.",
        "La norma exige aquí {}, que falta.",
    ),
    "stratml_further": (
        "The standard allows only one here; this additional one is kept as a note.",
        "La norme n'en permet qu'un ici\u00a0; celui-ci, en plus, est conservé en note.",
        "La norma solo permite uno aquí; este, adicional, se guarda como nota.",
    ),
    "stratml_unknown": (
        "The model has no field for this; it is kept as a note.",
        "Le modèle n'a pas de champ pour ceci\u00a0; c'est conservé en note.",
        "El modelo no tiene ningún campo para esto; se guarda como nota.",
    ),
    "stratml_empty": (
        "It is empty, and not expected here.",
        "L'élément est vide, et n'est pas attendu ici.",
        "Está vacío y no se espera aquí.",
    ),
    "stratml_technical": (
        "It concerns the file, not the plan.",
        "Cela concerne le fichier, pas le plan.",
        "Se refiere al archivo, no al plan.",
    ),
    "stratml_submitter": (
        "It identifies who sent the file; personal data is not imported.",
        "Cela identifie qui a envoyé le fichier\u00a0; les données personnelles ne sont pas "
        "importées.",
        "Identifica a quien envió el archivo; los datos personales no se importan.",
    ),
    "stratml_words": (
        "The standard allows only {} here. Kept as is.",
        "La norme ne permet ici que {}. Conservé tel quel.",
        "La norma solo permite aquí {}. Conservado tal cual.",
    ),
    "stratml_identifier": (
        "An identifier begins with a letter or _ and has no spaces or slashes. Kept as is.",
        "Un identifiant commence par une lettre ou _ et ne contient ni espace ni barre oblique. "
        "Conservé tel quel.",
        "Un identificador empieza por una letra o _ y no contiene espacios ni barras. Conservado "
        "tal cual.",
    ),
    "stratml_identifier_empty": (
        "The identifier is empty; the name is used instead.",
        "L'identifiant est vide\u00a0; le nom est utilisé à sa place.",
        "El identificador está vacío; se usa el nombre en su lugar.",
    ),
    "stratml_identifier_twice": (
        "This identifier occurs here for the second time; both are kept.",
        "Cet identifiant apparaît ici pour la seconde fois\u00a0; les deux sont conservés.",
        "Este identificador aparece aquí por segunda vez; se conservan los dos.",
    ),
    "stratml_referent": (
        "No element of the file has this identifier; it is kept as a note.",
        "Aucun élément du fichier n'a cet identifiant\u00a0; il est conservé en note.",
        "Ningún elemento del archivo tiene este identificador; se guarda como nota.",
    ),
    "stratml_no_address": (
        "This is not a web address; it is kept as a note.",
        "Ce n'est pas une adresse web\u00a0; c'est conservé en note.",
        "No es una dirección web; se guarda como nota.",
    ),
    "stratml_no_date": (
        "This is not an unambiguous date; it is kept as a note.",
        "Ce n'est pas une date sans ambiguïté\u00a0; c'est conservé en note.",
        "No es una fecha inequívoca; se guarda como nota.",
    ),
    "stratml_no_number": (
        "This is not an unambiguous number; it is kept as a note.",
        "Ce n'est pas un nombre sans ambiguïté\u00a0; c'est conservé en note.",
        "No es un número inequívoco; se guarda como nota.",
    ),
    "stratml_in_words": (
        "This value is given in words, not as a number; it is kept as a note.",
        "Cette valeur est donnée en toutes lettres, pas en chiffres\u00a0; elle est conservée en "
        "note.",
        "Este valor se da en palabras, no como número; se guarda como nota.",
    ),
    "stratml_reversed": (
        "The end is before the start; the two were swapped.",
        "La fin précède le début\u00a0; les deux dates ont été interverties.",
        "El fin es anterior al inicio; se intercambiaron las dos fechas.",
    ),
    "stratml_period": (
        "A plan needs a start and an end. {} to {} was assumed; please check.",
        "Un plan doit avoir un début et une fin. La période de {} à {} a été supposée\u00a0; "
        "vérifiez-la.",
        "Un plan necesita un inicio y un fin. Se supuso el período de {} a {}; compruébelo.",
    ),
    "stratml_no_days": (
        "This value has no date; it is assumed to cover the whole period of the plan.",
        "Cette valeur n'a pas de date\u00a0; elle est supposée porter sur toute la période du "
        "plan.",
        "Este valor no tiene fecha; se supone que abarca todo el período del plan.",
    ),
    "stratml_no_unit": (
        "The unit is missing; it is recorded as “not stated”.",
        "L'unité manque\u00a0; elle est consignée comme «\u00a0non précisée\u00a0».",
        "Falta la unidad; se registra como «no indicada».",
    ),
    "stratml_called": (
        "It has no name of its own; it was named “{}”.",
        "Sans nom propre, l'élément a été nommé «\u00a0{}\u00a0».",
        "No tiene nombre propio; se le dio el nombre «{}».",
    ),
    "stratml_nobody": (
        "It names nobody, so it was left out.",
        "Personne n'est nommé ici\u00a0; l'élément a été omis.",
        "No nombra a nadie; se omitió.",
    ),
    "stratml_persons": (
        "Persons are named here, and are kept as stakeholders. Before you publish the plan, make "
        "sure that they may be named.",
        "Des personnes sont nommées ici et sont conservées comme parties prenantes. Avant de "
        "publier le plan, vérifiez qu'elles peuvent être nommées.",
        "Aquí se nombra a personas, que se conservan como partes interesadas. Antes de publicar "
        "el plan, compruebe que se las puede nombrar.",
    ),
    "stratml_why_kind": (
        "The standard has no element for records of this kind.",
        "La norme n'a pas d'élément pour les fiches de ce type.",
        "La norma no tiene ningún elemento para fichas de este tipo.",
    ),
    "stratml_why_relation": (
        "The standard has no element for this statement about such a record.",
        "La norme n'a pas d'élément pour cet énoncé sur une telle fiche.",
        "La norma no tiene ningún elemento para este enunciado sobre una ficha así.",
    ),
    "stratml_why_language": (
        "A StratML file has a single language.",
        "Un fichier StratML n'a qu'une langue.",
        "Un archivo StratML tiene un solo idioma.",
    ),
    "stratml_why_level": (
        "The standard has two levels, goals and objectives.",
        "La norme a deux niveaux\u00a0: buts et objectifs.",
        "La norma tiene dos niveles: metas y objetivos.",
    ),
    "stratml_why_type": (
        "The standard does not have the plan's own kinds and levels.",
        "La norme ne connaît pas les types et niveaux propres au plan.",
        "La norma no tiene los tipos y niveles propios del plan.",
    ),
    "stratml_why_citation": (
        "A StratML file does not cite documents line by line.",
        "Un fichier StratML ne cite pas de documents ligne par ligne.",
        "Un archivo StratML no cita documentos línea por línea.",
    ),
    "stratml_why_part": (
        "Part 1 of the standard has no indicators; Part 2 does.",
        "La partie 1 de la norme n'a pas d'indicateurs\u00a0; la partie 2 en a.",
        "La parte 1 de la norma no tiene indicadores; la parte 2 sí.",
    ),
    "stratml_why_indicator": (
        "In the standard, each indicator belongs to exactly one objective.",
        "Dans la norme, chaque indicateur relève d'un seul objectif.",
        "En la norma, cada indicador corresponde a un solo objetivo.",
    ),
    "stratml_why_figure": (
        "The standard has only values of the plan's organisation: targets and actual results.",
        "La norme n'a que des valeurs de l'organisation du plan\u00a0: cibles et résultats réels.",
        "La norma solo tiene valores de la organización del plan: metas y resultados reales.",
    ),
    "stratml_why_id": (
        "The standard gives this no identifier; an import of the file forms another one from its "
        "name.",
        "La norme ne donne pas d'identifiant à ceci\u00a0; un import du fichier en formera un "
        "autre à partir du nom.",
        "La norma no da un identificador a esto; al importar el archivo se formará otro a partir "
        "del nombre.",
    ),
    "stratml_why_identifier": (
        "In the standard, each record has one identifier, and each identifier occurs once.",
        "Dans la norme, chaque fiche a un identifiant, et chaque identifiant n'apparaît qu'une "
        "fois.",
        "En la norma, cada ficha tiene un identificador y cada identificador aparece una sola vez.",
    ),
    "stratml_why_date": (
        "The standard has only whole days.",
        "La norme n'a que des jours entiers.",
        "La norma solo tiene días enteros.",
    ),
    "stratml_why_signs": (
        "XML cannot contain a character of this text.",
        "XML ne peut contenir un des caractères de ce texte.",
        "XML no puede contener un carácter de este texto.",
    ),
    "stratml_why_form": (
        "The standard cannot express this exactly as it is written.",
        "La norme ne peut exprimer ceci exactement comme c'est écrit.",
        "La norma no puede expresar esto exactamente como está escrito.",
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
    "iati_status_4": ("Closed", "Clôturée", "Cerrada"),
    "iati_status_5": ("Cancelled", "Annulée", "Cancelada"),
    "iati_status_6": ("Suspended", "Suspendue", "Suspendida"),
    "iati_measure_1": ("number", "nombre", "número"),
    "iati_measure_2": (
        "percentage, also above 100",
        "pourcentage, même au-delà de 100",
        "porcentaje, también por encima de 100",
    ),
    "iati_measure_3": ("kind (nominal)", "catégorie (nominale)", "categoría (nominal)"),
    "iati_measure_4": ("rank (ordinal)", "rang (ordinal)", "rango (ordinal)"),
    "iati_measure_5": ("text (qualitative)", "texte (qualitatif)", "texto (cualitativo)"),
    "iati_indicator_measure": ("Units", "Unités", "Unidades"),
    "iati_activity_status": ("Statuses", "Statuts", "Estados"),
    "iati_activity_scope": ("Scope", "Portée", "Alcance"),
    "iati_recipient_country": ("Recipient countries", "Pays bénéficiaires", "Países beneficiarios"),
    "iati_recipient_region": (
        "Recipient regions",
        "Régions bénéficiaires",
        "Regiones beneficiarias",
    ),
    "iati_sector": ("Sectors", "Secteurs", "Sectores"),
    "iati_tag": ("Tags", "Étiquettes", "Etiquetas"),
    "iati_policy_marker": ("Policy markers", "Marqueurs de politique", "Marcadores de política"),
    "iati_collaboration_type": (
        "Types of collaboration",
        "Types de collaboration",
        "Tipos de colaboración",
    ),
    "iati_default_flow_type": ("Types of flow", "Types de flux", "Tipos de flujo"),
    "iati_default_finance_type": (
        "Types of finance",
        "Types de financement",
        "Tipos de financiación",
    ),
    "iati_default_aid_type": ("Types of aid", "Types d'aide", "Tipos de ayuda"),
    "iati_default_tied_status": (
        "Tied status of aid",
        "Aide liée ou non liée",
        "Ayuda vinculada o no vinculada",
    ),
    "iati_organisation_type": (
        "Types of organisation",
        "Types d'organisations",
        "Tipos de organizaciones",
    ),
    "iati_result_type": ("Types of result", "Types de résultats", "Tipos de resultados"),
    "iati_document_category": ("Types of document", "Types de documents", "Tipos de documentos"),
    "iati_document_format": ("File formats", "Formats de fichiers", "Formatos de archivos"),
    "iati_about_plan": (
        "The plan formed by a file of IATI activities, and its level.",
        "Le plan que forme un fichier d'activités IITA, et son niveau.",
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
        "The documents to which activities, results and values link.",
        "Les documents auxquels renvoient les activités, les résultats et les valeurs.",
        "Los documentos a los que remiten las actividades, los resultados y los valores.",
    ),
    "iati_about_categories": (
        "Codes from lists: sectors, tags, countries, statuses, units and others.",
        "Codes de listes\u00a0: secteurs, étiquettes, pays, statuts, unités et autres.",
        "Códigos de listas: sectores, etiquetas, países, estados, unidades y otros.",
    ),
    "iati_about_activities": (
        "Activities, each with its results, indicators and values.",
        "Activités, chacune avec ses résultats, indicateurs et valeurs.",
        "Actividades, cada una con sus resultados, indicadores y valores.",
    ),
    "iati_no_indicator": (
        "No indicator",
        "Sans indicateur",
        "Sin indicador",
    ),
    "iati_lost_signs": (
        "XML cannot contain control characters.",
        "XML ne peut contenir de caractères de contrôle.",
        "XML no puede contener caracteres de control.",
    ),
    "iati_lost_elsewhere": (
        "No activity in the file leads to it.",
        "Aucune activité du fichier n'y mène.",
        "Ninguna actividad del archivo lleva a ello.",
    ),
    "iati_lost_kind": (
        "IATI has fewer kinds of records.",
        "L'IITA a moins de types de fiches.",
        "La IATI tiene menos tipos de fichas.",
    ),
    "iati_lost_place": (
        "IATI has no element for it.",
        "L'IITA n'a pas d'élément pour cela.",
        "La IATI no tiene ningún elemento para ello.",
    ),
    "iati_lost_citation": (
        "IATI does not cite lines of a source.",
        "L'IITA ne cite pas les lignes d'une source.",
        "La IATI no cita líneas de una fuente.",
    ),
    "iati_lost_unit": (
        "IATI has five measures, and no units.",
        "L'IITA a cinq mesures, et aucune unité.",
        "La IATI tiene cinco medidas y ninguna unidad.",
    ),
    "iati_lost_role": (
        "IATI has no role for organisations that host, take part or are involved.",
        "L'IITA n'a pas de rôle pour les organisations qui accueillent, participent ou sont "
        "associées.",
        "La IATI no tiene una función para las organizaciones que acogen, participan o "
        "intervienen.",
    ),
    "iati_lost_qualifier": (
        "IATI does not record how exact a value is.",
        "L'IITA n'indique pas la précision d'une valeur.",
        "La IATI no indica la precisión de un valor.",
    ),
    "iati_lost_level": (
        "IATI has results, but no higher levels and no numbering.",
        "L'IITA a des résultats, mais ni niveaux supérieurs ni numéros.",
        "La IATI tiene resultados, pero ni niveles superiores ni números.",
    ),
    "iati_lost_claim": (
        "IATI has no claims of coders.",
        "L'IITA n'a pas d'affirmations de codeurs.",
        "La IATI no tiene afirmaciones de codificadores.",
    ),
    "iati_lost_plan": (
        "IATI describes activities, not the plan.",
        "L'IITA décrit des activités, pas le plan.",
        "La IATI describe actividades, no el plan.",
    ),
    "iati_kept": (
        "What does not fit the model is kept as a note on the record.",
        "Ce qui n'entre pas dans le modèle est conservé en note sur la fiche.",
        "Lo que no cabe en el modelo se guarda como nota en la ficha.",
    ),
    "iati_no_code": (
        "Not a code on IATI's list; kept as is.",
        "N'est pas un code de la liste de l'IITA\u00a0; conservé tel quel.",
        "No es un código de la lista de la IATI; conservado tal cual.",
    ),
    "iati_no_day": (
        "Not a day of the calendar; kept as a note.",
        "N'est pas un jour du calendrier\u00a0; conservé en note.",
        "No es un día del calendario; guardado como nota.",
    ),
    "iati_read_as": ("Read as {}.", "Lu comme {}.", "Leído como {}."),
    "iati_no_name": (
        "Names no organisation; kept as a note.",
        "Ne nomme aucune organisation\u00a0; conservé en note.",
        "No nombra ninguna organización; guardado como nota.",
    ),
    "iati_no_identifier": (
        "Has no identifier; its ID is formed from its year.",
        "N'a pas d'identifiant\u00a0; il est formé à partir de son année.",
        "No tiene identificador; se forma a partir de su año.",
    ),
    "iati_no_title": (
        "Has no title; its identifier is used instead.",
        "N'a pas de titre\u00a0; son identifiant en tient lieu.",
        "No tiene título; se usa su identificador.",
    ),
    "iati_no_date": (
        "Has no date of its own; {} was assumed.",
        "N'a pas de date propre\u00a0; {} a été supposé.",
        "No tiene fecha propia; se supuso {}.",
    ),
    "iati_again": (
        "Occurs in the file again; read as a separate activity.",
        "Figure de nouveau dans le fichier\u00a0; lu comme une activité distincte.",
        "Figura otra vez en el archivo; leído como una actividad distinta.",
    ),
    "iati_figure_again": (
        "Occurs in the file again; read as a separate value.",
        "Figure de nouveau dans le fichier\u00a0; lu comme une valeur distincte.",
        "Figura otra vez en el archivo; leído como un valor distinto.",
    ),
    "iati_ends_before": (
        "Ends before it starts; the end is kept as a note.",
        "Finit avant de commencer\u00a0; la fin est conservée en note.",
        "Termina antes de empezar; el fin se guarda como nota.",
    ),
    "iati_day_only": (
        "Read without its time, which is kept as a note.",
        "Lu sans son heure, conservée en note.",
        "Leído sin su hora, que se guarda como nota.",
    ),
    "iati_language_short": (
        "Read without region or script.",
        "Lu sans région ni écriture.",
        "Leído sin región ni escritura.",
    ),
    "iati_language_unknown": (
        "Not a language; the language of the activity was assumed.",
        "N'est pas une langue\u00a0; celle de l'activité a été supposée.",
        "No es un idioma; se supuso el de la actividad.",
    ),
    "iati_person": (
        "Concerns a person; nothing about it is imported.",
        "Concerne une personne\u00a0; rien n'en est importé.",
        "Se refiere a una persona; no se importa nada de ello.",
    ),
    "iati_no_measure": (
        "Not a measure of IATI; a unit was made from it.",
        "N'est pas une mesure de l'IITA\u00a0; une unité en a été créée.",
        "No es una medida de la IATI; se creó una unidad a partir de ello.",
    ),
    "iati_no_figure": (
        "Not a value for a period; kept as a note on its indicator.",
        "N'est pas une valeur d'une période\u00a0; conservé en note sur son indicateur.",
        "No es un valor de un período; guardado como nota en su indicador.",
    ),
    "iati_between": (
        "Lies between the activities, but is not one.",
        "Se trouve entre les activités, mais n'en est pas une.",
        "Está entre las actividades, pero no es una.",
    ),
    "iati_older": (
        "Older than 2.03; read as if it were 2.03.",
        "Version antérieure à la 2.03\u00a0; lue comme une version 2.03.",
        "Versión anterior a la 2.03; leída como una versión 2.03.",
    ),
    "iati_other_language": (
        "Records named only in other languages; these names are also used in {}.",
        "Fiches nommées seulement en d'autres langues\u00a0; ces noms servent aussi en {}.",
        "Fichas con nombre solo en otros idiomas; esos nombres se usan también en {}.",
    ),
    "why_heading": ("The heading says so.", "L'en-tête l'indique.", "Lo indica el encabezado."),
    "why_empty": (
        "All cells are empty.",
        "Toutes les cellules sont vides.",
        "Todas las celdas están vacías.",
    ),
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
        "Each cell has its own code.",
        "Chaque cellule a son propre code.",
        "Cada celda tiene su propio código.",
    ),
    "why_outline": (
        "The cells are outline numbers (deepest level: {}).",
        "Les cellules sont des numéros de plan (niveau le plus profond\u00a0: {}).",
        "Las celdas son números de esquema (nivel más profundo: {}).",
    ),
    "why_money": (
        "The cells or the heading name a currency.",
        "Les cellules ou l'en-tête nomment une monnaie.",
        "Las celdas o el encabezado nombran una moneda.",
    ),
    "why_year_heading": (
        "The cells are numbers, and the heading is a year.",
        "Les cellules sont des nombres, et l'en-tête est une année.",
        "Las celdas son números, y el encabezado es un año.",
    ),
    "why_percent": (
        "The cells are percentages.",
        "Les cellules sont des pourcentages.",
        "Las celdas son porcentajes.",
    ),
    "why_number_unknown": (
        "The cells are numbers, but the heading does not indicate what they measure.",
        "Les cellules sont des nombres, mais l'en-tête n'indique pas ce qu'ils mesurent.",
        "Las celdas son números, pero el encabezado no indica qué miden.",
    ),
    "why_states": (
        "Most cells describe a status.",
        "La plupart des cellules décrivent un état d'avancement.",
        "La mayoría de las celdas describen un estado.",
    ),
    "why_note": (
        "Neither the heading nor the cells indicate anything more.",
        "Ni l'en-tête ni les cellules n'indiquent rien de plus.",
        "Ni el encabezado ni las celdas indican nada más.",
    ),
    "why_title": (
        "The most detailed texts: {} different ones in {} rows.",
        "Les textes les plus détaillés\u00a0: {} différents sur {} lignes.",
        "Los textos más detallados: {} distintos en {} filas.",
    ),
    "why_filled_down": (
        "Blank cells repeat the text above them.",
        "Les cellules vides répètent le texte au-dessus.",
        "Las celdas vacías repiten el texto de encima.",
    ),
    "why_determined": (
        "Each text in “{}” goes with a single text in this column.",
        "Chaque texte de «\u00a0{}\u00a0» va avec un seul texte de cette colonne.",
        "Cada texto de «{}» va con un solo texto de esta columna.",
    ),
    "why_determines": (
        "Each text in this column goes with a single text in “{}”.",
        "Chaque texte de cette colonne va avec un seul texte de «\u00a0{}\u00a0».",
        "Cada texto de esta columna va con un solo texto de «{}».",
    ),
    "why_blocks": (
        "Cells with the same text follow each other.",
        "Les cellules de même texte se suivent.",
        "Las celdas con el mismo texto van seguidas.",
    ),
    "why_one_to_one": (
        "There is one for each text in “{}”.",
        "Il y en a un pour chaque texte de «\u00a0{}\u00a0».",
        "Hay uno por cada texto de «{}».",
    ),
    "why_kind": (
        "There is one word for each depth of the numbers.",
        "Il y a un mot pour chaque profondeur des numéros.",
        "Hay una palabra por cada profundidad de los números.",
    ),
    "why_titles_numbered": (
        "The texts of all levels; the numbers show how deep each is.",
        "Les textes de tous les niveaux\u00a0; les numéros en indiquent la profondeur.",
        "Los textos de todos los niveles; los números indican su profundidad.",
    ),
    "why_titles_indented": (
        "The texts of all levels; the indentation shows how deep each is.",
        "Les textes de tous les niveaux\u00a0; le retrait en indique la profondeur.",
        "Los textos de todos los niveles; la sangría indica su profundidad.",
    ),
    "why_titles_sectioned": (
        "The texts of two levels: those that are alone in their row are above the others.",
        "Les textes de deux niveaux\u00a0: ceux qui sont seuls sur leur ligne sont au-dessus des "
        "autres.",
        "Los textos de dos niveles: los que están solos en su fila están por encima de los demás.",
    ),
    "why_columns": (
        "Each level is a column.",
        "Chaque niveau est une colonne.",
        "Cada nivel es una columna.",
    ),
    "why_numbers": (
        "Numbers such as 1, 1.1 and 1.1.1 show the levels.",
        "Des numéros comme 1, 1.1 et 1.1.1 indiquent les niveaux.",
        "Números como 1, 1.1 y 1.1.1 indican los niveles.",
    ),
    "why_indentation": (
        "The indentation shows the levels.",
        "Le retrait indique les niveaux.",
        "La sangría indica los niveles.",
    ),
    "why_sections": (
        "Rows that contain only a name are the upper level.",
        "Les lignes qui ne contiennent qu'un nom sont le niveau supérieur.",
        "Las filas que solo contienen un nombre son el nivel superior.",
    ),
    "sheet_left": (
        "This sheet was not read; the plan was made from “{}”. To read another one, name it in a "
        "mapping (--map).",
        "Cette feuille n'a pas été lue\u00a0; le plan a été créé à partir de «\u00a0{}\u00a0». "
        "Pour en lire une autre, nommez-la dans une correspondance (--map).",
        "Esta hoja no se leyó; el plan se creó a partir de «{}». Para leer otra, nómbrela en una "
        "correspondencia (--map).",
    ),
    "language_taken": (
        "The language of all texts, as given with --lang; the language of the table is not known.",
        "La langue de tous les textes, donnée par --lang\u00a0; celle du tableau n'est pas connue.",
        "El idioma de todos los textos, indicado con --lang; el de la tabla no se conoce.",
    ),
    "period_taken": (
        "The period of the plan, according to its title or its dates.",
        "La période du plan, d'après son titre ou ses dates.",
        "El período del plan, según su título o sus fechas.",
    ),
    "period_unknown": (
        "The period of the plan: the table names no year, so the year in the file name or that "
        "of the last change to the file was used. To change it, give first_year and last_year in "
        "a mapping (--map).",
        "La période du plan\u00a0: le tableau ne nomme aucune année\u00a0; celle du nom du "
        "fichier ou de sa dernière modification a été utilisée. Pour la changer, donnez "
        "first_year et last_year dans une correspondance (--map).",
        "El período del plan: la tabla no nombra ningún año; se usó el del nombre del archivo o "
        "el de su última modificación. Para cambiarlo, indique first_year y last_year en una "
        "correspondencia (--map).",
    ),
    "header_row": ("row {}: headings", "ligne {}\u00a0: en-têtes", "fila {}: encabezados"),
    "no_header": ("no headings", "pas d'en-têtes", "sin encabezados"),
    "plan_title": ("The name of the plan.", "Le nom du plan.", "El nombre del plan."),
    "row_header_again": ("Repeated headings.", "En-têtes répétés.", "Encabezados repetidos."),
    "row_total": (
        "A row of totals, which follow from the other rows.",
        "Une ligne de totaux, qui découlent des autres lignes.",
        "Una fila de totales, que se deducen de las demás filas.",
    ),
    "row_merged": (
        "Continues what row {} begins.",
        "Complète ce que commence la ligne {}.",
        "Completa lo que empieza en la fila {}.",
    ),
    "row_stray": (
        "Names nothing; kept as a note on the plan.",
        "Ne nomme rien\u00a0; conservé en note sur le plan.",
        "No nombra nada; guardado como nota del plan.",
    ),
    "rows_counted": (
        "Rows below the headings. Elements: {}; levels: {}; elements at the lowest level: {}.",
        "Lignes sous les en-têtes. Éléments\u00a0: {}\u00a0; niveaux\u00a0: {}\u00a0; éléments "
        "au niveau le plus bas\u00a0: {}.",
        "Filas bajo los encabezados. Elementos: {}; niveles: {}; elementos en el nivel más bajo: "
        "{}.",
    ),
    "days_read": (
        "{}; cells of this column read as days, months or years: {}.",
        "{}\u00a0; cellules de cette colonne lues comme jours, mois ou années\u00a0: {}.",
        "{}; celdas de esta columna leídas como días, meses o años: {}.",
    ),
    "figures_read": (
        "{}; cells of this column read as numbers: {}.",
        "{}\u00a0; cellules de cette colonne lues comme nombres\u00a0: {}.",
        "{}; celdas de esta columna leídas como números: {}.",
    ),
    "markup_read": (
        "{}; cells of this column read without HTML tags: {}.",
        "{}\u00a0; cellules de cette colonne lues sans balises HTML\u00a0: {}.",
        "{}; celdas de esta columna leídas sin etiquetas HTML: {}.",
    ),
    "cells_left": (
        "Cells of this column not imported, as the mapping says: {}.",
        "Cellules de cette colonne non importées, comme l'indique la correspondance\u00a0: {}.",
        "Celdas de esta columna no importadas, como indica la correspondencia: {}.",
    ),
    "cells_noted": (
        "Cells of this column kept as notes on what their row describes: {}.",
        "Cellules de cette colonne conservées en notes sur ce que décrit leur ligne\u00a0: {}.",
        "Celdas de esta columna guardadas como notas sobre lo que describe su fila: {}.",
    ),
    "cells_unread": (
        "Cells that do not fit this column's role ({1}), kept as notes: {0}.",
        "Cellules qui ne conviennent pas au rôle de la colonne ({1}), conservées en notes\u00a0: "
        "{0}.",
        "Celdas que no encajan con la función de la columna ({1}), guardadas como notas: {0}.",
    ),
    "stand_in": (
        "There is no element at level {} above this row; one was created in its place.",
        "Il n'y a pas d'élément au niveau {} au-dessus de cette ligne\u00a0; un élément a été "
        "créé à la place.",
        "No hay ningún elemento en el nivel {} por encima de esta fila; se creó uno en su lugar.",
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
    "role_date": ("Date", "Date", "Fecha"),
    "role_owner": (
        "Responsible organisation",
        "Organisation responsable",
        "Organización responsable",
    ),
    "role_budget": ("Budget", "Budget", "Presupuesto"),
    "role_indicator": ("Indicator", "Indicateur", "Indicador"),
    "role_indicator_id": ("Indicator code", "Code de l'indicateur", "Código del indicador"),
    "role_unit": ("Unit", "Unité", "Unidad"),
    "role_baseline": ("Baseline", "Valeur de référence", "Línea de base"),
    "role_target": ("Target", "Cible", "Meta"),
    "role_actual": ("Actual value", "Valeur réelle", "Valor real"),
    "role_location": ("Location", "Lieu", "Lugar"),
    "role_url": ("Web address", "Adresse web", "Dirección web"),
    "role_kind": ("Name of the level", "Nom du niveau", "Nombre del nivel"),
    "role_note": ("Note", "Note", "Nota"),
    "role_left": ("Not imported", "Non importé", "No importado"),
    "why_dates_known": (
        "Days, but other columns already give its start or end.",
        "Des jours, mais d'autres colonnes indiquent déjà le début ou la fin.",
        "Días, pero otras columnas ya indican el inicio o el fin.",
    ),
    "why_of_indicator": (
        "There are more codes than names, so they are codes of indicators.",
        "Il y a plus de codes que de noms\u00a0: ce sont des codes d'indicateurs.",
        "Hay más códigos que nombres: son códigos de indicadores.",
    ),
    "why_years_unknown": (
        "Numbers, but several columns contain such numbers and none indicates its year.",
        "Des nombres, mais plusieurs colonnes en contiennent de semblables et aucune n'indique "
        "son année.",
        "Números, pero varias columnas los contienen y ninguna indica su año.",
    ),
    "why_status_known": (
        "Another column already gives the status.",
        "Une autre colonne indique déjà l'état d'avancement.",
        "Otra columna ya indica el estado.",
    ),
    "why_parent": (
        "The cells are codes of other rows in “{}”.",
        "Les cellules sont des codes d'autres lignes de «\u00a0{}\u00a0».",
        "Las celdas son códigos de otras filas de «{}».",
    ),
    "why_titles_parents": (
        "The texts of all levels; codes show what each is part of.",
        "Les textes de tous les niveaux\u00a0; des codes indiquent de quoi chacun fait partie.",
        "Los textos de todos los niveles; los códigos indican de qué forma parte cada uno.",
    ),
    "why_parents": (
        "Codes of other rows show the levels.",
        "Les codes d'autres lignes indiquent les niveaux.",
        "Los códigos de otras filas indican los niveles.",
    ),
    "role_parent": ("Part of", "Fait partie de", "Forma parte de"),
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
