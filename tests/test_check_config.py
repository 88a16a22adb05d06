"""Configuration files as spreadsheets save them: scripts/check_config.py reports each mistake once."""

import csv
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from tests.configuration_helpers import COLUMNS
from tests.project import ROOT

pytestmark = pytest.mark.check

RULES = ROOT / "seeds" / "rules" / "configuration_columns.csv"
TIERS = "scoring_model,rank,tier,min_score,action\n"
GRADES = "scoring_model,dimension,grade,min_score\n"
FIT = "criterion,scoring_model,attribute,operator,value,min_value,points,description\n"
BAND = "acquisition,fit,A,80\n"
SAP = "sap,acquisition,technologies,{},{},,5,{}\n"


def said_of(seeds, **files):
    """What the script says of the shipped files with others in their place (text or bytes)."""
    folder = seeds / "seeds"
    shutil.copytree(ROOT / "seeds", folder, dirs_exist_ok=True)
    for file, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / "scoring" / f"{file}.csv").write_bytes(data)
    run = subprocess.run([sys.executable, "-I", "-S", ROOT / "scripts" / "check_config.py", folder],
                         capture_output=True, text=True)
    assert not run.stderr, run.stderr
    lines = run.stdout.splitlines()
    assert run.returncode == any(line.startswith("seeds/") for line in lines)
    return lines


def fit(*rows):
    """fit_criteria.csv, with no gates on other criteria."""
    return {"fit_criteria": FIT + "".join(rows),
            "score_gates": "gate,scoring_model,criterion,when,max_score\n"}


# Files, and the sentence about them.
SLIPS = {
    "semicolons": ({"grade_bands": (GRADES + BAND).replace(",", ";")},
                   "grade_bands.csv has semicolons between its cells; save it with commas instead."),
    "semicolons and quoted lists": (
        {"tiers": 'scoring_model;rank;tier;fit_grades;action\nacquisition;1;hot;"A;B";Call, then write\n'},
        "tiers.csv has semicolons between its cells; save it with commas instead."),
    "tabs": ({"grade_bands": (GRADES + BAND).replace(",", "\t")},
             "grade_bands.csv has tabs between its cells; save it with commas instead."),
    "Windows-1252": (
        {"tiers": (TIERS + "acquisition,1,hot,,Für Müller\n").encode("cp1252")},
        'tiers.csv, line 2: "Für" is not UTF-8; save the file as CSV UTF-8.'),
    "UTF-16": ({"tiers": (TIERS + "acquisition,1,hot,,\n").encode("utf-16")},
               "tiers.csv is UTF-16; save it as CSV UTF-8, separated by commas."),
    "comma without quotes": (
        {"tiers": TIERS + "acquisition,1,hot,,Call, then write\n"},
        "tiers.csv, line 2 (hot) has 6 cells, the header 5; put cells with a comma in quotes, and "
        "write decimals with a point."),
    "empty": ({"grade_bands": ""}, "grade_bands.csv is empty; it needs at least its header: "
              "grade,scoring_model,dimension,min_score"),
    "title": ({"grade_bands": "Grades 2026,,,\n,,,\n" + GRADES + BAND},
              'grade_bands.csv, line 1 ("Grades 2026") is not the header; delete all lines above '
              '"scoring_model,dimension,grade,min_score...".'),
    "quote not closed": (
        {"tiers": TIERS + 'acquisition,1,"hot,50,\nacquisition,2,cold,,\n'},
        'tiers.csv, line 2 (hot,50,), column tier: "hot,50," goes on over 2 lines; close its quote '
        '(") or remove the line break.'),
    "quote not closed in the last row": (
        {"tiers": TIERS + 'acquisition,1,hot,,"Call\n'},
        'tiers.csv, line 2: a quote (") is not closed; close it or delete it.'),
    "line break": (
        {"tiers": TIERS + 'acquisition,1,"hot\nlead",50,\nacquisition,2,cold,,\n'},
        'tiers.csv, line 2 (hot), column tier: "hot" goes on over 2 lines; close its quote (") or '
        "remove the line break."),
    "decimal comma": (
        {"tiers": TIERS + 'acquisition,1,hot,"2,5",\n'},
        'tiers.csv, line 2 (hot), column min_score: "2,5" is not a number; write 2.5.'),
    "thousands": (
        {"tiers": TIERS + 'acquisition,1,hot,"1,000",\n'},
        'tiers.csv, line 2 (hot), column min_score: "1,000" is not a number; write 1000.'),
    "percent": (
        {"tiers": TIERS + "acquisition,1,hot,40%,\n"},
        'tiers.csv, line 2 (hot), column min_score: "40%" is not a number; write only digits and a '
        "decimal point, such as 40 or 0.4."),
    "exponent": (
        {"tiers": TIERS + "acquisition,1,hot,4e1,\n"},
        'tiers.csv, line 2 (hot), column min_score: "4e1" is not a number; write only digits and a '
        "decimal point, such as 40 or 0.4."),
    "misspelt column": (
        {"tiers": TIERS.replace("min_score", "Min Score") + "acquisition,1,hot,50,\n"},
        'tiers.csv, line 1: the column "Min Score" is not known; did you mean min_score?'),
    "missing column": ({"grade_bands": "scoring_model,grade,min_score\nacquisition,A,80\n"},
                       "grade_bands.csv, line 1: the column dimension is missing; add it."),
    "column twice": ({"grade_bands": GRADES.replace("min_score", "grade") + BAND},
                     "grade_bands.csv, line 1: the column grade appears twice; delete one of them."),
    "misspelt word": (
        {"grade_bands": GRADES + "acquisition,fitt,A,80\n"},
        'grade_bands.csv, line 2 (A), column dimension: "fitt" is not known; did you mean fit?'),
    "unknown word": (
        {"grade_bands": GRADES + "acquisition,role,A,80\n"},
        'grade_bands.csv, line 2 (A), column dimension: "role" is not known; write one of fit, '
        "engagement."),
    "nothing in a required cell": (
        {"grade_bands": GRADES + "acquisition,,A,80\n"},
        "grade_bands.csv, line 2 (A), column dimension: it is empty; fill it."),
    "repeated key": (
        {"grade_bands": GRADES + BAND + ",,,\n" + "Acquisition,FIT,a,90\n"},
        "grade_bands.csv, line 4 (a), column grade: line 2 has the same grade, scoring_model, "
        "dimension; rename or delete one of them."),
    "unknown scoring model": (
        {"grade_bands": GRADES + "aquisition,fit,A,80\n"},
        'grade_bands.csv, line 2 (A), column scoring_model: "aquisition" is not known; did you mean '
        "acquisition?"),
    "unknown activity": (
        {"engagement_criteria": "criterion,scoring_model,activity,rule,points\n"
         "prices,acquisition,pricing_page_view,each,5\n",
         "score_gates": "gate,scoring_model,criterion,when,max_score\n"},
        'engagement_criteria.csv, line 2 (prices), column activity: "pricing_page_view" is not '
        "known; did you mean pricing_page_viewed?"),
    "unknown criterion": (
        {"score_gates": "gate,scoring_model,criterion,when,max_score\n"
         "poor,acquisition,poor_credits,met,10\n"},
        'score_gates.csv, line 2 (poor), column criterion: "poor_credits" is not known; did you mean '
        "poor_credit?"),
}


@pytest.mark.parametrize("starts_on, said", [
    ("2026-03-01", ""), ("1.3.2026", '"1.3.2026" is not a date; write one such as 2026-12-25.'),
    ("2026-02-30", '"2026-02-30" is not a date; write one such as 2026-12-25.'),
])
def test_dates_are_iso_dates(tmp_path, starts_on, said):
    folder = tmp_path / "seeds" / "experiments"
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds", dirs_exist_ok=True)
    header = (folder / "experiments.csv").read_text(encoding="utf-8")
    (folder / "experiments.csv").write_text(
        f"{header}trial,handoff,acquisition,hot,,0.2,{starts_on},2026-12-31,0.05,,\n", encoding="utf-8")
    run = subprocess.run([sys.executable, "-I", "-S", ROOT / "scripts" / "check_config.py", tmp_path / "seeds"],
                         capture_output=True, text=True)
    place = "seeds/experiments/experiments.csv, line 2 (trial), column starts_on: "
    assert run.stdout.splitlines() == [said and place + said or "The configuration files have no mistakes."]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_said_once(tmp_path, slip):
    files, sentence = SLIPS[slip]
    assert said_of(tmp_path, **files) == [f"seeds/scoring/{sentence}"]


@pytest.mark.parametrize("files", [
    {},
    {"tiers": b"\xef\xbb\xbf" + (TIERS + "acquisition,1,hot,,Anruf bei M\u00fcller\r\n").encode()},
    {"tiers": TIERS + "acquisition,1,hot,,\n" + ",,,,\n" * 3},  # trailing blank rows
    {"tiers": TIERS + 'Acquisition,1,hot,,"Call,\nthen write"\n'},
    {"tiers": "note,tier,scoring_model,rank\n,hot,acquisition,1\n"},
    {"grade_bands": GRADES},
    fit(SAP.format("contains", "SAP", 'Uses 5" disks'), "crm,acquisition,technologies,has,CRM,,2,\n"),
])
def test_what_is_fine_is_said_in_one_line(tmp_path, files):
    assert said_of(tmp_path, **files) == ["The configuration files have no mistakes."]


@pytest.mark.parametrize("operator, value", [("contains", "SAP"), ("has", "sap "), ("contains", "Sap")])
def test_criteria_that_ask_the_same_are_a_warning(tmp_path, operator, value):
    files = fit(SAP.format("contains", "SAP", ""),
                "sap_2,acquisition,technologies," + f"{operator},{value},,2,\n")
    assert said_of(tmp_path, **files) == [
        "Warning: seeds/scoring/fit_criteria.csv, line 3 (sap_2) has the same condition as line 2 (sap); their "
        "points add up.", "The configuration files have no mistakes."]


def test_the_rules_know_the_columns_of_the_files():
    with RULES.open(encoding="utf-8") as file:
        rules = list(csv.DictReader(file))
    for name, columns in COLUMNS.items():
        assert {rule["column_name"] for rule in rules if rule["file"] == f"scoring/{name}"} == {
            *columns.split()}
    for path in (ROOT / "seeds").glob("*/*.csv"):
        if path.parent.name not in ("normalisation", "rules"):
            with path.open(encoding="utf-8") as file:
                header = next(csv.reader(file))
            assert set(header) <= {rule["column_name"] for rule in rules if rule["file"] == (
                f"{path.parent.name}/{path.stem}")}
    # Without a fix, its sentence would be null.
    assert all(rule["if_empty"] or rule["words"] for rule in rules if rule["required"])
    for path in (ROOT / "seeds").glob("*/*.yml"):
        for seed in yaml.safe_load(path.read_text(encoding="utf-8"))["seeds"]:
            if path.parent.name not in ("normalisation", "rules"):
                assert {column["name"] for column in seed["columns"]} == {
                    rule["column_name"] for rule in rules
                    if rule["file"] == f"{path.parent.name}/{seed['name']}"}


def test_macros_and_rules_have_the_same_words():
    """The macros are for what needs a list when the project is compiled."""
    macros = (ROOT / "macros" / "configuration" / "vocabulary.sql").read_text(encoding="utf-8")

    def listed(macro):
        return re.findall("'(.*?)'", re.search(rf"macro {macro}\(.*?return\((.*?)\)", macros, re.S)[1])

    with RULES.open(encoding="utf-8") as file:
        rules = {rule["column_name"]: rule for rule in csv.DictReader(file)
                 if rule["file"] == "scoring/activities"}
    assert listed("intents") == rules["intent"]["words"].split(";")
    assert {*listed("event_columns")} == {
        "event_name", *(name for name, rule in rules.items() if rule["sources"])} - {
        "min_percent_complete"}
