{#
    Limits of the fit: the minimum of conversions and non-conversions (`later` of each in the
    holdout and before it); observations per bin and ranges per number; how many features are
    paired, their groups of bins, and the maximum number of pairs; strengths of penalties.
#}
{% macro scorecard_needs() %}
    {{ return({
        'conversions': minimum_conversions(), 'later': [minimum_conversions() // 10, 5] | max,
        'bin_observations': 20, 'least_ranges': 4, 'most_ranges': 16, 'conversions_per_range': 10,
        'features_per_penalty': 4, 'least_value_penalty': 4, 'most_value_penalty': 20,
        'groups': 4, 'value_groups': 12, 'least_paired_features': 24, 'most_paired_features': 64,
        'paired_rows': 15000000, 'most_pairs': 8, 'pair_penalty': 4, 'range_penalty': 0.05,
    }) }}
{% endmacro %}

{# Whether a number is in the range of a bin. #}
{% macro is_in_range(values, bins) -%}
    {{ bins }}.value is null
            and {{ values }}.number_value is not null
            and ({{ bins }}.lower_bound is null or {{ bins }}.lower_bound <= {{ values }}.number_value)
            and ({{ bins }}.upper_bound is null or {{ bins }}.upper_bound > {{ values }}.number_value)
{%- endmacro %}

{# The bin of a value that is too rare for one of its own. #}
{% macro rare_value() %}
    {{ return('known, but rare') }}
{% endmacro %}

{# The weight at a number, which is limited to the ends of its range. #}
{% macro weight_between(number, weights) -%}
    {%- set share = 'cast(least(greatest(' ~ number ~ ', ' ~ weights ~ '.lower_end), ' ~ weights
        ~ '.upper_end) - ' ~ weights ~ '.lower_end as ' ~ type_double() ~ ') / cast('
        ~ weights ~ '.upper_end - ' ~ weights ~ '.lower_end as ' ~ type_double() ~ ')' -%}
    {{ nine_decimals(
        weights ~ '.weight + (' ~ weights ~ '.upper_weight - ' ~ weights ~ '.weight) * ' ~ share
    ) }}
{%- endmacro %}

{# Probability for log-odds, which are limited to 30 because exp() overflows. #}
{% macro logistic(log_odds) -%}
    1 / (1 + exp(-greatest(cast(-30 as {{ type_double() }}), least(cast(30 as {{ type_double() }}), {{ log_odds }}))))
{%- endmacro %}

{# Logarithm of a share, which may be 0. #}
{% macro log_of_share(share) -%}
    ln(greatest({{ share }}, cast(1e-12 as {{ type_double() }})))
{%- endmacro %}

{# With a smaller slope of the calibration, most of the log-odds is noise, or leads have changed. #}
{% macro least_slope() %}
    {{ return('0.3') }}
{% endmacro %}

{% macro four_decimals(number) -%}
    cast(cast({{ number }} as decimal(10, 4)) as {{ dbt.type_string() }})
{%- endmacro %}

{# How many ranges a number may have. #}
{% macro ranges_by_conversions(cte) -%}
    {%- set needs = scorecard_needs() -%}
    least(
            {{ needs.most_ranges }},
            greatest(
                {{ needs.least_ranges }},
                floor(
                    least(
                        sum({{ cte }}.is_converted), count(*) - sum({{ cte }}.is_converted)
                    ) / {{ needs.conversions_per_range }}
                )
            )
        )
{%- endmacro %}

{# A bin as text for people. #}
{% macro bin_in_words(bins) -%}
    case
        when {{ bins }}.kind = 'line' then 'line'
        when {{ bins }}.kind = 'rare' then '{{ rare_value() }}'
        when {{ bins }}.value is not null then {{ bins }}.value
        when {{ bins }}.lower_bound is null and {{ bins }}.upper_bound is null then 'known'
        when {{ bins }}.lower_bound is null
            then concat('below ', {{ number_as_text(bins ~ '.upper_bound') }})
        when {{ bins }}.upper_bound is null
            then concat('from ', {{ number_as_text(bins ~ '.lower_bound') }})
        else
            concat(
                'from ', {{ number_as_text(bins ~ '.lower_bound') }},
                ' to below ', {{ number_as_text(bins ~ '.upper_bound') }}
            )
    end
{%- endmacro %}

{# Strength of the penalty on a line, on the mean of its ranges, or on a value. #}
{% macro feature_penalty(bins, value_penalties) -%}
    {%- set needs = scorecard_needs() -%}
    case
        when {{ bins }}.kind in ('line', 'range')
            then greatest(
                1,
                sum(case when {{ bins }}.kind = 'line' then 1 else 0 end) over (
                    partition by {{ bins }}.scoring_model
                ) / cast({{ needs.features_per_penalty }} as {{ type_double() }})
            )
        when {{ bins }}.kind in ('value', 'rare')
            then least(
                {{ needs.most_value_penalty }},
                greatest(
                    least(
                        {{ needs.least_value_penalty }},
                        coalesce({{ value_penalties }}.penalty, {{ needs.least_value_penalty }})
                    ),
                    sum(
                        case when {{ bins }}.kind in ('value', 'rare') and {{ bins }}.range_number = 1 then 1 else 0 end
                    ) over (partition by {{ bins }}.scoring_model)
                    / cast({{ needs.features_per_penalty }} as {{ type_double() }})
                )
            )
    end
{%- endmacro %}
