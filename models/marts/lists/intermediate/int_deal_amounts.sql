-- Amounts of the deals that were conversions of each scoring model: closed as outcomes.csv says,
-- within the var expected_amount_days, by somebody whom the scoring model scored. A deal without an
-- amount, or with 0, says nothing, as CRMs write 0 where nobody entered one.
with scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
    where is_run_day
),

populations as (
    select
        scoring_models.scoring_model,
        coalesce({{ marked_words('scoring_models.population') }}, ';everyone;') as words
    from {{ ref('config_scoring_models') }} as scoring_models
),

scoring_models as (
    select
        {%- for name in ['everyone', 'customers', 'open_leads', 'trial_users', 'partners'] %}
        {{ dbt.position("';" ~ name ~ ";'", 'populations.words') | trim }} > 0 as takes_{{ name }},
        {%- endfor %}
        populations.scoring_model
    from populations
),

outcomes as (
    select * from {{ ref('config_outcomes') }}
),

lead_segments as (
    select * from {{ ref('int_lead_segments') }}
),

leads as (
    select * from {{ ref('int_current_leads') }}
),

companies as (
    select companies.*
    from {{ ref('int_companies_as_of') }} as companies
    inner join scoring_dates on companies.as_of = scoring_dates.as_of
),

deals as (
    select * from {{ ref('int_current_deals') }}
    where closed_on <= as_of
),

own_leads as (
    select
        deals.deal_id,
        leads.lead_id,
        leads.company_id,
        leads.is_partner
    from deals
    inner join {{ ref('int_deal_leads') }} as deal_leads on deals.deal_id = deal_leads.deal_id
    inner join leads
        on
            deal_leads.as_of = leads.as_of
            and deal_leads.lead_id = leads.lead_id
),

-- Whoever may have been a customer before the deal.
parties as (
    select
        deals.deal_id,
        deals.company_id,
        concat('company ', deals.company_id) as party
    from deals
    where deals.company_id is not null

    union distinct

    select
        own_leads.deal_id,
        own_leads.company_id,
        concat('company ', own_leads.company_id) as party
    from own_leads
    where own_leads.company_id is not null

    union distinct

    select
        own_leads.deal_id,
        own_leads.company_id,
        concat('lead ', own_leads.lead_id) as party
    from own_leads
),

party_days as (
    select
        parties.party,
        deals.closed_on,
        max(case when deals.is_won then deals.closed_on end) as won_on
    from parties
    inner join deals on parties.deal_id = deals.deal_id
    group by parties.party, deals.closed_on
),

earlier_wins as (
    select
        party_days.party,
        party_days.closed_on,
        max(party_days.won_on) over (
            partition by party_days.party
            order by party_days.closed_on
            rows between unbounded preceding and 1 preceding
        ) as won_before_on
    from party_days
),

-- On the day before the deal was closed.
customers as (
    select distinct parties.deal_id
    from parties
    inner join deals on parties.deal_id = deals.deal_id
    inner join earlier_wins
        on
            parties.party = earlier_wins.party
            and deals.closed_on = earlier_wins.closed_on
    left join companies on parties.company_id = companies.company_id
    where
        greatest(
            coalesce(earlier_wins.won_before_on, date '0001-01-01'),
            coalesce(
                case
                    when companies.customer_since < deals.closed_on then companies.customer_since
                end, date '0001-01-01'
            )
        ) > coalesce(
            case when companies.customer_until < deals.closed_on then companies.customer_until end,
            date '0001-01-01'
        )
),

counted_deals as (
    select deals.*
    from deals
    where
        deals.amount > 0
        and {{ days_between('deals.closed_on', 'deals.as_of') }}
        < {{ days_of_var('expected_amount_days') }}
),

-- The company's leads stand for a deal that names none.
people as (
    select
        own_leads.deal_id,
        own_leads.lead_id,
        own_leads.is_partner,
        1 as closeness
    from counted_deals
    inner join own_leads on counted_deals.deal_id = own_leads.deal_id

    union all

    select
        counted_deals.deal_id,
        leads.lead_id,
        leads.is_partner,
        2 as closeness
    from counted_deals
    inner join leads on counted_deals.company_id = leads.company_id
),

ranked_people as (
    select
        people.deal_id,
        lead_segments.segment,
        max(case when people.is_partner then 1 else 0 end) over (partition by people.deal_id)
            as is_of_partner,
        row_number() over (
            partition by people.deal_id
            order by people.closeness asc, {{ byte_order('people.lead_id') }} asc
        ) as person_rank
    from people
    inner join lead_segments on people.lead_id = lead_segments.lead_id
)

select
    scoring_models.scoring_model,
    counted_deals.deal_id,
    counted_deals.amount,
    coalesce(ranked_people.segment, 'not known') as segment
from counted_deals
inner join outcomes
    on
        counted_deals.is_won = outcomes.is_won
        and (outcomes.deal_type is null or counted_deals.deal_type = outcomes.deal_type)
inner join scoring_models on outcomes.scoring_model = scoring_models.scoring_model
left join customers on counted_deals.deal_id = customers.deal_id
left join ranked_people
    on
        counted_deals.deal_id = ranked_people.deal_id
        and ranked_people.person_rank = 1
where
    scoring_models.takes_everyone
    or (scoring_models.takes_customers and customers.deal_id is not null)
    or (
        (scoring_models.takes_open_leads or scoring_models.takes_trial_users)
        and customers.deal_id is null
    )
    or (scoring_models.takes_partners and coalesce(ranked_people.is_of_partner, 0) = 1)
