"""Print the first leads to call by each scoring model, and why, from an embedded DuckDB file.

Usage: first_to_call.py [how many, 3 if left out]. The file is the one that the environment
variable LEAD_SCORING_DUCKDB_PATH names, else lead_scoring.duckdb.
"""

import os
import sys
from itertools import groupby
from pathlib import Path

import duckdb

# Whom somebody must answer soonest comes first, then the best score; so do the models.
QUERY = """
    with leads as (
        select
            lead_scores.*,
            coalesce(models.label, lead_scores.scoring_model) as model_label,
            tiers.response_minutes,
            tiers.action,
            trim(concat_ws(' ', profiles.first_name, profiles.last_name)) as name,
            profiles.company_name
        from marts.lead_scores
        inner join scoring.int_lead_profiles as profiles
            on lead_scores.lead_id = profiles.lead_id and lead_scores.as_of = profiles.as_of
        inner join scoring.config_scoring_models as models
            on lead_scores.scoring_model = models.scoring_model
        left join scoring.config_tiers as tiers
            on lead_scores.scoring_model = tiers.scoring_model and lead_scores.tier = tiers.tier
        where not lead_scores.is_disqualified
    ),

    soonest as (
        select scoring_model, min(response_minutes) as soonest_minutes
        from scoring.config_tiers
        group by scoring_model
    ),

    ranked as (
        select
            leads.*,
            soonest.soonest_minutes,
            row_number() over (
                partition by leads.scoring_model
                order by leads.response_minutes nulls last, leads.score desc,
                    leads.fit_score desc, leads.lead_id
            ) as call_rank
        from leads
        left join soonest on leads.scoring_model = soonest.scoring_model
    )

    select model_label, scoring_model, lead_id, score, tier, action, top_reasons, name, company_name
    from ranked
    where call_rank <= ?
    order by soonest_minutes nulls last, scoring_model, call_rank
"""


def first_to_call(database: str | Path, number: int = 3) -> list[str]:
    """The first leads of each scoring model in words (list of str): a line for the model, then two
    for each lead.

    database: path of the DuckDB file; number: how many leads of each scoring model.
    """
    with duckdb.connect(database, read_only=True) as connection:
        leads = connection.execute(QUERY, [number]).fetchall()
    lines = []
    for (label, _), found in groupby(leads, key=lambda lead: lead[:2]):
        lines.append(f"{label}:")
        for _, _, lead_id, score, tier, action, reasons, name, company in found:
            who = f"{name or 'no name'} of {company}" if company else name or "no name"
            todo = f"{tier or 'without tier'}" + (f": {action}" if action else "")
            lines.append(f"  {who} ({lead_id}), score {score}, {todo}")
            lines.append(f"      {reasons or 'no points for anything yet'}")
    return lines


def main() -> None:
    database = os.environ.get("LEAD_SCORING_DUCKDB_PATH", "lead_scoring.duckdb")
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    lines = first_to_call(database, number)
    print("First to call" if lines else "There is nobody to call.")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
