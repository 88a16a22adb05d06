-- Each contact that is known on each as-of day, created on or before it, in the version that
-- applies at its end: the latest up to then, else the earliest. A contact that appears only in the
-- merged_contact_ids of another one is known as long as that one is, without attributes.
with scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

contact_versions as (
    select * from {{ ref('int_contact_versions') }}
),

companies as (
    select * from {{ ref('int_companies_as_of') }}
),

times_in_force as (
    select
        scoring_dates.as_of,
        contact_versions.contact_id,
        coalesce(
            max(
                case
                    when {{ local_date('contact_versions.updated_at') }} <= scoring_dates.as_of
                        then contact_versions.updated_at
                end
            ),
            min(contact_versions.updated_at)
        ) as updated_at
    from contact_versions
    cross join scoring_dates
    group by scoring_dates.as_of, contact_versions.contact_id
),

contacts as (
    select
        times_in_force.as_of,
        contact_versions.*,
        case
            when contact_versions.company_id is null
                then {{ replace_matches('contact_versions.email', '^.*@', '') }}
        end as company_domain
    from contact_versions
    inner join times_in_force
        on
            contact_versions.contact_id = times_in_force.contact_id
            and contact_versions.updated_at = times_in_force.updated_at
    where {{ local_date('contact_versions.created_at') }} <= times_in_force.as_of
),

-- Domains that identify one company.
company_domains as (
    select
        companies.as_of,
        companies.domain,
        max(companies.company_id) as company_id
    from companies
    where
        {{ 'true' if var('match_companies_by_domain') else 'false' }}
        and companies.domain is not null
        and companies.domain not in (
            select free_mail_domains.email_domain
            from {{ ref('config_free_mail_domains') }} as free_mail_domains
        )
    group by companies.as_of, companies.domain
    having count(*) = 1
),

contacts_with_lists as (
    select * from contacts
    where merged_contact_ids is not null
),

listed_contacts as (
    select
        listers.as_of,
        listers.contact_id as listed_by_contact_id,
        listers.created_at,
        listers.updated_at,
        {{ as_id(clean_text('list_words.word')) }} as contact_id
    from contacts_with_lists as listers
    {{ cross_join_words('listers.merged_contact_ids') }}
),

first_listers as (
    select ranked.*
    from (
        select
            listed_contacts.*,
            row_number() over (
                partition by listed_contacts.as_of, listed_contacts.contact_id
                order by {{ byte_order('listed_contacts.listed_by_contact_id') }}
            ) as lister_rank
        from listed_contacts
        cross join {{ ref('config_reading_rules') }} as reading_rules
        where
            listed_contacts.contact_id <> listed_contacts.listed_by_contact_id
            and not {{
                is_listed('lower(listed_contacts.contact_id)', 'reading_rules.placeholders')
            }}
    ) as ranked
    where ranked.lister_rank = 1
)

select
    contacts.as_of,
    contacts.contact_id,
    contacts.updated_at,
    {{ prefixed('contacts', version_columns('contact') | reject('equalto', 'company_id'))
        | join(',\n    ') }},
    coalesce(contacts.company_id, company_domains.company_id) as company_id,
    first_listers.listed_by_contact_id
from contacts
left join company_domains
    on
        contacts.as_of = company_domains.as_of
        and contacts.company_domain = company_domains.domain
left join first_listers
    on
        contacts.as_of = first_listers.as_of
        and contacts.contact_id = first_listers.contact_id

union all

select
    first_listers.as_of,
    first_listers.contact_id,
    first_listers.updated_at,
    {%- for name in version_columns('contact') if name != 'company_id' %}
    {{ 'first_listers.created_at' if name == 'created_at' else 'null' }} as {{ name }},
    {%- endfor %}
    null as company_id,
    first_listers.listed_by_contact_id
from first_listers
where first_listers.contact_id not in (
    select contact_versions.contact_id from contact_versions
)
