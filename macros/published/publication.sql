{#
    What a run that was killed before it recorded its day has published: taken away. `day` is the
    column with the published day.
#}
{% macro forget_unfinished_publication(published, day='changed_on') %}
{%- set deletion -%}
delete from {{ published }}
where {{ day }} > (
    select coalesce(max(publications.as_of), date '0001-01-01')
    from {{ ref('publications') }} as publications
)
{%- endset -%}
{# On the first run there is no table yet. #}
{{ deletion if execute and (not flags.INTROSPECT or load_relation(published) is not none) }}
{% endmacro %}

{# The day of this run is published from now on. #}
{% macro record_publication() %}
insert into {{ ref('publications') }} (as_of, published_at)
select
    publication_day.as_of,
    publication_day.published_at
from {{ ref('publication_day') }} as publication_day
where
    publication_day.is_published
    and publication_day.as_of not in (
        select publications.as_of from {{ ref('publications') }} as publications
    )
{% endmacro %}

{# When the day is published again, the time of the last run counts. #}
{% macro record_time_of_publication() %}
update {{ ref('publications') }}
set published_at = {{ known_until() }}
where as_of in (
    select publication_day.as_of
    from {{ ref('publication_day') }} as publication_day
    where publication_day.is_published
)
{% endmacro %}

{# Kept are the day of the run and the published day before it, to compare them. #}
{% macro forget_what_is_before_the_last_day(published) %}
delete from {{ published }}
where
    as_of < (
        select coalesce(max(as_of_days.as_of), date '0001-01-01')
        from {{ ref('as_of_days') }} as as_of_days
        where as_of_days.is_compared_day
    )
{% endmacro %}
