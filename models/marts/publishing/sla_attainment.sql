-- Response times of sales: hand-offs by owner, scoring model, tier and week.
with handoffs as (
    select
        sales_handoffs.*,
        coalesce(sales_handoffs.owner_id, 'nobody') as owner_name,
        {{ monday_of(local_date('sales_handoffs.handed_off_at')) }} as week
    from {{ ref('sales_handoffs') }} as sales_handoffs
),

ranked as (
    select
        handoffs.*,
        count(handoffs.responded_at) over (
            partition by
                handoffs.owner_name, handoffs.scoring_model, handoffs.tier, handoffs.week
        ) as responses,
        count(*) over (
            partition by
                handoffs.owner_name, handoffs.scoring_model, handoffs.tier, handoffs.week
        ) as group_size,
        row_number() over (
            partition by
                handoffs.owner_name, handoffs.scoring_model, handoffs.tier, handoffs.week
            order by
                case when handoffs.responded_at is null then 1 else 0 end asc,
                handoffs.minutes_to_response asc
        ) as response_rank,
        row_number() over (
            partition by
                handoffs.owner_name, handoffs.scoring_model, handoffs.tier, handoffs.week
            order by
                case when handoffs.responded_at is null then 1 else 0 end asc,
                handoffs.minutes_to_response_from_publication asc
        ) as own_response_rank,
        row_number() over (
            partition by
                handoffs.owner_name, handoffs.scoring_model, handoffs.tier, handoffs.week
            order by handoffs.run_delay_minutes
        ) as delay_rank
    from handoffs
),

-- A percentile is the smallest value that at least that percentage of the values do not exceed.
counted as (
    select
        ranked.owner_name,
        ranked.scoring_model,
        ranked.tier,
        ranked.week,
        count(*) as handoffs,
        count(ranked.responded_at) as responded,
        sum(case when ranked.sla_status = 'met' then 1 else 0 end) as met,
        sum(case when ranked.sla_status = 'breached' then 1 else 0 end) as breached,
        sum(case when ranked.sla_status in ('waiting', 'at_risk') then 1 else 0 end) as waiting,
        sum(case when ranked.sla_status_from_publication = 'met' then 1 else 0 end) as own_met,
        sum(case when ranked.sla_status_from_publication = 'breached' then 1 else 0 end)
            as own_breached,
        sum(case when ranked.minutes_to_response <= 60 then 1 else 0 end) as within_hour,
        sum(
            case
                when ranked.responded_at is not null or ranked.minutes_waited > 60 then 1
                else 0
            end
        ) as hour_decided,
        {%- for percent in [50, 90, 95] %}
        min(
            case
                when 100 * ranked.response_rank >= {{ percent }} * ranked.responses
                    then ranked.minutes_to_response
            end
        ) as p{{ percent }}_minutes_to_response,
        {%- endfor %}
        min(
            case
                when 2 * ranked.own_response_rank >= ranked.responses
                    then ranked.minutes_to_response_from_publication
            end
        ) as own_minutes_to_response,
        min(case when 2 * ranked.delay_rank >= ranked.group_size then ranked.run_delay_minutes end)
            as run_delay_minutes
    from ranked
    group by ranked.owner_name, ranked.scoring_model, ranked.tier, ranked.week
)

select
    cast(counted.owner_name as {{ dbt.type_string() }}) as owner_id,
    cast(counted.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(counted.tier as {{ dbt.type_string() }}) as tier,
    counted.week,
    cast(counted.handoffs as bigint) as handoffs,
    cast(counted.responded as bigint) as responded,
    cast(counted.met as bigint) as met,
    cast(counted.breached as bigint) as breached,
    cast(counted.waiting as bigint) as waiting,
    {{ share_of('counted.met', 'counted.met + counted.breached') }} as met_share,
    {{ share_of('counted.own_met', 'counted.own_met + counted.own_breached') }}
        as met_share_from_publication,
    {{ share_of('counted.within_hour', 'counted.hour_decided') }} as within_hour_share,
    counted.p50_minutes_to_response as median_minutes_to_response,
    counted.p90_minutes_to_response,
    counted.p95_minutes_to_response,
    counted.own_minutes_to_response as median_minutes_from_publication,
    counted.run_delay_minutes as median_run_delay_minutes
from counted
