-- Errors that the rules of seeds/rules/configuration_columns.csv find without looking at other
-- files, except for names that a cell refers to.
{{ config(materialized='ephemeral') }}
with rules as (
    select
        listed_rules.*,
        cast(listed_rules.lowest as decimal(28, 9)) as lowest_number,
        cast(listed_rules.above as decimal(28, 9)) as above_number,
        cast(listed_rules.highest as decimal(28, 9)) as highest_number,
        cast(listed_rules.below as decimal(28, 9)) as below_number,
        cast(listed_rules.greatest as decimal(28, 9)) as greatest_number,
        replace(listed_rules.words, ';', ', ') as word_list
    from {{ ref('configuration_columns') }} as listed_rules
),

configuration_cells as (
    select * from {{ ref('configuration_cells') }}
),

activity_names as (
    select * from {{ ref('activity_names') }}
),

cells as (
    select
        configuration_cells.row_id,
        configuration_cells.row_name,
        configuration_cells.text,
        configuration_cells.word,
        configuration_cells.number,
        rules.*,
        case rules.kind when 'grades' then 'grade' else rules.column_name end as noun,
        case rules.kind
            when 'id' then {{ as_id('configuration_cells.text') }}
            else configuration_cells.word
        end as key_part
    from configuration_cells
    inner join rules
        on
            configuration_cells.file = rules.file
            and configuration_cells.column_name = rules.column_name
),

names as (
    select
        cells.file,
        cells.word
    from cells
    where
        cells.file in ('scoring/scoring_models', 'calendar/calendars')
        and cells.in_row_name = '1'

    union all

    select
        'scoring/activities' as file,
        lower(activity_names.activity) as word
    from activity_names
),

-- Files whose names are complete. A file without rows, or a scoring model without a name, is an
-- error itself; activities may be missing. Tiers and challengers belong to a scoring model, so
-- experiment_errors checks them.
complete_files as (
    select names.file
    from names
    where names.file <> 'scoring/activities'
    group by names.file
    having names.file <> 'scoring/scoring_models' or count(*) = count(names.word)

    union all

    select 'scoring/activities' as file
),

known_words as (
    select
        rules.file,
        rules.column_name,
        lower(list_words.word) as word
    from rules
    {{ cross_join_words('rules.words') }}

    union distinct

    select
        rules.file,
        rules.column_name,
        names.word
    from rules
    inner join names on rules.refers_to = names.file
),

-- The words of cells that may only hold known words.
words as (
    select
        cells.*,
        cells.text as one_word
    from cells
    left join complete_files on cells.refers_to = complete_files.file
    where cells.kind = 'word' or complete_files.file is not null

    union all

    select
        cells.*,
        {{ trim_text('list_words.word') }} as one_word
    from cells
    {{ cross_join_words('cells.text') }}
    where cells.kind in ('words', 'grades')
),

keys as (
    select
        cells.file,
        cells.row_id,
        cells.row_name,
        max(case when cells.in_row_name = '1' then cells.column_name end) as column_name,
        max(case when cells.in_row_name = '1' then cells.key_part end) as first_part,
        max(case when cells.in_row_name = '2' then cells.key_part end) as second_part,
        max(case when cells.in_row_name = '3' then cells.key_part end) as third_part
    from cells
    -- Hours with the same key overlap, which calendar_errors reports.
    where cells.key = 'yes' and cells.file <> 'calendar/business_hours'
    group by cells.file, cells.row_id, cells.row_name
    having count(*) = count(cells.key_part)
)

-- Cells that are empty or cannot be read.
select
    cells.file,
    cells.row_name,
    cells.column_name
    || case
        when cells.text is null
            then ' is empty; ' || coalesce(cells.if_empty, 'write one of ' || cells.word_list)
        else ' "' || cells.text || '" is not '
    end
    || case
        when cells.text is null then ''
        when cells.kind = 'date' then 'a date; write one such as 2026-12-25'
        when cells.kind = 'time' then 'a time of day; ' || cells.if_wrong
        when cells.kind = 'yes_no' then 'known; write true or false'
        when cells.kind in ('number', 'whole') then 'a number; write one such as 5 or 0.5'
        else
            'a ' || cells.noun || '; write one of ' || cells.word_list || ', or empty the cell for '
            || cells.empty_means
    end as mistake
from cells
where
    case
        when cells.text is null then cells.required = 'yes'
        when cells.kind = 'date' then {{ cell_date('cells.text') }} is null
        when cells.kind = 'time' then {{ minutes_of_day('cells.text') }} is null
        when cells.kind = 'yes_no' then {{ try_boolean('cells.text') }} is null
        when cells.kind in ('number', 'whole') then cells.number is null
        when cells.kind in ('words', 'grades')
            then {{ trim_text("replace(cells.text, ';', '')") }} = ''
    end

union all

-- Required by a word in another cell, which the sentence may name.
select
    cells.file,
    cells.row_name,
    cells.column_name || ' is empty; '
    || replace(cells.if_empty, '[' || cells.required || ']', deciding_cells.text) as mistake
from cells
inner join cells as deciding_cells
    on
        cells.file = deciding_cells.file
        and cells.row_id = deciding_cells.row_id
        and cells.required = deciding_cells.column_name
where
    cells.text is null
    and {{ dbt.position(
        "';' || deciding_cells.word || ';'", "';' || cells.required_for || ';'"
    ) }} > 0

union all

select
    words.file,
    words.row_name,
    words.noun || ' "' || words.one_word || '" is not known; '
    || case
        when words.if_wrong is not null then words.if_wrong
        when words.kind = 'grades' then 'write ' || words.word_list || ' in ' || words.column_name
        when words.refers_to is null then 'write one of ' || words.word_list
        else 'write one that has a row in seeds/' || words.refers_to || '.csv'
    end as mistake
from words
left join known_words
    on
        words.file = known_words.file
        and words.column_name = known_words.column_name
        and lower(words.one_word) = known_words.word
where known_words.word is null and words.one_word <> ''

union all

-- Sums or products of larger numbers could exceed the range of a decimal.
select
    cells.file,
    cells.row_name,
    cells.column_name || ' ' || cells.text || ' is too large; write a number from -'
    || cells.greatest || ' to ' || cells.greatest as mistake
from cells
where abs(cells.number) > cells.greatest_number

union all

select
    cells.file,
    cells.row_name,
    cells.column_name || ' ' || cells.text
    || ' is not a whole number; write one without decimals' as mistake
from cells
where cells.kind = 'whole' and cells.number <> floor(cells.number)

union all

select
    cells.file,
    cells.row_name,
    cells.column_name || ' ' || cells.text
    || case
        when cells.below is not null then ' is out of range; ' || cells.if_wrong
        when cells.highest is not null
            then ' is out of range; write a number from ' || cells.lowest || ' to ' || cells.highest
        when cells.above is not null
            then ' is not above ' || cells.above || '; write a number greater than ' || cells.above
        else ' is below ' || cells.lowest || '; write ' || cells.lowest || ' or more'
    end as mistake
from cells
where
    cells.number < cells.lowest_number
    or cells.number <= cells.above_number
    or cells.number > cells.highest_number
    or cells.number >= cells.below_number

union all

select
    lower_bounds.file,
    lower_bounds.row_name,
    lower_bounds.column_name || ' ' || lower_bounds.text
    || ' is above ' || upper_bounds.column_name || ' ' || upper_bounds.text
    || '; swap or correct them' as mistake
from cells as lower_bounds
inner join cells as upper_bounds
    on
        lower_bounds.file = upper_bounds.file
        and lower_bounds.row_id = upper_bounds.row_id
        and lower_bounds.not_above = upper_bounds.column_name
        and lower_bounds.number > upper_bounds.number

union all

select
    keys.file,
    min(keys.row_name) as row_name,
    'the file has more than one row of this ' || keys.column_name || '; keep one of them'
    || case when keys.column_name = 'owner_id' then ' and' else ', rename or' end
    || ' delete the others' as mistake
from keys
group by keys.file, keys.column_name, keys.first_part, keys.second_part, keys.third_part
having count(*) > 1
