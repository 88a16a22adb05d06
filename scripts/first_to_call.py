"""Print the first leads to call, and why, from the marts of an embedded DuckDB file.

Usage: first_to_call.py [how many, 5 if left out]. The file is the one that the environment
variable LEAD_SCORING_DUCKDB_PATH names, else lead_scoring.duckdb.
"""

import os
import sys

import duckdb

QUERY = """
    select
        lead_scores.scoring_model,
        lead_scores.lead_id,
        lead_scores.score,
        lead_scores.tier,
        lead_scores.top_reasons,
        trim(concat_ws(' ', profiles.first_name, profiles.last_name)) as name,
        profiles.company_name
    from marts.lead_scores
    inner join scoring.lead_profiles as profiles
        on lead_scores.lead_id = profiles.lead_id and lead_scores.as_of = profiles.as_of
    where not lead_scores.is_disqualified
    qualify row_number() over (
        partition by lead_scores.scoring_model
        order by lead_scores.score desc, lead_scores.fit_score desc, lead_scores.lead_id
    ) <= ?
    order by lead_scores.scoring_model, lead_scores.score desc, lead_scores.fit_score desc,
        lead_scores.lead_id
"""


def first_to_call(database, number=5):
    """The best leads of each scoring model in words (list of str, two lines a lead).

    database: path of the DuckDB file; number: how many leads of each scoring model.
    """
    with duckdb.connect(database, read_only=True) as connection:
        leads = connection.execute(QUERY, [number]).fetchall()
    lines = []
    for model, lead_id, score, tier, reasons, name, company in leads:
        who = f"{name or 'no name'} of {company}" if company else name or "no name"
        lines.append(f"  {who} ({lead_id}), score {score}, {tier or 'without tier'} in {model}")
        lines.append(f"      {reasons or 'no points for anything yet'}")
    return lines


def main():
    database = os.environ.get("LEAD_SCORING_DUCKDB_PATH", "lead_scoring.duckdb")
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    lines = first_to_call(database, number)
    print("First to call:" if lines else "There is nobody to call.")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
