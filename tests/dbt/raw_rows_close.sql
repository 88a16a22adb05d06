-- Checks that every row of a raw table is exactly one of used, superseded, rejected or erased.
-- Matters because any other row has disappeared silently. When it fails, run again if a loader
-- wrote during the run; else compare int_activity_log or int_crm_rows_unioned of the table with its
-- raw rows, by loaded_on.
select
    row_counts.source_table,
    row_counts.raw_rows,
    row_counts.used_rows,
    row_counts.superseded_rows,
    row_counts.rejected_rows,
    row_counts.erased_rows
from {{ ref('row_counts') }} as row_counts
where
    row_counts.raw_rows > 0
    and row_counts.raw_rows <> row_counts.used_rows + row_counts.superseded_rows
    + row_counts.rejected_rows + row_counts.erased_rows
