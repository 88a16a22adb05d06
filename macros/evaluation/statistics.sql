{# Quantile of the normal distribution for a 95 % interval. #}
{% macro z_of_interval() -%}
    1.959963984540054
{%- endmacro %}

{# Bounds of the 95 % interval of a rate (Wilson 1927). Null without trials. #}
{% macro wilson_low(successes, trials) -%}
    case when {{ trials }} > 0 then greatest({{ wilson_bound(successes, trials, '-') }}, 0) end
{%- endmacro %}

{% macro wilson_high(successes, trials) -%}
    case when {{ trials }} > 0 then least({{ wilson_bound(successes, trials, '+') }}, 1) end
{%- endmacro %}

{# The fraction is expanded by the number of trials, so that no part of it divides small numbers. #}
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

{# Conversion rate with its interval; the CTE has leads and conversions. #}
{% macro conversion_rate_columns(cte) -%}
    {{ share_of(cte ~ '.conversions', cte ~ '.leads') }} as conversion_rate,
    {{ wilson_low(cte ~ '.conversions', cte ~ '.leads') }} as conversion_rate_low,
    {{ wilson_high(cte ~ '.conversions', cte ~ '.leads') }} as conversion_rate_high
{%- endmacro %}

{# Rate of a part divided by the rate of the whole; null if that is 0. All arguments are counts. #}
{% macro lift_of(successes, trials, all_successes, all_trials) -%}
    {{ share_of(successes, trials) }} / nullif({{ share_of(all_successes, all_trials) }}, 0)
{%- endmacro %}

{# Standard error of an AUC by the numbers of leads that converted and did not (Hanley and McNeil 1982). #}
{% macro error_of_auc(auc, converted, others) -%}
    sqrt(greatest(
        (
            {{ auc }} * (1 - {{ auc }})
            + ({{ converted }} - 1) * ({{ auc }} / (2 - {{ auc }}) - {{ auc }} * {{ auc }})
            + ({{ others }} - 1) * (2 * {{ auc }} * {{ auc }} / (1 + {{ auc }}) - {{ auc }} * {{ auc }})
        ) / nullif({{ converted }} * {{ others }}, 0),
        0
    ))
{%- endmacro %}

{#
    Quantile of the normal distribution for an upper tail of less than one half (Abramowitz & Stegun
    1964, 26.2.23; error below 0.0005).
#}
{% macro normal_quantile(share_above) -%}
    {%- set t = 'sqrt(-2 * ln(' ~ share_above ~ '))' -%}
    (
            {{ t }} - (2.515517 + 0.802853 * {{ t }} + 0.010328 * power({{ t }}, 2))
            / (1 + 1.432788 * {{ t }} + 0.189269 * power({{ t }}, 2) + 0.001308 * power({{ t }}, 3))
        )
{%- endmacro %}

{#
    Quantile for simultaneous 95 % intervals of several comparisons (Bonferroni: Dunn 1961): if
    nothing is related to the outcome, only one evaluation in twenty has any interval that excludes
    0.
#}
{% macro z_of_comparisons(comparisons) -%}
    {{ normal_quantile(
        '0.025 / greatest(cast(' ~ comparisons ~ ' as ' ~ type_double() ~ '), 1)'
    ) }}
{%- endmacro %}

{#
    How often the CTE has each lead, on average, by outcome. The features of a lead hardly change
    between its observations, so several of them are not more evidence than one.
#}
{% macro observations_per_lead(cte) -%}
    coalesce({{ share_of(
        'sum(case when ' ~ cte ~ '.is_converted then 1 else 0 end)',
        'count(distinct case when ' ~ cte ~ '.is_converted then ' ~ cte ~ '.lead_id end)'
    ) }}, 1) as observations_per_converted_lead,
        coalesce({{ share_of(
        'sum(case when ' ~ cte ~ '.is_converted then 0 else 1 end)',
        'count(distinct case when not ' ~ cte ~ '.is_converted then ' ~ cte ~ '.lead_id end)'
    ) }}, 1) as observations_per_other_lead
{%- endmacro %}

{#
    Log odds ratio of converting for the leads of a row against all other leads, with half a lead
    added to each cell (Haldane 1956), so that none is empty. No cell is below 0, although the leads
    of a row may include some who have been erased since, and all leads do not. Null if the row has no leads or all of
    them. The CTE has leads, conversions, all_leads and all_conversions.
#}
{% macro log_odds(cte) -%}
    case when {{ cte }}.leads > 0 and {{ cte }}.leads < {{ cte }}.all_leads then ln(
            (cast({{ cte }}.conversions as {{ type_double() }}) + 0.5)
            * (
                greatest(
                    {{ cte }}.all_leads - {{ cte }}.leads
                    - ({{ cte }}.all_conversions - {{ cte }}.conversions), 0
                ) + 0.5
            )
            / (
                ({{ cte }}.leads - {{ cte }}.conversions + 0.5)
                * (greatest({{ cte }}.all_conversions - {{ cte }}.conversions, 0) + 0.5)
            )
        ) end
{%- endmacro %}

{#
    Squared standard error of log_odds (Woolf 1955), counting all observations of a lead as one. The
    CTE also has the columns of observations_per_lead.
#}
{% macro squared_error_of_log_odds(cte) -%}
    {{ cte }}.observations_per_converted_lead * (
            1 / (cast({{ cte }}.conversions as {{ type_double() }}) + 0.5)
            + 1 / (
                cast(
                    greatest({{ cte }}.all_conversions - {{ cte }}.conversions, 0)
                    as {{ type_double() }}
                ) + 0.5
            )
        ) + {{ cte }}.observations_per_other_lead * (
            1 / (cast({{ cte }}.leads - {{ cte }}.conversions as {{ type_double() }}) + 0.5)
            + 1 / (
                cast(
                    greatest(
                        {{ cte }}.all_leads - {{ cte }}.leads
                        - ({{ cte }}.all_conversions - {{ cte }}.conversions), 0
                    ) as {{ type_double() }}
                ) + 0.5
            )
        )
{%- endmacro %}

{#
    log_odds as an estimate to use: 0 if their interval contains 0; else their mean under a normal
    prior around 0 with variance 1. The CTE has log_odds, squared_error and z.
#}
{% macro shrunk_log_odds(cte) -%}
    case
            when abs({{ cte }}.log_odds) > {{ cte }}.z * sqrt({{ cte }}.squared_error)
                then {{ cte }}.log_odds / (1 + {{ cte }}.squared_error)
            else 0
        end
{%- endmacro %}

{#
    Whether the outcome of a row's leads is near-certain: at least 95 % convert (with confidence, or
    all do), or at most 5 %; the odds are at least 20 times (ln 20 = 2.995732) those of the others,
    with confidence; and the leads are at least a twentieth of all with that outcome, which itself
    is not the outcome of nearly all leads. The CTE also has log_odds and squared_error.
#}
{% macro is_near_certain(cte) -%}
    (
        (
            {{ wilson_low(cte ~ '.conversions', cte ~ '.leads') }} >= 0.95
            or {{ cte }}.conversions = {{ cte }}.leads
        )
        and {{ cte }}.log_odds - {{ z_of_interval() }} * sqrt({{ cte }}.squared_error) >= 2.995732
        and 20 * {{ cte }}.conversions >= {{ cte }}.all_conversions
        and 20 * ({{ cte }}.all_leads - {{ cte }}.all_conversions) >= {{ cte }}.all_leads
    )
    or (
        (
            {{ wilson_high(cte ~ '.conversions', cte ~ '.leads') }} <= 0.05
            or {{ cte }}.conversions = 0
        )
        and {{ cte }}.log_odds + {{ z_of_interval() }} * sqrt({{ cte }}.squared_error) <= -2.995732
        and 20 * ({{ cte }}.leads - {{ cte }}.conversions)
        >= {{ cte }}.all_leads - {{ cte }}.all_conversions
        and 20 * {{ cte }}.all_conversions >= {{ cte }}.all_leads
    )
{%- endmacro %}

{# A value or criterion with fewer leads is not evaluated. #}
{% macro fewest_leads() %}
    {{ return(20) }}
{% endmacro %}

{# A scoring model with fewer conversions, or fewer other leads, is not evaluated. #}
{% macro fewest_conversions() %}
    {{ return(10) }}
{% endmacro %}

{#
    Why an attribute may be known only because of the outcome; null without a reason. undated: the
    CRM has no version from before most outcomes. The CTE has the columns of int_holdout_attributes.
#}
{% macro leakage_by_date(cte) -%}
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
    Whether fewer than 5 conversions (or non-conversions) are expected by chance and fewer than 15
    occurred. The normal approximation is too narrow for so few, and among many rare values some
    would look good.
#}
{% macro may_be_chance(cte) -%}
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

{# Branches of a case: what a suggestion can be based on; is_repeated: a condition, whether another suggestion
   rests on the same evidence. #}
{% macro suggestion_branches(cte, is_repeated=none) -%}
when
                {{ cte }}.leads < {{ fewest_leads() }}
                or {{ cte }}.all_leads - {{ cte }}.leads < {{ fewest_leads() }}
                or {{ cte }}.all_conversions < {{ fewest_conversions() }}
                or {{ cte }}.all_leads - {{ cte }}.all_conversions < {{ fewest_conversions() }}
                then 'too_few_leads'
            when {{ cte }}.suspected_leakage in ('near_certain', 'learnt_after_outcome')
                then 'suspected_leakage'
            when {{ may_be_chance(cte) }} then 'too_few_leads'
            when {{ cte }}.shrunk_log_odds = 0 then 'no_evidence'
            {%- if is_repeated %}
            when {{ is_repeated }} then 'same_evidence'
            {%- endif %}
            else 'measured'
{%- endmacro %}

{# A floating-point share as text in percent with at most one decimal: 0.1234 is 12.3. #}
{% macro rounded_percent(share) -%}
    {{ number_as_text('round(' ~ nine_decimals('100 * ' ~ share) ~ ', 1)') }}
{%- endmacro %}

{#
    Probability of a standard normal number at least as far from 0 as z, by the complementary error
    function (Abramowitz & Stegun 1964, 7.1.26; error below 0.0000002). Null for null.
#}
{% macro two_sided_p(z) -%}
    {%- set x = '(abs(' ~ z ~ ') / sqrt(2.0))' -%}
    {%- set t = '(1 / (1 + 0.3275911 * ' ~ x ~ '))' -%}
    (
            (0.254829592 * {{ t }} - 0.284496736 * power({{ t }}, 2) + 1.421413741 * power({{ t }}, 3)
            - 1.453152027 * power({{ t }}, 4) + 1.061405429 * power({{ t }}, 5))
            * exp(-power({{ x }}, 2))
        )
{%- endmacro %}

{#
    Bound of the interval of a difference of two rates from their Wilson intervals (Newcombe 1998,
    Statistics in Medicine 17, 873-890, method 10). Both CTEs have conversion_rate, _low and _high.
#}
{% macro newcombe_low(treated, baseline) -%}
    {{ treated }}.conversion_rate - {{ baseline }}.conversion_rate - sqrt(
            power({{ treated }}.conversion_rate - {{ treated }}.conversion_rate_low, 2)
            + power({{ baseline }}.conversion_rate_high - {{ baseline }}.conversion_rate, 2)
        )
{%- endmacro %}

{% macro newcombe_high(treated, baseline) -%}
    {{ treated }}.conversion_rate - {{ baseline }}.conversion_rate + sqrt(
            power({{ treated }}.conversion_rate_high - {{ treated }}.conversion_rate, 2)
            + power({{ baseline }}.conversion_rate - {{ baseline }}.conversion_rate_low, 2)
        )
{%- endmacro %}
