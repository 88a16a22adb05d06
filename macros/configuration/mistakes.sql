{#
    Finds mistakes in the configuration. Each model <file>_errors reads its file with
    configuration_rows and passes a list of checks, pairs of SQL condition and sentence, to the
    macro mistakes. In a sentence, [column] stands for the text of the column's cell.
#}

{# The closed lists of words that a cell may contain, in addition to those in vocabulary.sql. #}
{% macro configuration_words(list_name) %}
    {{ return({
        'population': ['open_leads', 'customers', 'trial_users', 'partners', 'everyone'],
        'source': ['web', 'email', 'social', 'product', 'sales'],
        'intent': ['positive', 'negative', 'neutral'],
        'stage': ['awareness', 'consideration', 'decision'],
        'operator': ['equals', 'in', 'not_in', 'contains', 'has', 'at_least', 'at_most', 'between',
            'is_true', 'is_false', 'is_known', 'is_missing', 'due_within'],
        'rule': ['each', 'amount', 'count', 'rate', 'inactive', 'decline'],
        'decay': ['none', 'half_life', 'linear', 'step', 'compound', 'expire'],
        'dimension': ['fit', 'engagement'],
        'when': ['met', 'not_met'],
        'fit_grades': ['A', 'B', 'C', 'D', 'E'],
        'engagement_grades': ['1', '2', '3', '4', '5'],
        'response_unit': ['business_minutes', 'minutes'],
        'seniority': ['c_level', 'vp', 'director', 'manager', 'specialist', 'intern_or_student'],
        'job_function': ['executive', 'operations', 'engineering', 'it', 'procurement', 'finance',
            'marketing', 'sales', 'hr', 'other'],
        'experiment_kind': ['handoff', 'challenger'],
        'account_method': ['maximum', 'champion_mix', 'sum_with_cap'],
        'account_level': ['company', 'top_parent'],
        'weekday': ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
        'likely_buying_role': ['decision_maker', 'influencer', 'user'],
    }[list_name]) }}
{% endmacro %}

{# The columns of a file whose filled cells must be numbers. #}
{% macro configuration_numbers(file) %}
    {{ return({
        'scoring_models': ['fit_target', 'engagement_target', 'fit_weight', 'engagement_weight',
            'mql_score', 'sql_score'],
        'activities': ['min_percent_complete'],
        'fit_criteria': ['min_value', 'max_value', 'within_days', 'points'],
        'engagement_criteria': ['min_count', 'max_count', 'min_rate', 'window_days',
            'daily_limit', 'points', 'decay_days', 'decay_rate', 'max_points'],
        'category_limits': ['min_points', 'max_points'],
        'score_gates': ['max_score'],
        'grade_bands': ['min_score'],
        'tiers': ['rank', 'min_score', 'keep_score', 'response_minutes'],
        'account_scoring': ['score_cap', 'engaged_score'],
        'experiments': ['share', 'smallest_effect', 'power', 'expected_rate'],
    }.get(file, [])) }}
{% endmacro %}

{# The columns that no two rows of a file may share; the first one names the row. #}
{% macro configuration_keys(file) %}
    {{ return({
        'scoring_models': ['scoring_model'],
        'activities': ['activity'],
        'fit_criteria': ['criterion', 'scoring_model'],
        'engagement_criteria': ['criterion', 'scoring_model'],
        'category_limits': ['category', 'scoring_model', 'dimension'],
        'score_gates': ['gate', 'scoring_model'],
        'grade_bands': ['grade', 'scoring_model', 'dimension'],
        'tiers': ['tier', 'scoring_model'],
        'account_scoring': ['scoring_model'],
        'outcomes': ['scoring_model'],
        'challengers': ['challenger'],
        'experiments': ['experiment'],
        'calendars': ['calendar'],
        'business_hours': ['weekday', 'calendar', 'opens_at'],
        'holidays': ['holiday_on', 'calendar'],
        'owner_calendars': ['owner_id'],
    }[file]) }}
{% endmacro %}

{#
    The rows of a file: each cell as text, <column>_text, and as a word,
    <column>_word, numbers as <column>_number too, null where they cannot be read. row_name
    identifies the row for people, copies is the number of rows with its key, first_row_name names
    one of them.
#}
{% macro configuration_rows(file) -%}
    {%- set keys = configuration_keys(file) -%}
    {%- set others = [] -%}
    {%- for name in keys[1:] + (['rank'] if file == 'tiers' else []) -%}
        {%- do others.append(
            "coalesce(" ~ ("'rank ' || " if name == 'rank' else '') ~ name ~ "_text"
            ~ ", 'without " ~ name ~ "')"
        ) -%}
    {%- endfor -%}
    {%- set hint = {
        'activities': 'event_name', 'fit_criteria': 'attribute',
        'engagement_criteria': 'activity', 'score_gates': 'criterion',
    }.get(file) -%}
    {%- set words = [] -%}
    {%- for name in keys -%}
        {%- do words.append('cells.' ~ name ~ '_word') -%}
    {%- endfor -%}
    select
        cells.*,
        count(*) over (partition by {{ words | join(', ') }}) as copies,
        min(cells.row_name) over (partition by {{ words | join(', ') }}) as first_row_name
    from (
        select
            texts.*,
            {%- for name in configuration_columns(file) %}
            lower({{ name }}_text) as {{ name }}_word,
            {%- if name in configuration_numbers(file) %}
            {{ try_number(name ~ '_text') }} as {{ name }}_number,
            {%- endif %}
            {%- endfor %}
            coalesce(
                {{ keys[0] }}_text,
                'without {{ keys[0] }}'
                {%- if hint %}
                || coalesce(' but with {{ hint }} ' || {{ hint }}_text, '')
                {%- endif %}
            )
            {%- if others %}
            || ' (' || {{ others | join(" || ', ' || ") }} || ')'
            {%- endif %} as row_name
        from (
            select
                {%- for name in configuration_columns(file) %}
                {{ cell(name) }} as {{ name }}_text
                {%- if not loop.last %},{% endif %}
                {%- endfor %}
            from {{ ref(file) }}
        ) as texts
    ) as cells
{%- endmacro %}

{# One mistake: the rows of a CTE that meet a condition, as file, row_name, sentence. #}
{% macro mistake(file, cte, condition, sentence) -%}
    {%- set said = modules.re.sub(
        '\\[([a-z_]+)\\]',
        "' || coalesce(" ~ cte ~ ".\\1_text, '') || '",
        text_literal(sentence)[1:-1]
    ) -%}
    select
        '{{ configuration_path(file) }}' as file,
        {{ cte }}.row_name,
        '{{ configuration_path(file) }}, row ' || {{ cte }}.row_name || ': {{ said }}.' as sentence
    from {{ cte }}
    where {{ condition }}
{%- endmacro %}

{# All mistakes of a file: the pairs of condition and sentence, each on its CTE. #}
{% macro mistakes(file, checks_by_cte) -%}
    {%- set selects = [] -%}
    {%- for cte, checks in checks_by_cte.items() -%}
        {%- for check in checks -%}
            {%- do selects.append(mistake(file, cte, check[0], check[1])) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ selects | join('\n\n    union all\n\n') }}
{%- endmacro %}

{# A cell that must be filled. #}
{% macro empty_cell(cte, column, fix) %}
    {{ return([cte ~ '.' ~ column ~ '_text is null', column ~ ' is empty; ' ~ fix]) }}
{% endmacro %}

{# A word that is not in its closed list. #}
{% macro unknown_word(cte, column, words) %}
    {{ return([
        cte ~ '.' ~ column ~ '_word not in (' ~ as_literals(words) | lower ~ ')',
        column ~ ' "[' ~ column ~ ']" is not known; write one of ' ~ words | join(', '),
    ]) }}
{% endmacro %}

{#
    A scoring model without a row; not reported while scoring_models.csv has no row, or one without
    a name, which is then the mistake.
#}
{% macro unknown_scoring_model(cte) %}
    {{ return([
        cte ~ '.scoring_model_word is not null and not ' ~ known_scoring_model(cte)
        ~ ' and exists (select 1 from scoring_models) and not exists ('
        ~ 'select 1 from scoring_models where scoring_models.scoring_model_word is null)',
        'scoring_model "[scoring_model]" is not known; write one that has a row in '
        ~ 'seeds/scoring/scoring_models.csv',
    ]) }}
{% endmacro %}

{# Whether the scoring model of a row has a row in scoring_models.csv: SQL. #}
{% macro known_scoring_model(cte) %}
    {{ return(
        'exists (select 1 from scoring_models'
        ~ ' where scoring_models.scoring_model_word = ' ~ cte ~ '.scoring_model_word)'
    ) }}
{% endmacro %}

{# Two rows with the same key. #}
{% macro repeated_key(file, cte) %}
    {%- set conditions = [cte ~ '.copies > 1', cte ~ '.row_name = ' ~ cte ~ '.first_row_name'] -%}
    {%- for name in configuration_keys(file) -%}
        {%- do conditions.append(cte ~ '.' ~ name ~ '_word is not null') -%}
    {%- endfor -%}
    {{ return([
        conditions | join(' and '),
        'the file has more than one row of this ' ~ configuration_keys(file)[0]
        ~ '; keep one of them, rename or delete the others',
    ]) }}
{% endmacro %}

{#
    The largest absolute number of each column whose sums or products could exceed the range of a
    decimal.
#}
{% macro configuration_magnitude(column) %}
    {{ return({
        'points': 1000000, 'min_points': 1000000, 'max_points': 1000000,
        'fit_target': 1000000, 'engagement_target': 1000000,
        'min_count': 1000000, 'max_count': 1000000, 'min_rate': 1000000, 'daily_limit': 1000000,
        'rank': 1000000, 'response_minutes': 1000000,
        'window_days': 100000, 'decay_days': 100000, 'within_days': 100000,
        'min_value': 1000000000000000, 'max_value': 1000000000000000,
    }.get(column)) }}
{% endmacro %}

{# Cells of number columns that are not numbers, or are too large. #}
{% macro unreadable_numbers(file, cte) %}
    {%- set checks = [] -%}
    {%- for name in configuration_numbers(file) -%}
        {%- do checks.append([
            cte ~ '.' ~ name ~ '_text is not null and ' ~ cte ~ '.' ~ name ~ '_number is null',
            name ~ ' "[' ~ name ~ ']" is not a number; write one such as 5 or 0.5',
        ]) -%}
        {%- set greatest = configuration_magnitude(name) -%}
        {%- if greatest -%}
            {%- do checks.append([
                'abs(' ~ cte ~ '.' ~ name ~ '_number) > ' ~ greatest,
                name ~ ' [' ~ name ~ '] is too large; write a number from -'
                ~ greatest ~ ' to ' ~ greatest,
            ]) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(checks) }}
{% endmacro %}

{# Days and counts with decimals. #}
{% macro broken_wholes(cte, columns) %}
    {%- set checks = [] -%}
    {%- for name in columns -%}
        {%- set number = cte ~ '.' ~ name ~ '_number' -%}
        {%- do checks.append([
            number ~ ' <> floor(' ~ number ~ ')',
            name ~ ' [' ~ name ~ '] is not a whole number; write one without decimals',
        ]) -%}
    {%- endfor -%}
    {{ return(checks) }}
{% endmacro %}

{# Numbers that must be more than 0. #}
{% macro not_positive(cte, columns) %}
    {%- set checks = [] -%}
    {%- for name in columns -%}
        {%- do checks.append([
            cte ~ '.' ~ name ~ '_number <= 0',
            name ~ ' [' ~ name ~ '] is not above 0; write a number greater than 0',
        ]) -%}
    {%- endfor -%}
    {{ return(checks) }}
{% endmacro %}

{# Numbers that must not be below 0. #}
{% macro negative(cte, columns) %}
    {%- set checks = [] -%}
    {%- for name in columns -%}
        {%- do checks.append([
            cte ~ '.' ~ name ~ '_number < 0',
            name ~ ' [' ~ name ~ '] is below 0; write 0 or more',
        ]) -%}
    {%- endfor -%}
    {{ return(checks) }}
{% endmacro %}

{# Numbers that are not between 0 and a maximum. #}
{% macro out_of_range(cte, columns, highest) %}
    {%- set checks = [] -%}
    {%- for name in columns -%}
        {%- do checks.append([
            cte ~ '.' ~ name ~ '_number not between 0 and ' ~ highest,
            name ~ ' [' ~ name ~ '] is out of range; write a number from 0 to ' ~ highest,
        ]) -%}
    {%- endfor -%}
    {{ return(checks) }}
{% endmacro %}

{# Numbers that must be above 0, or another lowest one that may be written, and below 1. #}
{% macro no_proper_share(cte, column, example, lowest=none) %}
    {%- set number = cte ~ '.' ~ column ~ '_number' -%}
    {{ return([
        number ~ (' <= 0' if lowest is none else ' < ' ~ lowest) ~ ' or ' ~ number ~ ' >= 1',
        column ~ ' [' ~ column ~ '] is out of range; write a number '
        ~ ('above 0' if lowest is none else 'of at least ' ~ lowest) ~ ' and below 1, such as '
        ~ example,
    ]) }}
{% endmacro %}

{# Cells that must be an ISO date. #}
{% macro unreadable_date(cte, column) %}
    {{ return([
        cte ~ '.' ~ column ~ '_text is not null and '
        ~ cell_date(cte ~ '.' ~ column ~ '_text') | trim ~ ' is null',
        column ~ ' "[' ~ column ~ ']" is not a date; write one such as 2026-12-25',
    ]) }}
{% endmacro %}

{# A lower bound above its upper bound. #}
{% macro crossed_bounds(cte, lower_bound, upper_bound) %}
    {{ return([
        cte ~ '.' ~ lower_bound ~ '_number > ' ~ cte ~ '.' ~ upper_bound ~ '_number',
        lower_bound ~ ' [' ~ lower_bound ~ '] is above ' ~ upper_bound ~ ' [' ~ upper_bound
        ~ ']; swap or correct them',
    ]) }}
{% endmacro %}

{# Whether a pattern, in which % is the wildcard, matches one of the words: SQL. #}
{% macro matches_a_word(pattern, words) %}
    {%- set matches = [] -%}
    {%- for word in words -%}
        {%- do matches.append(is_like("'" ~ word ~ "'", like_pattern(pattern))) -%}
    {%- endfor -%}
    {{ return(matches | join(' or ')) }}
{% endmacro %}
