-- Whom to call today, and why in this order: open hand-offs first, then the most urgent leads.
{% set quiet_days = var('call_list_quiet_days') %}
with callable_leads as (
    select * from {{ ref('int_callable_leads') }}
),

tiers as (
    select * from {{ ref('config_tiers') }}
),

-- The order within a scoring model, by one measure.
measured as (
    select
        callable_leads.*,
        row_number() over (
            partition by callable_leads.scoring_model, callable_leads.is_due
            order by
                callable_leads.measure desc,
                coalesce(callable_leads.points_at_cap, 0) desc,
                coalesce(callable_leads.last_activity_on, date '0001-01-01') desc,
                callable_leads.fit_score desc,
                {{ byte_order('callable_leads.lead_id') }} asc
        ) as model_position,
        count(*) over (
            partition by callable_leads.scoring_model, callable_leads.is_due
        ) as model_leads
    from callable_leads
),

-- Across scoring models, a lead is as urgent as the most urgent one from its place on, which keeps
-- the order within its model.
urgent as (
    select
        measured.*,
        coalesce(
            min(measured.response_minutes) over (
                partition by measured.scoring_model, measured.is_due
                order by measured.model_position
                rows between current row and unbounded following
            ), 999999999
        ) as urgency
    from measured
),

-- Among equally urgent leads, the first person of each company and leads not touched lately come
-- first.
companies as (
    select
        urgent.*,
        row_number() over (
            partition by coalesce(urgent.company_id, concat('lead ', urgent.lead_id))
            order by
                case when urgent.is_due then 0 else 1 end asc,
                urgent.due_order asc,
                urgent.urgency asc,
                urgent.model_position asc,
                {{ byte_order('urgent.lead_id') }} asc
        ) as company_position,
        coalesce(urgent.touch_days < {{ quiet_days }}, false) as is_touched
    from urgent
),

placed as (
    select
        companies.*,
        case when companies.company_position > 1 or companies.is_touched then 1 else 0 end
            as comes_last,
        row_number() over (
            order by
                case when companies.is_due then 0 else 1 end asc,
                companies.due_order asc,
                companies.urgency asc,
                case when companies.company_position > 1 or companies.is_touched then 1 else 0 end
                asc,
                companies.model_position asc,
                {{ byte_order('companies.scoring_model') }} asc,
                {{ byte_order('companies.lead_id') }} asc
        ) as usual_rank
    from companies
),

-- The places of leads that are called in a challenger's order stay theirs; who of them has which
-- one, the challenger's score says.
places as (
    select
        placed.*,
        row_number() over (
            partition by placed.experiment, placed.is_due, placed.comes_last
            order by placed.usual_rank
        ) as place,
        row_number() over (
            partition by placed.experiment, placed.is_due, placed.comes_last
            order by coalesce(placed.challenger_score, -1) desc, placed.usual_rank asc
        ) as challenger_place
    from placed
),

ranked as (
    select
        places.*,
        coalesce(places_of_challenger.usual_rank, places.usual_rank) as overall_rank
    from places
    left join places as places_of_challenger
        on
            places.experiment = places_of_challenger.experiment
            and places.is_due = places_of_challenger.is_due
            and places.comes_last = places_of_challenger.comes_last
            and places.challenger_place = places_of_challenger.place
),

-- A deal is its company's: what the owner's list is worth counts it once, for the lead with which
-- it is worth most.
listed as (
    select
        ranked.*,
        row_number() over (partition by ranked.owner_id order by ranked.overall_rank)
            as call_rank,
        coalesce(
            max(ranked.expected_value) over (
                partition by
                    ranked.owner_id,
                    coalesce(ranked.company_id, concat('lead ', ranked.lead_id))
                order by ranked.overall_rank
                rows between unbounded preceding and 1 preceding
            ), 0
        ) as counted_value
    from ranked
),

ordered as (
    select
        listed.*,
        round(100 * coalesce({{ nine_decimals('listed.conversion_probability') }}, 0), 1)
            as percent_likely,
        listed.call_rank * {{ var('call_minutes') }} as list_minutes,
        sum(
            case
                when listed.expected_value > listed.counted_value
                    then listed.expected_value - listed.counted_value
                when listed.expected_value is not null then 0
            end
        ) over (
            partition by listed.owner_id
            order by listed.overall_rank
            rows between unbounded preceding and current row
        ) as list_value
    from listed
)

select
    cast(ordered.owner_id as {{ dbt.type_string() }}) as owner_id,
    cast(ordered.call_rank as bigint) as call_rank,
    cast(ordered.overall_rank as bigint) as overall_rank,
    ordered.lead_id,
    ordered.name,
    ordered.company_name,
    cast(
        case
            when ordered.response_minutes is not null or tiers.action is null then tiers.action
            -- On the list only because of its score.
            else concat(
                'Decide whether to call: ', upper(ordered.qualification), ', but the tier says "',
                tiers.action, '"'
            )
        end as {{ dbt.type_string() }}
    ) as action,
    cast(
        concat(
            case
                when ordered.is_due
                    then concat(
                        'Handed off as ', ordered.tier, ' on ',
                        substr(cast(ordered.handed_off_at as {{ dbt.type_string() }}), 1, 10),
                        ', not tried yet',
                        case
                            when ordered.due_at is null then ''
                            when ordered.sla_status = 'breached' then '; was due on '
                            else '; due on '
                        end,
                        coalesce(
                            substr(cast(ordered.due_at as {{ dbt.type_string() }}), 1, 16)
                            || ' UTC',
                            ''
                        )
                    )
                when ordered.experiment is not null then 'In a challenger''s order'
                else concat(
                    'Number ', cast(ordered.model_position as {{ dbt.type_string() }}), ' of ',
                    cast(ordered.model_leads as {{ dbt.type_string() }}), ' in ',
                    ordered.model_label,
                    case
                        when ordered.ranked_by = 'score'
                            then concat(' by score (', {{ number_as_text('ordered.score') }}, ')')
                        when ordered.ranked_by = 'probability'
                            then concat(
                                ' by conversion probability (',
                                {{ number_as_text('round(100 * ordered.measure, 1)') }}, ' %)'
                            )
                        else concat(
                            ' by expected value (', {{ money_as_text('ordered.measure') }}, ' = ',
                            {{ number_as_text('ordered.percent_likely') }}, ' % of ',
                            {{ money_as_text('ordered.expected_amount') }}, ')'
                        )
                    end
                )
            end,
            case
                when ordered.experiment is not null
                    then concat(
                        '; place by the score of ', ordered.challenger, ' (',
                        coalesce({{ number_as_text('ordered.challenger_score') }}, 'none'),
                        '), in experiment ', ordered.experiment
                    )
                else ''
            end,
            case
                when ordered.company_position > 1
                    then concat(
                        '; person ', cast(ordered.company_position as {{ dbt.type_string() }}),
                        ' of this company'
                    )
                else ''
            end,
            case
                when ordered.open_deals > 0
                    then concat(
                        '; has an open deal', coalesce(' (' || ordered.open_deal_stage || ')', '')
                    )
                else ''
            end,
            case
                when not ordered.is_touched then ''
                when ordered.touch_days = 0 then '; sales was in touch today'
                when ordered.touch_days = 1 then '; sales was in touch yesterday'
                else concat(
                    '; sales was in touch ',
                    cast(ordered.touch_days as {{ dbt.type_string() }}), ' days ago'
                )
            end,
            '.'
        ) as {{ dbt.type_string() }}
    ) as order_reason,
    ordered.top_reasons as reasons,
    ordered.due_at,
    ordered.email,
    ordered.url,
    cast(ordered.tier as {{ dbt.type_string() }}) as tier,
    ordered.score,
    ordered.conversion_probability,
    ordered.expected_amount,
    ordered.expected_value,
    cast(ordered.list_minutes as bigint) as list_minutes,
    cast(ordered.list_value as decimal(28, 2)) as list_value,
    {% if var('call_hours_per_day') in [none, ''] -%}
    cast(null as boolean)
    {%- else -%}
    ordered.owner_id is not null and ordered.list_minutes <= 60 * {{ call_hours() }}
    {%- endif %} as is_within_capacity,
    cast(
        case
            when ordered.experiment is not null then 'challenger'
            when ordered.is_due then 'hand-off due'
            else ordered.ranked_by
        end as {{ dbt.type_string() }}
    ) as ranked_by,
    ordered.scoring_model,
    cast(ordered.model_label as {{ dbt.type_string() }}) as model_label,
    ordered.last_touch_on,
    ordered.last_activity_on,
    ordered.open_deals,
    ordered.open_deal_id,
    ordered.open_deal_stage,
    ordered.consent
from ordered
left join tiers
    on
        ordered.scoring_model = tiers.scoring_model
        and ordered.tier = tiers.tier
