"""The evidence for the rules and the open points: sources, licences, crisis lines, words, hazards, proofs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from screener.check.hazards import Evidence
from screener.document.model import (
    Badge,
    Block,
    BlockPart,
    Bullets,
    Link,
    Paragraph,
    Strong,
    Table,
    Target,
    Words,
    line,
    text,
)
from screener.model.crisis_lines import Region
from screener.proofs.occurrences import limits
from screener.proofs.result import Finding, Verdict
from screener.rulebook.context import BookContext, between, marked, rule_place, source_place


def unverified(setting: BookContext) -> list[Words]:
    """Return everything that nobody has read in its source yet."""
    content = setting.content
    items: list[Words] = []
    for rule in content.ruleset:
        for citation in rule.sources:
            if citation.mark != "verified":
                where = f", {citation.section}" if citation.section else ""
                items.append(line("Rule ", Link(rule.topic, rule_place(rule.id)), f": {citation.source}{where}"))
    for instrument in content.questionnaire.instruments:
        if instrument.mark != "verified":
            items.append(line("Instrument ", Link(instrument.name, f"section-{instrument.id}"), ": its wording"))
    for region in _regions(setting):
        items += [
            line(f"Crisis line, {region.title}: {crisis_line.name}")
            for crisis_line in region.lines
            if crisis_line.mark != "verified"
        ]
    return items


def to_be_checked(setting: BookContext) -> Block:
    """Return one list, to work through, of everything that nobody has read in its source yet."""
    items = tuple(unverified(setting))
    lead = "Nobody has read these in their source. Check them, and change the mark, before you sign."
    parts = (Paragraph(line(lead), "alert"), Bullets(items)) if items else (text("Everything is marked as verified."),)
    return Block("to-be-checked", "What is still to be checked", parts)


def crisis_lines(setting: BookContext) -> Block:
    """Return the texts that a person is shown in a crisis, region by region."""
    rows = []
    for region in _regions(setting):
        called = (
            f", called by {region.called.by} on {region.called.on.isoformat()}" if region.called else ", not called"
        )
        source = line(f"{region.taken_up.isoformat()}{called}, ", Link(region.source, source_place(region.source)))
        rows.append((line(region.title), line(Strong(region.emergency)), line("emergency"), source))
        for crisis_line in region.lines:
            when = f" ({crisis_line.when})" if crisis_line.when else ""
            rows.append(
                (
                    line(f"{region.title}: {crisis_line.name}"),
                    line(f"{crisis_line.how}{when}"),
                    line(marked(crisis_line.mark)),
                    source,
                )
            )
    head = ("Region and line", "What to do", "Mark", "Taken up, called, source")
    lead = (
        "Numbers change. A named person calls or reads each one before a release, and on fixed days after it. The "
        "emergency numbers carry no mark: check every one of them."
    )
    return Block("crisis-lines", "Crisis lines", (
        Paragraph(line(lead), "alert"), Table("Lines by region", head, tuple(rows), (32, 36, 14, 18)),
    ))  # fmt: skip


def bibliography(setting: BookContext) -> Block:
    """Return every source, with how it was read."""
    cited: dict[str, int] = Counter(citation.source for rule in setting.content.ruleset for citation in rule.sources)
    rows = tuple(
        (
            line(Target(source.id, source_place(source.id))),
            line(f"{source.authors}. {source.title} ({source.year}). {source.locator}. Read at: {source.read_at}."),
            line(source.grade),
            line(source.read.isoformat()),
            line(str(cited.get(source.id, 0))),
        )
        for source in setting.content.ruleset.sources
    )
    head = ("Id", "Source", "Grade", "Taken up", "Rules")
    return Block("bibliography", "Bibliography", (Table("All sources", head, rows, (8, 57, 13, 14, 8)),))


def licences(setting: BookContext) -> Block:
    """Return the permission under which each instrument is shown."""
    rows = tuple(
        (
            line(Link(instrument.name, f"section-{instrument.id}"), f", {instrument.edition}"),
            line(instrument.licence.terms),
            line(instrument.licence.credit),
            line(instrument.licence.restriction or "none named"),
            line(marked(instrument.mark)),
        )
        for instrument in setting.content.questionnaire.instruments
    )
    notes = tuple(
        Paragraph(line(Strong(f"{instrument.name}: "), instrument.note))
        for instrument in setting.content.questionnaire.instruments
        if instrument.note
    )
    head = ("Instrument", "Terms", "Credit shown", "Not allowed", "Wording")
    table = Table("Instruments and their licences", head, rows, (17, 30, 19, 21, 13))
    return Block(
        "licences", "Licences of the instruments", (table, *notes) if rows else (Paragraph(line("None is used.")),)
    )


def wording(setting: BookContext) -> Block:
    """Return the words that text for a person must not use."""
    rows = tuple(
        (
            line(", ".join(banned.words)),
            line(banned.why),
            line(banned.instead),
            line("; ".join(banned.allowed) or "nothing"),
        )
        for banned in setting.wording.banned
    )
    lead = (
        "A check refuses these words in text for a person. A star stands for any ending. Instruments are left as they "
        "were published."
    )
    head = ("Words", "Why not", "Instead", "Allowed in")
    table = Table("Words that are refused", head, rows, (42, 22, 20, 16))
    return Block("wording", "The wording list", (Paragraph(line(lead)), table))


def hazards(setting: BookContext) -> Block | None:
    """Return the hazards, what is done about each and what shows that this works; ``None`` without a hazard log."""
    if setting.hazards is None:
        return None
    parts: list[BlockPart] = []
    for hazard in setting.hazards.hazards:
        rows: list[tuple[Words, ...]] = [
            (line("Causes"), line(" ".join(hazard.causes))),
            (line("Harm"), line(f"{hazard.harm} Severity: {hazard.severity}.")),
            (line("Controls"), line(" ".join(hazard.controls))),
            (
                line("Verified by"),
                between([_evidence(evidence) for evidence in hazard.verified_by], "; ") or line("nothing yet"),
            ),
            *([(line("Still open"), line(Badge("open", "alert"), f" {hazard.open}"))] if hazard.open else []),
            (line("What is left"), line(hazard.residual)),
        ]
        table = Table(f"Hazard {hazard.id}", ("What", "How"), tuple(rows), (18, 82))
        parts.append(Block(f"hazard-{hazard.id}", hazard.hazard, (table,), together=True))
    return Block("hazards", "Hazards", tuple(parts))


def _evidence(evidence: Evidence) -> str:
    kinds = (("test", evidence.test), ("case", evidence.case), ("proof", evidence.proof))
    return ", ".join(f"{kind} {name}" for kind, name in kinds if name)


def proofs(setting: BookContext) -> Block:
    """Return what holds for all answers at once, and the results that a person should read."""
    if setting.findings is None:
        how = "The proofs were not run for this copy. Make it with --prove to have them here."
        return Block("proofs", "Proofs", (Paragraph(line(how), "alert"),))
    rows = tuple((line(finding.claim), _verdict(finding), line(_tally(finding))) for finding in setting.findings)
    lead = "Each claim was proved or refuted for every possible set of answers, blanks among them."
    parts: list[BlockPart] = [
        Paragraph(line(" ".join([lead, *limits(setting.content)]))),
        Table("Claims", ("Claim", "Holds", "Results"), rows, (62, 14, 24)),
    ]
    for number, finding in enumerate(setting.findings, 1):
        remarkable = [proof for proof in finding.results if proof.verdict is not Verdict.PROVED and proof.says]
        if remarkable:
            items = tuple(line(Strong(f"{proof.verdict}: "), proof.says) for proof in remarkable)
            parts.append(Block(f"proof-{number}", finding.claim.rstrip("."), (Bullets(items),)))
    return Block("proofs", "Proofs", tuple(parts))


def _verdict(finding: Finding) -> Words:
    return line(Strong("yes")) if finding.holds else line(Badge("no", "alert"))


def _tally(finding: Finding) -> str:
    counts = Counter(proof.verdict for proof in finding.results)
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict]) or "nothing to prove"


def _regions(setting: BookContext) -> Iterator[Region]:
    lines = setting.content.ruleset.crisis_lines
    yield from (lines.anywhere, *lines.regions)
