"""``python -m tests.benchmarks``: measure every row beside its peer and print the ratios."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from screener.content.load import load
from screener.paths import questionnaires
from tests.benchmarks import answering, autosave, people, rules, screens, series, startup, worklist
from tests.benchmarks.measure import Row
from tests.benchmarks.table import table

NAMES = (
    "launch",
    "key",
    "next",
    "rules",
    "answers",
    "autosave",
    "worklist",
    "help",
    "growth",
    "series",
    "people",
    "memory",
    "installed",
)


@dataclass(frozen=True)
class Benchmark:
    """What is measured under one name, and how often: in full, and in a quick run."""

    measure: Callable[[int], Iterable[Row]]
    rounds: int
    quick: int


def benchmarks(folder: Path, lforms: Path | None) -> dict[str, Benchmark]:
    """All of ``NAMES``. Programs that are started keep what they keep in ``folder``."""
    on_screen = screens.Screens(folder)
    shipped = screens.REPOSITORY
    return {
        "launch": Benchmark(lambda n: screens.launch(on_screen, n), 20, 1),
        "key": Benchmark(lambda n: [screens.key(on_screen, n), screens.key_of_large(on_screen, n)], 300, 8),
        "next": Benchmark(lambda n: [screens.next_question(on_screen, n)], 118, 3),
        "rules": Benchmark(lambda n: rules.all_rules(load(shipped, questionnaires(shipped)[0]), n), 100, 5),
        "answers": Benchmark(lambda n: [answering.sixty_answers(lforms, n)], 40, 5),
        "autosave": Benchmark(
            lambda n: [autosave.autosave(load(shipped, questionnaires(shipped)[0]), folder, n)], 500, 5
        ),
        "worklist": Benchmark(lambda n: worklist.worklist(folder, n), 20, 2),
        "help": Benchmark(lambda n: [startup.help_text(folder, n)], 40, 3),
        "growth": Benchmark(lambda n: [*answering.per_answer_growth(n), answering.load_growth(n)], 8, 1),
        "series": Benchmark(lambda n: series.over_time(load(shipped, questionnaires(shipped)[0]), n), 10, 1),
        "people": Benchmark(lambda n: people.people_rows(load(shipped, questionnaires(shipped)[0]), n), 10, 1),
        "memory": Benchmark(lambda n: [screens.memory(on_screen)], 1, 1),
        "installed": Benchmark(lambda n: startup.installed(folder), 1, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only a few rounds: shows that everything runs")
    parser.add_argument("--only", metavar="NAME", choices=NAMES, help=f"one of {', '.join(NAMES)}")
    parser.add_argument("--lforms", metavar="DIR", type=Path, help="a folder with node_modules/lforms and jsdom")
    options = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, benchmark in benchmarks(Path(folder), options.lforms).items():
            if options.only in (None, name):
                print(f"measuring {name} ...", file=sys.stderr)
                rows += benchmark.measure(benchmark.quick if options.quick else benchmark.rounds)
    print(table(rows))


if __name__ == "__main__":
    main()
