{#
    What a run that was killed before it recorded its day has published: taken away. day is the
    column of the published day.
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
insert into {{ ref('publications') }} (as_of)
select publication_day.as_of
from {{ ref('publication_day') }} as publication_day
where
    publication_day.is_published
    and publication_day.as_of not in (
        select publications.as_of from {{ ref('publications') }} as publications
    )
{% endmacro %}
