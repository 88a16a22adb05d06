-- How far the score and each criterion had drifted, at the end of each of the last weeks, from the
-- leads on which the scoring model was evaluated.
with weeks as (
    select
        holdout_weeks.*,
        case
            when holdout_weeks.criterion = ''
                then least(cast(floor(holdout_weeks.whole_score / 10.0) as integer), 9)
            else -1
        end as bin
    from {{ ref('int_holdout_weeks') }} as holdout_weeks
),

sizes as (
    select
        weeks.scoring_model,
        weeks.week_end_on,
        weeks.evaluated_on,
        sum(weeks.leads) as leads
    from weeks
    where weeks.criterion = ''
    group by weeks.scoring_model, weeks.week_end_on, weeks.evaluated_on
),

compared_sizes as (
    select
        sizes.scoring_model,
        sizes.week_end_on,
        sizes.evaluated_on,
        sizes.leads,
        reference_sizes.leads as reference_leads
    from sizes
    inner join sizes as reference_sizes on sizes.scoring_model = reference_sizes.scoring_model
    where sizes.week_end_on is not null and reference_sizes.week_end_on is null
),

-- A score has a bin for each ten points that occur; a criterion has one for the leads that meet it.
bins as (
    select distinct
        weeks.scoring_model,
        weeks.criterion,
        weeks.bin
    from weeks
),

counts as (
    select
        weeks.scoring_model,
        weeks.week_end_on,
        weeks.criterion,
        weeks.bin,
        sum(weeks.leads) as leads
    from weeks
    group by
        weeks.scoring_model,
        weeks.week_end_on,
        weeks.criterion,
        weeks.bin
),

compared as (
    select
        compared_sizes.*,
        bins.criterion,
        bins.bin,
        coalesce(counts.leads, 0) as bin_leads,
        coalesce(reference_counts.leads, 0) as bin_reference_leads
    from compared_sizes
    inner join bins on compared_sizes.scoring_model = bins.scoring_model
    left join counts
        on
            compared_sizes.scoring_model = counts.scoring_model
            and compared_sizes.week_end_on = counts.week_end_on
            and bins.criterion = counts.criterion
            and bins.bin = counts.bin
    left join counts as reference_counts
        on
            compared_sizes.scoring_model = reference_counts.scoring_model
            and reference_counts.week_end_on is null
            and bins.criterion = reference_counts.criterion
            and bins.bin = reference_counts.bin
),

-- The other bin of a criterion is for the leads that do not meet it.
all_bins as (
    select
        compared.*,
        count(*) over (
            partition by compared.scoring_model, compared.week_end_on, compared.criterion
        ) as bin_count
    from compared
    where compared.bin >= 0

    union all

    select
        compared.*,
        2 as bin_count
    from compared
    where compared.bin = -1

    union all

    select
        compared.scoring_model,
        compared.week_end_on,
        compared.evaluated_on,
        compared.leads,
        compared.reference_leads,
        compared.criterion,
        -2 as bin,
        compared.leads - compared.bin_leads as bin_leads,
        compared.reference_leads - compared.bin_reference_leads as bin_reference_leads,
        2 as bin_count
    from compared
    where compared.bin = -1
),

-- Half a lead is added to each bin, because the PSI of an empty bin is undefined.
shares as (
    select
        all_bins.*,
        (cast(all_bins.bin_leads as {{ type_double() }}) + 0.5)
        / (all_bins.leads + 0.5 * all_bins.bin_count) as bin_share,
        (cast(all_bins.bin_reference_leads as {{ type_double() }}) + 0.5)
        / (all_bins.reference_leads + 0.5 * all_bins.bin_count) as bin_reference_share
    from all_bins
),

-- PSI, the population stability index (Lewis 1994; thresholds by Siddiqi 2006).
summed as (
    select
        shares.scoring_model,
        shares.week_end_on,
        shares.criterion,
        shares.evaluated_on,
        shares.leads,
        shares.reference_leads,
        max(case when shares.bin = -1 then shares.bin_leads end) as met_leads,
        max(case when shares.bin = -1 then shares.bin_reference_leads end) as reference_met_leads,
        sum(
            (shares.bin_share - shares.bin_reference_share)
            * ln(shares.bin_share / shares.bin_reference_share)
        ) as psi
    from shares
    group by
        shares.scoring_model,
        shares.week_end_on,
        shares.criterion,
        shares.evaluated_on,
        shares.leads,
        shares.reference_leads
)

select
    cast(summed.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    summed.week_end_on,
    cast(
        case when summed.criterion = '' then 'score' else 'criterion' end
        as {{ dbt.type_string() }}
    ) as measure,
    cast(summed.criterion as {{ dbt.type_string() }}) as criterion,
    summed.evaluated_on,
    cast(summed.leads as bigint) as leads,
    cast(summed.reference_leads as bigint) as reference_leads,
    {{ share_of('summed.met_leads', 'summed.leads') }} as met_share,
    {{ share_of('summed.reference_met_leads', 'summed.reference_leads') }} as reference_met_share,
    summed.psi,
    cast(
        case
            when summed.psi < 0.1 then 'stable'
            when summed.psi <= 0.25 then 'slight'
            else 'strong'
        end as {{ dbt.type_string() }}
    ) as drift
from summed
