"""Small run directories for the commands that read one."""

import json

import pyarrow as pa
import pyarrow.parquet as pq

SUBSCORES = ("authenticity", "engagement", "sentiment", "intent", "audience_fit", "safety", "value")


def a_run(folder, creators, *, findings=(), inputs=None, rules=(), **record):
    """Write a run directory; ``creators`` maps an id to ``{measure or score column: value}``.

    A value may be (value, low, high), and with it the unit and the note.
    """
    folder.mkdir(parents=True)
    scores, measures = [], []
    for creator, values in creators.items():
        score, low, high = spread(values.get("score", 70.0))
        scores.append(
            {
                "creator_id": creator,
                "verdict": values.get("verdict", "review"),
                "score": score,
                "score_low": low,
                "score_high": high,
            }
            | {name: values.get(name) for name in SUBSCORES}
        )
        for name, given in values.items():
            if "." in name:
                value, low, high, *more = spread(given)
                row = {"creator_id": creator, "id": name, "value": value, "low": low, "high": high}
                measures.append(row | dict(zip(("unit", "note"), more, strict=False)))
    pq.write_table(pa.Table.from_pylist(scores), folder / "scores.parquet")
    empty = pa.schema([("creator_id", pa.string()), ("id", pa.string()), ("value", pa.float64()),
                       ("low", pa.float64()), ("high", pa.float64()), ("unit", pa.string()),
                       ("note", pa.string())])  # fmt: skip
    pq.write_table(pa.Table.from_pylist(measures, schema=empty), folder / "measures.parquet")
    lines = (json.dumps(finding) + "\n" for finding in findings)
    (folder / "findings.jsonl").write_text("".join(lines))
    whole = {"version": "1", "as_of": "2026-11-01", "seed": 0, "brief": {}}
    whole |= {"inputs": inputs or {"a.csv": "1"}, "rules": {"rules": list(rules)}} | record
    (folder / "run.json").write_text(json.dumps(whole))
    return folder


def spread(value):
    return value if isinstance(value, tuple) else (value, None, None)
