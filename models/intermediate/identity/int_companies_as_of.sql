-- The version of each company that applies at the end of each as-of day.
{{ versions_as_of('stg_crm__company_versions', 'company_id', version_columns('company')) }}
