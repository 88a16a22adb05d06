-- Signs that a program reacted to an e-mail, each with its rule and its evidence.
with signs as (
    select * from {{ ref('int_automated_signs') }}
    where sign_count > 0
),

identities as (
    select * from {{ ref('dim_identities') }}
    where not is_automated
),

event_types as (
    select * from {{ ref('dim_event_types') }}
),

lead_identities as (
    select lead_identities.*
    from {{ ref('int_lead_identities') }} as lead_identities
    inner join {{ ref('int_scoring_dates') }} as scoring_dates
        on lead_identities.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
),

scanner_networks as (
    select * from {{ ref('scanner_networks') }}
),

named_signs as (
    select
        signs.*,
        'soon_after_delivery' as sign,
        'At most {{ var("automated_within_seconds") }} seconds after the delivery of the mail'
            as rule,
        concat(
            cast(signs.seconds_after_delivery as {{ dbt.type_string() }}),
            ' seconds after the delivery'
        ) as evidence
    from signs
    where signs.seconds_after_delivery is not null

    union all

    select
        signs.*,
        'every_link' as sign,
        'First click of a link; three or more were clicked, one of them to unsubscribe' as rule,
        concat(
            cast(signs.all_link_count as {{ dbt.type_string() }}), ' links clicked on the day'
        ) as evidence
    from signs
    where signs.all_link_count is not null

    union all

    select
        signs.*,
        'several_links' as sign,
        'Different links of the mail clicked within two seconds' as rule,
        'Two or more links were clicked within two seconds' as evidence
    from signs
    where signs.is_one_of_several

    union all

    select
        signs.*,
        'click_without_open' as sign,
        'A click before any open of the mail on the day' as rule,
        'No open before the click' as evidence
    from signs
    where signs.is_without_open

    union all

    select
        signs.*,
        'unsubscribe_with_clicks' as sign,
        'Unsubscribed within two seconds of clicks on different links' as rule,
        'Two or more links were clicked and the reader unsubscribed within two seconds'
            as evidence
    from signs
    where signs.is_with_unsubscribe

    union all

    select
        signs.*,
        'scanner_network' as sign,
        'An IP address of a known scanner network' as rule,
        concat(
            scanner_networks.network_operator, ', network ', signs.scanner_network
        ) as evidence
    from signs
    inner join scanner_networks on signs.scanner_network = scanner_networks.ip_prefix
)

select
    cast(named_signs.event_id as {{ dbt.type_string() }}) as event_id,
    cast(named_signs.sign as {{ dbt.type_string() }}) as sign,
    cast(lead_identities.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(identities.contact_id as {{ dbt.type_string() }}) as contact_id,
    cast(identities.email as {{ dbt.type_string() }}) as email,
    cast(event_types.campaign_id as {{ dbt.type_string() }}) as campaign_id,
    cast(event_types.event_name as {{ dbt.type_string() }}) as event_name,
    cast(event_types.link_url as {{ dbt.type_string() }}) as link_url,
    named_signs.occurred_at,
    cast(named_signs.rule as {{ dbt.type_string() }}) as rule,
    cast(named_signs.evidence as {{ dbt.type_string() }}) as evidence,
    named_signs.sign_count,
    named_signs.sign_count >= {{ var('automated_signs') }} as is_automated
from named_signs
inner join identities on named_signs.identity_key = identities.identity_key
inner join event_types on named_signs.event_type_key = event_types.event_type_key
left join lead_identities on named_signs.identity_key = lead_identities.identity_key
