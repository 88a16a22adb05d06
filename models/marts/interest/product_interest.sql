-- Products that each lead looks at, uses or owns, on the as-of day of the run.
with facts as (
    select * from {{ ref('int_current_facts') }}
),

won_deals as (
    select won_deals.*
    from {{ ref('int_won_deals') }} as won_deals
    inner join {{ ref('int_scoring_dates') }} as scoring_dates
        on won_deals.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
),

deals as (
    select * from {{ ref('int_current_deals') }}
),

counted as (
    select
        facts.lead_id,
        facts.product as product_word,
        sum(facts.occurrences) as occurrences,
        sum(case when facts.source = 'product' then facts.occurrences else 0 end) as uses,
        count(distinct facts.occurred_on) as active_days,
        min(facts.occurred_on) as first_on,
        max(facts.occurred_on) as last_on,
        {{ nine_decimals('sum(facts.occurrences * facts.weight)') }} as interest
    from facts
    where facts.is_positive and facts.product is not null
    group by facts.lead_id, facts.product
),

owned as (
    select
        won_deals.lead_id,
        won_deals.product as product_word,
        min(won_deals.won_on) as owned_since
    from won_deals
    where won_deals.product is not null
    group by won_deals.lead_id, won_deals.product
),

-- Facts have products in lower case only.
spellings as (
    select
        deals.product_word,
        {{ first_text('deals.product') }} as product
    from deals
    where deals.product_word is not null and deals.created_on <= deals.as_of
    group by deals.product_word
),

joined as (
    select
        counted.first_on,
        counted.last_on,
        owned.owned_since,
        coalesce(counted.lead_id, owned.lead_id) as lead_id,
        coalesce(counted.product_word, owned.product_word) as product_word,
        coalesce(counted.occurrences, 0) as occurrences,
        coalesce(counted.uses, 0) as uses,
        coalesce(counted.active_days, 0) as active_days,
        coalesce(counted.interest, 0) as interest
    from counted
    full outer join owned
        on
            counted.lead_id = owned.lead_id
            and counted.product_word = owned.product_word
),

ranked as (
    select
        joined.*,
        sum(joined.interest) over (partition by joined.lead_id) as whole_interest,
        row_number() over (
            partition by joined.lead_id
            order by
                case when joined.occurrences > 0 then 0 else 1 end,
                joined.interest desc,
                joined.last_on desc,
                {{ byte_order('joined.product_word') }}
        ) as interest_place
    from joined
)

select
    cast(ranked.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(coalesce(spellings.product, ranked.product_word) as {{ dbt.type_string() }}) as product,
    cast(ranked.occurrences as bigint) as occurrences,
    cast(ranked.occurrences - ranked.uses as bigint) as visits,
    cast(ranked.uses as bigint) as uses,
    cast(ranked.active_days as bigint) as active_days,
    ranked.first_on,
    ranked.last_on,
    cast(ranked.interest as decimal(38, 9)) as interest,
    {{ share_of('ranked.interest', 'ranked.whole_interest') }} as interest_share,
    cast(case when ranked.occurrences > 0 then ranked.interest_place end as bigint)
        as interest_rank,
    ranked.owned_since is not null as is_owned,
    ranked.owned_since
from ranked
left join spellings on ranked.product_word = spellings.product_word
