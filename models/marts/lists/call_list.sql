-- Whom to call today, and why in this order: due hand-offs first, then the most urgent leads.
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

-- Across scoring models, a lead is as urgent as the most urgent one from its place on, so that the
-- order within its model stays.
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

-- Among equally urgent leads, one person of a company and those whom nobody touched lately first.
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

ranked as (
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
        ranked.*,
        row_number() over (
            partition by ranked.experiment, ranked.is_due, ranked.comes_last
            order by ranked.usual_rank
        ) as place,
        row_number() over (
            partition by ranked.experiment, ranked.is_due, ranked.comes_last
            order by coalesce(ranked.challenger_score, -1) desc, ranked.usual_rank asc
        ) as challenger_place
    from ranked
),

ordered as (
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
)

select
    cast(ordered.owner_id as {{ dbt.type_string() }}) as owner_id,
    cast(
        row_number() over (partition by ordered.owner_id order by ordered.overall_rank) as bigint
    ) as call_rank,
    cast(ordered.overall_rank as bigint) as overall_rank,
    ordered.lead_id,
    ordered.name,
    ordered.company_name,
    cast(
        case
            when ordered.response_minutes is not null or tiers.action is null then tiers.action
            -- On the list for its score alone.
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
                        when ordered.is_by_probability
                            then concat(
                                ' by conversion probability (',
                                {{ number_as_text('round(100 * ordered.measure, 1)') }}, ' %)'
                            )
                        else concat(' by score (', {{ number_as_text('ordered.score') }}, ')')
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
    cast(
        case
            when ordered.experiment is not null then 'challenger'
            when ordered.is_due then 'hand-off due'
            when ordered.is_by_probability then 'probability'
            else 'score'
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
