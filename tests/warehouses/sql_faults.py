"""Finds faults in SQL for a service, without the service."""

import re

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.normalize_identifiers import normalize_identifiers
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema
from sqlglot.tokens import TokenType

# Words of SQL that may stand before a parenthesis without being a function.
NOT_FUNCTIONS = frozenset("""
    all and any array as asc between by case cast cross desc distinct else end except exists filter
    following from full group having in inner insert intersect interval into is join lateral left
    like limit not null on or order outer over partition preceding qualify recursive returns right
    rows select set some then union unnest update using values view when where with within
""".split())
CASTS = frozenset(("cast", "try_cast", "safe_cast"))


def statements_of(sql, engine):
    """The statements of a text as trees; raises sqlglot.errors.SqlglotError where it cannot be read."""
    return [tree for tree in sqlglot.parse(sql, dialect=engine.name) if tree is not None]


def word_faults(sql, engine):
    """Types, functions and marks of a text that the engine lacks: a list of sentences."""
    tokens = sqlglot.tokenize(sql, dialect=engine.name)
    faults = []
    for place, token in enumerate(tokens):
        word = token.text.lower()
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.token_type in (TokenType.STRING, TokenType.IDENTIFIER, TokenType.RAW_STRING):
            continue
        opens = following is not None and following.token_type == TokenType.L_PAREN
        lacking = engine.lacks.get(word)
        if word == "union" and following is not None and following.text.lower() in ("all", "distinct"):
            lacking = None
        if lacking is not None:
            faults.append(f"{engine.title} has no {word}: write {lacking}")
        elif opens and is_function(tokens, place) and word not in engine.functions:
            if word not in engine.types:
                faults.append(f"the function {word} is not one that {engine.title} is known to have")
        if opens and word in CASTS:
            faults.extend(type_faults(type_in_cast(tokens, place + 1), engine))
        if token.token_type == TokenType.DCOLON and following is not None:
            faults.extend(type_faults(following.text, engine))
    return list(dict.fromkeys(faults))


def is_function(tokens, place):
    """Whether the word at a place, which a parenthesis follows, names a function."""
    word = tokens[place].text.lower()
    before = tokens[place - 1].text.lower() if place else ""
    if not word.replace("_", "a").isalnum() or word[0].isdigit():
        return False
    if before in ("as", "into", "::") or tokens[place - 1].token_type == TokenType.DOT:
        return False
    if word in NOT_FUNCTIONS - {"array", "filter", "left", "right", "unnest"}:
        return False
    return not (word in ("left", "right") and before in ("", ")"))


def type_in_cast(tokens, opening):
    """The text of the type in a cast whose parenthesis opens at a place."""
    depth, start = 0, None
    for place in range(opening, len(tokens)):
        kind = tokens[place].token_type
        depth += (kind == TokenType.L_PAREN) - (kind == TokenType.R_PAREN)
        if depth == 1 and kind == TokenType.ALIAS:
            start = place + 1
        if depth == 0:
            return " ".join(token.text for token in tokens[start:place]) if start else ""
    return ""


def type_faults(text, engine):
    """What is wrong with the name of a type, as YAML and casts have it: a list of sentences."""
    name = text.lower().split("(")[0].split("<")[0].strip()
    if name and name not in engine.types:
        return [f"the type {name} is not one that {engine.title} is known to have"]
    digits = re.search(r"\( *(\d+) *(?:, *(\d+) *)?\)", text)
    if name in ("decimal", "numeric", "number") and digits:
        after = int(digits[2] or 0)
        before = int(digits[1]) - after
        most_before, most_after = engine.largest_decimal
        if before > most_before or after > most_after or before + after > 38:
            return [f"{text.replace(' ', '')} has more digits than {engine.title} keeps: at most "
                    f"{most_before} before the point and {most_after} after it, 38 together"]
    return []


def tree_faults(tree, engine):
    """What a statement must not be on an engine although it can be read: a list of sentences."""
    faults = []
    if isinstance(tree, exp.Command):
        faults.append(f"a statement cannot be read as {engine.title}'s SQL: {tree.sql()[:60]}")
    for name in sorted({
        name.name.lower() for name in tree.find_all(exp.Identifier)
        if not name.quoted and name.name.lower() in engine.reserved
    }):
        faults.append(f"{name} is a word of {engine.title}'s SQL and cannot be a name: choose another")
    if engine.name == "bigquery" and any(
        isinstance(member.this, exp.Tuple) and member.args.get("query") is not None
        for member in tree.find_all(exp.In)
    ):
        faults.append("BigQuery does not look for several columns in a query: write exists")
    if engine.name == "bigquery" and any(
        text.is_string and text.this == "[.]?0+$" for text in tree.find_all(exp.Literal)
    ):
        faults.append("BigQuery's text of 800 has no point, so cutting zeros at its end makes it 8")
    changes_rows = isinstance(tree, (exp.Delete, exp.Update))
    if engine.name == "bigquery" and changes_rows and tree.args.get("where") is None:
        faults.append("BigQuery changes rows only where a condition is given: write where")
    if engine.name == "bigquery" and any(
        join.args["on"].find(exp.Select)
        for join in tree.find_all(exp.Join) if join.args.get("on") is not None
    ):
        faults.append("BigQuery takes no query in the condition of a join: select its value before")
    if engine.name == "databricks" and changes_rows and any(
        inner is not outer and not inner.find_ancestor(exp.From, exp.Join)
        for outer in tree.find_all(exp.Select) for inner in outer.find_all(exp.Select)
    ):
        faults.append("Databricks takes no query within a query in a deletion or update: join instead")
    return faults


def faults_of(sql, engine):
    """What is wrong with a text of SQL, without knowing the tables: a list of sentences.

    sql: one or more statements. engine: an Engine.
    """
    faults = []
    try:
        faults += word_faults(sql, engine)
        trees = statements_of(sql, engine)
    except SqlglotError as error:
        return [*faults, f"cannot be read as {engine.title}'s SQL: {first_line(error)}"]
    if not trees:
        return ["holds no statement"]
    for tree in trees:
        faults.extend(tree_faults(tree, engine))
    return faults


class Tables:
    """The tables that statements may read, with the columns and types they have.

    engine: an Engine, whose rules on upper and lower case of names hold.
    """

    def __init__(self, engine):
        self.engine = engine
        self.columns = {}

    def names_of(self, relation):
        """The parts of a relation's name as the engine knows it."""
        table = exp.to_table(relation, dialect=self.engine.name)
        table = normalize_identifiers(table, dialect=self.engine.name)
        return [part.name for part in table.parts]

    def normalised(self, column):
        """The name of a column as the engine knows it when it is written without quotes."""
        return normalize_identifiers(exp.to_identifier(column), dialect=self.engine.name).name

    def add(self, relation, columns):
        """Remember a table: its name, and a dict column -> type, both as the engine knows them."""
        schema = self.columns
        *outer, name = self.names_of(relation)
        for part in outer:
            schema = schema.setdefault(part, {})
        schema[name] = columns

    def typed(self, sql):
        """The tree of a query with the table of each column and the type of each value.

        Raises sqlglot.errors.SqlglotError for a table or column that is not there.
        """
        schema = MappingSchema(self.columns, dialect=self.engine.name, normalize=False)
        tree = qualify(
            statements_of(sql, self.engine)[0], schema=schema, dialect=self.engine.name,
            validate_qualify_columns=True, quote_identifiers=False,
        )
        return annotate_types(tree, schema=schema, dialect=self.engine.name)

    def name_faults(self, sql):
        """What a query asks for that is not there, what does not go together, and its columns.

        Returns (a list of sentences, a dict column -> type, empty where it cannot be told).
        """
        try:
            tree = self.typed(sql)
        except SqlglotError as error:
            return [f"names that {self.engine.title} would not find: {first_line(error)}"], {}
        return mixture_faults(tree, self.engine), {
            column.alias_or_name: column.type.sql(dialect=self.engine.name)
            if column.type else "unknown"
            for column in tree.selects
        }


KINDS = (
    ("text", exp.DataType.TEXT_TYPES),
    ("a number", exp.DataType.NUMERIC_TYPES),
    ("a date", {exp.DataType.Type.DATE}),
    ("a time", exp.DataType.TEMPORAL_TYPES),
    ("true or false", {exp.DataType.Type.BOOLEAN}),
)
COMPARISONS = (
    exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ,
)


def kind_of(value):
    """What kind of value a typed tree is, None where that is not known, as of null."""
    if isinstance(value.unalias(), exp.Null) or value.type is None:
        return None
    return next((kind for kind, types in KINDS if value.type.this in types), None)


def mixture_faults(tree, engine):
    """Values of different kinds in a typed tree where a strict engine wants one: sentences."""
    faults = []
    for node in tree.walk():
        if isinstance(node, COMPARISONS):
            values = [node.this, node.expression]
        elif isinstance(node, (exp.Coalesce, exp.Greatest, exp.Least)):
            values = [node.this, *node.expressions]
        elif isinstance(node, exp.Case):
            values = [branch.args["true"] for branch in node.args["ifs"]]
            values += [node.args["default"]] if node.args.get("default") else []
        elif isinstance(node, exp.DPipe):
            values = [exp.Literal.string(""), node.this, node.expression]
            values[0].type = "text"
        elif isinstance(node, exp.SetOperation):
            for first, second in zip(node.left.selects, node.right.selects):
                faults += mixed([first, second], node, engine)
            continue
        else:
            continue
        if not any(isinstance(value, (exp.All, exp.Any)) for value in values):
            faults += mixed(values, node, engine)
    return list(dict.fromkeys(faults))


def mixed(values, node, engine):
    """A sentence in a list where values are of different kinds, else none."""
    kinds = sorted({kind_of(value) for value in values} - {None})
    if len(kinds) < 2:
        return []
    told = " / ".join(value.sql(dialect=engine.name)[:60] for value in values[-2:])
    return [f"{' and '.join(kinds)} where {engine.title} wants one kind: {told}"]


def first_line(error):
    """The first line of what an error says."""
    return str(error).strip().split("\n")[0]
