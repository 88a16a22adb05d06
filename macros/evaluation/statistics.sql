{# The quantile of the normal distribution that bounds an interval of 95 %. #}
{% macro z_of_interval() -%}
    1.959963984540054
{%- endmacro %}

{#
    The least and the greatest rate that a number of successes among trials suits, at 95 % (Wilson
    1927). Null of no trials.
#}
{% macro wilson_low(successes, trials) -%}
    case when {{ trials }} > 0 then greatest({{ wilson_bound(successes, trials, '-') }}, 0) end
{%- endmacro %}

{% macro wilson_high(successes, trials) -%}
    case when {{ trials }} > 0 then least({{ wilson_bound(successes, trials, '+') }}, 1) end
{%- endmacro %}

{# Both multiplied by the trials and z squared, so that no part is a quotient of small numbers. #}
{% macro wilson_bound(successes, trials, sign) -%}
    {%- set z = z_of_interval() -%}
    {%- set s = 'cast(' ~ successes ~ ' as ' ~ type_double() ~ ')' -%}
    {%- set n = 'nullif(cast(' ~ trials ~ ' as ' ~ type_double() ~ '), 0)' -%}
    (
            {{ s }} + {{ z }} * {{ z }} / 2 {{ sign }} {{ z }} * sqrt(
                greatest({{ s }} * ({{ n }} - {{ s }}) / {{ n }}, 0) + {{ z }} * {{ z }} / 4
            )
        ) / ({{ n }} + {{ z }} * {{ z }})
{%- endmacro %}

{# Rate of conversions with its interval, for the columns leads and conversions of a CTE. #}
{% macro conversion_rate_columns(cte) -%}
    {{ share_of(cte ~ '.conversions', cte ~ '.leads') }} as conversion_rate,
    {{ wilson_low(cte ~ '.conversions', cte ~ '.leads') }} as conversion_rate_low,
    {{ wilson_high(cte ~ '.conversions', cte ~ '.leads') }} as conversion_rate_high
{%- endmacro %}

{#
    How many times the rate of a part is that of the whole; null where the whole has none. All four
    are counts.
#}
{% macro lift_of(successes, trials, all_successes, all_trials) -%}
    {{ share_of(successes, trials) }} / nullif({{ share_of(all_successes, all_trials) }}, 0)
{%- endmacro %}

{#
    The quantile of the normal distribution above which a share of it lies, for shares below one half
    (Abramowitz & Stegun 1964, 26.2.23; off by less than 0.0005).
#}
{% macro normal_quantile(share_above) -%}
    {%- set t = 'sqrt(-2 * ln(' ~ share_above ~ '))' -%}
    (
            {{ t }} - (2.515517 + 0.802853 * {{ t }} + 0.010328 * power({{ t }}, 2))
            / (1 + 1.432788 * {{ t }} + 0.189269 * power({{ t }}, 2) + 0.001308 * power({{ t }}, 3))
        )
{%- endmacro %}

{#
    The quantile for intervals of 95 % of so many comparisons together (Bonferroni: Dunn 1961): what
    has nothing to do with the outcome then leaves zero out in one of twenty evaluations.
#}
{% macro z_of_comparisons(comparisons) -%}
    {{ normal_quantile(
        '0.025 / greatest(cast(' ~ comparisons ~ ' as ' ~ type_double() ~ '), 1)'
    ) }}
{%- endmacro %}

{#
    How often each lead that converts, and each that does not, is counted in a CTE of looks at leads:
    1 or more. What a lead is told by hardly changes from look to look, so that more looks are not
    more evidence.
#}
{% macro looks_per_lead(looks) -%}
    coalesce({{ share_of(
        'sum(case when ' ~ looks ~ '.is_converted then 1 else 0 end)',
        'count(distinct case when ' ~ looks ~ '.is_converted then ' ~ looks ~ '.lead_id end)'
    ) }}, 1) as looks_per_converted_lead,
        coalesce({{ share_of(
        'sum(case when ' ~ looks ~ '.is_converted then 0 else 1 end)',
        'count(distinct case when not ' ~ looks ~ '.is_converted then ' ~ looks ~ '.lead_id end)'
    ) }}, 1) as looks_per_other_lead
{%- endmacro %}

{#
    CTEs weighed and judged: with log_odds, log_odds_low, log_odds_high and shrunk_log_odds of a
    CTE's rows, which have leads, conversions, all_leads, all_conversions, comparisons and the columns
    of looks_per_lead; the first three are null where there is nobody with it, or nobody without it.

    Log-odds: of converting with it against without it, with half a lead more in each cell (Haldane
    1956), so that an empty one does no harm; its error by Woolf (1955), as if the looks at one lead
    were one. Shrunk: times the share of 1 in 1 + the squared error, its mean where log-odds lie
    around 0 with variance 1 before anything was seen.
#}
{% macro log_odds(counted) -%}
weighed as (
    select
        {{ counted }}.*,
        case when {{ counted }}.leads > 0 and {{ counted }}.leads < {{ counted }}.all_leads then ln(
            (cast({{ counted }}.conversions as {{ type_double() }}) + 0.5)
            * (
                {{ counted }}.all_leads - {{ counted }}.leads
                - ({{ counted }}.all_conversions - {{ counted }}.conversions) + 0.5
            )
            / (
                ({{ counted }}.leads - {{ counted }}.conversions + 0.5)
                * ({{ counted }}.all_conversions - {{ counted }}.conversions + 0.5)
            )
        ) end as log_odds,
        {{ counted }}.looks_per_converted_lead * (
            1 / (cast({{ counted }}.conversions as {{ type_double() }}) + 0.5)
            + 1 / (
                cast({{ counted }}.all_conversions - {{ counted }}.conversions as {{ type_double() }})
                + 0.5
            )
        ) + {{ counted }}.looks_per_other_lead * (
            1 / (cast({{ counted }}.leads - {{ counted }}.conversions as {{ type_double() }}) + 0.5)
            + 1 / (
                cast({{ counted }}.all_leads - {{ counted }}.leads as {{ type_double() }})
                - ({{ counted }}.all_conversions - {{ counted }}.conversions) + 0.5
            )
        ) as squared_error,
        {{ z_of_comparisons(counted ~ '.comparisons') }} as z
    from {{ counted }}
),

judged as (
    select
        weighed.*,
        weighed.log_odds - weighed.z * sqrt(weighed.squared_error) as log_odds_low,
        weighed.log_odds + weighed.z * sqrt(weighed.squared_error) as log_odds_high,
        case
            when weighed.log_odds > weighed.z * sqrt(weighed.squared_error)
                then weighed.log_odds / (1 + weighed.squared_error)
            when weighed.log_odds < -weighed.z * sqrt(weighed.squared_error)
                then weighed.log_odds / (1 + weighed.squared_error)
            else 0
        end as shrunk_log_odds
    from weighed
)
{%- endmacro %}

{#
    Whether an outcome is near-certain for the leads of a row of the CTE judged: all of them, or with
    confidence at least 95 %, convert, or do not, with odds at least 20 times those of the others,
    with confidence; and they are a twentieth of all that do, as a good segment may be small. Where
    nearly all leads do alike anyway, doing so is no sign.
#}
{% macro is_near_certain() -%}
    (
        (
            {{ wilson_low('judged.conversions', 'judged.leads') }} >= 0.95
            or judged.conversions = judged.leads
        )
        and judged.log_odds - {{ z_of_interval() }} * sqrt(judged.squared_error) >= 2.995732
        and 20 * judged.conversions >= judged.all_conversions
        and 20 * (judged.all_leads - judged.all_conversions) >= judged.all_leads
    )
    or (
        (
            {{ wilson_high('judged.conversions', 'judged.leads') }} <= 0.05
            or judged.conversions = 0
        )
        and judged.log_odds + {{ z_of_interval() }} * sqrt(judged.squared_error) <= -2.995732
        and 20 * (judged.leads - judged.conversions) >= judged.all_leads - judged.all_conversions
        and 20 * judged.all_conversions >= judged.all_leads
    )
{%- endmacro %}

{# How few leads say nothing: a value or criterion of fewer is not judged. #}
{% macro fewest_leads() %}
    {{ return(20) }}
{% endmacro %}

{# How few conversions, or leads without, say nothing of a scoring model. #}
{% macro fewest_conversions() %}
    {{ return(10) }}
{% endmacro %}

{#
    Of a row of int_holdout_attributes: why its attribute may be known only because of the outcome;
    null where nothing says so. undated: the CRM kept no version from before most outcomes.
#}
{% macro learnt_leakage(cte) -%}
    case
            when
                {{ cte }}.learnt_leads >= {{ fewest_conversions() }}
                and {{ wilson_low(cte ~ '.learnt_later_leads', cte ~ '.learnt_leads') }} > 0.5
                then 'learnt_after_outcome'
            when
                {{ cte }}.learnt_leads >= {{ fewest_conversions() }}
                and {{ wilson_low(cte ~ '.undated_leads', cte ~ '.learnt_leads') }} > 0.5
                then 'undated'
        end
{%- endmacro %}

{#
    Whether chance would have less than 5 of a row's leads convert, or not convert, and less than 15
    did: the normal distribution that intervals go by is too narrow there, and of many rare values
    some would look good.
#}
{% macro is_left_to_chance(cte) -%}
    (
                {{ cte }}.conversions < 15
                and {{ cte }}.leads * {{ cte }}.all_conversions < 5 * {{ cte }}.all_leads
            )
            or (
                {{ cte }}.leads - {{ cte }}.conversions < 15
                and {{ cte }}.leads * ({{ cte }}.all_leads - {{ cte }}.all_conversions)
                < 5 * {{ cte }}.all_leads
            )
{%- endmacro %}

{#
    What the figures of a row of a CTE allow to suggest, as branches of a case; the CTE has the columns
    of log_odds and suspected_leakage.
#}
{% macro suggestion_branches(cte) -%}
when
                {{ cte }}.leads < {{ fewest_leads() }}
                or {{ cte }}.all_leads - {{ cte }}.leads < {{ fewest_leads() }}
                or {{ cte }}.all_conversions < {{ fewest_conversions() }}
                or {{ cte }}.all_leads - {{ cte }}.all_conversions < {{ fewest_conversions() }}
                then 'too_few_leads'
            when {{ cte }}.suspected_leakage in ('near_certain', 'learnt_after_outcome')
                then 'suspected_leakage'
            when {{ is_left_to_chance(cte) }} then 'too_few_leads'
            when {{ cte }}.shrunk_log_odds = 0 then 'no_evidence'
            else 'measured'
{%- endmacro %}
