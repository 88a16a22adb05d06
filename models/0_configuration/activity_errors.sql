-- Errors in seeds/scoring/activities.csv: texts that the source cannot have, or no raw row.
{{ config(materialized='ephemeral') }}
with rules as (
    select * from {{ ref('configuration_columns') }}
),

placeholder_words as (
    select * from {{ ref('placeholder_words') }}
),

activities as (
    {{ configuration_rows('scoring/activities', ['source_text', 'source_word']) }}
),

sources as (
    select
        list_words.word as source,
        count(*) over () as source_count
    from rules
    {{ cross_join_words('rules.words') }}
    where rules.file = 'scoring/activities' and rules.column_name = 'source'
),

-- Closed lists by source. A source without a list of event names has any, one without a list of
-- quantities has none.
source_lists as (
    {% for source, column, words in [
        ('email', 'event_name', event_names('email') | join(';')),
        ('social', 'event_name', event_names('social') | join(';')),
        ('sales', 'event_name', 'call;email;meeting;linkedin_message;voicemail'),
        ('sales', 'direction', 'inbound;outbound'),
        ('without', 'direction', 'inbound;outbound'),
        ('email', 'outcome', 'hard;soft'),
        ('sales', 'outcome', 'no_answer;connected;meeting_booked;held;cancelled'),
        ('without', 'outcome', 'no_answer;connected;meeting_booked;held;cancelled;hard;soft'),
        ('web', 'quantity', 'duration_seconds;percent_complete'),
        ('product', 'quantity', 'quantity'),
    ] %}
    select
        '{{ source }}' as source,
        '{{ column }}' as column_name,
        '{{ words }}' as words
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

filled_cells as (
    select
        cells.row_id,
        cells.row_name,
        cells.column_name,
        cells.text,
        cells.word,
        activities.source_text,
        rules.sources,
        coalesce(activities.source_word, 'without') as source
    from {{ ref('configuration_cells') }} as cells
    inner join activities on cells.row_id = activities.row_id
    inner join rules
        on
            cells.file = rules.file
            and cells.column_name = rules.column_name
    where cells.file = 'scoring/activities' and cells.text is not null
),

allowed_words as (
    select
        source_lists.source,
        source_lists.column_name,
        list_words.word
    from source_lists
    {{ cross_join_words('source_lists.words') }}
),

-- Texts, with % as the wildcard, that match a word of a list.
listed_cells as (
    select distinct
        filled_cells.row_id,
        filled_cells.column_name,
        allowed_words.source
    from filled_cells
    inner join allowed_words
        on
            filled_cells.column_name = allowed_words.column_name
            and {{ is_like('allowed_words.word', like_pattern('filled_cells.text')) }}
),

-- Of rows without source: sources that cannot have one of their texts.
unfit_sources as (
    select distinct
        filled_cells.row_id,
        filled_cells.row_name,
        sources.source,
        sources.source_count
    from filled_cells
    cross join sources
    left join source_lists
        on
            sources.source = source_lists.source
            and filled_cells.column_name = source_lists.column_name
    left join listed_cells
        on
            sources.source = listed_cells.source
            and filled_cells.column_name = listed_cells.column_name
            and filled_cells.row_id = listed_cells.row_id
    where
        filled_cells.source = 'without'
        and (
            {{ dbt.position('sources.source', 'filled_cells.sources') }} = 0
            or (source_lists.source is not null and listed_cells.source is null)
            or (filled_cells.column_name = 'quantity' and listed_cells.source is null)
        )
)

select
    'scoring/activities' as file,
    filled_cells.row_name,
    'the name any means every activity of positive intent; choose another name' as mistake
from filled_cells
where filled_cells.column_name = 'activity' and filled_cells.word = 'any'

union all

select
    'scoring/activities' as file,
    filled_cells.row_name,
    'source ' || filled_cells.source_text || ' has no ' || filled_cells.column_name
    || '; empty the cell or write source ' || replace(filled_cells.sources, ';', ' or ') as mistake
from filled_cells
inner join sources on filled_cells.source = sources.source
where {{ dbt.position('filled_cells.source', 'filled_cells.sources') }} = 0

union all

select
    'scoring/activities' as file,
    filled_cells.row_name,
    filled_cells.column_name || ' "' || filled_cells.text || '" is not known; write one of '
    || replace(source_lists.words, ';', ', ')
    || case when filled_cells.column_name = 'event_name' then '' else ' or empty the cell' end
        as mistake
from filled_cells
inner join source_lists
    on
        filled_cells.source = source_lists.source
        and filled_cells.column_name = source_lists.column_name
left join listed_cells
    on
        filled_cells.source = listed_cells.source
        and filled_cells.column_name = listed_cells.column_name
        and filled_cells.row_id = listed_cells.row_id
where filled_cells.column_name <> 'quantity' and listed_cells.source is null

union all

select
    'scoring/activities' as file,
    filled_cells.row_name,
    'source ' || filled_cells.source_text || ' has no quantity ' || filled_cells.text
    || '; empty the cell'
    || coalesce(' or write one of ' || replace(source_lists.words, ';', ', '), '') as mistake
from filled_cells
inner join sources on filled_cells.source = sources.source
inner join listed_cells -- the one source that has the quantity
    on
        filled_cells.source <> listed_cells.source
        and filled_cells.column_name = listed_cells.column_name
        and filled_cells.row_id = listed_cells.row_id
left join source_lists
    on
        filled_cells.source = source_lists.source
        and filled_cells.column_name = source_lists.column_name
where filled_cells.column_name = 'quantity'

union all

select
    'scoring/activities' as file,
    unfit_sources.row_name,
    'no source has all of the filled columns; write the source and empty what it lacks' as mistake
from unfit_sources
group by unfit_sources.row_id, unfit_sources.row_name
having count(*) = max(unfit_sources.source_count)

union all

select
    'scoring/activities' as file,
    filled_cells.row_name,
    filled_cells.column_name || ' "' || filled_cells.text || '" has nothing before its query or '
    || 'fragment; write a path such as /pricing or empty the cell' as mistake
from filled_cells
where
    filled_cells.column_name in ('page_path', 'link_url')
    and ({{ normalise_path('filled_cells.text') }}) is null

union all

select
    'scoring/activities' as file,
    filled_cells.row_name,
    filled_cells.column_name || ' "' || filled_cells.text
    || '" is a placeholder, which reads as missing; write a real value or empty the cell' as mistake
from filled_cells
inner join placeholder_words on filled_cells.word = lower(placeholder_words.placeholder)
where filled_cells.column_name in ('content_id', 'form_id', 'campaign_id', 'product')
