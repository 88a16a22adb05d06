{#
    Before a run publishes: deletes the rows of a killed run, that is, those after the last
    published day, and the rows of this run's day. day: the column with the published day.
#}
{% macro delete_rows_to_republish(published, day) %}
{%- set deletion -%}
delete from {{ published }}
where {{ day }} > (
    select
        case
            when publication.is_published
                then least(
                    {{ days_after(-1, 'publication.as_of') }},
                    coalesce(max(publications.as_of), date '0001-01-01')
                )
            else coalesce(max(publications.as_of), date '0001-01-01')
        end
    from {{ ref('int_publication') }} as publication
    left join {{ ref('int_publications') }} as publications on true
    group by publication.is_published, publication.as_of
)
{%- endset -%}
{{ if_table_exists(published, deletion) }}
{% endmacro %}

{# Before a run publishes: deletes the rows of a run that was killed before it recorded its day. #}
{% macro delete_unfinished_publication(published, day='changed_on') %}
{%- set deletion -%}
delete from {{ published }}
where {{ day }} > (
    select coalesce(max(publications.as_of), date '0001-01-01')
    from {{ ref('int_publications') }} as publications
)
{%- endset -%}
{{ if_table_exists(published, deletion) }}
{% endmacro %}

{% macro record_publication() %}
insert into {{ ref('int_publications') }} (as_of, published_at)
select
    publication.as_of,
    {{ known_until() }}
from {{ ref('int_publication') }} as publication
where
    publication.is_published
    and publication.as_of not in (
        select publications.as_of from {{ ref('int_publications') }} as publications
    )
{% endmacro %}

{# If a day is published several times, the time of the last run counts. #}
{% macro record_time_of_publication() %}
update {{ ref('int_publications') }}
set published_at = {{ known_until() }}
where as_of in (
    select publication.as_of
    from {{ ref('int_publication') }} as publication
    where publication.is_published
)
{% endmacro %}

{#
    Keeps the run's day and two published days before it: if this run is killed and the last
    published day is run again, that day is compared with the one before it.
#}
{% macro delete_rows_of_earlier_days(published) %}
delete from {{ published }}
where as_of < (
    select coalesce(max(publications.as_of), date '0001-01-01')
    from {{ ref('int_publications') }} as publications
    where publications.as_of < (
        select max(last_publication.as_of)
        from {{ ref('int_publications') }} as last_publication
        where last_publication.as_of < {{ as_of() }}
    )
)
{% endmacro %}

{# Along with the published points: what they depended on. #}
{% macro record_published_basis() %}
insert into {{ ref('int_published_basis') }} (as_of, lead_id, fit_basis, engagement_basis)
select
    fit_basis.as_of,
    fit_basis.lead_id,
    fit_basis.fit_basis,
    engagement_basis.engagement_basis
from {{ ref('int_publication') }} as publication
inner join {{ ref('int_fit_basis') }} as fit_basis on publication.as_of = fit_basis.as_of
inner join {{ ref('int_engagement_basis') }} as engagement_basis
    on
        fit_basis.as_of = engagement_basis.as_of
        and fit_basis.lead_number = engagement_basis.lead_number
where publication.is_published
{% endmacro %}
