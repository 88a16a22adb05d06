-- The version of each contact that applies at the end of each as-of day. Contacts created later are
-- not known yet.
with contacts as (
    {{ versions_as_of('int_contact_versions', 'contact_id', version_columns('contact')) | indent }}
)

select contacts.*
from contacts
where {{ local_date('contacts.created_at') }} <= contacts.as_of
