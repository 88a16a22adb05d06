"""What a daily run costs next to a full refresh, by folder of models, in one go.

Usage, from the project's root: .venv/bin/python -m benchmarks.daily_run [web events, 1000000]

Makes a database of random web events of a year, builds it in full, delivers one more day (a
365th of the events), builds that, and prints seconds and ratios. Timings are of the models alone,
without dbt's start; both sides are measured in the same process, one after the other.
"""

import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import duckdb

from tests.project import Project

CONTACTS = """
    create table raw_crm.contacts as
    select
        'c' || i as contact_id,
        'p' || i || '@x' || (i % 500) || '.example' as email,
        (['CEO', 'VP Sales', 'Software Engineer', 'Plant Manager', 'Head of Procurement'])[i % 5 + 1]
            as job_title,
        'k' || (i % 5000) as company_id,
        timestamp '2025-01-01' as created_at,
        timestamp '2025-01-01' as updated_at
    from range({people}) as numbers(i)
"""
COMPANIES = """
    create table raw_crm.companies as
    select 'k' || i as company_id, (i * 7) % 2000 as employee_count,
        'manufacturing' as industry, timestamp '2025-01-01' as updated_at
    from range(5000) as numbers(i)
"""
EVENTS = """
    select
        'e' || i as event_id,
        case when i % 3 = 0 then 'c' || ((i * 7919) % {people}) end as contact_id,
        'a' || ((i * 7919) % {people}) as anonymous_id,
        's' || (i // 5) as session_id,
        (['page_viewed', 'page_viewed', 'page_viewed', 'content_downloaded', 'form_submitted'])[i % 5 + 1]
            as event_name,
        (['/', '/pricing', '/products/connect', '/blog/a' || (i % 300), '/careers'])[i % 5 + 1]
            as page_path,
        30.0 + i % 100 as duration_seconds,
        'Mozilla/5.0 version ' || (i % 1000) as user_agent,
        timestamp '2025-01-01' + to_microseconds(i * {step}) as occurred_at,
        timestamp '2025-01-01' + to_microseconds(i * {step}) as loaded_at
    from range({first}, {last}) as numbers(i)
"""


def seconds_by_folder(results):
    """Seconds that the models of each folder took: dict folder -> float."""
    seconds = defaultdict(float)
    for result in results:
        if result.node.resource_type == "model":
            seconds[result.node.fqn[1]] += result.execution_time
    return dict(seconds)


def events_sql(events, first, last):
    """SQL of the web events numbered first to last - 1 of so many a year, of a 20th as many people."""
    return EVENTS.format(
        people=events // 20, step=365 * 86_400_000_000 // events, first=first, last=last)


def fill(project, events):
    """Make the raw tables of a Project: so many web events in 2025, contacts and companies."""
    with duckdb.connect(str(project.database)) as connection:
        connection.execute("create schema raw_crm; create schema raw_activity")
        connection.execute(CONTACTS.format(people=events // 20))
        connection.execute(COMPANIES)
        connection.execute(
            "create table raw_activity.web_events as " + events_sql(events, 0, events))


def main():
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    people, a_day = events // 20, events // 365
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "project")
        fill(project, events)
        full = seconds_by_folder(project.build("2025-12-31").results)
        with duckdb.connect(str(project.database)) as connection:
            connection.execute("insert into raw_activity.web_events "
                               + events_sql(events, events, events + a_day))
        day = seconds_by_folder(project.build("2026-01-01").results)
    print(f"{events:,} events of {people:,} people; one more day has {a_day:,} events.")
    print(f"{'models':20} {'full refresh s':>15} {'one day s':>10} {'ratio':>7}")
    for name in sorted(full):
        print(f"{name:20} {full[name]:15.2f} {day[name]:10.2f} {full[name] / day[name]:7.1f}")
    print(f"{'all':20} {sum(full.values()):15.2f} {sum(day.values()):10.2f} "
          f"{sum(full.values()) / sum(day.values()):7.1f}")


if __name__ == "__main__":
    main()
