-- The version of each deal that applies at the end of each as-of day.
{{ versions_as_of('int_deal_versions', 'deal_id', version_columns('deal')) }}
