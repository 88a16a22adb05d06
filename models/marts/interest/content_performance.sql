-- Results of each content item and campaign, compared with those that started earlier.
with touches as (
    select * from {{ ref('int_content_touches') }}
),

earlier_conversions as (
    select * from {{ ref('int_earlier_conversions') }}
),

counted as (
    select
        touches.content_kind,
        touches.touched_id,
        count(*) as people,
        count(touches.first_engaged_at) as engaged_people,
        sum(touches.sent) as sent_people,
        sum(touches.delivered) as delivered_people,
        sum(touches.opened) as opened_people,
        sum(touches.clicked) as clicked_people,
        sum(touches.offered) as offered_people,
        sum(touches.viewed) as viewed_people,
        sum(touches.downloaded) as downloaded_people,
        sum(touches.submitted) as submitted_people,
        count(touches.converted_on) as converted_people,
        min(touches.first_on) as first_on,
        max(touches.last_on) as last_on
    from touches
    group by touches.content_kind, touches.touched_id
),

rated as (
    select
        counted.*,
        {{ share_of('counted.opened_people', 'counted.delivered_people') }} as open_rate,
        {{ share_of('counted.clicked_people', 'counted.delivered_people') }} as click_rate,
        {{ share_of(
            'case when counted.offered_people > 0 then counted.downloaded_people end',
            'counted.offered_people'
        ) }} as download_rate,
        {{ share_of('counted.converted_people', 'counted.engaged_people') }}
            as conversion_rate
    from counted
),

daily_rates as (
    select
        rated.content_kind,
        rated.first_on,
        coalesce(sum(rated.open_rate), 0) as open_rate,
        count(rated.open_rate) as open_rate_count,
        coalesce(sum(rated.click_rate), 0) as click_rate,
        count(rated.click_rate) as click_rate_count,
        coalesce(sum(rated.download_rate), 0) as download_rate,
        count(rated.download_rate) as download_rate_count
    from rated
    group by rated.content_kind, rated.first_on
),

-- Mean of each rate over those of the same kind that started on an earlier day.
earlier as (
    select
        daily_rates.content_kind,
        daily_rates.first_on,
        sum(daily_rates.open_rate) over (
            partition by daily_rates.content_kind
            order by daily_rates.first_on
            rows between unbounded preceding and 1 preceding
        ) / nullif(
            sum(daily_rates.open_rate_count) over (
                partition by daily_rates.content_kind
                order by daily_rates.first_on
                rows between unbounded preceding and 1 preceding
            ), 0
        ) as open_rate,
        sum(daily_rates.click_rate) over (
            partition by daily_rates.content_kind
            order by daily_rates.first_on
            rows between unbounded preceding and 1 preceding
        ) / nullif(
            sum(daily_rates.click_rate_count) over (
                partition by daily_rates.content_kind
                order by daily_rates.first_on
                rows between unbounded preceding and 1 preceding
            ), 0
        ) as click_rate,
        sum(daily_rates.download_rate) over (
            partition by daily_rates.content_kind
            order by daily_rates.first_on
            rows between unbounded preceding and 1 preceding
        ) / nullif(
            sum(daily_rates.download_rate_count) over (
                partition by daily_rates.content_kind
                order by daily_rates.first_on
                rows between unbounded preceding and 1 preceding
            ), 0
        ) as download_rate
    from daily_rates
)

select
    cast(concat(rated.content_kind, ':', rated.touched_id) as {{ dbt.type_string() }})
        as content_key,
    cast(rated.content_kind as {{ dbt.type_string() }}) as content_kind,
    cast(
        case when rated.content_kind = 'content' then rated.touched_id end
        as {{ dbt.type_string() }}
    ) as content_id,
    cast(
        case when rated.content_kind = 'campaign' then rated.touched_id end
        as {{ dbt.type_string() }}
    ) as campaign_id,
    cast(rated.people as bigint) as people,
    cast(rated.engaged_people as bigint) as engaged_people,
    cast(rated.sent_people as bigint) as sent_people,
    cast(rated.delivered_people as bigint) as delivered_people,
    cast(rated.opened_people as bigint) as opened_people,
    cast(rated.clicked_people as bigint) as clicked_people,
    cast(rated.offered_people as bigint) as offered_people,
    cast(rated.viewed_people as bigint) as viewed_people,
    cast(rated.downloaded_people as bigint) as downloaded_people,
    cast(rated.submitted_people as bigint) as submitted_people,
    cast(rated.converted_people as bigint) as converted_people,
    rated.open_rate,
    rated.click_rate,
    rated.download_rate,
    rated.conversion_rate,
    earlier.open_rate as earlier_open_rate,
    earlier.click_rate as earlier_click_rate,
    earlier.download_rate as earlier_download_rate,
    earlier_conversions.conversion_rate as earlier_conversion_rate,
    rated.open_rate / nullif(earlier.open_rate, 0) as open_rate_ratio,
    rated.click_rate / nullif(earlier.click_rate, 0) as click_rate_ratio,
    rated.download_rate / nullif(earlier.download_rate, 0) as download_rate_ratio,
    rated.conversion_rate / nullif(earlier_conversions.conversion_rate, 0) as conversion_rate_ratio,
    rated.first_on,
    rated.last_on
from rated
left join earlier
    on
        rated.content_kind = earlier.content_kind
        and rated.first_on = earlier.first_on
left join earlier_conversions
    on
        rated.content_kind = earlier_conversions.content_kind
        and rated.touched_id = earlier_conversions.touched_id
