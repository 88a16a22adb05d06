-- Status of the rows of each raw table: every row is used, superseded, rejected or erased.
-- depends_on: {{ ref('int_erasures') }}
with raw_batches as (
    select * from {{ ref('int_raw_batches') }}
),

activity_log as (
    select * from {{ ref('int_activity_log') }}
    where row_status <> 'gone'
),

activity_daily as (
    select * from {{ ref('fct_activity_daily') }}
),

event_types as (
    select * from {{ ref('dim_event_types') }}
),

identity_matches as (
    select * from {{ ref('int_identity_matches') }}
),

crm_rows_unioned as (
    select * from {{ ref('int_crm_rows_unioned') }}
),

raw_counts as (
    select
        raw_batches.source_table,
        sum(raw_batches.row_count) as raw_rows
    from raw_batches
    group by raw_batches.source_table
),

matched_activity as (
    select
        event_types.source,
        activity_daily.occurrences,
        case
            when activity_daily.occurred_on < identity_matches.counts_from then 'anonymous'
            else identity_matches.matched_to
        end as matched_to
    from activity_daily
    inner join event_types on activity_daily.event_type_key = event_types.event_type_key
    inner join identity_matches on activity_daily.identity_key = identity_matches.identity_key
),

used_counts as (
    select
        matched_activity.source,
        {%- for name in ['lead', 'stranger', 'ambiguous', 'anonymous'] %}
        sum(case
            when matched_activity.matched_to = '{{ name }}' then matched_activity.occurrences
            else 0
        end) as {{ name }}_rows,
        {%- endfor %}
        sum(matched_activity.occurrences) as used_rows
    from matched_activity
    group by matched_activity.source
),

status_counts as (
    select
        activity_log.source_table,
        activity_log.source,
        -- One of several repeats is used; the others are superseded.
        sum(
            case
                when activity_log.row_status = 'used' then activity_log.row_count - 1
                when activity_log.row_status = 'superseded' then activity_log.row_count
                else 0
            end
        ) as superseded_rows,
        sum(case when activity_log.row_status = 'rejected' then activity_log.row_count else 0 end)
            as rejected_rows,
        sum(case when activity_log.row_status = 'erased' then activity_log.row_count else 0 end)
            as erased_rows
    from activity_log
    group by activity_log.source_table, activity_log.source
),

ranked_crm_rows as (
    select
        crm_rows_unioned.source_table,
        crm_rows_unioned.rejection_reason,
        crm_rows_unioned.is_erased,
        row_number() over (
            partition by
                crm_rows_unioned.source_table,
                crm_rows_unioned.is_erased,
                crm_rows_unioned.rejection_reason,
                crm_rows_unioned.used_key
            order by crm_rows_unioned.delivered_at desc
        ) as version_rank
    from crm_rows_unioned
),

crm_counts as (
    select
        ranked_crm_rows.source_table,
        count(*) as raw_rows,
        sum(case
            when ranked_crm_rows.is_erased then 0
            when ranked_crm_rows.rejection_reason is null and ranked_crm_rows.version_rank = 1
                then 1
            else 0
        end) as used_rows,
        sum(case
            when ranked_crm_rows.is_erased then 0
            when ranked_crm_rows.rejection_reason is null and ranked_crm_rows.version_rank > 1
                then 1
            else 0
        end) as superseded_rows,
        sum(case when ranked_crm_rows.is_erased then 1 else 0 end) as erased_rows
    from ranked_crm_rows
    group by ranked_crm_rows.source_table
),

crm_rejected_counts as (
    select
        rejected_rows.source_table,
        sum(rejected_rows.row_count) as rejected_rows
    from {{ ref('rejected_rows') }} as rejected_rows
    group by rejected_rows.source_table
),

final as (
    select
        status_counts.source_table,
        coalesce(raw_counts.raw_rows, 0) as raw_rows,
        coalesce(used_counts.used_rows, 0) as used_rows,
        coalesce(used_counts.lead_rows, 0) as lead_rows,
        coalesce(used_counts.stranger_rows, 0) as stranger_rows,
        coalesce(used_counts.ambiguous_rows, 0) as ambiguous_rows,
        coalesce(used_counts.anonymous_rows, 0) as anonymous_rows,
        status_counts.superseded_rows,
        status_counts.rejected_rows,
        status_counts.erased_rows
    from status_counts
    left join raw_counts on status_counts.source_table = raw_counts.source_table
    left join used_counts on status_counts.source = used_counts.source

    union all

    select
        crm_counts.source_table,
        crm_counts.raw_rows,
        crm_counts.used_rows,
        null as lead_rows,
        null as stranger_rows,
        null as ambiguous_rows,
        null as anonymous_rows,
        crm_counts.superseded_rows,
        coalesce(crm_rejected_counts.rejected_rows, 0) as rejected_rows,
        crm_counts.erased_rows
    from crm_counts
    left join crm_rejected_counts on crm_counts.source_table = crm_rejected_counts.source_table
)

select
    cast(final.source_table as {{ dbt.type_string() }}) as source_table,
    cast(final.raw_rows as bigint) as raw_rows,
    cast(final.used_rows as bigint) as used_rows,
    cast(final.lead_rows as bigint) as lead_rows,
    cast(final.stranger_rows as bigint) as stranger_rows,
    cast(final.ambiguous_rows as bigint) as ambiguous_rows,
    cast(final.anonymous_rows as bigint) as anonymous_rows,
    cast(final.superseded_rows as bigint) as superseded_rows,
    cast(final.rejected_rows as bigint) as rejected_rows,
    cast(final.erased_rows as bigint) as erased_rows
from final
