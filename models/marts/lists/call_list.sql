-- Whom to call today, and why in this order: due hand-offs first, then the most urgent leads.
with callable_leads as (
    select * from {{ ref('int_callable_leads') }}
),

listed_calls as (
    select * from {{ ref('int_listed_calls') }}
),

tiers as (
    select * from {{ ref('config_tiers') }}
),

calls as (
    select
        callable_leads.*,
        listed_calls.model_position,
        listed_calls.model_leads,
        listed_calls.company_position,
        listed_calls.is_touched,
        listed_calls.overall_rank,
        listed_calls.call_rank,
        listed_calls.list_minutes,
        listed_calls.list_value,
        listed_calls.is_within_capacity,
        round(100 * coalesce({{ nine_decimals('callable_leads.conversion_probability') }}, 0), 1)
            as percent_likely
    from callable_leads
    inner join listed_calls on callable_leads.lead_id = listed_calls.lead_id
)

select
    cast(calls.owner_id as {{ dbt.type_string() }}) as owner_id,
    cast(calls.call_rank as bigint) as call_rank,
    cast(calls.overall_rank as bigint) as overall_rank,
    calls.lead_id,
    calls.name,
    calls.company_name,
    cast(
        case
            when calls.response_minutes is not null or tiers.action is null then tiers.action
            -- On the list only because of its score.
            else concat(
                'Decide whether to call: ', upper(calls.qualification), ', but the tier says "',
                tiers.action, '"'
            )
        end as {{ dbt.type_string() }}
    ) as action,
    cast(
        concat(
            case
                when calls.is_due
                    then concat(
                        'Handed off as ', calls.tier, ' on ',
                        substr(cast(calls.handed_off_at as {{ dbt.type_string() }}), 1, 10),
                        ', not tried since',
                        case
                            when calls.due_at is null then ''
                            when calls.sla_status = 'breached' then '; was due on '
                            else '; due on '
                        end,
                        coalesce(
                            substr(cast(calls.due_at as {{ dbt.type_string() }}), 1, 16)
                            || ' UTC',
                            ''
                        )
                    )
                when calls.experiment is not null then 'In a challenger''s order'
                else concat(
                    'Number ', cast(calls.model_position as {{ dbt.type_string() }}), ' of ',
                    cast(calls.model_leads as {{ dbt.type_string() }}), ' in ',
                    calls.model_label,
                    case
                        when calls.ranked_by = 'score'
                            then concat(' by score (', {{ number_as_text('calls.score') }}, ')')
                        when calls.ranked_by = 'probability'
                            then concat(
                                ' by conversion probability (',
                                {{ number_as_text('round(100 * calls.measure, 1)') }}, ' %)'
                            )
                        else concat(
                            ' by expected value (', {{ money_as_text('calls.measure') }}, ' = ',
                            {{ number_as_text('calls.percent_likely') }}, ' % of ',
                            {{ money_as_text('calls.expected_amount') }}, ')'
                        )
                    end
                )
            end,
            case
                when calls.experiment is not null
                    then concat(
                        '; place by the score of ', calls.challenger, ' (',
                        coalesce({{ number_as_text('calls.challenger_score') }}, 'none'),
                        '), in experiment ', calls.experiment
                    )
                else ''
            end,
            case
                when calls.handed_off_at is not null and not calls.is_due
                    then concat(
                        '; its hand-off was due on ',
                        substr(cast(calls.due_at as {{ dbt.type_string() }}), 1, 16), ' UTC'
                    )
                else ''
            end,
            case
                when calls.company_position > 1
                    then concat(
                        '; person ', cast(calls.company_position as {{ dbt.type_string() }}),
                        ' of this company'
                    )
                else ''
            end,
            case
                when calls.open_deals > 0
                    then concat(
                        '; has an open deal', coalesce(' (' || calls.open_deal_stage || ')', '')
                    )
                else ''
            end,
            case
                when not calls.is_touched then ''
                when calls.touch_days = 0 then '; sales was in touch today'
                when calls.touch_days = 1 then '; sales was in touch yesterday'
                else concat(
                    '; sales was in touch ',
                    cast(calls.touch_days as {{ dbt.type_string() }}), ' days ago'
                )
            end,
            '.'
        ) as {{ dbt.type_string() }}
    ) as order_reason,
    calls.top_reasons as reasons,
    calls.due_at,
    calls.email,
    calls.url,
    cast(calls.tier as {{ dbt.type_string() }}) as tier,
    calls.score,
    calls.conversion_probability,
    calls.expected_amount,
    calls.expected_value,
    cast(calls.list_minutes as bigint) as list_minutes,
    cast(calls.list_value as decimal(28, 2)) as list_value,
    calls.is_within_capacity,
    cast(
        case
            when calls.experiment is not null then 'challenger'
            when calls.is_due then 'hand-off due'
            else calls.ranked_by
        end as {{ dbt.type_string() }}
    ) as ranked_by,
    calls.scoring_model,
    cast(calls.model_label as {{ dbt.type_string() }}) as model_label,
    calls.last_touch_on,
    calls.last_activity_on,
    calls.open_deals,
    calls.open_deal_id,
    calls.open_deal_stage,
    calls.consent
from calls
left join tiers
    on
        calls.scoring_model = tiers.scoring_model
        and calls.tier = tiers.tier
