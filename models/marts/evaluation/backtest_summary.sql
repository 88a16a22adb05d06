-- How well each scoring model predicted who would convert, by method.
with holdout_leads as (
    select * from {{ ref('int_holdout_leads') }}
),

ranked_leads as (
    select * from {{ ref('int_ranked_leads') }}
),

fitted_models as (
    select distinct ranked_leads.scoring_model
    from ranked_leads
    where ranked_leads.method <> 'score'
),

-- All methods are compared on the leads that a fitted one has not seen.
compared_leads as (
    select ranked_leads.*
    from ranked_leads
    where
        ranked_leads.probability is not null
        or ranked_leads.scoring_model not in (
            select fitted_models.scoring_model from fitted_models
        )
),

by_ranking as (
    select
        compared_leads.evaluated_on,
        compared_leads.scoring_model,
        compared_leads.method,
        compared_leads.ranking,
        cast(count(*) as {{ type_double() }}) as leads,
        cast(sum(case when compared_leads.is_converted then 1 else 0 end) as {{ type_double() }})
            as conversions
    from compared_leads
    group by
        compared_leads.evaluated_on,
        compared_leads.scoring_model,
        compared_leads.method,
        compared_leads.ranking
),

cumulated as (
    select
        by_ranking.*,
        sum(by_ranking.leads) over (
            partition by by_ranking.scoring_model, by_ranking.method
            order by by_ranking.ranking desc
            rows between unbounded preceding and current row
        ) - by_ranking.leads as leads_above,
        sum(by_ranking.conversions) over (
            partition by by_ranking.scoring_model, by_ranking.method
            order by by_ranking.ranking desc
            rows between unbounded preceding and current row
        ) - by_ranking.conversions as conversions_above,
        sum(by_ranking.leads) over (partition by by_ranking.scoring_model, by_ranking.method)
            as all_leads
    from by_ranking
),

-- AUC: how often a lead that converts ranks above one that does not, with ties counting half (Mann
-- & Whitney 1947). Ties at the edge of the top decile are assumed to convert at their common rate.
ranked as (
    select
        cumulated.evaluated_on,
        cumulated.scoring_model,
        cumulated.method,
        max(cumulated.all_leads) as leads,
        sum(cumulated.conversions) as conversions,
        sum(
            (cumulated.leads - cumulated.conversions)
            * (cumulated.conversions_above + cumulated.conversions / 2)
        ) / nullif(
            sum(cumulated.conversions) * (sum(cumulated.leads) - sum(cumulated.conversions)), 0
        ) as auc,
        sum(
            cumulated.conversions * least(
                greatest((cumulated.all_leads / 10 - cumulated.leads_above) / cumulated.leads, 0), 1
            )
        ) as top_conversions
    from cumulated
    group by cumulated.evaluated_on, cumulated.scoring_model, cumulated.method
),

auc_errors as (
    select
        ranked.*,
        {{ error_of_auc(
            'ranked.auc', 'ranked.conversions', '(ranked.leads - ranked.conversions)'
        ) }} as auc_error
    from ranked
),

losses as (
    select
        ranked_leads.scoring_model,
        ranked_leads.method,
        ranked_leads.is_converted,
        ranked_leads.probability,
        power(
            ranked_leads.probability - case when ranked_leads.is_converted then 1 else 0 end, 2
        ) as squared_loss,
        -ln(
            greatest(
                case
                    when ranked_leads.is_converted then ranked_leads.probability
                    else 1 - ranked_leads.probability
                end, 0.000001
            )
        ) as log_loss
    from ranked_leads
    where ranked_leads.probability is not null
),

mean_losses as (
    select
        losses.scoring_model,
        losses.method,
        count(*) as leads,
        avg(losses.squared_loss) as brier_score,
        avg(losses.log_loss) as log_loss,
        min(case when losses.is_converted then 1 else 0 end)
        < max(case when losses.is_converted then 1 else 0 end) as has_both_outcomes,
        {{ z_of_interval() }} * sqrt(
            greatest(
                avg(losses.squared_loss * losses.squared_loss)
                - avg(losses.squared_loss) * avg(losses.squared_loss),
                0
            ) / count(*)
        ) as squared_loss_error,
        {{ z_of_interval() }} * sqrt(
            greatest(
                avg(losses.log_loss * losses.log_loss)
                - avg(losses.log_loss) * avg(losses.log_loss),
                0
            ) / count(*)
        ) as log_loss_error
    from losses
    group by losses.scoring_model, losses.method
),

-- Where all outcomes are the same, losses show only how low or high the probabilities are.
measured_losses as (
    select
        mean_losses.*,
        case when mean_losses.has_both_outcomes then mean_losses.brier_score end
            as measured_brier_score,
        case when mean_losses.has_both_outcomes then mean_losses.log_loss end
            as measured_log_loss
    from mean_losses
),

leads_of_models as (
    select
        holdout_leads.scoring_model,
        sum(case when holdout_leads.is_censored then 1 else 0 end) as censored_leads,
        min(holdout_leads.as_of) as first_observed_on,
        max(case when not holdout_leads.is_censored then holdout_leads.as_of end)
            as last_observed_on,
        avg(
            case
                when holdout_leads.is_converted
                    then cast(holdout_leads.score as {{ type_double() }})
            end
        ) as average_converted_score,
        avg(
            case
                when holdout_leads.lost_on is not null
                    then cast(holdout_leads.score as {{ type_double() }})
            end
        ) as average_lost_score,
        count(holdout_leads.lost_on) as lost_leads,
        sum(
            case
                when
                    not holdout_leads.is_censored
                    and holdout_leads.qualification in ('mql', 'sql')
                    then 1
                else 0
            end
        ) as mqls,
        sum(
            case
                when
                    not holdout_leads.is_censored
                    and holdout_leads.qualification in ('mql', 'sql')
                    and holdout_leads.opportunity_on is null
                    then 1
                else 0
            end
        ) as mqls_never_opportunity
    from holdout_leads
    group by holdout_leads.scoring_model
)

select
    cast(auc_errors.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(auc_errors.method as {{ dbt.type_string() }}) as method,
    auc_errors.evaluated_on,
    leads_of_models.first_observed_on,
    leads_of_models.last_observed_on,
    cast(auc_errors.leads as bigint) as leads,
    cast(auc_errors.conversions as bigint) as conversions,
    {{ conversion_rate_columns('auc_errors') }},
    cast(leads_of_models.censored_leads as bigint) as censored_leads,
    auc_errors.auc,
    case
        when auc_errors.auc is not null
            then greatest(auc_errors.auc - {{ z_of_interval() }} * auc_errors.auc_error, 0)
    end as auc_low,
    case
        when auc_errors.auc is not null
            then least(auc_errors.auc + {{ z_of_interval() }} * auc_errors.auc_error, 1)
    end as auc_high,
    {%- set tenth = 'auc_errors.leads / 10' %}
    {%- set rate = share_of('auc_errors.conversions', 'auc_errors.leads') %}
    {{ share_of('auc_errors.top_conversions', tenth) }} / nullif({{ rate }}, 0) as top_decile_lift,
    {{ wilson_low('auc_errors.top_conversions', tenth) }} / nullif({{ rate }}, 0)
        as top_decile_lift_low,
    {{ wilson_high('auc_errors.top_conversions', tenth) }} / nullif({{ rate }}, 0)
        as top_decile_lift_high,
    cast(coalesce(measured_losses.leads, 0) as bigint) as probability_leads,
    measured_losses.measured_brier_score as brier_score,
    case
        when measured_losses.measured_brier_score is not null
            then
                greatest(
                    measured_losses.measured_brier_score - measured_losses.squared_loss_error, 0
                )
    end as brier_score_low,
    measured_losses.measured_brier_score + measured_losses.squared_loss_error as brier_score_high,
    measured_losses.measured_log_loss as log_loss,
    case
        when measured_losses.measured_log_loss is not null
            then greatest(measured_losses.measured_log_loss - measured_losses.log_loss_error, 0)
    end as log_loss_low,
    measured_losses.measured_log_loss + measured_losses.log_loss_error as log_loss_high,
    leads_of_models.average_converted_score,
    cast(leads_of_models.lost_leads as bigint) as lost_leads,
    leads_of_models.average_lost_score,
    cast(leads_of_models.mqls as bigint) as mqls,
    cast(leads_of_models.mqls_never_opportunity as bigint) as mqls_never_opportunity,
    {{ share_of('leads_of_models.mqls_never_opportunity', 'leads_of_models.mqls') }}
        as never_opportunity_share
from auc_errors
inner join leads_of_models on auc_errors.scoring_model = leads_of_models.scoring_model
left join measured_losses
    on
        auc_errors.scoring_model = measured_losses.scoring_model
        and auc_errors.method = measured_losses.method
