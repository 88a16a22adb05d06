{{ config(materialized='ephemeral') }}

-- Domains of public mailbox providers as they are compared.
select distinct lower({{ trim_text(with_letters('domains.email_domain')) }}) as email_domain
from {{ ref('free_mail_domains') }} as domains
