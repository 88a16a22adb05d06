"""The types and functions of the three services, and the SQL that they lack.

The lists hold what a scoring project may want, written from knowledge of the services and not compared
with their references name by name. A name that is missing here is a fault until somebody has looked
it up in the reference and added it.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Engine:
    """A service that the project is compiled for.

    name: its target in profiles.example.yml, and its dialect in sqlglot. title: what people call
    it. types: names of types that a cast may name. functions: names of functions and of table
    functions. lacks: what its SQL has no way to say, a word or mark -> what to write instead.
    reserved: words that name nothing unless quoted. largest_decimal: the most digits of a decimal
    before the point and after it, together no more than 38.
    """

    name: str
    title: str
    types: frozenset
    functions: frozenset
    lacks: dict = field(default_factory=dict)
    reserved: frozenset = frozenset()
    largest_decimal: tuple = (38, 38)


def words(text):
    """The words of a text as a frozenset."""
    return frozenset(text.split())


# Aggregates, windows, numbers and text that all three have under the same name.
COMMON_FUNCTIONS = words("""
    abs array_agg avg ceil coalesce concat corr count dense_rank exp first_value floor greatest
    if lag last_value lead least length ln log lower lpad ltrim max md5 min mod nth_value ntile
    nullif percent_rank power rank repeat replace reverse round row_number rpad rtrim sign sqrt
    stddev substr substring sum trim upper variance
    cast coalesce current_date current_timestamp
""")

SNOWFLAKE = Engine(
    name="snowflake",
    title="Snowflake",
    types=words("""
        number decimal numeric int integer bigint smallint tinyint byteint float float4 float8
        double real varchar char character string text binary varbinary boolean date datetime time
        timestamp timestamp_ltz timestamp_ntz timestamp_tz variant object array
    """) | {"double precision"},
    functions=COMMON_FUNCTIONS | words("""
        any_value array_construct array_size array_to_string chr contains convert_timezone
        count_if date_part date_trunc dateadd datediff day decode div0 equal_null extract flatten
        hash iff ifnull initcap last_day left listagg median mode month nvl
        nvl2 object_construct object_construct_keep_null parse_json percentile_cont
        position random ratio_to_report regexp_count regexp_instr regexp_like regexp_replace
        regexp_substr right sha1 sha2 split split_part split_to_table startswith strtok table
        timestampadd timestampdiff to_char to_date to_decimal to_json to_number to_timestamp
        to_timestamp_ntz to_timestamp_tz to_varchar translate trunc try_cast try_to_date
        try_to_decimal try_to_number try_to_timestamp try_to_timestamp_ntz try_to_timestamp_tz
        uuid_string year zeroifnull
    """),
    lacks={
        "filter": "an aggregate over a case",
        "unnest": "lateral flatten or split_to_table",
    },
    reserved=words("""
        account all alter and any as between by case cast check column connect connection constraint
        create cross current current_date current_time current_timestamp current_user database
        delete distinct drop else exists false following for from full grant group gscluster having
        ilike in increment inner insert intersect into is issue join lateral left like localtime
        localtimestamp minus natural not null of on or order organization qualify regexp revoke
        right rlike row rows sample schema select set some start table tablesample then to trigger
        true try_cast union unique update using values view when whenever where with
    """),
)

BIGQUERY = Engine(
    name="bigquery",
    title="BigQuery",
    types=words("""
        int64 int smallint integer bigint tinyint byteint numeric decimal bignumeric bigdecimal
        float64 string bytes bool boolean date datetime time timestamp json array struct interval
        geography
    """),
    functions=COMMON_FUNCTIONS | words("""
        any_value array array_concat array_length array_reverse array_to_string chr code_points_to_string
        contains_substr countif date date_add date_diff date_sub date_trunc datetime datetime_add
        datetime_diff datetime_sub datetime_trunc div ends_with exists extract farm_fingerprint format format_date
        format_timestamp generate_array generate_date_array generate_uuid ieee_divide ifnull initcap
        instr is_inf is_nan json_query json_value last_day left logical_and logical_or normalize
        offset ordinal parse_date parse_datetime parse_json parse_timestamp percentile_cont rand regexp_contains
        regexp_extract regexp_extract_all regexp_instr regexp_replace right safe_add safe_cast
        safe_divide safe_multiply safe_offset sha1 sha256 sha512 split starts_with string string_agg
        strpos struct timestamp timestamp_add timestamp_diff timestamp_micros timestamp_millis
        timestamp_seconds timestamp_sub timestamp_trunc to_base64 to_hex to_json to_json_string
        translate trunc unix_date unix_micros unix_millis unix_seconds unnest
    """),
    lacks={
        "%": "mod(a, b)",
        "::": "cast(a as type)",
        "ilike": "like with lower()",
        "escape": "a backslash before the wildcard",
        "filter": "countif, or an aggregate over a case",
        "union": "union all or union distinct",
        "lateral": "unnest",
    },
    reserved=words("""
        all and any array as asc assert_rows_modified at between by case cast collate contains
        create cross cube current default define desc distinct else end enum escape except exclude
        exists extract false fetch following for from full group grouping groups hash having if
        ignore in inner intersect interval into is join lateral left like limit lookup merge natural
        new no not null nulls of on or order outer over partition preceding proto qualify range
        recursive respect right rollup rows select set some struct tablesample then to treat true
        unbounded union unnest using when where window with within
    """),
    largest_decimal=(29, 9),
)

DATABRICKS = Engine(
    name="databricks",
    title="Databricks",
    types=words("""
        tinyint byte smallint short int integer bigint long float real double decimal dec numeric
        string binary boolean date timestamp timestamp_ntz interval array map struct variant
    """),
    functions=COMMON_FUNCTIONS | words("""
        add_months any_value array array_distinct array_join array_size array_sort bool_and bool_or
        char charindex chr collect_list collect_set concat_ws contains conv convert_timezone
        count_if date_add date_diff date_format date_part date_sub date_trunc dateadd datediff day
        endswith every explode explode_outer extract filter format_number from_json
        from_utc_timestamp get_json_object hash ifnull initcap instr isnan last_day left listagg
        locate make_date map max_by min_by monotonically_increasing_id months_between month
        named_struct nvl nvl2 percentile percentile_approx posexplode position pow rand regexp
        regexp_count regexp_extract regexp_extract_all regexp_instr regexp_like regexp_replace
        right rlike sequence sha sha1 sha2 size sort_array split split_part startswith string_agg
        struct timestamp_micros to_date to_json to_timestamp to_utc_timestamp transform translate trunc try_add
        try_cast try_divide try_to_number try_to_timestamp unix_micros unix_millis unix_seconds
        uuid xxhash64 year
    """),
    lacks={"unnest": "lateral view explode"},
)

ENGINES = (SNOWFLAKE, BIGQUERY, DATABRICKS)
