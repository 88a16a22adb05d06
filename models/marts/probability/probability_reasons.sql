-- Why a lead is more, or less, likely to convert than the average lead of its scoring model: the
-- five facts that matter most, in words.
with contributions as (
    select * from {{ ref('conversion_reasons') }}
),

bin_reasons as (
    select * from {{ ref('int_bin_reasons') }}
),

leads as (
    select
        contributions.scoring_model,
        contributions.lead_id,
        contributions.version
    from contributions
    where contributions.feature = '(intercept)'
),

fact_bins as (
    select
        contributions.scoring_model,
        contributions.lead_id,
        contributions.feature,
        bin_reasons.fact,
        bin_reasons.reason,
        contributions.weight * bin_reasons.weight_share as weight
    from contributions
    inner join bin_reasons
        on
            contributions.scoring_model = bin_reasons.scoring_model
            and contributions.feature = bin_reasons.feature
            and contributions.bin = bin_reasons.bin
),

lead_facts as (
    select
        fact_bins.scoring_model,
        fact_bins.lead_id,
        fact_bins.fact,
        sum(fact_bins.weight) as weight,
        min(case when fact_bins.reason is not null then fact_bins.feature end) as feature
    from fact_bins
    group by fact_bins.scoring_model, fact_bins.lead_id, fact_bins.fact
),

model_leads as (
    select
        leads.scoring_model,
        count(*) as all_leads
    from leads
    group by leads.scoring_model
),

averages as (
    select
        lead_facts.scoring_model,
        lead_facts.fact,
        min(lead_facts.feature) as feature,
        {{ nine_decimals(
            'cast(sum(lead_facts.weight) as ' ~ type_double() ~ ') / min(model_leads.all_leads)'
        ) }} as average_weight
    from lead_facts
    inner join model_leads on lead_facts.scoring_model = model_leads.scoring_model
    group by lead_facts.scoring_model, lead_facts.fact
),

feature_averages as (
    select
        fact_bins.scoring_model,
        fact_bins.feature,
        fact_bins.fact,
        sum(cast(fact_bins.weight as {{ type_double() }})) / min(model_leads.all_leads)
            as average_weight
    from fact_bins
    inner join model_leads on fact_bins.scoring_model = model_leads.scoring_model
    group by fact_bins.scoring_model, fact_bins.feature, fact_bins.fact
),

fact_effects as (
    select
        lead_facts.scoring_model,
        lead_facts.lead_id,
        lead_facts.fact,
        lead_facts.weight - averages.average_weight as effect
    from lead_facts
    inner join averages
        on
            lead_facts.scoring_model = averages.scoring_model
            and lead_facts.fact = averages.fact
),

bin_effects as (
    select
        fact_bins.scoring_model,
        fact_bins.lead_id,
        fact_bins.fact,
        fact_bins.feature,
        fact_bins.reason,
        fact_effects.effect,
        fact_bins.weight - feature_averages.average_weight as bin_effect
    from fact_bins
    inner join fact_effects
        on
            fact_bins.scoring_model = fact_effects.scoring_model
            and fact_bins.lead_id = fact_effects.lead_id
            and fact_bins.fact = fact_effects.fact
    inner join feature_averages
        on
            fact_bins.scoring_model = feature_averages.scoring_model
            and fact_bins.feature = feature_averages.feature
            and fact_bins.fact = feature_averages.fact
),

-- The bin that differs most from the average lead's, in the direction of the fact, speaks for it.
ranked_bins as (
    select
        bin_effects.*,
        row_number() over (
            partition by bin_effects.scoring_model, bin_effects.lead_id, bin_effects.fact
            order by
                case when bin_effects.reason is null then 1 else 0 end asc,
                case when bin_effects.effect * bin_effects.bin_effect > 0 then 0 else 1 end asc,
                abs(bin_effects.bin_effect) desc,
                {{ byte_order('bin_effects.feature') }} asc
        ) as bin_rank
    from bin_effects
),

ranked_averages as (
    select
        averages.*,
        {{ absence_in_words('averages') }} as absence,
        row_number() over (
            partition by averages.scoring_model
            order by abs(averages.average_weight) desc, {{ byte_order('averages.fact') }} asc
        ) as average_rank
    from averages
),

-- Of what a lead lacks, only the ten facts that matter most on average can be among its reasons.
absent_facts as (
    select
        leads.scoring_model,
        leads.lead_id,
        ranked_averages.fact,
        ranked_averages.absence as reason,
        -ranked_averages.average_weight as effect
    from ranked_averages
    inner join leads on ranked_averages.scoring_model = leads.scoring_model
    left join lead_facts
        on
            leads.scoring_model = lead_facts.scoring_model
            and leads.lead_id = lead_facts.lead_id
            and ranked_averages.fact = lead_facts.fact
    where
        ranked_averages.average_rank <= 10
        and lead_facts.fact is null
),

effects as (
    select
        ranked_bins.scoring_model,
        ranked_bins.lead_id,
        ranked_bins.fact,
        ranked_bins.effect,
        ranked_bins.reason
    from ranked_bins
    where ranked_bins.bin_rank = 1

    union all

    select
        absent_facts.scoring_model,
        absent_facts.lead_id,
        absent_facts.fact,
        absent_facts.effect,
        absent_facts.reason
    from absent_facts
),

ranked as (
    select
        effects.*,
        row_number() over (
            partition by effects.scoring_model, effects.lead_id
            order by abs(effects.effect) desc, {{ byte_order('effects.fact') }} asc
        ) as reason_rank
    from effects
    where abs(effects.effect) >= 0.05
)

select
    cast(ranked.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(ranked.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(ranked.reason_rank as integer) as reason_rank,
    cast(ranked.fact as {{ dbt.type_string() }}) as fact,
    cast(
        concat(upper(substr(ranked.reason, 1, 1)), substr(ranked.reason, 2))
        as {{ dbt.type_string() }}
    ) as reason,
    cast(ranked.effect as decimal(38, 9)) as effect,
    {{ nine_decimals('exp(cast(ranked.effect as ' ~ type_double() ~ '))') }} as odds_ratio,
    leads.version
from ranked
inner join leads
    on
        ranked.scoring_model = leads.scoring_model
        and ranked.lead_id = leads.lead_id
where ranked.reason_rank <= 5
