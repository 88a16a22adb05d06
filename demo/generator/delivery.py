"""Ids of the events, and deliveries that are late, repeated or corrected."""

from .chance import dice
from .rows import EVENT_KEY, rows
from .settings import END, HOUR, MINUTE


def number_events():
    """Give every event its id, in the order of time."""
    for table, (key, letter) in EVENT_KEY.items():
        rows[table].sort(key=lambda row: row["occurred_at"])
        for number, row in enumerate(rows[table], start=1):
            row[key] = f"{letter}{number:06d}"


def disturb_delivery():
    """Rows that come late, that come twice, and that are corrected later."""
    for table in EVENT_KEY:
        extra = []
        for row in rows[table]:
            kind = dice.weighted(["", "late", "very late", "repeat", "correction"], [9700, 150, 40, 70, 40])
            delay = {"late": dice.between(1, 9), "very late": dice.between(10, 60)}.get(kind, dice.between(0.1, 12))
            later = row["loaded_at"] + int(delay * 24) * HOUR
            if not kind or later >= END:
                continue
            if kind in ("late", "very late"):
                row["loaded_at"] = later
            elif kind == "repeat":
                extra.append({**row, "loaded_at": dice.pick([row["loaded_at"], later])})
            elif "duration_seconds" in row:
                extra.append({**row, "loaded_at": later + HOUR, "duration_seconds": row["duration_seconds"] + 7})
            elif table == "sales_activities":
                extra.append({**row, "loaded_at": later + HOUR, "occurred_at": row["occurred_at"] - 10 * MINUTE})
            else:
                extra.append({**row, "loaded_at": later + HOUR, "occurred_at": row["occurred_at"] - 1})
        rows[table] += extra
