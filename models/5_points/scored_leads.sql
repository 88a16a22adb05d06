-- Who is scored by which model: the leads of the model's populations.
with leads as (
    select * from {{ ref('leads') }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

populations as (
    select
        scoring_models.scoring_model,
        {{ trim_text('list_words.word') }} as population
    from scoring_models
    {{ cross_join_words("coalesce(scoring_models.population, 'everyone')") }}
)

select distinct
    leads.as_of,
    leads.lead_id,
    populations.scoring_model,
    leads.created_on,
    leads.is_customer
from leads
inner join populations
    on
        populations.population = 'everyone'
        or (populations.population = 'open_leads' and not leads.is_customer)
        or (populations.population = 'customers' and leads.is_customer)
        or (
            populations.population = 'trial_users'
            and not leads.is_customer
            and leads.is_product_user
        )
        or (populations.population = 'partners' and leads.is_partner)
