-- How many leads each experiment needs for its power, and when they will have entered. All of it
-- follows from the configuration and from hand-offs before the experiment, so that nothing that
-- happens in the experiment moves its end.
{% set rate_days = 90 %}
with experiments as (
    select * from {{ ref('config_experiments') }}
),

outcomes as (
    select * from {{ ref('config_outcomes') }}
),

publication as (
    select * from {{ ref('int_publication') }}
),

handoffs as (
    select * from {{ ref('int_experiment_outcomes') }}
    where period = 'before'
),

planned as (
    select
        experiments.*,
        least({{ days_after(-1, 'experiments.starts_on') }}, publication.as_of) as planned_on,
        -- Who is handed off is expected to buy more often, and to leave less often.
        case
            when (experiments.kind = 'challenger') = outcomes.is_won
                then experiments.smallest_effect
            else -experiments.smallest_effect
        end as drawn_effect
    from experiments
    cross join publication
    inner join outcomes on experiments.scoring_model = outcomes.scoring_model
),

past as (
    select
        planned.experiment,
        count(case when handoffs.is_known then 1 end) as leads,
        count(case when handoffs.is_converted then 1 end) as conversions,
        count(
            case
                when
                    {{ days_between('handoffs.last_started_on', 'planned.planned_on') }}
                    < {{ rate_days }}
                    then 1
            end
        ) as recent_leads,
        least(
            {{ days_between('min(handoffs.started_on)', 'min(planned.planned_on)') }} + 1,
            {{ rate_days }}
        ) as recent_days
    from planned
    left join handoffs on planned.experiment = handoffs.experiment
    group by planned.experiment
),

rated as (
    select
        planned.*,
        past.leads as past_leads,
        {{ share_of('past.conversions', 'past.leads') }} as past_rate,
        coalesce(
            planned.expected_rate,
            case
                when past.leads >= {{ fewest_leads() }}
                    then {{ share_of('past.conversions', 'past.leads') }}
            end
        ) as usual_rate,
        {{ share_of('nullif(past.recent_leads, 0)', 'past.recent_days') }} as daily_leads,
        {{ days_between('planned.starts_on', 'planned.ends_on') }} + 1 as day_count
    from planned
    inner join past on planned.experiment = past.experiment
),

digits as (
    select cast(list_words.word as integer) as digit
    from (select '0;1;2;3;4;5;6;7;8;9' as word_list) as texts
    {{ cross_join_words('texts.word_list') }}
),

-- The share of the experiment, and those between 0.01 and 0.5 that it could have.
shares as (
    select
        rated.experiment,
        rated.share as drawn_share,
        true as is_configured
    from rated

    union all

    select
        rated.experiment,
        cast(10 * tens.digit + ones.digit + 1 as {{ type_double() }}) / 100 as drawn_share,
        false as is_configured
    from rated
    cross join digits as tens
    cross join digits as ones
    where tens.digit < 5
),

-- Fleiss 1981, Statistical methods for rates and proportions, 3.2, with arms of different size.
rates as (
    select
        shares.*,
        rated.usual_rate,
        rated.usual_rate + rated.drawn_effect as drawn_rate,
        rated.usual_rate + rated.drawn_effect * shares.drawn_share as mean_rate,
        rated.smallest_effect,
        rated.daily_leads * rated.day_count as expected_leads,
        {{ normal_quantile('(1 - rated.power)') }} as power_quantile
    from shares
    inner join rated on shares.experiment = rated.experiment
    where rated.usual_rate + rated.drawn_effect between 0 and 1
),

sized as (
    select
        rates.*,
        power(
            {{ z_of_interval() }} * sqrt(
                rates.mean_rate * (1 - rates.mean_rate)
                / (rates.drawn_share * (1 - rates.drawn_share))
            ) + rates.power_quantile * sqrt(
                rates.drawn_rate * (1 - rates.drawn_rate) / rates.drawn_share
                + rates.usual_rate * (1 - rates.usual_rate) / (1 - rates.drawn_share)
            ),
            2
        ) / power(rates.smallest_effect, 2) as unrounded_leads
    from rates
),

-- Rounded up, errors of floating-point numbers apart.
rounded as (
    select
        sized.*,
        ceil({{ nine_decimals('sized.unrounded_leads') }}) as leads,
        ceil({{ nine_decimals('sized.unrounded_leads * sized.drawn_share') }}) as drawn_leads,
        ceil({{ nine_decimals('sized.unrounded_leads * (1 - sized.drawn_share)') }}) as usual_leads
    from sized
),

needed as (
    select
        rounded.experiment,
        max(case when rounded.is_configured then rounded.leads end) as leads,
        max(case when rounded.is_configured then rounded.drawn_leads end) as drawn_leads,
        max(case when rounded.is_configured then rounded.usual_leads end) as usual_leads,
        min(
            case
                when not rounded.is_configured and rounded.leads <= rounded.expected_leads
                    then rounded.drawn_share
            end
        ) as share_needed
    from rounded
    group by rounded.experiment
),

timed as (
    select
        rated.*,
        needed.leads as leads_needed,
        needed.drawn_leads,
        needed.usual_leads,
        needed.share_needed,
        cast(ceil(needed.leads / nullif(rated.daily_leads, 0)) as integer) as days_needed,
        rated.daily_leads * rated.day_count as expected_leads
    from rated
    left join needed on rated.experiment = needed.experiment
),

told as (
    select
        timed.*,
        cast(cast(timed.leads_needed as bigint) as {{ dbt.type_string() }}) as leads_text,
        cast(cast(floor(timed.expected_leads) as bigint) as {{ dbt.type_string() }}) as entry_text,
        {{ days_after('timed.days_needed - 1', 'timed.starts_on') }} as enough_on
    from timed
)

select
    cast(told.experiment as {{ dbt.type_string() }}) as experiment,
    cast(told.kind as {{ dbt.type_string() }}) as kind,
    cast(told.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(told.tier as {{ dbt.type_string() }}) as tier,
    cast(told.challenger as {{ dbt.type_string() }}) as challenger,
    told.starts_on,
    told.ends_on,
    told.share,
    told.smallest_effect,
    told.power,
    cast(told.past_leads as bigint) as past_leads,
    told.past_rate,
    told.usual_rate,
    cast(told.leads_needed as bigint) as leads_needed,
    cast(told.drawn_leads as bigint) as drawn_leads_needed,
    cast(told.usual_leads as bigint) as usual_leads_needed,
    told.daily_leads,
    cast(told.days_needed as bigint) as days_needed,
    told.enough_on,
    {{ days_after(days_of_var('conversion_horizon_days'), 'told.enough_on') }} as verdict_on,
    told.share_needed,
    cast(
        case
            when told.usual_rate is null
                then concat(
                    'Fewer than {{ fewest_leads() }} hand-offs before the experiment have a known ',
                    'outcome, so write expected_rate.'
                )
            when told.leads_needed is null
                then concat(
                    'A conversion rate of ', {{ rounded_percent('told.usual_rate') }},
                    ' % cannot differ by ',
                    {{ rounded_percent('told.smallest_effect') }},
                    ' points in this direction, so write a smaller smallest_effect.'
                )
            when coalesce(told.daily_leads, 0) = 0
                then concat(
                    told.leads_text, ' leads are needed; when they will have entered is not ',
                    'known, as nobody was handed off lately.'
                )
            when told.expected_leads >= told.leads_needed
                then concat(
                    told.leads_text, ' leads are needed and about ', told.entry_text,
                    ' will enter; the verdict comes once they are there and their outcomes are ',
                    'known.'
                )
            when told.share_needed is not null
                then concat(
                    told.leads_text, ' leads are needed, but only about ', told.entry_text,
                    ' will enter; with a share of ',
                    {{ number_as_text(nine_decimals('told.share_needed')) }},
                    ' they would be enough.'
                )
            else concat(
                told.leads_text, ' leads are needed, but only about ', told.entry_text,
                ' will enter, too few for any share; let it end later or look for a larger effect.'
            )
        end as {{ dbt.type_string() }}
    ) as plan
from told
