-- Calendar days, for metrics that need every day of a period, including days without events.
select cast(spine.date_day as date) as date_day
from (
    {{ dbt.date_spine(
        'day', "cast('2020-01-01' as date)", "cast('2041-01-01' as date)"
    ) }}
) as spine
